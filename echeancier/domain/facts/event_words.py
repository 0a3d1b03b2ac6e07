"""An event in words, whoever reads: as the file calls it, else as we do, else its key without its hyphens."""

from collections.abc import Iterable
from typing import Final

from echeancier.domain.facts import events as e
from echeancier.domain.model import Text, title_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.money import CREDITS_REFUSED, CREDITS_VOTED

_OUR_OWN: Final = {
    e.DISPUTE_RAISED: Text(fr="différend soulevé", en="dispute raised"),
    e.AGENT_ABSENT: Text(fr="agent absent", en="agent absent"),
    e.AGENT_BACK: Text(fr="retour de l’agent", en="agent back"),
    e.AGENT_LEFT: Text(fr="départ de l’agent", en="agent left"),
    e.COUNCIL_CONVENED: Text(fr="assemblée convoquée", en="assembly convened"),
    e.MANAGER_PROPOSED: Text(fr="gestionnaire des comptes proposé", en="account manager proposed"),
    e.MANAGER_AGREED: Text(fr="gestionnaire des comptes agréé", en="account manager agreed"),
    e.MANAGER_REFUSED: Text(fr="gestionnaire des comptes refusé", en="account manager refused"),
    e.MANAGER_LEFT: Text(fr="départ du gestionnaire des comptes", en="account manager left"),
    CREDITS_VOTED: Text(
        fr="crédits d’une année votés (libellé : l’année)", en="credits of a year voted (label: the year)"
    ),
    CREDITS_REFUSED: Text(
        fr="crédits d’une année refusés (libellé : l’année)", en="credits of a year refused (label: the year)"
    ),
    e.DOCUMENT_SIGNED: Text(fr="document signé", en="document signed"),
    e.SUSPENDED: Text(fr="suspension", en="suspension"),
    e.TERMINATED_FOR_BREACH: Text(fr="résiliation pour faute", en="termination for breach"),
}
_USUAL: Final = {
    "dissolution": Text(fr="dissolution", en="dissolution"),
    "communication-planned": Text(fr="communication prévue", en="communication planned"),
    "account-manager-absent": Text(fr="absence du gestionnaire des comptes", en="account manager absent"),
    "user-left": Text(fr="départ d’un utilisateur", en="user left"),
    "access-scope-changed": Text(fr="changement du périmètre des accès", en="change of the scope of accesses"),
    "request-registered": Text(fr="demande enregistrée", en="request registered"),
    "release-planned": Text(fr="modification prévue", en="release planned"),
    "service-down": Text(fr="panne du service", en="service down"),
    "data-delivered": Text(fr="données remises", en="data delivered"),
    "breach-discovered": Text(fr="violation de données découverte", en="data breach discovered"),
    "person-request": Text(fr="demande d’une personne", en="request of a person"),
    "bureau-modifie": Text(fr="changement des statuts ou du bureau", en="change of the statutes or of the board"),
    "absence-de-l-agent": Text(fr="absence de l’agent", en="absence of the person"),
    "travaux-prevus": Text(fr="travaux prévus", en="works planned"),
    "fermeture-prevue": Text(fr="fermeture prévue", en="closing planned"),
    "agent-arrive": Text(fr="arrivée d’un agent", en="arrival of an agent"),
    "marche-notifie": Text(fr="marché notifié", en="contract notified"),
    "convention-transferred": Text(fr="convention transférée", en="convention transferred"),
    "transfer-agreed": Text(fr="transfert accepté", en="transfer agreed"),
}
"""What conventions often wait for: the words of the catalogue of clauses."""

_OF_ITS_LIFE: Final = dict(
    zip(
        e.OF_THE_CONVENTION,
        (
            Text(fr="la prise d’effet", en="the effect"),
            Text(fr="la dernière signature", en="the last signature"),
            Text(fr="l’acte exécutoire", en="the executory act"),
            Text(fr="la fin de la convention", en="the end of the convention"),
        ),
        strict=True,
    )
)
_KNOWN: Final = {**_OUR_OWN, **_USUAL, **_OF_ITS_LIFE}


def known_events() -> dict[str, Text]:
    """Return the events that have words whatever the convention, by their keys."""
    return dict(_KNOWN)


def event_in_words(convention: Convention, event: str) -> Text:
    """Return what an event, or a paper awaited, is called: by the file, else by us, else its key without its hyphens."""
    named = next((title_of(one) for one in convention.event if one.id == event), None)
    return named or _KNOWN.get(event) or _readable(event)


def is_called(convention: Convention, event: str) -> bool:
    """Whether somebody gave it words: the file, or we do."""
    return event in _KNOWN or event in {one.id for one in convention.event}


def event_quoted(convention: Convention, event: str) -> Text:
    """Return the same between quotation marks, to stand in a sentence; a day of the convention's own life has none."""
    if event in _OF_ITS_LIFE:
        return _OF_ITS_LIFE[event]
    words = event_in_words(convention, event)
    return Text(fr=f"« {words.fr} »", en=f"“{words.en}”")


def events_quoted(convention: Convention, events: Iterable[str]) -> Text:
    """Return several of them, with commas."""
    said = [event_quoted(convention, event) for event in events]
    return Text(fr=", ".join(one.fr for one in said), en=", ".join(one.en for one in said))


def _readable(event: str) -> Text:
    words = event.replace("-", " ")
    return Text(fr=words, en=words)
