"""The minutes of the meetings that were held: awaited where the preferences ask for them, known where they are."""

from datetime import date, timedelta

from domain.duties import Duty
from domain.items import Certainty, Item
from domain.meeting_facts import MeetingMinutes
from domain.model import Text
from domain.procedures.meeting import duty_of, preferences_of
from domain.procedures.shape import Found, roles_of, state_of
from domain.situation import Situation
from domain.words import figures

MINUTES = "minutes/"
"""How the key of awaited minutes begins; the key of the meeting follows."""


def minutes(s: Situation) -> Found:
    """Yield the minutes to draw up of each meeting held whose preferences give a number of days for them."""
    for key, held in s.meetings_held.items():
        days, duty = preferences_of(s, key).minutes_within_days, duty_of(s, key)
        if days and duty is not None:
            yield _to_draw_up(s, key, held, days, duty)


def minutes_of(s: Situation, key: str) -> MeetingMinutes | None:
    """Return the minutes recorded of a meeting, None while there are none."""
    return next((fact for _, fact in reversed(s.of(MeetingMinutes)) if fact.item == key), None)


def _to_draw_up(s: Situation, key: str, held: date, days: int, duty: Duty) -> Item:
    safe = s.calendar.prev_workable(held + timedelta(days=days))
    known = minutes_of(s, key)
    done = known.on if known else None
    return Item(
        key=MINUTES + key, kind="report",
        title=Text(
            fr=f"Compte rendu : {duty.title}, {figures(held)}", en=f"Minutes: {duty.title_en}, {held}"
        ),
        clause=s.clause(duty.clauses), owed_by=s.convention.us, owed_to="both", opens_on=held, safe_day=safe, anchor=held,
        rule="minutes_policy", trace=f"tenue le {figures(held)} + {days} jours (préférence de la convention)",
        certainty=Certainty.CHOSEN, done_on=done, state=state_of(s, opens_on=held, last_day=safe, done_on=done),
        responsible=roles_of(s, s.convention.us, ()),
    )  # fmt: skip
