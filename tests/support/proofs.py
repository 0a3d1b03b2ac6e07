"""Is every day that an agenda prints given by the steps of its proof?"""

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.words import days_in
from echeancier.domain.standing.situation import Situation
from tests.support.evaluator import recomputed


def unproved_items(s: Situation) -> dict[str, list[str]]:
    """Return what is wrong with the proofs of a situation, by item."""
    return {item.key: [*wrong, item.trace] for item in agenda_of(s).items if (wrong := _unproved(s, item))}


def _unproved(s: Situation, item: Item) -> list[str]:
    """The printed days that the proof does not give, and those of its sentence that no step holds."""
    given = recomputed(item.proof, s.calendar, s.convention.place.house() if s.convention.place.hours else None)
    printed = {"legal": item.legal_last_day, "safe": item.safe_day, "instant": item.legal_last_instant}
    wrong = [f"{name}: {given.get(name)}" for name, day in printed.items() if day not in (None, given.get(name))]
    held = {value for step in item.proof for value in (step.result, *(one.value for one in step.operands))}
    if item.legal_last_day or item.safe_day:
        wrong += [f"{day} from nowhere" for day in days_in(item.trace) if day not in held]
    return wrong
