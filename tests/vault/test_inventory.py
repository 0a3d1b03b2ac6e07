"""Every store is in the inventory: walked after a life of the program, by a purge, by the check of modes, by the documents."""

import asyncio
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from echeancier.adapters.stores.address_book import NAME as BOOK
from echeancier.adapters.stores.address_book import AddressBook
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.adapters.stores.drafts import TERM, Drafts
from echeancier.adapters.stores.feeds import TERM as FEED_TERM
from echeancier.adapters.stores.feeds import FeedStore
from echeancier.adapters.stores.inventory import STORES, close_stores, entry_of, table
from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.adapters.stores.private import NotPrivateError, check_private
from echeancier.desk.book.typed import new_entry
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.desk.sign_in.sessions import Sessions
from echeancier.domain.book.entry import BookFunction
from echeancier.domain.overview.feed import Scope
from echeancier.domain.running.keys import HOUSE
from tests.domain import builders as b
from tests.support.keys import ring_of
from tests.support.project_files import ROOT
from tests.support.running import EXAMPLES, command, run
from tests.vault.stage import ADDRESS, NAME, SECRETS, Installation, found_in, installation
from tests.vault.test_purge import closed, purged

pytestmark = pytest.mark.timeout(300)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STAYS = ("Accueil", "accueil@ailleurs.example")
CLEAR = ("mails/", "rehearsals/")
"""What is kept to be read by a person of this machine; the purge makes it forget."""


@pytest.fixture
def _careless_mask() -> Iterator[None]:
    """The mask of most accounts, which lets everybody read."""
    former = os.umask(0o022)
    yield
    os.umask(former)


def files(directory: Path) -> list[str]:
    return sorted(str(p.relative_to(directory)) for p in directory.rglob("*") if not p.is_dir())


def open_to_others(directory: Path) -> list[str]:
    return sorted(
        str(path.relative_to(directory.parent))
        for path in (directory, *directory.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    )


async def rehearsed(directory: Path) -> None:
    """What a rehearsal of the command leaves, and one of the desk that was cut with its machine."""
    for kept in (
        "rehearsal/.rehearsal",
        "rehearsal/mails/00001.eml",
        "rehearsals/0123456789abcdef/convention.toml",
    ):
        (directory / kept).parent.mkdir(parents=True, exist_ok=True)
        (directory / kept).write_text("" if kept.endswith("/.rehearsal") else f'title = "{NAME}, {ADDRESS}"', "utf-8")


@pytest.mark.usefixtures("_careless_mask")
async def test_a_life_of_the_program_makes_no_file_without_an_entry_and_none_that_others_read(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "var"
    # An installation older than the mask: everything in it can be read by all.
    for old in ("mails/index.jsonl", "engine.log", "documents/OLD/mail/a.eml", "demo/report.html"):
        (directory / old).parent.mkdir(parents=True, exist_ok=True)
        (directory / old).write_text("")
    assert len(open_to_others(directory)) > 8
    async with run(
        directory, ECHEANCIER_DESK_PORT="0", ECHEANCIER_LINKS_URL="https://reponses.ville.example",
        ECHEANCIER_LINKS_PORT="0", ECHEANCIER_HEARTBEAT__MINUTES="1",
    ):  # fmt: skip
        assert (await command(directory, "start", str(EXAMPLES / "sqf-p.toml"))).code == 0
        made = (await command(directory, "feed", "create", "--convention", "SQF-P", "--json")).json()
        assert made
        ring = ring_of(directory)
        await asyncio.to_thread(MailDrop(directory / "mails").keep, b"Subject: x\r\n\r\n", "", ())
        Drafts(directory / "drafts", ring).keep({"title": "Essai"}, "coordinator", NOW)
        Sessions(directory / "desk" / "sessions.db", lambda: NOW, timedelta(hours=1), timedelta(hours=10)).close()
        SessionKeys.kept_in(directory / "desk" / "keys.json")
        await asyncio.to_thread(DirectoryStore(directory / "documents", ring).put_once, "replies/a.eml", b"x")
        by_this_process = ("drafts", "rehearsal", "rehearsals", "desk", "documents/replies", "mails")
        await rehearsed(directory)
        live = files(directory)
    left = files(directory)
    unknown = [name for name in {*live, *left} if entry_of(name) is None]
    assert unknown == []
    opened = [n for n in open_to_others(directory) if not n.removeprefix("var/").startswith(by_this_process)]
    assert opened == []
    assert close_stores(directory) > 0
    assert open_to_others(directory) == []


def test_a_file_that_nobody_entered_is_found_out() -> None:
    assert entry_of("notes-of-somebody.txt") is None
    assert entry_of("documents/SQF-P/mail/a.eml") is not None


def test_every_entry_says_how_it_is_sealed_how_long_it_keeps_who_reads_it_and_how_it_forgets() -> None:
    assert all(store.name and store.kept and store.readers and store.forgets for store in STORES)
    clear = {store.name for store in STORES if store.sealed == "clear" and store.opened is None and store.at}
    for store in STORES:
        if store.name in clear:
            assert any(words in store.forgets for words in ("names nobody", "nobody else", "its term")), store


def test_the_documentation_prints_the_inventory_of_the_code() -> None:
    assert table() in (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_a_folder_of_another_account_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mails").mkdir(mode=0o755)

    def not_ours(self: Path, mode: int) -> None:
        raise PermissionError(1, f"{mode:o}", str(self))

    monkeypatch.setattr(Path, "chmod", not_ours)
    with pytest.raises(NotPrivateError, match="chmod -R go="):
        close_stores(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o644])
def test_a_secret_that_its_group_or_anybody_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(mode)
    with pytest.raises(NotPrivateError, match=f"chmod 600 {secret}"):
        check_private(secret, "Le secret")
    secret.chmod(0o400)
    check_private(secret, "Le secret")


async def named_everywhere(place: Installation) -> None:
    """Leave the person's name and address in every store that may hold them, under other references too."""
    directory, ring = place.directory, place.ring
    drafts = Drafts(directory / "drafts", ring)
    drafts.keep({"reference": "ANOTHER", "roles": [{"function": NAME, "address": ADDRESS}]}, "coordinator", NOW)
    drafts.keep({"title": f"à la place de TEST-1, {NAME}"}, "coordinator", NOW)
    drafts.keep({"reference": "STAYS", "title": "tout autre chose"}, "coordinator", NOW)
    feeds, today = FeedStore(directory / "feeds.json", ring), NOW.date()
    for scope in (Scope(kind="convention", name="TEST-1"), Scope(kind="person", name=ADDRESS.upper())):
        for label in ("ouvert", "révoqué"):
            feed, _ = feeds.create(scope, label=label, language="fr", on=today, by="coordinator")
            if label == "révoqué":
                feeds.revoke(feed.id, today)
    feeds.create(Scope(kind="convention", name="NEXT"), label="", language="fr", on=today, by="coordinator")
    functions = (BookFunction(institution="Agence", function=name, address=at) for name, at in ((NAME, ADDRESS), STAYS))
    AddressBook(directory / BOOK, ring).put([new_entry(one, NOW, "coordinator") for one in functions], shown={})
    await rehearsed(directory)
    digest = f"To: else@ville.example\r\nSubject: Semaine\r\n\r\nRappeler {NAME}, {ADDRESS}\r\n".encode()
    MailDrop(directory / "mails").keep(digest, "agenda@ville.example", ("else@ville.example",))


async def test_a_purge_makes_every_store_forget_the_file_and_its_people_and_leaves_the_others(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await place.neighbour()
        await closed(place)
        await named_everywhere(place)
        assert {name.split("/")[0] for name in found_in(directory, *SECRETS)} == {
            "mails",
            "rehearsal",
            "rehearsals",
        }
        await purged(place)
        assert found_in(directory, *SECRETS) == set()
        drafts = Drafts(directory / "drafts", place.ring)
        assert [draft.sheet["reference"] for draft in drafts.all()] == ["STAYS"]
        feeds = FeedStore(directory / "feeds.json", place.ring)
        assert [feed.scope.name for feed in feeds.all()] == ["NEXT"]
        assert [one.address for one in AddressBook(directory / BOOK, place.ring).all()] == [STAYS[1]]


async def test_somebody_who_stands_in_another_file_keeps_a_feed(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await place.neighbour()
        await closed(place)
        shared = b.convention().roles["coordinator"].address
        feeds = FeedStore(directory / "feeds.json", place.ring)
        feeds.create(Scope(kind="person", name=shared), label="", language="fr", on=NOW.date(), by="coordinator")
        await purged(place)
        assert [feed.scope.name for feed in feeds.all()] == [shared]


def test_drafts_revoked_feeds_and_mail_that_concerned_nothing_end_with_their_term(tmp_path: Path) -> None:
    ring = ring_of(tmp_path / "var")
    drafts = Drafts(tmp_path / "drafts", ring)
    drafts.keep({"title": "vieux"}, "coordinator", NOW)
    drafts.keep({"title": "récent"}, "coordinator", NOW + TERM + timedelta(days=1))
    assert [draft.title for draft in drafts.all()] == ["récent"]
    feeds, scope = FeedStore(tmp_path / "feeds.json", ring), Scope(kind="person", name=ADDRESS)
    gone, _ = feeds.create(scope, label="", language="fr", on=NOW.date(), by="coordinator")
    feeds.revoke(gone.id, NOW.date())
    later = NOW.date() + FEED_TERM + timedelta(days=1)
    made, _ = feeds.create(scope, label="", language="fr", on=later, by="coordinator")
    assert [feed.id for feed in feeds.all()] == [made.id]
    assert made.id != gone.id
    store = DirectoryStore(tmp_path / "documents", ring)
    for name in ("old", "new"):
        store.put_once(f"replies/{name}.eml", ADDRESS.encode())
    store.put_once("TEST-1/replies/old.eml", ADDRESS.encode())
    assert found_in(tmp_path / "documents", ADDRESS) == set()
    for name in ("replies/old.eml", "TEST-1/replies/old.eml"):
        os.utime(tmp_path / "documents" / name, (0, 0))
    assert store.expire(HOUSE, NOW) == 1
    assert store.names(HOUSE) == ["replies/new.eml"]
    assert store.names("TEST-1") == ["TEST-1/replies/old.eml"]
