"""The guard of tests/conftest.py: a test cannot leave this machine, and can do what it needs on it."""

import asyncio
import socket
from pathlib import Path

import pytest

from tests.support.network import OutsideNetworkError

ELSEWHERE = ("192.0.2.1", 25)  # RFC 5737: an address kept for documents


def test_a_connection_elsewhere_is_refused() -> None:
    with socket.socket() as outgoing, pytest.raises(OutsideNetworkError):
        outgoing.connect(ELSEWHERE)


async def test_a_connection_elsewhere_is_refused_in_a_coroutine() -> None:
    with pytest.raises(OutsideNetworkError):
        await asyncio.open_connection(*ELSEWHERE)


def test_a_datagram_elsewhere_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outgoing,
        pytest.raises(OutsideNetworkError),
    ):
        outgoing.sendto(b"?", ELSEWHERE)


def test_a_name_elsewhere_is_not_even_looked_up() -> None:
    with pytest.raises(OutsideNetworkError):
        socket.getaddrinfo("mail.ville.example", 25)


def test_a_server_on_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_local_socket_file_is_reached(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
