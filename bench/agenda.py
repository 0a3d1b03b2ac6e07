"""How long the agenda of one convention takes."""

import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.lines import Line
from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.agenda import agenda

ROUNDS = 200
AIM_MS = 5.0


def measure() -> list[Line]:
    """Time the agenda of the cooperation convention in the middle of its life."""
    folder = Path(__file__).parent.parent / "examples"
    convention = load_convention(folder / "sqf-p.toml")
    records = as_records(load_facts(folder / "sqf-p.facts.toml"), convention.place.time_zone)
    now = datetime(2022, 3, 7, 9, tzinfo=UTC)
    agenda(convention, records, now)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        agenda(convention, records, now)
        times.append((time.perf_counter() - start) * 1000)
    median = statistics.median(times)
    return [Line("agenda of one convention, median", f"{median:.2f} ms", f"≤ {AIM_MS:.0f} ms", median <= AIM_MS)]
