"""What the program asks of the outside world. Adapters implement these; activities name nothing else."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.afterwards.purged_file import PurgedFile
from echeancier.domain.answers.reply import Cursor, Folder, Parsed
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.enclosures import Enclosure
from echeancier.domain.messages.mail import Attachment, Delivery
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.running.health import MailboxHealth as MailboxState
from echeancier.domain.running.trouble import Trouble

Leaving = Callable[[], Awaitable[None]]
"""Called when the content of a mail is about to leave; what it raises keeps it from leaving."""


async def unheard() -> None:
    """Let a mail leave without telling anybody."""


class MailTransport(Protocol):
    """Hands one finished mail to a relay, for one recipient."""

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        """Try once to hand over `raw`, byte for byte.

        Never raises for what a relay or a network may do: the answer says it. `envelope_from` is the address
        that receives delivery failures. `leaving` is awaited once, when nothing can keep the content from leaving any
        more; as long as it was not called, nothing has left.
        """
        ...

    async def trouble(self) -> str:
        """Return what would keep a mail from being handed over now, in words that hold no address; empty for nothing."""
        ...


class MailWriter(Protocol):
    """Puts a message into words and bytes."""

    def write(self, order: MessageOrder, files: tuple[Attachment, ...] = ()) -> bytes:
        """Return the finished mail with its files; the same order gives the same bytes."""
        ...

    def write_day(self, mail: DayMail, files: tuple[Attachment, ...] = ()) -> bytes:
        """Return the finished mail of a day with its files; the same mail gives the same bytes."""
        ...

    def return_path(self, message_id: str) -> str:
        """Return the address that receives the delivery failures of one message."""
        ...


class MailRounds(Protocol):
    """Has the mail of a day composed and sent."""

    async def begin(self, day: str, gather: timedelta) -> bool:
        """Begin with a day, ``2026-11-30``, once it has waited so long for others; false where that is under way.

        Raises:
            Exception: the engine does not answer.
        """
        ...


class EnclosurePrinter(Protocol):
    """Lays out what a message encloses."""

    def pdf(self, enclosure: Enclosure) -> bytes:
        """Return the file; the same enclosure gives the same bytes."""
        ...


class Custody(Protocol):
    """Who may come in at the front door, and what was purged."""

    def admit(self, reference: str) -> None:
        """Make the key of a convention that comes in; raises `PurgedError` where its file was purged."""
        ...

    def has_key(self, reference: str) -> bool:
        """Whether the convention's key is here and can be used; true where nothing is encrypted."""
        ...

    def refuse_if_purged(self, reference: str) -> None:
        """Raise `PurgedError` where the file was purged."""
        ...

    def purges(self) -> list[PurgeRecord]:
        """Return every purge begun or finished."""
        ...

    def troubles(self) -> tuple[Trouble, ...]:
        """Return what is wrong with the data themselves, the whole installation first."""
        ...


class DigestWriter(Protocol):
    """Puts the mail of a digest morning into words and bytes."""

    def write_day(self, mail: DayMail, files: tuple[Attachment, ...] = ()) -> bytes:
        """Return the finished mail with its files; the same mail gives the same bytes."""
        ...


class SharedActs(Protocol):
    """The deliberations that several running conventions cite."""

    async def settle(self, stuck: Iterable[str]) -> tuple[Trouble, ...]:
        """Have the conventions agree on each, and one of them carry it; return what a person must look at.

        Args:
            stuck: references of conventions that do not do their work: they carry nothing.
        """
        ...


class OpenConventions(Protocol):
    """Every convention that is open, read at once."""

    async def all(self) -> tuple[tuple[Dossier, ...], tuple[str, ...]]:
        """Return the dossiers, and the references of those that could not be read."""
        ...

    async def count(self) -> int:
        """Return how many are open, without waking any.

        Raises:
            Exception: the engine does not answer.
        """
        ...

    async def troubles(self) -> tuple[Trouble, ...]:
        """Return everything that is stuck, the whole installation first."""
        ...

    async def keyless(self) -> tuple[str, ...]:
        """Return the references, open or closed, whose key is lost; without waking any.

        Raises:
            Exception: the engine does not answer.
        """
        ...


class Vitals(Protocol):
    """What this worker knows of itself."""

    @property
    def since(self) -> datetime:
        """The instant it was started."""
        ...

    @property
    def last_plan(self) -> datetime | None:
        """The instant of the last plan it made."""
        ...

    @property
    def last_mail(self) -> datetime | None:
        """The instant of the last mail that a relay took from it."""
        ...

    @property
    def refuses_us(self) -> str:
        """Why the relay last refused a mail for a fault of our settings, in our words; empty once it took one."""
        ...


class Readings(Protocol):
    """The readings of the mailbox of the answers."""

    async def state(self, now: datetime) -> MailboxState:
        """Return what is known of them at an engine instant."""
        ...


class OldRuns(Protocol):
    """Runs that ended, which the engine would keep for years."""

    async def forget(self, kind: str, before: datetime, most: int) -> int:
        """Delete the runs of a kind of workflow that ended before an instant; return how many were deleted."""
        ...


class DayKeys(Protocol):
    """The keys of the mails of a day, each of use on its day only."""

    async def forget(self) -> int:
        """Destroy those of days that are over and of which no mail is under way; return how many."""
        ...


class Monitor(Protocol):
    """Whoever watches from outside that the robot lives, and raises the alarm when it hears nothing."""

    async def tell(self) -> str:
        """Say that all is well; return what went wrong in words that hold no address, empty when it was heard."""
        ...


class DocumentStore(Protocol):
    """Keeps bytes by name, for as long as a file lives."""

    def get(self, name: str) -> bytes | None:
        """Return the bytes kept under ``name``, None if there are none."""
        ...

    def put_once(self, name: str, content: bytes) -> bytes:
        """Keep ``content`` under ``name`` unless something is there already; return what is kept."""
        ...

    def names(self, owner: str) -> list[str]:
        """Return the names of everything kept under an owner: the first part of a name."""
        ...

    def remove(self, name: str) -> bool:
        """Destroy what is kept under ``name``; return whether there was something."""
        ...


@dataclass(frozen=True)
class Incoming:
    """A mail of the mailbox.

    Attributes:
        raw: its bytes; of one that is too big, its fields only.
        size: of the whole, in bytes.
        received_at: by the mailbox's clock, None when it does not say.
    """

    uid: int
    raw: bytes
    size: int
    received_at: datetime | None


class ReplyMailbox(Protocol):
    """The mailbox that receives answers. Blocking: called from a thread; every method may raise `MailboxError`."""

    def waiting(self, after: Cursor) -> tuple[int, tuple[int, ...]]:
        """Return UIDVALIDITY, and the UIDs still to be read, oldest first."""
        ...

    def mails(self, uids: Sequence[int]) -> Iterator[Incoming]:
        """Fetch mails one after the other, without marking them as read."""
        ...

    def file(self, uid_validity: int, uids: Sequence[int], folder: Folder) -> None:
        """Move mails to the folder of what is dealt with, or of what a person must read."""
        ...


class ReplyParser(Protocol):
    """Recognises mail."""

    def parse(self, raw: bytes) -> Parsed:
        """Return what a mail is; never raises, whatever the bytes."""
        ...


class Register(Protocol):
    """The conventions that run, as the reading of the mailbox needs them."""

    def now(self) -> datetime:
        """Return the instant of the calendar."""
        ...

    async def locate(self, mails: Sequence[Parsed]) -> tuple[tuple[str, ...], ...]:
        """Return the references of the conventions that each mail concerns, in order; in one look."""
        ...

    async def dossier(self, reference: str) -> Dossier:
        """Return the dossier of a convention."""
        ...

    async def record(self, reference: str, fact: Fact, request: str) -> str:
        """Record a fact, once for each ``request``; return why the door refused it, empty when it did not."""
        ...

    async def forget_runs(self, before: datetime, most: int) -> int:
        """Delete the readings of the mailbox that ended before an instant; return how many were deleted."""
        ...


class ClosedFiles(Protocol):
    """The files whose convention is over, as their purge needs them."""

    async def dossier(self, reference: str) -> Dossier:
        """Return the dossier, open or closed."""
        ...

    async def last_known(self, reference: str) -> Dossier | None:
        """Return the dossier of a convention that answers nothing, as it was last seen; None when it cannot be read."""
        ...

    async def known_elsewhere(self, reference: str) -> frozenset[str]:
        """Return the mail addresses, in lower case, that stand in every other file, open or closed."""
        ...

    async def runs(self, reference: str) -> int:
        """Return how many executions of the convention the engine keeps."""
        ...

    async def forget(self, reference: str) -> None:
        """Delete every execution of a closed convention; return once the engine keeps none."""
        ...


class ForgetfulStore(Protocol):
    """A store of the inventory that may name a file or its people, and forgets them when the file is purged."""

    def count(self, leaving: PurgedFile) -> int:
        """Return how many things it would forget."""
        ...

    def forget(self, leaving: PurgedFile) -> int:
        """Destroy them; return how many. What is already destroyed is no error."""
        ...


class Archive(Protocol):
    """What outlives a purge."""

    def find(self, reference: str) -> PurgeRecord | None:
        """Return the record of a purge begun or finished."""
        ...

    def open(self, record: PurgeRecord, journal: bytes) -> PurgeRecord:
        """Write the record of a purge that begins; the one that is there already wins."""
        ...

    def write(self, record: PurgeRecord) -> None:
        """Put a record in the place of its former state."""
        ...

    def keep(self, reference: str, files: Mapping[str, bytes]) -> None:
        """Write files whole, in this order."""
        ...


class CertificateWriter(Protocol):
    """Puts the certificate of a purge into words and on paper."""

    def write(self, record: PurgeRecord) -> dict[str, bytes]:
        """Return the files, by name; the same record gives the same bytes."""
        ...


class PurgeableStore(DocumentStore, Protocol):
    """The documents, as their purge needs them."""

    def names(self, owner: str) -> list[str]:
        """Return the names of everything kept of an owner."""
        ...

    def expire(self, owner: str, before: datetime) -> int:
        """Destroy what was kept of an owner before an instant; return how many."""
        ...

    def remove(self, name: str) -> bool:
        """Destroy what is kept under ``name``; return whether there was something."""
        ...
