"""The file of the keys: made once, closed to others, shared by every process, never shown."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from echeancier.adapters.keys.link_keys import FILE, LinkKeys, LinkKeysError
from echeancier.adapters.mail.installed import writer_of
from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.inventory import entry_of
from echeancier.domain.answers.reply import mark_of
from worker import keys_of

NOW = datetime(2022, 6, 7, 8, 30, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> LinkKeys:
    return LinkKeys(tmp_path / "var")


@pytest.mark.parametrize("links_url", ["", "https://reponses.ville.example"])
def test_each_installation_has_one_with_links_or_without_since_it_signs_return_addresses_too(
    tmp_path: Path, links_url: str
) -> None:
    settings = Settings.model_construct(data=tmp_path / "var", links_url=links_url)
    sent_from = writer_of(settings, keys_of(settings)).return_path("a" * 32)
    assert (tmp_path / "var" / FILE).is_file()
    token = sent_from.partition("+")[2].partition("@")[0]
    assert mark_of(token, tuple(LinkKeys(tmp_path / "var").trusted().values())) != ""
    entry = entry_of(FILE)
    assert entry is not None
    assert entry.saved
    assert "return addresses" in entry.name


def test_the_first_key_is_made_once_in_a_file_of_its_owner(keys: LinkKeys, tmp_path: Path) -> None:
    assert keys.ensure(NOW) is True
    first = keys.current()
    assert keys.ensure(NOW) is False
    assert keys.current() == first
    file = tmp_path / "var" / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_rotation_signs_with_a_new_key_and_still_believes_the_former_one(keys: LinkKeys) -> None:
    keys.ensure(NOW)
    former = keys.current()
    fresh = keys.rotate(NOW)
    assert keys.current() == fresh != former
    assert set(keys.trusted()) == {former.id, fresh.id}


def test_a_revocation_forgets_the_former_ones(keys: LinkKeys) -> None:
    keys.ensure(NOW)
    keys.rotate(NOW)
    fresh = keys.rotate(NOW, revoke=True)
    assert dict(keys.trusted()) == {fresh.id: fresh}


def test_another_process_sees_a_rotation_at_once(keys: LinkKeys, tmp_path: Path) -> None:
    keys.ensure(NOW)
    elsewhere = LinkKeys(tmp_path / "var")
    before = elsewhere.current()
    fresh = keys.rotate(NOW)
    assert elsewhere.current() == fresh != before


def test_two_that_start_together_make_one_key(tmp_path: Path) -> None:
    made: list[bool] = []
    ready = threading.Barrier(8)

    def start() -> None:
        ready.wait()
        made.append(LinkKeys(tmp_path / "var").ensure(NOW))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False] * 7 + [True]
    assert len(LinkKeys(tmp_path / "var").kept()) == 1


def test_no_two_keys_are_alike(keys: LinkKeys) -> None:
    for _ in range(20):
        keys.rotate(NOW)
    assert len(keys.trusted()) == 20


def test_a_file_open_to_others_is_refused(keys: LinkKeys, tmp_path: Path) -> None:
    keys.ensure(NOW)
    os.chmod(tmp_path / "var" / FILE, 0o640)  # noqa: PTH101 - as a careless copy would
    with pytest.raises(LinkKeysError, match="chmod 600"):
        keys.current()


def test_a_missing_file_says_how_to_make_one(keys: LinkKeys) -> None:
    with pytest.raises(LinkKeysError, match="echeancier links rotate"):
        keys.trusted()


@pytest.mark.parametrize(
    "content", ["", "{", '{"keys": []}', '{"keys": [{"secret": "c0ffee", "since": ""}]}', "[]", "\0"]
)
def test_a_spoilt_file_is_said_so_shows_nothing_of_it_and_is_never_overwritten(
    keys: LinkKeys, tmp_path: Path, content: str
) -> None:
    keys.ensure(NOW)
    file = tmp_path / "var" / FILE
    file.write_text(content)
    for use in (keys.current, lambda: keys.ensure(NOW), lambda: keys.rotate(NOW)):
        with pytest.raises(LinkKeysError, match="abîmé") as caught:
            use()
        assert "c0ffee" not in f"{caught.value}{caught.value.__cause__}"
    assert file.read_text() == content


def test_a_secret_is_in_no_repr(keys: LinkKeys) -> None:
    keys.ensure(NOW)
    kept = keys.kept()[0]
    assert kept.key.secret.hex() not in repr(kept)
    assert str(kept.key.secret) not in repr(kept)
