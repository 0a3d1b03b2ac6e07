"""Every port that the server opens, tried as a page of this machine's browser may: forged Host and Origin, no body read."""

import ast
import sys
from pathlib import Path

import pytest

from engine.embedded import EmbeddedEngine
from tests.support.listening import environment_of, listening, said_to
from tests.support.processes import ROOT

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
    for folder in (
        "activities",
        "adapters",
        "cli",
        "desk",
        "domain",
        "engine",
        "feeds",
        "partners",
        "workflows",
    ):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(STARTING):
                    said = {word.arg: ast.unparse(word.value) for word in node.keywords}
                    starts.append((f"{path.relative_to(ROOT)}:{node.lineno}", said.get("env")))
    assert starts
    assert [start for start in starts if start[1] is None or "environ" in start[1].replace(CLEAN, "")] == []
