"""The partners' pages in a real browser: axe-core on each, a phone and a screen, light and dark, screenshots to look at.

Opt-in (`make browser`): it needs node, npm and chromium.
"""

import asyncio
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from echeancier.adapters.web.http_server import PagesAddress, serve
from echeancier.domain.answers.fact_of_click import Said, fact_of
from echeancier.domain.messages.tokens import LinkKey
from echeancier.partners.app import create_app
from tests.desk.browser.__main__ import HOME, PICTURES, installed
from tests.desk.fakes import FakeRegister
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.domain.links import KEY, Post, convened, invitation, opened, terms


class _Kept:
    def trusted(self) -> Mapping[str, LinkKey]:
        return {KEY.id: KEY}


def _links() -> tuple[FakeRegister, dict[str, str]]:
    """Conventions at one instant, and the links to look at, by the name of their picture."""
    late = life(terms(reference="LATE"), b.signed("2021-12-15")).until("2022-07-01")
    fixed, said = convened("2022-06-20"), convened("2022-06-20")
    said.dossier.convention = terms(reference="SAID")
    fixed.now = said.now = late.now
    register = FakeRegister.of(late.dossier, fixed.dossier, said.dossier, at=late.now)
    asked = invitation(fixed)
    told = Post(invitation(said).order.model_copy(update={"reference": "SAID"}))
    link = opened(said, told.token("accept"))
    said.record(fact_of(link, Said(word="avec plaisir")))
    received = Post(late.of("reminders", "referent")[-1]).token("received")
    return register, {
        "accept": asked.token("accept"),
        "accept-en": f"{asked.token('accept')}?lang=en",
        "decline": asked.token("decline"),
        "other-date": asked.token("other-date"),
        "other-date-en": f"{asked.token('other-date')}?lang=en",
        "received": received,
        "received-en": f"{received}?lang=en",
        "done": Post(late.of("reminders", "partner")[-1]).token("done"),
        "known": told.token("accept"),
        "replace": told.token("decline"),
        "unknown": "x" * 80,
        "unknown-en": f"{'x' * 80}?lang=en",
    }


async def main() -> int:
    """Serve some links, look at every page; 0 when nothing is wrong."""
    chromium = await installed()
    pictures = PICTURES / "partners"
    pictures.mkdir(parents=True, exist_ok=True)
    register, links = _links()
    stop = asyncio.Event()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    app = create_app(register, _Kept(), "http://127.0.0.1", clock=lambda: register.at)
    place = PagesAddress("Les pages", "127.0.0.1", 0, "-")
    serving = asyncio.create_task(serve(app, place, stop, address.set_result))
    script = str(Path(__file__).with_name("look.cjs"))
    base = await address
    pages = [f"{name}={base}r/{token}" for name, token in links.items()]
    node = shutil.which("node") or "node"
    try:
        process = await asyncio.create_subprocess_exec(node, script, str(HOME), chromium, str(pictures), *pages)
        return await process.wait()
    finally:
        stop.set()
        await serving


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
