"""``echeancier letter``: a file to sign, what to check first, and refusals that say what to add."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from cli.letter import Kind
from cli.sources import read_files
from domain.dossier import Dossier
from domain.letters_to_write.content import LetterKind
from tests.cli.conftest import EXAMPLES, Echeancier, Told


def test_it_offers_every_letter_of_the_domain() -> None:
    assert {kind.value for kind in Kind} == set(get_args(LetterKind))


def test_it_writes_a_pdf_and_says_what_to_check(echeancier: Echeancier, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    told = echeancier(
        "letter", "ida-o", "termination", "--as-of", "2025-06-02", "--output", str(out), facts="ida-o"
    )
    assert told.code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert "PROJET, à valider" in told.words
    assert "postée le 02/06/2025" in told.errors


def test_seen_from_the_same_day_it_is_the_same_file(echeancier: Echeancier, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        echeancier(
            "letter", "ida-o", "termination", "--as-of", "2025-06-02", "--output", str(tmp_path / name), facts="ida-o"
        )  # fmt: skip
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_batch_holds_a_letter_for_each_recipient(echeancier: Echeancier, tmp_path: Path) -> None:
    out = tmp_path / "x.zip"
    told = echeancier(
        "letter", "mtz-p", "termination", "--as-of", "2021-06-01", "--zip", str(out),
        "--to", "operateur", "--to", "agence", facts="mtz-p",
    )  # fmt: skip
    assert told.code == 0
    assert len(zipfile.ZipFile(out).namelist()) == 3


def test_several_recipients_make_a_batch(echeancier: Echeancier, tmp_path: Path) -> None:
    told = echeancier(
        "letter", "mtz-p", "termination", "--output", str(tmp_path / "x.pdf"), "--to", "operateur", "--to", "agence",
        facts="mtz-p",
    )  # fmt: skip
    assert told.code == 2
    assert "--zip" in told.errors


def test_neither_file_nor_batch_is_refused(echeancier: Echeancier) -> None:
    told = echeancier("letter", "ida-o", "termination", facts="ida-o")
    assert told.code == 2
    assert "--output" in told.errors


def test_what_is_missing_is_said_and_nothing_is_written(echeancier: Echeancier, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    told = echeancier(
        "letter", "sqf-p", "termination", "--as-of", "2022-03-01", "--output", str(out), facts="sqf-p"
    )
    assert told.code == 2
    assert "--reasons" in told.errors
    assert not out.exists()


def test_a_window_in_words_is_refused(echeancier: Echeancier, tmp_path: Path) -> None:
    told = echeancier(
        "letter", "ida-o", "termination", "--output", str(tmp_path / "x.pdf"), "--window", "à droite", facts="ida-o"
    )  # fmt: skip
    assert told.code == 2
    assert "110,55" in told.errors


def test_a_folder_that_is_not_there_is_refused(echeancier: Echeancier, tmp_path: Path) -> None:
    told = echeancier(
        "letter", "ida-o", "termination", "--as-of", "2025-06-02", "--output", str(tmp_path / "no" / "x.pdf"),
        facts="ida-o",
    )  # fmt: skip
    assert told.code == 2
    assert "ne peut pas être écrit" in told.errors


def test_a_running_convention_is_named_by_its_reference(
    type_in: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms, records = read_files(EXAMPLES / "ida-o.toml", EXAMPLES / "ida-o.facts.toml")
    dossier = Dossier(
        convention=terms,
        registered_at=records[0].recorded_at,
        registered_by="coordinator",
        facts=list(records),
    )
    monkeypatch.setattr("cli.reach.ask", lambda _settings, _question: dossier)
    out = tmp_path / "x.pdf"
    told = type_in("letter", "IDA-O", "termination", "--as-of", "2025-06-02", "--output", str(out))
    assert told.code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_running_convention_has_its_own_facts(type_in: Callable[..., Told], tmp_path: Path) -> None:
    told = type_in(
        "letter", "IDA-O", "termination", "--facts", str(EXAMPLES / "ida-o.facts.toml"), "--output",
        str(tmp_path / "x.pdf"),
    )  # fmt: skip
    assert told.code == 2
    assert "a déjà ses faits" in told.errors
