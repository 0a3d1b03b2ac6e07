"""Every day that an agenda prints is given by the steps of its proof, done again with other people's arithmetic."""

from datetime import date

import pytest
from hypothesis import given

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.words import days_in
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import EXAMPLES, at
from tests.domain.builders_any import situations
from tests.domain.examples_seen import seen_by
from tests.support.evaluator import recomputed

NAMES = sorted(path.name.removesuffix(".facts.toml") for path in EXAMPLES.glob("*.facts.toml"))
DAYS = [f"{year}-{day}" for year in range(2021, 2027) for day in ("02-11", "06-30", "11-02")]


def unproved(s: Situation, item: Item) -> list[str]:
    """Return the printed days of an item that its proof does not give, and those of its sentence that no step holds."""
    given_days = recomputed(item.proof, s.calendar, s.convention.place.house() if s.convention.place.hours else None)
    printed = {"legal": item.legal_last_day, "safe": item.safe_day, "instant": item.legal_last_instant}
    wrong = [
        f"{name}: {day}, not {given_days.get(name)}"
        for name, day in printed.items()
        if day not in (None, given_days.get(name))
    ]
    held = {value for step in item.proof for value in (step.result, *(one.value for one in step.operands))}
    if item.legal_last_day or item.safe_day:
        wrong += [f"{day} from nowhere" for day in days_in(item.trace) if day not in held]
    return wrong


def unproved_items(s: Situation) -> dict[str, list[str]]:
    """Return what is wrong with the proofs of a situation, by item."""
    return {item.key: [*wrong, item.trace] for item in agenda_of(s).items if (wrong := unproved(s, item))}


@pytest.mark.parametrize("name", NAMES)
def test_every_day_of_an_example_is_given_by_its_steps(name: str) -> None:
    assert {day: wrong for day in DAYS if (wrong := unproved_items(seen_by(name, day)))} == {}


@given(situations())
def test_every_day_of_any_convention_is_given_by_its_steps(
    drawn: tuple[Convention, tuple[Recorded, ...], date],
) -> None:
    terms, records, day = drawn
    assert unproved_items(situation(terms, records, at(day))) == {}
