"""Keeps a test on this machine: loopback and local sockets pass, anything else fails by name."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideNetworkError(AssertionError):
    """A test tried to leave this machine."""


def is_local(host: object) -> bool:
    """Whether a host, as given to the socket module, is this machine (None and "": any interface of it)."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def check(address: object) -> None:
    """Lets a path (AF_UNIX) or a local (host, port, ...) pass.

    Raises:
        OutsideNetworkError: the address is elsewhere.
    """
    if isinstance(address, tuple) and address and not is_local(address[0]):
        raise OutsideNetworkError(f"a test wanted to reach {address[0]!r}; use a fake or a server on loopback")


def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards connecting, sending without a connection, and name resolution."""
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
    getaddrinfo = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, *args: Any) -> int:
        check(args[-1])
        return sendto(self, *args)

    def guarded_getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        check((host,))
        return getaddrinfo(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket.socket, "sendto", guarded_sendto)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
