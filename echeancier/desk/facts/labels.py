"""Short words for the fields of facts: what the door calls by keys, people read in a few words."""

from typing import Final

from echeancier.desk.words import said
from echeancier.domain.letters.content import NAMES
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import FACT_WORDS
from echeancier.domain.recording import KINDS, FieldHelp
from echeancier.domain.terms.convention import Convention

_FIELDS: Final = {
    "item": Text(fr="Échéance", en="Deadline"),
    "party": Text(fr="Partie", en="Party"),
    "note": Text(fr="Note", en="Note"),
    "starts_at": Text(fr="Jour et heure", en="Day and hour"),
    "minutes": Text(fr="Durée, en minutes", en="Duration, in minutes"),
    "place": Text(fr="Lieu", en="Place"),
    "video_link": Text(fr="Lien de visioconférence", en="Video link"),
    "reason": Text(fr="Motif", en="Reason"),
    "number": Text(fr="Numéro", en="Number"),
    "question": Text(fr="Question", en="Question"),
    "reading": Text(fr="Lecture retenue", en="Reading chosen"),
    "day": Text(fr="Jour", en="Day"),
    "months": Text(fr="Nombre de mois", en="Number of months"),
    "text": Text(fr="Réponse", en="Answer"),
    "event": Text(fr="Événement", en="Event"),
    "at": Text(fr="Heure, si le délai se compte en heures", en="Hour, where the delay is in hours"),
    "label": Text(fr="Libellé", en="Label"),
    "rule": Text(fr="Clause utilisée", en="Clause used"),
    "form": Text(fr="Forme de l’envoi", en="Form of the letter"),
    "reasons": Text(fr="Motifs, si la clause les exige", en="Reasons, where the clause wants them"),
    "effect_wanted": Text(fr="Dernier jour écrit dans la lettre", en="Last day written in the letter"),
    "tracking": Text(fr="Numéro de suivi", en="Tracking number"),
    "letter": Text(fr="Lettre", en="Letter"),
    "outcome": Text(fr="Issue", en="Outcome"),
    "decision": Text(fr="Décision", en="Decision"),
    "ends_on": Text(fr="Nouveau dernier jour en vigueur, s’il change", en="New last day in force, if it changes"),
    "breach": Text(fr="Procédure", en="Procedure"),
    "step": Text(fr="Étape", en="Step"),
    "presented_on": Text(fr="Première présentation", en="First presentation"),
    "delivered_on": Text(fr="Remise", en="Delivery"),
    "why": Text(fr="Raison", en="Reason"),
    "by": Text(fr="Par", en="By"),
    "role": Text(fr="Qui a répondu", en="Who answered"),
    "answer": Text(fr="Réponse", en="Answer"),
    "address": Text(fr="Adresse invitée", en="Address invited"),
    "sequence": Text(fr="Numéro de l’invitation", en="Number of the invitation"),
    "meeting_at": Text(fr="Date à laquelle il est répondu", en="Date that was answered"),
    "proposed_at": Text(fr="Autre date proposée", en="Other date proposed"),
    "declared": Text(fr="Déclarée : rien ne prouve qui l’a dite", en="Declared: nothing proves who said it"),
    "message": Text(fr="Message", en="Message"),
    "status": Text(fr="Code de l’avis", en="Code of the report"),
    "detail": Text(fr="Ce qu’a dit le serveur, sans adresse", en="What the server said, without any address"),
    "incident": Text(fr="Violation (numéro du fait)", en="Breach (number of the fact)"),
    "risk": Text(fr="Risque pour les personnes", en="Risk for people"),
    "destroyed_on": Text(fr="Jour de la destruction", en="Day of the destruction"),
    "document": Text(fr="Où elle est gardée", en="Where it is kept"),
    "new_name": Text(fr="Nouveau nom", en="New name"),
    "signs_as": Text(fr="Qui signe", en="Who signs"),
    "postal": Text(fr="Adresse postale", en="Postal address"),
    "joined": Text(fr="Communes qui arrivent", en="Communes that join"),
    "left": Text(fr="Communes qui partent", en="Communes that leave"),
    "irregular": Text(
        fr="Signature déjà donnée trop tôt : la constater", en="Signed too early already: record it as it is"
    ),
}
_VALUES: Final[dict[str, Text]] = {
    "lrar": Text(fr="recommandé avec avis de réception", en="registered with receipt"),
    "lr": Text(fr="recommandé", en="registered"),
    "other": Text(fr="autre", en="other"),
    "third-party": Text(fr="un tiers", en="a third party"),
    "prefect": Text(fr="le préfet", en="the prefect"),
    "refused": Text(fr="refusée", en="refused"),
    "unclaimed": Text(fr="non réclamée", en="unclaimed"),
    "unknown-address": Text(fr="inconnu à l’adresse", en="unknown at the address"),
    "accepted": Text(fr="accepte", en="accepts"),
    "declined": Text(fr="décline", en="declines"),
    "tentative": Text(fr="provisoire", en="tentative"),
    "counter": Text(fr="propose une autre date", en="proposes another date"),
    "delegated": Text(fr="délègue", en="delegates"),
    "failed": Text(fr="jamais remis", en="never delivered"),
    "delayed": Text(fr="en retard, les serveurs essaient encore", en="late, the servers still try"),
    "renew": Text(fr="renouveler", en="renew"),
    "new-convention": Text(fr="conclure une nouvelle convention", en="make a new convention"),
    "let-lapse": Text(fr="laisser s’éteindre", en="let it lapse"),
    "term": Text(fr="à son terme", en="at its term"),
    "extended": Text(fr="prolongée", en="extended"),
    "terminated": Text(fr="résiliée", en="terminated"),
    **{str(kind): words for kind, words in NAMES.items()},
    "found": Text(fr="manquement constaté", en="breach found"),
    "inform-reasons": Text(fr="motifs communiqués", en="reasons communicated"),
    "comment": Text(fr="observations", en="comments"),
    "decide": Text(fr="décision", en="decision"),
    "suspend": Text(fr="suspension", en="suspension"),
    "formal-notice": Text(fr="mise en demeure", en="formal notice"),
    "cure": Text(fr="réponse ou remède", en="answer or cure"),
    "cured": Text(fr="remédié, la convention continue", en="cured, the convention goes on"),
    "withdrawn": Text(fr="abandonné, la convention continue", en="dropped, the convention goes on"),
    "unlikely": Text(fr="aucun risque vraisemblable", en="a risk is unlikely"),
    "risk": Text(fr="un risque : la CNIL est à prévenir", en="a risk: the authority must be told"),
    "high": Text(fr="un risque élevé : les personnes aussi", en="a high risk: the persons too"),
    "kept": Text(fr="la suspension continue", en="the hold goes on"),
    "lifted": Text(fr="la suspension est levée", en="the hold is lifted"),
    "renamed": Text(fr="renommée", en="renamed"),
    "merged": Text(fr="fusionnée", en="merged"),
    "succeeded": Text(fr="une autre institution lui succède", en="another institution takes its place"),
    "maintained": Text(fr="maintenu, la convention prend fin", en="maintained, the convention ends"),
}
_EVENTS: Final = {
    "dispute-raised": Text(fr="différend soulevé", en="dispute raised"),
    "agent-absent": Text(fr="agent absent", en="agent absent"),
    "agent-back": Text(fr="retour de l’agent", en="agent back"),
    "agent-left": Text(fr="départ de l’agent", en="agent left"),
    "council-convened": Text(fr="assemblée convoquée", en="assembly convened"),
    "account-manager-proposed": Text(fr="gestionnaire des comptes proposé", en="account manager proposed"),
    "account-manager-agreed": Text(fr="gestionnaire des comptes agréé", en="account manager agreed"),
    "account-manager-refused": Text(fr="gestionnaire des comptes refusé", en="account manager refused"),
    "account-manager-left": Text(fr="départ du gestionnaire des comptes", en="account manager left"),
    "document-signed": Text(fr="document signé", en="document signed"),
}
_WORDS: Final = {"record": Text(fr="Enregistrer", en="Record")}


def word_of(name: str) -> Text:
    """Return a word of the buttons."""
    return _WORDS[name]


def title_of(kind: str, language: str) -> str:
    """Return a kind of fact in a few words."""
    return said(FACT_WORDS.get(kind) or KINDS[kind].says, language)


def label_of(kind: str, field: FieldHelp, language: str) -> str:
    """Return the label of a field; a day says which day it is."""
    if field.name == "on":
        words = field.says
        return said(Text(fr=words.fr[:1].upper() + words.fr[1:], en=words.en[:1].upper() + words.en[1:]), language)
    if kind == "accounts-counted" and field.name == "number":
        return said(Text(fr="Nombre de comptes", en="How many accounts"), language)
    return said(_FIELDS.get(field.name, field.says), language)


def value_word(kind: str, field: str, value: str) -> Text:
    """Return a choice in words; its key when it has none."""
    del kind, field
    return _VALUES.get(value, Text(fr=value, en=value))


def event_word(convention: Convention, event: str) -> Text:
    """Return an event in words: our own, else those of the duty that waits for it."""
    known = _EVENTS.get(event)
    if known is not None:
        return known
    duty = next((d for d in convention.event_duty if d.starts_on == event), None)
    if duty is None:
        return Text(fr=event, en=event)
    return Text(fr=f"{event} (d’où : {duty.title})", en=f"{event} (hence: {duty.title_en})")
