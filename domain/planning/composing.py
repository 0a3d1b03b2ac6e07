"""From what is to be told to an order: the same order always has the same id."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.contacts import recipient, stands_in_for
from domain.dossier import MeetingRevision, Message, Told
from domain.enclosures import Enclosure
from domain.letter_news import LetterNews
from domain.message_age import good_until
from domain.message_identity import Saying, identity
from domain.messages import Asked, Line, MeetingNotice, MessageKind, MessageOrder, NewsItem, Reason, Recipient
from domain.model import Text
from domain.planning.context import Context


@dataclass(frozen=True)
class Draft:
    """An order and what it will have told, ready for the outbox."""

    order: MessageOrder
    message: Message


@dataclass(frozen=True)
class Content:
    """What one message says."""

    kind: MessageKind
    lines: Sequence[Line] = ()
    questions: Sequence[Asked] = ()
    meeting: MeetingNotice | None = None
    told: Sequence[Told] = ()
    others: Sequence[str] = ()
    warnings: Sequence[Text] = ()
    detail: Text | None = None
    reason: Reason = ""
    answers: Sequence[tuple[str, Text]] = ()
    news: Sequence[NewsItem] = ()
    revision: MeetingRevision | None = field(default=None)
    enclosures: Sequence[Enclosure] = ()
    letters: Sequence[LetterNews] = ()


def draft(ctx: Context, to: Recipient, content: Content, at: datetime) -> Draft:
    """Return the order for one person, and its entry in the outbox."""
    convention, agenda = ctx.s.convention, ctx.agenda
    at = at.replace(microsecond=0)
    name = identity(convention.reference, content.kind, to.address, _sayings(ctx, to.address, content))
    asked = recipient(ctx.s, convention.coordinator)
    order = MessageOrder(
        id=name,
        kind=content.kind,
        to=to,
        at=at,
        reference=convention.reference,
        title=Text(fr=convention.title, en=convention.title_en or convention.title),
        number=convention.number,
        parties=tuple(p.name_on(_named_on(ctx, content)) for p in convention.parties.values()),
        effect_on=agenda.effect_on,
        ends_on=agenda.ends_on,
        operational_from=agenda.operational_from,
        lines=tuple(content.lines),
        questions=tuple(content.questions),
        meeting=content.meeting,
        told=tuple(dict.fromkeys(name for name in content.others if name != to.function)),
        ask=(asked.function, asked.address),
        warnings=tuple(content.warnings),
        detail=content.detail,
        reason=content.reason,
        answers=tuple(content.answers),
        news=tuple(content.news),
        stands_in_for=stands_in_for(ctx.s, to.address),
        enclosures=tuple(content.enclosures),
        letters=tuple(content.letters),
    )
    entry = Message(
        id=name, kind=content.kind, role=to.role, address=to.address, at=at, told=tuple(content.told),
        meeting=content.revision, until=good_until(at, content.lines, content.meeting if content.revision else None),
    )  # fmt: skip
    return Draft(order, entry)


def _named_on(ctx: Context, content: Content) -> date:
    """Return the day whose names a message gives: a meeting's own, so that one after a change of name says the new one."""
    held = content.meeting.starts_at.astimezone(ctx.s.zone).date() if content.meeting is not None else None
    return max(ctx.s.today, held) if held is not None else ctx.s.today


def _sayings(ctx: Context, address: str, content: Content) -> list[Saying]:
    """Return what a message says, each with how often it was said before, so that a second time is another message.

    What was dropped before it left counts too: its file keeps its name.
    """
    said: Counter[tuple[str, str, date | None]] = Counter()
    for message in ctx.dossier.outbox:
        if message.address.casefold() == address.casefold():
            said.update(_said(message.kind, message.told, message.meeting))
    return [Saying(*one, said[one]) for one in _said(content.kind, content.told, content.revision)]


def _said(
    kind: str, told: Sequence[Told], revision: MeetingRevision | None
) -> list[tuple[str, str, date | None]]:
    found = [(one.about, one.stage, one.day or one.basis) for one in told]
    if revision is not None:
        found.append((revision.uid, f"{revision.method}-{revision.sequence}", None))
    return found or [(kind, "", None)]
