"""A walk of CONTRIBUTING.md: its blocks of code, a copy of the tree to follow it in, and a command run there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from tests.support.project_files import ROOT

PARTS = ("echeancier", "workflows", "activities", "worker.py", "tests", "examples", "docs", "pyproject.toml")


def walk(title: str) -> str:
    """Return one walk as it is written."""
    return (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


def blocks(words: str) -> list[str]:
    """Return its blocks of code, in order."""
    return [dedent(block).strip() for block in re.findall(r"```[a-z]+\n(.*?)```", words, re.DOTALL)]


def copy_tree(where: Path) -> None:
    """Copy what the walk changes, and what its tests read, into a directory."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, where / part)


def run(where: Path, *command: str) -> None:
    """Run Python in a copy; it has to succeed."""
    done = subprocess.run([sys.executable, *command], cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
