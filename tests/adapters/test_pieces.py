"""Papers: what is taken is told from the bytes; they are sealed, named by their hash, given back only whole."""

import hashlib
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from echeancier.adapters.pieces.formats import format_of
from echeancier.adapters.pieces.keeping import file_name, given_back, piece_from, piece_of, put
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.pieces import PieceAttached
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.recording.pieces import LARGEST_PIECE, ROOM_OF_A_CONVENTION
from tests.domain.builders import convention

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"x" * 2000


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def piece(content: bytes = PDF, name: str = "signée.pdf", **more: str) -> PieceAttached:
    given = {"what": "convention", "title": ""} | more
    return piece_from(
        content, name, on=date(2026, 3, 1), what=given["what"], title=given["title"], about=given.get("about", "")
    )


def dossier() -> Dossier:
    return Dossier(convention=convention(), registered_at=NOW, registered_by="coordinator")


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (PDF, "x", "pdf"),
        (b"\xff\xd8\xff\xe0" + b"j" * 40, "photo.JPG", "jpg"),
        (b"\x89PNG\r\n\x1a\n" + b"p" * 40, "x.png", "png"),
        (b"\0\0\0\x18ftypheic" + b"h" * 40, "IMG_1.HEIC", "heic"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "x", "odt"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "x", "ods"),
        (zipped(**{"word__document.xml": b"<w/>"}), "x.doc", "docx"),
        (zipped(**{"xl__workbook.xml": b"<w/>"}), "x", "xlsx"),
        ("Réunion du 3 mars".encode(), "notes.txt", "txt"),
        (b"a;b\n1;2", "t.csv", "csv"),
        (b"From: a@b.example\r\n\r\n\xe9", "mail.eml", "eml"),
    ],
)
def test_what_a_file_is_is_told_from_its_bytes(content: bytes, name: str, ending: str) -> None:
    assert format_of(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0" + b"x" * 100, "facture.pdf"),
        (b"<html><script>alert(1)</script>", "page.pdf"),
        (b"<svg onload=alert(1)>", "logo.svg"),
        (b"\x7fELF" + b"x" * 10, "x.txt"),
        ("café".encode("latin-1"), "notes.txt"),
        (zipped(**{"word__document.xml": b"<w/>", "word__vbaProject.bin": b"m"}), "x.docm"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"Basic__Standard.xml": b"m"}), "x.odt"),
        (zipped(**{"evil.exe": b"MZ"}), "x.docx"),
        (b"PK\x03\x04 broken", "x.docx"),
        (b"", "vide.pdf"),
        (b"   ", "vide.txt"),
    ],
)
def test_what_is_nothing_that_is_taken_is_refused_with_what_would_be(content: bytes, name: str) -> None:
    with pytest.raises(Refusal):
        piece(content, name)


def test_a_paper_too_large_and_one_with_no_room_left_are_refused() -> None:
    with pytest.raises(Refusal, match="20 Mo"):
        piece(b"%PDF-" + b"0" * LARGEST_PIECE)
    full, told = dossier(), piece()
    for number in range(10):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        other = told.model_copy(update={"size": ROOM_OF_A_CONVENTION // 10, "sha256": digest, "title": f"n° {number}"})
        full.facts.append(admit(full, other, NOW, "coordinator"))
    with pytest.raises(Refusal, match="il reste 0 Mo"):
        admit(full, told, NOW, "coordinator")


def test_the_same_file_is_not_put_there_twice_and_one_title_makes_versions(tmp_path: Path) -> None:
    store, file = DirectoryStore(tmp_path), dossier()
    first, second = piece(title="Convention"), piece(PDF + b"2", title="Convention")
    for one, content in ((first, PDF), (second, PDF + b"2")):
        put(store, file, one, content, by="coordinator", now=NOW)
        file.facts.append(admit(file, one, NOW, "coordinator"))
    with pytest.raises(Refusal, match="déjà au dossier"):
        put(store, file, piece(title="Autre"), PDF, by="coordinator", now=NOW)
    assert given_back(store, "TEST-1", first) == PDF
    assert given_back(store, "TEST-1", second) == PDF + b"2"
    assert piece_of(file.facts, second.sha256) == second


def test_what_the_door_refuses_leaves_no_byte(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    with pytest.raises(Refusal, match="l’échéance"):
        put(store, dossier(), piece(about="nothing-of-the-kind"), PDF, by="coordinator", now=NOW)
    assert store.names("TEST-1") == []


def test_a_file_that_changed_on_the_disk_is_not_given_back(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    put(store, dossier(), piece(), PDF, by="coordinator", now=NOW)
    (path,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    path.write_bytes(PDF + b"!")
    assert given_back(store, "TEST-1", piece()) is None
    path.unlink()
    assert given_back(store, "TEST-1", piece()) is None


def test_bytes_that_no_fact_names_are_no_paper_and_can_be_attached_again(tmp_path: Path) -> None:
    store, file = DirectoryStore(tmp_path), dossier()
    put(store, file, piece(), PDF, by="coordinator", now=NOW)  # the machine stops here
    assert piece_of(file.facts, piece().sha256) is None
    put(store, file, piece(), PDF, by="coordinator", now=NOW)
    file.facts.append(admit(file, piece(), NOW, "coordinator"))
    assert given_back(store, "TEST-1", piece()) == PDF
    assert len(store.names("TEST-1")) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\x\\Convention signée.PDF", "Convention signée.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b 000D 000A Set-Cookie x.pdf"),
        ("", "piece.pdf"),
        ("x" * 500, "x" * 120 + ".pdf"),
    ],
)
def test_a_file_gets_a_name_that_any_system_takes(given: str, kept: str) -> None:
    found = file_name(given, "pdf")
    assert not set(found) & set('/\\"\r\n<>:')
    assert len(found) < 130
    if "Cookie" not in given:
        assert found.casefold() == kept.casefold()
