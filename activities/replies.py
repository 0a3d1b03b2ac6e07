"""The reading of the mailbox: fetch, find whose answer it is, record, file. Each step may be done twice without harm."""

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError

from echeancier.domain.answers.fact_of_reply import Decision, decide_among, without_a_dossier
from echeancier.domain.answers.reply import Batch, Cursor, Filing, Parsed, ReadMail, Verdict, request_key
from echeancier.domain.errors import MailboxError
from echeancier.domain.model import Frozen
from echeancier.domain.ports import Incoming, PurgeableStore, Register, ReplyMailbox, ReplyParser
from echeancier.domain.running.keys import HOUSE

MAILBOX_FAILED = "MailboxFailed"
"""Error type of a mailbox that cannot be used now."""

KEPT_RUNS = timedelta(days=7)
"""How long the engine keeps the readings of the mailbox: one every five minutes, with addresses in them."""

KEPT_APART = timedelta(days=90)
"""How long mail received that concerns no convention is kept: the time for a person to read it in the mailbox itself."""

_TIDIED_AT_ONCE = 200
_KEPT = frozenset({"answer", "undelivered", "unreadable"})
"""Sorts whose bytes are kept: what a fact rests on, and what was not understood."""


class ReadRequest(Frozen):
    """What was read before, and how many mails to read now."""

    after: Cursor
    most: int


class RecordRequest(Frozen):
    """A mail, and the conventions it concerns: none, one, or those for which a day's mail spoke."""

    reading: ReadMail
    references: tuple[str, ...] = ()


@dataclass
class ReplyActivities:
    """Reads the mailbox of the answers.

    Attributes:
        mailbox: None where no mailbox is set; answers are then recorded by hand.
    """

    mailbox: ReplyMailbox | None
    parser: ReplyParser
    store: PurgeableStore
    register: Register

    @activity.defn(name="read_replies")
    async def read(self, request: ReadRequest) -> Batch:
        """Read the next mails and say what each is; those that matter are kept in the document store."""
        return await asyncio.to_thread(self._read, request)

    @activity.defn(name="locate_replies")
    async def locate(self, mails: list[Parsed]) -> list[tuple[str, ...]]:
        """Return the references of the conventions that each mail concerns."""
        return list(await self.register.locate(mails))

    @activity.defn(name="record_reply")
    async def record(self, request: RecordRequest) -> Verdict:
        """Record what a mail says, if it says something to record, and return where the mail goes."""
        reading = request.reading
        alone = without_a_dossier(reading.parsed)
        decisions = {"": alone} if alone is not None else await self._decided(reading, request.references)
        recorded = False
        for reference, decision in tuple(decisions.items()):
            if decision.fact is None or not reference:
                continue
            refused = await self.register.record(reference, decision.fact, reading.key)
            recorded = recorded or not refused
            if refused:
                decisions[reference] = Decision("to-read", f"refusé à l’enregistrement\u00a0: {refused}")
        # What one convention leaves to a person is for a person.
        verdict = min(decisions.values(), key=lambda decision: decision.folder == "done")
        if reading.document:
            why = verdict.why if verdict.folder == "to-read" else ""
            await asyncio.to_thread(self._shelve, reading.document, request.references, why)
        return Verdict(folder=verdict.folder, why=verdict.why, recorded=recorded)

    @activity.defn(name="file_replies")
    async def file(self, request: Filing) -> None:
        """Move the mails that were dealt with, and those that a person must read."""
        await asyncio.to_thread(self._file, request)

    @activity.defn(name="forget_old_readings")
    async def forget(self) -> int:
        """Delete the readings that ended long ago, and the mail that concerned nothing; return how many readings."""
        await asyncio.to_thread(self.store.expire, HOUSE, self.register.now() - KEPT_APART)
        return await self.register.forget_runs(self.register.now() - KEPT_RUNS, _TIDIED_AT_ONCE)

    async def _decided(self, reading: ReadMail, references: tuple[str, ...]) -> dict[str, Decision]:
        if not references:
            why = f"{reading.parsed.why} qui ne correspond à rien de ce que nous avons envoyé"
            return {"": Decision("to-read", why)}
        dossiers = [await self.register.dossier(reference) for reference in references]
        return await asyncio.to_thread(decide_among, dossiers, reading, self.register.now())

    def _shelve(self, document: str, references: tuple[str, ...], why: str) -> None:
        """Keep a mail with the file of each convention it concerns, under its key: it goes with it.

        What concerns none stays with the house's, for `KEPT_APART`.
        """
        kept = self.store.get(document) if references else None
        places = [f"{reference}/{document}" for reference in references] or [document]
        for place in places:
            if kept is not None:
                self.store.put_once(place, kept)
            if why:
                self.store.put_once(f"{place.removesuffix('.eml')}.txt", f"{why}\n".encode())
        if kept is not None:
            self.store.remove(document)

    def _read(self, request: ReadRequest) -> Batch:
        mailbox, now = self._mailbox(), self.register.now()
        try:
            validity, waiting = mailbox.waiting(request.after)
            taken = waiting[: request.most]
            readings = tuple(self._readings(mailbox.mails(taken), now)) if taken else ()
        except MailboxError as error:
            raise _failed(error) from error
        return Batch(uid_validity=validity, readings=readings, more=len(waiting) > len(taken))

    def _readings(self, mails: Iterator[Incoming], now: datetime) -> Iterator[ReadMail]:
        for mail in mails:
            parsed = self.parser.parse(mail.raw)
            if mail.size > len(mail.raw):
                size = f"courriel de {mail.size >> 20}\u00a0Mo, trop gros"
                parsed = Parsed(sort="unreadable", message_id=parsed.message_id, why=size, mark=parsed.mark)
            key = request_key(parsed.message_id, hashlib.sha256(mail.raw).hexdigest())
            document = f"replies/{key}.eml" if parsed.sort in _KEPT else ""
            if document:
                self.store.put_once(document, mail.raw)
            yield ReadMail(
                uid=mail.uid,
                key=key,
                received_at=min(mail.received_at or now, now),
                document=document,
                parsed=parsed,
            )

    def _file(self, request: Filing) -> None:
        mailbox = self._mailbox()
        try:
            mailbox.file(request.uid_validity, request.done, "done")
            mailbox.file(request.uid_validity, request.to_read, "to-read")
        except MailboxError as error:
            raise _failed(error) from error

    def _mailbox(self) -> ReplyMailbox:
        if self.mailbox is None:
            raise ApplicationError("aucune boîte de réponses n’est réglée", type=MAILBOX_FAILED, non_retryable=True)
        return self.mailbox


def _failed(error: MailboxError) -> ApplicationError:
    return ApplicationError(str(error), type=MAILBOX_FAILED, non_retryable=error.final)
