"""The few commands of Marionette, Mozilla's remote protocol, that the tests need.

On the wire: the length in figures, a colon, and a JSON array: ``[0, id, command, parameters]`` asks and
``[1, id, error, result]`` answers. The published client brings a dozen packages to start browsers with; one socket does.
"""

import json
import socket
from typing import Any

from echeancier.engine.ports import LOOPBACK


class MarionetteError(Exception):
    """The program did not do what it was asked."""


class Marionette:
    """A session in the program's own (« chrome ») context.

    Args:
        port: where the program listens.
        timeout: seconds after which a silent program is given up; a dialog that blocks it shows as this.

    Raises:
        OSError: nobody listens, or the program is silent.
    """

    def __init__(self, port: int, timeout: float = 90) -> None:
        self._socket = socket.create_connection((LOOPBACK, port), timeout=timeout)
        self._last = 0
        self._read()  # the greeting
        self.ask("WebDriver:NewSession", {"strictFileInteractability": True})
        self.ask("Marionette:SetContext", {"value": "chrome"})

    def ask(self, command: str, parameters: dict[str, object]) -> Any:
        """Return the result of a command.

        Raises:
            MarionetteError: the program says it failed.
        """
        self._last += 1
        raw = json.dumps([0, self._last, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(raw), raw))
        _, _, error, result = self._read()
        if error is not None:
            raise MarionetteError(f"{error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def execute(self, script: str, *arguments: object, waiting: bool = False) -> Any:
        """Return what a script returns; one that is `waiting` calls its last argument with it instead."""
        kind = "WebDriver:ExecuteAsyncScript" if waiting else "WebDriver:ExecuteScript"
        return self.ask(kind, {"script": script, "args": list(arguments), "sandbox": "system"})

    def close(self) -> None:
        """Leave the program alone."""
        self._socket.close()

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._exactly(1)
        return json.loads(self._exactly(int(length[:-1])))

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            more = self._socket.recv(size - len(found))
            if not more:
                raise ConnectionResetError("the program has closed the session")
            found += more
        return found
