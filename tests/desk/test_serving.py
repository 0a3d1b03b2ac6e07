"""Where the desk listens, and where it refuses to."""

import asyncio
import socket

import httpx
import pytest

from echeancier.adapters.servers import is_this_machine
from echeancier.adapters.settings import Settings
from echeancier.adapters.web.http_server import HttpServerError
from echeancier.desk import DeskStartError, serve
from echeancier.desk.app import create_app
from echeancier.engine.ports import free_port
from tests.desk.fakes import FakeRegister


async def listening(port: int, *, any_port_if_taken: bool = False) -> tuple[str, int]:
    """Serve, visit the home page, stop; the address and the status seen."""
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    app = create_app(FakeRegister(), Settings(_env_file=None))
    job = asyncio.create_task(serve(app, "127.0.0.1", port, stop, told.set_result, any_port_if_taken=any_port_if_taken))
    address = await told
    async with httpx.AsyncClient() as client:
        status = (await client.get(address)).status_code
    stop.set()
    await job
    return address, status


async def test_it_serves_until_it_is_told_to_stop() -> None:
    port = free_port()
    assert await listening(port) == (f"http://127.0.0.1:{port}/", 200)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "agenda.ville.example"])  # noqa: S104 - refused
async def test_without_a_sign_in_it_listens_to_this_machine_only(host: str) -> None:
    app = create_app(FakeRegister(), Settings(_env_file=None))
    with pytest.raises(DeskStartError, match="sans connexion configurée"):
        await serve(app, host, 0, asyncio.Event())


async def test_a_port_already_taken_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        app = create_app(FakeRegister(), Settings(_env_file=None))
        with pytest.raises(HttpServerError, match="ECHEANCIER_DESK_PORT"):
            await serve(app, "127.0.0.1", taken.getsockname()[1], asyncio.Event())


async def test_a_program_with_more_to_do_goes_on_with_another_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        address, status = await listening(port, any_port_if_taken=True)
    assert status == 200
    assert address != f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_this_machine_is_known(host: str) -> None:
    assert is_this_machine(host)
