"""A family has one renewal: its parent's; nothing of it is asked or shown a second time from an annex that ends with it."""

import pytest

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.search import attributes
from echeancier.domain.overview.feed import Scope, deadlines
from echeancier.domain.overview.todo import Sort, todos
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at, d
from tests.domain.examples_seen import example

DAYS = ["2023-02-01", "2023-09-11", "2023-12-11"]
each_day = pytest.mark.parametrize("day", DAYS)


def seen(name: str, day: str) -> Context:
    terms, records = example(name)
    known = [record for record in records if record.recorded_at <= at(day)]
    dossier = Dossier(
        convention=terms, registered_at=known[0].recorded_at, registered_by="coordinator", facts=known,
        annexes=["MTZ-A", "MTZ-O"] if name == "mtz-p" else [],
    )  # fmt: skip
    return Context(dossier, at(day), DEFAULT_POLICY)


@each_day
@pytest.mark.parametrize("annex", ["mtz-a", "mtz-o"])
def test_no_decision_is_asked_of_an_annex_that_ends_with_its_parent(annex: str, day: str) -> None:
    assert [todo for todo in todos(seen(annex, day)) if todo.sort is Sort.DECISION] == []


def test_the_parent_is_asked_for_it() -> None:
    asked = {todo.item.key for todo in todos(seen("mtz-p", "2023-09-11")) if todo.item is not None}
    assert {"end", "renewal/2023/decision"} <= asked


@each_day
def test_no_calendar_has_a_step_of_renewal_of_an_annex_that_follows_its_parent(day: str) -> None:
    scope = Scope(kind="convention", name="MTZ-A")
    for coverage in ("deadlines", "all"):
        shown = [one.item.key for one in deadlines(seen("mtz-a", day), scope, coverage)]
        assert [key for key in shown if key.startswith("renewal")] == []


def test_a_calendar_keeps_the_last_day_of_the_annex_which_is_its_own() -> None:
    shown = [one.item.key for one in deadlines(seen("mtz-a", DAYS[0]), Scope(kind="convention", name="MTZ-A"), "all")]
    assert "end" in shown


def test_the_lists_give_an_annex_its_last_day_and_no_day_of_a_renewal() -> None:
    of = attributes(seen("mtz-a", "2023-12-11"))
    renewal = {i.safe_day for i in seen("mtz-p", "2023-12-11").agenda.items if i.kind == "renewal"}
    assert of.end_of_term == d("2023-12-31")
    assert of.next_safe_day not in renewal
