"""What a field of the convention is on a page: read from the models, so that no term can be left out of the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from echeancier.domain.dates.delay import Delay
from echeancier.domain.declared import FieldWords, field_words, words_of
from echeancier.domain.model import Named, Prose, Text
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.fields import BlockWords, Whose

Sort = Literal[
    "text", "words", "choice", "number", "day", "time", "yes", "names", "lines", "days", "periods", "delay",
    "block", "blocks", "keyed",
]  # fmt: skip

ROOT: Final = Convention
_UNIONS: Final = (Union, UnionType)


@dataclass(frozen=True)
class Shape:
    """One field.

    Attributes:
        name: its key in the convention file.
        sort: how it is typed.
        words: what it is called, as its model says.
        choices: of a choice.
        model: of a block, of each block, or of each keyed block; the first of ``ways``.
        ways: the models of a block that is said in one of several ways.
        optional: whether a block may be missing.
        whose: whose key it holds, None where it holds none.
        wide: whether it is typed in several words.
    """

    name: str
    sort: Sort
    required: bool
    words: FieldWords
    choices: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    ways: tuple[type[BaseModel], ...] = ()
    optional: bool = False
    whose: Whose | None = None
    wide: bool = False

    @property
    def says(self) -> Text:
        """What it means."""
        return self.words.says

    @property
    def label(self) -> Text:
        """Its label on a page: the short one, where it has one."""
        return self.words.label or self.words.says

    @property
    def values(self) -> Mapping[str, Text]:
        """Its choices in words."""
        return self.words.values

    @property
    def hint(self) -> Text | None:
        """What helps to fill it in, None when its label says all."""
        return self.words.hint

    def model_for(self, given: object) -> type[BaseModel] | None:
        """Return the model of a block as it is filled in: that of the way chosen, or told by a key, where there are several."""
        known = given if isinstance(given, Mapping) else {}
        told = (
            way for way in self.ways if known.get(WAY) == mark_of(way) or (WAY not in known and mark_of(way) in known)
        )
        return next(told, None) if self.ways else self.model


WAY: Final = "way"
"""Beside the fields of a block said in one of several ways: which one was chosen."""


def mark_of(way: type[BaseModel]) -> str:
    """Return the key that tells one way of saying a block from the others."""
    mark: str = vars(way)["MARK"]
    return mark


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the fields of a model, in its order."""
    return tuple(_shape(field.alias or name, field) for name, field in model.model_fields.items())


def shape_of(model: type[BaseModel], name: str) -> Shape:
    """Return one field of a model."""
    return next(shape for shape in shapes(model) if shape.name == name)


KEY: Final = Shape(
    "key", "text", required=False, words=field_words("Clé (pour toujours)", "Key (for life)", folded=True, of_file=True)
)
"""What a party, or a function, is kept under; no field of its block."""


def shape_at(path: str) -> Shape | None:
    """Return the field at a place of the page (``duty.0.meeting``), None where the terms have none."""
    found: Shape | None = None
    for part in path.split("."):
        if part.isdecimal():
            continue
        found = next((one for one in (*_below(found), KEY) if one.name == part), None)
        if found is None:
            break
    return found


def anchor(path: str) -> str:
    """Return where on its page a field, a block or a list of blocks is found: what is not shown stands for what holds it."""
    found = shape_at(path)
    holder = path.rpartition(".")[0]
    hidden = (
        found is not None and (found.words.of_file or found.sort == "block") and path.rpartition(".")[2] == found.name
    )
    if hidden and holder:
        return anchor(holder)
    listed = found is not None and found.sort in ("blocks", "keyed") and path == found.name
    return f"bloc-{path}" if listed else f"x-{path}"


def _below(shape: Shape | None) -> tuple[Shape, ...]:
    if shape is None:
        return shapes(ROOT)
    models = shape.ways or ((shape.model,) if shape.model else ())
    return tuple(one for model in models for one in shapes(model))


def place(path: str) -> Text:
    """Return what a field is called in a list of problems: « Adresse électronique de la fonction (2) »; its path if unknown."""
    found = shape_at(path)
    if found is None:
        return Text(fr=path, en=path)
    number = next((f" ({int(part) + 1})" for part in path.split(".") if part.isdecimal()), "")
    words = block_words(found.model).called if found.model and found in shapes(ROOT) else found.label
    return Text(fr=words.fr + number, en=words.en + number)


def block_words(model: type[BaseModel]) -> BlockWords:
    """Return what a block is called, as its model says."""
    words: BlockWords = vars(model)["WORDS"]
    return words


def _shape(name: str, field: FieldInfo) -> Shape:
    bare, optional = _without_none(field.annotation)
    required, choices = field.is_required(), _literals(bare)
    ways = tuple(one for one in map(_bare, get_args(bare)) if _is_model(one)) if get_origin(bare) in _UNIONS else ()
    sort, model = ("choice", None) if choices else _sort(ways[0] if ways else bare, field)
    words = words_of(field) or FieldWords(block_words(model).called if model else Text(fr="", en=""))
    whose = next((one for one in _marks(field.annotation, field.metadata) if isinstance(one, Whose)), None)
    return Shape(
        name,
        sort,
        required,
        words,
        choices,
        model,
        ways,
        optional=sort == "block" and (optional or not required),
        whose=whose,
        wide=sort == "words" or (sort == "text" and _longest(field) > _FEW),
    )


_FEW: Final = 60
"""Characters of what is typed in one word: a key, a sum, a reference."""


def _longest(field: FieldInfo) -> int:
    return max((getattr(one, "max_length", None) or 0 for one in field.metadata), default=0)


_SORTS: Final[dict[Any, Sort]] = {bool: "yes", int: "number", date: "day", time: "time"}


def _sort(bare: Any, field: FieldInfo) -> tuple[Sort, type[BaseModel] | None]:
    inner = get_args(bare)
    if bare is Delay:
        return "delay", None
    if _is_model(bare):
        return "block", bare
    if get_origin(bare) is dict:
        return "keyed", inner[1]
    if get_origin(bare) is tuple:
        return _list(inner[0])
    return _SORTS.get(bare, "words" if get_args(Prose)[1] in field.metadata else "text"), None


def _list(inner: Any) -> tuple[Sort, type[BaseModel] | None]:
    of, _ = _without_none(inner)
    if _is_model(of):
        return "blocks", of
    if of is date:
        return "days", None
    if get_origin(of) is tuple:
        return "periods", None
    return "lines" if inner in (str, Named) else "names", None


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _marks(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    yield from metadata
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for inside in get_args(annotation):
        yield from _marks(inside, [])


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in _UNIONS:
        members = [one for one in get_args(annotation) if one is not type(None)]
        if len(members) == 1:
            return _without_none(members[0])[0], True
    return annotation, False


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(get_args(annotation))
    if get_origin(annotation) in _UNIONS:
        return tuple(value for member in get_args(annotation) for value in _literals(member))
    return ()
