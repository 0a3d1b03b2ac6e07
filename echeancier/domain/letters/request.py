"""The letter that asks the other side for what is missing: something it owes, or a piece of the paper."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Agenda, Item, Question, State
from echeancier.domain.agenda.questions import asking
from echeancier.domain.attention.reminder_stages import called_in_vain, in_vain_from
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import addressed_to, is_theirs, item_of, usual_addressee
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, items_that, letter_words
from echeancier.domain.standing.posted_letters import Posting, has_left
from echeancier.domain.standing.situation import Situation

_ASKABLE = frozenset({
    State.OPEN, State.BEST_EFFORT, State.LATE, State.MISSED, State.WAITING, State.UPCOMING, State.PAST, State.RUNNING,
    State.ELAPSED, State.ARRANGED,
})  # fmt: skip
_OFFERED = frozenset({State.OPEN, State.LATE, State.MISSED, State.PAST, State.UPCOMING, State.WAITING})


class RequestLetter(Letter):
    """We ask for what is missing.

    Attributes:
        due: the day it was due, empty when the text gives none or it is not over.
        asked_about: the question of the paper, when a missing piece is asked for.
    """

    WORDS = letter_words(
        ("demande ou relance", "request or reminder"),
        "demande ou relance d’une chose due, ou d’une pièce qui manque",
        about="clé d’agenda, ou `question/ID`",
    )
    ASKS = ("deadline", "reasons")

    kind: Literal["request"] = "request"
    what: str
    due: str
    late: bool
    asked_about: str
    deadline: str
    reasons: tuple[str, ...]

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
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
        return LetterDraft(
            about=item.key, subject=_subject(item),
            says=cls(
                what=item.title.fr, due=in_words(item.legal_last_day, weekday=False) if item.legal_last_day else "",
                late=item.legal_last_day is not None and s.today > item.legal_last_day, asked_about="",
                deadline=_deadline(fields), reasons=fields.reasons,
            ),
            cited=s.cited(item.clause), sending="plain",
            to=usual_addressee(s, addressed_to(s, item.owed_by)),
            remarks=("Courrier simple : une mise en demeure viendra ensuite, si rien ne suit.",),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """What the other side owes and was reminded of in vain; a question put to it by mail, and put again."""
        for item, asked in asked_in_vain(s, agenda, posted):
            if asked is None:
                yield Call(letter="request", about=item.key, item=item.key)
        asks_from = _asks_from(s)
        if asks_from is None or s.is_over or s.today < asks_from:
            return
        for question in agenda.questions:
            theirs = s.convention.roles[question.ask].party != s.convention.us
            about = f"question/{question.id}"
            if theirs and question.answered is None and not has_left(posted, "request", about):
                yield Call(letter="request", about=about)

    @classmethod
    def called_for_later(cls, s: Situation, posted: tuple[Posting, ...]) -> Iterator[date]:
        """Once a question was put twice; some days after what is soft was called overdue, for no stage follows then."""
        day = _asks_from(s)
        if day is not None:
            yield day
        for item in agenda_of(s).items:
            if _may_be_in_vain(s, item) and (later := in_vain_from(s, item)) is not None:
                yield later

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """What the other side owes, then the questions without an answer."""
        yield from items_that(agenda, lambda i: is_theirs(s, i) and i.state in _OFFERED)
        for question in agenda.questions:
            if question.answered is None:
                yield Subject(f"question/{question.id}", (question.about,))


def asked_in_vain(s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[tuple[Item, Posting | None]]:
    """Return what the other side owes and was reminded of in vain, with the last letter that asked for it."""
    latest: dict[tuple[str, str], Item] = {}
    for item in agenda.items:
        if item.done_on is not None:
            latest.pop(
                (item.series, item.owed_by), None
            )  # they have done it since: what they missed before is for the committee
        elif _in_vain(s, item):
            latest[item.series, item.owed_by] = item
    for item in latest.values():
        asked = [p for p in posted if p.letter == "request" and p.about == item.key]
        yield item, asked[-1] if asked else None


def _in_vain(s: Situation, item: Item) -> bool:
    return _may_be_in_vain(s, item) and called_in_vain(s, item)


def _may_be_in_vain(s: Situation, item: Item) -> bool:
    return item.state is State.LATE and item.traits.letter_asks and is_theirs(s, item)


def _asks_from(s: Situation) -> date | None:
    """The day from which a question that was put by mail, and put again, gets a letter."""
    start = max((d for d in (s.operational_from, s.registered_on) if d is not None), default=None)
    return None if start is None else start + timedelta(days=2 * s.policy.question_every_days)


def _subject(item: Item) -> str:
    return "Relance" if item.state in (State.LATE, State.MISSED, State.PAST) else "Demande de transmission"


def _piece(s: Situation, question_id: str, fields: LetterFields) -> LetterDraft:
    known = {q.id: q for q in asking(s) if isinstance(q, Question)}
    question = known.get(question_id)
    if question is None:
        raise LetterRefusedError(
            f"« {question_id} » n’est pas une question du dossier ; au choix : {', '.join(known)}."
        )
    if question.answered:
        raise LetterRefusedError(f"« {question_id} » a déjà sa réponse : {question.answered}.")
    ask = s.convention.roles[question.ask]
    to = question.ask if ask.party != s.convention.us else usual_addressee(s, s.convention.others[0])
    return LetterDraft(
        about=f"question/{question_id}", subject="Demande de pièce ou de précision",
        says=RequestLetter(
            what="", due="", late=False, asked_about=question.about.fr, deadline=_deadline(fields), reasons=fields.reasons
        ),
        cited=s.cited(question.clause), sending="plain", to=to,
    )  # fmt: skip


def _deadline(fields: LetterFields) -> str:
    return in_words(fields.deadline) if fields.deadline else ""
