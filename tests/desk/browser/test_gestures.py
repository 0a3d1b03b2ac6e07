"""How many gestures it takes to enter a convention, from an empty form to *commencer*, with a mouse and a keyboard.

A gesture is a field filled in, a choice made, a box ticked, a button pressed, a fold opened, and each page waited for. What is
entered gives every date of the example, owed by whom the example says, under the articles it quotes.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, async_playwright

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.examples import EXAMPLES
from echeancier.adapters.settings import Settings
from echeancier.desk import serve
from echeancier.desk.app import create_app
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.terms.convention import Convention
from tests.desk.browser.test_day import CHROMIUM, pytestmark  # noqa: F401 - asked for by the same command
from tests.desk.fakes import NOW, FakeRegister, now

MOST_GESTURES = 90
SCREEN = (1280, 900)
MOST_SCREENS = 3


class Hands:
    """A person in front of a page, and what it costs."""

    def __init__(self, page: Page) -> None:
        self.page, self.gestures, self.loads, self.screens = page, 0, 0, 0.0
        page.on("load", self._loaded)

    def _loaded(self, _: object) -> None:
        self.loads += 1

    async def put(self, name: str, value: str = "") -> None:
        """Fill in a field, choose, or change a tick."""
        field = self.page.locator(f'[name="{name}"]')
        await self._unfold(field)
        self.gestures += 1
        kind = await field.evaluate("one => one.type")
        if kind == "checkbox":
            await field.click()
        elif kind == "select-one":
            if name.endswith(".way"):  # the page comes again with the fields of that way
                async with self.page.expect_event("load"):
                    await field.select_option(value)
            else:
                await field.select_option(value)
        else:
            await field.fill(value)

    async def press(self, words: str, within: str = "body") -> None:
        """Press a button that leads to another page."""
        self.gestures += 1
        async with self.page.expect_event("load"):
            await self.page.locator(within).get_by_role("button", name=re.compile(f"^{words}")).first.click()
        if await self.page.locator("form[data-keep]").count():
            high = await self.page.evaluate("document.scrollingElement.scrollHeight")
            self.screens = max(self.screens, high / SCREEN[1])

    async def add(self, *keys: str) -> None:
        """Tick clauses of the catalogue, and add them."""
        for key in keys:
            await self.put(f"what.{key}")
        await self.press("Ajouter ce qui est coché")

    async def _unfold(self, field: Locator) -> None:
        while not await field.is_visible():
            self.gestures += 1
            folds = field.locator("xpath=ancestor::details[not(@open)]").first
            await folds.locator("summary").first.click()


@asynccontextmanager
async def desk(directory: Path, register: FakeRegister) -> AsyncIterator[str]:
    """A desk of a town hall that has entered nothing yet; its address."""
    app = create_app(register, Settings(_env_file=None, data=directory), clock=now)
    stop = asyncio.Event()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(app, "127.0.0.1", 0, stop, address.set_result))
    try:
        yield await address
    finally:
        stop.set()
        await serving


def dates(convention: Convention) -> Counter[tuple[object, ...]]:
    """Every date, with its kind, and which side owes it."""
    items = agenda(convention, (), NOW).items
    return Counter((item.kind, item.legal_last_day, item.safe_day, item.owed_by == convention.us) for item in items)


async def whom(hands: Hands, us: str, them: str, kind: str, functions: tuple[str, ...]) -> None:
    """Say who the parties are, and the functions written to: ours at once, theirs one by one."""
    await hands.put("parties.0.name", us)
    await hands.put("parties.1.name", them)
    await hands.put("parties.1.kind", kind)
    await hands.put("roles.0.address", "coordination@mairie.example")
    await hands.put("roles.1.address", "direction@mairie.example")
    for number, function in enumerate(functions, 2):
        if number > 2:
            await hands.press("Ajouter une fonction")
            await hands.put(f"roles.{number}.party", "partenaire")
        await hands.put(f"roles.{number}.function", function)
        await hands.put(f"roles.{number}.address", f"fonction{number}@partenaire.example")


async def premises(hands: Hands) -> None:
    await hands.put("reference", "ESSAI")
    await hands.put("title", "Occupation de l’ancienne école")
    await hands.put("kind", "premises")
    await hands.press("Retirer", within='[id="x-act.0"]')
    await hands.press("Suivant")
    await whom(hands, "Commune d’Aubrelles", "Association L’Atelier du Vieux Four", "association", ("Présidence",))
    await hands.press("Suivant")
    await hands.put("effect.on", "2025-03-15")
    await hands.put("clause.0.article", "art. 2")
    await hands.put("term.months", "12")
    await hands.put("clause.1.article", "art. 2")
    await hands.add("renewal-tacit")
    await hands.put("renewal.times", "2")
    await hands.put("renewal.cap.years", "4")
    await hands.put("clause.2.article", "art. 2")
    await hands.press("Suivant")
    await hands.add("rent", "deposit", "charges", "insurance", "works-told")
    for number, article in enumerate(("art. 4", "art. 6", "art. 6", "art. 7", "art. 8", "art. 10"), 4):
        await hands.put(f"clause.{number}.article", article)
    await hands.put("payment.0.amount", "1 350")
    await hands.put("payment.0.when.days", "10")
    await hands.put("payment.0.when.year", "civil")
    await hands.put("payment.0.prorata", "days")
    await hands.put("payment.1.amount", "450")
    await hands.put("payment.2.amount", "450")
    await hands.press("Suivant")
    await hands.put("termination.0.length", "2 mois")
    await hands.put("clause.3.article", "art. 3")
    await hands.add("notice-general-interest", "breach-theirs", "automatic-end", "inventory-out")
    for number, article in enumerate(("art. 11", "art. 11", "art. 12", "art. 9"), 10):
        await hands.put(f"clause.{number}.article", article)


async def subsidy(hands: Hands) -> None:
    await hands.put("reference", "ESSAI")
    await hands.put("title", "Subvention à l’école de musique")
    await hands.put("kind", "subsidy")
    await hands.put("clause.0.article", "en-tête")
    await hands.press("Suivant")
    functions = ("Présidence de l’association", "Trésorerie de l’association")
    await whom(hands, "Commune de Valorme", "Association Les Baladins d’Orve", "association", functions)
    await hands.press("Suivant")
    await hands.put("effect.on", "2027-01-01")
    await hands.put("clause.1.article", "art. 2")
    await hands.put("term.ends_on", "2029-12-31")
    await hands.put("clause.2.article", "art. 2")
    await hands.press("Suivant")
    await hands.add(
        "committee", "report-by-a-day", "budget-next-year", "report-after-close", "evaluation-before-the-term", "board-change",
        "payment-instalments",
    )  # fmt: skip
    for number, article in enumerate(("art. 5", "art. 6", "art. 6", "art. 6", "art. 8", "art. 7", "art. 4"), 3):
        await hands.put(f"clause.{number}.article", article)
    await hands.put("duty.0.when.way", "part")
    await hands.put("duty.0.when.part", "half")
    await hands.put("duty.0.when.nth", "1")
    await hands.put("duty.1.title", "Bilan d’étape")
    await hands.put("duty.1.when.on", "09-30")
    await hands.put("duty.1.when.covers", "current")
    await hands.put("payment.0.title", "Subvention 2027")
    await hands.put("payment.0.total", "18 000")
    await hands.put("payment.0.instalments.0.starts", "la prise d’effet")
    await hands.put("payment.0.instalments.0.delay", "1 mois")
    await hands.put("payment.0.instalments.1.needs", "Bilan d’étape/2027")
    await hands.put("payment.0.instalments.1.delay", "1 mois")
    for number, year in enumerate((2028, 2029)):
        await hands.press("Dupliquer", within=f'[id="x-payment.{number}"] > .gestures')
        path = f"payment.{number + 1}"
        await hands.put(f"{path}.title", f"Subvention {year}")
        if year == 2028:
            await hands.put(f"{path}.instalments.0.starts")
            await hands.put(f"{path}.instalments.0.delay")
        await hands.put(f"{path}.instalments.0.on", f"{year}-03-31")
        await hands.put(f"{path}.instalments.1.needs", f"Bilan d’étape/{year}")
    await hands.press("Suivant")
    await hands.add("breach-theirs", "notice-sending")
    await hands.put("clause.10.article", "art. 9")
    await hands.put("clause.11.article", "art. 10")
    await hands.put("termination.0.length", "2 mois")


async def secondment(hands: Hands) -> None:
    await hands.put("reference", "ESSAI")
    await hands.put("title", "Mise à disposition d’un animateur")
    await hands.put("kind", "staff")
    await hands.put("clause.0.article", "en-tête")
    await hands.press("Dupliquer", within='[id="x-act.0"]')
    await hands.put("act.1.party", "partenaire")
    await hands.put("act.1.body", "conseil communautaire")
    await hands.press("Suivant")
    functions = ("Service du personnel", "Service comptable", "Direction de l’enfance")
    await whom(hands, "Commune de Corvenne", "Communauté des Trois Étangs", "epci", functions)
    await hands.press("Suivant")
    await hands.put("effect.on", "2026-09-01")
    await hands.put("clause.1.article", "art. 2")
    await hands.put("term.years", "3")
    await hands.put("term.ends_on", "2029-09-01")
    await hands.put("clause.2.article", "art. 2")
    await hands.add("renewal")
    await hands.put("renewal.period.years", "3")
    await hands.put("renewal.times")
    await hands.put("renewal.deadline", "3 mois")
    await hands.put("clause.3.article", "art. 2")
    await hands.press("Suivant")
    await hands.add("reimbursement-quarterly", "absence-told", "report-by-a-day", "document-yearly")
    for number, article in enumerate(("art. 4", "art. 3", "art. 5", "art. 9"), 4):
        await hands.put(f"clause.{number}.article", article)
    await hands.put("duty.0.title", "Rapport sur la manière de servir")
    await hands.put("duty.0.when.on", "11-30")
    await hands.put("duty.0.when.covers", "current")
    await hands.put("duty.1.title", "État des personnels")
    await hands.put("duty.1.rhythm.year", "civil")
    await hands.put("duty.1.owed_by", "commune")
    await hands.press("Suivant")
    await hands.add("notice-unstated", "automatic-end", "dispute", "breach-bare")
    for number, article in enumerate(("art. 8", "art. 8", "art. 10", "art. 8"), 8):
        await hands.put(f"clause.{number}.article", article)
    await hands.put("termination.0.length", "2 mois")
    await hands.put("automatic_end.0.event", "départ de l’agent")


LIVES: dict[str, Callable[[Hands], Coroutine[Any, Any, None]]] = {
    "aub-l": premises,
    "cor-m": secondment,
    "vlm-s": subsidy,
}


@pytest.mark.parametrize("name", LIVES)
async def test_a_convention_is_entered_in_few_gestures(tmp_path: Path, name: str) -> None:
    register = FakeRegister.of()
    async with desk(tmp_path, register) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(
            base_url=address, viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="fr-FR"
        )
        await page.goto("/commencer/formulaire")
        hands = Hands(page)
        await LIVES[name](hands)
        await hands.press("Vérifier et commencer")
        wrong = page.get_by_role("alert")
        assert await wrong.count() == 0, await wrong.inner_text()
        await hands.press("C’est juste : commencer")
        await browser.close()
    made, wanted = register.dossiers["ESSAI"].convention, load_convention(EXAMPLES / f"{name}.toml")
    print(f"{name}: {hands.gestures} gestures and {hands.loads} pages, {hands.screens:.1f} screens at most")  # noqa: T201 - the figures that the report gives
    assert dates(made) - dates(wanted) == Counter()
    assert dates(wanted) - dates(made) == Counter()
    assert hands.gestures + hands.loads <= MOST_GESTURES
    assert hands.screens <= MOST_SCREENS
