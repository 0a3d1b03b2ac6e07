"""The agenda of a whole real convention, day by day, against days worked out by hand."""

from datetime import date

import pytest

from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.notice import to_end_on
from echeancier.domain.dates.rules import RULES, Certainty
from tests.domain import oracle_sqf_p as oracle
from tests.domain.builders import d, item, sqf_agenda
from tests.domain.examples_seen import seen_by

DAY_AFTER_SIGNATURE = "2021-04-21"


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    return sqf_agenda(DAY_AFTER_SIGNATURE)


def of_duty(agenda: Agenda, duty: str) -> list[Item]:
    return sorted((i for i in agenda.items if i.key.startswith(f"{duty}/")), key=lambda i: i.legal_last_day or date.max)


def test_it_takes_effect_ends_and_runs_on_the_days_of_its_text(agenda: Agenda) -> None:
    days = (agenda.effect_on, agenda.ends_on, agenda.natural_end, agenda.operational_from)
    assert days == (d("2021-01-01"), d("2023-12-31"), d("2023-12-31"), d("2021-04-20"))


@pytest.mark.parametrize("duty", ["quarterly-data", "job-openings"])
def test_a_quarterly_duty_ends_with_each_quarter_and_is_safe_on_its_last_working_day(agenda: Agenda, duty: str) -> None:
    found = of_duty(agenda, duty)
    assert tuple(i.legal_last_day for i in found) == oracle.QUARTERS_LEGAL
    assert tuple(i.safe_day for i in found) == oracle.QUARTERS_SAFE


def test_the_meeting_of_every_two_months_has_eighteen_days_counted_from_the_effect(agenda: Agenda) -> None:
    found = of_duty(agenda, "referent-meeting")
    assert tuple(i.legal_last_day for i in found) == oracle.POINTS_LEGAL
    assert tuple(i.safe_day for i in found) == oracle.POINTS_SAFE


YEARLY = {"steering-committee": oracle.COMMITTEES_SAFE, "annual-report": oracle.REPORTS_SAFE}


@pytest.mark.parametrize("duty", YEARLY)
def test_what_is_yearly_is_due_with_each_year_of_the_convention(agenda: Agenda, duty: str) -> None:
    found = of_duty(agenda, duty)
    assert [i.legal_last_day for i in found] == [d("2021-12-31"), d("2022-12-31"), d("2023-12-31")]
    assert tuple(i.safe_day for i in found) == YEARLY[duty]
    assert [i.key for i in found] == [f"{duty}/2021", f"{duty}/2022", f"{duty}/2023"]


@pytest.mark.parametrize("key", ["quarterly-data/2021-01", "job-openings/2021-01", "referent-meeting/2021-01"])
def test_a_period_over_before_the_signatures_is_not_due(agenda: Agenda, key: str) -> None:
    assert item(agenda, key).state is State.NOT_DUE


@pytest.mark.parametrize("key", ["quarterly-data/2021-04", "referent-meeting/2021-03", "steering-committee/2021"])
def test_the_period_that_contains_the_last_signature_is_kept_as_far_as_possible(agenda: Agenda, key: str) -> None:
    assert item(agenda, key).state is State.BEST_EFFORT


@pytest.mark.parametrize("step", oracle.RENEWAL)
def test_the_renewal_is_worked_back_from_the_last_day(agenda: Agenda, step: str) -> None:
    found = item(agenda, f"renewal/2023/{step}")
    assert (found.safe_day, found.certainty) == (oracle.RENEWAL[step], Certainty.POLICY)


def test_both_signatures_of_a_renewal_have_the_last_day_itself_as_their_limit(agenda: Agenda) -> None:
    assert item(agenda, "renewal/2023/signatures").legal_last_day == d("2023-12-31")


@pytest.mark.parametrize(
    ("who", "last_day"),
    [("third-parties", "2021-06-17"), ("prefect", "2021-06-17"), ("councillors", "2021-06-14")],
)
def test_a_challenge_is_open_for_two_clear_months(agenda: Agenda, who: str, last_day: str) -> None:
    found = item(agenda, f"recourse/2021-04-12/{who}")
    assert (found.legal_last_day, found.state, found.safe_day) == (d(last_day), State.RUNNING, None)


@pytest.mark.parametrize(("now", "state"), [("2021-06-27", State.RUNNING), ("2021-06-28", State.ELAPSED)])
def test_a_challenge_is_presumed_over_ten_days_after_its_last_day_only(now: str, state: State) -> None:
    assert item(sqf_agenda(now), "recourse/2021-04-12/third-parties").state is state


def test_the_commune_signs_prudently_from_the_monday_after_the_act_is_executory(agenda: Agenda) -> None:
    assert item(agenda, "signature/commune").opens_on == d("2021-04-19")


def test_the_data_are_destroyed_by_each_side_on_the_leap_day(agenda: Agenda) -> None:
    for side in ("commune", "operator"):
        found = item(agenda, f"data-destruction/{side}")
        assert (found.legal_last_day, found.safe_day, found.certainty) == (
            d("2024-02-29"),
            d("2024-02-29"),
            Certainty.CERTAIN,
        )


def test_the_last_day_in_force_is_a_sunday_and_stays_there(agenda: Agenda) -> None:
    end = item(agenda, "end")
    assert (end.legal_last_day, end.safe_day) == (d("2023-12-31"), d("2023-12-29"))
    assert "ne se déplace pas" in end.trace


def test_a_notice_for_any_day_has_no_line_and_the_calculator_counts_on_the_sending(agenda: Agenda) -> None:
    assert [i.key for i in agenda.items if i.kind == "notice"] == []
    s = seen_by("sqf-p", DAY_AFTER_SIGNATURE)
    (rule,) = s.convention.termination
    advice = to_end_on(d("2023-12-30"), s.notice(rule), s.calendar, s.latest_end, s.effect_on)
    assert (advice.safe_day, advice.legal_last_day, advice.plan) == (d("2023-11-30"), d("2023-11-30"), "P0")


def test_a_hundred_and_nine_days_of_retroactivity_are_said_for_good(agenda: Agenda) -> None:
    warning = next(w for w in agenda.warnings if w.id == "retroactive-effect")
    assert "109 jours" in warning.text.fr
    assert warning.permanent


def test_the_oddities_of_the_paper_are_warnings(agenda: Agenda) -> None:
    assert {w.id for w in agenda.warnings} == {
        "retroactive-effect",
        "act-number-contradicts-session",
        "council-date-blank",
        "referent-address",
        "glued-date",
        "appeal-interrupts",
        "no-tacit-renewal",
    }


def test_what_the_paper_leaves_blank_is_asked_and_has_no_date(agenda: Agenda) -> None:
    blank = {q.id for q in agenda.questions if q.kind == "blank" and q.answered is None}
    assert blank == {
        "rhythm/company-moves",
        "operator-number",
        "referent-named-by",
        "april-of-which-year",
        "immersion-when",
        "mid-mandate-when",
    }
    for key in ("referent-named", "compensation-advisers", "immersion", "mid-mandate-review"):
        found = item(agenda, key)
        assert (found.safe_day, found.legal_last_day, found.state) == (None, None, State.WAITING)
    assert not of_duty(agenda, "company-moves")


def test_what_the_paper_contradicts_runs_prudently_beside_its_question(agenda: Agenda) -> None:
    question = next(q for q in agenda.questions if q.id == "hiring-data")
    assert (question.kind, question.prudent, len(question.readings)) == ("contested", "with-hirings", 2)


def test_every_item_says_by_which_rule_and_how(agenda: Agenda) -> None:
    unexplained = {i.key: i.rule for i in agenda.items if i.rule not in RULES or not i.trace.strip()}
    assert unexplained == {}


def test_every_item_quotes_a_clause(agenda: Agenda) -> None:
    assert all(i.clause.article and i.clause.says for i in agenda.items)


def test_only_what_we_chose_is_marked_as_policy(agenda: Agenda) -> None:
    policy = {i.kind for i in agenda.items if i.certainty is Certainty.POLICY}
    brought_forward = {"committee", "report"}  # those of the last year, before the text of the renewal is agreed
    assert policy == {"act", "certificate", "signature", "renewal"} | brought_forward
