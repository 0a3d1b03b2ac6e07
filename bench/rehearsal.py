"""How long it takes to live three years of a convention, mail, report and all."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.lines import Line

AIM_S = 10.0


def measure() -> list[Line]:
    """Rehearse the cooperation convention with the command a newcomer uses, and time the whole process."""
    examples = Path(__file__).parent.parent / "examples"
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "echeancier.cli", "rehearse", str(examples / "sqf-p.toml"), "--facts",
             str(examples / "sqf-p.facts.toml"), "--output", f"{folder}/life"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        took = time.perf_counter() - began
    return [Line("rehearsal of three years, whole command", f"{took:.1f} s", f"≤ {AIM_S:.0f} s", took <= AIM_S)]
