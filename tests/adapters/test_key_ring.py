"""The keys: one file per convention, wrapped by a master key kept apart, renewed, destroyed."""

import json
import stat
from pathlib import Path

import pytest

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.master_key import make_master_key, read_master_key
from echeancier.adapters.keys.opening import make_ring, open_ring
from echeancier.adapters.settings import Settings
from echeancier.domain.running.keys import HOUSE, KeyGoneError, KeyLostError, MasterKeyError, Sealed
from tests.support.keys import ring_of, settings_of

MASTER, OTHER = b"m" * 32, b"o" * 32
WORDS = "Mme Exemple a téléphoné".encode()


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path / "keys", MASTER)
    ring.admit("SQF-P")
    return ring


def test_what_is_sealed_does_not_show_and_opens_again(ring: KeyRing) -> None:
    sealed = ring.seal("SQF-P", WORDS, "payload")
    assert sealed.key == "SQF-P/1"
    assert WORDS not in sealed.content
    assert ring.open(sealed, "payload") == WORDS


def test_the_same_words_are_never_sealed_twice_alike(ring: KeyRing) -> None:
    assert ring.seal("SQF-P", WORDS, "payload") != ring.seal("SQF-P", WORDS, "payload")


def test_what_was_sealed_as_one_thing_does_not_open_as_another(ring: KeyRing) -> None:
    sealed = ring.seal("SQF-P", WORDS, "document/SQF-P/mail/a.eml")
    with pytest.raises(KeyGoneError, match="altéré"):
        ring.open(sealed, "document/SQF-P/mail/b.eml")


def test_what_one_convention_sealed_does_not_open_under_the_key_of_another(ring: KeyRing) -> None:
    ring.admit("OTHER")
    sealed = ring.seal("SQF-P", WORDS, "payload")
    with pytest.raises(KeyGoneError):
        ring.open(Sealed("OTHER/1", sealed.content), "payload")


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 60])
def test_changed_bytes_are_refused(ring: KeyRing, content: bytes) -> None:
    with pytest.raises(KeyGoneError):
        ring.open(Sealed("SQF-P/1", content), "payload")


def test_who_has_no_key_is_sealed_by_the_house_and_gets_no_file(ring: KeyRing) -> None:
    assert ring.seal("TYPO", WORDS, "payload").key == f"{HOUSE}/1"
    assert ring.owners() == ["SQF-P", HOUSE]


def test_admitting_again_changes_nothing(ring: KeyRing) -> None:
    sealed = ring.seal("SQF-P", WORDS, "payload")
    ring.admit("SQF-P")
    assert ring.open(sealed, "payload") == WORDS


def test_a_renewed_key_seals_and_the_former_one_still_opens(ring: KeyRing) -> None:
    before = ring.seal("SQF-P", WORDS, "payload")
    ring.rotate("SQF-P")
    after = ring.seal("SQF-P", WORDS, "payload")
    assert (before.key, after.key) == ("SQF-P/1", "SQF-P/2")
    assert ring.open(before, "payload") == ring.open(after, "payload") == WORDS


def test_another_process_sees_a_renewed_and_a_destroyed_key_at_once(ring: KeyRing, tmp_path: Path) -> None:
    other = KeyRing(tmp_path / "keys", MASTER)
    sealed = other.seal("SQF-P", WORDS, "payload")
    ring.rotate("SQF-P")
    assert other.seal("SQF-P", WORDS, "payload").key == "SQF-P/2"
    ring.destroy("SQF-P")
    with pytest.raises(KeyGoneError, match="détruite"):
        other.open(sealed, "payload")


def test_a_destroyed_key_is_blanked_before_its_name_goes(ring: KeyRing, tmp_path: Path) -> None:
    kept = tmp_path / "keys" / "SQF-P.json"
    other_name = tmp_path / "hard-link"
    other_name.hardlink_to(kept)  # the very blocks of the disk
    before = other_name.read_bytes()
    assert ring.destroy("SQF-P")
    assert not kept.exists()
    assert other_name.read_bytes() == bytes(len(before))


def test_the_former_file_of_a_renewed_key_is_blanked_too(ring: KeyRing, tmp_path: Path) -> None:
    other_name = tmp_path / "hard-link"
    other_name.hardlink_to(tmp_path / "keys" / "SQF-P.json")
    ring.rotate("SQF-P")
    assert set(other_name.read_bytes()) == {0}


def test_a_ring_that_lost_the_house_s_key_gets_no_other(ring: KeyRing, tmp_path: Path) -> None:
    (tmp_path / "keys" / f"{HOUSE}.json").unlink()
    for attempt in (lambda: ring.admit(HOUSE), lambda: ring.seal(HOUSE, WORDS, "payload")):
        with pytest.raises(KeyLostError, match="clé de la maison"):
            attempt()
    assert ring.owners() == ["SQF-P"]


@pytest.mark.parametrize("content", [None, "{", ""])
def test_a_key_that_is_missing_or_damaged_is_known_to_be(ring: KeyRing, tmp_path: Path, content: str | None) -> None:
    assert ring.holds("SQF-P")
    file = tmp_path / "keys" / "SQF-P.json"
    file.unlink()
    if content is not None:
        file.write_text(content)
    assert not ring.holds("SQF-P")
    assert ring.holds(HOUSE)


def test_keys_of_another_master_key_are_known_to_be_unusable(ring: KeyRing, tmp_path: Path) -> None:
    del ring
    assert not KeyRing(tmp_path / "keys", OTHER).holds("SQF-P")


def test_destroying_twice_is_no_error(ring: KeyRing) -> None:
    assert ring.destroy("SQF-P")
    assert not ring.destroy("SQF-P")


def test_a_stolen_directory_without_the_master_key_opens_nothing(ring: KeyRing, tmp_path: Path) -> None:
    sealed = ring.seal("SQF-P", WORDS, "payload")
    with pytest.raises(MasterKeyError, match="avec une autre"):
        KeyRing(tmp_path / "keys", OTHER).open(sealed, "payload")


def test_a_key_put_in_the_file_of_another_does_not_open(ring: KeyRing, tmp_path: Path) -> None:
    ring.admit("OTHER")
    keys = tmp_path / "keys"
    stolen = json.loads((keys / "SQF-P.json").read_text())
    (keys / "OTHER.json").write_text(json.dumps({**stolen, "owner": "OTHER"}))
    with pytest.raises(MasterKeyError):
        ring.seal("OTHER", WORDS, "payload")


def test_keys_are_for_their_owner_only(ring: KeyRing, tmp_path: Path) -> None:
    assert ring.owners() == ["SQF-P", HOUSE]
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "SQF-P.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("owner", ["", "../x", "a/b", ".lock"])
def test_a_name_that_is_no_owner_s_reaches_no_file(ring: KeyRing, owner: str) -> None:
    with pytest.raises(KeyGoneError):
        ring.admit(owner)


def test_the_master_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "config" / "master.key"
    made = make_master_key(file)
    assert make_master_key(file) == read_master_key(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", ["", "pas une clé", "c2hvcnQ="])
def test_a_file_that_is_no_master_key_is_refused_with_what_is_expected(tmp_path: Path, content: str) -> None:
    file = tmp_path / "master.key"
    file.write_text(content, "utf-8")
    file.chmod(0o600)
    with pytest.raises(MasterKeyError):
        read_master_key(file)


def test_a_master_key_that_everybody_reads_is_refused(tmp_path: Path) -> None:
    make_master_key(file := tmp_path / "master.key")
    file.chmod(0o644)
    with pytest.raises(MasterKeyError, match="chmod 600"):
        read_master_key(file)


def test_the_first_run_says_where_it_put_the_master_key_and_the_next_says_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    make_ring(settings_of(tmp_path / "var"), said.append)
    make_ring(settings_of(tmp_path / "var"), said.append)
    assert len(said) == 1
    assert f"{tmp_path}/var.key" in said[0]


def test_keys_without_their_master_key_never_get_a_new_one(tmp_path: Path) -> None:
    ring_of(tmp_path / "var").admit("SQF-P")
    (tmp_path / "var.key").unlink()
    with pytest.raises(MasterKeyError, match="manque"):
        make_ring(settings_of(tmp_path / "var"), lambda _: None)


def test_a_master_key_is_not_made_inside_what_it_protects(tmp_path: Path) -> None:
    settings = Settings.model_construct(data=tmp_path, master_key_file=tmp_path / "keys" / "master.key")
    with pytest.raises(MasterKeyError, match="dossier des données"):
        make_ring(settings, lambda _: None)


def test_encryption_turned_off_needs_no_key(tmp_path: Path) -> None:
    assert open_ring(Settings.model_construct(data=tmp_path, encrypt=False)) is None


def test_another_key_under_the_same_name_is_a_lost_key_and_seals_nothing(ring: KeyRing, tmp_path: Path) -> None:
    other = KeyRing(tmp_path / "elsewhere", MASTER)
    other.admit("SQF-P")
    file = tmp_path / "keys" / "SQF-P.json"
    right = file.read_bytes()
    sealed = ring.seal("SQF-P", WORDS, "payload")
    file.write_bytes((tmp_path / "elsewhere" / "SQF-P.json").read_bytes())
    for one in (ring, KeyRing(tmp_path / "keys", MASTER)):
        assert not one.holds("SQF-P")
        for use in (lambda: one.seal("SQF-P", WORDS, "payload"), lambda: one.rotate("SQF-P")):  # noqa: B023 - used at once
            with pytest.raises(KeyLostError):
                use()
    file.write_bytes(right)
    assert ring.open(sealed, "payload") == WORDS


def test_a_key_file_older_than_the_last_renewal_is_a_lost_key(ring: KeyRing, tmp_path: Path) -> None:
    file = tmp_path / "keys" / "SQF-P.json"
    older = file.read_bytes()
    ring.rotate("SQF-P")
    file.write_bytes(older)
    assert not ring.holds("SQF-P")


def test_a_key_that_was_made_once_is_not_made_again_until_it_is_destroyed(ring: KeyRing, tmp_path: Path) -> None:
    (tmp_path / "keys" / "SQF-P.json").unlink()
    with pytest.raises(KeyLostError):
        ring.admit("SQF-P")
    ring.destroy("SQF-P")
    ring.admit("SQF-P")
    assert ring.holds("SQF-P")
