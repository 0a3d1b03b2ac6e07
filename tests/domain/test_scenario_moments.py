"""The moments of a scenario: a day, or one that hangs from what the convention itself dates."""

from datetime import date, datetime

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.rehearsal.moments import instant, moment
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at, convention, meeting_duty, recorded, signed

KEY = "point/2022-01"


def then(*more: Fact) -> Situation:
    terms = convention(duty=[meeting_duty()])
    return situation(terms, recorded(*signed("2021-12-15"), *more), at("2022-01-10"))


def found(text: str, *more: Fact, **told: date) -> str:
    when = instant(moment(text), then(*more), told)
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03-10", "2022-03-10 11:00"),
        ("2022-03-10T14:00", "2022-03-10 14:00"),
        ("point/2022-01 legal +12 days", "2022-07-12 11:00"),
        ("point/2022-01 safe -1 week 15:30", "2022-06-23 15:30"),
        ("point/2022-01 legal +1 working day", "2022-07-01 11:00"),
        ("end -2 months", "2022-10-31 11:00"),
    ],
)
def test_a_moment_is_read_and_found(text: str, day: str) -> None:
    assert found(text) == day


def test_a_meeting_gives_its_own_hour() -> None:
    fixed = MeetingArranged(item=KEY, starts_at=datetime(2022, 3, 8, 14))  # noqa: DTZ001 - local time
    assert found(f"{KEY} meeting +7 days", fixed) == "2022-03-15 14:00"


def test_what_has_no_day_yet_is_waited_for() -> None:
    assert (found(f"{KEY} meeting"), found("letter +3 days")) == ("", "")


def test_an_earlier_line_gives_its_day() -> None:
    assert found("letter +3 days", letter=date(2022, 2, 1)) == "2022-02-04 11:00"


@pytest.mark.parametrize("text", ["demain", "point/2022-01 legale", "2022-03-10 +2 years", "end -3 working days"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    if text == "demain":  # a name like another: it waits for a line of that name
        assert found(text) == ""
        return
    with pytest.raises(ValueError, match="«"):
        moment(text)
