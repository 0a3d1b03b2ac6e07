"""``echeancier letter``: a file to sign, what to check first, and refusals that say what to add."""

import asyncio
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from echeancier.cli.sources import read_files
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.letters import LetterValidated
from echeancier.domain.recording import admit
from echeancier.engine.gateway import utc_now
from tests.cli.conftest import EXAMPLES, Echeancier, Told
from workflows.messages import Recording


def test_it_writes_a_pdf_and_says_what_to_check(echeancier: Echeancier, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    told = echeancier("letter", "ida-o", "termination", "--as-of", "2025-06-02", "--output", str(out), facts="ida-o")
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
    told = echeancier("letter", "sqf-p", "termination", "--as-of", "2022-03-01", "--output", str(out), facts="sqf-p")
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
    monkeypatch.setattr("echeancier.cli.reach.ask", lambda _settings, _question: dossier)
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


def running(monkeypatch: pytest.MonkeyPatch) -> list[Fact]:
    """A convention that runs: what is recorded in it, as the door took it."""
    terms, records = read_files(EXAMPLES / "ida-o.toml", EXAMPLES / "ida-o.facts.toml")
    began = records[0].recorded_at
    dossier = Dossier(convention=terms, registered_at=began, registered_by="coordinator", facts=list(records))
    kept: list[Fact] = []

    class Door:
        async def dossier(self, _reference: str) -> Dossier:
            return dossier

        async def record(self, _reference: str, fact: Fact, by: str, _request: str = "") -> Recording:
            record = admit(dossier, fact, utc_now(), by)
            kept.append(fact)
            return Recording(fact_id=record.id, version=record.version)

    monkeypatch.setattr("echeancier.cli.reach.ask", lambda _settings, question: asyncio.run(question(Door())))
    return kept


def mark_of(told: Told) -> str:
    found = re.search(r"marque du texte\s:\s([0-9a-f]{12})", told.words)
    assert found is not None
    return found[1]


def draft(type_in: Callable[..., Told], tmp_path: Path) -> Told:
    told = type_in(
        "letter",
        "IDA-O",
        "request",
        "--about",
        "question/five-days-kind",
        "--output",
        str(tmp_path / "x.pdf"),
    )
    assert told.code == 0, told.errors
    return told


def test_the_mark_shown_with_the_draft_validates_it(
    type_in: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = running(monkeypatch)
    mark = mark_of(draft(type_in, tmp_path))
    told = type_in("letter", "IDA-O", "request", "--about", "question/five-days-kind", "--validate", mark)
    assert told.code == 0, told.errors
    assert "est validée" in told.words
    assert [fact.mark[:12] for fact in kept if isinstance(fact, LetterValidated)] == [mark]


def test_another_text_than_the_one_read_is_refused(
    type_in: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = running(monkeypatch)
    mark = mark_of(draft(type_in, tmp_path))
    told = type_in(
        "letter",
        "IDA-O",
        "request",
        "--about",
        "question/five-days-kind",
        "--place",
        "Ailleurs",
        "--validate",
        mark,
    )
    assert told.code != 0
    assert "a changé depuis qu’il a été relu" in told.errors
    assert kept == []


def test_a_file_has_nobody_to_validate_its_letters(type_in: Callable[..., Told]) -> None:
    told = type_in("letter", str(EXAMPLES / "ida-o.toml"), "renewal", "--validate", "0123456789ab")
    assert told.code == 2
    assert "convention enregistrée" in told.errors


def test_a_validation_is_of_now(type_in: Callable[..., Told]) -> None:
    told = type_in("letter", "IDA-O", "renewal", "--validate", "0123456789ab", "--as-of", "2025-06-02")
    assert told.code == 2
    assert "--as-of" in told.errors
