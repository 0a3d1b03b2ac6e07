"""A coordinator's day and a manager's, in Chromium, on the engine: nothing is faked but the recipients of the mails.

Opt-in (`make browser`): it needs chromium, and node for axe-core. Every page seen is judged by axe-core at two widths.
"""

import asyncio
import io
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook
from playwright.async_api import Page, async_playwright, expect

from bench.many import made
from echeancier.engine.gateway import utc_now
from tests.adapters.test_imports import GOOD, xlsx
from tests.desk.browser.__main__ import HOME, PICTURES
from tests.support.keys import door_of
from tests.support.running import Run, run_in_background

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = HOME / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

expect.set_options(timeout=30_000)

pytestmark = [
    pytest.mark.skipif(
        not (os.environ.get("ECHEANCIER_BROWSER") and CHROMIUM and AXE.exists()),
        reason="a browser, asked for by `make browser`",
    ),
    pytest.mark.timeout(900),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The program running with the ten conventions, moved to our days."""
    directory = tmp_path_factory.mktemp("day") / "var"
    with run_in_background(directory, ECHEANCIER_DESK_PORT="0") as running:
        asyncio.run(_begun(running))
        address = re.search(r"Bureau : (http://127\.0\.0\.1:\d+)/", running.said())
        assert address is not None, running.said()
        yield address[1]


async def _begun(running: Run) -> None:
    door = await door_of(running.directory, running.engine.address)
    for one in made(10, utc_now()):
        await door.start(one.convention, one.convention.coordinator, one.facts)
    for _ in range(600):
        rows = await door.rows()
        if "Bureau" in running.said() and len(rows) == 10 and all(row.partner for row in rows):
            return
        await asyncio.sleep(0.5)
    raise AssertionError(running.said())


Look = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def visiting(base: str) -> AsyncIterator[tuple[Page, Look]]:
    """A page without scripts of ours to run, and what judges and pictures it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    axe = AXE.read_text("utf-8")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context(base_url=base, locale="fr-FR", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        page = await context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))

        async def look(name: str) -> None:
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            for width in (1280, 390):
                await page.set_viewport_size({"width": width, "height": 900})
                await page.screenshot(
                    path=PICTURES / f"day-{name}-{width}.png",
                    clip={"x": 0, "y": 0, "width": width, "height": 5000},
                    full_page=True,
                )
                await page.evaluate(axe)
                found = await page.evaluate(
                    "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
                )
                wrong = [f"{v['id']}: {v['help']} {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
                assert wrong == [], f"{name}, {width} px"
                wide = await page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
                assert wide <= 0, f"{name}: {wide} px too wide at {width} px"
            await page.set_viewport_size({"width": 1280, "height": 900})
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
            assert said == []

        try:
            yield page, look
        finally:
            await browser.close()


async def _tab_to(page: Page, selector: str) -> None:
    """Reach a field with the keyboard alone."""
    for _ in range(300):
        await page.keyboard.press("Tab")
        if await page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


async def test_a_coordinator_starts_a_convention_from_the_form(base: str) -> None:
    async with visiting(base) as (page, look):
        await page.goto("/commencer")
        await look("start")
        await page.get_by_role("link", name="Remplir le formulaire").click()
        await page.get_by_label("Référence (la nôtre").fill("JOUR-2026")
        await page.get_by_label("Intitulé", exact=True).first.fill("Convention du jour")
        await page.locator('[name="clause.0.article"]').fill("art. 1")
        await look("form-act")
        await page.get_by_role("button", name=re.compile("^Suivant")).click()
        for number, name in enumerate(("Commune de Jour", "Opérateur, agence du jour")):
            await page.locator(f'[name="parties.{number}.name"]').fill(name)
        for number in range(3):
            await page.locator(f'[name="roles.{number}.address"]').fill(f"fonction{number}@jour.example")
        await page.locator('[name="roles.2.function"]').fill("Direction de l’agence")
        await look("form-parties")
        await page.get_by_role("button", name=re.compile("^Suivant")).click()
        await page.locator('[name="effect.on"]').fill(f"{utc_now().year + 1}-01-01")
        await page.locator('[name="term.months"]').fill("36")
        await look("form-term")
        await page.get_by_role("button", name=re.compile("^Suivant")).click()
        await page.get_by_text("Réunions", exact=True).click()
        await page.get_by_text("Bilans et évaluations", exact=True).click()
        await page.get_by_label("Comité de pilotage annuel").check()
        await page.get_by_label("Chose à faire une fois, à un jour donné").check()
        await page.get_by_role("button", name="Ajouter ce qui est coché").click()
        await look("form-duties")
        await page.get_by_role("button", name=re.compile("^Suivant")).click()
        await page.get_by_text("Résiliation, manquement, différend").click()
        await page.get_by_label("Préavis avant l’échéance annuelle").check()
        await page.get_by_role("button", name="Ajouter ce qui est coché").click()
        await look("form-end")
        await page.get_by_role("button", name="Vérifier et commencer").first.click()
        await expect(page.get_by_role("alert")).to_contain_text("Rien n’est enregistré")
        await look("form-refused")
        for step in ("La durée", "Ce que chacun doit", "La fin"):
            await page.get_by_role("link", name=re.compile(step)).first.click()
            for one in await page.locator('[name$=".article"]').all():
                await one.fill("art. 1")
            await page.get_by_role("button", name="Vérifier et commencer").first.click()
        await expect(page.get_by_role("heading", name="Ce que l’échéancier comprend")).to_be_visible()
        await expect(page.locator("#main")).to_contain_text("Le texte ne donne pas le jour")
        await look("form-shown")
        await page.get_by_role("button", name="C’est juste : commencer").click()
        await expect(page.locator("#main")).to_contain_text("La convention est enregistrée")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Convention du jour")


async def test_a_coordinator_s_day_date_fact_answer_and_mistake(base: str) -> None:
    async with visiting(base) as (page, look):
        await page.goto("/")
        while await page.get_by_role("link", name="actualiser la page").count():
            await page.get_by_role("link", name="actualiser la page").click()
        await expect(page.locator("ul.todo li").first).to_be_visible()
        await look("todo")
        await page.goto("/?sort=meeting")
        fixing = page.locator("details", has=page.get_by_text("Fixer cette date et inviter")).first
        await fixing.locator("summary").click()
        await fixing.get_by_role("button").click()
        await expect(page.locator("#main")).to_contain_text("C’est enregistré")

        await page.goto("/conventions/SQF-P-0000")
        await look("convention")
        await page.goto("/conventions/SQF-P-0000/enregistrer/away")
        await page.locator('main [name="role"]').select_option("coordinator")
        today = utc_now().date()
        days = page.locator('input[type="date"]')
        await days.nth(0).fill(today.isoformat())
        await days.nth(1).fill((today + timedelta(days=9)).isoformat())
        await page.get_by_role("button", name="Enregistrer").click()
        await expect(page.locator("#main")).to_contain_text("C’est enregistré")

        await page.get_by_role("link", name=re.compile("Rectifier ou annuler")).first.click()
        await look("fact")
        await page.get_by_role("button", name=re.compile("nnul")).first.click()
        await expect(page.locator("#main")).to_contain_text("ne compte plus")


async def test_a_question_is_answered_with_the_keyboard_alone(base: str) -> None:
    async with visiting(base) as (page, look):
        await page.goto("/conventions/SQF-P-0000/enregistrer/question-answered")
        await look("answer")
        await page.locator("body").focus()
        await _tab_to(page, "#f-question")
        await page.evaluate("document.activeElement.value = ''")
        await page.keyboard.type("Le num")
        await _tab_to(page, "#f-on")
        await page.keyboard.type(
            f"0202{(utc_now() - timedelta(days=33)).year}"
        )  # reads the same day first or month first
        await _tab_to(page, "#f-text")
        await page.keyboard.type("2026-117")
        await _tab_to(page, "main button[type=submit]")
        await page.keyboard.press("Enter")
        await expect(page.locator("#main")).to_contain_text("C’est enregistré")


async def test_a_manager_looks_filters_prints_and_exports(base: str) -> None:
    async with visiting(base) as (page, look):
        await page.goto("/echeances?mois=12")
        await look("deadlines")
        sheet = await page.pdf(format="A4")
        with pdfplumber.open(io.BytesIO(sheet)) as printed:
            assert round(printed.pages[0].width) in (595, 596)
            assert len(printed.pages) == 1
            assert "Échéances" in (printed.pages[0].extract_text() or "")
        async with page.expect_download() as download:
            await page.get_by_role("link", name=re.compile("Excel")).first.click()
        path = await (await download.value).path()
        rows = list(load_workbook(io.BytesIO(path.read_bytes())).worksheets[0].iter_rows(min_row=2, values_only=True))
        assert any(isinstance(cell, datetime) for row in rows for cell in row)
        await page.goto("/territoire")
        await look("territory")


async def test_a_coordinator_imports_a_sheet(base: str, tmp_path: Path) -> None:
    sheet = tmp_path / "conventions.xlsx"
    sheet.write_bytes(xlsx({**GOOD, "Référence": "NAV-1"}, {**GOOD, "Référence": "NAV-2", "Durée (mois)": None}))
    wrong = tmp_path / "fausse.xlsx"
    wrong.write_bytes(xlsx({**GOOD, "Référence": "NAV-3", "Dernier jour": "31/02/2026"}))
    async with visiting(base) as (page, look):
        await page.goto("/importer")
        await look("import")
        await page.get_by_label("Le tableau").set_input_files(wrong)
        await page.get_by_role("button", name=re.compile("Vérifier")).click()
        await expect(page.locator("#main")).to_contain_text("ce jour n’existe pas")
        await look("import-refused")
        await page.goto("/importer")
        await page.get_by_label("Le tableau").set_input_files(sheet)
        await page.get_by_role("button", name=re.compile("Vérifier")).click()
        await look("import-checked")
        await page.get_by_role("button", name=re.compile("C’est juste")).click()
        while await page.get_by_role("link", name="Voir où cela en est").count():
            await page.get_by_role("link", name="Voir où cela en est").click()
        await expect(page.locator("#main")).to_contain_text("2 conventions commencées")
        await page.get_by_role("link", name="NAV-1").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Convention de Ville")


async def test_a_coordinator_begins_others_of_the_same_deliberation_and_signs_them_together(base: str) -> None:
    async with visiting(base) as (page, look):
        await page.goto("/conventions/IDA-O-0006")
        await page.get_by_role("link", name="D’autres conventions de la même délibération").click()
        await look("series")
        lines = [f"Agence {n}\tDirection\tdirection@agence-{n}.example" for n in (1, 2, 3)]
        await page.get_by_label("Lignes copiées").fill("\n".join(lines))
        await page.get_by_role("button", name="Reprendre ces lignes").click()
        await page.get_by_label("Adresse électronique, ligne 2").fill("direction")
        await page.get_by_role("button", name="Voir ce que cela donne").click()
        await expect(page.locator("#main")).to_contain_text("Ligne 2, Adresse électronique")
        await look("series-wrong")
        await page.get_by_label("Adresse électronique, ligne 2").fill("direction@agence-2.example")
        await page.get_by_role("button", name="Voir ce que cela donne").click()
        await expect(page.locator("#main")).to_contain_text("Rien n’est encore enregistré")
        await look("series-shown")
        await page.get_by_role("button", name=re.compile("C’est juste")).click()
        while await page.get_by_role("link", name="Voir où cela en est").count():
            await page.get_by_role("link", name="Voir où cela en est").click()
        await expect(page.locator("#main")).to_contain_text("3 conventions ont commencé")
        await look("series-begun")

        await page.get_by_role("link", name="Toutes les conventions de cette délibération").click()
        await expect(page.locator("#main")).to_contain_text("4 conventions")
        await page.get_by_role("button", name=re.compile("Tout cocher")).first.click()
        await page.get_by_label("Jour de ces signatures").fill(utc_now().date().isoformat())
        await look("deliberation")
        await page.get_by_role("button", name="Enregistrer").first.click()
        await expect(page.locator("#main")).to_contain_text("Enregistré")
        await look("deliberation-signed")
        await page.goto("/conventions/IDA-O-0008")
        await expect(page.locator("#main")).to_contain_text("Les 4 conventions de cette délibération")
