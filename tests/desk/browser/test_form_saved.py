"""The form in Chromium: it saves itself, nothing that one does to a page loses what was typed, and it works without a script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.desk.browser.test_day import CHROMIUM, pytestmark  # noqa: F401 - asked for by the same command
from tests.desk.browser.test_gestures import desk
from tests.desk.fakes import FakeRegister

FORM = "/commencer/formulaire"


@asynccontextmanager
async def browsing(directory: Path) -> AsyncIterator[tuple[Browser, str]]:
    """A desk, and a browser that trusts it."""
    async with desk(directory, FakeRegister.of()) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser, address
        finally:
            await browser.close()


async def tab(context: BrowserContext, address: str = FORM) -> Page:
    page = await context.new_page()
    await page.goto(address)
    return page


async def kept(page: Page) -> None:
    await expect(page.locator("#kept")).to_contain_text("Gardé à")


async def test_back_reload_and_a_closed_tab_lose_nothing(tmp_path: Path) -> None:
    async with browsing(tmp_path) as (browser, address):
        context = await browser.new_context(base_url=address)
        page = await tab(context)
        await page.locator('[name="title"]').fill("Tapé, jamais envoyé")
        await kept(page)
        draft = page.url
        assert "brouillon=" in draft
        await page.reload()
        await expect(page.locator('[name="title"]')).to_have_value("Tapé, jamais envoyé")
        await page.locator('[name="reference"]').fill("RETOUR-1")
        await page.get_by_role("button", name="2. Les parties").click()
        await page.go_back()
        await expect(page.locator('[name="reference"]')).to_have_value("RETOUR-1")
        await page.locator('[name="service"]').fill("Écrit juste avant de fermer")
        await page.close(run_before_unload=True)
        again = await tab(context, draft)
        await expect(again.locator('[name="title"]')).to_have_value("Tapé, jamais envoyé")
        await expect(again.locator('[name="service"]')).to_have_value("Écrit juste avant de fermer")


async def test_a_desk_that_is_away_is_said_and_what_was_typed_leaves_when_it_is_back(tmp_path: Path) -> None:
    async with browsing(tmp_path) as (browser, address):
        context = await browser.new_context(base_url=address)
        page = await tab(context)
        await context.set_offline(True)
        await page.locator('[name="title"]').fill("Hors ligne")
        await expect(page.locator("#kept")).to_contain_text("Pas encore gardé")
        await context.set_offline(False)
        await kept(page)
        await expect((await tab(context, page.url)).locator('[name="title"]')).to_have_value("Hors ligne")


async def test_after_another_sign_in_the_page_goes_on_saving(tmp_path: Path) -> None:
    async with browsing(tmp_path) as (browser, address):
        page = await tab(await browser.new_context(base_url=address))
        await page.evaluate("document.querySelector('form.paper [name=token]').value = '0'.repeat(64)")
        await page.locator('[name="title"]').fill("D’une visite à l’autre")
        await kept(page)
        await page.reload()
        await expect(page.locator('[name="title"]')).to_have_value("D’une visite à l’autre")


async def test_two_tabs_at_one_step_are_told_and_both_are_kept(tmp_path: Path) -> None:
    async with browsing(tmp_path) as (browser, address):
        context = await browser.new_context(base_url=address)
        first = await tab(context)
        await first.locator('[name="title"]').fill("Au départ")
        await kept(first)
        second = await tab(context, first.url)
        await first.locator('[name="title"]').fill("Du premier")
        await kept(first)
        await expect(first.locator("#agenda-so-far")).to_be_visible()
        await first.wait_for_function("document.querySelector('#kept').textContent.startsWith('Gardé')")
        await second.locator('[name="title"]').fill("Du second")
        await expect(second.locator("#kept")).to_contain_text("gardé dans une copie")
        assert first.url.partition("&")[0] != second.url.partition("&")[0]
        for page, words in ((first, "Du premier"), (second, "Du second")):
            await page.reload()
            await expect(page.locator('[name="title"]')).to_have_value(words)


async def test_the_agenda_grows_while_one_types(tmp_path: Path) -> None:
    async with browsing(tmp_path) as (browser, address):
        page = await tab(await browser.new_context(base_url=address))
        await page.get_by_role("button", name="3. La durée").click()
        await page.locator('[name="effect.on"]').fill("2027-03-15")
        await page.locator('[name="term.months"]').fill("12")
        await expect(page.locator("#agenda-so-far")).to_contain_text("14/03/2028")


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_keyboard_alone_fills_a_step_with_or_without_scripts(tmp_path: Path, scripts: bool) -> None:
    async with browsing(tmp_path) as (browser, address):
        page = await tab(await browser.new_context(base_url=address, java_script_enabled=scripts))
        await page.locator('[name="reference"]').focus()
        await page.keyboard.type("CLAVIER-1")
        await page.keyboard.press("Tab")
        await page.keyboard.type("Au clavier")
        async with page.expect_event("load"):
            await page.keyboard.press("Enter")
        await expect(page.locator('[name="title"]')).to_have_value("Au clavier")
        await expect(page.get_by_role("heading", level=1)).to_have_text("L’acte")
        await page.get_by_role("button", name="4. Ce que chacun doit").press("Enter")
        await page.get_by_text("Réunions", exact=True).press("Enter")
        await page.get_by_label("Comité de pilotage annuel").press("Space")
        await page.get_by_role("button", name="Ajouter ce qui est coché").press("Enter")
        await expect(page.locator('[name="duty.0.title"]')).to_have_value("Comité de pilotage")
