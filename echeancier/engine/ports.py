"""Choosing a TCP port on the loopback interface."""

from __future__ import annotations

import secrets
import socket

LOOPBACK = "127.0.0.1"

_LOWEST, _HIGHEST = 20_000, 29_999
"""Below the ports that systems hand out to outgoing connections (from 32768 on Linux): the port must still be
free when the server comes back on it."""


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that is free now, at random so that engines starting together seldom choose the same."""
    for _ in range(200):
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST + 1)
        if is_free(port):
            return port
    raise OSError(f"no free port between {_LOWEST} and {_HIGHEST}")
