"""The file of the address book: sealed, several at once, damaged, and what it forgets at a purge."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from echeancier.adapters.stores.address_book import TERM, AddressBook, AddressBookError, EntryOvertakenError
from echeancier.adapters.stores.custody import Custodian
from echeancier.domain.afterwards.purged_file import PurgedFile
from echeancier.domain.book.change import BookChange, RoleToTell, ToldState
from echeancier.domain.book.entry import BookEntry, BookFunction
from tests.support.keys import ring_of

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def entry(
    number: int, function: str = "Accueil", address: str = "accueil@agence.example", **changes: object
) -> BookEntry:
    return BookEntry(
        institution="Agence", function=function, address=address, id=f"{number:016x}", changed_at=AT, changed_by="coordinator"
    ).model_copy(update=changes)  # fmt: skip


def change(*roles: RoleToTell, becomes: str = "neuf@agence.example", made_at: datetime = AT) -> BookChange:
    return BookChange(
        id="c" * 16, kind="edited", entry=f"{1:016x}", on=date(2026, 3, 2), former="accueil@agence.example",
        former_function="Accueil", made_at=made_at, made_by="coordinator", roles=roles,
        becomes=BookFunction(institution="Agence", function="Accueil", address=becomes),
    )  # fmt: skip


def role(reference: str, **changes: object) -> RoleToTell:
    return RoleToTell(reference=reference, role="partner", on=date(2026, 3, 2)).model_copy(update=changes)


def test_what_one_writes_another_reads_and_the_disk_shows_nothing_of_it(tmp_path: Path) -> None:
    ring, file = ring_of(tmp_path / "var"), tmp_path / "book.json"
    AddressBook(file, ring).put([entry(1)], shown={})
    assert AddressBook(file, ring).all() == (entry(1),)
    assert b"agence" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_of_two_who_write_the_second_is_told_and_writes_nothing(tmp_path: Path) -> None:
    one, other = (AddressBook(tmp_path / "book.json") for _ in range(2))
    one.put([entry(1), entry(2)], shown={})
    one.put([entry(1, function="Accueil central", version=2)], shown={f"{1:016x}": 1})
    with pytest.raises(EntryOvertakenError) as told:
        other.put([entry(1, function="Autre", version=2), entry(3)], shown={f"{1:016x}": 1}, without=[f"{2:016x}"])
    assert told.value.now is not None
    assert told.value.now.function == "Accueil central"
    assert [found.function for found in other.all()] == ["Accueil", "Accueil central"]


def test_a_change_asked_for_twice_is_kept_once(tmp_path: Path) -> None:
    book = AddressBook(tmp_path / "book.json")
    for function in ("Accueil", "Autre"):
        book.put([entry(1, function=function)], shown={}, change=change(role("A-1")))
    assert [found.function for found in book.all()] == ["Accueil"]
    assert len(book.changes()) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"echeancier-sealed/1 unknown\nx", b"\xff\xfe", b'{"entries": [{}]}'])
def test_a_damaged_file_is_said_and_never_written_over(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "book.json"
    file.write_bytes(content)
    book = AddressBook(file, ring_of(tmp_path / "var"))
    with pytest.raises(AddressBookError, match="sauvegarde"):
        book.put([entry(1)], shown={})
    assert file.read_bytes() == content
    found = Custodian(ring_of(tmp_path / "var"), tmp_path).troubles()
    assert "book" in {trouble.cause for trouble in found}


def test_what_could_not_be_read_again_is_never_written(tmp_path: Path) -> None:
    book = AddressBook(tmp_path / "book.json")
    book.put([entry(1)], shown={}, change=change(role("A-1")))
    with pytest.raises(AddressBookError, match="rien n’y est écrit"):
        book.tell("c" * 16, [role("A-1", state=ToldState.REFUSED, why="à l’envers \u202e")])
    assert AddressBook(tmp_path / "book.json").changes()[0].roles == (role("A-1"),)


def test_a_book_whose_key_is_lost_is_said(tmp_path: Path) -> None:
    file = tmp_path / "book.json"
    AddressBook(file, ring_of(tmp_path / "var")).put([entry(1)], shown={})
    assert Custodian(ring_of(tmp_path / "var"), tmp_path).troubles() == ()
    assert [one.cause for one in Custodian(ring_of(tmp_path / "other"), tmp_path).troubles()] == ["book"]


def test_a_purge_takes_out_who_stands_in_no_other_file_and_what_the_file_was_told(tmp_path: Path) -> None:
    book = AddressBook(tmp_path / "book.json")
    book.put([entry(1), entry(2, address="reste@agence.example")], shown={})
    book.put([], shown={}, change=change(role("A-1", state=ToldState.TOLD), role("B-1", state=ToldState.TOLD)))
    leaving = PurgedFile(reference="A-1", addresses=frozenset())
    assert book.count(leaving) == 1
    assert book.forget(leaving) == 1
    assert [one.reference for one in book.changes()[0].roles] == ["B-1"]
    assert book.forget(PurgedFile(reference="B-1", addresses=frozenset({"accueil@agence.example"}))) == 2
    assert [one.address for one in book.all()] == ["reste@agence.example"]
    assert book.changes() == ()


def test_a_change_is_kept_until_it_is_told_and_some_weeks_more(tmp_path: Path) -> None:
    book, later = AddressBook(tmp_path / "book.json"), AT + TERM + timedelta(days=1)
    book.put([], shown={}, change=change(role("A-1")))
    book.expire(later)
    assert len(book.changes()) == 1
    book.tell("c" * 16, [role("A-1", state=ToldState.TOLD)])
    book.expire(later)
    assert book.changes() == ()
