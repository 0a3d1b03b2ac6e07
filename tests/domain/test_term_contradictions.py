"""What a paper says against itself about its term and its renewals: refused, asked or warned of, one row each."""

from datetime import date
from typing import Any, Final

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.recording import Refusal, check_start
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, at, convention, d, duty, item, seen
from tests.domain.test_tacit_life import DENIAL, begun, denied, stands
from tests.domain.test_term_ends import of

CODES: Final = {
    "T01": ("refused", "finissent le 31/12/2023, ends_on dit le 31/12/2022"),
    "T02": ("asked", "term-day-or-length"),
    "T03": ("refused", "la durée est vide"),
    "T04": ("refused", "dépasse son propre plafond (36 mois)"),
    "T05": ("asked", "renewal-period"),
    "T06": ("warned", "renews-without-end"),
    "T07": ("asked", "renewal-denial"),
    "T08": ("asked", "renewal-none-left"),
    "T09": ("asked", "renewal-cap-inside"),
    "T10": ("asked", "renewal-times-or-cap"),
    "T11": ("refused", "la convention se renouvelle-t-elle d’elle-même"),
    "T13": ("refused", "une seule durée ; une date de fin"),
    "N01": ("refused", "plus long que la durée"),
    "N02": ("warned", "notice-longer-than-period/denial"),
    "N03": ("warned", "notice-only-at-the-end/leave"),
    "N04": ("refused", "pour finir quand"),
    "T12": ("warned", "no-way-out"),
    "D13": ("refused", "de quelle heure à quelle heure"),
    "U02": ("asked", "whole-period/report"),
    "U03": ("refused", "outlives = true"),
    "U04": ("refused", "plus souvent qu’il n’y a de jours"),
}
"""How each contradiction is told: refused with these words, asked by this question, or warned of."""
ROWS: Final[dict[str, tuple[dict[str, Any], list[str]]]] = {
    **{one["id"]: (one["input"]["c"], one["expected"]) for one in of("contradictions")},
    "cap equal to the term": (
        {"effect": "2027-01-01", "months": 36, "renewal": {"how": "tacit", "period": {"months": 12}, "cap": {"months": 36}},
         "notice": {"length": {"months": 3}}}, ["T08"],
    ),
    "a tacit cap below the term": (
        {"effect": "2027-01-01", "months": 48, "renewal": {"how": "tacit", "period": {"months": 12}, "cap": {"months": 36}},
         "notice": {"length": {"months": 3}}}, ["T04"],
    ),
    "an express cap below the term": (
        {"effect": "2027-01-01", "months": 48, "renewal": {"how": "express", "cap": {"months": 36}}}, ["T04"],
    ),
    "a notice longer than a period": (
        {"effect": "2027-01-01", "months": 24, "renewal": {"how": "tacit", "period": {"months": 12}, "times": 2},
         "notice": {"length": {"months": 18}}}, ["N02"],
    ),
    "a notice as long as the term and as a period": (
        {"effect": "2027-01-01", "months": 12, "renewal": {"how": "tacit", "period": {"months": 12}, "times": 2},
         "notice": {"length": {"months": 12}}}, [],
    ),
    "a notice at most longer than the term": (
        {"effect": "2027-01-01", "months": 12, "notice": {"length": {"months": 18, "bound": "at_most"}, "until": "any-day"}}, [],
    ),
    "a notice longer than a term of days": (
        {"effect": "2027-01-01", "days": 20, "notice": {"length": {"months": 1}, "until": "any-day"}}, ["N01"],
    ),
    "a yearly notice of two years": (
        {"effect": "2027-01-01", "months": 24, "notice": {"length": {"months": 3}, "until": "anniversary"}}, [],
    ),
    "a notice for 31 December, of a term over before": (
        {"effect": "2027-01-01", "ends_on": "2027-11-30", "notice": {"length": {"months": 3}, "until": "civil-year-end"}},
        ["N03"],
    ),
    "a fixed last day without saying for when": (
        {"effect": "2027-01-01", "months": 12, "notice": {"last_day": "05-15", "until": "any-day"}}, ["N04"],
    ),
    "a day after the end that outlives it": (
        {"effect": "2027-01-01", "months": 12, "duties": [{"on": "2028-03-31", "outlives": True}]}, [],
    ),
    "a day after an end that may be renewed": (
        {"effect": "2027-01-01", "months": 12, "renewal": {"how": "express"}, "duties": [{"on": "2028-03-31"}]}, [],
    ),
    "a day printed on the last one": ({"effect": "2027-01-01", "months": 12, "duties": [{"on": "2027-12-31"}]}, []),
    "thirty times a month": ({"effect": "2027-01-01", "months": 12, "duties": [{"every_months": 1, "count": 30}]}, ["U04"]),
    "as often as a month has days": ({"effect": "2027-01-01", "months": 12, "duties": [{"every_months": 1, "count": 28}]}, []),
    "as long as the term": ({"effect": "2027-01-01", "months": 12, "duties": [{"every_months": 12}]}, []),
    "longer than a term that may be renewed": (
        {"effect": "2027-01-01", "months": 12, "renewal": {"how": "express"}, "duties": [{"every_months": 24}]}, [],
    ),
    "one day less": ({"effect": "2021-01-01", "months": 36, "ends_on": "2023-12-30"}, ["T02"]),
    "two days more": ({"effect": "2021-01-01", "months": 36, "ends_on": "2023-12-29"}, ["T01"]),
}  # fmt: skip


def _paper(said: dict[str, Any]) -> Convention:
    words = said.get("says", "ce que dit l’article")
    renewal, notice = said.get("renewal", {}), said.get("notice")
    term: dict[str, Any] = {name: said[name] for name in ("months", "days", "civil_years", "unlimited") if name in said}
    if "ends_on" in said:
        term["ends_on"] = d(said["ends_on"])
    base: dict[str, Any] = DENIAL if renewal.get("how") == "tacit" else {**NOTICE, "until": "anniversary"}
    if notice is not None and "last_day" in notice:
        base = {name: value for name, value in base.items() if name != "length"}
    return convention(
        effect={"rule": "fixed", "on": d(said["effect"]), "clauses": ["A1"]},
        term={**term, "clauses": ["A1"]},
        renewal={**renewal, "clauses": ["A1"]},
        termination=[] if notice is None else [{**base, **notice}],
        clause=[{"id": "A1", "article": "art. 1", "says": words}],
        **_duties(said.get("duties", [])),
    )


def _duties(said: list[dict[str, Any]]) -> dict[str, Any]:
    rhythms = [duty(rhythm=one) for one in said if "every_months" in one]
    plain = {name: value for name, value in duty("once").items() if name != "rhythm"}
    once = [{**plain, **one, "on": d(one["on"])} for one in said if "on" in one]
    hours = [{**plain, "kind": "answer", "event": "asked", "delay": one} for one in said if "open_hours" in one]
    return {"duty": rhythms, "one_off": once, "event_duty": hours}


def _refusal(said: dict[str, Any]) -> str:
    with pytest.raises((Refusal, ValidationError)) as refused:
        check_start(_paper(said), at(said["effect"]))
    return str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(("said", "codes"), ROWS.values(), ids=ROWS)
def test_a_contradiction_is_refused_asked_or_warned_of(said: dict[str, Any], codes: list[str]) -> None:
    refused = [code for code in codes if CODES[code][0] == "refused"]
    if refused:
        words = _refusal(said)
        for code in refused:
            wanted = CODES[code][1]
            assert wanted in words or (code == "T01" and "ends_on dit le" in words)
        return
    terms = _paper(said)
    check_start(terms, at(said["effect"]))
    found = seen(terms, (), said["effect"])
    told = {("asked", one.id) for one in found.questions} | {("warned", one.id) for one in found.warnings}
    assert told & set(CODES.values()) == {CODES[code] for code in codes}


@pytest.mark.parametrize("code", CODES)
def test_every_contradiction_has_a_row(code: str) -> None:
    assert any(code in codes for _, codes in ROWS.values())


# -- a rhythm longer than the term ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reading", "owed"), [("once-by-the-end", ["report/2027-01"]), ("never", [])])
def test_a_rhythm_longer_than_the_term_is_owed_once_until_it_is_answered_that_it_never_is(
    reading: str, owed: list[str]
) -> None:
    dossier = begun(_paper({"effect": "2027-01-01", "months": 12, "duties": [{"every_months": 24}]}))
    before = seen(dossier.convention, tuple(dossier.facts), "2027-02-01")
    assert [one.key for one in before.items if one.series == "report"] == ["report/2027-01"]
    answer = QuestionAnswered(on=d("2027-02-01"), question="whole-period/report", reading=reading)
    told = dossier.facts[-1].model_copy(update={"id": "f9", "fact": answer, "recorded_at": at("2027-02-01")})
    after = seen(dossier.convention, (*dossier.facts, told), "2027-03-01")
    assert [one.key for one in after.items if one.series == "report"] == owed
    assert [one.answered for one in after.questions if one.id == "whole-period/report"] == [reading]


# -- a day's difference between a length and a printed day ---------------------------------------------------------------------


def _one_day_apart(*answers: str) -> Agenda:
    dossier = begun(_paper({"effect": "2021-01-01", "months": 36, "ends_on": "2024-01-01"}))
    records = list(dossier.facts)
    for reading in answers:
        answer = QuestionAnswered(on=d("2021-02-01"), question="term-day-or-length", reading=reading)
        records.append(records[-1].model_copy(update={"id": "f9", "fact": answer, "recorded_at": at("2021-02-01")}))
    return seen(dossier.convention, tuple(records), "2021-03-01")


@pytest.mark.parametrize(
    ("answers", "end", "sure"),
    [
        ((), "2024-01-01", Certainty.CONTESTED),
        (("day-rules",), "2024-01-01", Certainty.CERTAIN),
        (("length-rules",), "2023-12-31", Certainty.CERTAIN),
    ],
)
def test_the_printed_day_is_kept_until_somebody_answers(answers: tuple[str, ...], end: str, sure: Certainty) -> None:
    found = _one_day_apart(*answers)
    last = item(found, "end")
    assert (found.ends_on, last.legal_last_day, last.certainty) == (d(end), d(end), sure)
    assert f"{d(end):%d/%m/%Y}" in last.trace
    assert ("la durée imprimée donnerait le 31/12/2023" in last.trace) is (not answers)
    (asked,) = [one for one in found.questions if one.id == "term-day-or-length"]
    assert (asked.kind, asked.prudent, asked.answered) == ("contested", "day-rules", answers[0] if answers else None)


def test_a_length_whose_effect_is_a_signature_is_judged_once_it_is_known() -> None:
    terms = convention(
        effect={"rule": "last-signature", "clauses": ["A1"]},
        term={"months": 1, "clauses": ["A1"]},
        termination=[{**NOTICE, "length": {"months": 2}}],
    )
    assert any("plus long que la durée" in problem for problem in problems_of(terms))
    printed = terms.model_copy(update={"term": convention(term={"ends_on": d("2022-01-20"), "clauses": ["A1"]}).term})
    assert problems_of(printed) == []


# -- a denial of the other side that comes too late -------------------------------------------------------------------------


SAID: Final[dict[str, Any]] = {
    "effect": "2027-01-01", "months": 12, "renewal": {"how": "tacit", "period": {"months": 12}, "times": 3},
    "notice": {"length": {"months": 2}},
}  # fmt: skip


def _late(delivered: str, day: str, by: str = "agency") -> Agenda:
    dossier = denied(begun(_paper(SAID)), "2027-10-25", delivered, by)
    s = stands(dossier, day)
    return seen(s.convention, tuple(s.records), day)


@pytest.mark.parametrize(
    ("delivered", "by", "late"),
    [("2027-10-31", "agency", False), ("2027-11-01", "agency", True), ("2027-11-01", "town", False)],
)
def test_a_denial_received_a_day_too_late_is_told_and_asked(delivered: str, by: str, late: bool) -> None:
    found = _late(delivered, "2027-11-02", by)
    asked = [one for one in found.questions if one.id.startswith("late-denial/")]
    assert bool(asked) is late
    letter = next(one for one in found.items if one.series == "termination")
    assert (letter.standing is not None) is late
    if late:
        assert "reconduite jusqu’au 31/12/2028. L’accepter quand même ?" in asked[0].about.fr.replace("\u00a0", " ")
        assert letter.standing is not None
        assert "reconduite jusqu’au 31/12/2028" in letter.standing.fr
        assert found.ends_on == d("2028-12-31")


def test_once_its_end_has_passed_a_late_denial_is_only_told() -> None:
    found = _late("2027-11-01", "2028-01-01")
    assert not [one for one in found.questions if one.id.startswith("late-denial/")]
    letter = next(one for one in found.items if one.series == "termination")
    assert letter.standing is not None


# -- an amendment of a period to come ---------------------------------------------------------------------------------------


def test_an_amendment_of_a_later_period_leaves_the_present_one_as_it_is() -> None:
    dossier = begun(_paper(SAID))
    amended = Amended(on=d("2027-06-01"), effect=d("2029-06-01"), ends_on=d("2029-11-30"))
    terms, records = dossier.convention, list(dossier.facts)
    records.append(records[-1].model_copy(update={"id": "f9", "fact": amended, "recorded_at": at("2027-06-01")}))
    wanted: list[tuple[str, date]] = [
        ("2027-06-15", d("2027-12-31")), ("2028-06-15", d("2028-12-31")), ("2029-06-15", d("2029-11-30")),
        ("2029-12-01", d("2030-11-30")),
    ]  # fmt: skip
    for day, end in wanted:
        s = stands(dossier.model_copy(update={"facts": records}), day)
        assert (s.convention, s.period_end) == (terms, end)
