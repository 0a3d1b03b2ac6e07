"""Telling an outside monitor that all is well: one request without anything in it, to an address that is a secret."""

import asyncio
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

TIMEOUT: Final = 20.0
"""Seconds that the monitor may take to answer."""


class HeartbeatSettings(BaseModel):
    """The robot's rounds, and whom they are told to.

    Attributes:
        url: called after each healthy round; whoever knows it can keep the monitor quiet, so it is never shown.
        method: as the monitor wants it.
        minutes: between two rounds, 0 for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: SecretStr | None = None
    method: Literal["GET", "POST", "HEAD"] = "GET"
    minutes: int = Field(default=10, ge=0, le=60)

    @field_validator("url")
    @classmethod
    def _web(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("une adresse web est attendue, comme https://surveillance.ville.example/abc")
        return value


class HttpMonitor:
    """Implements the port `Monitor`.

    Args:
        url: what is called.
        method: how.
    """

    def __init__(self, url: SecretStr, method: str = "GET") -> None:
        self._url, self._method = url, method

    async def tell(self) -> str:
        """Call the address; return what went wrong, empty when it answered well."""
        return await asyncio.to_thread(self._call)

    def _call(self) -> str:
        request = urllib.request.Request(  # noqa: S310 - the settings refuse anything but http and https
            self._url.get_secret_value(),
            data=b"" if self._method == "POST" else None,
            method=self._method,
            headers={"User-Agent": "echeancier"},
        )
        try:
            with _opener().open(request, timeout=TIMEOUT) as answer:
                answer.read(1024)
        except urllib.error.HTTPError as error:
            error.close()
            return f"le surveillant a répondu {error.code}"
        except (OSError, HTTPException, ValueError):
            return "le surveillant ne répond pas"
        return ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A monitor that moved must be set anew: its secret is not carried elsewhere."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect)
