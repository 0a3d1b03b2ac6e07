"""The weekly digest: from the conventions to who gets one and what stands in it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

from echeancier.domain.agenda.item_row import side
from echeancier.domain.agenda.items import TO_DO, Item
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.identity import identity
from echeancier.domain.messages.mail import Language
from echeancier.domain.model import Frozen, Text
from echeancier.domain.overview.digest_day import DigestHours, week_of
from echeancier.domain.overview.journal import function_of
from echeancier.domain.overview.todo import Sort, Todo, decide_by, todos
from echeancier.domain.running.health import MailboxHealth
from echeancier.domain.running.mail_fault import OF_SETTINGS, said_of
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.standing.people import recipient

SectionName = Literal["late", "decisions", "notices", "ends", "renewals", "soon", "questions", "mails"]

SECTIONS: tuple[SectionName, ...] = ("late", "decisions", "notices", "ends", "renewals", "soon", "questions", "mails")
"""The sections, in the order in which they are read."""


class DigestLine(Frozen):
    """One thing, in one convention.

    Attributes:
        what: the thing itself.
        day: the day to act by; ``last`` the last day allowed.
        who: who owes it or is asked, an institution or a function; « nous » is our own side.
        more: of the same series, how many more are late.
        why: the article behind it, or what the relay answered.
    """

    reference: str
    what: Text
    day: date | None = None
    last: date | None = None
    who: Text
    more: int = 0
    why: str = ""


class Robot(Frozen):
    """The one line about the robot itself.

    Attributes:
        since: when it was last started, None when that is not known.
        conventions: how many are open here, for everybody.
        unreadable: references whose file could not be read for this digest.
        stuck: everything that does not do its work.
        refused: digests of the former week that did not leave: refused, or put off until they were too old.
    """

    since: AwareDatetime | None = None
    conventions: int = 0
    unreadable: tuple[str, ...] = ()
    stuck: tuple[Trouble, ...] = ()
    mailbox: MailboxHealth = MailboxHealth()
    refused: int = 0


class Digest(Frozen):
    """One mail to one person.

    Attributes:
        week: its name, ``2026-W48``; ``on`` the local day it is written for.
        function, address: whose it is; the address is a function's.
        references: the conventions it speaks of.
        sections: lines by section; a section without any is left out.
        cut: by section, how many lines are not shown.
    """

    week: str = Field(pattern=r"^\d{4}-W\d{2}$")
    on: date
    at: AwareDatetime
    function: str
    address: str
    language: Language
    references: tuple[str, ...]
    sections: dict[SectionName, tuple[DigestLine, ...]] = Field(default_factory=dict)
    cut: dict[SectionName, int] = Field(default_factory=dict)
    robot: Robot

    @property
    def id(self) -> str:
        """Stable for this person and this week: the same digest has the same Message-ID, whoever asks again."""
        return digest_id(self.week, self.address)


def digest_id(week: str, address: str) -> str:
    """Return the id of a person's digest of a week: tells nothing about the person."""
    return identity(week, "digest", address, ())


SOON: Final = timedelta(days=14)
"""How far the digest looks for what is simply due: the next one comes in a week."""

FAR: Final = timedelta(days=183)
"""How far it looks for what takes months to prepare: an end, a notice to post."""

MOST: Final = 20
"""Lines of a section; the desk has the others."""

MOST_QUESTIONS: Final = 8
"""Questions are chased by mails of their own: here it is enough to see that they wait."""

EXTRA: Final = Text(fr="Boîte de service", en="Service mailbox")
"""What a mailbox that only a setting names is called."""


@dataclass
class _Reader:
    function: str
    address: str
    language: Language
    contexts: list[Context] = field(default_factory=list)


def digests(
    contexts: Sequence[Context], now: datetime, hours: DigestHours, robot: Robot, extra: Iterable[str] = ()
) -> tuple[Digest, ...]:
    """Return one digest per person: the coordinators and managers of the conventions, each with its own.

    Whoever stands in for one of them today reads it in their place. Two roles with one address are one person.

    Args:
        contexts: the open conventions.
        now: aware instant that dates the mails.
        hours: when digests leave; names the week.
        robot: what is said of the robot itself.
        extra: addresses of functions that read about every convention, whether they have a role or not.
    """
    alive = [ctx for ctx in contexts if ctx.dossier.withdrawn is None and ctx.dossier.closed_at is None]
    return tuple(_digest(reader, now, hours, robot) for reader in _readers(alive, extra))


def _readers(contexts: Sequence[Context], extra: Iterable[str]) -> Iterator[_Reader]:
    found: dict[str, _Reader] = {}
    for ctx in contexts:
        for role in (ctx.s.convention.coordinator, ctx.s.convention.manager):
            person = recipient(ctx.s, role)
            reader = found.setdefault(
                person.address.casefold(), _Reader(person.function, person.address, person.language)
            )
            if ctx not in reader.contexts:
                reader.contexts.append(ctx)
    for address in extra:
        reader = found.setdefault(address.casefold(), _Reader(EXTRA.fr, address, "fr"))
        reader.contexts = list(contexts)
    yield from sorted(found.values(), key=lambda reader: reader.address.casefold())


def _digest(reader: _Reader, now: datetime, hours: DigestHours, robot: Robot) -> Digest:
    ordered = sorted(reader.contexts, key=lambda ctx: ctx.s.convention.reference)
    sections: dict[SectionName, list[tuple[date, DigestLine]]] = {name: [] for name in SECTIONS}
    for ctx in ordered:
        for name, day, line in _lines(ctx):
            sections[name].append((day, line))
    found = {name: sorted(lines, key=lambda one: (one[0], one[1].reference)) for name, lines in sections.items()}
    return Digest(
        week=week_of(now, hours),
        on=now.astimezone(ZoneInfo(hours.zone)).date(),
        at=now,
        function=reader.function,
        address=reader.address,
        language=reader.language,
        references=tuple(ctx.s.convention.reference for ctx in ordered),
        sections={name: tuple(line for _, line in lines[: _most(name)]) for name, lines in found.items() if lines},
        cut={name: len(lines) - _most(name) for name, lines in found.items() if len(lines) > _most(name)},
        robot=robot,
    )


def _most(name: SectionName) -> int:
    return MOST_QUESTIONS if name == "questions" else MOST


def _lines(ctx: Context) -> Iterator[tuple[SectionName, date, DigestLine]]:
    for todo in todos(ctx):
        name = _section(ctx, todo)
        if name is not None:
            yield name, todo.day or date.max, _line(ctx, todo)
    for item in ctx.agenda.items:
        day = item.safe_day
        if item.kind == "notice" and item.state in TO_DO and day and ctx.s.today <= day <= ctx.s.today + FAR:
            yield "notices", day, _about(ctx, item)
    end = ctx.agenda.end.day
    if end is not None and ctx.s.today <= end <= ctx.s.today + FAR:
        last = ctx.items.get("end")
        c = ctx.s.convention
        who, why = side(ctx.s, c.facing).seen_from_us(), last.clause.article if last is not None else ""
        yield (
            "renewals" if ctx.agenda.end.renews_itself else "ends",
            end,
            DigestLine(reference=c.reference, what=c.called, last=end, who=who, day=decide_by(ctx), why=why),
        )


def _section(ctx: Context, todo: Todo) -> SectionName | None:
    """Where a thing to do stands; None for what is too far, or has a section of its own."""
    if todo.sort is Sort.MAIL:
        return "mails"
    if todo.sort is Sort.QUESTION:
        return "questions"
    if todo.sort in (Sort.LETTER, Sort.ANSWER) or (todo.item is not None and todo.item.kind == "end"):
        return None
    if todo.late:
        return "late"
    if todo.sort is Sort.DECISION:
        return "decisions"
    return "soon" if todo.day is not None and todo.day <= ctx.s.today + SOON else None


def _line(ctx: Context, todo: Todo) -> DigestLine:
    if todo.item is not None:
        return _about(ctx, todo.item, todo.day, todo.older)
    reference = ctx.s.convention.reference
    if todo.question is not None:
        asked = function_of(ctx.dossier, todo.question.ask)
        return DigestLine(
            reference=reference, what=todo.question.about, who=Text(fr=asked, en=asked), why=todo.question.clause.article
        )  # fmt: skip
    assert todo.message is not None  # noqa: S101 - one of the three
    reader = function_of(ctx.dossier, todo.message.role)
    held = todo.message.fault in OF_SETTINGS
    what = (
        Text(fr="Courriel retenu", en="Mail held back")
        if held
        else Text(fr="Courriel non remis", en="Undelivered mail")
    )
    return DigestLine(
        reference=reference, what=what, day=todo.day, who=Text(fr=reader, en=reader), more=todo.older,
        # A relay's words about our settings are for the desk only.
        why=said_of(todo.message.fault).fr if held else todo.message.detail,
    )  # fmt: skip


def _about(ctx: Context, item: Item, day: date | None = None, more: int = 0) -> DigestLine:
    return DigestLine(
        reference=ctx.s.convention.reference, what=item.title, day=day or item.safe_day, last=item.legal_last_day,
        who=side(ctx.s, item.owed_by).seen_from_us(), more=more, why=item.clause.article,
    )  # fmt: skip
