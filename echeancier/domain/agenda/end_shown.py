"""The end of a convention as it is shown: one place that says which day stands there, and under which words.

A term that renews itself ends on no day yet: « engagés jusqu’au » stands where the last day in force does, with the sentence that
says what happens then.
"""

from datetime import date
from typing import NamedTuple

from echeancier.domain.model import Text

LAST_DAY = Text(fr="Dernier jour en vigueur", en="Last day in force")
BOUND_UNTIL = Text(fr="Engagés jusqu’au", en="Bound until")

_NATURAL_END = Text(fr="terme prévu", en="natural end")
_AT_THE_LATEST = Text(fr="au plus tard, reconductions comprises", en="at the latest, renewals included")
_ENDS_ON = Text(fr="fin le", en="ends on")


class EndShown(NamedTuple):
    """What is shown of an end.

    Attributes:
        renews_itself: whether it goes on after that day unless somebody writes.
        day: the last day in force; the day until which it binds where it renews itself; None while unknown.
        says: what happens at the end of a term that renews itself, or why another has no known day, in one sentence; else None.
        latest: the last day of all, where that is another one; None without one.
        latest_label: what that day is called.
    """

    renews_itself: bool
    day: date | None
    says: Text | None
    latest: date | None
    latest_label: Text

    @property
    def instead(self) -> Text | None:
        """What stands where the day would, of a term without a known one; None where there is a day, or nothing to say."""
        return self.says if self.day is None else None

    @property
    def label(self) -> Text:
        """What the day is called."""
        return label_of(renews_itself=self.renews_itself)

    @property
    def words(self) -> Text:
        """The words that stand right before the day, in the middle of a sentence."""
        return words_of(renews_itself=self.renews_itself)


def shown_end(ends_on: date | None, bound_until: date | None, natural_end: date | None, says: Text | None) -> EndShown:
    """Return the end as it is shown, from the days that an agenda holds."""
    renews_itself = ends_on is None and bound_until is not None
    day = bound_until if renews_itself else ends_on
    return EndShown(
        renews_itself=renews_itself,
        day=day,
        says=says,
        latest=natural_end if natural_end != day else None,
        latest_label=_NATURAL_END if says is None else _AT_THE_LATEST,
    )


def label_of(*, renews_itself: bool) -> Text:
    """Return what the day of an end is called, as a heading."""
    return BOUND_UNTIL if renews_itself else LAST_DAY


def words_of(*, renews_itself: bool) -> Text:
    """Return the words that stand right before the day of an end, in the middle of a sentence."""
    return Text(fr=BOUND_UNTIL.fr.lower(), en=BOUND_UNTIL.en.lower()) if renews_itself else _ENDS_ON
