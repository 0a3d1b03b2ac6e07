"""The one inventory of what the program keeps: how each store is sealed, how long it keeps, who reads it, how it forgets.

Walked by the purge (`forgetful_stores`), by the backup (`saved`), by the permission check (`close_stores`), and by the tests:
a file that the program makes under its data directory and that no entry names fails one. ``docs/operations.md`` prints it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, Literal

from echeancier.adapters.stores.address_book import NAME as BOOK
from echeancier.adapters.stores.address_book import AddressBook
from echeancier.adapters.stores.drafts import Drafts
from echeancier.adapters.stores.feeds import FeedStore
from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.adapters.stores.private import tighten
from echeancier.adapters.stores.rehearsal_folders import RehearsalFolders
from echeancier.domain.ports import ForgetfulStore
from echeancier.domain.running.keys import Vault

Sealing = Literal[
    "convention's key", "house's key", "key of its day", "keys of all", "master key", "clear", "not on disk"
]

Opening = Callable[[Path, Vault | None], ForgetfulStore]


@dataclass(frozen=True)
class Store:
    """One kind of thing that is kept.

    Attributes:
        name: as the documentation calls it.
        at: patterns of the files under the data directory (``*`` crosses folders); empty for what lies elsewhere.
        sealed: what its bytes cannot be read without.
        kept: how long.
        readers: who reads it.
        forgets: how it forgets a person.
        saved: whether a backup takes it.
        opened: how a purge reaches it, where the purge must make it forget somebody; None where ``forgets`` says why not.
    """

    name: str
    at: tuple[str, ...]
    sealed: Sealing
    kept: str
    readers: str
    forgets: str
    saved: bool = False
    opened: Opening | None = None


def _nobody(name: str, *at: str, kept: str = "while it runs", readers: str = "this program") -> Store:
    """A store that holds no content and names nobody."""
    return Store(name, at, "clear", kept, readers, "names nobody")


STORES: Final = (
    Store(
        "engine file", ("engine.db", "engine.db-wal", "engine.db-shm", "engine.db-journal"), "keys of all",
        "a convention until its purge; readings of the mailbox and mails of the day 7 days, rounds 2", "worker, desk, commands",
        "purge: each execution is deleted, then the key; what the file still holds in free pages opens no more", saved=True,
    ),
    Store(
        "documents of a convention", ("documents/*",), "convention's key", "until its purge", "worker, desk",
        "purge: each is overwritten and unlinked, then the key", saved=True,
    ),
    Store(
        "mail received that concerns no convention", ("documents/replies/*",), "house's key",
        "90 days", "nobody but whoever holds the keys", "its term; a purge looks for what concerns its file", saved=True,
    ),
    Store(
        "mail of the day", ("documents/_mail/*",), "key of its day",
        "a mail until it has left, that evening at the latest; that somebody was written to, 45 days", "worker",
        "a mail: as soon as it has left, and with any purge; that somebody was written to names nobody", saved=True,
    ),
    Store(
        "keys", ("keys/*.json", "keys/*.marks"), "master key",
        "until its convention's purge; of the mail of a day, until the next; the house's for ever",
        "worker, desk, commands", "purge: overwritten and unlinked", saved=True,
    ),
    Store(
        "archive", ("archive/*",), "clear", "for ever", "whoever has the right", "names roles and institutions, nobody else",
        saved=True,
    ),
    Store(
        "feeds", ("feeds.json",), "house's key", "an open one until it is revoked; a revoked one 90 days", "desk, commands",
        "purge: those of the file, and of people who stand in no other", saved=True,
        opened=lambda data, vault: FeedStore(data / "feeds.json", vault),
    ),
    Store(
        "address book of functions", (BOOK,), "house's key",
        "an entry until it is taken out; a change that every convention has, 90 days", "desk, commands",
        "purge: the functions of people who stand in no other file, and that the file was told of a change", saved=True,
        opened=lambda data, vault: AddressBook(data / BOOK, vault),
    ),
    Store(
        "drafts of the desk", ("drafts/*.json",), "house's key", "180 days after they were last saved", "desk",
        "purge: those that name the file, or people who stand in no other", saved=True,
        opened=lambda data, vault: Drafts(data / "drafts", vault),
    ),
    Store(
        "rehearsals", ("rehearsals/*", "rehearsal/*", "demo/*"), "clear",
        "those of the desk while they are played; those of the command until the next",
        "whoever reads this account’s files", "purge: each folder that names the file, or people who stand in no other",
        opened=lambda data, _: RehearsalFolders(data),
    ),
    Store(
        "captured mail (trials without a relay)", ("mails/*",), "clear", "until the purge of what it speaks of",
        "whoever reads this account’s files", "purge: each mail that the file sent, or that names it or its people", saved=True,
        opened=lambda data, _: MailDrop(data / "mails"),
    ),
    Store(
        "keys that sign the one-click links and the return addresses of messages", ("links.keys",), "clear",
        "until they are revoked", "worker, partners’ pages", "names nobody", saved=True,
    ),
    Store(
        "sessions of the desk", ("desk/sessions.db", "desk/sessions.db-*"), "clear", "60 minutes unused, 10 hours at most",
        "desk", "names people by the provider’s identifier only; its term",
    ),
    _nobody("key of the desk’s cookies", "desk/keys.json", kept="until everybody is signed out", readers="desk"),
    _nobody("logs of the engine", "engine.log", "engine.log.1", kept="the last 10 MB", readers="whoever operates"),
    _nobody("address of the engine", "engine.json", "engine.json.new", readers="commands"),
    _nobody("locks", "engine.lock", "server.lock", "links.lock", "feeds.lock", "book.lock", "keys/.lock"),
    Store(
        "import jobs, rate limits, dossiers read by the desk", (), "not on disk", "until the process ends, eight jobs at most",
        "desk", "gone with the process",
    ),
    Store(
        "master key", (), "clear", "for ever, apart from the data", "worker, desk, commands", "names nobody",
    ),
    Store(
        "ledger of purges (`purges.ledger`), beside the master key", (), "house's key", "for ever", "worker",
        "names references, roles and institutions, nobody else",
    ),
    Store(
        "roles file of the desk, settings", (), "clear", "as long as its author keeps it", "desk",
        "by hand: take the person’s line out; it names who works here, not who a convention is about",
    ),
)  # fmt: skip


def entry_of(name: str) -> Store | None:
    """Return the entry of a file, by its path under the data directory; the most precise pattern wins."""
    found = [(len(pattern), store) for store in STORES for pattern in store.at if fnmatchcase(name, pattern)]
    return max(found, key=lambda one: one[0])[1] if found else None


def forgetful_stores(data: Path, vault: Vault | None) -> tuple[ForgetfulStore, ...]:
    """Return every store that a purge must make forget, beside the engine, the documents and the keys."""
    return tuple(store.opened(data, vault) for store in STORES if store.opened is not None)


def close_stores(data: Path) -> int:
    """Take from others what they may do with every file that is ours, and with the directory; return how many.

    Raises:
        NotPrivateError: one belongs to another account.
    """
    if not data.is_dir():
        return 0
    return tighten([data, *_ours(data)])


def saved(data: Path) -> Iterator[Path]:
    """Yield the files that a backup takes, by their path under the data directory."""
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data)
        store = entry_of(str(name)) if path.is_file() else None
        if store is not None and store.saved:
            yield name


def table() -> str:
    """Return the inventory as the documentation prints it."""
    rows = [
        "| Store | Files | Sealed by | Kept | Read by | Forgets a person | Saved |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for store in STORES:
        files = ", ".join(f"`{pattern}`" for pattern in store.at) or "–"
        cells = (
            store.name,
            files,
            store.sealed,
            store.kept,
            store.readers,
            store.forgets,
            "yes" if store.saved else "no",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _ours(data: Path) -> Iterator[Path]:
    for path in data.rglob("*"):
        name = str(path.relative_to(data))
        if entry_of(name) is not None or (path.is_dir() and entry_of(f"{name}/x.json") is not None):
            yield path
