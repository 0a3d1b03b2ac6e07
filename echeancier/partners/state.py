"""What the pages are made of, kept in the application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from echeancier.adapters.web.rate_limits import RateLimits
from echeancier.domain.messages.tokens import LinkKey
from echeancier.partners.register import PartnersRegister

PER_CLIENT = "60/minute;600/hour"
"""Pages one visitor may ask for; a town hall is one visitor."""

PER_TOKEN = "20/minute;120/hour"  # noqa: S105 - a rate
"""Times one link may be opened or confirmed, whoever does; the scanners of a mail server open each a few times."""


class BelievedKeys(Protocol):
    """Whoever knows the keys to believe."""

    def trusted(self) -> Mapping[str, LinkKey]:
        """Return them by id."""


@dataclass(frozen=True)
class Pages:
    """The parts of the partners' pages.

    Attributes:
        clock: the present instant, aware.
        keys: asked at each request: a key revoked is no longer believed at once.
        url: the public address.
    """

    register: PartnersRegister
    clock: Callable[[], datetime]
    keys: BelievedKeys
    url: str
    per_client: RateLimits = field(default_factory=lambda: RateLimits(PER_CLIENT))
    per_token: RateLimits = field(default_factory=lambda: RateLimits(PER_TOKEN))

    @property
    def root(self) -> str:
        """The path of the public address, before ours; empty when it has none."""
        return urlsplit(self.url).path

    def keep_in(self, app: Starlette) -> None:
        """Put the parts where requests find them."""
        app.state.pages = self


def pages_of(connection: HTTPConnection) -> Pages:
    """Return the parts that answer a request."""
    found: object = connection.app.state.pages
    assert isinstance(found, Pages)  # noqa: S101 - create_app put it there
    return found
