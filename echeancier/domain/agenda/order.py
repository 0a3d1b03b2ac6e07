"""What must come before what: the committee before the text it prepares is agreed, a report before the meeting that has it.

A last day of the text never moves for that: only the day to act by comes sooner; where it cannot, a warning says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from echeancier.domain.agenda.items import SETTLED, Item, State, Warning
from echeancier.domain.agenda.meetings import local
from echeancier.domain.agenda.renewal import SERIES
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.proof import POLICY, Proof, cited, eve, given, kept, sums_alone, without_safe, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import Duty

_AHEAD = frozenset({State.UPCOMING, State.OPEN, State.BEST_EFFORT})
"""What has no date yet and whose time is not over: another day to act by may be given to it."""
_COUNTS = _AHEAD | {State.ARRANGED, State.DONE}
"""What took place or is planned: what is late, was missed or is not owed comes before nothing."""


@dataclass(frozen=True)
class _Before:
    """What a thing must come before.

    Attributes:
        since: what came up to that day was for the time before.
        by: the days to bring it to, the one we would rather have first, each with the sums that give it.
        latest: the last day that is before.
        why: what is said in its proof.
    """

    since: date
    by: tuple[tuple[date, Proof], ...]
    latest: date
    why: str


def in_order(s: Situation, items: list[Item]) -> tuple[list[Item], list[Warning]]:
    """Return the items, what must come before another brought before it, and what to warn of.

    First the committee that prepares the renewal, then what the meetings examine, by the days they have then.
    """
    found = {item.key: item for item in items}
    warnings: list[Warning] = []
    for duty in s.convention.duty:
        if duty.prepares_renewal:
            warnings += _before_the_text(s, duty, found)
    for duty in s.convention.duty:
        target = next((other for other in s.convention.duty if other.id == duty.ahead_of), None)
        if target is not None:
            warnings += _before_the_meeting(s, duty, target, found)
            warnings += _out_of_order(s, duty, target, found)
    return list(found.values()), warnings


def _before_the_text(s: Situation, duty: Duty, found: dict[str, Item]) -> Iterator[Warning]:
    """Bring the committee of the last year before the text of the renewal is agreed, to the day its road has for it."""
    road = {item.step: item for item in found.values() if item.series == SERIES and item.state not in SETTLED}
    wanted, agreed = road.get("committee"), road.get("text-agreed")
    if wanted is None or agreed is None or wanted.safe_day is None or agreed.safe_day is None or agreed.anchor is None:
        return
    eve_of, sums = _eve(s, agreed.safe_day)
    before = _Before(
        since=add_months(agreed.anchor, -12),
        by=((wanted.safe_day, sums_alone(wanted.proof)), (eve_of, (*sums_alone(agreed.proof), *sums))),
        latest=agreed.safe_day - timedelta(days=1),
        why=" ; le renouvellement s’y prépare, avant que le texte en soit arrêté : à tenir au plus tard le {}",
    )
    left = _brought(duty, before, found)
    if left is not None:
        yield _too_late_for_the_text(s, duty, left, agreed.safe_day)


def _before_the_meeting(s: Situation, duty: Duty, target: Duty, found: dict[str, Item]) -> Iterator[Warning]:
    """Bring what a meeting examines before each of its times still to come, since the time before."""
    since = date.min
    for meeting in sorted(_times(target, found), key=_day):
        day, done = _day(meeting), meeting.state is State.DONE
        if not done:
            fixed = meeting.meeting_at is not None
            eve_of, sums = _eve(s, day)
            shown = (given(day, meeting.key, ""),) if fixed else sums_alone(meeting.proof)
            before = _Before(
                since, ((eve_of, (*shown, *sums)),), day,
                f" ; « {target.title} » l’examine le {figures(day)}"
                f"{'' if fixed else ' au plus tard'} : à faire avant, le {{}}",
            )  # fmt: skip
            left = _brought(duty, before, found)
            if left is not None and not fixed:
                yield _too_late_for_the_meeting(s, duty, left, target, day)
        since = day


def _brought(duty: Duty, before: _Before, found: dict[str, Item]) -> Item | None:
    """Bring a time of a duty before a day unless one comes before already; return the one that cannot be, if any."""
    times = sorted(_times(duty, found), key=_day)
    if any(before.since < _day(time) <= before.latest for time in times):
        return None
    later = [time for time in times if _day(time) > before.latest]
    for day, sums in before.by:
        time = next((one for one in later if _may_come(one, day)), None)
        if time is not None:
            found[time.key] = _sooner(duty, time, day, (*sums, kept(day, before.why, "safe")))
            return None
    return later[0] if later and later[0].state is not State.DONE else None


def _may_come(item: Item, day: date) -> bool:
    """Whether it may be done by a day: it has no date yet, no amendment gave it one, and its period has begun."""
    return item.state in _AHEAD and item.rule != "amended_day" and (item.opens_on or date.min) <= day


def _sooner(duty: Duty, item: Item, day: date, sums: Proof) -> Item:
    sure = Certainty.POLICY if item.certainty is Certainty.CERTAIN else item.certainty
    return item.model_copy(
        update={
            "safe_day": day, "certainty": sure,
            "proof": (*without_safe(item.proof), *sums, *_last_day_stays(duty, item)),
        }
    )  # fmt: skip


def _last_day_stays(duty: Duty, item: Item) -> Proof:
    if item.legal_last_day is None:
        return ()
    return (
        given(item.legal_last_day, cited(duty.clauses), " (choix de conduite ; le dernier jour du texte reste le {})"),
    )


def _times(duty: Duty, found: dict[str, Item]) -> list[Item]:
    of_it = (item for item in found.values() if item.series == duty.id and item.state in _COUNTS)
    return [item for item in of_it if item.done_on or item.meeting_at or item.safe_day]


def _day(item: Item) -> date:
    """The day on which it was done, is fixed, or is to be done by."""
    day = item.done_on or (item.meeting_at.date() if item.meeting_at is not None else item.safe_day)
    assert day is not None  # noqa: S101 - `_times` leaves out what has none
    return day


def _eve(s: Situation, day: date) -> tuple[date, Proof]:
    """The last day we work before one, and how it is found."""
    last = s.calendar.prev_workable(day - timedelta(days=1))
    return last, (eve(day, source=POLICY), worked("prev_workable", day - timedelta(days=1), last, gives=""))


def _too_late_for_the_text(s: Situation, duty: Duty, item: Item, agreed: date) -> Warning:
    day = _day(item)
    return Warning(
        id=f"renewal-prepared-late/{item.key}",
        text=Text(
            fr=f"« {duty.title} » prépare le renouvellement, et ne peut se tenir avant le {figures(agreed)}, jour où le texte en "
            f"est arrêté : il est prévu le {figures(day)}. Le réunir plus tôt d’un commun accord, ou arrêter le texte plus tard.",
            en=f"“{duty.title_en}” prepares the renewal, and cannot be held before {agreed}, when its text is agreed: it is "
            f"planned for {day}. Agree to hold it sooner, or agree the text later.",
        ),
        clause=s.clause(duty.clauses),
    )


def _too_late_for_the_meeting(s: Situation, duty: Duty, item: Item, target: Duty, day: date) -> Warning:
    return Warning(
        id=f"due-after/{item.key}",
        text=Text(
            fr=f"« {duty.title} » doit venir avant « {target.title} » ({figures(day)}), et ne peut être fait que plus tard : les "
            "deux ne tiennent pas ensemble. En convenir entre les parties.",
            en=f"“{duty.title_en}” must come before “{target.title_en}” ({day}), and can only be done later: both cannot hold. "
            "To be agreed between the parties.",
        ),
        clause=s.clause(duty.clauses),
    )


def _out_of_order(s: Situation, duty: Duty, target: Duty, found: dict[str, Item]) -> Iterator[Warning]:
    """Warn when a meeting was held, or has its date, and what must precede it neither happened nor has a day before it."""
    occasions = sorted({*_held(s, target), *_arranged(s, target)})
    to_come = [item.safe_day for item in _times(duty, found) if item.state in _AHEAD and item.safe_day is not None]
    ahead = sorted({*_held(s, duty), *_arranged(s, duty), *(day for day in to_come if day >= s.today)})
    for before, day in list(zip([date.min, *occasions], occasions, strict=False))[-2:]:
        if not any(before < other <= day for other in ahead):
            yield _nothing_before(s, duty, target, day)


def _held(s: Situation, duty: Duty) -> tuple[date, ...]:
    found = [fact.on for _, fact in s.of(MeetingHeld) if series_of(fact.item) == duty.id and s.had_quorum(fact)]
    found += [fact.on for _, fact in s.of(DutyDone) if series_of(fact.item) == duty.id]
    return tuple(found)


def _arranged(s: Situation, duty: Duty) -> tuple[date, ...]:
    """Meetings that still have a date ahead, the last date fixed of each."""
    fixed: dict[str, date] = {}
    for record in s.records:
        fact = record.fact
        if isinstance(fact, MeetingArranged | MeetingCancelled) and series_of(fact.item) == duty.id:
            fixed.pop(fact.item, None)
            if isinstance(fact, MeetingArranged):
                fixed[fact.item] = local(fact.starts_at, s.zone).date()
    return tuple(day for day in fixed.values() if day >= s.today)


def _nothing_before(s: Situation, duty: Duty, target: Duty, day: date) -> Warning:
    return Warning(
        id=f"before/{target.id}/{day:%Y-%m-%d}",
        text=Text(
            fr=f"« {target.title} » du {figures(day)} : « {duty.title} » doit venir avant, et rien de tel n’est "
            "enregistré depuis "
            "la fois précédente.",
            en=f"“{target.title_en}” of {day}: “{duty.title_en}” must come before it, and none is recorded since the last one.",
        ),
        clause=s.clause(duty.clauses),
    )
