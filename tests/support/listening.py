"""Where a process of this machine listens, and what it answers to a request of any shape. Linux."""

from __future__ import annotations

import socket
from pathlib import Path

_LISTENING = "0A"
"""State of a socket in /proc/net/tcp."""


def listening(pid: int) -> set[tuple[str, int]]:
    """Return the addresses and ports, of both families, on which a process listens."""
    mine = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    found = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == _LISTENING and f"socket:[{inode}]" in mine:
                address, port = local.split(":")
                words = [bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8)]
                found.add((socket.inet_ntop(family, b"".join(words)), int(port, 16)))
    return found


def said_to(address: tuple[str, int], request: str, within: float = 5) -> str:
    """Send what a browser, or anybody, may send; return what comes back, the head and the beginning of the content."""
    with socket.create_connection(address, timeout=within) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        said = b""
        try:
            while len(said) < 20_000 and (more := line.recv(4096)):
                said += more
        except (TimeoutError, ConnectionResetError):
            pass
    return said.decode("latin-1")


def environment_of(pid: int) -> bytes:
    """Return the environment that a process was started with."""
    return Path(f"/proc/{pid}/environ").read_bytes()
