"""`attach` and `pieces` against a running engine: put on file sealed, listed, taken out again, by versions."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from echeancier.engine.gateway import utc_now
from tests.cli.conftest import Told, begun
from tests.support.running import run_in_background, settled

TypeIn = Callable[..., Told]
EFFECT = utc_now().astimezone(ZoneInfo("Europe/Paris")).date() - timedelta(days=30)
PDF = b"%PDF-1.7 a secret of the paper\n" * 40


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("attach") / "var"
    with run_in_background(directory):
        yield directory


@pytest.fixture
def say(directory: Path, monkeypatch: pytest.MonkeyPatch, type_in: TypeIn) -> TypeIn:
    settled(directory, monkeypatch)
    begun(type_in, directory.parent / "files", "VAL", EFFECT)
    return type_in


def test_a_paper_is_attached_sealed_listed_and_taken_out_again(say: TypeIn, directory: Path, tmp_path: Path) -> None:
    paper = tmp_path / "Convention signée.pdf"
    paper.write_bytes(PDF)
    told = say("attach", "VAL", str(paper), "--what", "convention")
    assert told.code == 0, told.errors
    assert "est au dossier de VAL" in told.words
    kept = [path for path in (directory / "documents" / "VAL" / "pieces").iterdir() if path.is_file()]
    assert len(kept) == 1
    assert b"a secret of the paper" not in kept[0].read_bytes()
    listed = say("pieces", "VAL")
    assert "Convention signée" in listed.words
    out = tmp_path / "out.pdf"
    assert say("pieces", "VAL", "--get", kept[0].name[:10], "--output", str(out)).code == 0
    assert out.read_bytes() == PDF
    assert "Pièce au dossier" in say("journal", "VAL").words

    again = say("attach", "VAL", str(paper), "--what", "convention")
    assert again.code == 2
    assert "déjà au dossier" in again.errors
    paper.write_bytes(PDF + b"signed again")
    assert say("attach", "VAL", str(paper), "--what", "convention").code == 0
    assert say("pieces", "VAL").words.count("Convention signée") == 4  # two versions, each with its title and its file


def test_what_is_no_paper_is_refused_with_what_would_be(say: TypeIn, tmp_path: Path) -> None:
    wrong = tmp_path / "page.pdf"
    wrong.write_text("<html>")
    told = say("attach", "VAL", str(wrong), "--what", "proof")
    assert told.code == 2
    assert "un PDF, une image" in told.errors.replace("\u00a0", " ")
    assert say("attach", "VAL", str(tmp_path / "none.pdf"), "--what", "proof").code == 2
    assert say("pieces", "VAL", "--get", "0000").code == 2
    assert say("attach", "NOWHERE", str(wrong), "--what", "proof").code != 0
