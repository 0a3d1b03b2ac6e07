"""What is owed on a day of each year, whichever years the convention covers."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.terms.checks import too_many_dates
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import Duty
from tests.domain.builders import convention, d, duty, seen
from tests.domain.test_tacit_life import begun
from tests.domain.test_term_ends import of
from tests.support.door import take

ON_MARCH_31 = {"on": "03-31", "covers": "previous"}


def paper(when: dict[str, Any], effect: str = "2027-01-01", last: str = "2029-12-31", **changes: Any) -> Convention:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    return convention(
        effect={"rule": "fixed", "on": d(effect), "clauses": ["A1"]},
        term={"ends_on": d(last), "clauses": ["A1"]},
        duty=[{**plain, "when": when}],
        **changes,
    )


def owed(terms: Convention, today: str = "2027-02-01") -> list[Item]:
    dossier = begun(terms)
    return [one for one in seen(terms, tuple(dossier.facts), today).items if one.series == "report"]


OTHERS: list[Any] = [
    pytest.param({"on": "05-15", "rolls": "previous"}, {"last": "2027-12-31"}, [("2027", "2027-05-14", "2027-05-14")],
        id="moved back by the text"),
    pytest.param({"on": "02-29"}, {}, [("2027", "2027-02-28", "2027-02-26"), ("2028", "2028-02-29", "2028-02-29"),
        ("2029", "2029-02-28", "2029-02-28")], id="29 February"),
]  # fmt: skip


def _worked(vector: dict[str, Any]) -> Any:
    said, days = vector["input"], vector["expected"]
    when = {name: said[name] for name in ("on", "limit", "covers", "rolls") if name in said}
    wanted = [(str(one["about"]), one["legal"], one["safe"]) for one in days]
    return pytest.param(when, {"effect": said["effect"], "last": said["last"]}, wanted, id=vector["id"])


OURS = [_worked(vector) for vector in of("yearly") if "side" not in vector["input"]]


@pytest.mark.parametrize(("when", "changes", "wanted"), [*OURS, *OTHERS])
def test_each_year_covered_has_its_day(
    when: dict[str, Any], changes: dict[str, str], wanted: list[tuple[str, str, str]]
) -> None:
    items = owed(paper(when, **changes))
    assert [(one.occurrence[:4], str(one.legal_last_day), str(one.safe_day)) for one in items] == wanted
    sure = Certainty.CONTESTED if when.get("limit") == "excluded" else Certainty.CERTAIN
    assert {one.certainty for one in items} == {sure}


@pytest.mark.parametrize("vector", [one for one in of("yearly") if "side" in one["input"]], ids=lambda one: one["id"])
def test_the_others_are_late_on_the_day_worked_out_by_hand(vector: dict[str, Any]) -> None:
    said = vector["input"]
    terms = paper({"on": said["on"], "covers": said["covers"]}, said["effect"], said["last"])
    for one in vector["expected"]:
        eve = str(d(one["late_from"]) - timedelta(days=1))
        found = {day: {item.occurrence: item.state for item in owed(terms, day)} for day in (eve, one["late_from"])}
        assert [states[str(one["about"])] for states in found.values()] == [State.OPEN, State.LATE]


def test_before_a_day_tells_the_other_reading() -> None:
    first = owed(paper({"on": "10-15", "limit": "excluded"}))[0]
    assert (
        first.trace
        == "chaque année, avant le 15/10/2027, pour l’année 2027 → 14/10/2027 ; l’autre lecture, ce jour compris : le 15/10/2027"
    )


def test_a_day_over_before_the_effect_is_told_once_and_not_owed() -> None:
    terms = paper({"on": "03-31"}, effect="2027-05-01")
    found = seen(terms, tuple(begun(terms).facts), "2027-06-01")
    assert [one.occurrence for one in found.items if one.series == "report"] == ["2028", "2029"]
    assert _warned(terms, "2027-06-01") == _warned(terms, "2028-03-31") == ["due-before-effect/report"]
    assert _warned(terms, "2028-04-01") == []  # the next one has come: nobody is surprised any more


def _warned(terms: Convention, today: str) -> list[str]:
    found = seen(terms, tuple(begun(terms).facts), today)
    return [one.id for one in found.warnings if one.id.startswith("due-before")]


def test_nobody_is_told_that_the_programme_of_the_first_year_is_not_owed() -> None:
    assert _warned(paper({"on": "09-30", "covers": "next"}), "2027-02-01") == []


def test_the_eve_of_the_effect_is_over_before_it() -> None:
    assert [one.occurrence for one in owed(paper({"on": "05-01", "limit": "excluded"}, effect="2027-05-01"))] == [
        "2028",
        "2029",
    ]


def test_what_is_done_is_named_by_its_year() -> None:
    dossier = begun(paper(ON_MARCH_31))
    take(dossier, DutyDone(on=d("2028-03-10"), item="report/2027"))
    found = seen(dossier.convention, tuple(dossier.facts), "2028-03-12")
    done = found.item("report/2027")
    assert done is not None
    assert (done.state, done.done_on) == (State.DONE, d("2028-03-10"))


def test_a_report_that_outlives_the_end_keeps_the_file_open() -> None:
    assert all(one.holds_open for one in owed(paper(ON_MARCH_31)))
    assert not any(one.holds_open for one in owed(paper({"on": "10-15"})))


def test_years_go_on_with_a_term_that_renews_itself() -> None:
    terms = paper(
        {"on": "11-30"}, last="2027-12-31", renewal={"how": "tacit", "period": {"years": 1}, "clauses": ["A1"]}
    )
    assert [one.occurrence for one in owed(terms, "2028-02-01")] == ["2027", "2028"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rhythm": {"every_months": 12}, "when": {"on": "03-31"}}, "pas les deux"),
        ({"when": {"on": "03-31", "limit": "excluded", "rolls": "next"}}, "« avant le » n’en a pas"),
        ({"when": {"on": "02-30"}}, "02-30"),
        ({"when": {}}, "on"),
        ({"when": {"on": "03-31"}, "for_next_period": True}, 'covers = "next"'),
    ],
)
def test_what_no_day_of_the_year_can_be_is_refused(said: dict[str, Any], words: str) -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    with pytest.raises(ValidationError) as refused:
        Duty.model_validate({**plain, **said})
    assert words in str(refused.value).replace("\u00a0", " ")


def test_a_yearly_day_counts_among_the_dates_of_a_convention() -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    many = [{**plain, "id": f"report-{n}", "when": {"on": "03-31"}} for n in range(400)]
    assert too_many_dates(convention(duty=many, term={"years": 3, "clauses": ["A1"]}), date(2022, 1, 1)) is not None


def test_what_is_about_next_year_is_seen_in_time_where_no_end_is_known() -> None:
    terms = paper({"on": "01-10", "covers": "next"}).model_copy(
        update={"term": convention(term={"unlimited": True, "clauses": ["A1"]}).term}
    )
    days = [(one.occurrence, str(one.legal_last_day)) for one in owed(terms, "2027-12-20")]
    assert days == [("2028", "2027-01-10"), ("2029", "2028-01-10")]
