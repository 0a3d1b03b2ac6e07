"""``echeancier pack``: the file of a committee, from a convention file."""

from pathlib import Path

from tests.cli.conftest import Echeancier


def test_it_writes_the_file_of_the_session(echeancier: Echeancier, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    told = echeancier("pack", "sqf-p", "--as-of", "2023-06-01", "--output", str(out), facts="sqf-p")
    assert told.code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_the_internal_one_is_another_file(echeancier: Echeancier, tmp_path: Path) -> None:
    for name, more in (("a.pdf", ()), ("b.pdf", ("--internal",))):
        echeancier("pack", "mtz-p", "--as-of", "2022-06-01", "--output", str(tmp_path / name), *more, facts="mtz-p")
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "b.pdf").read_bytes()


def test_without_a_place_to_write_it_is_refused(echeancier: Echeancier) -> None:
    told = echeancier("pack", "sqf-p", facts="sqf-p")
    assert told.code == 2
    assert "--output" in told.errors
