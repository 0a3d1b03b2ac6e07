"""Questions put to a role, and put again less and less often until they are answered."""

from collections import defaultdict
from datetime import datetime, timedelta

from domain.contacts import recipient
from domain.dossier import Told
from domain.items import Question
from domain.messages import Asked
from domain.model import Text
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.sending_hours import morning, next_slot


def questions(ctx: Context) -> list[Draft]:
    """Return one message per person with every question due to be put or put again."""
    if not ctx.may_send:
        return []
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in _open(ctx):
        if _due_at(ctx, question) <= ctx.now:
            asked[recipient(ctx.s, question.ask).address.casefold()].append(question)
    drafts = []
    for found in asked.values():
        to = recipient(ctx.s, found[0].ask)
        told = [Told(about=_about(q), stage="asked") for q in found]
        lines = [_asked(ctx, to.address, q) for q in found]
        drafts.append(draft(ctx, to, Content("question", questions=lines, told=told), ctx.slot))
    return drafts


def next_question_at(ctx: Context) -> list[datetime]:
    """Return the instants at which an open question is to be put (again)."""
    dues = [_due_at(ctx, question) for question in _open(ctx)]
    return [due if due > ctx.now else ctx.slot for due in dues]


def _open(ctx: Context) -> list[Question]:
    """Return the questions whose answer is still of use: once it is over, only those about a clause of the end."""
    end_clauses = {name for duty in ctx.s.convention.end_duty for name in duty.clauses}
    return [
        question for question in ctx.agenda.questions
        if question.answered is None and (not ctx.s.is_over or question.clause.id in end_clauses)
    ]  # fmt: skip


def _about(question: Question) -> str:
    return f"question/{question.id}"


def _due_at(ctx: Context, question: Question) -> datetime:
    """At once the first time; then after 30 days, 60, 120… so that it neither lapses nor harasses."""
    times = ctx.told(recipient(ctx.s, question.ask).address, _about(question))
    if not times:
        return next_slot(ctx.s, ctx.dossier.registered_at)
    last = times[-1][1].at.astimezone(ctx.s.zone).date()
    wait = ctx.policy.question_every_days * 2 ** (len(times) - 1)
    return morning(ctx.s, ctx.s.calendar.next_workable(last + timedelta(days=wait)))


def _asked(ctx: Context, address: str, question: Question) -> Asked:
    before = ctx.told(address, _about(question))
    return Asked(
        id=question.id,
        kind="contested" if question.kind == "contested" else "blank",
        about=question.about,
        readings=tuple((r.says, r.changes) for r in question.readings),
        article=question.clause.article,
        says=Text(fr=question.clause.says, en=question.clause.says_en or question.clause.says),
        answer=question.answer,
        since=before[0][1].at.astimezone(ctx.s.zone).date() if before else None,
    )
