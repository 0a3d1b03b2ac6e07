"""So many times a year: shared over what is left of the year, all of them or in proportion, each with its own day to act by."""

from typing import Any

import pytest

from echeancier.domain.agenda.quota import own_part, times_owed
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delays import Period, periods
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.terms.duties import Rhythm
from tests.domain.builders import convention, d, duty, recorded, seen, signed
from tests.domain.test_calendar_duties import owed
from tests.domain.test_term_ends import of

FRANCE = WorkingDays()


@pytest.mark.parametrize("vector", of("quota"), ids=lambda one: one["id"])
def test_the_times_of_a_period_are_shared_as_worked_out_by_hand(vector: dict[str, Any]) -> None:
    said = vector["input"]
    rhythm = Rhythm(every_months=12, count=said["count"], prorata=said.get("prorata", "full"))
    period = Period(1, d(said["first"]), d(said["last"]), FRANCE.prev_workable(d(said["last"])))
    many, which = times_owed(rhythm, period, max(period.first, d(said["start"])), period.last)
    assert bool(which) == ("prorata" in said)
    assert many == len(vector["expected"])
    days = [own_part(rhythm, period, d(said["start"]), n, many, FRANCE, "A1")[0] for n in range(1, many + 1)]
    assert [str(day) for day in days] == [one["safe"] for one in vector["expected"]]
    assert {str(period.last)} == {one["legal"] for one in vector["expected"]}


@pytest.mark.parametrize("vector", of("quota"), ids=lambda one: one["id"])
def test_a_convention_shares_them_alike(vector: dict[str, Any]) -> None:
    said = vector["input"]
    start = max(d(said["start"]), d(said["first"]))
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    rhythm = {"every_months": 12, "count": said["count"], "year": "civil", "prorata": said.get("prorata", "full")}
    begins = (
        said["start"] if "prorata" in said else said["first"]
    )  # in proportion to what it covers, whenever it is signed
    terms = convention(
        effect={"rule": "fixed", "on": d(begins), "clauses": ["A1"]},
        term={"ends_on": d(said["last"]), "clauses": ["A1"]},
        duty=[{**plain, "rhythm": rhythm}],
    )
    items = [one for one in seen(terms, recorded(*signed(str(start))), str(start)).items if one.series == "report"]
    assert [(str(one.safe_day), str(one.legal_last_day)) for one in items] == [
        (one["safe"], one["legal"]) for one in vector["expected"]
    ]
    sure = Certainty.CONTESTED if "prorata" in said else Certainty.CERTAIN
    assert [one.certainty for one in items] == [Certainty.POLICY] * (len(items) - 1) + [sure]
    assert ("2 fois sur 4, au prorata de 184 jours sur 365" in items[-1].trace) == ("prorata" in said)


def test_the_part_of_a_year_is_that_of_the_effect_not_of_the_signature() -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    terms = convention(
        effect={"rule": "fixed", "on": d("2026-09-15"), "clauses": ["A1"]},
        term={"ends_on": d("2028-08-31"), "clauses": ["A1"]},
        duty=[{**plain, "rhythm": {"every_months": 12, "count": 5, "year": "school", "prorata": "days"}}],
    )
    found = seen(terms, recorded(*signed("2027-01-11")), "2027-01-11")
    first = [one.key for one in found.items if one.series == "report" and one.legal_last_day == d("2027-08-31")]
    assert len(first) == 5  # 351 days of 365: 4.8


def test_a_third_of_a_hundred_days_is_the_thirty_fourth() -> None:
    period = Period(1, d("2027-01-01"), d("2027-12-31"), d("2027-12-31"))
    rhythm = Rhythm(every_months=12, count=3)
    days = [own_part(rhythm, period, d("2027-09-23"), number, 3, FRANCE, "A1")[0] for number in (1, 2, 3)]
    assert [str(day) for day in days] == ["2027-10-26", "2027-11-26", "2027-12-31"]  # 28 November is a Sunday


@pytest.mark.parametrize(
    "vector", [one for one in of("grid") if "every_months" in one["input"]], ids=lambda one: one["id"]
)
def test_the_grid_of_periods_is_the_one_worked_out_by_hand(vector: dict[str, Any]) -> None:
    said = vector["input"]
    found = periods(d(said["effect"]), d(said["last"]), said["every_months"], FRANCE)
    assert [[str(one.first), str(one.last), str(one.due)] for one in found] == vector["expected"]


def test_periods_may_be_those_of_the_school_year() -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    terms = convention(
        effect={"rule": "fixed", "on": d("2026-10-01"), "clauses": ["A1"]},
        term={"ends_on": d("2028-08-31"), "clauses": ["A1"]},
        duty=[{**plain, "rhythm": {"every_months": 12, "year": "school"}}],
    )
    assert [str(one.legal_last_day) for one in owed(terms, "2026-10-02")] == ["2027-08-31", "2028-08-31"]
