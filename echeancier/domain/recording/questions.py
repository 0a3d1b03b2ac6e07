"""An answer to a question: at the door."""

from echeancier.domain.agenda.items import Question
from echeancier.domain.declared import both
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.recording.credits import check_vote_answered
from echeancier.domain.standing.parent import PARENT_END, cites_another

_FIELD = {"reading": "reading", "date": "day", "months": "months", "amount": "amount", "text": "text"}
_SORT = {
    "reading": both("une des lectures (reading)", "one of the readings (reading)"),
    "date": both("un jour (day)", "a day (day)"),
    "months": both("un nombre de mois (months)", "a number of months (months)"),
    "amount": both("un montant en euros (amount)", "an amount in euros (amount)"),
    "text": both("un texte (text)", "words (text)"),
}


@check
def check_answered(case: CheckContext, fact: QuestionAnswered) -> None:
    """Refuse the answer to a question nobody asks, or an answer of another sort than the one expected."""
    asked = {q.id: q for q in case.agenda.questions}
    question = asked.get(fact.question)
    if question is None:
        raise unknown(both("la question", "the question"), fact.question, asked)
    if question.id == PARENT_END and case.s.of(ParentEnds) and not cites_another(case.s):
        raise refusal(
            "le dernier jour de la convention mère est déjà connu par un fait parent-ends : en enregistrer un autre.",
            "the parent’s last day is already known by a parent-ends fact: record another one.",
        )
    given = {
        "reading": fact.reading is not None,
        "day": fact.day is not None,
        "months": fact.months is not None,
        "amount": fact.amount is not None,
        "text": bool(fact.text.strip()),
    }
    wanted = _FIELD[question.answer]
    others = [name for name, is_given in given.items() if is_given and name != wanted]
    if not given[wanted] or others:
        raise _wrong_sort(question)
    if fact.reading is not None and fact.reading not in (known := {r.id for r in question.readings}):
        raise unknown(both("la lecture", "the reading"), fact.reading, known)
    check_vote_answered(case, fact)
    begins = case.s.effect_on
    if (
        fact.question == case.convention.term.question
        and fact.day is not None
        and begins is not None
        and fact.day < begins
    ):
        raise refusal(
            f"la convention prend effet le {fr(begins)} : elle ne peut pas finir le {fr(fact.day)} ; un dernier jour à partir de "
            "ce jour-là serait accepté.",
            f"it takes effect on {en(begins)}: it cannot end on {en(fact.day)}; a last day from that day would be accepted.",
        )


def _wrong_sort(question: Question) -> Exception:
    sort = _SORT[question.answer]
    readings = ", ".join(f"{r.id} ({r.says.fr})" for r in question.readings)
    readings_en = ", ".join(f"{r.id} ({r.says.en})" for r in question.readings)
    return refusal(
        f"la question « {question.about.fr} » attend {sort.fr} et rien d’autre"
        + (f" : {readings}." if readings else "."),
        f"the question “{question.about.en}” expects {sort.en} and nothing else"
        + (f": {readings_en}." if readings else "."),
    )
