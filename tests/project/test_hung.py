"""A test that nothing stops does not hold the run for ever."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANGS = """
import threading, time, pytest

@pytest.fixture
def server():
    yield
    threading.Event().wait()

def test_hangs(server):
    time.sleep(60)

def test_another():
    pass
"""


def test_a_test_that_nothing_stops_is_named_and_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(HANGS, "utf-8")
    words = (
        "-p",
        "tests.support.hung",
        "-n",
        "1",
        "--max-worker-restart=0",
        "--timeout",
        "1",
        "--rootdir",
        str(tmp_path),
        "-v",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, str(tmp_path)],
        cwd=ROOT, env={**os.environ, "ECHEANCIER_TEST_GRACE": "1"}, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 1
    assert "test_hangs: still there 1 s after its time limit" in done.stderr
    assert "in server" in done.stderr
    assert "crashed while running" in done.stdout
    assert "worker restarting disabled" in done.stdout
