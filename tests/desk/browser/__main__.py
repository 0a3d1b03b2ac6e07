"""The desk in a real browser: axe-core on every page, two widths, light and dark, screenshots to look at.

Opt-in (`make browser`): it needs node, npm and chromium. Its two libraries go into the virtual environment.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from echeancier.adapters.settings import Settings
from echeancier.desk import serve
from echeancier.desk.app import create_app
from echeancier.engine.ports import free_port
from tests.desk.fakes import FakeRegister, example, now
from tests.desk.login_scene import PEOPLE, served, settings_in
from tests.support.openid_provider import openid_provider
from tests.support.project_files import ROOT

HOME = ROOT / ".venv" / "browser"
PICTURES = ROOT / "var" / "browser"
LIBRARIES = ("axe-core@4.14.1", "playwright-core@1.65.1")
EXAMPLES = ("sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "bri-p", "ida-o", "tcm-p", "tcm-d")


async def _run(*words: str) -> int:
    process = await asyncio.create_subprocess_exec(*words)
    return await process.wait()


async def installed() -> str:
    """Install what looking needs; return where Chromium is."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not (shutil.which("node") and shutil.which("npm") and chromium):
        sys.exit("il manque node, npm ou chromium / node, npm or chromium is missing")
    if not (HOME / "node_modules" / "axe-core").exists():
        HOME.mkdir(parents=True, exist_ok=True)
        code = await _run("npm", "install", "--silent", "--no-save", "--prefix", str(HOME), *LIBRARIES)
        if code:
            sys.exit("npm n’a pas pu installer axe-core / npm could not install axe-core")
    return chromium


async def main() -> int:
    """Serve the examples, look at every page; 0 when nothing is wrong."""
    chromium = await installed()
    PICTURES.mkdir(parents=True, exist_ok=True)
    register = FakeRegister.of(*(example(name) for name in EXAMPLES))
    data = tempfile.TemporaryDirectory()
    app = create_app(register, Settings(_env_file=None, data=Path(data.name)), clock=now)
    stop = asyncio.Event()
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(app, "127.0.0.1", 0, stop, address.set_result))
    script = str(Path(__file__).with_name("look.cjs"))
    try:
        async with _with_a_door(register) as door:
            return await _run(
                "node",
                script,
                str(HOME),
                chromium,
                await address,
                str(PICTURES),
                str(ROOT / "examples"),
                door,
            )
    finally:
        stop.set()
        await serving
        data.cleanup()


@asynccontextmanager
async def _with_a_door(register: FakeRegister) -> AsyncIterator[str]:
    """The same desk where one signs in, beside a real provider; its address."""
    base = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        back, out = f"{base}/connexion/retour", f"{base}/deconnexion/retour"
        async with openid_provider(PEOPLE, back, out, directory) as provider:
            settings = settings_in(directory, provider.issuer).model_copy(update={"desk_url": base})
            async with served(settings, register):
                yield f"{base}/"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
