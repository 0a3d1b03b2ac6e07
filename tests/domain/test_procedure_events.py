"""What an event starts: without a number, after a long absence, before a release."""

import pytest

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import at, convention, d, end_duty, item, recorded, seen, signed
from tests.domain.examples_seen import agenda_by, days_of, next_id


def happened(event: str, day: str) -> Happened:
    return Happened(event=event, on=d(day))


def test_what_the_text_gives_no_number_for_is_due_from_the_event_and_never_late() -> None:
    key = f"manager-copy/{next_id('sqf-o')}"
    told = happened("account-manager-agreed", "2021-05-08")
    found = item(agenda_by("sqf-o", "2021-09-01", told), key)
    assert days_of(found) == (None, d("2021-05-10"))
    assert (found.rule, found.certainty, found.state) == ("without_delay", Certainty.POLICY, State.OPEN)
    assert found.opens_on == d("2021-05-08")


def test_eight_days_after_a_departure_before_a_holiday() -> None:
    assert days_of(_told("ida-o", "account-manager-left", "2024-06-03")) == (d("2024-06-11"), d("2024-06-10"))
    assert days_of(_told("ida-o", "account-manager-left", "2024-05-01")) == (d("2024-05-09"), d("2024-05-07"))
    assert days_of(_told("mtz-o", "account-manager-left", "2021-03-26"))[1] == d("2021-04-01")


def _told(name: str, event: str, day: str, *more: Fact, now: str = "") -> Item:
    duty = {"account-manager-left": "manager-left-told", "account-manager-absent": "manager-absent-told"}.get(event, "")
    duty = duty or {"release-planned": "release-announced", "user-absent": "absent-user-access-removed"}[event]
    return item(agenda_by(name, now or day, happened(event, day), *more), f"{duty}/{next_id(name)}")


@pytest.mark.parametrize(
    ("name", "absent", "opens", "legal", "safe"),
    [
        ("ida-o", "2024-03-04", "2024-06-04", "2024-06-12", "2024-06-11"),
        ("sqf-o", "2021-06-15", "2021-09-15", "2021-09-23", "2021-09-22"),
    ],
)
def test_a_long_absence_is_told_within_eight_days_of_the_day_it_lasted_too_long(
    name: str, absent: str, opens: str, legal: str, safe: str
) -> None:
    found = _told(name, "account-manager-absent", absent)
    assert (found.opens_on, found.state) == (d(opens), State.UPCOMING)
    assert days_of(found) == (d(legal), d(safe))


def test_the_access_of_a_user_is_removed_from_the_day_the_absence_lasted_too_long() -> None:
    found = _told("sqf-o", "user-absent", "2021-06-15", now="2021-09-20")
    assert (found.opens_on, days_of(found), found.state) == (
        d("2021-09-15"),
        (None, d("2021-09-15")),
        State.OPEN,
    )
    assert found.certainty is Certainty.CONTESTED


def test_five_days_before_a_release_are_calendar_days_until_somebody_answers() -> None:
    found = _told("ida-o", "release-planned", "2024-09-16", now="2024-09-01")
    assert days_of(found) == (d("2024-09-11"), d("2024-09-10"))
    assert (found.certainty, found.rule) == (Certainty.CONTESTED, "days_before")
    assert "09/09/2024" in found.trace


@pytest.mark.parametrize(
    ("reading", "legal", "safe"),
    [("working", "2024-09-09", "2024-09-06"), ("calendar", "2024-09-11", "2024-09-10")],
)
def test_the_answer_decides_which_days_precede_a_release(reading: str, legal: str, safe: str) -> None:
    told = QuestionAnswered(on=d("2024-09-01"), question="five-days-kind", reading=reading)
    found = _told("ida-o", "release-planned", "2024-09-16", told, now="2024-09-01")
    assert days_of(found) == (d(legal), d(safe))
    assert found.certainty is Certainty.CERTAIN


ANOMALY = {
    "id": "told", "title": "Le dire", "title_en": "Tell it", "kind": "information", "event": "anomaly",
    "owed_by": "town", "owed_to": "agency", "clauses": ["A1"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "on", "opens", "legal"),
    [
        # A Saturday and the Sunday after it: nobody works on either.
        ({"delay": {"days": 1}}, "2022-03-05", "2022-03-05", "2022-03-06"),
        ({"delay": {"days": 1, "bound": "at_most"}, "direction": "before"}, "2022-03-07", "2022-03-06", "2022-03-06"),
        (
            {"delay": {"days": 0}, "threshold": {"days": 4, "more_than": True, "since": "state"}},
            "2022-03-01",
            "2022-03-05",
            "2022-03-05",
        ),
    ],
)
def test_what_has_no_working_day_left_is_done_by_its_last_day_and_never_before_it_opens(
    said: dict[str, object], on: str, opens: str, legal: str
) -> None:
    terms = convention(event_duty=[{**ANOMALY, **said}])
    records = recorded(*signed("2021-12-15"), happened("anomaly", on), told=[at("2021-12-15")] * 2 + [at("2022-03-01")])
    found = item(seen(terms, records, "2022-03-07"), "told/f3")
    assert (found.opens_on, found.safe_day, found.legal_last_day) == (d(opens), d(legal), d(legal))


def test_a_delivery_after_the_last_destruction_keeps_its_own_delay() -> None:
    delivered = {**ANOMALY, "kind": "destruction", "delay": {"months": 1}, "capped_by_end_duty": "destruction"}
    terms = convention(event_duty=[delivered], end_duty=[end_duty(after={"days": 10})])
    found = seen(terms, recorded(*signed("2021-12-15"), happened("anomaly", "2023-02-01")), "2023-02-02")
    assert (item(found, "told/f3").opens_on, *days_of(item(found, "told/f3"))) == (
        d("2023-02-01"),
        d("2023-03-01"),
        d("2023-03-01"),
    )
