"""`import` against a running engine: a dry run, all started, run again, nothing doubled."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.adapters.test_imports import GOOD, xlsx
from tests.cli.conftest import Told
from tests.support.running import run_in_background, settled

TypeIn = Callable[..., Told]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("engine") / "var"
    with run_in_background(directory):
        yield directory


@pytest.fixture
def say(directory: Path, monkeypatch: pytest.MonkeyPatch, type_in: TypeIn) -> Callable[..., str]:
    settled(directory, monkeypatch)

    def told(*words: str, code: int = 0) -> str:
        answer = type_in("import", *words)
        assert answer.code == code, answer.errors
        return (answer.words + answer.errors).replace("\u00a0", " ")

    return told


def test_a_sheet_is_checked_started_and_started_again_without_doubling(say: Callable[..., str], tmp_path: Path) -> None:
    sheet = tmp_path / "conventions.xlsx"
    sheet.write_bytes(xlsx(*({**GOOD, "Référence": f"CLI-{n}"} for n in range(3))))
    assert "3 à commencer, 0 déjà là." in say(str(sheet))
    assert "3 commencées, 0 déjà là" in say(str(sheet), "--start")
    assert "0 à commencer, 3 déjà là." in say(str(sheet), "--start")


def test_a_wrong_row_holds_the_others_and_is_named(say: Callable[..., str], tmp_path: Path) -> None:
    sheet = tmp_path / "conventions.xlsx"
    sheet.write_bytes(xlsx({**GOOD, "Référence": "W-1"}, {**GOOD, "Référence": "W-2", "Dernier jour": "31/02/2026"}))
    told = say(str(sheet), "--start", code=2)
    assert "ligne 3, Dernier jour : « 31/02/2026 » : ce jour n’existe pas" in told
    assert '"standing": "new"' in say(str(sheet), "--json", code=2)


def test_the_template_is_written(say: Callable[..., str], tmp_path: Path) -> None:
    assert "tableau à remplir" in say("--template", str(tmp_path / "modele.xlsx"))
    assert (tmp_path / "modele.xlsx").read_bytes()[:2] == b"PK"


def test_no_sheet_is_asked_for(say: Callable[..., str]) -> None:
    assert "--template" in say(code=2)


def test_the_same_sheet_is_written_with_its_remarks(say: Callable[..., str], tmp_path: Path) -> None:
    sheet, given = tmp_path / "conventions.xlsx", tmp_path / "remarques.xlsx"
    sheet.write_bytes(xlsx({**GOOD, "Référence": "R-1", "Dernier jour": "31/02/2026"}))
    assert "Le tableau avec ses remarques est dans" in say(str(sheet), "--remarks", str(given), code=2)
    told = say(str(given), code=2)
    assert "ligne 2, Dernier jour : « 31/02/2026 » : ce jour n’existe pas" in told
