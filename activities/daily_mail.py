"""The mail of the day: composed from what every convention has to say at that instant, written once, settled once."""

import asyncio
import logging
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, ConfigDict, TypeAdapter
from temporalio import activity

from activities.enclosing import enclosed
from activities.signs_of_life import signs_of_life
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import Digest
from echeancier.domain.messages.identity import identity
from echeancier.domain.messages.merging import Merged, Part, merged
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.plan import plan_of
from echeancier.domain.messages.undelivered import as_delivered
from echeancier.domain.model import Frozen
from echeancier.domain.overview.digest import Robot, digests
from echeancier.domain.overview.digest_day import DigestHours, days_of, made_up_since, may_leave
from echeancier.domain.overview.digest_readers import readers_today
from echeancier.domain.ports import (
    DigestWriter,
    EnclosurePrinter,
    MailRounds,
    MailWriter,
    OpenConventions,
    PurgeableStore,
    Readings,
)
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.running.keys import MAILS, Vault, mails_of
from echeancier.domain.terms.policy import Policy

KEPT: Final = timedelta(days=45)
"""How long it is remembered that somebody got the digest of a week or a month."""

_READ: Final = "read"
"""Folder of what remembers that somebody got a digest, on the day he got it."""

_WHOLE: Final = "whole"
"""Name of what remembers that nothing of a day was left."""

_log = logging.getLogger(__name__)


class DayRequest(Frozen):
    """An engine instant."""

    engine: AwareDatetime


class Day(Frozen):
    """The local day of an instant, and how long its mail waits for what others have to say."""

    day: str
    gather: timedelta


class ComposeRequest(Frozen):
    """The mails of a day that are still to be sent.

    Attributes:
        refused: mails of the former day that the relay refused for good.
    """

    day: str
    engine: AwareDatetime
    refused: int = 0


class PartTold(Frozen):
    """What one convention will have told by a mail."""

    reference: str
    entry: Message


_TOLD = TypeAdapter(tuple[PartTold, ...])


class Written(Frozen):
    """A mail whose bytes are kept.

    Attributes:
        at: the instant that dates it; ``until``: after that it is not sent as it is, but composed again.
        digest: the id of the digest in it, empty without one.
        packed: what each convention will have told by it, as compressed JSON: it repeats itself so much that the mails of many
            conventions would else be more than the engine takes at once.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    id: str
    address: str
    at: AwareDatetime
    until: AwareDatetime
    digest: str = ""
    packed: bytes = b""

    @property
    def told(self) -> tuple[PartTold, ...]:
        """What each convention will have told by it."""
        return _TOLD.validate_json(zlib.decompress(self.packed)) if self.packed else ()


class Composed(Frozen):
    """What is to be handed over now.

    Attributes:
        digests: the digests of this day could leave, those that have something to say are among these mails.
    """

    mails: tuple[Written, ...] = ()
    digests: bool = False


class SettleRequest(Frozen):
    """Mails that are done with.

    Attributes:
        said: ids of mails that left, or were refused for good; ``addresses`` whose, ``digests`` what they read in them: none of
            these is written again today, nor read again.
        dropped: ids of mails that did not leave, and will not as they are.
        whole: nothing of this day is left, its digests included: no later day makes up for them.
    """

    day: str
    said: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    whole: bool = False


def folder_of(day: str) -> str:
    """Return where the mails of a day wait."""
    return f"{MAILS}/{day}"


@dataclass(frozen=True)
class _Round:
    """One look at all conventions.

    Attributes:
        done: the names of what the store remembers of rounds.
        come: digests may leave now.
        since: the last day of which nothing was left.
        is_read: it is the morning of somebody's digest.
    """

    now: datetime
    day: str
    contexts: list[Context]
    done: frozenset[str]
    parts: list[Part]
    come: bool
    since: date | None
    is_read: bool


@dataclass
class DailyMailActivities:
    """Reads every open convention and writes each person's mail of the day.

    Attributes:
        hours: when digests are wanted, and whose local day the mail is of.
        extra: addresses of functions that read the digest of every convention.
        vault: the keys; each day has its own, made as its mails are composed. None where nothing is encrypted.
    """

    rounds: MailRounds
    conventions: OpenConventions
    writer: MailWriter
    digest_writer: DigestWriter
    printer: EnclosurePrinter
    store: PurgeableStore
    readings: Readings
    shift: CalendarShift
    policy: Policy
    hours: DigestHours = field(default_factory=DigestHours)
    extra: tuple[str, ...] = ()
    vault: Vault | None = None

    @activity.defn(name="daily-mail-day")
    async def day(self, request: DayRequest) -> Day:
        """Return which day it is where the digests are read."""
        today = self.hours.today(self.shift.to_calendar(request.engine))
        return Day(day=today.isoformat(), gather=timedelta(minutes=self.policy.gather_minutes))

    @activity.defn(name="daily-mail-ask")
    async def ask(self, wanted: Day) -> None:
        """Have the mail of a day composed, unless that is under way."""
        await self.rounds.begin(wanted.day, wanted.gather)

    @activity.defn(name="daily-mail-compose")
    async def compose(self, request: ComposeRequest) -> Composed:
        """Write the mails of those who were not written to today; the same words always give the same bytes.

        Nothing while sending is stopped on purpose: what is then still true is composed when it is no more. Nothing for a day
        that is over, of which a machine was off: the mail of this day says it, and both would be two on one day.
        """
        now = self.shift.to_calendar(request.engine).replace(microsecond=0)
        if self.policy.sending_stopped or request.day != self.hours.today(now).isoformat():
            return Composed()
        if self.vault is not None:
            self.vault.admit(mails_of(request.day))
        async with signs_of_life():
            found, unreadable = await self.conventions.all()
            round_ = await asyncio.to_thread(self._begun, found, now, request)
            robot = await self._robot(request, unreadable) if round_.is_read else None
            return await asyncio.to_thread(self._composed, round_, robot)

    @activity.defn(name="daily-mail-settle")
    async def settle(self, request: SettleRequest) -> None:
        """Remember who was written to, and destroy the bytes: what was said stands in each convention's own outbox."""
        await asyncio.to_thread(self._settle, request)

    async def _robot(self, request: ComposeRequest, unreadable: tuple[str, ...]) -> Robot:
        return Robot(
            unreadable=unreadable,
            stuck=await self.conventions.troubles(),
            mailbox=await self.readings.state(request.engine),
            refused=request.refused,
        )

    def _begun(self, found: tuple[Dossier, ...], now: datetime, request: ComposeRequest) -> _Round:
        # Nothing comes too late for the mail that is being written, whatever the hour: without it, it would be tomorrow's.
        policy = self.policy.model_copy(update={"morning_until": time.max})
        contexts = [Context(as_delivered(dossier), now, policy) for dossier in found]
        done = self._remembered(self.hours.today(now))
        parts = [part for ctx in contexts for part in _parts(ctx)]
        worked = days_of(ctx.s.convention.place.calendar() for ctx in contexts)
        come = may_leave(now, self.hours, worked, self.policy.send_until)
        whole = (date.fromisoformat(name.split("/")[1]) for name in done if name.endswith(f"/{_WHOLE}"))
        since = made_up_since(now, self.hours, whole) if come else None
        is_read = bool(readers_today(contexts, now, self.hours, self.extra, since=since))
        return _Round(now, request.day, contexts, done, parts, come, since, is_read)

    def _remembered(self, today: date) -> frozenset[str]:
        """The names of what is remembered of the last rounds; what is older is forgotten."""
        first = folder_of((today - KEPT).isoformat())
        names = self.store.names(MAILS)
        old = [name for name in names if name < first]
        for name in old:
            self.store.remove(name)
        return frozenset(names).difference(old)

    def _composed(self, at: _Round, robot: Robot | None) -> Composed:
        read = {name.rpartition("/")[2] for name in at.done if f"/{_READ}/" in name}
        added = [] if robot is None else [one for one in self._digests(at, robot) if one.id not in read]
        held = set() if at.come else {one.address.casefold() for one in added}

        def is_due(address: str) -> bool:
            """Whether somebody is written to now: not yet today, and not before the hour of a digest that he reads today."""
            return address.casefold() not in held and _was_said(at.day, address) not in at.done

        parts = [part for part in at.parts if is_due(part.order.to.address)]
        added = [one for one in added if is_due(one.address)]
        mails = tuple(self._keep(one, at.day, at.now) for one in merged(parts, added, at.now))
        return Composed(mails=mails, digests=at.come)

    def _digests(self, at: _Round, robot: Robot) -> tuple[Digest, ...]:
        """The digests of this morning, and those that no whole day of this week has sent."""
        by_address: dict[str, list[MessageOrder]] = {}
        for part in at.parts:
            by_address.setdefault(part.order.to.address.casefold(), []).append(part.order)
        return digests(at.contexts, at.now, self.hours, robot, self.extra, parts=by_address, since=at.since)

    def _keep(self, one: Merged, day: str, now: datetime) -> Written:
        name = f"{folder_of(day)}/mail/{one.mail.id}.eml"
        if self.store.get(name) is None:
            self.store.put_once(name, self._bytes(one))
        evening = datetime.combine(self.hours.today(now), self.policy.send_until, tzinfo=ZoneInfo(self.hours.zone))
        digest = one.mail.digest
        told = tuple(PartTold(reference=reference, entry=entry) for reference, entry in one.entries)
        return Written(
            id=one.mail.id,
            address=one.mail.to.address,
            at=now,
            until=max(now, evening),
            digest="" if digest is None else digest.id,
            packed=zlib.compress(_TOLD.dump_json(told)),
        )

    def _bytes(self, one: Merged) -> bytes:
        writer = self.writer if one.mail.digest is None else self.digest_writer
        files = [file for part in one.mail.parts for file in enclosed(self.store, self.printer, part)]
        return writer.write_day(one.mail, tuple(files))

    def _settle(self, request: SettleRequest) -> None:
        marks = [_was_said(request.day, address) for address in request.addresses]
        marks += [f"{folder_of(request.day)}/{_WHOLE}"] if request.whole else []
        for name in (*marks, *(_was_read(request.day, digest) for digest in request.digests)):
            self.store.put_once(name, b"1")
        for one in (*request.said, *request.dropped):
            self.store.remove(f"{folder_of(request.day)}/mail/{one}.eml")


def _parts(ctx: Context) -> list[Part]:
    """What one convention has to say; one that cannot be planned holds up none of the others: its own workflow says so."""
    try:
        plan = plan_of(ctx)
    except Exception:  # noqa: BLE001 - whatever it is, its own plan meets it too, and is seen to fail
        _log.exception("%s cannot be planned for the mail of the day", ctx.dossier.convention.reference)
        return []
    return [Part(order, entry) for order, entry in zip(plan.posts, plan.post_entries, strict=True)]


def _was_said(day: str, address: str) -> str:
    return f"{folder_of(day)}/said/{identity(day, 'said', address, ())}"


def _was_read(day: str, digest: str) -> str:
    return f"{folder_of(day)}/{_READ}/{digest}"
