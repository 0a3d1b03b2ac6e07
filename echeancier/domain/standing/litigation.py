"""A litigation holds back the destruction of data: since when, last looked at when, and for which duties."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.proof import LAW, Proof, given, plus, worked
from echeancier.domain.facts.litigation import LitigationClosed, LitigationOpened
from echeancier.domain.facts.personal_data import HoldReviewed

if TYPE_CHECKING:
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

QUESTION = "litigation-hold"
"""The question put where the text says nothing of a litigation."""
KEEP, DESTROY = "keep", "destroy"


def in_litigation(s: TermsAndFacts) -> bool:
    """Whether a litigation was opened, and neither closed nor its hold lifted since."""
    if not s.of(LitigationOpened):
        return False
    opened, closed = _placed(s, LitigationOpened), _placed(s, LitigationClosed)
    closed += [
        (r.fact.on, n)
        for n, r in enumerate(s.records)
        if isinstance(r.fact, HoldReviewed) and r.fact.outcome == "lifted"
    ]
    return not closed or max(opened) > max(closed)


def _placed(s: TermsAndFacts, kind: type[LitigationOpened | LitigationClosed]) -> list[tuple[date, int]]:
    """Days of one kind with their place: the day decides, and the place among facts of the same day."""
    return [(r.fact.on, n) for n, r in enumerate(s.records) if isinstance(r.fact, kind)]


def opened_on(s: TermsAndFacts) -> date:
    """Return the day of the litigation that runs; there must be one."""
    return max(fact.on for _, fact in s.of(LitigationOpened))


def last_looked_at(s: TermsAndFacts) -> date:
    """Return the day the hold was last reviewed, else the day the litigation was opened."""
    opened = opened_on(s)
    return max([opened, *(x.on for _, x in s.of(HoldReviewed) if x.on >= opened)])


def later(s: TermsAndFacts, day: date | None) -> tuple[date | None, Proof]:
    """Return a last day put off by a hold that is over, and why: the days left when it began run from its end on.

    No step where nothing puts it off.
    """
    opened = [fact.on for _, fact in s.of(LitigationOpened)]
    ended = [fact.on for _, fact in s.of(LitigationClosed)]
    ended += [fact.on for _, fact in s.of(HoldReviewed) if fact.outcome == "lifted"]
    answer = s.answer(QUESTION)
    if day is None or in_litigation(s) or not opened or not ended or (answer and answer.reading == DESTROY):
        return day, ()
    began, over = max(opened), max(ended)
    if not began <= day or over < began:
        return day, ()
    moved = over + (day - began)
    left, safe = Delay(days=(day - began).days), s.calendar.prev_workable(moved)
    return moved, (
        given(began, "litigation", " ; suspendu du {}"),
        given(over, "litigation", " au {}"),
        plus(over, left, LAW, moved, " par un contentieux → {}", "legal"),
        worked("prev_workable", moved, safe),
    )


def holds_back(s: TermsAndFacts, *, by_its_clause: bool) -> bool:
    """Whether a destruction waits: by its clause (« en l’absence de contentieux »), or by the reading of its silence.

    Destroying cannot be undone, and the law lets data be kept for a legal claim (GDPR art. 17.3 e): where the text is
    silent they are kept, as contested, until somebody answers.
    """
    if not in_litigation(s):
        return False
    answer = s.answer(QUESTION)
    return by_its_clause or answer is None or answer.reading != DESTROY
