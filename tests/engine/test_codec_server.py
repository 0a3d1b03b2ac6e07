"""The codec server opens for the interface's own page, on this machine, and never seals."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from google.protobuf import json_format
from temporalio.api.common.v1 import Payload, Payloads

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.engine.codec import ConventionCodec
from echeancier.engine.codec_server import CodecServer
from echeancier.engine.state import running_engine
from tests.support.running import run, serving

UI = "http://127.0.0.1:8233"
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=b'"Ondine"')


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path / "keys", b"m" * 32)
    ring.admit("SQF-P")
    return ring


@pytest.fixture
def server(ring: KeyRing) -> Iterator[CodecServer]:
    with CodecServer(0, ConventionCodec(ring), UI) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def asked(*payloads: Payload) -> str:
    return json_format.MessageToJson(Payloads(payloads=payloads))


def sealed(ring: KeyRing) -> Payload:
    return asyncio.run(ConventionCodec(ring, "SQF-P").encode([PLAIN]))[0]


def post(server: CodecServer, body: str, path: str = "/decode", **headers: str) -> httpx.Response:
    return httpx.post(server.address + path, content=body, headers={"Origin": UI, **headers})


@pytest.mark.parametrize("path", ["/decode", "/decode?preserveStorageRefs=true"])  # as the interface 2.54 asks
def test_the_page_of_the_interface_reads_what_is_sealed(server: CodecServer, ring: KeyRing, path: str) -> None:
    answer = post(server, asked(sealed(ring)), path)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == UI
    assert json_format.Parse(answer.text, Payloads()) == Payloads(payloads=[PLAIN])


def test_the_browser_is_told_beforehand_that_it_may_ask(server: CodecServer) -> None:
    answer = httpx.options(f"{server.address}/decode", headers={"Origin": UI})
    assert answer.status_code == 204
    assert "x-namespace" in answer.headers["Access-Control-Allow-Headers"]


def test_what_cannot_be_opened_comes_back_as_it_is(server: CodecServer, ring: KeyRing) -> None:
    kept = sealed(ring)
    ring.destroy("SQF-P")
    assert json_format.Parse(post(server, asked(kept, PLAIN)).text, Payloads()).payloads == [kept, PLAIN]


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1:9999"])
def test_another_page_is_refused(server: CodecServer, ring: KeyRing, origin: str) -> None:
    answer = post(server, asked(sealed(ring)), Origin=origin)
    assert answer.status_code == 403
    assert answer.text == ""


def test_a_name_of_another_machine_that_leads_here_is_refused(server: CodecServer, ring: KeyRing) -> None:
    answer = post(server, asked(sealed(ring)), Host=f"rebound.example:{server.server_port}")
    assert answer.status_code == 403


def test_it_never_seals(server: CodecServer) -> None:
    assert post(server, asked(PLAIN), "/encode").status_code == 404


@pytest.mark.parametrize("body", ["", "[1]", "{", json.dumps({"payloads": "x"})])
def test_what_is_no_request_is_refused(server: CodecServer, body: str) -> None:
    assert post(server, body).status_code == 400


async def test_the_command_answers_the_interface_of_a_running_robot(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with run(directory, "--ui"):
        engine = running_engine(directory)
        assert engine is not None
        assert engine.ui_url is not None
        async with serving(directory, "lit en clair", "codec"), httpx.AsyncClient() as client:
            settings = (await client.get(f"{engine.ui_url}/api/v1/settings")).json()
            endpoint = settings["Codec"]["Endpoint"]
            answer = await client.options(f"{endpoint}/decode", headers={"Origin": engine.ui_url})
    assert endpoint == f"http://127.0.0.1:{engine.codec_port}"
    assert answer.status_code == 204
