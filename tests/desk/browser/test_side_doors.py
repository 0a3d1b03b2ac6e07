"""A page of another site, in a real browser of this machine, tries every port of the engine: nothing is believed.

Opt-in (`make browser`): it needs chromium. The page sends what the engine's HTTP interface would take, without a seal, as a
browser lets any page do (`mode: "no-cors"`), and says which of its requests were let out.
"""

import asyncio
import functools
import http.server
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.listening import listening
from tests.vault.stage import convention, installation

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""

pytestmark = [
    pytest.mark.skipif(
        not (os.environ.get("ECHEANCIER_BROWSER") and CHROMIUM),
        reason="a browser, asked for by `make browser`",
    ),
    pytest.mark.timeout(600),
]

ASKED = {
    "withdraw": '{"input":{"args":[{"recordedAt":"2026-01-01T00:00:00Z","by":"coordinator","why":"attaque"}]}}',
    "annex": '{"input":["FORGED"]}',
}
PAGE = """<!doctype html><title>ailleurs</title><p id="said">…</p><script>
const ports = %s, said = [];
const workflow = "/namespaces/default/workflows/convention-TEST-1/";
const ways = [["update/withdraw", %s], ["signal/annex", %s], ["terminate", "{}"]];
async function ask() {
  for (const port of ports)
    for (const api of ["", "/api/v1"])
      for (const [path, body] of ways) {
        const to = "http://127.0.0.1:" + port + api + workflow + path;
        try { await fetch(to, {method: "POST", mode: "no-cors", body}); said.push(port + " " + path); }
        catch (error) { /* refused before any answer */ }
      }
  document.getElementById("said").textContent = JSON.stringify(said);
  document.title = "fini";
}
ask();
</script>"""


@contextmanager
def elsewhere(folder: Path) -> Iterator[str]:
    """Another site, on a port of its own: another origin."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()
        thread.join()


async def opened(address: str) -> str:
    """The page as Chromium leaves it once its script is done."""
    with tempfile.TemporaryDirectory() as profile:
        process = await asyncio.create_subprocess_exec(
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={profile}", "--timeout=40000", "--virtual-time-budget=30000", "--dump-dom", address,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        async with asyncio.timeout(180):
            out, _ = await process.communicate()
    return out.decode("utf-8", "replace")


async def test_a_page_of_another_site_has_no_convention_believe_anything(tmp_path: Path) -> None:
    async with installation(tmp_path / "var", ui=True) as here, here.working():
        await here.door.start(convention(), "coordinator")
        before = await here.door.dossier("TEST-1")
        state = here.engine.state
        ports = sorted({port for _, port in listening(state.pid)} | {state.ui_port or state.port})
        words = tuple(json.dumps(text) for text in ASKED.values())
        (tmp_path / "page.html").write_text(PAGE % (json.dumps(ports), *words), "utf-8")
        with elsewhere(tmp_path) as address:
            page = await opened(address)
        assert "<title>fini</title>" in page, page[-2000:]
        after = await here.door.dossier("TEST-1")
        assert (after.withdrawn, after.annexes, after.facts) == (None, [], before.facts)
        assert [row.reference for row in await here.door.rows()] == ["TEST-1"]  # not ended either
        said = page.partition('<p id="said">')[2].partition("</p>")[0]
        assert json.loads(said.replace("&quot;", '"')), (
            "no port answered at all: the page was not let out of the browser"
        )
