"""What a field of the convention is on a page: read from the models, so that no term can be left out of the form."""

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from echeancier.domain.terms.convention import Convention, Place
from echeancier.domain.terms.duties import Delay, MeetingPreferences, Rhythm

Sort = Literal[
    "text", "words", "choice", "number", "day", "time", "yes", "names", "lines", "days", "periods", "delay",
    "block", "blocks", "keyed",
]  # fmt: skip

UNITS: Final = ("days", "open_days", "months", "hours")

# Whose key a field holds: what it can be chosen from is what the page already says.
PARTY: Final = frozenset({"us", "party", "owed_by", "owed_to", "by", "who", "against", "order", "controllers"})
ROLE: Final = frozenset(
    {"coordinator", "manager", "substitute", "letter_to", "ask", "responsible", "informed", "invite", "tell"}
)
SIDES: Final = frozenset({"owed_by", "owed_to"})
_WORDS: Final = frozenset(
    {"says", "says_en", "about", "about_en", "text", "text_en", "changes", "changes_en", "grounds"}
)


@dataclass(frozen=True)
class Shape:
    """One field.

    Attributes:
        name: its key in the convention file.
        sort: how it is typed.
        values: of a choice.
        model: of a block, of each block, or of each keyed block.
        optional: whether a block may be missing.
    """

    name: str
    sort: Sort
    required: bool
    values: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    optional: bool = False


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the fields of a model, in its order."""
    return tuple(
        _shape(model, field.alias or name, field.annotation, required=field.is_required())
        for name, field in model.model_fields.items()
    )


def shape_of(model: type[BaseModel], name: str) -> Shape:
    """Return one field of a model."""
    return next(shape for shape in shapes(model) if shape.name == name)


SMALL: Final = (Rhythm, MeetingPreferences, Place)
"""Blocks that belong to the card they stand in."""


def _shape(model: type[BaseModel], name: str, annotation: Any, *, required: bool) -> Shape:
    bare, optional = _without_none(annotation)
    inner = get_args(bare)
    if bare is Delay:
        return Shape(name, "delay", required)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Shape(name, "block", required, model=bare, optional=optional or not required)
    if get_origin(bare) is dict:
        return Shape(name, "keyed", required, model=inner[1])
    if get_origin(bare) is tuple:
        return _list(name, inner[0], required=required)
    if values := _literals(bare):
        return Shape(name, "choice", required, values)
    sorts: dict[Any, Sort] = {bool: "yes", int: "number", date: "day", time: "time"}
    del model
    return Shape(name, sorts.get(bare, "words" if name in _WORDS else "text"), required)


def _list(name: str, of: Any, *, required: bool) -> Shape:
    bare, _ = _without_none(of)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Shape(name, "blocks", required, model=bare)
    if bare is date:
        return Shape(name, "days", required)
    if get_origin(bare) is tuple:
        return Shape(name, "periods", required)
    return Shape(name, "lines" if name == "postal" else "names", required)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        members = [one for one in get_args(annotation) if one is not type(None)]
        if len(members) == 1:
            return _without_none(members[0])[0], True
    return annotation, False


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(get_args(annotation))
    if get_origin(annotation) in (Union, UnionType):
        return tuple(value for member in get_args(annotation) for value in _literals(member))
    return ()


ROOT: Final = Convention
