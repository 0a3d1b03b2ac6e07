"""Events, and what is told of a parent, at the door."""

from datetime import date, datetime

from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.facts.signing import Signed
from tests.support.door import PARIS, at, example, new, refused, running, small, take


def event(name: str, on: date, **more: object) -> Happened:
    return Happened.model_validate({"event": name, "on": on, **more})


def test_an_event_no_clause_waits_for_is_refused_with_the_nearest() -> None:
    assert "« data-delivered »" in refused(example("tcm-d"), event("data-delivery", date(2020, 3, 31)))


def test_an_event_whose_delay_is_in_hours_needs_its_hour() -> None:
    words = refused(example("tcm-d"), event("breach-discovered", date(2020, 11, 6)))
    assert "2020-11-06T12:00:00+01:00" in words


def test_on_the_night_an_hour_exists_twice_the_offset_is_asked_for() -> None:
    words = refused(example("tcm-d"), event("breach-discovered", date(2020, 10, 25)))
    assert "existe deux fois" in words


def test_an_event_with_its_hour_is_taken() -> None:
    fact = event("breach-discovered", date(2020, 11, 6), at=at(2020, 11, 6, 17))
    assert take(example("tcm-d"), fact, told=at(2020, 11, 6, 18)).facts[-1].id == "f8"


def test_an_hour_that_has_not_come_is_refused() -> None:
    fact = event("breach-discovered", date(2020, 11, 6), at=at(2020, 11, 6, 17))
    assert "pas encore venue" in refused(example("tcm-d"), fact, told=at(2020, 11, 6, 16))


def test_the_hour_and_the_day_of_an_event_agree_in_local_time() -> None:
    fact = event("breach-discovered", date(2020, 11, 6), at="2020-11-06T23:30:00+00:00")
    assert "on = 2020-11-07" in refused(example("tcm-d"), fact, told=at(2020, 11, 9))


def test_an_event_that_a_duty_precedes_may_lie_ahead() -> None:
    fact = event("release-planned", date(2024, 9, 16))
    assert take(example("ida-o"), fact, told=at(2024, 6, 3)).facts[-1].id == "f6"


def test_another_event_does_not_lie_ahead() -> None:
    fact = event("data-delivered", date(2020, 3, 31))
    assert "pas encore venu" in refused(example("tcm-d"), fact, told=at(2020, 3, 30))


def test_a_statement_of_account_is_no_event_any_more() -> None:
    words = refused(example("mtz-p"), event("statement-received-balance-2021", date(2022, 1, 10)))
    assert "le fait received" in words


def test_a_document_signed_elsewhere_is_named_by_its_label() -> None:
    words = refused(example("mtz-p"), event("document-signed", date(2021, 4, 1), label="MTZ-G"))
    assert "« MTZ-F »" in words


def test_a_parent_is_told_of_only_where_there_is_one() -> None:
    assert "[parent]" in refused(running(), ParentSigned(on=date(2022, 1, 10)))


def test_the_end_of_a_parent_may_lie_ahead_and_change() -> None:
    dossier = take(example("sqf-o"), ParentEnds(on=date(2022, 6, 30), why="terminated"), told=at(2022, 5, 31))
    assert dossier.facts[-1].id == "f8"


def test_a_parent_does_not_end_before_it_was_signed() -> None:
    assert "signée le mardi 20 avril 2021" in refused(example("sqf-o"), ParentEnds(on=date(2021, 4, 1)))


def test_a_year_that_can_only_be_a_slip_is_refused() -> None:
    words = refused(example("ida-o"), ParentEnds(on=date(2206, 12, 31)), told=at(2024, 5, 2))
    assert "2206" in words


def test_the_local_day_of_the_door_decides_what_is_ahead() -> None:
    told = datetime(2022, 3, 1, 0, 30, tzinfo=PARIS)
    dossier = take(new(small(act=())), Signed(on=date(2022, 3, 1), party="operator"), told=told)
    assert dossier.facts[-1].id == "f1"
