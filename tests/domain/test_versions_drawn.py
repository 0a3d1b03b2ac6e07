"""Whole conventions drawn at random, amended at random: before the first effect everything owed follows the former terms."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import Amended
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at
from tests.support.long import how_many
from tests.support.proofs import unproved_items
from tests.support.whole import BEGINS, Happening, is_taken, lived, papers, plots

LOOKS: Final = 2


def _lengths(n: int) -> dict[str, int]:
    return {("days", "weeks", "months")[n % 3]: 1 + n % 5}


def _of_a_payment(one: Any, n: int) -> dict[str, object]:
    if n % 3 == 0 and one.when is not None:
        return {"when": {"every_months": (1, 3, 6)[n % 3], "due": ("advance", "arrears")[n % 2]}}
    return {"total" if one.total is not None else "amount": f"{100 + n}.00"}


def changes_of(terms: Convention, n: int) -> dict[str, Any] | None:
    """Something that an amendment could change in a paper; a number says what."""
    found: list[tuple[str, str, object]] = [("payment", one.id, _of_a_payment(one, n)) for one in terms.payment]
    found += [("termination", one.id, {"length": _lengths(n)}) for one in terms.termination]
    found += [("event_duty", one.id, {"delay": _lengths(n)}) for one in terms.event_duty]
    found += [("end_duty", one.id, {"after": _lengths(n)}) for one in terms.end_duty]
    for one in terms.duty:
        new = {"rhythm": {"every_months": 1 + n % 12}} if one.when is None else {"when": {"on": f"{1 + n % 12:02}-15"}}
        found += [("duty", one.id, new), ("duty", one.id, "" if n % 4 == 0 else new)]
    if not found:
        return None
    block, name, piece = found[n % len(found)]
    return {block: {name: piece}}


@st.composite
def amended(draw: st.DrawFn) -> tuple[Convention, date, tuple[Happening, ...], list[tuple[int, int, int]], list[int]]:
    """Draw a paper, when it begins, what happens, the amendments (signed after, effect after that, what) and the days to look."""
    begins = draw(BEGINS)
    told = draw(
        st.lists(st.tuples(st.integers(20, 500), st.integers(-100, 500), st.integers(0, 600)), min_size=1, max_size=3)
    )
    looks = draw(st.lists(st.integers(0, 1500), min_size=LOOKS, max_size=LOOKS))
    return draw(papers(begins)), begins, draw(plots(0, 5)), told, looks


def _owed(dossier: Dossier, facts: list[Any], day: date) -> tuple[dict[str, Item], Any]:
    s = situation(dossier.convention, tuple(facts), at(day))
    return {one.key: one for one in agenda_of(s).items if one.series in dossier.convention.titles_of_owed}, s


def _substance(one: Item) -> tuple[object, ...]:
    return one.title, one.legal_last_day, one.safe_day, one.owed_by


@pytest.mark.timeout(3600)
def test_before_the_first_effect_everything_owed_follows_the_former_terms() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=how_many(600))
    @given(amended())
    def holds(one: tuple[Convention, date, tuple[Happening, ...], list[tuple[int, int, int]], list[int]]) -> None:
        terms, begins, plot, amendments, looks = one
        if not is_taken(terms, at(begins - timedelta(days=120))):
            return
        life = lived(terms, begins, plot)
        known = len(life.dossier.facts)
        last = max([begins, *(record.recorded_at.date() for record in life.dossier.facts)])
        for number, (after, ahead, n) in enumerate(sorted(amendments), start=1):
            changes, on = changes_of(terms, n), begins + timedelta(days=after)
            if changes is not None:
                fact = Amended(on=on, number=number, effect=on + timedelta(days=ahead), changes=changes)
                life.tell(fact, at(max(on, last)) + timedelta(hours=number))
        told = life.dossier.facts[known:]
        met.update(drawn=1, told=len(told), refused=life.refused)
        if not told:
            return
        first = min(record.fact.effect for record in told if isinstance(record.fact, Amended) and record.fact.effect)
        for days in looks:
            day = max(last, begins + timedelta(days=days))
            now, s = _owed(life.dossier, life.dossier.facts, day)
            former, _ = _owed(life.dossier, life.dossier.facts[:known], day)
            items = agenda_of(s).items
            assert len({item.key for item in items}) == len(items)
            assert unproved_items(s) == {}
            for key, item in former.items():
                due = item.legal_last_day or item.safe_day
                if due is not None and due < first and key in now:
                    assert _substance(now[key]) == _substance(item), key
                    met["compared"] += 1

    holds()
    assert met["told"] > 0, met
    assert met["compared"] > 0, met
