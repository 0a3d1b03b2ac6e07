"""Mails on the screen of a telephone and in the pane of a mail program, in a real Chromium."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from echeancier.adapters.mail.links import MailLinks
from echeancier.adapters.mail.rendering import Renderer
from echeancier.domain.messages.mail import OutgoingMail
from echeancier.domain.messages.order import MessageOrder
from tests.adapters.orders import Language, coordinator, order, reader
from tests.adapters.replies import FixedKeys
from tests.adapters.test_rendering import DESK, SENDER

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
Screen = tuple[int, int]
PANE, TELEPHONE = (600, 800), (390, 844)
"""Width and height, in pixels, of the pane of a mail program and of a telephone."""

Scheme = Literal["light", "dark"]
LINKS = "https://reponses.ville.example"
RENDERER = Renderer(
    SENDER, "retours@ville.example", "ville.example", DESK, keys=FixedKeys(), links=MailLinks(LINKS, FixedKeys())
)


def mail(kind: str, language: Language = "fr", *, runs_it: bool = False) -> OutgoingMail:
    """Return a mail of a kind with its buttons: as a partner gets it, or whoever runs the convention."""
    made = order(kind, language, to=coordinator(language) if runs_it else reader(language))
    return RENDERER.render(with_acts(made))


def with_acts(made: MessageOrder) -> MessageOrder:
    """Return an order whose lines offer what a real one does."""
    lines = tuple(
        one.model_copy(update={"acts": ("done", "seen", "later", "problem") if one.ours else ("received",)})
        for one in made.lines
    )
    return made.model_copy(update={"lines": lines})


@dataclass(frozen=True)
class Shown:
    """What a screen shows of a mail, in pixels.

    Attributes:
        done: the bottom of what is to be done: the end of the second paragraph or heading.
        button: the bottom of the first button, None without any.
        heights: of every button.
        too_wide: what is shown beyond the width of the screen.
    """

    done: float
    button: float | None
    heights: tuple[float, ...]
    too_wide: float


@contextmanager
def browser() -> Iterator["Browser"]:
    """Open a browser for as long as it is used."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield Browser(opened.new_page())
        finally:
            opened.close()


class Browser:
    """One page of a browser, that shows mails."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def show(self, sent: OutgoingMail, screen: Screen, scheme: Scheme = "light") -> Shown:
        """Show a mail on a screen; return what is seen of it."""
        self._page.set_viewport_size({"width": screen[0], "height": screen[1]})
        self._page.emulate_media(color_scheme=scheme)
        self._page.set_content(sent.html)
        told = self._page.evaluate(
            """() => {
                const bottom = one => one.getBoundingClientRect().bottom;
                const said = [...document.querySelectorAll('h1,h2,h3,p,li')];
                const buttons = [...document.querySelectorAll('a.first,a.other')];
                return {
                    done: bottom(said[1]), button: buttons.length ? bottom(buttons[0]) : null,
                    heights: buttons.map(one => one.getBoundingClientRect().height),
                    too_wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                };
            }"""
        )
        return Shown(told["done"], told["button"], tuple(told["heights"]), told["too_wide"])

    def picture(self, path: Path) -> None:
        """Write what is shown as a PNG: the first screen, cut where the mail ends."""
        size = self._page.viewport_size
        assert size is not None
        end = self._page.evaluate("document.body.getBoundingClientRect().bottom")
        self._page.screenshot(
            path=path, clip={"x": 0, "y": 0, "width": size["width"], "height": min(end, size["height"])}
        )
