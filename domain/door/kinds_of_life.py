"""The facts of what goes wrong or changes, in words: personal data, certificates, holds, institutions, territories."""

from domain.data_facts import HoldReviewed, IncidentAssessed
from domain.door.help import KindHelp, choices_of, dated, field
from domain.institution_facts import PartyChanged

LIFE: tuple[KindHelp, ...] = (
    dated(
        "incident-assessed",
        "le risque d’une violation de données pour les personnes est jugé",
        "the risk of a data breach for people is judged",
        "jour où il est jugé",
        "day it was judged",
        field(
            "incident", "text", "le numéro du fait, comme f12", "the number of the fact, as in f12", must=True
        ),
        field(
            "risk", "choice", "le risque", "the risk", must=True, choices=choices_of(IncidentAssessed, "risk")
        ),
    ),
    dated(
        "answer-extended",
        "la personne est informée, avec les motifs, que la réponse prendra plus de temps",
        "the person was told, with the reasons, that the answer takes longer",
        "jour où elle en est informée",
        "day she was told",
        field(
            "item",
            "text",
            "la clé de la réponse due, comme person-answer/f12",
            "the key of the answer owed",
            must=True,
        ),
        field(
            "months",
            "number",
            "un ou deux mois de plus ; deux si rien n’est dit",
            "one or two more months; two unless said",
        ),
    ),
    dated(
        "certificate-received",
        "une attestation de destruction est remise, reçue ou donnée",
        "a certificate of destruction was handed over, to us or by us",
        "jour de la remise",
        "day it was handed over",
        field(
            "item",
            "text",
            "la clé de la destruction, comme destruction/operator",
            "the key of the destruction",
            must=True,
        ),
        field(
            "destroyed_on",
            "day",
            "le jour de la destruction qu’elle donne",
            "the day of the destruction that it gives",
        ),
        field("document", "text", "où elle est gardée", "where it is kept"),
    ),
    dated(
        "hold-reviewed",
        "la suspension de la destruction pour contentieux est revue",
        "the hold put on destruction by a litigation was looked at",
        "jour de l’examen",
        "day it was looked at",
        field("outcome", "choice", "l’issue", "the outcome", choices=choices_of(HoldReviewed, "outcome")),
    ),
    dated(
        "party-changed",
        "une partie change de nom : renommée, fusionnée, ou une autre institution lui succède",
        "a party has another name: renamed, merged, or another institution took its place",
        "premier jour du nouveau nom",
        "first day of the new name",
        field("party", "name", "la partie", "the party", must=True),
        field("new_name", "text", "son nouveau nom entier", "its whole new name", must=True),
        field("why", "choice", "pourquoi", "why", choices=choices_of(PartyChanged, "why")),
        field(
            "signs_as", "text", "la qualité de qui signe, si elle change", "who signs for it, if that changes"
        ),
        field(
            "postal",
            "text",
            "sa nouvelle adresse postale, les lignes séparées par « | »",
            "its new postal address, lines separated by “|”",
        ),
    ),
    dated(
        "territory-changed",
        "des communes rejoignent ou quittent le territoire d’une partie",
        "communes joined or left the territory of a party",
        "premier jour du nouveau territoire",
        "first day of the new territory",
        field(
            "party",
            "name",
            "la partie dont c’est le territoire",
            "the party whose territory it is",
            must=True,
        ),
        field(
            "joined",
            "text",
            "les communes qui arrivent, séparées par des virgules",
            "the communes that join, with commas",
        ),
        field("left", "text", "celles qui partent", "those that leave"),
    ),
)
"""In the order in which a coordinator meets them."""
