"""The file of the secret addresses: what it holds, what it never holds, and two writers at once."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from echeancier.adapters.stores.feeds import FeedStore, FeedStoreError
from echeancier.domain.overview.feed import Feed, FeedRefusedError, Scope, check_scope
from tests.feeds.scene import TODAY

SCOPE = Scope(kind="convention", name="TEST-1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "feeds.json"


def create(store: FeedStore, label: str = "") -> tuple[Feed, str]:
    return store.create(SCOPE, label=label, language="fr", on=TODAY, by="coordinator")


def test_a_secret_opens_its_feed_and_is_written_nowhere(file: Path) -> None:
    store = FeedStore(file)
    feed, secret = create(store, "téléphone")
    assert len(secret) >= 43
    assert secret not in file.read_text("utf-8")
    opened = FeedStore(file).open(secret, TODAY)
    assert opened is not None
    assert opened.id == feed.id


def test_two_feeds_have_two_secrets_and_two_names(file: Path) -> None:
    store = FeedStore(file)
    made = [create(store) for _ in range(3)]
    assert len({secret for _, secret in made}) == 3
    assert [feed.id for feed, _ in made] == ["a1", "a2", "a3"]


def test_a_revoked_feed_does_not_open_and_the_others_do(file: Path) -> None:
    store = FeedStore(file)
    (_, first), (_, second) = create(store), create(store)
    store.revoke("a1", TODAY)
    assert store.open(first, TODAY) is None
    assert store.open(second, TODAY) is not None
    assert store.revoke("a1", TODAY.replace(day=9)).revoked_on == TODAY


def test_the_number_of_a_revoked_feed_is_not_given_again(file: Path) -> None:
    store = FeedStore(file)
    create(store)
    store.revoke("a1", TODAY)
    assert create(store)[0].id == "a2"


def test_revoking_what_is_not_there_says_what_is(file: Path) -> None:
    store = FeedStore(file)
    create(store)
    with pytest.raises(FeedStoreError, match="Abonnements ouverts\u00a0: a1"):
        store.revoke("a9", TODAY)


def test_the_file_is_readable_by_its_owner_only(file: Path) -> None:
    create(FeedStore(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_read_is_said_and_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"feeds": 3}', "utf-8")
    for attempt in (lambda: create(FeedStore(file)), FeedStore(file).all):
        with pytest.raises(FeedStoreError, match="ne se lit pas"):
            attempt()
    assert json.loads(file.read_text("utf-8")) == {"feeds": 3}


def test_writers_at_the_same_time_lose_nothing(file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: create(FeedStore(file))[0].id, range(24)))
    assert sorted(made) == sorted(feed.id for feed in FeedStore(file).all())
    assert len(set(made)) == 24


def test_a_reading_of_the_same_day_writes_nothing(file: Path) -> None:
    store = FeedStore(file)
    _, secret = create(store)
    store.open(secret, TODAY)
    before = file.stat().st_mtime_ns
    store.open(secret, TODAY)
    assert file.stat().st_mtime_ns == before


def test_a_feed_about_nothing_known_is_refused_with_what_comes_close() -> None:
    with pytest.raises(FeedRefusedError, match="SQF-P"):
        check_scope(Scope(kind="convention", name="SQFP"), {"SQF-P", "MTZ-O"})
    with pytest.raises(FeedRefusedError, match="le registre est vide"):
        check_scope(Scope(kind="service", name="Emploi"), set())


def test_the_register_decides_how_a_name_is_written() -> None:
    asked = Scope(kind="service", name="relais emploi")
    assert check_scope(asked, {"Relais Emploi"}).name == "Relais Emploi"
