"""In advance on a last day, in arrears on a first: which of them is meant is asked, and the earlier runs meanwhile."""

from echeancier.domain.agenda.items import Question, ReadingShown
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.when import PeriodDay, When

_SAID = {
    "advance": (Text(fr="d’avance", en="in advance"), Text(fr="le premier jour de la période", en="the first day")),
    "arrears": (Text(fr="à terme échu", en="in arrears"), Text(fr="le dernier jour de la période", en="the last day")),
}


def _question_id(owner: str) -> str:
    return f"due-day/{owner}"


def as_answered(s: Situation, owner: str, when: When) -> When:
    """Return when a thing is due, with what was answered where its text says two things; in advance until then."""
    if not isinstance(when, PeriodDay) or not when.says_two_things:
        return when
    answer = s.answer(_question_id(owner))
    side = {"due": "advance", "day": "last"} if answer is None else {"due": answer.reading, "day": None}
    return when.model_copy(update=side)


def due_day_asked(s: Situation, owner: str, called: Text, when: When, clauses: tuple[str, ...]) -> Found:
    """Ask whether a thing is due in advance or in arrears, where its text says both."""
    if not isinstance(when, PeriodDay) or not when.says_two_things:
        return
    answer = s.answer(_question_id(owner))
    yield Question(
        id=_question_id(owner), kind="contested", answer="reading", ask=s.convention.coordinator, prudent="advance",
        readings=tuple(ReadingShown(id=one, says=says, changes=changes) for one, (says, changes) in _SAID.items()),
        about=Text(
            fr=f"« {called.fr} » : d’avance, ou à terme échu ? Le texte dit l’un et l’autre.",
            en=f"“{called.en}”: in advance, or in arrears? The text says both.",
        ),
        clause=s.clause(clauses), answered=answer.reading if answer else None,
    )  # fmt: skip
