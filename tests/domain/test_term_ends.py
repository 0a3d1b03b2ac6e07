"""The ends of a term that renews itself: worked cases, and an independent count of ends drawn at random."""

import json
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay, latest
from echeancier.domain.dates.first_term import TermLength, first_term
from echeancier.domain.dates.notice import NoticeTerms, Starts, to_end_on
from echeancier.domain.dates.term_ends import Renewals, TermEnds, counted_from
from tests.domain.builders import d
from tests.support.counted import last_day, one_by_one, renewed

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "term_vectors.json").read_text("utf-8"))
FRANCE, METZ = WorkingDays(), WorkingDays("ALSACE-MOSELLE", good_friday=True)
SHOWN: Final = 6
"""How many ends of a term without a last one the vectors list."""


def of(rule: str) -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["rule"] == rule]


def _length(said: dict[str, int]) -> TermLength:
    ((unit, number),) = said.items()
    return TermLength(unit, number)  # type: ignore[arg-type]


def _ends(given: dict[str, Any]) -> TermEnds:
    effect, term, rule = d(given["effect"]), given["term"], given["renewal"]
    cap = rule.get("cap")
    capped = None if cap is None else last_day(effect, relativedelta(months=cap["months"]))
    renewals = Renewals(_length(rule["period"]), rule.get("times"), capped)
    if "ends_on" in term:
        return TermEnds((d(term["ends_on"]),), renewals)
    return counted_from(effect, _length(term), renewals)


def _id(vector: dict[str, Any]) -> str:
    return f"{vector['id']} {vector['wording']}"


@pytest.mark.parametrize("vector", of("tacit_ends"), ids=_id)
def test_the_ends_of_a_tacit_term(vector: dict[str, Any]) -> None:
    ends, wanted = _ends(vector["input"]), vector["expected"]
    assert [f"{end}" for end in islice(ends, SHOWN)] == wanted["ends"]
    assert ends.final == (wanted["final"] and d(wanted["final"]))
    assert (ends.shortened_from is not None) is wanted["cut"]


@pytest.mark.parametrize("vector", of("tacit_on"), ids=_id)
def test_where_a_tacit_term_stands_on_a_day(vector: dict[str, Any]) -> None:
    given, wanted = vector["input"], vector["expected"]
    today, ends = d(given["today"]), _ends(given)
    calendar = METZ if given.get("zone") == "METZ" else FRANCE
    if "denied_for" in given:
        ends = TermEnds((d(given["denied_for"]),))
    over = ends.final is not None and today > ends.final
    assert over is wanted["over"]
    if over:
        assert ends.final == d(wanted["ended_on"])
        return
    said = given["notice"]
    notice = NoticeTerms(Delay.model_validate(said["length"]), said["starts"], "term", ends=ends)
    bound = ends.bound_until(today, notice, calendar)
    assert (ends.period_end(today), bound) == (d(wanted["period_end"]), d(wanted["bound_until"]))
    assert ends.final == (wanted["final"] and d(wanted["final"]))
    assert (ends.final == ends.period_end(today)) is wanted["ends_by_itself"]
    if (deny := wanted.get("deny")) is not None:
        advice = to_end_on(bound, notice, calendar, ends.final, d(given["effect"]))
        assert (advice.ends_on, advice.legal_last_day, advice.safe_day, advice.plan) == (
            d(deny["ends_on"]), d(deny["legal"]), d(deny["safe"]), deny["plan"],
        )  # fmt: skip


def test_the_vectors_are_all_there() -> None:
    counts = {rule: len(of(rule)) for rule in ("tacit_ends", "tacit_on", "decision_plan", "life", "contradictions")}
    assert counts == {"tacit_ends": 7, "tacit_on": 9, "decision_plan": 1, "life": 6, "contradictions": 18}


# -- an independent count ---------------------------------------------------------------------------------------------------


EFFECTS = st.one_of(
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2023, 1, 31), date(2027, 8, 31), date(2027, 9, 1), date(2026, 10, 31)]),
)
LENGTHS = st.one_of(
    st.builds(TermLength, st.just("months"), st.integers(1, 60)),
    st.builds(TermLength, st.just("years"), st.integers(1, 5)),
    st.builds(TermLength, st.just("weeks"), st.integers(1, 200)),
    st.builds(TermLength, st.just("days"), st.integers(1, 1200)),
    st.builds(TermLength, st.just("civil_years"), st.integers(1, 3)),
    st.builds(TermLength, st.just("school_years"), st.integers(1, 3), st.sampled_from([None, (7, 5), (8, 31)])),
)
PERIODS = st.one_of(
    st.builds(TermLength, st.just("months"), st.integers(1, 36)),
    st.builds(TermLength, st.just("years"), st.integers(1, 3)),
    st.builds(TermLength, st.just("civil_years"), st.integers(1, 2)),
    st.builds(TermLength, st.just("school_years"), st.integers(1, 2), st.sampled_from([None, (7, 5), (8, 31)])),
)


@st.composite
def terms(draw: st.DrawFn) -> tuple[date, TermLength, Renewals]:
    effect, length = draw(EFFECTS), draw(LENGTHS)
    first = first_term(effect, length)
    cap = draw(st.none() | st.integers(0, 4000).map(lambda days: first + timedelta(days=days)))
    return effect, length, Renewals(draw(PERIODS), draw(st.none() | st.integers(1, 12)), cap, cut=draw(st.booleans()))


@given(terms())
def test_the_ends_are_those_of_an_independent_count(drawn: tuple[date, TermLength, Renewals]) -> None:
    effect, length, renewals = drawn
    ends = counted_from(effect, length, renewals)
    assert list(islice(ends, 15)) == list(islice(renewed(effect, length, one_by_one(effect, length), renewals), 15))


@given(terms())
def test_the_ends_rise_and_none_goes_beyond_the_cap_or_the_number(drawn: tuple[date, TermLength, Renewals]) -> None:
    effect, length, renewals = drawn
    ends = counted_from(effect, length, renewals)
    found = list(islice(ends, 20))
    assert all(one < then for one, then in pairwise(found))
    assert renewals.cap is None or found[-1] <= renewals.cap
    assert renewals.times is None or len(found) <= renewals.times + 1
    bounded = renewals.cap is not None or renewals.times is not None
    assert (ends.final is not None) is bounded
    assert ends.final is None or ends.final >= found[-1]
    cut = ends.shortened_from
    assert cut is None or (renewals.cap is not None and cut > renewals.cap)


@given(terms(), st.integers(0, 5000), st.integers(-400, 400))
def test_an_end_that_moved_renews_from_its_morrow(
    drawn: tuple[date, TermLength, Renewals], later: int, moved: int
) -> None:
    effect, length, renewals = drawn
    lived = counted_from(effect, length, renewals).until(effect + timedelta(days=later))
    before = lived.lived[-2] if len(lived.lived) > 1 else effect - timedelta(days=1)
    end = max(lived.last + timedelta(days=moved), before + timedelta(days=1))
    found = lived.moved(end)
    begun = len(lived.lived)
    assert len(found.lived) == begun
    assert tuple(islice(found, begun)) == (*lived.lived[:-1], end)
    left = None if renewals.times is None else renewals.times - (begun - 1)
    assert renewals.period is not None
    following = list(islice(found, begun, begun + 6))
    wanted: list[date] = []
    for times in range(1, 7):
        if (left is not None and times > left) or (renewals.cap is not None and (wanted or [end])[-1] >= renewals.cap):
            break
        period = renewals.period
        next_one = one_by_one(end + timedelta(days=1), TermLength(period.unit, period.number * times, period.ends))
        if renewals.cap is not None and next_one > renewals.cap:
            wanted += [renewals.cap] if renewals.cut else []
            break
        wanted.append(next_one)
    assert following == wanted


NOTICES = st.one_of(
    st.builds(Delay, months=st.integers(0, 40), bound=st.sampled_from(["exact", "at_least", "at_most"])),
    st.builds(Delay, days=st.integers(0, 400)),
    st.builds(Delay, clear_days=st.integers(0, 60)),
    st.builds(Delay, open_days=st.integers(0, 60)),
    st.builds(Delay, months=st.integers(1, 6), days=st.integers(1, 20)),
)
STARTS: Final = st.sampled_from(["sending", "receipt", "first-presentation", "letter-date", "unstated"])


@given(terms(), NOTICES, STARTS, st.integers(0, 6000))
def test_what_binds_is_never_before_the_period_nor_behind_the_last_useful_day(
    drawn: tuple[date, TermLength, Renewals], length: Delay, starts: Starts, later: int
) -> None:
    effect, first, renewals = drawn
    today, ends = effect + timedelta(days=later), counted_from(effect, first, renewals)
    if ends.final is not None and today > ends.final:
        assert ends.period_end(today) == ends.final
        return
    notice = NoticeTerms(length, starts, "term", ends=ends)
    period, bound = ends.period_end(today), ends.bound_until(today, notice, FRANCE)
    assert today <= period <= bound
    assert bound in set(ends.until(bound).lived)
    last_useful = bound if length.bound == "at_most" else latest(bound, length, FRANCE)
    assert last_useful >= today or bound == ends.final
    if length.bound != "at_most":
        assert all(latest(end, length, FRANCE) < today for end in ends.until(bound).lived if period <= end < bound)


def test_a_period_of_unknown_length_leads_nowhere() -> None:
    ends = counted_from(d("2027-01-01"), TermLength("months", 12), Renewals(None, 3, d("2030-12-31")))
    assert (list(ends), ends.final, ends.after_all(3)) == ([d("2027-12-31")], None, None)
    assert ends.period_end(d("2029-05-05")) == d("2027-12-31")


def test_a_term_near_the_end_of_the_calendar_has_no_further_end() -> None:
    ends = counted_from(date(9990, 1, 1), TermLength("years", 5), Renewals(TermLength("years", 3)))
    assert list(ends) == [date(9994, 12, 31), date(9997, 12, 31)]


def test_a_term_that_does_not_renew_itself_is_left_as_it_is() -> None:
    ends = counted_from(d("2027-01-01"), TermLength("months", 12), None)
    assert (list(ends), ends.final, ends.shortened_from, ends.after_all(2)) == (
        [d("2027-12-31")], d("2027-12-31"), None, None,
    )  # fmt: skip
    assert ends.within(d("2027-06-30")) == ends


@pytest.mark.parametrize(
    ("cap", "ends"),
    [
        (None, ["2027-12-31", "2028-12-31", "2029-12-31"]),
        ("2029-06-30", ["2027-12-31", "2028-12-31", "2029-06-30"]),
        ("2028-12-31", ["2027-12-31", "2028-12-31"]),
        ("2028-12-30", ["2027-12-31", "2028-12-30"]),
        ("2029-01-01", ["2027-12-31", "2028-12-31", "2029-01-01"]),
        ("2027-12-31", ["2027-12-31"]),
    ],
)
def test_nothing_outlives_a_parent_and_a_renewal_that_does_not_take_place_stays_out(
    cap: str | None, ends: list[str]
) -> None:
    whole = counted_from(d("2027-01-01"), TermLength("months", 12), Renewals(TermLength("months", 12), 2))
    assert [f"{end}" for end in whole.within(cap and d(cap))] == ends  # type: ignore[arg-type]
    assert [f"{end}" for end in whole.within(d("2027-06-30"))] == ["2027-06-30"]  # over before its first end
    suspended = TermEnds((d("2027-12-31"), d("2030-05-31")), Renewals(TermLength("months", 12), 4))
    assert [f"{end}" for end in suspended.within(d("2029-12-31"))] == ["2027-12-31", "2029-12-31"]
