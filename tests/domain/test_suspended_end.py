"""A term that a suspension prolongs by as much: a day for a day, both ends counted; unknown while it runs."""

from datetime import date

import pytest

from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.facts.events import Happened
from tests.domain.builders import convention, d, item, recorded, seen, signed

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
    assert (f"{days} jours → {date.fromisoformat(end):%d/%m/%Y}" in last.trace) == bool(days)


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
