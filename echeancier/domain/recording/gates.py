"""What the text forbids before something else: at the door."""

from datetime import date

from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.model import title_of
from echeancier.domain.recording.check_context import CheckContext
from echeancier.domain.standing.gates import in_words, missing


def check_gates(case: CheckContext, name: str, on: date) -> None:
    """Refuse what a gate forbids until something else is recorded for that day or before.

    Args:
        case: the convention without the fact.
        name: the event, or the duty, that the fact is about.
        on: the day of the fact.

    Raises:
        Refusal: what the text wants beforehand is not recorded.
    """
    for gate in case.convention.gate:
        if gate.without != "refused" or name not in gate.opens or not (lacking := missing(case.s, gate, on)):
            continue
        what = in_words(case.s, lacking)
        raise refusal(
            f"« {gate.title} » : {what.fr} doit précéder ({case.quote(gate.clauses)}), et rien ne l’enregistre au "
            f"{fr(on)} ni avant. L’enregistrer d’abord.",
            f"“{title_of(gate).en}”: {what.en} must come before ({case.quote_en(gate.clauses)}), and nothing records it on "
            f"{en(on)} or before. Record it first.",
        )
