"""The family of a convention: what it hangs from, what hangs from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desk.seen import Seen


@dataclass(frozen=True)
class Relative:
    """A convention of the family; ``known`` when it is registered here."""

    reference: str
    title: str
    ends_on: date | None
    known: bool


@dataclass(frozen=True)
class Family:
    """A parent and annexes.

    Attributes:
        cited_as: what the paper calls its parent.
    """

    parent: Relative | None
    cited_as: str
    annexes: tuple[Relative, ...]

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.parent or self.cited_as or self.annexes)


def family_of(seen: Seen, others: Iterable[Seen]) -> Family:
    """Return the family of a convention among those that could be read."""
    everyone = {one.reference: one for one in others}
    parent = seen.ctx.dossier.convention.parent
    reference = parent.reference if parent else None
    known = everyone.get(reference or "")
    annexes = [*seen.ctx.dossier.annexes]
    annexes += [one.reference for one in everyone.values() if _hangs_from(one, seen.reference)]
    return Family(
        parent=_relative(known)
        if known
        else Relative(reference, "", None, known=False)
        if reference
        else None,
        cited_as=parent.cited_as if parent else "",
        annexes=tuple(_annex(reference, everyone) for reference in dict.fromkeys(annexes)),
    )


def _annex(reference: str, everyone: Mapping[str, Seen]) -> Relative:
    one = everyone.get(reference)
    return _relative(one) if one else Relative(reference, "", None, known=False)


def _hangs_from(one: Seen, reference: str) -> bool:
    parent = one.ctx.dossier.convention.parent
    return parent is not None and parent.reference == reference


def _relative(one: Seen) -> Relative:
    return Relative(one.reference, one.ctx.dossier.convention.title, one.ctx.agenda.ends_on, known=True)
