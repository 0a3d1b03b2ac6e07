"""A meeting: proposed, arranged, moved, cancelled, held or missed; who answered its invitation; the minutes awaited."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.procedure import Found, roles_of, state_of
from echeancier.domain.dates.delay import Delay, after, before_event, minus
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.proof import POLICY, counted_after, given, named_first, note
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures, moment
from echeancier.domain.facts.mail import AnswerWord, InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged, MeetingMinutes
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Frozen, Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.people import Recipient, people, recipient
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import Duty, MeetingPreferences
from echeancier.domain.typography import NBSP


@dataclass(frozen=True)
class Arrangement:
    """What was last fixed for a meeting; ``starts_at`` aware, in the place's zone. None when cancelled since."""

    starts_at: datetime
    minutes: int
    place: str
    video_link: str
    since: datetime


def met(
    s: Situation, key: str, state: State, last: date, done: date | None
) -> tuple[State, date | None, datetime | None]:
    """Return where the meeting of a period stands, the day it was held, and its start where a date was fixed.

    Args:
        s: the situation.
        key: of its item.
        state: where it would stand if it were no meeting.
        last: the last day of its period.
        done: the day it would have been done.
    """
    held = s.meetings_held.get(key)
    arranged = arrangement(s, key)
    if held is not None:
        return State.DONE, held, arranged.starts_at if arranged else None
    if arranged is None or state in (State.NOT_DUE, State.PAST, State.WAITING):
        return state, done, None
    if is_after_the_end(s, arranged):
        return state, done, None  # nobody will come: it is called off, and nobody is asked whether it took place
    passed = arranged.starts_at + timedelta(minutes=arranged.minutes) < s.now
    return state if passed and s.today > last else State.ARRANGED, done, arranged.starts_at


def is_after_the_end(s: Situation, fixed: Arrangement) -> bool:
    """Whether a date was fixed for a day on which the convention is no longer in force: its end came nearer since."""
    return s.ends_on is not None and fixed.starts_at.date() > s.ends_on and not s.end_is_conditional


def preferences_of(s: Situation, item_key: str) -> MeetingPreferences:
    """Return the preferences of the duty behind an item."""
    duty = duty_of(s, item_key)
    return duty.meeting if duty is not None and duty.meeting is not None else MeetingPreferences()


def duty_of(s: Situation, item_key: str) -> Duty | None:
    """Return the recurring duty behind an item, None for another kind of item."""
    return next((d for d in s.convention.duty if d.id == series_of(item_key)), None)


def arrangement(s: Situation, item_key: str) -> Arrangement | None:
    """Return what was last fixed for the meeting of an item, None if nothing was, or if it was cancelled since."""
    found: Arrangement | None = None
    dates = s.meeting_dates.get(item_key)
    if dates is None:
        return None
    prefs = preferences_of(s, item_key)
    for record in dates:
        fact = record.fact
        if isinstance(fact, MeetingArranged):
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
    no such day is left in the period.
    """
    return s.computed_once("proposal", item.key, item, lambda: _proposal(s, item))


def _proposal(s: Situation, item: Item) -> date | None:
    prefs = preferences_of(s, item.key)
    if item.safe_day is None:
        return None
    first = max(
        s.today + timedelta(days=max(s.policy.meeting_lead_days, _notice_length(s, prefs, item.safe_day))),
        item.opens_on or s.today,
    )
    latest = _latest(s, item, item.safe_day, first)
    for margin in (s.policy.meeting_margin_days, 0):
        day = latest - timedelta(days=margin)
        while day >= first:
            if day.isoweekday() == prefs.weekday and _allowed(s, prefs, day):
                return day
            day -= timedelta(days=1)
    return next((d for d in _days(first, latest) if _allowed(s, prefs, d)), None)


def _latest(s: Situation, item: Item, safe: date, first: date) -> date:
    """The day it is to be held by; once it is too late for the renewal that it prepares, the end of its period."""
    duty = duty_of(s, item.key)
    if safe >= first or duty is None or not duty.prepares_renewal or item.legal_last_day is None:
        return safe
    return s.calendar.prev_workable(item.legal_last_day)


def _notice_length(s: Situation, prefs: MeetingPreferences, around: date) -> int:
    """Return how many days to leave before a meeting for its notice to be received, five more to write it."""
    return 0 if prefs.notice is None else (around - minus(around, prefs.notice, s.calendar)).days + 5


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _allowed(s: Situation, prefs: MeetingPreferences, day: date) -> bool:
    return s.calendar.is_workable(day) and not any(start <= day <= end for start, end in prefs.excluded)


def invitation_day(s: Situation, item: Item, meeting_day: date) -> tuple[date, str] | None:
    """Return the last safe day on which the invitation must be *received*, and why; None without such a clause."""
    prefs = preferences_of(s, item.key)
    if prefs.notice is None:
        return None
    safe = before_event(meeting_day, prefs.notice, s.calendar).safe
    assert safe is not None  # noqa: S101 - counted back, there always is one
    return safe, (
        f"{delay_in_words(prefs.notice)} avant le {figures(meeting_day)}, comptés jusqu’à la réception → reçu au plus tard le "
        f"{figures(safe)}"
    )


ANSWER_WORDS: dict[str, Text] = {
    "none": Text(fr="pas de réponse", en="no answer"),
    "accepted": Text(fr="accepte", en="accepts"),
    "declined": Text(fr="refuse", en="declines"),
    "tentative": Text(fr="provisoire", en="tentative"),
    "counter": Text(fr="propose une autre date", en="proposes another date"),
    "delegated": Text(fr="délègue à quelqu’un d’autre", en="delegates to somebody else"),
}
"""What a guest answered, in words."""


class GuestAnswer(Frozen):
    """What one guest answered.

    Attributes:
        chairs: whoever presides and convenes, and is asked nothing.
        answer: ``none`` until something was recorded.
        says: in words, with what must be known of it.
        answered_at: the instant of the answer, or of its recording.
        to_reconfirm: the answer was to another date than the one now fixed.
        declared: nothing proves that it is the guest's own word: to be confirmed.
        by_another: its sender is not even the guest.
        proposed_at: the other start proposed, local.
        fact: the id of the fact behind it.
    """

    role: str
    function: str
    address: str
    chairs: bool = False
    answer: AnswerWord | Literal["none"] = "none"
    says: Text = ANSWER_WORDS["none"]
    answered_at: AwareDatetime | None = None
    to_reconfirm: bool = False
    declared: bool = False
    by_another: bool = False
    proposed_at: AwareDatetime | None = None
    fact: str = ""

    @property
    def is_awaited(self) -> bool:
        """Whether the guest still owes an answer to the date now fixed."""
        return not self.chairs and (self.answer == "none" or self.to_reconfirm or self.by_another)


def guests(s: Situation, item_key: str) -> tuple[Recipient, ...]:
    """Return the people invited to a meeting, one per address, whoever presides first."""
    duty, prefs = duty_of(s, item_key), preferences_of(s, item_key)
    owing = roles_of(s, duty.owed_by, duty.responsible) if duty is not None else ()
    return people(s, (chair_of(s, item_key), *(prefs.invite or owing)), _day(s, item_key))


def chair_of(s: Situation, item_key: str) -> str:
    """Return the role that presides a meeting: the one its clause names, else the coordinator."""
    return preferences_of(s, item_key).chair or s.convention.coordinator


def _day(s: Situation, item_key: str) -> date:
    """The day whose holders of the roles are asked: the meeting's own, or today while it has none."""
    fixed = arrangement(s, item_key)
    return s.today if fixed is None else fixed.starts_at.date()


def answers_for(s: Situation, item_key: str) -> tuple[GuestAnswer, ...]:
    """Return every guest of a meeting with his answer, in the order of the invitation; empty while it has no date."""
    fixed = arrangement(s, item_key)
    if fixed is None:
        return ()
    chair = recipient(s, chair_of(s, item_key), fixed.starts_at.date()).address.casefold()
    return tuple(
        _of(s, item_key, guest, fixed.starts_at, chairs=guest.address.casefold() == chair)
        for guest in guests(s, item_key)
    )


def answers_of(s: Situation, item_key: str, address: str) -> tuple[Recorded, ...]:
    """Return the answers recorded of one address to the invitation of one meeting, in recording order."""
    return tuple(_answers(s, item_key, address.casefold()))


def _of(s: Situation, item_key: str, guest: Recipient, starts_at: datetime, *, chairs: bool) -> GuestAnswer:
    bare = GuestAnswer(role=guest.role, function=guest.function, address=guest.address, chairs=chairs)
    found = answers_of(s, item_key, guest.address)
    # What somebody else says for a guest never hides what the guest said himself.
    own = [r for r in found if isinstance(r.fact, InvitationAnswered) and not r.fact.declared] or list(found)
    if not own:
        return bare
    record, fact = own[-1], own[-1].fact
    assert isinstance(fact, InvitationAnswered)  # noqa: S101 - answers_of returns nothing else
    stale = _date_answered(s, record, fact) not in (starts_at, None)
    proposed = None if fact.proposed_at is None else local(fact.proposed_at, s.zone)
    return bare.model_copy(
        update={
            "answer": fact.answer, "says": _in_words(s, fact, proposed, stale=stale), "fact": record.id,
            "answered_at": fact.at or record.recorded_at, "to_reconfirm": stale, "declared": fact.declared,
            "by_another": fact.by_another,
            "proposed_at": proposed,
        }
    )  # fmt: skip


def _answers(s: Situation, item_key: str, address: str) -> Iterator[Recorded]:
    roles = s.convention.roles
    for record in s.records:
        fact = record.fact
        if not isinstance(fact, InvitationAnswered) or fact.item != item_key or fact.role not in roles:
            continue
        # The role may have another holder since: what the former one answered is not his.
        holds = recipient(s, fact.role, _day(s, item_key)).address.casefold()
        if holds == address and fact.address.casefold() in ("", address):
            yield record


def _date_answered(s: Situation, record: Recorded, fact: InvitationAnswered) -> datetime | None:
    """The start of the meeting as the guest knew it: the one he answered, else the one fixed when it was recorded."""
    if fact.meeting_at is not None:
        return local(fact.meeting_at, s.zone)
    known = replace(s, records=tuple(r for r in s.records if r.recorded_at <= record.recorded_at))
    then = arrangement(known, fact.item)
    return None if then is None else then.starts_at


def _in_words(s: Situation, fact: InvitationAnswered, proposed: datetime | None, *, stale: bool) -> Text:
    fr, en = ANSWER_WORDS[fact.answer].fr, ANSWER_WORDS[fact.answer].en
    if proposed is not None:
        fr += f"{NBSP}: {moment(proposed, s.calendar.time_zone)}"
        en += f": {moment(proposed, s.calendar.time_zone, 'en')}"
    if fact.note:
        fr += f" («{NBSP}{fact.note}{NBSP}»)"
        en += f" (“{fact.note}”)"
    if stale:
        fr += f" (à reconfirmer{NBSP}: la date a changé)"
        en += " (to be confirmed again: the date has changed)"
    if fact.declared:
        fr += " (réponse déclarée, à confirmer)"
        en += " (declared, to be confirmed)"
    return Text(fr=fr, en=en)


MINUTES = "minutes"
"""The series of awaited minutes; the occurrence is the key of the meeting."""


def minutes(s: Situation) -> Found:
    """Yield the minutes to draw up of each meeting held whose preferences give a number of days for them."""
    for key, held in s.meetings_held.items():
        within, duty = preferences_of(s, key).minutes_within, duty_of(s, key)
        if within is not None and duty is not None:
            yield _to_draw_up(s, key, held, within, duty)


def minutes_of(s: Situation, key: str) -> MeetingMinutes | None:
    """Return the minutes recorded of a meeting, None while there are none."""
    return next((fact for _, fact in reversed(s.of(MeetingMinutes)) if fact.item == key), None)


def _to_draw_up(s: Situation, key: str, held: date, within: Delay, duty: Duty) -> Item:
    days = after(held, within, s.calendar)
    safe = days.safe
    known = minutes_of(s, key)
    done = known.on if known else None
    return Item(
        series=MINUTES, occurrence=key, kind="report", settled_by="meeting-minutes",
        title=Text(
            fr=f"Compte rendu : {duty.title}, {figures(held)}", en=f"Minutes: {duty.title_en}, {held}"
        ),
        clause=s.clause(duty.clauses), owed_by=s.convention.us, owed_to=s.convention.together,
        opens_on=held, safe_day=safe, anchor=held,
        rule="minutes_policy", proof=(
            *named_first(within), given(held, key, "tenue le {}"),
            *counted_after(held, within, days, POLICY), note(" (préférence de la convention)"),
        ),
        certainty=Certainty.CHOSEN, done_on=done, state=state_of(s, opens_on=held, last_day=safe, done_on=done),
        responsible=roles_of(s, s.convention.us, ()),
    )  # fmt: skip
