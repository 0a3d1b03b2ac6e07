"""The house stays livable: small files, named after what they hold."""

from pathlib import Path
from statistics import median

from tests.support.project_files import ROOT, project_files

LONGEST = 300
MEDIAN = 120


def lines(path: Path) -> int:
    return len(path.read_bytes().splitlines())


def python_files() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".py"]


def test_no_source_file_is_over_300_lines() -> None:
    long = {str(path.relative_to(ROOT)): lines(path) for path in python_files() if lines(path) > LONGEST}
    assert long == {}


def test_half_of_the_source_files_are_under_120_lines() -> None:
    assert median(lines(path) for path in python_files() if lines(path)) < MEDIAN
