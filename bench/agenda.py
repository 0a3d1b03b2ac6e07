"""How much work the agenda of one convention is, and the plan of one wake-up: processor time, the machine being shared.

Each time the convention is parsed anew, as an activity does, and in between another one was planned.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.lines import Line
from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.terms.policy import DEFAULT_POLICY

EXAMPLES = Path(__file__).parent.parent / "examples"
MEASURED, OTHERS = "sqf-p", ("mtz-p", "ida-o", "bri-p", "tcm-p")
LIVED = timedelta(days=620)
AGENDA_MS, PLAN_MS = 2.0, 6.0


def measure() -> list[Line]:
    """Time the cooperation convention at each of its wake-ups in twenty months."""
    others = cycle([wake for name in OTHERS for wake in _life(name)][::5])
    agendas, plans = [], []
    for text, now in _life(MEASURED):
        other, then = next(others)
        make_plan(Dossier.model_validate_json(other), then, DEFAULT_POLICY)
        seen = Dossier.model_validate_json(text)
        agendas.append(_milliseconds(partial(agenda, seen.convention, tuple(seen.facts), now)))
        planned = Dossier.model_validate_json(text)
        plans.append(_milliseconds(partial(make_plan, planned, now, DEFAULT_POLICY)))
    return [_line("agenda of one convention", agendas, AGENDA_MS), _line("plan of one wake-up", plans, PLAN_MS)]


def _life(name: str) -> Iterator[tuple[str, datetime]]:
    """Yield the dossier of an example, as it is kept, and the instant, each time it is planned; all its mail is taken."""
    terms = load_convention(EXAMPLES / f"{name}.toml")
    records = as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), terms.place.time_zone)
    now = max(record.recorded_at for record in records).astimezone(ZoneInfo(terms.place.calendar().time_zone))
    end = now + LIVED
    dossier = Dossier(convention=terms, registered_at=now, registered_by=terms.coordinator, facts=list(records))
    while now <= end:
        yield dossier.model_dump_json(by_alias=True), now
        plan = make_plan(dossier, now, DEFAULT_POLICY)
        dossier.outbox += [m.model_copy(update={"status": "accepted", "accepted_at": now}) for _, m in plan.says]
        if not plan.says:
            if plan.close or plan.wake_at is None:
                return
            now = plan.wake_at.astimezone(now.tzinfo)


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _line(name: str, times: list[float], aim: float) -> Line:
    median = statistics.median(times)
    return Line(f"{name}, processor time, median", f"{median:.2f} ms", f"≤ {aim:.0f} ms", median <= aim)
