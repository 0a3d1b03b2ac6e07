"""The wheel, installed away from the checkout, is the whole program; and it puts nothing else into site-packages."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from tests.support.project_files import ROOT

OURS = {"echeancier", "workflows", "activities", "worker.py"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the checkout, with the build backend of the constraints."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``echeancier`` in an environment that has the wheel; the libraries are those of ours, so that no index is asked."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
    )  # fmt: skip
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return home / "bin" / "echeancier"


def environment(directory: Path) -> Mapping[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ECHEANCIER_", "TEMPORAL_", "PYTHON"))}
    return {
        **kept,
        "ECHEANCIER_DATA": str(directory / "var"),
        "ECHEANCIER_MASTER_KEY_FILE": str(directory / "master.key"),
    }


def say(command: Path, directory: Path, *words: str) -> str:
    told = subprocess.run(
        [str(command), *words], cwd=directory, env=environment(directory), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_the_wheel_holds_the_program_and_nothing_beside_it(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == OURS


def test_an_installed_program_plans_and_rehearses_its_own_examples(command: Path, tmp_path: Path) -> None:
    (site,) = command.parents[1].glob("lib/python*/site-packages")
    example = site / "echeancier" / "examples" / "mtz-f.toml"
    agenda = say(command, tmp_path, "plan", str(example), "--as-of", "2020-01-02")
    assert "2020" in agenda
    say(command, tmp_path, "rehearse", str(example), "--output", str(tmp_path / "life"))
    assert (tmp_path / "life" / "report.html").exists()
    assert list((tmp_path / "life" / "mails").glob("*.eml"))


def test_an_installed_program_runs(command: Path, tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(command), "run"], cwd=tmp_path, stdout=output, stderr=output,
            env={**environment(tmp_path), "ECHEANCIER_DESK_PORT": "0"},
        )  # fmt: skip
    try:
        give_up = time.monotonic() + 90
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))):
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < give_up, log.read_text("utf-8")
            time.sleep(0.1)
        assert httpx.get(f"{found[0]}/static/desk.css", timeout=30).status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
