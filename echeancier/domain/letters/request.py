"""The letter that asks the other side for what is missing: something it owes, or a piece of the paper."""

from echeancier.domain.agenda.items import Item, Question, State
from echeancier.domain.agenda.questions import asking
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.content import RequestSays
from echeancier.domain.letters.frame import Draft, item_of, usual_addressee
from echeancier.domain.standing.situation import Situation

_ASKABLE = frozenset({
    State.OPEN, State.BEST_EFFORT, State.LATE, State.MISSED, State.WAITING, State.UPCOMING, State.PAST, State.RUNNING,
    State.ELAPSED, State.ARRANGED,
})  # fmt: skip


def request_letter(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return the letter that asks for an item owed by the other side, or for the answer to a question of the paper.

    Args:
        s: the situation.
        about: the key of an item, or ``question/ID``.
        fields: what is added by hand.

    Raises:
        LetterRefusedError: we owe it ourselves, it is done, or nothing answers to that key.
    """
    if about.startswith("question/"):
        return _piece(s, about.removeprefix("question/"), fields)
    item = item_of(s, about)
    if item.owed_by == s.convention.us:
        raise LetterRefusedError(f"« {item.key} » est dû par nous : il n’y a rien à demander à l’autre partie.")
    if item.state not in _ASKABLE:
        raise LetterRefusedError(f"« {item.key} » n’est plus à demander (fait, annulé ou non dû).")
    return Draft(
        about=item.key, subject=_subject(item),
        says=RequestSays(
            what=item.title.fr, due=in_words(item.legal_last_day, weekday=False) if item.legal_last_day else "",
            late=item.legal_last_day is not None and s.today > item.legal_last_day, asked_about="",
            deadline=_deadline(fields), reasons=fields.reasons,
        ),
        cited=tuple(c.id for c in s.convention.clause if c == item.clause)[:1], sending="plain",
        to=usual_addressee(s, s.convention.other if item.owed_by == "both" else item.owed_by),
        remarks=("Courrier simple : une mise en demeure viendra ensuite, si rien ne suit.",),
    )  # fmt: skip


def _subject(item: Item) -> str:
    return "Relance" if item.state in (State.LATE, State.MISSED, State.PAST) else "Demande de transmission"


def _piece(s: Situation, question_id: str, fields: LetterFields) -> Draft:
    known = {q.id: q for q in asking(s) if isinstance(q, Question)}
    question = known.get(question_id)
    if question is None:
        raise LetterRefusedError(
            f"« {question_id} » n’est pas une question du dossier ; au choix : {', '.join(known)}."
        )
    if question.answered:
        raise LetterRefusedError(f"« {question_id} » a déjà sa réponse : {question.answered}.")
    ask = s.convention.roles[question.ask]
    to = question.ask if ask.party != s.convention.us else usual_addressee(s, s.convention.other)
    return Draft(
        about=f"question/{question_id}", subject="Demande de pièce ou de précision",
        says=RequestSays(
            what="", due="", late=False, asked_about=question.about.fr, deadline=_deadline(fields), reasons=fields.reasons
        ),
        cited=tuple(c.id for c in s.convention.clause if c == question.clause)[:1], sending="plain", to=to,
    )  # fmt: skip


def _deadline(fields: LetterFields) -> str:
    return in_words(fields.deadline) if fields.deadline else ""
