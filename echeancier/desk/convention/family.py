"""The family of a convention: what it hangs from, what hangs from it, what it follows, what follows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from echeancier.desk.reading.seen import Seen
from echeancier.domain.afterwards.follow_on import followed_by
from echeancier.domain.agenda.end_shown import EndShown


@dataclass(frozen=True)
class Relative:
    """A convention of the family; ``known`` when it is registered here."""

    reference: str
    title: str
    end: EndShown | None
    known: bool


@dataclass(frozen=True)
class Family:
    """A parent and annexes, the one before and the one after.

    Attributes:
        cited_as: what the paper calls its parent.
        follows: the convention it continues; ``followed_by`` the one that continues it.
    """

    parent: Relative | None
    cited_as: str
    annexes: tuple[Relative, ...]
    follows: Relative | None
    followed_by: Relative | None

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.parent or self.cited_as or self.annexes or self.follows or self.followed_by)


def family_of(seen: Seen, others: Iterable[Seen]) -> Family:
    """Return the family of a convention among those that could be read."""
    everyone = {one.reference: one for one in others}
    parent = seen.ctx.dossier.convention.parent
    reference = parent.reference if parent else None
    annexes = [*seen.ctx.dossier.annexes]
    annexes += [one.reference for one in everyone.values() if _hangs_from(one, seen.reference)]
    return Family(
        parent=_named(reference, everyone),
        cited_as=parent.cited_as if parent else "",
        annexes=tuple(_annex(reference, everyone) for reference in dict.fromkeys(annexes)),
        follows=_named(seen.ctx.dossier.convention.follows, everyone),
        followed_by=_named(followed_by(seen.ctx.s.records), everyone),
    )


def _named(reference: str | None, everyone: Mapping[str, Seen]) -> Relative | None:
    return _annex(reference, everyone) if reference else None


def _annex(reference: str, everyone: Mapping[str, Seen]) -> Relative:
    one = everyone.get(reference)
    return _relative(one) if one else Relative(reference, "", None, known=False)


def _hangs_from(one: Seen, reference: str) -> bool:
    parent = one.ctx.dossier.convention.parent
    return parent is not None and parent.reference == reference


def _relative(one: Seen) -> Relative:
    return Relative(one.reference, one.ctx.dossier.convention.title, one.ctx.agenda.end, known=True)
