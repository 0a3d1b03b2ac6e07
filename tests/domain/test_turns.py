"""Days of the month and of the week, financial years, parts of a year, days before the term: the days worked out by hand.

Each is asked twice: of the function alone, and of a whole convention that its file would say.
"""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import State
from echeancier.domain.agenda.turns import Span, Turn, turns, weekly_days
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.terms.duties import Duty
from echeancier.domain.terms.when import WeeklyDay, When
from tests.domain.builders import at, convention, d, duty, seen
from tests.domain.test_calendar_duties import owed, paper
from tests.domain.test_tacit_life import begun
from tests.domain.test_term_ends import of
from tests.support.counted import day_of_its_name
from tests.support.door import take
from tests.support.long import how_many
from tests.support.proofs import unproved_items
from tests.support.whole import CALENDAR_WAYS

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "monthly": ("day", "every_months", "next_month", "limit"),
    "after_close": ("closes",),
    "within_part": ("part", "nth", "year"),
}
LAST_PART: Final = {"half": 2, "quarter": 4, "month": 12}
VECTORS: Final = [vector for rule in WAYS for vector in of(rule)]
OURS: Final = [vector for vector in VECTORS if "side" not in vector["input"]]


def said(vector: dict[str, Any]) -> dict[str, Any]:
    """How a file says it."""
    given = vector["input"]
    when = {name: given[name] for name in WAYS[vector["rule"]] if name in given}
    if vector["rule"] == "after_close":
        when["after_close"] = given["delay"]
    if when.get("nth") == "last":
        when["nth"] = LAST_PART[when["part"]]
    return when


def counted(when: dict[str, Any], effect: date, last: date, calendar: WorkingDays = FRANCE) -> list[Turn]:
    ends = (last,)
    parsed = TypeAdapter(When).validate_python(when)
    return [*turns(parsed, Span(effect, last, ends, renews_itself=False, calendar=calendar, source="A1"))]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["id"])
def test_the_function_gives_the_days_worked_out_by_hand(vector: dict[str, Any]) -> None:
    given = vector["input"]
    made = counted(said(vector), d(given["effect"]), d(given["last"]))
    assert [str(one.legal) for one in made] == [one["legal"] for one in vector["expected"]]
    for one, wanted in zip(made, vector["expected"], strict=True):
        assert one.about == wanted.get(
            "period", wanted.get("exercise", one.about)[:4] if "exercise" in wanted else one.about
        )
        assert str(one.opens) == wanted.get("opens", str(one.opens))
        assert one.is_partial == wanted.get("partial", False)
        others = [step.result for step in one.other]
        assert others == ([d(wanted["other_reading"])] if "other_reading" in wanted else [])


@pytest.mark.parametrize("vector", OURS, ids=lambda one: one["id"])
def test_a_convention_gives_them_with_the_day_to_act_by(vector: dict[str, Any]) -> None:
    given = vector["input"]
    items = owed(paper(said(vector), given["effect"], given["last"]), given["effect"])
    assert [(str(one.legal_last_day), str(one.safe_day)) for one in items] == [
        (one["legal"], one["safe"]) for one in vector["expected"]
    ]
    sure = [Certainty.CONTESTED if "other_reading" in one else Certainty.CERTAIN for one in vector["expected"]]
    assert [one.certainty for one in items] == sure


@pytest.mark.parametrize("vector", [one for one in VECTORS if "side" in one["input"]], ids=lambda one: one["id"])
def test_the_others_are_late_on_the_day_worked_out_by_hand(vector: dict[str, Any]) -> None:
    given = vector["input"]
    terms = paper(said(vector), given["effect"], given["last"])
    for number, one in enumerate(vector["expected"]):
        eve = str(d(one["late_from"]) - timedelta(days=1))
        states = [owed(terms, day)[number].state for day in (eve, one["late_from"])]
        assert states == [State.OPEN, State.LATE]


@pytest.mark.parametrize("vector", of("before_term"), ids=lambda one: one["id"])
def test_days_before_each_end_are_those_worked_out_by_hand(vector: dict[str, Any]) -> None:
    given = vector["input"]
    ends = tuple(map(d, given["ends"]))
    calendar = METZ if given.get("zone") == "METZ" else FRANCE
    span = Span(d("2026-03-01"), ends[-1], ends, renews_itself=False, calendar=calendar, source="A1")
    when = TypeAdapter(When).validate_python({"before_term": given["delay"]})
    made = [*turns(when, span)]
    assert [(str(one.legal), str(one.relied_on)) for one in made] == [
        (one["legal"], one["safe"]) for one in vector["expected"]
    ]


def test_what_is_before_the_term_moves_with_it() -> None:
    terms = paper({"before_term": {"months": 3}}, "2027-01-01", "2029-12-31")
    (item,) = owed(terms)
    assert (item.key, str(item.legal_last_day), str(item.safe_day)) == ("report/1", "2029-09-30", "2029-09-28")
    assert "(" not in item.title.fr
    tacit = paper(
        {"before_term": {"months": 3}}, "2026-03-01", "2027-02-28",
        renewal={"how": "tacit", "period": {"years": 1}, "cap": {"years": 3}, "clauses": ["A1"]},
        place={"zone": "ALSACE-MOSELLE", "good_friday": True},
    )  # fmt: skip
    assert [(one.key, str(one.legal_last_day)) for one in owed(tacit, "2027-03-10")] == [
        ("report/1", "2026-11-30"), ("report/2", "2027-11-30"),
    ]  # fmt: skip
    assert {one.certainty for one in owed(tacit, "2027-03-10")} == {Certainty.CONTESTED}


def test_before_the_last_end_of_all_is_told_once_it_is_known() -> None:
    renewal = {"how": "tacit", "period": {"years": 1}, "cap": {"years": 2}, "clauses": ["A1"]}
    terms = paper({"before_term": {"months": 3}, "of": "final"}, "2026-03-01", "2027-02-28", renewal=renewal)
    (waiting,) = owed(terms, "2026-06-01")
    assert (waiting.key, waiting.state, waiting.legal_last_day) == ("report", State.WAITING, None)
    assert waiting.trace == "3\u00a0mois avant le terme : attend de savoir quelle période est la dernière"
    (item,) = owed(terms, "2027-03-10")
    assert (item.key, str(item.legal_last_day)) == ("report", "2027-11-30")


def test_before_a_term_too_short_is_told_and_not_owed() -> None:
    terms = paper({"before_term": {"years": 5}}, "2027-01-01", "2029-12-31")
    assert owed(terms) == []
    told = [one.id for one in seen(terms, tuple(begun(terms).facts), "2027-02-01").warnings]
    assert "due-before-effect/report" in told


def test_each_tuesday_is_told_month_by_month() -> None:
    (vector,) = of("weekly")
    given = vector["input"]
    days = weekly_days(WeeklyDay(weekday=given["weekday"], every_weeks=1), d(given["effect"]), d(given["last"]))
    assert [str(day) for day in days] == [one["legal"] for one in vector["expected"]]
    items = owed(paper({"weekday": 2, "every_weeks": 1}, given["effect"], given["last"]), given["effect"])
    assert [(one.occurrence, str(one.opens_on), str(one.legal_last_day)) for one in items] == [
        ("2027-12", "2027-12-20", "2027-12-28"), ("2028-01", "2027-12-20", "2028-01-04"),
    ]  # fmt: skip
    assert "2 fois" in items[0].title.fr


def test_one_tuesday_in_two_is_counted_from_the_first() -> None:
    days = weekly_days(WeeklyDay(weekday=2, every_weeks=2), d("2027-12-20"), d("2028-01-20"))
    assert [str(day) for day in days] == ["2027-12-21", "2028-01-04", "2028-01-18"]


def test_every_two_weeks_are_periods_from_the_effect() -> None:
    (vector,) = [one for one in of("grid") if "every_weeks" in one["input"]]
    said_ = vector["input"]
    days = weekly_days(WeeklyDay(every_weeks=said_["every_weeks"]), d(said_["effect"]), d(said_["last"]))
    assert [str(day) for day in days] == [last for _, last, _ in vector["expected"]]
    january, february = owed(paper({"every_weeks": 2}, said_["effect"], said_["last"]), said_["effect"])
    assert (str(january.legal_last_day), str(february.legal_last_day)) == ("2027-01-28", "2027-02-20")
    assert (january.certainty, february.certainty) == (Certainty.CERTAIN, Certainty.CONTESTED)
    assert str(february.safe_day) == "2027-02-19"


@pytest.mark.parametrize(
    ("when", "effect", "last", "wanted"),
    [
        pytest.param({"every_months": 3, "due": "advance"}, "2027-02-01", "2028-01-31",
            ["2027-02-01", "2027-05-01", "2027-08-01", "2027-11-01"], id="in advance"),
        pytest.param({"every_months": 3, "due": "arrears", "year": "civil"}, "2027-02-10", "2027-12-31",
            ["2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"], id="civil quarters in arrears"),
        pytest.param({"every_months": 12, "due": "advance", "days": 10}, "2027-02-01", "2029-01-31",
            ["2027-02-10", "2028-02-10"], id="the first ten days"),
        pytest.param({"every_months": 6, "due": "arrears", "days": 30}, "2027-01-01", "2027-12-31",
            ["2027-07-30", "2028-01-30"], id="thirty days after"),
        pytest.param({"every_months": 1, "due": "advance", "days": 10}, "2027-01-01", "2027-03-05",
            ["2027-01-10", "2027-02-10", "2027-03-05"], id="no later than the end"),
    ],
)  # fmt: skip
def test_a_period_is_due_at_its_start_or_its_end(
    when: dict[str, Any], effect: str, last: str, wanted: list[str]
) -> None:
    assert [str(one.legal) for one in counted(when, d(effect), d(last))] == wanted
    assert [str(one.legal_last_day) for one in owed(paper(when, effect, last), effect)] == wanted


def test_a_period_cut_short_says_so() -> None:
    first, *others = counted({"every_months": 3, "due": "arrears", "year": "civil"}, d("2027-02-10"), d("2027-12-31"))
    assert (first.stretch, first.whole) == ((d("2027-02-10"), d("2027-03-31")), (d("2027-01-01"), d("2027-03-31")))
    assert first.is_partial
    assert first.contested
    assert not any(one.is_partial for one in others)


def test_a_part_of_the_year_is_cut_by_the_effect_and_the_end() -> None:
    made = counted({"part": "half", "nth": 1}, d("2027-03-01"), d("2028-04-30"))
    assert [(str(one.opens), str(one.legal), one.contested) for one in made] == [
        ("2027-03-01", "2027-06-30", True), ("2028-01-01", "2028-04-30", True),
    ]  # fmt: skip


def test_a_month_of_the_school_year() -> None:
    made = counted({"part": "quarter", "nth": 3, "year": "school"}, d("2026-10-01"), d("2028-08-31"))
    assert [(one.about, str(one.opens), str(one.legal)) for one in made] == [
        ("2026-2027", "2027-03-01", "2027-05-31"), ("2027-2028", "2028-03-01", "2028-05-31"),
    ]  # fmt: skip


def test_a_day_of_the_month_over_before_the_effect_is_told_and_not_owed() -> None:
    terms = paper({"day": 15}, "2027-01-20", "2027-04-30")
    assert [one.occurrence for one in owed(terms, "2027-01-21")] == ["2027-02", "2027-03", "2027-04"]

    def told(today: str) -> list[str]:
        return [one.id for one in seen(terms, tuple(begun(terms).facts), today).warnings if one.id.startswith("due-")]

    assert (told("2027-01-21"), told("2027-02-16")) == (["due-before-effect/report"], [])


def test_months_without_it_are_left_out() -> None:
    made = counted({"day": 15, "except_months": [7, 8]}, d("2027-06-01"), d("2027-09-30"))
    assert [one.about for one in made] == ["2027-06", "2027-09"]


def test_every_financial_year_touched_is_owed_even_after_an_early_end() -> None:
    made = counted({"after_close": {"months": 6}, "closes": "08-31"}, d("2026-12-01"), d("2027-09-15"))
    assert [one.about for one in made] == ["2027", "2028"]


def test_a_text_may_say_that_nothing_outlives_the_end() -> None:
    def keys(**more: object) -> list[str]:
        plain = {name: value for name, value in duty().items() if name != "rhythm"}
        when = {"after_close": {"months": 6}}
        terms = convention(duty=[{**plain, "when": when, **more}])
        return [one.key for one in owed(terms, "2022-02-01")]

    assert (keys(), keys(stops_at_end=True)) == (["report/2022"], [])


def test_what_is_done_is_named_by_what_it_is_about() -> None:
    dossier = begun(paper({"day": 15}, "2027-01-01", "2027-03-31"))
    take(dossier, DutyDone(on=d("2027-01-12"), item="report/2027-01"))
    found = seen(dossier.convention, tuple(dossier.facts), "2027-01-20")
    done = [one.key for one in found.items if one.series == "report" and one.state is State.DONE]
    assert done == ["report/2027-01"]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"day": 15, "every_weeks": 1}, "une seule"),
        ({"part": "half", "nth": 3}, "nth = 2"),
        ({"part": "quarter", "nth": "last"}, "nth"),
        ({"after_close": {"months": 6}, "closes": "02-29"}, "02-28"),
        ({"after_close": {"hours": 6}}, "en jours ou plus"),
        ({"on": ["09-10", "03-10"]}, "03-10, 09-10"),
        ({"day": 15, "except_months": [*range(1, 13)]}, "en laisser un"),
        ({"day": 15, "every_months": 3, "except_months": [1]}, "chaque mois"),
        ({"every_months": 5, "due": "advance", "year": "civil"}, "1, 2, 3, 4, 6 ou 12"),
        ({"every_months": 3, "due": "later"}, "due"),
    ],
)
def test_what_gives_no_day_is_refused(when: dict[str, Any], words: str) -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    with pytest.raises(ValidationError) as refused:
        Duty.model_validate({**plain, "when": when})
    assert words in str(refused.value).replace("\u00a0", " ")


def test_only_what_may_come_after_the_end_stops_there() -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    with pytest.raises(ValidationError, match="stops_at_end"):
        Duty.model_validate({**plain, "when": {"on": "03-31"}, "stops_at_end": True})


@settings(max_examples=how_many(3000))
@given(CALENDAR_WAYS, st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.integers(1, 1300), st.integers(-30, 1500))
def test_any_of_them_is_proved_ordered_and_counted_again(
    when: dict[str, Any], begins: date, length: int, look: int
) -> None:
    terms = paper(when, str(begins), str(begins + timedelta(days=length)))
    s = situation(terms, tuple(begun(terms).facts), at(str(begins + timedelta(days=look))))
    assert unproved_items(s) == {}
    items = [one for one in agenda_of(s).items if one.series == "report"]
    assert len({one.key for one in items}) == len(items)
    for one in items:
        days = [one.opens_on, one.safe_day, one.legal_last_day]
        assert days == sorted(days)  # type: ignore[type-var]
        counted_again = day_of_its_name(terms.duty[0].when, one.occurrence, begins, begins + timedelta(days=length))
        assert counted_again in (None, one.legal_last_day), one.key
