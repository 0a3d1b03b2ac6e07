"""The commands a newcomer types exist and say what they need."""

import subprocess
from pathlib import Path

import pytest

from tests.support.project_files import ROOT


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", ["demo", "test", "run", "check", "bench", "format", "clean"])
def test_make_knows_the_command(target: str) -> None:
    assert make("--dry-run", target).returncode == 0


def test_make_alone_lists_the_commands() -> None:
    assert "make demo" in make().stdout


def test_without_python_one_line_says_what_to_install(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    told = make("test", "PYTHON=no-such-python", cwd=tmp_path)
    said = [line for line in told.stderr.splitlines() if not line.startswith("make")]
    assert told.returncode != 0
    assert len(said) == 1
    assert "apt install python3-venv make" in said[0]


def test_ci_runs_the_same_command_as_a_developer() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "make test" in script.read_text("utf-8")
