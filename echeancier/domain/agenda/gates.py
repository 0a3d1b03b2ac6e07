"""What waits for something else: nothing is asked of it meanwhile, and what came too soon is said."""

from datetime import date

from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.dates.proof import note
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.gates import begun, in_words, missing
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.gates import Gate
from echeancier.domain.typography import NBSP

_HELD = frozenset({State.UPCOMING, State.OPEN, State.BEST_EFFORT, State.LATE})
"""What a gate keeps waiting; a meeting that has its date, or a period that is over, stands."""


def gates(s: Situation) -> Found:
    """Yield a warning for each gate behind which something happened before what it needs."""
    for gate in s.convention.gate:
        early = [(day, lacking) for day, _ in begun(s, gate) if (lacking := missing(s, gate, day))]
        if early:
            yield _too_soon(s, gate, *min(early))


def kept_waiting(s: Situation, items: list[Item]) -> list[Item]:
    """Return the items with those that a gate keeps waiting marked so, until what it needs is there."""
    for gate in s.convention.gate:
        lacking = missing(s, gate, s.today)
        if lacking:
            items = [_waiting(s, item, lacking) if _is_held(item, gate) else item for item in items]
    return items


def _is_held(item: Item, gate: Gate) -> bool:
    return item.series in gate.opens and item.state in _HELD


def _waiting(s: Situation, item: Item, lacking: tuple[str, ...]) -> Item:
    what = in_words(s, lacking)
    said = Text(fr=f"ne peut commencer avant{NBSP}: {what.fr}", en=f"may not begin before: {what.en}")
    proof = (*item.proof, note(f" ; attend {what.fr}"))
    return item.saying(said).model_copy(update={"state": State.WAITING, "proof": proof})


def _too_soon(s: Situation, gate: Gate, day: date, lacking: tuple[str, ...]) -> Warning:
    what = in_words(s, lacking)
    return Warning(
        id=f"gate/{gate.id}",
        text=Text(
            fr=f"{gate.title} : fait le {figures(day)}, et rien n’enregistre, ce jour-là ou plus tôt, {what.fr}. "
            "L’enregistrer à son jour, ou y remédier.",
            en=f"{title_of(gate).en}: done on {day}, and nothing on that day or earlier records {what.en}. Record it on its day, "
            "or make it good.",
        ),
        clause=s.clause(gate.clauses),
    )
