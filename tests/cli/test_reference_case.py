"""Two references that differ by capitals are one convention, whichever door either comes by."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from echeancier.desk.form.document import sheet_from, written
from tests.adapters.test_imports import GOOD, xlsx
from tests.cli.conftest import Told
from tests.domain import builders as b
from tests.support.running import run_in_background, settled
from tests.support.valmont import valmont

TypeIn = Callable[..., Told]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("engine") / "var"
    with run_in_background(directory):
        yield directory


@pytest.fixture
def say(directory: Path, monkeypatch: pytest.MonkeyPatch, type_in: TypeIn) -> TypeIn:
    settled(directory, monkeypatch)
    return type_in


@pytest.mark.parametrize(("first", "second"), [("petite", "PETITE"), ("GRANDE", "grande"), ("Une-2026", "uNE-2026")])
def test_the_second_start_is_refused_in_words_and_commands_take_either_case(
    say: TypeIn, directory: Path, first: str, second: str
) -> None:
    terms, facts = valmont(directory.parent / first, first, date(2024, 1, 1))
    again, _ = valmont(directory.parent / f"{second}-2", second, date(2024, 1, 1))
    assert say("start", terms, "--facts", facts).code == 0
    refused = say("start", again)
    assert refused.code != 0
    assert first.upper() in refused.errors
    assert "Traceback" not in refused.errors
    for typed in (first, second, first.swapcase()):
        assert f'"{first.upper()}"' in say("show", typed, "--json").words
        assert say("journal", typed).code == 0
    listed = say("list", "--json").words
    assert listed.count(f'"reference": "{first.upper()}"') == 1
    assert say("withdraw", second, "--why", "essai").code == 0


def test_the_form_and_the_models_hold_the_same_reference() -> None:
    sheet = {**sheet_from(b.convention()), "reference": "petite"}
    convention = written(sheet).convention
    assert convention is not None
    assert convention.reference == "PETITE"
    assert b.convention(reference="petite") == b.convention(reference="PETITE")


def test_an_import_takes_either_case_for_the_same_convention(say: TypeIn, tmp_path: Path) -> None:
    for number, reference in enumerate(("tableau", "TABLEAU")):
        sheet = tmp_path / f"{reference}.xlsx"
        sheet.write_bytes(xlsx({**GOOD, "Référence": reference}))
        told = say("import", str(sheet), "--start")
        assert told.code == 0, told.errors
        assert f"{number} déjà là" in told.words.replace("\u00a0", " ")
    both = tmp_path / "both.xlsx"
    both.write_bytes(xlsx(*({**GOOD, "Référence": reference} for reference in ("deux", "DEUX"))))
    refused = say("import", str(both), "--start")
    assert refused.code == 2
    assert "DEUX" in refused.words + refused.errors
