"""The file outlives the work: it closes once the last duty is done and our retention is over."""

from datetime import date

from echeancier.domain.agenda.ending import WAS_DONE
from echeancier.domain.agenda.items import TO_DO, State
from echeancier.domain.agenda.unrecorded import CLOSE_WITHOUT, closes_without
from echeancier.domain.dates.delays import add_months
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.messages.context import Context


def closing_day(ctx: Context) -> date | None:
    """Return the day the file closes, None while something is still owed or the end is not known."""
    if not ctx.s.is_over or ctx.agenda.ends_on is None or ctx.s.in_litigation:
        return None
    after = [i for i in ctx.agenda.items if i.traits.counts_to_close]
    owed = [
        i
        for i in after
        if i.state in TO_DO | {State.SUSPENDED, State.RUNNING} and i.holds_open and not closes_without(ctx.s, i)
    ]
    if owed or any(q.id.startswith(WAS_DONE) and q.answered is None for q in ctx.agenda.questions):
        return None
    done = [i.done_on for i in after if i.done_on is not None]
    # A convention registered long after its end is kept long enough to be looked at, and put right.
    since = [d for d in (ctx.s.registered_on,) if d is not None]
    decided = [x.on for _, x in ctx.s.of(QuestionAnswered) if x.question.startswith(CLOSE_WITHOUT)]
    last = max([ctx.agenda.ends_on, *done, *since, *decided])
    return ctx.s.calendar.next_workable(add_months(last, ctx.policy.retention_months))


def is_finished(ctx: Context) -> bool:
    """Whether nothing is left to do and the file may close; never out of hours, when what is to be said waits."""
    if not ctx.may_send:
        return False
    if ctx.dossier.withdrawn is not None:
        return not _waiting(ctx)
    day = closing_day(ctx)
    return day is not None and ctx.s.today >= day and not _waiting(ctx)


def _waiting(ctx: Context) -> bool:
    return any(m.waits for m in ctx.outbox.unsettled)
