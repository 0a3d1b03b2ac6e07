"""What each field of the form, and each of its choices, is called."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from echeancier.desk.convention.view import KINDS as CONVENTION_KINDS
from echeancier.desk.form.shapes import ROOT, shapes
from echeancier.domain.model import Text
from echeancier.domain.terms.item_kinds import ITEM_KINDS

CARDS = frozenset(shape.name for shape in shapes(ROOT) if shape.model is not None)
"""Blocks that have a card."""

_FILE = Path(__file__).with_name("words.toml")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def label(block: str, name: str) -> Text:
    """Return the label of a field; ``block`` is the kind of the block it stands in, empty at the top."""
    words = _words()
    fr, en = words["fields_of"].get(block, {}).get(name) or words["fields"][name]
    return Text(fr=fr, en=en)


def value(block: str, name: str, given: str) -> Text:
    """Return a choice in words."""
    if name == "kind" and not block and given in CONVENTION_KINDS:
        return CONVENTION_KINDS[given]
    if name == "kind" and block and given in ITEM_KINDS:
        return ITEM_KINDS[given].called
    fr, en = _words()["values"][given]
    return Text(fr=fr, en=en)


def place(path: str) -> Text:
    """Return what a field is called in a list of problems: « Adresse électronique de la fonction (2) »; its path if unknown."""
    parts = path.split(".")
    names = [part for part in parts if not part.isdecimal()]
    number = next((f" ({int(part) + 1})" for part in parts if part.isdecimal()), "")
    try:
        words = (
            heading(names[0])
            if len(names) == 1 and names[0] in CARDS
            else label(names[-2] if names[1:] else "", names[-1])
        )
    except KeyError:
        return Text(fr=path, en=path)
    return Text(fr=words.fr + number, en=words.en + number)


def help_of(name: str) -> Text | None:
    """Return what helps to fill a field, None when its label says all."""
    found = _words()["help"].get(name)
    return Text(fr=found[0], en=found[1]) if found else None


def heading(kind: str) -> Text:
    """Return what a card of a kind of block is headed."""
    found = _words()["one"].get(kind)
    return Text(fr=found[0], en=found[1]) if found else label("", kind)


def adding(kind: str) -> Text:
    """Return the words of the button that adds one more to a list inside a card."""
    found = _words()["one"][kind]
    return Text(fr=found[2], en=found[3])
