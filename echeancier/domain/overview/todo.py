"""What a convention asks of somebody now: chosen from its agenda, its questions and its outbox; no date is computed.

The desk and the weekly digest both read it, so they cannot tell different things.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from echeancier.domain.agenda.items import TO_DO, Item, Question, State
from echeancier.domain.agenda.meetings import GuestAnswer, answers_for
from echeancier.domain.agenda.renewal import decided, deciding_steps, lives_with_its_parent
from echeancier.domain.attention.reminder_stages import due_stage, stages
from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.letters.progress import Standing
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.undelivered import as_delivered, held_back
from echeancier.domain.standing.people import holder


class Sort(StrEnum):
    """What sort of thing is asked."""

    DUTY = "duty"
    MEETING = "meeting"
    DECISION = "decision"
    LETTER = "letter"
    QUESTION = "question"
    MAIL = "mail"
    ANSWER = "answer"


_LATE = frozenset({State.LATE, State.MISSED})
_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Todo:
    """One thing to do.

    Attributes:
        day: the day to act by; None for what has no date.
        late: its day is over, or it was missed.
        item, question, message, letter: what it is about; one of the four.
        older: how many more of the same series are late, older than this one; of mail held back by a fault of our
            settings, how many more wait.
        declared: the answers to a meeting to come that nothing proves, to be confirmed.
    """

    reference: str
    sort: Sort
    day: date | None
    late: bool
    item: Item | None = None
    question: Question | None = None
    message: Message | None = None
    letter: Standing | None = None
    older: int = 0
    declared: tuple[GuestAnswer, ...] = ()


def todos(ctx: Context) -> tuple[Todo, ...]:
    """Return what a convention asks now, late first, then by day; what has no day last."""
    if ctx.dossier.withdrawn is not None or ctx.dossier.closed_at is not None:
        return ()
    letters = tuple(one for one in ctx.letters if one.waits)
    found = [*_items(ctx, letters), *_letters(ctx, letters), *_questions(ctx), *_mails(ctx), *_answers(ctx)]
    return tuple(sorted(found, key=order))


def order(todo: Todo) -> tuple[bool, date, str, str]:
    """Return what sorts things to do."""
    key = todo.item.key if todo.item else f"{todo.letter.letter}/{todo.letter.about}" if todo.letter else ""
    return (not todo.late, todo.day or date.max, todo.reference, key)


def _letters(ctx: Context, letters: tuple[Standing, ...]) -> Iterator[Todo]:
    """A letter to prepare, to validate or to post; one that is only a right is never late."""
    for one in letters:
        optional = one.call is not None and one.call.optional
        late = one.by is not None and one.by < ctx.s.today and not optional
        yield Todo(ctx.agenda.reference, Sort.LETTER, one.by, late=late, letter=one)


def _items(ctx: Context, letters: tuple[Standing, ...]) -> Iterator[Todo]:
    late: dict[tuple[str, str], list[Item]] = {}
    # What is done by posting a letter stands once: as the letter.
    by_letter = {one.call.item for one in letters if one.call is not None and LETTERS[one.letter].IS_THE_ITEM}
    for item in ctx.agenda.items:
        if item.key in by_letter:
            continue
        if item.state in _LATE:
            one_series = (item.series, item.owed_by) if item.legal_last_day is not None else (item.key, "")
            late.setdefault(one_series, []).append(item)
        elif _is_asked_now(ctx, item):
            yield Todo(ctx.agenda.reference, sort_of(item), _day(ctx, item), late=False, item=item)
    for same in late.values():
        last = same[-1]
        yield Todo(ctx.agenda.reference, sort_of(last), _day(ctx, last), late=True, item=last, older=len(same) - 1)


def _is_asked_now(ctx: Context, item: Item) -> bool:
    """What our own rules speak of by now, and what is due within the month.

    What follows an annex that ends with its parent is decided with its parent: its own end asks nothing.
    """
    if item.state not in TO_DO or next(stages(ctx.s, item), None) is None:
        return False
    if item.kind == "end" and lives_with_its_parent(ctx.s):
        return False
    if item.legal_last_day is not None and item.legal_last_day < ctx.s.today and item.meeting_at is None:
        return False
    day = _day(ctx, item)
    near = day is not None and day <= ctx.s.today + _SOON
    return near or due_stage(ctx.s, item) is not None


def _day(ctx: Context, item: Item) -> date | None:
    if item.kind == "end":  # what is to do about an end is done months before it
        return decide_by(ctx) or item.legal_last_day
    return item.meeting_at.date() if item.meeting_at else item.safe_day or item.legal_last_day


def decide_by(ctx: Context) -> date | None:
    """Return the safe day of the first act still to be done that settles what follows the end; None when none is left.

    The decision itself, the step of an annex that follows its parent, the vote of the assembly; and, as long as nothing
    is decided, a letter to post: whoever wants to leave must have decided before.
    """
    steps = deciding_steps(ctx.s)
    undecided = decided(ctx.s) is None
    days = [
        item.safe_day
        for item in ctx.agenda.items
        if (item.key in steps or (item.kind == "notice" and undecided)) and item.state in TO_DO and item.safe_day
    ]
    return min(days, default=None)


def sort_of(item: Item) -> Sort:
    """Return what sort of thing an item asks."""
    if item.kind == "notice":
        return Sort.LETTER
    if item.traits.is_decision:
        return Sort.DECISION
    return Sort.MEETING if item.traits.is_meeting else Sort.DUTY


def _questions(ctx: Context) -> Iterator[Todo]:
    if ctx.s.is_over:
        return  # what the text left open no longer moves any date
    for question in ctx.agenda.questions:
        if question.answered is None:
            yield Todo(ctx.agenda.reference, Sort.QUESTION, None, late=False, question=question)


def _answers(ctx: Context) -> Iterator[Todo]:
    """Answers that anybody could have written, one line for each meeting to come."""
    for item in ctx.agenda.items:
        if not item.traits.is_meeting or item.meeting_at is None or item.meeting_at <= ctx.now:
            continue
        found = tuple(one for one in answers_for(ctx.s, item.key) if one.declared and not one.to_reconfirm)
        if found:
            day = item.meeting_at.date()
            yield Todo(ctx.agenda.reference, Sort.ANSWER, day, late=False, item=item, declared=found)


def _mails(ctx: Context) -> Iterator[Todo]:
    """A refused mail asks for a person until its address was reached by a later one, or is no longer that of its reader."""
    outbox = as_delivered(ctx.dossier).outbox
    if held := held_back(outbox):
        day = held[0].at.astimezone(ctx.s.zone).date()
        yield Todo(ctx.agenda.reference, Sort.MAIL, day, late=True, message=held[0], older=len(held) - 1)
    reached = {m.address.casefold(): m.at for m in outbox if m.status == "accepted"}
    for message in outbox:
        since = reached.get(message.address.casefold())
        if message.address.casefold() in _former_addresses(ctx, message.role):
            continue
        if message.status == "refused" and (since is None or since <= message.at):
            yield Todo(
                ctx.agenda.reference,
                Sort.MAIL,
                message.at.astimezone(ctx.s.zone).date(),
                late=True,
                message=message,
            )


def _former_addresses(ctx: Context, role: str) -> set[str]:
    """Return the addresses that were those of a role and no longer are, by a change or by corrected terms."""
    if role not in ctx.s.convention.roles:
        return set()
    terms = [ctx.dossier.convention, *(former.convention for former in ctx.dossier.former_terms)]
    known = {one.roles[role].address.casefold() for one in terms if role in one.roles}
    known |= {fact.address.casefold() for _, fact in ctx.s.of(RoleChanged) if fact.role == role}
    return known - {holder(ctx.s, role, ctx.s.today).address.casefold()}
