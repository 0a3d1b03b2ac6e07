"""How long the desk takes to answer with a thousand conventions, against ten: ratios, on any machine.

The register is one in memory, built from the examples: what is measured is the desk, not the engine.
"""

import statistics
import time
from datetime import UTC, datetime

import httpx

from adapters.settings import Settings
from bench.lines import Line
from desk.app import create_app
from desk.state import Desk
from domain.dossier import Dossier
from engine.gateway import Row
from tests.desk.fakes import FakeRegister, example, row_of

NOW = datetime(2023, 3, 1, 9, tzinfo=UTC)
BASE = "http://127.0.0.1:8000"
EXAMPLES = ("sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "bri-p", "ida-o", "tcm-p", "tcm-d", "bri-o")
PAGES = ("/", "/?page=2", "/echeances", "/conventions", "/territoire", "/conventions/SQF-P-0")
FEW, MANY, AIM_MS = 10, 1000, 200.0


class Ready(FakeRegister):
    """A register whose list is already made, as the engine's visibility keeps it."""

    def prepare(self) -> None:
        """Make the list once."""
        self.list = sorted((row_of(d, NOW) for d in self.dossiers.values()), key=lambda row: row.reference)

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        """Return the list, whatever is asked."""
        del query
        return [] if closed else self.list

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
        start = time.perf_counter()
        await client.get("/")
        found = {"first page, nothing read": (time.perf_counter() - start) * 1000}
        while (await desk.shelf.look(register.list, patience=30)).pending:
            pass
        found["everything read"] = (time.perf_counter() - start) * 1000
        for page in PAGES:
            await client.get(page)
            times = []
            for _ in range(7):
                start = time.perf_counter()
                await client.get(page)
                times.append((time.perf_counter() - start) * 1000)
            found[page] = statistics.median(times)
    return found


async def measure() -> list[Line]:
    """Time every page with a thousand conventions, and how much longer than with ten each takes."""
    small, large = await measured(FEW), await measured(MANY)
    return [
        Line(
            f"desk, {page}, {MANY} conventions",
            f"{took:.0f} ms, {took / small[page]:.1f} times {FEW} conventions",
            f"≤ {AIM_MS:.0f} ms" if page in PAGES else "",
            took <= AIM_MS or page not in PAGES,
        )
        for page, took in large.items()
    ]
