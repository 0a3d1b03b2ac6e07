"""A meeting: proposed from the convention's preferences, arranged, moved, cancelled, held, or missed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain import facts as f
from domain.delays import notice_before, renewal_plan
from domain.duties import Duty, MeetingPreferences
from domain.items import Item, State
from domain.situation import Situation
from domain.words import figures

MEETINGS = frozenset({"meeting", "committee", "session"})
"""Kinds of duty that are kept by meeting."""


@dataclass(frozen=True)
class Arrangement:
    """What was last fixed for a meeting; ``starts_at`` aware, in the place's zone. None when cancelled since."""

    starts_at: datetime
    minutes: int
    place: str
    video_link: str
    since: datetime


def as_meeting(s: Situation, item: Item) -> Item:
    """Return the item of a period as a meeting: its date if arranged, held or missed."""
    held = s.meetings_held.get(item.key)
    arranged = arrangement(s, item.key)
    if held is not None:
        at = arranged.starts_at if arranged else None
        return item.model_copy(update={"state": State.DONE, "done_on": held, "meeting_at": at})
    if arranged is None or item.state in (State.NOT_DUE, State.PAST, State.WAITING):
        return item
    if is_after_the_end(s, arranged):
        return item  # nobody will come: it is called off, and nobody is asked whether it took place
    passed = arranged.starts_at + timedelta(minutes=arranged.minutes) < s.now
    over = item.legal_last_day is not None and s.today > item.legal_last_day
    state = item.state if passed and over else State.ARRANGED
    return item.model_copy(update={"meeting_at": arranged.starts_at, "state": state})


def is_after_the_end(s: Situation, fixed: Arrangement) -> bool:
    """Whether a date was fixed for a day on which the convention is no longer in force: its end came nearer since."""
    return s.ends_on is not None and fixed.starts_at.date() > s.ends_on and not s.end_is_conditional


def preferences_of(s: Situation, item_key: str) -> MeetingPreferences:
    """Return the preferences of the duty behind an item."""
    duty = duty_of(s, item_key)
    return duty.meeting if duty is not None and duty.meeting is not None else MeetingPreferences()


def duty_of(s: Situation, item_key: str) -> Duty | None:
    """Return the recurring duty behind an item, None for another kind of item."""
    return next((d for d in s.convention.duty if d.id == item_key.split("/", maxsplit=1)[0]), None)


def arrangement(s: Situation, item_key: str) -> Arrangement | None:
    """Return what was last fixed for the meeting of an item, None if nothing was, or if it was cancelled since."""
    found: Arrangement | None = None
    dates = s.meeting_dates.get(item_key)
    if dates is None:
        return None
    prefs = preferences_of(s, item_key)
    for record in dates:
        fact = record.fact
        if isinstance(fact, f.MeetingArranged):
            found = Arrangement(
                starts_at=local(fact.starts_at, s.zone),
                minutes=fact.minutes or prefs.minutes,
                place=prefs.place if fact.place is None else fact.place,
                video_link=prefs.video_link if fact.video_link is None else fact.video_link,
                since=record.recorded_at,
            )
        else:
            found = None
    return found


def local(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Return a meeting's start in the place's zone: a time without offset is read as local time there."""
    return starts_at.replace(tzinfo=zone) if starts_at.tzinfo is None else starts_at.astimezone(zone)


def proposal(s: Situation, item: Item) -> date | None:
    """Return the day to propose for a meeting: the preferred weekday, open, outside the excluded periods.

    As late as leaves our margin before the safe day, never before the contractual notice can be received; None when
    no such day is left in the period. A meeting that prepares the renewal is proposed in time for it.
    """
    return s.once("proposal", item.key, item, lambda: _proposal(s, item))


def _proposal(s: Situation, item: Item) -> date | None:
    prefs = preferences_of(s, item.key)
    if item.safe_day is None:
        return None
    first = max(
        s.today + timedelta(days=max(s.policy.meeting_lead_days, prefs.notice_days + 5)),
        item.opens_on or s.today,
    )
    for margin in (s.policy.meeting_margin_days, 0):
        last = _before_renewal(s, item, item.safe_day, first) - timedelta(days=margin)
        day = last
        while day >= first:
            if day.isoweekday() == prefs.weekday and _allowed(s, prefs, day):
                return day
            day -= timedelta(days=1)
    return next((d for d in _days(first, item.safe_day) if _allowed(s, prefs, d)), None)


def _before_renewal(s: Situation, item: Item, safe: date, first: date) -> date:
    """Return the last day for a meeting: in the last year, the one that prepares the renewal comes before it is late."""
    duty, end = duty_of(s, item.key), s.natural_end
    if (
        duty is None
        or not duty.prepares_renewal
        or end is None
        or item.legal_last_day != end
        or s.ended_early
    ):
        return safe
    wanted = renewal_plan(end, s.calendar).committee
    return min(safe, wanted) if wanted >= first else safe


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _allowed(s: Situation, prefs: MeetingPreferences, day: date) -> bool:
    return s.calendar.is_workable(day) and not any(start <= day <= end for start, end in prefs.excluded)


def invitation_day(s: Situation, item: Item, meeting_day: date) -> tuple[date, str] | None:
    """Return the last safe day on which the invitation must be *received*, and why; None without such a clause."""
    prefs = preferences_of(s, item.key)
    if not prefs.notice_days:
        return None
    bounds = notice_before(meeting_day, prefs.notice_days, s.calendar)
    return bounds.safe, (
        f"{prefs.notice_days} jours avant le {figures(meeting_day)}, comptés jusqu’à la réception → reçu au plus tard le "
        f"{figures(bounds.safe)}"
    )
