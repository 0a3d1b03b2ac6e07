"""Questions put to a role, few at a time, until they are answered: less and less often, unless the end hangs on them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from echeancier.domain.agenda.credits import days_of_asking_votes
from echeancier.domain.agenda.items import Question
from echeancier.domain.agenda.unrecorded import CLOSE_WITHOUT, days_of_asking
from echeancier.domain.attention.end_in_doubt import hangs_on
from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail_kind import Asking, Content, MailKind, Planning
from echeancier.domain.messages.order import Asked
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, recipient
from echeancier.domain.standing.when_mail_may_leave import morning, next_morning, next_slot

AT_ONCE: Final = 6
"""How many questions one message puts at most; the others wait for the next morning."""


class Questions(MailKind):
    """Something cannot be computed without an answer: to those asked in no other message, unless written to today."""

    kind = "question"
    name = Text(fr="Question", en="Question")
    tells = ("question/",)
    heeds = True
    one_a_day = True
    may_wait = True
    asks = True
    only_names = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return one message for each person left with questions; whoever was written to today waits for tomorrow."""
        for one in now.asked.values():
            if not now.was_written_to_today(one.to.address):
                yield one.to, Content(cls, questions=one.questions, told=one.told)

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the instants at which an open question is to be put (again); one that waits is put the next morning."""
        dues = [due for question in _open(ctx) for _, due in _put_to(ctx, question)]
        later = next_morning(ctx.s, ctx.now) if ctx.may_send else ctx.slot
        days = *days_of_asking(ctx.s), *days_of_asking_votes(ctx.s, ctx.agenda.items)
        asked_later = [morning(ctx.s, day) for day in days]
        return [*(due if due > ctx.now else later for due in dues), *asked_later]


def due_questions(ctx: Context) -> dict[str, Asking]:
    """Return, by address in lower case, the questions due to be put or put again: those on which the end hangs first."""
    if not ctx.may_send:
        return {}
    found: dict[str, list[Question]] = defaultdict(list)
    readers: dict[str, Recipient] = {}
    for question in _open(ctx):
        for person, due in _put_to(ctx, question):
            if due <= ctx.now:
                readers.setdefault(person.address.casefold(), person)
                found[person.address.casefold()].append(question)
    return {address: _asking(ctx, readers[address], questions) for address, questions in found.items()}


def _put_to(ctx: Context, question: Question) -> list[tuple[Recipient, datetime]]:
    """Return to whom a question is put, and when next; where the end hangs on it, also to the manager after a while."""
    asked, manager = (recipient(ctx.s, role) for role in (question.ask, ctx.s.convention.manager))
    found = [(asked, _due_at(ctx, question, asked))]
    first = ctx.told(asked.address, _about(question))
    if first and hangs_on(ctx.s, question) and manager.address.casefold() != asked.address.casefold():
        day = first[0][1].at.astimezone(ctx.s.zone).date() + timedelta(days=ctx.policy.question_up_after_days)
        goes_up = morning(ctx.s, ctx.s.calendar.next_workable(day))
        found.append((manager, max(goes_up, _due_at(ctx, question, manager))))
    return found


def _asking(ctx: Context, to: Recipient, questions: list[Question]) -> Asking:
    first = sorted(questions, key=lambda question: not hangs_on(ctx.s, question))[:AT_ONCE]
    told = tuple(Told(about=_about(q), stage="asked") for q in first)
    return Asking(to, tuple(_asked(ctx, to.address, q) for q in first), told)


def _open(ctx: Context) -> list[Question]:
    """Return the questions whose answer is still of use: once it is over, only those about the end."""
    if ctx.s.circulation.has_stopped:
        return []  # nobody fills in a paper that will not be signed
    end_clauses = {name for duty in ctx.s.convention.end_duty for name in duty.clauses}
    return [
        question for question in ctx.agenda.questions
        if question.answered is None
        and (not ctx.s.is_over or question.clause.id in end_clauses or question.id.startswith(CLOSE_WITHOUT))
    ]  # fmt: skip


def _about(question: Question) -> str:
    return f"question/{question.id}"


def _due_at(ctx: Context, question: Question, person: Recipient) -> datetime:
    """At once the first time; then after 30 days, 60, 120, 240, then each year: it neither lapses nor harasses.

    Where the end hangs on it, every 30 days: each month that passes may cost a notice or a renewal.
    """
    times = ctx.told(person.address, _about(question))
    if not times:
        return next_slot(ctx.s, ctx.dossier.registered_at)
    last = times[-1][1].at.astimezone(ctx.s.zone).date()
    wait = min(ctx.policy.question_every_days * 2 ** (len(times) - 1), ctx.policy.seldom_days)
    if hangs_on(ctx.s, question):
        wait = ctx.policy.question_every_days
    return morning(ctx.s, ctx.s.calendar.next_workable(last + timedelta(days=wait)))


def _asked(ctx: Context, address: str, question: Question) -> Asked:
    before = ctx.told(address, _about(question))
    return Asked(
        id=question.id,
        kind="contested" if question.kind == "contested" else "blank",
        about=question.about,
        readings=tuple((r.says, r.changes) for r in question.readings),
        names=tuple(r.id for r in question.readings),
        article=question.clause.article,
        says=question.clause.meaning,
        answer=question.answer,
        since=before[0][1].at.astimezone(ctx.s.zone).date() if before else None,
    )
