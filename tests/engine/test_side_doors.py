"""Every port that the server opens, tried as a page of this machine's browser may: forged Host and Origin, no body read."""

import ast
import asyncio
import sys
from pathlib import Path

import pytest

from echeancier.engine.embedded import EmbeddedEngine
from tests.support.listening import environment_of, listening, said_to
from tests.support.processes import ROOT, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sockets are looked up in /proc")

SECRETS = {
    "ECHEANCIER_SMTP__PASSWORD": "secret-of-the-relay",
    "ECHEANCIER_IMAP__PASSWORD": "secret-of-the-mailbox",
    "ECHEANCIER_LOGIN__CLIENT_SECRET": "secret-of-the-sign-in",
    "ECHEANCIER_MASTER_KEY_FILE": "/secret/place",
    "TEMPORAL_API_KEY": "secret-of-the-cluster",
    "SOMETHING_ELSE_TOKEN": "secret-of-a-neighbour",
}
HOSTS = ("127.0.0.1", "localhost", "rebound.example", "", "[::1]")
CLEAN = "clean_environment()"
STARTING = (
    "create_subprocess_exec", "create_subprocess_shell", "subprocess.run", "Popen", "check_output", "check_call",
)  # fmt: skip
PATHS = ("/api/v1/namespaces", "/api/v1/namespaces/default/workflows", "/namespaces/default/workflows")


def _asked(host: str, port: int, path: str, method: str = "GET") -> str:
    named = f"{host}:{port}" if host else ""
    return (
        f"{method} {path} HTTP/1.1\nHost: {named}\nOrigin: http://elsewhere.example\nContent-Type: text/plain\n"
        f"Content-Length: 2\nConnection: close\n\n{{}}"
    )


async def test_no_port_of_the_server_answers_a_page_of_the_browser(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        places = listening(engine.state.pid)
        assert len(places) > 1, "the HTTP interface is not found: this test sees nothing"
        refused = 0
        for place in places:
            for host in HOSTS:
                for path in PATHS:
                    said = said_to(place, _asked(host, place[1], path), within=1)
                    assert "NAMESPACE_STATE" not in said, (place, host, path)
                    assert not said.startswith("HTTP/1.1 200"), (place, host, path, said[:200])
                    refused += said.startswith("HTTP/1.1 403")
        assert refused, "nothing refused by its Host: has the HTTP interface moved?"


async def test_the_server_listens_on_the_loopback_only(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path, ui=True) as engine:
        assert {address.split(".")[0] for address, _ in listening(engine.state.pid)} == {"127"}


async def test_the_server_inherits_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in SECRETS.items():
        monkeypatch.setenv(key, value)
    async with EmbeddedEngine(tmp_path) as engine:
        known = environment_of(engine.state.pid)
    assert b"PATH=" in known
    assert not [key for key, secret in SECRETS.items() if key.encode() in known or secret.encode() in known]


def test_every_child_process_of_the_program_has_a_clean_environment() -> None:
    starts = []
    for folder in ("activities", "echeancier", "workflows"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(STARTING):
                    said = {word.arg: ast.unparse(word.value) for word in node.keywords}
                    starts.append((f"{path.relative_to(ROOT)}:{node.lineno}", said.get("env")))
    assert starts
    assert [start for start in starts if start[1] is None or "environ" in start[1].replace(CLEAN, "")] == []


async def test_the_web_interface_answers_its_own_page_only(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path, ui=True) as engine:
        port = engine.state.ui_port
        assert port is not None
        place = ("127.0.0.1", port)
        async with asyncio.timeout(60):  # the interface is a little later than the engine it asks
            while "NAMESPACE_STATE" not in await answer(place, _read(f"127.0.0.1:{port}")):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        assert "NAMESPACE_STATE" in await answer(place, _read(f"localhost:{port}", f"http://localhost:{port}"))
        for host, origin in (
            (f"rebound.example:{port}", None),
            ("127.0.0.1", None),
            (f"127.0.0.1:{port}", "http://elsewhere.example"),
            (f"127.0.0.1:{port}", "null"),
            (f"127.0.0.1:{port}", "http://127.0.0.1:1"),
            (f"rebound.example:{port}", f"http://rebound.example:{port}"),
        ):
            assert (await answer(place, _read(host, origin))).startswith("HTTP/1.1 403"), (host, origin)
        own = f"127.0.0.1:{port}"
        assert (await answer(place, _read(own, fetched="cross-site"))).startswith("HTTP/1.1 403")
        opened = await answer(place, _read(own, fetched="cross-site", dest="document", path="/"))
        assert opened.startswith(("HTTP/1.1 200", "HTTP/1.1 30"))


async def answer(place: tuple[str, int], request: str) -> str:
    """What the guard answers: it lives in this process, so it is asked from beside the loop."""
    return await asyncio.to_thread(said_to, place, request)


async def test_the_web_interface_itself_is_where_no_page_can_guess(tmp_path: Path) -> None:
    places = set()
    for _ in range(2):
        async with EmbeddedEngine(tmp_path, ui=True) as engine:
            await until(lambda: engine.state.ui_port in {port for _, port in listening(engine.state.pid)})
            found = [place for place in listening(engine.state.pid) if place[1] == engine.state.ui_port]
            assert [address for address, _ in found if address == "127.0.0.1"] == []
            places |= set(found)
    assert len(places) == 2


def _read(
    host: str,
    origin: str | None = None,
    *,
    fetched: str = "",
    dest: str = "",
    path: str = "/api/v1/namespaces",
) -> str:
    said = {"Host": host, "Origin": origin, "Sec-Fetch-Site": fetched, "Sec-Fetch-Dest": dest}
    lines = [f"{name}: {value}\n" for name, value in said.items() if value]
    return f"GET {path} HTTP/1.1\n{''.join(lines)}Connection: close\n\n"
