"""The English words of a block that nobody typed: made from its French ones each time, never kept beside them.

The form holds an English text only where a person, or a file, says another than would be made: so that French words
put right never leave behind the English of what they were.
"""

from functools import cache
from typing import Any, Final

from echeancier.desk.form.catalogue import catalogue
from echeancier.desk.form.shapes import ROOT, shape_of, shapes

ENGLISH: Final = "_en"
"""How a field ends that says another one again, in English."""


def give_english(block: dict[str, Any], kind: str) -> None:
    """Fill in the English fields left empty: the catalogue's words for its own French ones, the French ones elsewhere."""
    for english, french in _of(kind).items():
        if block.get(french) and not block.get(english):
            block[english] = _made(kind, french, block[french])


def leave_english(block: dict[str, Any], kind: str) -> None:
    """Empty the English fields that `give_english` would fill in again with the same words."""
    for english, french in _of(kind).items():
        if block.get(english) and block[english] == _made(kind, french, block.get(french)):
            del block[english]
    for reading in block.get("readings", ()) if kind == "question" else ():
        leave_english(reading, "readings")


def _made(kind: str, french: str, words: Any) -> Any:
    return _english_of_catalogue().get((kind, french, words), words)


@cache
def _english_of_catalogue() -> dict[tuple[str, str, Any], str]:
    """Return the English of the catalogue by kind of block, French field and French words."""
    return {
        (entry.block, french, entry.terms[french]): entry.terms[english]
        for entry in catalogue().values()
        for english, french in _of(entry.block).items()
        if entry.terms.get(french) and entry.terms.get(english)
    }


@cache
def _of(kind: str) -> dict[str, str]:
    model = shape_of(shape_of(ROOT, "question").model or ROOT, "readings").model if kind == "readings" else None
    model = model or next((shape.model for shape in shapes(ROOT) if shape.name == kind), None)
    known = {shape.name for shape in shapes(model)} if model else set()
    return {
        name: name.removesuffix(ENGLISH)
        for name in known
        if name.endswith(ENGLISH) and name.removesuffix(ENGLISH) in known
    }
