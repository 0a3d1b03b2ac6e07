"""What a file may say of its first term and of its effect, and what follows: refusals, the trace, the plan, a follow-on."""

import re
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

import pytest
from dateutil.relativedelta import relativedelta
from pydantic import ValidationError

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.adapters.files.convention_writer import convention_file
from echeancier.desk.form.filling import filled
from echeancier.domain.afterwards.follow_on import follow_on
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.dates.first_term import TERM_UNITS, TermLength, first_term
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import Refusal, check_start
from echeancier.domain.terms.checks import problems_of, too_many_dates
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.term import Effect, Term
from tests.domain.builders import NOTICE, at, convention, d, duty, item, recorded, seen, signed
from tests.support.door import new, running, small, take

SAID: Final[dict[str, object]] = {
    "months": 12, "years": 1, "weeks": 52, "days": 365, "civil_years": 1, "school_years": 1, "ends_on": d("2022-12-31"),
}  # fmt: skip
TOGETHER: Final = ({"months", "ends_on"}, {"years", "ends_on"})


def term(**said: object) -> Term:
    return Term.model_validate({"clauses": ["A1"], **said})


def effect(**said: object) -> Effect:
    return Effect.model_validate({"rule": "last-signature", "clauses": ["A1"], **said})


def of(effect_on: str, **said: object) -> Convention:
    """Return a convention of a fixed effect, whose term is said so."""
    return convention(effect={"rule": "fixed", "on": d(effect_on), "clauses": ["A1"]}, term={"clauses": ["A1"], **said})


def end_of(effect_on: str, **said: object) -> Item:
    return item(seen(of(effect_on, **said), (), effect_on), "end")


# -- what may be said -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAID)
def test_each_saying_stands_alone(name: str) -> None:
    assert term(**{name: SAID[name]}).said == (name,)


@pytest.mark.parametrize("pair", [*combinations(SAID, 2)], ids=" and ".join)
def test_two_sayings_are_refused_but_months_or_years_beside_a_last_day(pair: tuple[str, str]) -> None:
    said = {name: SAID[name] for name in pair}
    if set(pair) in TOGETHER:
        assert term(**said).said == pair
        return
    with pytest.raises(ValidationError, match="une seule durée ; une date de fin") as refused:
        term(**said)
    assert " et ".join(pair) in str(refused.value)


def test_three_sayings_are_refused() -> None:
    with pytest.raises(ValidationError, match="une seule durée"):
        term(months=12, years=1, ends_on=d("2022-12-31"))


@pytest.mark.parametrize("unit", TERM_UNITS)
@pytest.mark.parametrize("number", [0, -1, 1.5, 100_000])
def test_a_length_is_a_whole_number_from_one_to_fifty_years(unit: str, number: object) -> None:
    with pytest.raises(ValidationError):
        term(**{unit: number})


@pytest.mark.parametrize("unit", [unit for unit in TERM_UNITS if unit != "months"])
def test_yes_is_no_number(unit: str) -> None:
    with pytest.raises(ValidationError):
        term(**{unit: True})


@pytest.mark.parametrize("said", [{}, *({name: SAID[name]} for name in SAID if name != "school_years")], ids=str)
def test_the_end_of_a_school_year_goes_with_school_years(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="ajouter school_years"):
        term(school_year_ends="07-05", within_parent=True, **said)


@pytest.mark.parametrize("name", SAID)
def test_a_question_asks_for_no_term_that_is_printed(name: str) -> None:
    with pytest.raises(ValidationError, match=f"laissée en blanc, sans {name}"):
        term(question="how-long", **{name: SAID[name]})


@pytest.mark.parametrize("said", [{"from": "next-month"}, {"not_before": d("2027-04-01")}], ids=str)
def test_a_fixed_day_of_effect_is_not_counted_from_a_signature(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="se comptent de la signature"):
        effect(rule="fixed", on=d("2027-03-01"), **said)


@pytest.mark.parametrize("name", ["same-day", "next-week", "from_"])
def test_another_first_day_is_unknown(name: str) -> None:
    with pytest.raises(ValidationError):
        effect(**({"from_": "next-day"} if name == "from_" else {"from": name}))


def test_years_that_disagree_with_the_printed_last_day_are_refused() -> None:
    assert problems_of(of("2021-01-01", years=3, ends_on=d("2023-12-31"))) == []
    (problem,) = problems_of(of("2021-01-01", years=3, ends_on=d("2022-12-31")))
    assert problem.startswith("term : 3 ans depuis le 01/01/2021 finissent le 31/12/2023, ends_on dit le 31/12/2022")


# -- the trace --------------------------------------------------------------------------------------------------------------


def _summed(trace: str) -> date:
    """Work out the sum that a trace prints, apart from the program."""
    day = date(*(int(part) for part in reversed(re.findall(r"effet le (\d\d)/(\d\d)/(\d{4})", trace)[0])))
    if found := re.search(r"\+ (\d+) (mois|ans?|semaines?|jours?)", trace):
        number = int(found[1])
        units = {
            "m": relativedelta(months=number), "a": relativedelta(years=number), "s": relativedelta(weeks=number),
            "j": relativedelta(days=number),
        }  # fmt: skip
        return day + units[found[2][0]] - timedelta(days="− 1 jour" in trace)
    number = int(re.findall(r"de la (\d+)r?e année", trace)[0])
    if "civile" in trace:
        return date(day.year + number - 1, 12, 31)
    ends, month = re.findall(r"\((\d+)(?:er)? (\w+)\)", trace)[0]
    first = date(day.year, {"août": 8, "juillet": 7, "février": 2, "septembre": 9}[month], int(ends))
    return first + relativedelta(years=number - 1 + (first < day))


@pytest.mark.parametrize(
    "said",
    [
        {"months": 36}, {"months": 1}, {"years": 1}, {"years": 3}, {"weeks": 1}, {"weeks": 6}, {"days": 1}, {"days": 90},
        {"civil_years": 1}, {"civil_years": 3}, {"school_years": 1}, {"school_years": 2},
        {"school_years": 2, "school_year_ends": "07-05"}, {"school_years": 1, "school_year_ends": "09-01"},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("begins", ["2027-01-01", "2027-01-31", "2027-05-20", "2027-08-31", "2027-09-01", "2028-02-29"])
def test_the_sum_that_is_printed_gives_the_day_that_is_printed(begins: str, said: dict[str, object]) -> None:
    found = end_of(begins, **said)
    assert found.legal_last_day is not None
    assert f"→ {found.legal_last_day:%d/%m/%Y}, à minuit" in found.trace
    assert _summed(found.trace) == found.legal_last_day
    assert found.rule == ("term_last_day" if {"months", "years"} & set(said) else "first_term")


def test_several_civil_years_begun_late_have_another_reading() -> None:
    found = end_of("2027-05-20", civil_years=3)
    assert found.trace.replace("\u00a0", " ") == (
        "effet le 20/05/2027, jusqu’au 31 décembre de la 3e année civile → 31/12/2029, à minuit ; l’autre lecture, où l’année "
        "entamée ne compte pas : le 31/12/2030"
    )
    assert found.effect_range is not None
    assert (found.effect_range.expected, found.effect_range.latest) == (d("2029-12-31"), d("2030-12-31"))


@pytest.mark.parametrize(
    ("begins", "said", "certainty"),
    [
        ("2027-01-01", {"civil_years": 3}, Certainty.CERTAIN),
        ("2027-01-02", {"civil_years": 2}, Certainty.CONTESTED),
        ("2027-05-20", {"civil_years": 1}, Certainty.CERTAIN),
        ("2026-09-01", {"school_years": 1}, Certainty.CONTESTED),
        ("2026-09-01", {"school_years": 1, "school_year_ends": "08-31"}, Certainty.CERTAIN),
        ("2027-01-01", {"weeks": 6}, Certainty.CERTAIN),
        ("2027-01-01", {"days": 6}, Certainty.CERTAIN),
        ("2027-01-01", {"years": 1}, Certainty.CERTAIN),
    ],
)
def test_an_end_is_contested_where_the_text_leaves_it_open(begins: str, said: Any, certainty: Certainty) -> None:
    assert end_of(begins, **said).certainty is certainty


def test_why_the_end_of_a_school_year_is_contested_is_said() -> None:
    assert "le 31 août est notre choix" in end_of("2026-09-01", school_years=1).trace
    assert "notre choix" not in end_of("2026-09-01", school_years=1, school_year_ends="08-31").trace


def test_a_school_year_that_ends_on_the_29th_of_february_is_clamped() -> None:
    length = TermLength("school_years", 1, (2, 29))
    assert first_term(d("2027-01-01"), length) == d("2027-02-28")
    assert first_term(d("2028-02-29"), length) == d("2028-02-29")
    assert first_term(d("2027-01-01"), TermLength("school_years", 2, (2, 29))) == d("2028-02-29")


def test_an_amended_end_is_not_the_sum_of_the_first_term() -> None:
    amended = recorded(*signed("2027-05-03"), Amended(on=d("2027-06-01"), ends_on=d("2031-06-30")))
    found = item(seen(of("2027-05-20", civil_years=3), amended, "2027-06-02"), "end")
    assert (found.legal_last_day, found.certainty, found.rule) == (d("2031-06-30"), Certainty.CERTAIN, "amended_end")
    assert found.trace.startswith("avenant, signé le 01/06/2027 → 30/06/2031")


# -- years are twelve months each -------------------------------------------------------------------------------------------


def _agenda(facts: bool, **said: object) -> Agenda:
    terms = convention(
        effect={"rule": "last-signature", "clauses": ["A1"]},
        term={"clauses": ["A1"], **said},
        act={"party": "town", "body": "conseil municipal", "authorises_months": 12, "clauses": ["A1"]},
        duty=[duty()],
        renewal={"how": "express", "clauses": ["A1"]},
    )
    told = (*signed("2027-03-01"), Amended(on=d("2027-06-01"))) if facts else ()
    return seen(terms, recorded(*told), "2027-09-01")


@pytest.mark.parametrize("facts", [False, True])
def test_three_years_are_thirty_six_months_in_the_whole_plan(facts: bool) -> None:
    years, months = _agenda(facts, years=3), _agenda(facts, months=36)
    assert (years.ends_on, years.warnings, years.questions) == (months.ends_on, months.warnings, months.questions)
    assert any(one.id == "act-shorter-than-term" for one in years.warnings)
    assert [one.model_copy(update={"proof": ()}) for one in years.items] == [
        one.model_copy(update={"proof": ()}) for one in months.items
    ]
    traces = {(a.trace, b.trace) for a, b in zip(years.items, months.items, strict=True)}
    assert {(a.replace("3 ans", "36 mois"), b) for a, b in traces} == {(b, b) for _, b in traces}


def test_the_anniversary_is_the_other_reading_of_years_from_a_signature_not_from_a_named_day() -> None:
    terms = {"rule": "last-signature", "clauses": ["A1"]}
    facts = recorded(*signed("2027-03-15"))

    def found(**said: object) -> Item:
        return item(
            seen(convention(effect={**terms, **said}, term={"years": 1, "clauses": ["A1"]}), facts, "2027-03-16"), "end"
        )

    assert (found().legal_last_day, found().certainty) == (d("2028-03-14"), Certainty.CONTESTED)
    month = found(**{"from": "next-month"})
    assert (month.legal_last_day, month.certainty) == (d("2028-03-31"), Certainty.CERTAIN)
    later = found(not_before=d("2027-06-01"))
    assert (later.legal_last_day, later.certainty) == (d("2028-05-31"), Certainty.CERTAIN)
    assert found(not_before=d("2027-01-01")).certainty is Certainty.CONTESTED


# -- registered -------------------------------------------------------------------------------------------------------------

KINDS: Final = (
    ({"months": 36}, "2024-12-31"), ({"years": 3}, "2024-12-31"), ({"weeks": 30}, "2022-07-29"), ({"days": 200}, "2022-07-19"),
    ({"civil_years": 2}, "2023-12-31"), ({"school_years": 2}, "2023-08-31"),
    ({"school_years": 1, "school_year_ends": "07-05"}, "2022-07-05"),
    ({"years": 2, "ends_on": date(2023, 12, 31)}, "2023-12-31"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "end"), KINDS, ids=str)
def test_a_registered_convention_of_each_kind_ends_on_its_day(said: dict[str, object], end: str) -> None:
    terms = small(term={"clauses": ["T.1"], **said})
    check_start(terms, at("2021-12-01"))
    dossier = running(terms)
    found = seen(terms, tuple(dossier.facts), "2022-02-01")
    assert found.ends_on == d(end)
    periods = [one for one in found.items if one.series == "data" and one.legal_last_day is not None]
    assert periods
    assert max(one.legal_last_day for one in periods if one.legal_last_day) <= d(end)


@pytest.mark.parametrize(("said", "end"), KINDS, ids=str)
def test_written_and_read_again_it_says_the_same(said: dict[str, object], end: str) -> None:  # noqa: ARG001
    terms = small(
        term={"clauses": ["T.1"], **said},
        effect={"rule": "last-signature", "from": "next-month", "not_before": d("2022-01-01"), "clauses": ["T.1"]},
    )
    assert parse_convention(convention_file(terms), "small.toml") == terms


def test_a_convention_effective_the_month_after_owes_nothing_before() -> None:
    terms = small(effect={"rule": "last-signature", "from": "next-month", "clauses": ["T.1"]})
    dossier = running(terms)
    s = situation(terms, tuple(dossier.facts), at("2021-12-20"))
    assert (s.effect_on, s.operational_from, s.ends_on) == (d("2022-01-01"), d("2022-01-01"), d("2022-12-31"))


CAPPED: dict[str, Any] = {"renewal": {"cap": {"months": 36}, "clauses": ["T.1"]}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"term": {"years": 4}, **CAPPED}, "la durée (4 ans) dépasse son propre plafond (36 mois)"),
        ({"term": {"civil_years": 4}, **CAPPED}, "dépasse le plafond"),
        ({"term": {"days": 1200}, **CAPPED}, "dépasse le plafond"),
        (
            {
                "effect": {"rule": "last-signature", "not_before": d("2022-06-01"), "clauses": ["T.1"]},
                "term": {"ends_on": d("2022-05-31")},
            },
            "la durée est vide",
        ),
        ({"effect": {"rule": "last-signature", "not_before": d("2122-06-01"), "clauses": ["T.1"]}}, "50 ans"),
    ],
)
def test_what_no_term_can_be_is_refused_at_registration(changes: dict[str, Any], words: str) -> None:
    if "term" in changes:
        changes = {**changes, "term": {"clauses": ["T.1"], **changes["term"]}}
    with pytest.raises(Refusal) as refused:
        check_start(small(**changes), at("2022-01-03"))
    assert words in str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize("said", [{"civil_years": 3}, {"years": 3}], ids=str)
def test_a_term_as_long_as_its_cap_is_taken(said: dict[str, object]) -> None:
    check_start(small(term={"clauses": ["T.1"], **said}, **CAPPED), at("2022-01-03"))


@pytest.mark.parametrize("unit", ["months", "years", "civil_years", "school_years", "weeks", "days"])
def test_a_length_is_what_decides_how_many_dates_a_convention_makes(unit: str) -> None:
    number = {"months": 12, "years": 1, "weeks": 52, "days": 365}.get(unit, 1)
    often = [duty(rhythm={"every_months": 1, "count": 60})]
    short = convention(term={unit: number, "clauses": ["A1"]}, duty=often)
    long = convention(term={unit: 2 * number, "clauses": ["A1"]}, duty=often)
    assert too_many_dates(short, d("2022-01-01")) is None
    assert too_many_dates(long, d("2022-01-01")) is not None


def test_civil_years_beyond_the_duration_voted_are_told() -> None:
    act = {"party": "town", "body": "conseil municipal", "authorises_months": 12, "clauses": ["A1"]}
    terms = of("2027-05-20", civil_years=3).model_dump(by_alias=True)
    found = seen(Convention.model_validate({**terms, "act": [act]}), (), "2027-05-20")
    warning = next(one for one in found.warnings if one.id == "act-shorter-than-term")
    assert "la convention va jusqu’au 31/12/2029" in warning.text.fr
    one_year = of("2027-05-20", civil_years=1).model_dump(by_alias=True)
    found = seen(Convention.model_validate({**one_year, "act": [act]}), (), "2027-05-20")
    assert not [one for one in found.warnings if one.id == "act-shorter-than-term"]


# -- afterwards, and in the form --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "end"),
    [({"years": 3, "ends_on": d("2024-12-31")}, "2027-12-31"), ({"years": 3}, None), ({"civil_years": 2}, None)],
    ids=str,
)
def test_what_follows_has_the_same_length(said: dict[str, Any], end: str | None) -> None:
    terms = of("2022-01-01", **said)
    s = situation(terms, recorded(*signed("2021-12-15")), at("2022-03-01"))
    new_term = follow_on(s, "NEXT").convention.term
    assert new_term.length == terms.term.length
    assert new_term.ends_on == (d(end) if end else None)


def test_what_follows_takes_effect_no_earlier_than_the_day_after_the_end() -> None:
    terms = convention(
        effect={"rule": "last-signature", "from": "next-month", "not_before": d("2022-04-01"), "clauses": ["A1"]}
    )
    s = situation(terms, recorded(*signed("2022-03-15")), at("2022-04-02"))
    found = follow_on(s, "NEXT")
    assert (found.convention.effect.from_, found.convention.effect.not_before) == ("next-month", d("2023-04-01"))
    assert {mark.place for mark in found.marks} >= {"effect", "effect.not_before"}


@pytest.mark.parametrize("name", SAID)
def test_the_form_asks_for_no_length_that_is_given(name: str) -> None:
    given = filled({"term": {name: SAID[name]}, "effect": {"rule": "fixed", "on": d("2022-01-01")}})
    assert "question" not in given["term"]


def test_a_second_amendment_counts_from_the_first_end_whatever_says_it() -> None:
    terms = small(
        term={"clauses": ["T.1"], "civil_years": 1},
        renewal={"how": "express", "times": 1, "clauses": ["T.1"]},
        termination=[],
    )
    dossier = take(running(terms), Amended(on=d("2022-06-01"), ends_on=d("2023-12-31")))
    with pytest.raises(Refusal, match="reconductions"):
        take(dossier, Amended(on=d("2022-07-01"), ends_on=d("2024-12-31")))
    assert new(terms).facts == []


def test_a_signature_whose_effect_is_after_the_last_day_is_refused() -> None:
    terms = small(
        act=(),
        effect={"rule": "last-signature", "from": "next-month", "clauses": ["T.1"]},
        term={"ends_on": d("2022-03-20"), "clauses": ["T.1"]},
    )
    with pytest.raises(Refusal) as refused:
        take(new(terms), Signed(on=d("2022-03-15"), party="commune"))
    assert "prendrait effet le vendredi 1er avril 2022" in str(refused.value).replace("\u00a0", " ")
    assert len(take(new(terms), Signed(on=d("2022-02-28"), party="commune")).facts) == 1


def test_a_term_of_a_single_day_leaves_no_notice_to_post() -> None:
    terms = convention(
        effect={"rule": "last-signature", "clauses": ["A1"]},
        term={"civil_years": 1, "clauses": ["A1"]},
        termination=[{**NOTICE, "until": "month-end"}],
    )
    assert not _posting(terms, "2027-12-31")
    assert _posting(terms, "2027-09-01")


def _posting(terms: Convention, day: str) -> list[Item]:
    return [one for one in seen(terms, recorded(*signed(day)), day).items if one.series == "notice"]


def test_several_school_years_begun_late_have_another_reading_like_civil_years() -> None:
    late = end_of("2027-05-20", school_years=3, school_year_ends="07-05")
    assert (late.legal_last_day, late.certainty) == (d("2029-07-05"), Certainty.CONTESTED)
    assert "le 05/07/2030" in late.trace
    assert end_of("2026-09-01", school_years=3, school_year_ends="08-31").certainty == Certainty.CERTAIN
    both = end_of("2027-05-20", school_years=3).trace  # which year, and which day
    assert "le 31/08/2030" in both
    assert "le 31 août est notre choix" in both


def test_a_printed_day_that_the_length_from_the_signature_does_not_give_is_contested() -> None:
    at_signature = {"rule": "last-signature", "clauses": ["A1"]}
    terms = convention(effect=at_signature, term={"months": 12, "ends_on": d("2027-12-31"), "clauses": ["A1"]})
    last = item(seen(terms, recorded(*signed("2026-12-01")), "2027-01-04"), "end")
    assert (last.legal_last_day, last.certainty) == (d("2027-12-31"), Certainty.CONTESTED)
    assert "la durée imprimée donnerait le 30/11/2027" in last.trace


@pytest.mark.parametrize(
    ("reading", "end"), [(None, "2027-12-31"), ("day-rules", "2027-12-31"), ("length-rules", "2027-11-30")]
)
def test_which_of_the_two_counts_is_asked_and_the_answer_makes_the_end_certain(reading: str | None, end: str) -> None:
    at_signature = {"rule": "last-signature", "clauses": ["A1"]}
    terms = convention(effect=at_signature, term={"months": 12, "ends_on": d("2027-12-31"), "clauses": ["A1"]})
    told = signed("2026-12-01")
    if reading is not None:
        told = (*told, QuestionAnswered(on=d("2027-01-03"), question="term-day-or-length", reading=reading))
    found = seen(terms, recorded(*told), "2027-01-04")
    (asked,) = [one for one in found.questions if one.id == "term-day-or-length"]
    assert ("31 jours d’écart" in asked.about.fr, asked.answered) == (True, reading)
    last = item(found, "end")
    assert (str(last.legal_last_day), last.certainty is Certainty.CONTESTED) == (end, reading is None)


def test_a_notice_for_the_end_of_a_school_year_says_which_where_the_term_does() -> None:
    leave = {**NOTICE, "length": {"months": 3}, "until": "school-year-end", "clauses": ["A1"]}
    terms = of("2026-09-01", school_years=2, school_year_ends="07-05")
    assert not problems_of(terms)
    silent = terms.model_copy(update={"termination": convention(termination=[leave]).termination})
    assert any('écrire on = "07-05"' in problem for problem in problems_of(silent))


@pytest.mark.parametrize(
    ("kind", "words"),
    [("committee", "le comité de pilotage en prépare les termes"), ("report", "en préparer les termes")],
)
def test_no_committee_prepares_what_follows_where_the_convention_has_none(kind: str, words: str) -> None:
    terms = convention(duty=[{**duty(), "kind": kind}])
    (step,) = [
        one for one in seen(terms, recorded(*signed("2021-12-15")), "2022-01-05").items if one.step == "committee"
    ]
    assert step.title.fr.replace("\u00a0", " ").endswith(f": {words}")
