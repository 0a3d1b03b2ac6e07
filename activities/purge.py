"""The steps of a purge: each may be cut short anywhere and done again; what is already destroyed is no error."""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.daily_mail import folder_of
from activities.purge_steps import LookRequest, PurgeStep, QuestionLeft
from activities.signs_of_life import signs_of_life
from echeancier.domain.afterwards.purge import Outlook, closed_on, outlook, purge_day, question
from echeancier.domain.afterwards.purge_record import Destroyed, Kind, PurgeRecord
from echeancier.domain.afterwards.purged_file import PurgedFile, addresses_of
from echeancier.domain.afterwards.purged_journal import Residue, residue
from echeancier.domain.answers.fact_of_reply import concerns
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail_kind import Draft
from echeancier.domain.messages.tried_again import MOST_UNKNOWN
from echeancier.domain.ports import (
    Archive,
    CertificateWriter,
    ClosedFiles,
    DayKeys,
    ForgetfulStore,
    MailTransport,
    MailWriter,
    PurgeableStore,
    ReplyParser,
)
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.running.keys import HOUSE, MAILS, KeyGoneError, Vault
from echeancier.domain.terms.policy import Policy

NOT_TAKEN = "NotTaken"
"""Error type of a question that the relay did not take now."""


@dataclass
class PurgeActivities:
    """Asks for a purge, then does it.

    Attributes:
        others: every other store of the inventory that may name a file or its people.
    """

    files: ClosedFiles
    store: PurgeableStore
    others: Sequence[ForgetfulStore]
    vault: Vault
    day_keys: DayKeys
    archive: Archive
    certificates: CertificateWriter
    parser: ReplyParser
    writer: MailWriter
    transport: MailTransport
    shift: CalendarShift
    policy: Policy

    @activity.defn(name="look_at_purge")
    async def look(self, request: LookRequest) -> Outlook:
        """Return what must be done of a closed file now; ``wake_at`` is an engine instant."""
        async with signs_of_life():
            dossier = await self.files.dossier(request.state.reference)
            now = self.shift.to_calendar(request.now)
            found = outlook(dossier, request.state, now, self.policy)
            wake_at = None if found.wake_at is None else self.shift.to_engine(found.wake_at)
            return found.model_copy(update={"wake_at": wake_at})

    @activity.defn(name="ask_for_purge")
    async def ask(self, request: LookRequest) -> QuestionLeft:
        """Write to the coordinator, to the manager where the coordinator's mail is refused."""
        before = max((told for told in activity.info().heartbeat_details if isinstance(told, int)), default=0)
        async with signs_of_life(before) as life:
            dossier = await self.files.dossier(request.state.reference)
            now = self.shift.to_calendar(request.now)
            for one in question(dossier, request.state, now, self.policy):
                raw = await asyncio.to_thread(self._written, request.state.reference, one)
                sender = self.writer.return_path(one.order.id)
                if (
                    life.unknown >= MOST_UNKNOWN
                ):  # a third copy would not help; a question without answer comes back by itself
                    return QuestionLeft(at=now, accepted=True)
                unknown = life.unknown
                delivery = await self.transport.deliver(raw, sender, one.order.to.address, life.leaving)
                if delivery.outcome != "ambiguous" and life.unknown > unknown:
                    life.answered()
                if delivery.outcome == "accepted":
                    return QuestionLeft(at=now, accepted=True)
                if delivery.outcome != "refused":  # the relay will take it later: byte for byte the same
                    raise ApplicationError(delivery.detail or delivery.outcome, type=NOT_TAKEN)
            return QuestionLeft(at=now, accepted=False)

    @activity.defn(name="open_purge")
    async def open(self, request: LookRequest) -> PurgeRecord:
        """Write what will be destroyed, and the journal without persons, before anything is."""
        async with signs_of_life():
            reference = request.state.reference
            known = self.archive.find(reference)
            if known is not None:
                return known
            dossier = await self._dossier(reference, removed=request.state.removed)
            now = self.shift.to_calendar(request.now)
            runs, leaving = await self.files.runs(reference), await self._leaving(reference, dossier)
            record, journal = await asyncio.to_thread(self._inventory, request, dossier, leaving, now, runs)
            kept = {"reference": reference} if journal is None else journal.model_dump(mode="json")
            return self.archive.open(record, json.dumps(kept, ensure_ascii=False, indent=1).encode() + b"\n")

    @activity.defn(name="destroy_documents")
    async def documents(self, step: PurgeStep) -> PurgeRecord:
        """Destroy what other stores keep, received mail and documents, in this order: each is found by what comes after it."""
        async with signs_of_life():
            dossier = await self._dossier(step.reference, removed=step.removed)
            now = self._now()
            await asyncio.to_thread(self._destroy, dossier, await self._leaving(step.reference, dossier))
            return _done(step.record, ("elsewhere", "replies", "documents"), now)

    @activity.defn(name="destroy_runs")
    async def runs(self, step: PurgeStep) -> PurgeRecord:
        """Have the engine forget every execution of the convention."""
        async with signs_of_life():
            await self.files.forget(step.reference)
            return _done(step.record, ("runs",), self._now())

    @activity.defn(name="destroy_key")
    async def key(self, step: PurgeStep) -> PurgeRecord:
        """Destroy the key, and those of the mails that spoke of it: what may be left somewhere cannot be opened any more."""
        async with signs_of_life():
            await self.day_keys.forget()
            await asyncio.to_thread(self.vault.destroy, step.reference)
            return _done(step.record, ("keys",), self._now())

    @activity.defn(name="certify_purge")
    async def certify(self, step: PurgeStep) -> PurgeRecord:
        """Write the certificate, then say in the archive that the purge is finished."""
        async with signs_of_life():
            record = step.record.model_copy(update={"finished_at": self._now()})
            written = await asyncio.to_thread(self.certificates.write, record)
            await asyncio.to_thread(self.archive.keep, step.reference, written)
            self.archive.write(record)
            return record

    async def _dossier(self, reference: str, *, removed: bool) -> Dossier | None:
        """Return the dossier; of a convention that was stuck what can still be read of it, None for nothing."""
        return await (self.files.last_known(reference) if removed else self.files.dossier(reference))

    def _now(self) -> datetime:
        """The instant at which this attempt began, by the engine's clock: a rehearsed time is not ours."""
        return self.shift.to_calendar(activity.info().started_time)

    def _written(self, reference: str, one: Draft) -> bytes:
        """The same bytes at each try; kept with the file, hence destroyed with it."""
        name = f"{reference}/mail/{one.order.id}.eml"
        return self.store.get(name) or self.store.put_once(name, self.writer.write(one.order, ()))

    def _inventory(
        self, request: LookRequest, dossier: Dossier | None, leaving: PurgedFile, now: datetime, runs: int
    ) -> tuple[PurgeRecord, Residue | None]:
        state = request.state
        assert state.confirmed is not None  # noqa: S101 - the outlook says due once confirmed
        documents = {name: self._content(name) for name in self.store.names(state.reference)}
        marks = {name: _mark(content) for name, content in documents.items()}
        replies = {name: _mark(self._content(name)) for name in self._replies(dossier)}
        destroyed = (
            Destroyed(kind="elsewhere", count=sum(store.count(leaving) for store in self.others)),
            Destroyed(kind="replies", count=len(replies), mark=_mark_of(replies.values())),
            Destroyed(
                kind="documents",
                count=len(documents),
                size=sum(map(len, documents.values())),
                mark=_mark_of(marks.values()),
            ),
            Destroyed(kind="runs", count=runs),
            Destroyed(kind="keys", count=1),
        )
        today = now.date()
        bare = PurgeRecord(
            reference=state.reference, closed_on=today, purge_on=today, notice_days=0, basis=state.confirmed.basis,
            confirmed_on=today, confirmed_by=state.confirmed.by, registered_on=today, begun_at=now, destroyed=destroyed,
            removed=state.removed,
        )  # fmt: skip
        if dossier is None:
            return bare, None
        ctx = Context(dossier, now, self.policy)
        zone = ctx.s.zone
        closed = now.astimezone(zone).date() if state.removed else closed_on(ctx)
        journal = residue(ctx, closed, {**marks, **replies})
        known = {
            "closed_on": closed,
            "purge_on": closed if state.removed else purge_day(ctx),
            "notice_days": 0 if state.removed else self.policy.purge_notice_days,
            "confirmed_on": state.confirmed.at.astimezone(zone).date(),
            "parties": journal.parties,
            "registered_on": journal.registered_on,
            "effect_on": journal.effect_on,
            "ends_on": journal.ends_on,
        }
        return bare.model_copy(update=known), journal

    def _content(self, name: str) -> bytes:
        """The bytes of a document, empty when its key is lost: it is destroyed all the same."""
        try:
            return self.store.get(name) or b""
        except KeyGoneError:
            return b""

    async def _leaving(self, reference: str, dossier: Dossier | None) -> PurgedFile:
        if dossier is None:
            return PurgedFile(reference=reference)
        stay = await self.files.known_elsewhere(reference)
        marks = await asyncio.to_thread(self._sent, dossier)
        return PurgedFile(reference=reference, marks=frozenset(marks), addresses=addresses_of(dossier) - stay)

    def _destroy(self, dossier: Dossier | None, leaving: PurgedFile) -> None:
        reference = leaving.reference
        for store in self.others:
            store.forget(leaving)
        for name in self._replies(dossier):
            self.store.remove(f"{name.removesuffix('.eml')}.txt")
            self.store.remove(name)
        for name in (*self._left_behind(), *self.store.names(reference)):
            self.store.remove(name)

    def _left_behind(self) -> list[str]:
        """Mails of former days that never left: a restored copy may have brought them back. Today's speaks of no closed file."""
        today = folder_of(self._now().date().isoformat())
        return [name for name in self.store.names(MAILS) if name.endswith(".eml") and name < today]

    def _sent(self, dossier: Dossier) -> set[str]:
        """SHA-256 of every mail of the convention, by its outbox and by its documents (a question of this purge too)."""
        mails = [name for name in self.store.names(dossier.convention.reference) if name.endswith(".eml")]
        kept = {_mark(self._content(name)) for name in mails}
        return kept | {m.sha256 for m in dossier.outbox if m.sha256}

    def _replies(self, dossier: Dossier | None) -> list[str]:
        """Mails received that concern the convention, whether they were recorded or put aside."""
        found: list[str] = []
        if dossier is None:
            return found
        for name in self.store.names(HOUSE):
            content = self.store.get(name) if name.endswith(".eml") else None
            if content is not None and concerns(dossier, self.parser.parse(content)):
                found.append(name)
        return found


def _done(record: PurgeRecord, kinds: tuple[Kind, ...], at: datetime) -> PurgeRecord:
    after = tuple(d.model_copy(update={"at": at}) if d.kind in kinds else d for d in record.destroyed)
    return record.model_copy(update={"destroyed": after})


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _mark_of(marks: Iterable[str]) -> str:
    found = sorted(marks)
    return _mark("\n".join(found).encode()) if found else ""
