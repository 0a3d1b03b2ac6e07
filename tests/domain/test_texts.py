"""One rule for every text, number and day that the door takes: none is without an edge, none hides anything."""

import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from echeancier.domain.characters import is_hidden, is_stray
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.model import PROSE_LIMIT, OneLine, Prose
from echeancier.domain.terms.changes import ChangesError, with_changes
from echeancier.domain.terms.convention import Convention
from echeancier.domain.text import one_line
from tests.domain.builders import convention

Leaf = tuple[str, Any]


def leaves(root: Any, path: str = "", seen: frozenset[type] = frozenset()) -> Iterator[Leaf]:
    """Every text, number and day below a model, with all that is asked of it."""
    inner, *asked = get_args(root) if get_origin(root) is Annotated else (root,)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        for name, field in inner.model_fields.items() if inner not in seen else ():
            whole = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
            yield from leaves(whole, f"{inner.__name__}.{name}", seen | {inner})
    elif inner in (str, int, date) or (asked and inner == tuple[str, ...]):
        yield path, root
    elif get_origin(inner) in (Union, UnionType):
        for one in get_args(inner):
            yield from leaves(Annotated[(one, *asked)] if asked else one, path, seen)
    elif get_origin(inner) is not Literal:
        for one in get_args(inner):
            yield from leaves(one, path, seen)


PAPER = dict(leaves(Convention))
PIECE = "Amended.changes"
"""A piece of a file: the blocks that it changes say what their texts may hold."""

ALL = {**PAPER, **{path: asked for path, asked in leaves(Fact) if path != PIECE}}
TEXTS = [leaf for leaf in ALL.items() if str in [leaf[1], *get_args(leaf[1])] or tuple[str, ...] in get_args(leaf[1])]
NUMBERS = [leaf for leaf in ALL.items() if int in [leaf[1], *get_args(leaf[1])]]
DAYS = [leaf for leaf in PAPER.items() if date in [leaf[1], *get_args(leaf[1])]]
HIDDEN = [
    "\x1b",
    "\x07",
    "\x00",
    "\x7f",
    "\x85",
    "\r",
    "\u2028",
    "\u2029",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
]


def takes(annotation: Any, value: object) -> bool:
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError:
        return False
    return True


def test_the_walk_sees_the_texts_the_numbers_and_the_days() -> None:
    wanted = {
        "Party.name",
        "Role.function",
        "Role.address",
        "Parent.reference",
        "Delay.hours",
        "OneOff.on",
        "Signed.note",
    }
    assert wanted <= ALL.keys()
    assert (len(TEXTS), len(NUMBERS), len(DAYS)) > (100, 20, 8)


@pytest.mark.parametrize(("path", "asked"), TEXTS, ids=[path for path, _ in TEXTS])
def test_no_text_hides_a_character_or_is_without_an_end(path: str, asked: Any) -> None:
    del path
    for char in HIDDEN:
        assert not takes(asked, f"a{char}b"), f"U+{ord(char):04X}"
    assert not takes(asked, "a" * (PROSE_LIMIT + 1))
    assert not takes(asked, "a\nb") or all(one in get_args(asked) for one in get_args(Prose))  # and its words


def test_an_amendment_hides_no_character_either() -> None:
    duty = {
        "id": "new",
        "kind": "report",
        "title": "a\u202eb",
        "owed_by": "town",
        "owed_to": "agency",
        "clauses": ["A1"],
    }
    with pytest.raises(ChangesError, match="invisible"):
        with_changes(convention(), {"duty": {"new": duty}})


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        (OneLine, "a\nb", "un saut de ligne en position 2 : l’ôter, ce texte tient sur une ligne"),
        (OneLine, "a\r\nb", "un saut de ligne en position 2 : l’ôter, ce texte tient sur une ligne"),
        (OneLine, "ab\u202ec", "un caractère invisible (U+202E) en position 3 : l’ôter"),
        (Prose, "a\n\nb\x07c", "un caractère invisible (U+0007) en position 5 : l’ôter"),
        (Prose, "a\rb", "un caractère invisible (U+000D) en position 2 : l’ôter"),
    ],
)
def test_what_is_hidden_is_told_by_its_place_and_a_text_of_several_lines_is_not_said_to_be_of_one(
    asked: Any, text: str, told: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(asked).validate_python(text)
    (found,) = refused.value.errors()
    assert found["msg"].removeprefix("Value error, ") == told


def test_every_control_separator_half_and_turn_of_unicode_is_hidden_and_no_other_character_but_the_strays() -> None:
    turns = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    strays = {0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xFDD0, 0xFDF0), *range(0xE0000, 0xE0080)}
    for point in range(sys.maxunicode + 1):
        stray = point in strays or point & 0xFFFE == 0xFFFE
        hidden = stray or point in turns or unicodedata.category(chr(point)) in {"Cc", "Cs", "Zl", "Zp"}
        assert (is_stray(chr(point)), is_hidden(chr(point))) == (stray, hidden), hex(point)


def limits(asked: Any) -> list[int]:
    return [one.max_length for one in get_args(asked) if getattr(one, "max_length", None) is not None]


SEVERAL = [(path, limits(asked)) for path, asked in TEXTS if len(limits(asked)) > 1]


@pytest.mark.parametrize(("path", "said"), SEVERAL, ids=[path for path, _ in SEVERAL])
def test_the_narrower_of_two_lengths_is_the_one_that_counts(path: str, said: list[int]) -> None:
    assert takes(ALL[path], "a" * min(said))
    assert not takes(ALL[path], "a" * (min(said) + 1))


@pytest.mark.parametrize(("path", "asked"), NUMBERS, ids=[path for path, _ in NUMBERS])
def test_no_number_is_without_an_end(path: str, asked: Any) -> None:
    del path
    assert not takes(asked, 10**14)
    assert not takes(asked, -1)


@pytest.mark.parametrize(("path", "asked"), DAYS, ids=[path for path, _ in DAYS])
def test_no_day_of_the_paper_is_out_of_our_times(path: str, asked: Any) -> None:
    del path
    assert takes(asked, date(2022, 1, 1))
    assert not takes(asked, date(1949, 12, 31))
    assert not takes(asked, date(2200, 1, 1))


def test_ordinary_french_and_foreign_names_are_taken() -> None:
    for name in (
        "Commune d’Évian-les-Bains",
        "Œuvre « X »",
        "بلدية",
        "e\u0301cole",
        "👩‍💼 emploi",
        "a\u00a0: b",
    ):
        assert takes(Prose, name)


def test_paragraphs_come_as_forms_send_them() -> None:
    assert TypeAdapter(Prose).validate_python("un\r\ndeux\tet trois") == "un\ndeux et trois"


def test_what_is_put_on_one_line_is_taken_by_every_text() -> None:
    """What strangers write beside a click or in a reply is cleaned, then recorded: nothing in it may be refused any more."""
    everything = "".join(chr(point) for point in range(0x110000))
    for start in range(0, len(everything), PROSE_LIMIT):
        TypeAdapter(Prose).validate_python(one_line(everything[start : start + PROSE_LIMIT]))
