"""The terms in force on each day: those agreed, then what each amendment makes of them, each key from its own effect."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from echeancier.domain.standing.amendments import Amending, changing_terms
from echeancier.domain.standing.names import as_changed
from echeancier.domain.terms.changes import ChangesError, changed_blocks, with_changes

if TYPE_CHECKING:
    from datetime import date

    from echeancier.domain.facts.recorded import Recorded
    from echeancier.domain.terms.convention import Convention
    from echeancier.domain.terms.duties import Duty
    from echeancier.domain.terms.money import Payment


class Version(NamedTuple):
    """The terms from a day on.

    Attributes:
        convention: the terms.
        by: the amendment that made them; None for those agreed at first.
        changed: the ids of what it changed.
    """

    convention: Convention
    by: Amending | None = None
    changed: frozenset[str] = frozenset()


class Unfit(NamedTuple):
    """An amendment whose changes do not suit the terms it comes to: it is left out, and the door says why."""

    by: Amending
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Versions:
    """The terms as they follow one another.

    Attributes:
        all: the terms agreed, then those of each amendment that changes some, by effect, then by number; empty where none does.
        unfit: the amendments whose changes do not suit what they come to.
    """

    all: tuple[Version, ...] = ()
    unfit: tuple[Unfit, ...] = ()

    def on(self, day: date) -> int:
        """Return which of them is in force on a day."""
        return max(number for number, one in enumerate(self.all) if one.by is None or one.by.effect <= day)


NONE: Final = Versions()


def versions_of(convention: Convention, records: tuple[Recorded, ...]) -> Versions:
    """Return the terms as they follow one another; those of one effect by number, then in the order in which they were told.

    Args:
        convention: the terms agreed.
        records: the facts in force.
    """
    told = changing_terms(records)
    if not told:
        return NONE
    terms, found, unfit = convention, [Version(as_changed(convention, records))], list[Unfit]()
    for one in told:
        try:
            terms = with_changes(terms, one.changes)
        except ChangesError as error:
            unfit.append(Unfit(one, error.problems))
            continue
        found.append(Version(as_changed(terms, records), one, changed_blocks(one.changes)))
    return Versions(tuple(found), tuple(unfit))


def terms_before(convention: Convention, records: tuple[Recorded, ...], effect: date, number: int) -> Convention:
    """Return the terms that an amendment of an effect and a number comes to, the parties under their first names."""
    for one in changing_terms(records):
        if (one.effect, one.number) <= (effect, number):
            with suppress(ChangesError):
                convention = with_changes(convention, one.changes)
    return convention


def counted_anew(versions: tuple[Version, ...], series: str) -> str:
    """Return what begins the occurrences of a series once an amendment counts its times otherwise; empty where none did.

    The third month is not the third quarter: what was done of one is not done of the other.

    Args:
        versions: those that led to the terms, theirs the last.
        series: the id of what comes back.
    """
    rhythms = [_rhythm(one.convention, series) for one in versions]
    for number in range(len(versions) - 1, 0, -1):
        by, before, now = versions[number].by, rhythms[number - 1], rhythms[number]
        if by is not None and before is not None and now is not None and before != now:
            return f"a{by.number}-"
    return ""


_COUNTED_BY: Final = ("every_months", "every_weeks", "count", "year", "part", "nth", "closes", "except_months")


def _rhythm(convention: Convention, series: str) -> tuple[object, ...] | None:
    """What tells one of its times from the others; a later day of the same month or year changes none of it."""
    owed: tuple[Duty | Payment, ...] = (*convention.duty, *convention.payment)
    one = next((one for one in owed if one.id == series), None)
    if one is None:
        return None
    when = one.when or getattr(one, "rhythm", None)
    days = getattr(when, "on", None)
    return type(when), len(days) if isinstance(days, tuple) else 1, *(getattr(when, name, None) for name in _COUNTED_BY)
