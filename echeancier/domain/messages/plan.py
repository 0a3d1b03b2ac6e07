"""The plan: what must be done now, and the next instant to look again. Pure; its answer is what a workflow obeys."""

from datetime import datetime, timedelta

from pydantic import AwareDatetime

from echeancier.domain.agenda.tacit import turning_days
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.messages.closing import closing_day, is_finished
from echeancier.domain.messages.compose import draft
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest_wait import waits_until
from echeancier.domain.messages.family import News, greeting, news
from echeancier.domain.messages.letters import with_letters
from echeancier.domain.messages.mail_kind import Draft, Planning
from echeancier.domain.messages.mails import MAILS
from echeancier.domain.messages.opening import end_is_near_on, is_operational
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.questions import due_questions
from echeancier.domain.messages.said_by_link import with_what_links_said
from echeancier.domain.messages.search import Attributes, attributes, details
from echeancier.domain.messages.tried_again import due_at, fallen, retries, superseded
from echeancier.domain.messages.undelivered import as_delivered
from echeancier.domain.model import Frozen
from echeancier.domain.standing.breach import window_of
from echeancier.domain.standing.people import days_of_change
from echeancier.domain.standing.when_mail_may_leave import morning, next_morning
from echeancier.domain.terms.policy import Policy


class Plan(Frozen):
    """What the convention must do now.

    Attributes:
        orders: new messages that leave alone, to be put in the outbox and sent.
        entries: their entries for the outbox, in the same order.
        posts: what each person's mail of the day is to say, in the same shape; ``post_entries`` what it will have told.
        retries: ids of messages to hand to the relay again.
        superseded: ids of messages that must not be sent any more.
        wake_at: when to plan again if nothing happens, None when nothing more can become due.
        attributes: what managers search by.
        details: what the engine's own page shows, in Markdown, without any personal data.
        rules: the mark of the rules the plan was made by, put there by whoever runs them.
        greet: reference of the parent to make itself known to.
        news: what its annexes must be told.
        close: nothing is left to do: the file is closed.
    """

    orders: tuple[MessageOrder, ...] = ()
    entries: tuple[Message, ...] = ()
    posts: tuple[MessageOrder, ...] = ()
    post_entries: tuple[Message, ...] = ()
    retries: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    wake_at: AwareDatetime | None = None
    attributes: Attributes
    details: str
    greet: str | None = None
    news: tuple[News, ...] = ()
    close: bool = False
    rules: str = ""

    @property
    def says(self) -> tuple[tuple[MessageOrder, Message], ...]:
        """All there is to say now, each with its entry: what leaves alone, then the parts of the mail of the day."""
        alone = zip(self.orders, self.entries, strict=True)
        return (*alone, *zip(self.posts, self.post_entries, strict=True))


def make_plan(dossier: Dossier, now: datetime, policy: Policy) -> Plan:
    """Plan a convention at an instant.

    Args:
        dossier: everything kept about it.
        now: aware instant, in the calendar's own time (a rehearsal's calendar is not today's).
        policy: our lead times.
    """
    return plan_of(Context(as_delivered(dossier), now, policy))


def plan_of(ctx: Context) -> Plan:
    """Plan a convention as it is seen at an instant."""
    if moot := fallen(ctx):
        ctx = ctx.without(moot)
    drafts = _drafts(ctx)
    alone = [d for d in drafts if _leaves_alone(ctx, d)]
    parts = [(d, waits_until(ctx, d)) for d in drafts if not _leaves_alone(ctx, d)]
    posts = [d for d, later in parts if later is None]
    dropped = (*moot, *superseded(ctx, tuple(d.message for d in alone)))
    again = tuple(m for m in retries(ctx) if m not in dropped)
    close = not drafts and not again and is_finished(ctx)
    return Plan(
        orders=tuple(d.order for d in alone),
        entries=tuple(d.message for d in alone),
        posts=tuple(d.order for d in posts),
        post_entries=tuple(d.message for d in posts),
        retries=again,
        superseded=dropped,
        wake_at=None if close else _wake(_after(ctx, drafts), _left_to_say(ctx, parts)),
        attributes=attributes(ctx),
        details=details(ctx),
        greet=greeting(ctx),
        news=news(ctx),
        close=close,
    )


def _drafts(ctx: Context) -> list[Draft]:
    """Return what each kind of mail has to say now, in the order of their list."""
    able = [mail for mail in MAILS if ctx.may_send or not mail.waits]
    if ctx.dossier.withdrawn is not None:
        return [draft(ctx, to, content, ctx.now) for mail in able for to, content in mail.when_withdrawn(ctx)]
    drafts: list[Draft] = []
    asked = due_questions(ctx)
    for mail in able:
        seen = _after(ctx, drafts) if mail.heeds else ctx
        found = mail.due(Planning(seen, asked, MAILS))
        drafts += [draft(seen, to, content, ctx.now) for to, content in found]
    return with_what_links_said(ctx, with_letters(ctx, drafts))


def _left_to_say(ctx: Context, parts: list[tuple[Draft, datetime | None]]) -> list[datetime]:
    """When what is not told by now is looked at again: what today's mail does not take is for tomorrow's."""
    return [later if later is not None else next_morning(ctx.s, ctx.now) for _, later in parts]


def _leaves_alone(ctx: Context, one: Draft) -> bool:
    """Whether it leaves at once, as a message of its own: what is due at night cannot wait for a morning."""
    return one.mail.alone or not ctx.may_send or not ctx.policy.one_mail_a_day


def _after(ctx: Context, drafts: list[Draft]) -> Context:
    """Return the context as it will be once ``drafts`` are in the outbox."""
    return ctx.plus(one.message for one in drafts) if drafts else ctx


def _wake(ctx: Context, found: list[datetime]) -> datetime | None:
    """Return the earliest instant at which something may become due, those found already included."""
    if ctx.dossier.withdrawn is None:
        found += [at for mail in MAILS for at in mail.next_at(ctx)]
        found += _boundaries(ctx)
    found += [at for m in ctx.outbox.unsettled if m.tries and (at := due_at(m)) is not None]
    if ctx.outbox.refused_in_a_row:  # they are being tried again: what is answered sets the next try
        found.append(ctx.now)
    if not ctx.may_send:
        found.append(ctx.slot)
    later = [max(at, ctx.now + timedelta(seconds=1)) for at in found]
    return min(later, default=None)


def _boundaries(ctx: Context) -> list[datetime]:
    """The mornings on which the convention itself changes: operational, near its end, over, its file closed."""
    days = []
    if ctx.s.operational_from is not None and not is_operational(ctx):
        days.append(ctx.s.calendar.next_workable(ctx.s.operational_from))
    if ctx.agenda.ends_on is not None and not ctx.s.is_over:
        days.append(ctx.s.calendar.next_workable(ctx.agenda.ends_on + timedelta(days=1)))
    if ctx.s.end_is_conditional and (case := ctx.s.ends_by_breach) is not None:
        window = window_of(ctx.s, case)
        days += [ctx.s.calendar.next_workable(window.last + timedelta(days=1))] if window is not None else []
    days += [ctx.s.calendar.next_workable(day) for day in days_of_change(ctx.s) if day > ctx.s.today]
    days += [ctx.s.calendar.next_workable(day) for day in turning_days(ctx.s) if day > ctx.s.today]
    if (near := end_is_near_on(ctx)) is not None:
        days.append(near)
    if (closing := closing_day(ctx)) is not None:
        days.append(closing)
    return [morning(ctx.s, day) for day in days if morning(ctx.s, day) > ctx.now]
