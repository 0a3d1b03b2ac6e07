"""Guests who have not answered are asked again, once; the coordinator hears what everybody answered, and what is proposed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.meetings import GuestAnswer, answers_for, guests
from echeancier.domain.facts.dossier import MeetingRevision, Told
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.messages.compose import line
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.invitations import notice_of, session_file, uid_of
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.offers import Offer, answers
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, recipient
from echeancier.domain.standing.when_mail_may_leave import morning

NUDGE = "nudge"
"""The stage under which a silent guest was asked again, and the coordinator told."""

_SETTLED = 2
"""Working days that guests have to answer a revision before they are asked again."""


class Answers(MailKind):
    """A silent guest is asked again, or the coordinator hears what the guests answered.

    The invitation is not sent again: it would ask those who answered to answer once more.
    """

    kind = "answers"
    name = Text(fr="Réponses à une invitation", en="Answers to an invitation")
    tells = ("answers/",)
    asks = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return one message to each silent guest of a meeting that is near, and one to the coordinator about all answers."""
        for item in now.ctx.agenda.items:
            revision = _invited_to(now.ctx, item)
            if revision is not None:
                yield from _of_meeting(now.ctx, item, revision)

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the instants at which guests who are silent now are to be asked again."""
        found = []
        for item in ctx.agenda.items:
            revision = _invited_to(ctx, item)
            at = None if revision is None else _nudge_at(ctx, revision)
            if at is not None and at > ctx.now and any(a.is_awaited for a in answers_for(ctx.s, item.key)):
                found.append(at)
        return found

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:
        """Return what a guest asked again may answer."""
        return answers(order)


def _of_meeting(ctx: Context, item: Item, revision: MeetingRevision) -> Iterator[tuple[Recipient, Content]]:
    given = answers_for(ctx.s, item.key)
    at = _nudge_at(ctx, revision)
    near = at is not None and at <= ctx.now and ctx.s.today < revision.starts_at.astimezone(ctx.s.zone).date()
    silent = [a for a in given if near and a.is_awaited and _may_be_asked(ctx, item, revision, a)]
    told = [_nudge_told(ctx, item, revision)] if silent else []
    told += [Told(about=_about(item), stage=a.fact) for a in given if _is_news(ctx, item, a)]
    people = {person.address: person for person in guests(ctx.s, item.key)}
    for a in silent:
        yield people[a.address], _content(ctx, item, revision, people[a.address], [_nudge_told(ctx, item, revision)])
    if told:
        chair, asked = recipient(ctx.s, ctx.s.convention.coordinator), tuple(a.function for a in silent)
        yield chair, _content(ctx, item, revision, chair, told, given=given, asked=asked)


def _invited_to(ctx: Context, item: Item) -> MeetingRevision | None:
    """The last revision of a meeting to come, None when nobody was invited to the date now fixed."""
    if not item.traits.is_meeting or item.state is not State.ARRANGED:
        return None
    last = ctx.last_revision(uid_of(ctx, item.key))
    if last is None or last.method != "REQUEST" or last.starts_at <= ctx.now:
        return None
    return last if last.starts_at == item.meeting_at else None


def _nudge_at(ctx: Context, revision: MeetingRevision) -> datetime | None:
    """Some days before the meeting, never before the guests had time to answer, never on its day; None for never."""
    s = ctx.s
    if not s.policy.nudge_days:
        return None
    day = revision.starts_at.astimezone(s.zone).date()
    wanted = s.calendar.prev_workable(day - timedelta(days=s.policy.nudge_days))
    settled = s.calendar.add_open(revision.dtstamp.astimezone(s.zone).date(), _SETTLED)
    return morning(s, max(wanted, settled)) if max(wanted, settled) < day else None


def _may_be_asked(ctx: Context, item: Item, revision: MeetingRevision, guest: GuestAnswer) -> bool:
    """Whether a guest got the invitation and was not asked again about this date."""
    sent = [m for m in ctx.outbox.to(guest.address) if m.meeting is not None and m.meeting.uid == revision.uid]
    if not sent or sent[-1].status in ("refused", "superseded"):
        return False
    return _nudge_told(ctx, item, revision) not in [told for told, _ in ctx.told(guest.address, _about(item))]


def _is_news(ctx: Context, item: Item, guest: GuestAnswer) -> bool:
    """Whether a guest proposed another date by mail, and the coordinator has not been told."""
    if guest.answer != "counter":
        return False
    record = next(r for r in ctx.s.records if r.id == guest.fact)
    by_mail = isinstance(record.fact, InvitationAnswered) and bool(record.fact.address)
    chair = recipient(ctx.s, ctx.s.convention.coordinator).address
    return by_mail and all(told.stage != guest.fact for told, _ in ctx.told(chair, _about(item)))


def _about(item: Item) -> str:
    return f"answers/{item.key}"


def _nudge_told(ctx: Context, item: Item, revision: MeetingRevision) -> Told:
    return Told(about=_about(item), stage=NUDGE, day=revision.starts_at.astimezone(ctx.s.zone).date())


def _content(
    ctx: Context,
    item: Item,
    revision: MeetingRevision,
    to: Recipient,
    told: list[Told],
    *,
    given: tuple[GuestAnswer, ...] = (),
    asked: tuple[str, ...] = (),
) -> Content:
    return Content(
        Answers,
        [line(ctx.s, item, "now", to.role)],
        meeting=notice_of(ctx, revision, item.title, ()),
        told=told,
        others=asked,
        answers=[(a.function, a.says) for a in given if not a.chairs],
        # The file that came with a date given up is out of date: the last reminder brings another.
        enclosures=session_file(ctx, revision) if revision.sequence else (),
    )
