"""Short words for the fields of facts: what the door calls by keys, people read in a few words."""

from typing import Final

from echeancier.domain.facts.event_words import event_in_words, is_called
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.model import Text, title_of
from echeancier.domain.recording import KINDS, FieldHelp
from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import said

_WORDS: Final = {"record": Text(fr="Enregistrer", en="Record")}


def word_of(name: str) -> Text:
    """Return a word of the buttons."""
    return _WORDS[name]


def title_of_kind(kind: str, language: str) -> str:
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
    """Return an event in words, and what it starts where the file does not call it by name."""
    words = event_in_words(convention, event)
    duty = next((d for d in convention.event_duty if d.event == event), None)
    if duty is None or is_called(convention, event):
        return words
    title = title_of(duty)
    return Text(fr=f"{words.fr} (d’où : {title.fr})", en=f"{words.en} (hence: {title.en})")
