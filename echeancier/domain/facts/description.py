"""How a fact is described: the words that its model and fields carry, and the description read back from them.

Words are declared on the model itself (`kind_words`, `field_words`); whether a field is required, what sort it is, its choices
and its bounds are those that pydantic already knows. Nothing here changes what a model accepts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AwareDatetime, Field
from pydantic.fields import FieldInfo

from echeancier.domain.declared import FieldWords, Pair, both, field_words, text, words_of
from echeancier.domain.model import Frozen, OneLine, Prose, Slug, Text

Sort = Literal["day", "moment", "text", "name", "number", "yes-no", "choice", "piece"]
"""What a field holds; a ``name`` is one of the file, a ``piece`` some of its blocks, a ``moment`` a day with its hour."""


@dataclass(frozen=True)
class KindWords:
    """The name of a kind of fact, what it says happened, what its day is (None for a kind without ``on``), what follows.

    ``on_label``: what its day is called where several days are filled in side by side.
    """

    called: Text
    says: Text
    on: Text | None = None
    on_label: Text | None = None
    hint: Text | None = None


def kind_words(
    *, called: Pair, says: Pair, on: Pair | None = None, on_label: Pair | None = None, hint: Pair | None = None
) -> KindWords:
    """Return the words of a kind of fact, to stand on its model as ``WORDS``."""
    return KindWords(
        text(called),
        both(*says),
        both(*on) if on else None,
        text(on_label) if on_label else None,
        both(*hint) if hint else None,
    )


Note = Annotated[
    Prose, field_words("ce qu’il faut savoir de plus", "anything else worth knowing", label=("Note", "Note"))
]
"""The last field of every kind."""

ItemKey = Annotated[
    OneLine,
    field_words(
        "la clé de l’échéance, comme steering-committee/2022",
        "the item’s key, as in steering-committee/2022",
        label=("Échéance", "Deadline"),
    ),
]
"""The deadline that a fact is about."""

LetterId = Annotated[
    OneLine,
    field_words(
        "le numéro du fait letter-posted, comme f12",
        "the id of the letter-posted fact, as in f12",
        label=("Lettre", "Letter"),
    ),
]
"""The posted letter that a fact is about."""


class FieldHelp(Frozen):
    """One field of a kind of fact.

    Attributes:
        name: as written in a file.
        sort: what it holds.
        required: whether it must be given.
        says: what it means.
        label: the same in a few words.
        choices: the words allowed, for a choice.
        values: some of these choices in words.
        least, most: the bounds of a number.
        hint: what is good to know when filling it in, as a sentence.
        of_file: the program writes it: no form asks for it.
    """

    name: str
    sort: Sort
    required: bool
    says: Text
    label: Text | None = None
    choices: tuple[str, ...] = ()
    values: dict[str, Text] = Field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    hint: Text | None = None
    of_file: bool = False


class KindHelp(Frozen):
    """One kind of fact, in words, with its fields in the order in which one fills them, and what follows from it."""

    kind: str
    called: Text
    says: Text
    fields: tuple[FieldHelp, ...]
    hint: Text | None = None

    def field(self, name: str) -> FieldHelp | None:
        """Return the field of that name, None if there is none."""
        return next((field for field in self.fields if field.name == name), None)


def describe(model: Any) -> KindHelp:
    """Return the description of a kind of fact, read from its model: its day, its own fields, its note."""
    words: KindWords = model.WORDS
    infos: dict[str, FieldInfo] = model.model_fields
    own = sorted((name for name in infos if name != "kind"), key=lambda name: (name != "on", name == "note"))
    fields = tuple(_described(name, infos[name], words.on if name == "on" else None) for name in own)
    return KindHelp(kind=infos["kind"].default, called=words.called, says=words.says, fields=fields, hint=words.hint)


def _described(name: str, info: FieldInfo, day: Text | None) -> FieldHelp:
    words = FieldWords(day) if day else words_of(info)
    assert words is not None  # noqa: S101 - every field of a fact has words: a test reads them all
    kind = info.annotation
    metadata = list(info.metadata)
    if NoneType in get_args(kind):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is Annotated:
        metadata += get_args(kind)[1:]
        kind = get_args(kind)[0]
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    bounds = [bound for one in metadata for bound in (one, *getattr(one, "metadata", ()))]
    return FieldHelp(
        name=name,
        sort="choice" if choices else _sort(kind, metadata),
        required=info.is_required(),
        says=words.says,
        label=words.label,
        choices=choices,
        values=dict(words.values),
        least=next((b.ge for b in bounds if hasattr(b, "ge")), None),
        most=next((b.le for b in bounds if hasattr(b, "le")), None),
        hint=words.hint,
        of_file=words.of_file,
    )


def _sort(kind: Any, metadata: list[Any]) -> Sort:
    slug = get_args(Slug)[1].pattern
    if any(getattr(one, "pattern", None) == slug for one in metadata):
        return "name"
    if get_origin(kind) is dict:
        return "piece"
    sorts: dict[Any, Sort] = {date: "day", datetime: "moment", AwareDatetime: "moment", bool: "yes-no", int: "number"}
    return sorts.get(kind, "text")
