"""Documents are sealed with their convention's key; those of before there were keys are still read."""

from pathlib import Path

import pytest

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.running.keys import HOUSE, KeyGoneError

MAIL = b"Date: Mon, 03 Jan 2022 08:30:00 +0100\r\n\r\nBonjour"
NAME = "SQF-P/mail/a.eml"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path / "keys", b"m" * 32)
    ring.admit("SQF-P")
    return ring


@pytest.fixture
def store(tmp_path: Path, ring: KeyRing) -> DirectoryStore:
    return DirectoryStore(tmp_path / "documents", ring)


def test_a_document_is_sealed_on_disk_and_read_as_it_was(store: DirectoryStore, tmp_path: Path) -> None:
    assert store.put_once(NAME, MAIL) == MAIL
    assert b"Bonjour" not in (tmp_path / "documents" / NAME).read_bytes()
    assert store.get(NAME) == MAIL


def test_the_first_writer_wins_and_the_second_hears_what_is_kept(store: DirectoryStore) -> None:
    store.put_once(NAME, MAIL)
    assert store.put_once(NAME, b"other") == MAIL


def test_what_is_not_there_is_none(store: DirectoryStore) -> None:
    assert store.get(NAME) is None


def test_a_document_kept_before_there_were_keys_is_read_as_it_is(store: DirectoryStore, tmp_path: Path) -> None:
    DirectoryStore(tmp_path / "documents").put_once(NAME, MAIL)
    assert store.get(NAME) == store.put_once(NAME, b"other") == MAIL


def test_a_document_moved_under_another_name_does_not_open(store: DirectoryStore, tmp_path: Path) -> None:
    store.put_once(NAME, MAIL)
    (tmp_path / "documents" / NAME).rename(tmp_path / "documents" / "SQF-P/mail/b.eml")
    with pytest.raises(KeyGoneError):
        store.get("SQF-P/mail/b.eml")


def test_a_document_outlives_its_key_unread(store: DirectoryStore, ring: KeyRing) -> None:
    store.put_once(NAME, MAIL)
    ring.destroy("SQF-P")
    with pytest.raises(KeyGoneError):
        store.get(NAME)


def test_a_sealed_document_is_not_given_out_raw_where_there_is_no_key(store: DirectoryStore, tmp_path: Path) -> None:
    store.put_once(NAME, MAIL)
    with pytest.raises(KeyGoneError):
        DirectoryStore(tmp_path / "documents").get(NAME)


def test_mails_received_belong_to_the_house_whatever_a_convention_is_called(
    store: DirectoryStore, ring: KeyRing
) -> None:
    ring.admit("replies")
    store.put_once("replies/1.eml", MAIL)
    store.put_once("replies/mail/a.eml", MAIL)
    assert store.names(HOUSE) == ["replies/1.eml"]
    assert store.names("replies") == ["replies/mail/a.eml"]
    ring.destroy("replies")
    assert store.get("replies/1.eml") == MAIL


def test_removing_takes_the_document_and_the_folders_left_empty(store: DirectoryStore, tmp_path: Path) -> None:
    store.put_once(NAME, MAIL)
    store.put_once("SQF-P/mail/b.eml", MAIL)
    assert store.remove(NAME)
    assert not store.remove(NAME)
    assert store.names("SQF-P") == ["SQF-P/mail/b.eml"]
    store.remove("SQF-P/mail/b.eml")
    assert list((tmp_path / "documents").iterdir()) == []


@pytest.mark.parametrize("name", ["../keys/SQF-P.json", "/etc/hostname"])
def test_no_name_leaves_the_folder(store: DirectoryStore, name: str) -> None:
    with pytest.raises(ValueError, match="sort du dossier"):
        store.remove(name)
