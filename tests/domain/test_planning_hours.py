"""A delay in hours does not sleep: it is the only thing spoken of at night and on Sundays."""

from datetime import datetime

import pytest

from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from tests.domain.builders import PARIS, at, convention, d, duty, signed
from tests.domain.builders_life import Life, life

BREACH = {
    "id": "breach",
    "kind": "incident",
    "title": "Prévenir d’une violation",
    "title_en": "Tell of a breach",
    "event": "breach-found",
    "delay": {"hours": 36},
    "owed_by": "town",
    "owed_to": "agency",
    "responsible": ["referent"],
    "informed": ["partner"],
    "clauses": ["A1"],
}


def found(at_instant: datetime) -> Life:
    terms = convention(event_duty=[BREACH], duty=[duty()])
    lived = life(terms, signed("2021-12-15"), "2022-01-03").until("2022-02-01")
    lived.record(Happened(event="breach-found", on=at_instant.date(), at=at_instant), when=at_instant)
    return lived


def heard(lived: Life, to: str = "referent") -> list[tuple[datetime, str]]:
    return [
        (when.astimezone(PARIS), line.stage)
        for when, order in lived.to(to)
        for line in order.lines
        if line.item.startswith("breach/") and line.stage != "now"
    ]


def test_a_breach_found_on_a_friday_evening_is_spoken_of_before_its_thirty_six_hours_are_over() -> None:
    lived = found(at("2022-03-04", 19)).until("2022-03-07")
    assert heard(lived)[:3] == [
        (at("2022-03-04", 19), "notice"),
        (at("2022-03-05", 11), "reminder"),
        (at("2022-03-05", 15), "reminder"),
    ]
    assert heard(lived)[3:] == [
        (at("2022-03-05", 19), "last-call"),
        (at("2022-03-05", 23), "last-call"),
        (at("2022-03-06", 3), "last-call"),
        (at("2022-03-06", 7), "overdue"),
    ]


def test_real_hours_count_over_the_change_of_clocks() -> None:
    lived = found(at("2022-03-26", 20)).until("2022-03-29")
    assert heard(lived)[-1][1] == "escalation"
    assert heard(lived)[-2] == (at("2022-03-28", 9), "overdue")


def test_the_manager_hears_of_it_the_next_working_morning() -> None:
    lived = found(at("2022-03-04", 19)).until("2022-03-09")
    assert heard(lived, "manager") == [(at("2022-03-07", 8, 30), "escalation")]


def test_a_breach_told_in_time_is_silent() -> None:
    lived = found(at("2022-03-04", 19))
    lived.record(DutyDone(on=d("2022-03-05"), item="breach/f3"), when=at("2022-03-05", 9))
    lived.until("2022-03-20")
    assert [stage for _, stage in heard(lived)] == ["notice"]


@pytest.mark.parametrize("role", ["coordinator", "partner"])
def test_whoever_is_informed_hears_of_a_breach_at_once(role: str) -> None:
    lived = found(at("2022-03-04", 19))
    assert heard(lived, role) == [(at("2022-03-04", 19), "notice")]


def test_nothing_else_leaves_with_it_at_night() -> None:
    lived = found(at("2022-12-03", 3))
    night = [line.item for when, o in lived.sent if when == at("2022-12-03", 3) for line in o.lines]
    assert set(night) == {"breach/f3"}
