"""Short words for the fields of facts: what the door calls by keys, people read in a few words."""

from typing import Final

from echeancier.domain.letters.content import LETTERS
from echeancier.domain.model import Text
from echeancier.domain.recording import KINDS, FieldHelp
from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import said

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
    "credits-voted": Text(
        fr="crédits d’une année votés (libellé : l’année)", en="credits of a year voted (label: the year)"
    ),
    "document-signed": Text(fr="document signé", en="document signed"),
}
_WORDS: Final = {"record": Text(fr="Enregistrer", en="Record")}


def word_of(name: str) -> Text:
    """Return a word of the buttons."""
    return _WORDS[name]


def title_of(kind: str, language: str) -> str:
    """Return a kind of fact in a few words."""
    return said(KINDS[kind].called, language)


def label_of(field: FieldHelp, language: str) -> str:
    """Return the label of a field; a day says which day it is."""
    if field.name == "on":
        words = field.says
        return said(Text(fr=words.fr[:1].upper() + words.fr[1:], en=words.en[:1].upper() + words.en[1:]), language)
    return said(field.label or field.says, language)


def value_word(kind: str, name: str, value: str) -> Text:
    """Return a choice in words: those of its field, else those of the letter it names, else its key."""
    field = KINDS[kind].field(name)
    known = field.values.get(value) if field is not None else None
    if known is None and value in LETTERS:
        return LETTERS[value].WORDS.name
    return known or Text(fr=value, en=value)


def event_word(convention: Convention, event: str) -> Text:
    """Return an event in words: our own, else those of the duty that waits for it."""
    known = _EVENTS.get(event)
    if known is not None:
        return known
    duty = next((d for d in convention.event_duty if d.event == event), None)
    if duty is None:
        return Text(fr=event, en=event)
    return Text(fr=f"{event} (d’où : {duty.title})", en=f"{event} (hence: {duty.title_en})")
