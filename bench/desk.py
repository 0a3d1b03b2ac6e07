"""How long the desk takes to answer with a thousand conventions and with five thousand, against ten: ratios, on any machine.

The register is one in memory, built from the examples: what is measured is the desk, not the engine; `bench.engine_desk`
measures both together.
"""

import statistics
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import httpx

from bench.lines import NO_AIM, Line
from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.state import Desk
from echeancier.domain.facts.dossier import Dossier
from echeancier.engine.gateway import Row
from echeancier.engine.rows import due_by, pressing
from tests.desk.fakes import FakeRegister, example, row_of

NOW = datetime(2023, 3, 1, 9, tzinfo=UTC)
BASE = "http://127.0.0.1:8000"
EXAMPLES = ("sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "bri-p", "ida-o", "tcm-p", "tcm-d", "bri-o")
PAGES = (
    "/", "/?page=2", "/echeances", "/echeances?mois=3&kind=cooperation", "/echeances.xlsx", "/echeances.csv", "/conventions",
    "/conventions?q=metz", "/territoire", "/conventions/SQF-P-0",
)  # fmt: skip
FEW, MANY, MOST, AIM_MS, ROUNDS = 10, 1000, 5000, 200.0, 7


@dataclass
class Ready(FakeRegister):
    """A register whose list is already made, as the engine's visibility keeps it."""

    ready: list[Row] = field(default_factory=list)

    def prepare(self) -> None:
        """Make the list once; dossiers with the same facts have the same line, but for their reference."""
        models: dict[int, Row] = {}
        for reference, dossier in self.dossiers.items():
            model = models.setdefault(id(dossier.facts), row_of(dossier, NOW))
            self.ready.append(replace(model, reference=reference))
        self.ready.sort(key=pressing)

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        """Return the list, whatever is asked."""
        del query
        return [] if closed else list(self.ready)

    async def upcoming(self, until: date) -> list[Row]:
        """Return the lines of a window."""
        return [row for row in self.ready if due_by(row, until)]

    async def dossier(self, reference: str) -> Dossier:
        """Return a dossier, at once."""
        return self.dossiers[reference]


def register_of(count: int) -> Ready:
    """Return that many conventions, the examples over and over under other references."""
    models = [example(name) for name in EXAMPLES]
    found = {}
    for number in range(count):
        model = models[number % len(models)]
        reference = f"{model.convention.reference}-{number // len(models)}"
        terms = model.convention.model_copy(update={"reference": reference})
        found[reference] = model.model_copy(update={"convention": terms})
    register = Ready(found, NOW)
    register.prepare()
    return register


async def measured(count: int) -> dict[str, float]:
    """Return the median time of each page, in milliseconds, once everything is read; and that of the reading."""
    register = register_of(count)
    app = create_app(register, Settings(_env_file=None), clock=lambda: NOW)
    desk: Desk = app.state.desk
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        found = {"first page, nothing read": await timed(client, "/")}
        start = time.perf_counter()
        while (await desk.shelf.look(register.ready, patience=30)).pending:
            pass
        found["everything read"] = (time.perf_counter() - start) * 1000
        return found | {page: await median_of(client, page) for page in PAGES}


async def median_of(client: httpx.AsyncClient, page: str) -> float:
    """Return the median of several visits of a page, in milliseconds, the first one left out."""
    await timed(client, page)
    return statistics.median([await timed(client, page) for _ in range(ROUNDS)])


async def timed(client: httpx.AsyncClient, page: str) -> float:
    """Return how long a page takes, in milliseconds.

    Raises:
        httpx.HTTPStatusError: it is not there.
    """
    start = time.perf_counter()
    (await client.get(page)).raise_for_status()
    return (time.perf_counter() - start) * 1000


async def measure() -> list[Line]:
    """Time every page with a thousand conventions and with five thousand, and how much longer than with ten each takes."""
    small = await measured(FEW)
    lines = []
    for count in (MANY, MOST):
        for page, took in (await measured(count)).items():
            judged = page in PAGES and count == MANY
            times = f"{took / small[page]:.1f} times {FEW} conventions"
            figure = f"{took:.0f} ms, {times if page in PAGES else f'{took / count:.1f} ms each'}"
            name = f"desk, register in memory, {count}: {page}"
            lines.append(Line(name, figure, f"≤ {AIM_MS:.0f} ms" if judged else NO_AIM, took <= AIM_MS or not judged))
    return lines
