"""Which notices are deadlines: those of a day named, ending it at least a month before it ends by itself; no other one."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letter_fields import LetterFields
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.letters.due import calls
from echeancier.domain.letters.termination import TerminationLetter
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.policy import Policy
from tests.support.door import notice, of_day, running, small, take

D = date.fromisoformat
VECTORS = json.loads((Path(__file__).parent / "notice_vectors.json").read_text("utf-8"))
JUDGED = [one for one in VECTORS if "pointless" in one["expected"] and one["input"].get("natural_end")]


def life_of(term: dict[str, object], day: str, *facts: Happened | LetterPosted, **rule: object) -> Situation:
    """Return a convention from 1 January 2022 with one notice of ours, as seen on a day."""
    terms = small(term={"clauses": ["T.1"], **term}, termination=[notice(**rule)])
    dossier = take(running(terms), *facts)
    return situation(dossier.convention, tuple(dossier.facts), of_day(D(day)))


def lines(s: Situation) -> list[Item]:
    return [one for one in agenda_of(s).items if one.kind == "notice"]


def steps(s: Situation) -> list[str]:
    return [one.step for one in lines(s)]


def on_the(day: date) -> dict[str, object]:
    return {"until": "day", "on": f"{day:%m-%d}", "length": {"days": 15}}


@pytest.mark.parametrize(("before", "shown"), [(31, ["2022"]), (30, []), (1, []), (0, [])])
def test_a_due_date_is_a_deadline_thirty_one_days_before_the_end_and_not_thirty(before: int, shown: list[str]) -> None:
    end = D("2022-12-31")
    assert steps(life_of({"ends_on": end}, "2022-03-01", **on_the(end - timedelta(days=before)))) == shown


def test_how_many_days_is_a_policy() -> None:
    s = life_of({"ends_on": D("2022-12-31")}, "2022-03-01", **on_the(D("2022-12-20")))
    shorter = situation(s.convention, s.records, s.now, policy=Policy(pointless_notice_days=11))
    longer = situation(s.convention, s.records, s.now, policy=Policy(pointless_notice_days=12))
    assert (steps(shorter), steps(longer)) == (["2022"], [])


@pytest.mark.parametrize("term", [{"months": 36}, {"unlimited": True}, {"event": "works-received"}])
def test_a_notice_for_any_day_is_no_deadline_whether_the_end_is_known_or_not(term: dict[str, object]) -> None:
    assert lines(life_of(term, "2022-03-01")) == []


@pytest.mark.parametrize("term", [{"unlimited": True}, {"event": "works-received"}])
def test_without_a_natural_end_known_every_due_date_is_a_deadline(term: dict[str, object]) -> None:
    assert {"2022", "2023"} <= set(steps(life_of(term, "2022-03-01", until="civil-year-end")))


def test_an_end_that_moves_closer_takes_the_line_away() -> None:
    rule = on_the(D("2022-12-01"))
    assert steps(life_of({"event": "works-received"}, "2022-03-01", **rule))[0] == "2022"
    received = Happened(event="works-received", on=D("2022-12-31"))
    assert steps(life_of({"event": "works-received"}, "2023-01-02", received, **rule)) == []


def test_a_denial_is_a_deadline_however_short_the_period_that_follows() -> None:
    terms = small(
        term={"months": 12, "clauses": ["T.1"]},
        renewal={"how": "tacit", "period": {"months": 12}, "cap_on": D("2023-01-15"), "clauses": ["T.1"]},
        termination=[notice(id="denial", until="term")],
    )
    dossier = running(terms)
    s = situation(dossier.convention, tuple(dossier.facts), of_day(D("2022-03-01")))
    assert s.natural_end == D("2023-01-15")
    assert steps(s) == ["1"]


def test_a_right_that_an_event_opens_keeps_its_line_unless_its_last_letter_would_end_it_too_late() -> None:
    rule: dict[str, object] = {"starts": "sending", "within": {"event": "rise-notified", "delay": {"months": 2}}}
    end: dict[str, object] = {"ends_on": D("2022-12-31")}
    told = Happened(event="rise-notified", on=D("2022-08-29"))  # posted by 28 October, it ends on 28 November
    assert [one.safe_day for one in lines(life_of(end, "2022-09-01", told, **rule))] == [D("2022-10-28")]
    told = Happened(event="rise-notified", on=D("2022-09-05"))  # posted by 4 November, on 4 December
    assert lines(life_of(end, "2022-09-06", told, **rule)) == []


def test_a_denial_that_an_event_opens_keeps_its_line_while_the_next_period_is_unknown() -> None:
    denial = notice(id="denial", until="term", within={"event": "rise-notified", "delay": {"months": 2}})
    terms = small(renewal={"how": "tacit", "clauses": ["T.1"]}, termination=[denial])
    dossier = take(running(terms), Happened(event="rise-notified", on=D("2022-12-12")))
    s = situation(dossier.convention, tuple(dossier.facts), of_day(D("2022-12-13")))
    assert steps(s) == ["2023-02-12"]


@pytest.mark.parametrize("vector", JUDGED, ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_worked_cases_say_which_ones_are_pointless(vector: dict[str, Any]) -> None:
    given, wanted = vector["input"], vector["expected"]
    terms = small(
        effect={"rule": "fixed", "on": D(given["effect"]), "clauses": ["T.1"]},
        term={"ends_on": D(given["natural_end"]), "clauses": ["T.1"]},
    )
    s = situation(terms, (), of_day(D(given["effect"])))
    assert s.is_pointless(terms.termination[0], D(wanted["ends_on"])) is wanted["pointless"]


@pytest.mark.parametrize(
    "rule", [{}, on_the(D("2022-12-10")), {"until": "month-end"}], ids=["any day", "close to the end", "due dates"]
)
@pytest.mark.parametrize("day", ["2022-01-03", "2022-06-01", "2022-10-03"])
def test_the_letter_that_ends_it_early_is_written_at_any_time(day: str, rule: dict[str, object]) -> None:
    s = life_of({"ends_on": D("2022-12-31")}, day, **rule)
    fields = LetterFields(posted=D(day))
    assert [one.about for one in TerminationLetter.subjects(s, agenda_of(s))] == ["notice"]
    assert TerminationLetter.draft(s, "notice", fields).about == "notice"
    taken = take(running(s.convention), LetterPosted(on=D(day), rule="notice", by="commune"))
    ended = situation(taken.convention, tuple(taken.facts), of_day(D(day)))
    assert ended.ended_early
    assert [one.kind for one in agenda_of(ended).items if one.kind in ("notice", "termination")] == ["termination"]


def test_only_a_deadline_calls_for_the_letter() -> None:
    called = calls(life_of({"ends_on": D("2022-12-31")}, "2022-08-01", **on_the(D("2022-11-30"))))
    assert [(one.about, one.by) for one in called if one.letter == "termination"] == [("notice", D("2022-10-18"))]
    called = calls(life_of({"ends_on": D("2022-12-31")}, "2022-08-01"))
    assert not [one for one in called if one.letter == "termination"]
