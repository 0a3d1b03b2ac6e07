"""The codec server: has the engine's web interface show what is sealed. On this machine, decoding only.

It speaks the protocol of Temporal's remote data encoder: ``POST /decode`` with ``{"payloads": [...]}``, answered alike.
Whoever can reach it reads everything that the engine can show him: it runs only while somebody looks.
"""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from google.protobuf import json_format
from temporalio.api.common.v1 import Payload, Payloads

from echeancier.domain.running.keys import KeyGoneError
from echeancier.engine.codec import ConventionCodec
from echeancier.engine.ports import LOOPBACK
from echeancier.engine.refused import StrangeError

_LIMIT = 64 * 1024 * 1024


class CodecServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1.

    Args:
        port: 0 to let the system choose.
        codec: the codec, without any context: the key's id tells whose a payload is.
        ui: address of the interface, the only web page that may ask.
    """

    daemon_threads = True

    def __init__(self, port: int, codec: ConventionCodec, ui: str) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.codec = codec
        self.ui = ui.rstrip("/")

    @property
    def address(self) -> str:
        """Address to give to the interface."""
        return f"http://{LOOPBACK}:{self.server_port}"

    def decoded(self, body: bytes) -> str:
        """Return the answer to a request; what cannot be opened is returned as it came.

        Raises:
            ValueError: this is not a request of the protocol.
        """
        asked = json_format.Parse(body, Payloads())
        found = [self._opened(payload) for payload in asked.payloads]
        return json_format.MessageToJson(Payloads(payloads=found), indent=None)

    def _opened(self, payload: Payload) -> Payload:
        try:
            return self.codec.opened(payload)
        except (KeyGoneError, StrangeError):
            return payload


class _Handler(BaseHTTPRequestHandler):
    server: CodecServer

    def do_OPTIONS(self) -> None:
        self._answer(HTTPStatus.NO_CONTENT) if self._allowed() else self._answer(HTTPStatus.FORBIDDEN)

    def do_POST(self) -> None:
        if not self._allowed():
            self._answer(HTTPStatus.FORBIDDEN)
            return
        if urlsplit(self.path).path.rstrip("/") != "/decode":  # never encodes: who could seal could forge
            self._answer(HTTPStatus.NOT_FOUND)
            return
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= _LIMIT:
            self._answer(HTTPStatus.BAD_REQUEST)
            return
        try:
            said = self.server.decoded(self.rfile.read(length))
        except (ValueError, json_format.ParseError):
            self._answer(HTTPStatus.BAD_REQUEST, json.dumps({"error": "payloads"}))
        else:
            self._answer(HTTPStatus.OK, said)

    def _allowed(self) -> bool:
        """Only the interface's own page, and only under this machine's name: another site's page may not ask for it."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        origin = self.headers.get("Origin")
        return host in {LOOPBACK, "localhost"} and origin in {None, self.server.ui}

    def _answer(self, status: HTTPStatus, content: str = "") -> None:
        body = content.encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", self.server.ui)
        self.send_header("Access-Control-Allow-Methods", "POST, OPTIONS")
        self.send_header("Access-Control-Allow-Headers", "content-type, x-namespace")
        self.send_header("Vary", "Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing of what is asked goes into a log."""
