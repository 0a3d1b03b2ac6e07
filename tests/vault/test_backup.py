"""A backup takes what the inventory says, opens again, and keeps no key that is not the right one."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.master_key import read_master_key
from echeancier.adapters.stores.backup import INCOMPLETE, BackupError, save
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.adapters.stores.inventory import entry_of
from tests.support.keys import ring_of
from tests.support.running import command

DOCUMENT = "mail/a.eml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "var"
    ring = ring_of(data)
    store = DirectoryStore(data / "documents", ring)
    for reference in ("ONE", "TWO", "BARE"):
        ring.admit(reference)
    for name in ("ONE", "TWO"):
        store.put_once(f"{name}/{DOCUMENT}", name.encode())
    with sqlite3.connect(data / "engine.db") as base:
        base.execute("PRAGMA journal_mode=wal")
        base.execute("CREATE TABLE kept (word TEXT)")
        base.execute("INSERT INTO kept VALUES ('acknowledged')")
    for name in ("engine.log", "rehearsals/x/log", "notes-of-somebody.txt"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("x")
    return data


def test_what_is_saved_opens_again_and_nobody_else_reads_it(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    done = save(data, copy, ring_of(data))
    assert done.wrong == ()
    names = [str(p.relative_to(copy)) for p in copy.rglob("*") if p.is_file()]
    assert done.files == len(names) == 11
    for name in names:
        entry = entry_of(name)
        assert entry is not None
        assert entry.saved
    assert not [path for path in (copy, *copy.rglob("*")) if path.stat().st_mode & 0o077]
    ring = KeyRing(copy / "keys", read_master_key(tmp_path / "var.key"))
    assert DirectoryStore(copy / "documents", ring).get(f"ONE/{DOCUMENT}") == b"ONE"
    with sqlite3.connect(copy / "engine.db") as base:
        assert base.execute("SELECT word FROM kept").fetchall() == [("acknowledged",)]


@pytest.mark.parametrize("made_anew", [True, False], ids=["another key in its place", "no key"])
def test_a_key_that_is_not_the_right_one_is_named_and_not_kept(data: Path, tmp_path: Path, made_anew: bool) -> None:
    ring = ring_of(data)
    ring.destroy("ONE")
    if made_anew:
        ring.admit("ONE")
    done = save(data, tmp_path / "copy", ring)
    assert done.wrong == ("ONE",)
    kept = sorted(path.name for path in (tmp_path / "copy" / "keys").iterdir())
    assert kept == [f"{name}.{kind}" for name in ("BARE", "TWO", "_house") for kind in ("json", "marks")]
    assert (tmp_path / "copy" / "documents" / "ONE" / DOCUMENT).exists()  # for the day its key is found


def test_a_key_renewed_while_it_is_saved_is_not_lost_in_the_copy(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, copied = ring_of(data), shutil.copy2

    def renewed_between(source: Path, copy: Path) -> Path:
        done = Path(copied(source, copy))
        if source.stem == "TWO" and len(ring.numbers("TWO")) == 1:
            ring.rotate("TWO")
        return done

    monkeypatch.setattr(shutil, "copy2", renewed_between)
    save(data, tmp_path / "copy", ring)
    assert KeyRing(tmp_path / "copy" / "keys", read_master_key(tmp_path / "var.key")).holds("TWO")


async def test_the_command_says_so_and_ends_with_one(data: Path, tmp_path: Path) -> None:
    well = await command(data, "backup", str(tmp_path / "first"))
    (data / "keys" / "TWO.json").write_text("{")
    ill = await command(data, "backup", str(tmp_path / "second"))
    assert (well.code, ill.code) == (0, 1)
    assert "11 fichiers" in well.out
    assert "var.key" in well.err
    assert "La clé de TWO" in ill.err


@pytest.mark.parametrize("place", ["var/copy", "full"])
def test_a_place_that_does_not_do_is_refused(data: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(BackupError):
        save(data, tmp_path / place, None)
    shutil.rmtree(tmp_path / "full")


def test_a_backup_that_was_cut_short_says_so_itself(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, other = tmp_path / "copy", tmp_path / "other"

    def cut(*_: object) -> None:
        raise SystemExit  # as a kill would, between two files

    with monkeypatch.context() as killed:
        killed.setattr(shutil, "copy2", cut)
        with pytest.raises(SystemExit):
            save(data, copy, ring_of(data))
    assert (copy / "engine.db").exists()
    assert "ne pas la restaurer" in (copy / INCOMPLETE).read_text("utf-8").replace("\u00a0", " ")
    with pytest.raises(BackupError, match="inachevée"):
        save(data, copy, ring_of(data))
    save(data, other, ring_of(data))
    assert not (other / INCOMPLETE).exists()
