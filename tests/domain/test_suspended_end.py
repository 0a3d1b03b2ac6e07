"""A term that a suspension prolongs by as much: a day for a day, both ends counted; unknown while it runs."""

from collections.abc import Sequence
from datetime import date

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.terms.checks import problems_of
from tests.domain.builders import NOTICE, convention, d, item, recorded, seen, signed

Pauses = tuple[tuple[str, str | None], ...]
"""The day each departure suspends, and the first day in force again."""

MARCH: Pauses = (("2022-03-01", "2022-04-01"),)


def agenda(pauses: Pauses, day: str, *, extends: bool = True) -> Agenda:
    terms = convention(suspension={"id": "away", "on_departure": True, "extends": extends, "clauses": ["A1"]})
    told: list[Happened | Resumed] = []
    for first, until in pauses:
        told.append(Happened(event="agent-left", on=d(first)))
        if until is not None:
            told.append(Resumed(on=d(until)))
    return seen(terms, recorded(*signed("2022-01-03"), *told), day)


@pytest.mark.parametrize(("pauses", "day", "end", "days"), [
    (MARCH, "2022-05-02", "2023-01-31", 31),
    (MARCH, "2022-04-01", "2023-01-31", 31),
    ((("2022-03-01", "2022-03-02"),), "2022-05-02", "2023-01-01", 1),
    ((*MARCH, ("2022-06-01", "2022-06-11")), "2022-07-04", "2023-02-10", 41),
    ((("2022-12-15", "2023-01-15"),), "2023-01-16", "2023-01-31", 31),  # across the term
    ((*MARCH, ("2023-01-16", "2023-02-01")), "2023-02-01", "2023-02-16", 47),  # within what the first one gave back
    ((("2023-02-01", "2023-03-01"),), "2023-03-01", "2022-12-31", 0),  # after the end: nothing to give back
])  # fmt: skip
def test_each_day_suspended_is_given_back(pauses: Pauses, day: str, end: str, days: int) -> None:
    found = agenda(pauses, day)
    last = item(found, "end")
    assert (found.ends_on, last.legal_last_day, last.rule, last.certainty) == (
        d(end), d(end), *(("suspended_end", Certainty.CONTESTED) if days else ("term_last_day", Certainty.CERTAIN)),
    )  # fmt: skip
    sum_of_days = f"{delay_in_words(Delay(days=days))} → {date.fromisoformat(end):%d/%m/%Y}"
    assert (sum_of_days in last.trace) == bool(days)


def test_while_it_runs_the_end_is_unknown_and_what_is_known_is_said() -> None:
    found = agenda((("2022-06-01", None),), "2022-06-10")
    assert found.ends_on is None
    assert "suspendue depuis le 01/06/2022) ; au moins jusqu’au 10/01/2023" in item(found, "end").trace
    assert any("la durée est prolongée d’autant" in warning.text.fr for warning in found.warnings)


def test_one_to_come_changes_nothing_yet() -> None:
    assert agenda((("2022-06-01", None),), "2022-05-31").ends_on == d("2022-12-31")


def test_where_the_text_does_not_say_so_the_end_stays() -> None:
    found = agenda(MARCH, "2022-03-15", extends=False)
    assert found.ends_on == d("2022-12-31")
    assert any("le terme, lui, ne bouge pas" in warning.text.fr for warning in found.warnings)


def test_it_is_the_end_that_the_next_convention_is_planned_back_from() -> None:
    assert item(agenda(MARCH, "2022-05-02"), "renewal/2023/signatures").legal_last_day == d("2023-01-31")


def of_terms(facts: Sequence[Fact], day: str, **changes: object) -> Agenda:
    away = {"id": "away", "on_departure": True, "extends": True, "clauses": ["A1"]}
    return seen(convention(**{"suspension": away, **changes}), recorded(*signed("2021-12-01"), *facts), day)


def left(day: str) -> Happened:
    return Happened(event="agent-left", on=d(day))


def test_a_day_suspended_twice_is_given_back_once() -> None:
    absence = {"days": 30, "more_than": True, "since": "state"}
    away = {"id": "away", "on_departure": True, "absence": absence, "extends": True, "clauses": ["A1"]}
    facts: list[Fact] = [
        Happened(event="agent-absent", on=d("2022-02-01")),
        left("2022-02-20"),
        Resumed(on=d("2022-04-01")),
    ]
    found = of_terms(facts, "2022-05-02", suspension=away)
    assert found.ends_on == d("2023-02-09")  # 40 days, from 20 February to 31 March


@pytest.mark.parametrize(("first", "until", "end"), [
    ("2021-12-15", "2022-02-01", "2023-01-31"),  # January alone
    ("2021-12-05", "2021-12-20", "2022-12-31"),
])  # fmt: skip
def test_days_before_the_effect_are_not_given_back(first: str, until: str, end: str) -> None:
    assert of_terms([left(first), Resumed(on=d(until))], "2022-03-01").ends_on == d(end)


@pytest.mark.parametrize(("on", "end", "other"), [
    ("2022-04-11", "2023-06-30", "31/07/2023"),
    ("2022-03-11", "2023-07-20", "31/07/2023"),  # twenty days after it was signed
    ("2022-02-14", "2023-07-31", ""),
])  # fmt: skip
def test_an_amendment_gives_its_day_with_what_was_suspended_before_in_mind(on: str, end: str, other: str) -> None:
    facts: list[Fact] = [left("2022-03-01"), Resumed(on=d("2022-04-01")), Amended(on=d(on), ends_on=d("2023-06-30"))]
    last = item(of_terms(facts, "2022-05-02"), "end")
    assert (last.legal_last_day, last.certainty) == (d(end), Certainty.CONTESTED)
    assert ("autre lecture, les jours suspendus avant l’avenant" in last.trace) == bool(other)
    assert other in last.trace


PARENT = {"reference": "MERE", "cited_as": "la mère", "clauses": ["A1"]}


@pytest.mark.parametrize(("parent", "end"), [("2025-12-31", None), ("2022-12-31", "2022-12-31")])
def test_while_it_runs_a_parent_that_ends_later_does_not_give_the_end(parent: str, end: str | None) -> None:
    facts: list[Fact] = [ParentEnds(on=d(parent), why="term"), left("2022-06-01")]
    term = {"months": 12, "within_parent": True, "clauses": ["A1"]}
    found = of_terms(facts, "2022-06-10", parent=PARENT, term=term)
    assert found.ends_on == (d(end) if end else None)


@pytest.mark.parametrize(("gone", "posted", "end"), [
    ("2022-12-01", "2022-12-05", None),  # 5 March 2023, when it runs at least until 10 January
    ("2022-06-01", "2022-12-05", "2023-03-05"),
    ("2022-06-01", "2022-06-06", "2022-09-06"),
])  # fmt: skip
def test_while_it_runs_a_letter_that_ends_it_later_does_not_give_the_end(
    gone: str, posted: str, end: str | None
) -> None:
    rule = {**NOTICE, "id": "leave", "length": {"months": 3}, "starts": "sending", "who": ["town"], "clauses": ["A1"]}
    facts: list[Fact] = [left(gone), LetterPosted(rule="leave", by="town", on=d(posted))]
    found = of_terms(facts, "2022-12-10", termination=[rule])
    assert found.ends_on == (d(end) if end else None)


def test_what_is_given_back_stops_at_the_cap() -> None:
    capped: dict[str, object] = {"cap": {"months": 12}, "clauses": ["A1"]}
    found = of_terms([left("2022-03-01"), Resumed(on=d("2022-04-01"))], "2022-05-02", renewal=capped)
    assert found.ends_on == d("2022-12-31")
    capped["cap"] = {"months": 13}
    last = item(of_terms([left("2022-03-01"), Resumed(on=d("2022-04-11"))], "2022-05-02", renewal=capped), "end")
    assert last.legal_last_day == d("2023-01-31")
    assert "41\u00a0jours → 10/02/2023, plafonnée au 31/01/2023" in last.trace


def test_what_can_prolong_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="ajouter absence ou on_departure"):
        convention(suspension={"id": "away", "extends": True, "clauses": ["A1"]})
    away = {"id": "away", "on_departure": True, "extends": True, "clauses": ["A1"]}
    terms = convention(suspension=away, parent=PARENT, term={"with_parent": True, "clauses": ["A1"]})
    assert any("with_parent" in problem for problem in problems_of(terms))


def test_the_clause_that_prolongs_is_the_one_quoted() -> None:
    away = {"id": "away", "on_departure": True, "extends": True, "clauses": ["A2"]}
    says = [{"id": name, "article": f"art. {name}", "says": "ce que dit l’article"} for name in ("A1", "A2")]
    facts: list[Fact] = [left("2022-03-01"), Resumed(on=d("2022-04-01"))]
    for day, clause in (("2022-02-28", "A1"), ("2022-05-02", "A2")):
        last = item(of_terms(facts if clause == "A2" else [], day, suspension=away, clause=says), "end")
        assert last.clause is not None
        assert last.clause.id == clause
