"""« Territoire »: families of clauses across conventions, counted once for each reading."""

import pytest

from echeancier.desk.reading.seen import see
from echeancier.desk.territory.counts import territory, totals
from echeancier.desk.territory.families import FAMILIES, Cell
from echeancier.domain.agenda.items import State
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.desk.fakes import NOW, example

NAMES = ("sqf-p", "mtz-o", "tcm-d")


@pytest.mark.parametrize("name", NAMES)
def test_a_family_counts_the_items_of_its_kinds(name: str) -> None:
    seen = see(example(name), NOW, DEFAULT_POLICY)
    for cell, family in zip(seen.cells, FAMILIES, strict=True):
        states = [item.state for item in seen.ctx.agenda.items if item.traits.family == family]
        assert (cell.kept, cell.late, cell.missed) == tuple(
            states.count(state) for state in (State.DONE, State.LATE, State.MISSED)
        )
        assert cell.total == len(states) - states.count(State.NOT_DUE)


def test_the_next_day_of_a_family_is_never_behind() -> None:
    known = [c.next_day for c in see(example("sqf-p"), NOW, DEFAULT_POLICY).cells if c.next_day]
    assert known
    assert min(known) >= NOW.date()


def test_the_totals_add_up_and_the_latest_come_first() -> None:
    lines = territory([see(example(name), NOW, DEFAULT_POLICY) for name in NAMES], "fr")
    assert [line.late for line in lines] == sorted((line.late for line in lines), reverse=True)
    for n, total in enumerate(totals(lines)):
        assert (total.total, total.late) == (
            sum(line.cells[n].total for line in lines),
            sum(line.cells[n].late for line in lines),
        )


def test_a_family_with_something_missed_is_shown_as_late() -> None:
    assert Cell(total=1, kept=0, late=0, missed=1, next_day=None).level == "late"
    assert Cell(total=1, kept=1, late=0, missed=0, next_day=None).level == ""
