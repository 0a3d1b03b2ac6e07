"""What is to be done and the first button are on the first screen, whatever the mail; no screen has to be moved sideways.

Opt-in (`make browser`): it needs chromium. What is seen stands in ``var/browser/mails``, to be looked at.
"""

import os
from collections.abc import Iterator

import pytest

from tests.adapters.browser.seen import CHROMIUM, PANE, TELEPHONE, Browser, Scheme, Screen, browser, mail
from tests.adapters.orders import KINDS, LANGUAGES, Language
from tests.support.project_files import ROOT

pytestmark = pytest.mark.skipif(
    not (os.environ.get("ECHEANCIER_BROWSER") and CHROMIUM), reason="opt-in: make browser, with chromium"
)
PICTURES = ROOT / "var" / "browser" / "mails"


@pytest.fixture(scope="module")
def looking() -> Iterator[Browser]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        yield opened


@pytest.mark.parametrize("look", [(PANE, "light"), (PANE, "dark"), (TELEPHONE, "light"), (TELEPHONE, "dark")])
@pytest.mark.parametrize("runs_it", [False, True], ids=["partner", "coordinator"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_to_be_done_is_on_the_first_screen(
    looking: Browser, kind: str, language: Language, runs_it: bool, look: tuple[Screen, Scheme]
) -> None:
    screen, scheme = look
    sent = mail(kind, language, runs_it=runs_it)
    seen = looking.show(sent, screen, scheme)
    who = "coordinator" if runs_it else "partner"
    looking.picture(PICTURES / f"{kind}-{language}-{who}-{screen[0]}-{scheme}.png")
    assert seen.done < screen[1] / 2
    assert seen.button is None or seen.button <= screen[1]
    assert all(height >= 44 for height in seen.heights)
    assert seen.too_wide <= 0


def test_a_button_below_the_first_screen_would_be_seen(looking: Browser) -> None:
    sent = mail("reminders")
    pushed = sent.model_copy(
        update={"html": sent.html.replace("<body", '<body><div style="height:900px"></div><body', 1)}
    )
    assert (looking.show(pushed, TELEPHONE).button or 0) > TELEPHONE[1]
