"""The digest: from the conventions to who gets one this morning and what stands in it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import (
    SECTIONS,
    Deeds,
    Digest,
    DigestLine,
    MailYield,
    Robot,
    SectionName,
    digest_id,
)
from echeancier.domain.messages.file_closed import Closed
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from echeancier.domain.overview.digest_concerned import concerned
from echeancier.domain.overview.digest_day import DigestHours, week_of
from echeancier.domain.overview.digest_followed import followed
from echeancier.domain.overview.digest_lines import DigestSpan, Found, grouped
from echeancier.domain.overview.digest_readers import DigestReader, Mornings, readers
from echeancier.domain.overview.yields import measured_of, yields
from echeancier.domain.standing.people import people, recipient

__all__ = [
    "MOST",
    "SECTIONS",
    "Deeds",
    "Digest",
    "DigestLine",
    "MailYield",
    "Robot",
    "SectionName",
    "digest_id",
    "digests",
]

MOST: Final[Mapping[SectionName, int]] = {
    "late": 5, "week": 10, "mails": 5, "decide": 8, "ahead": 8, "know": 8, "questions": 5,
}  # fmt: skip
"""Lines of each section; the desk has the others."""

MOST_YIELDS: Final = 5
"""Kinds of mail that a manager reads about once a month."""


def digests(
    contexts: Sequence[Context],
    now: datetime,
    hours: DigestHours,
    robot: Robot,
    extra: Iterable[str] = (),
    *,
    parts: Mapping[str, Sequence[MessageOrder]] | None = None,
    since: date | None = None,
    whenever: bool = False,
) -> tuple[Digest, ...]:
    """Return one digest for each person whose morning this is, and who has something to read.

    Whoever coordinates or manages a convention, or hears of something in it on our own side, reads once a week; the people of
    partners once a month; unless they, their convention or the installation chose otherwise. Whoever stands in for somebody
    today reads in their place; two roles with one address are one person. What the mail of the day asks in full (a question, an
    undelivered mail) is not said a second time here.

    Args:
        contexts: every open convention.
        now: aware instant that dates the mails.
        hours: when digests leave, and how often.
        robot: what is said of the robot itself, to managers and to ``extra``; its troubles alone make a digest for them.
        extra: addresses of functions that read about every convention, whether they have a role or not.
        parts: by address in lower case, what the mail of the day has to say, which will stand in the same mail.
        since: the day of the last round before this one, when it is known: a digest whose morning no round saw leaves now.
        whenever: whether it is their morning or not, what all of them would read now.
    """
    mornings = Mornings(contexts, now, hours, since)
    morning = _Morning(mornings, week_of(now, hours), now, robot, contexts)
    asked = parts or {}
    found = (
        morning.digest(reader, asked.get(reader.address.casefold(), ()))
        for reader in readers(contexts, hours, extra)
        if mornings.has(reader) or (whenever and reader.every != "none")
    )
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True)
class _Morning:
    """What the digests of one morning are made of."""

    mornings: Mornings
    week: str
    now: datetime
    robot: Robot
    contexts: Sequence[Context]

    def digest(self, reader: DigestReader, parts: Sequence[MessageOrder]) -> Digest | None:
        """Return a reader's digest, None when there is nothing to read."""
        of_the_week = reader.every != "daily" or self.mornings.is_of("weekly")
        span = _span(reader, self.mornings, _said_in_full(parts), of_the_week=of_the_week)
        closing = {
            part.reference for part in parts if part.kind == Closed.kind
        }  # nothing can be recorded there any more
        lines = grouped(
            [
                one
                for share in reader.shares
                if share.ctx.s.convention.reference not in closing
                for one in (followed(share, span) if share.follows else concerned(share, span))
                if not span.in_full & {(about.reference, about.item) for about in one.line.of}
                if of_the_week or one.section in _EACH_DAY
            ]
        )
        monthly = self.mornings.is_first_of_month(reader.every)
        produced = yields(measured_of(_managed(reader), self.now))[:MOST_YIELDS] if reader.leads and monthly else ()
        heeds = reader.leads and self.robot.is_in_trouble
        worth = _is_worth_a_mail(reader, lines, of_the_week=of_the_week, monthly=monthly)
        if not (heeds or produced or worth or (parts and reader.lives_on_it)):
            return None
        sections = {name: [one.line for one in lines if one.section == name] for name in SECTIONS}
        return Digest(
            every=reader.every,
            week=self.week,
            on=self.mornings.today,
            at=self.now,
            function=reader.function,
            address=reader.address,
            language=reader.language,
            references=tuple(share.ctx.s.convention.reference for share in reader.shares),
            sections={name: tuple(shown[: MOST[name]]) for name, shown in sections.items() if shown},
            cut={
                name: sum(len(line.of) for line in shown[MOST[name] :])
                for name, shown in sections.items()
                if len(shown) > MOST[name]
            },
            deeds=_deeds(reader, self.contexts, span) if reader.follows else Deeds(),
            robot=self.robot if reader.leads else None,
            yields=produced,
            ask=None if reader.follows else _coordinator(reader),
            titles=() if reader.follows else _titles(reader, lines),
        )


_EACH_DAY: Final[frozenset[SectionName]] = frozenset({"late", "week", "mails"})
"""What a daily digest tells on the other mornings of the week."""


def _managed(reader: DigestReader) -> list[Context]:
    """Return the conventions whose figures a reader is shown: those it manages."""
    return [share.ctx for share in reader.shares if share.leads]


def _span(
    reader: DigestReader, mornings: Mornings, in_full: frozenset[tuple[str, str]], *, of_the_week: bool
) -> DigestSpan:
    """A day, a week, or what is left of the month."""
    today = mornings.today
    if reader.every == "monthly":
        until = (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        until = today + timedelta(days=6 if of_the_week else 1)
    return DigestSpan(today, mornings.before(reader.every), until, in_full)


def _is_worth_a_mail(reader: DigestReader, lines: list[Found], *, of_the_week: bool, monthly: bool) -> bool:
    """Whether a digest has something to say: to do now, or that the one before did not say.

    What only stands is said again in the first of a month, to whoever follows a convention. What is late is said to whoever
    keeps the file each week until it is not; whoever only manages hears when something becomes late or is to be decided, and
    reads of the rest then.
    """
    manages = reader.leads and not reader.keeps
    if any(one.new and (not manages or one.section in {"late", "decide"}) for one in lines):
        return True
    if reader.keeps and of_the_week and any(one.section == "late" for one in lines):
        return True
    return monthly and reader.follows and bool(lines)


def _said_in_full(parts: Sequence[MessageOrder]) -> frozenset[tuple[str, str]]:
    """What a part of the mail asks in its own words: the questions, and the addresses that refuse."""
    asked = {(part.reference, f"question/{one.id}") for part in parts for one in part.questions}
    letters = {(part.reference, f"letter/{one.letter}/{one.about}") for part in parts for one in part.letters}
    return frozenset(asked | letters)


def left_to_say(digest: Digest, parts: Sequence[MessageOrder]) -> tuple[MessageOrder, ...]:
    """Return the parts of a mail without what its digest says already.

    The lines of reminders and corrections whose item stands in a section, as it is shown, are told there.
    """
    told = {(about.reference, about.item) for lines in digest.sections.values() for line in lines for about in line.of}
    found = []
    for part in parts:
        if mail_of(part.kind).told_by_digest:
            rest = tuple(line for line in part.lines if (part.reference, line.item) not in told)
            if not rest and not (part.questions or part.letters or part.heard or part.news):
                continue
            part = part.model_copy(update={"lines": rest})  # noqa: PLW2901 - the same part, shorter
        found.append(part)
    return tuple(found)


def _deeds(reader: DigestReader, contexts: Sequence[Context], span: DigestSpan) -> Deeds:
    """What left since the digest before, for the conventions of a reader: each mail of the day counted once."""
    mails: set[str] = set()
    invitations = 0
    for share in reader.shares:
        if not share.follows:
            continue
        zone = share.ctx.s.zone
        for message in share.ctx.dossier.outbox:
            if message.accepted_at is None or message.accepted_at.astimezone(zone).date() < span.before:
                continue
            if message.accepted_at.astimezone(zone).date() >= span.today:
                continue
            if mail_of(message.kind).is_event:
                invitations += 1
            else:
                mails.add(message.mail or message.id)
    closed = tuple(
        sorted(ctx.s.convention.reference for ctx in contexts if _closed_in(ctx, span) and _followed(reader, ctx))
    )
    return Deeds(mails=len(mails), invitations=invitations, closed=closed)


def _coordinator(reader: DigestReader) -> tuple[str, str]:
    s = reader.shares[0].ctx.s
    asked = recipient(s, s.convention.coordinator)
    return asked.function, asked.address


def _titles(reader: DigestReader, lines: Sequence[Found]) -> tuple[tuple[str, Text], ...]:
    """What the conventions that are spoken of are called, for whoever does not know our references."""
    named = {about.reference for one in lines for about in one.line.of}
    conventions = (share.ctx.s.convention for share in reader.shares)
    return tuple((c.reference, c.called) for c in conventions if c.reference in named)


def _closed_in(ctx: Context, span: DigestSpan) -> bool:
    closed = ctx.dossier.closed_at
    return closed is not None and span.before <= closed.astimezone(ctx.s.zone).date() < span.today


def _followed(reader: DigestReader, ctx: Context) -> bool:
    roles = (ctx.s.convention.coordinator, ctx.s.convention.manager)
    return reader.extra or any(p.address.casefold() == reader.address.casefold() for p in people(ctx.s, roles))
