"""How a kind of fact and its fields are described in words."""

from collections.abc import Iterable
from typing import Literal, get_args

from echeancier.domain.facts.refusal import both
from echeancier.domain.model import Frozen, Text

Sort = Literal["day", "moment", "text", "name", "number", "yes-no", "choice"]
"""What a field holds; a ``name`` is one of the convention's file, a ``moment`` a day with its hour."""


class FieldHelp(Frozen):
    """One field of a kind of fact.

    Attributes:
        name: as written in a file.
        sort: what it holds.
        required: whether it must be given.
        says: what it means.
        choices: the words allowed, for a choice.
    """

    name: str
    sort: Sort
    required: bool
    says: Text
    choices: tuple[str, ...] = ()


class KindHelp(Frozen):
    """One kind of fact, in words, with its fields in the order in which one fills them."""

    kind: str
    says: Text
    fields: tuple[FieldHelp, ...]

    def field(self, name: str) -> FieldHelp | None:
        """Return the field of that name, None if there is none."""
        return next((field for field in self.fields if field.name == name), None)


def field(name: str, sort: Sort, fr: str, en: str, *, must: bool = False, choices: Iterable[str] = ()) -> FieldHelp:
    """Describe one field."""
    return FieldHelp(name=name, sort=sort, required=must, says=both(fr, en), choices=tuple(choices))


def choices_of(model: type[Frozen], field: str) -> tuple[str, ...]:
    """Return the words a field allows, read from the model itself."""
    return get_args(model.model_fields[field].annotation)


NOTE = field("note", "text", "ce qu’il faut savoir de plus", "anything else worth knowing")
"""The last field of nearly every kind."""


def dated(kind: str, fr: str, en: str, day_fr: str, day_en: str, *fields: FieldHelp) -> KindHelp:
    """Describe a kind of fact that has a day and a note beside its own fields."""
    on = field("on", "day", day_fr, day_en, must=True)
    return KindHelp(kind=kind, says=both(fr, en), fields=(on, *fields, NOTE))
