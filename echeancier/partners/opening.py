"""From the address of a request to the link it opens: limited, verified, then looked up in its convention."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from echeancier.adapters.web.rate_limits import client_of
from echeancier.domain.answers.click import Clicked, clicked
from echeancier.domain.messages.tokens import LinkKey, read
from echeancier.partners.pages import Language, language_of
from echeancier.partners.state import Pages, pages_of


class TooManyError(Exception):
    """Asked too often; ``until`` is the instant (UTC) from which it may be asked again."""

    def __init__(self, until: datetime, now: datetime) -> None:
        self.seconds = max(1, round((until - now).total_seconds()))
        super().__init__("too many requests")


@dataclass(frozen=True)
class OpenedLink:
    """A link that may say something, opened by a request."""

    pages: Pages
    token: str
    key: LinkKey
    link: Clicked
    language: Language


async def opened(request: Request, token: str) -> OpenedLink:
    """Open the link of a request.

    Raises:
        TooManyError: the visitor, or the link, was there too often.
        ForgedLinkError: it is not one of ours.
        LinkClosedError: it can say nothing any more.
    """
    pages = pages_of(request)
    client = client_of(request.client.host) if request.client else ""
    _limited(pages, pages.per_client.hit("client", client))
    claim, key = read(token, pages.keys.trusted())
    _limited(pages, pages.per_token.hit("token", token))
    dossier = await pages.register.dossier(claim.reference)
    link = clicked(dossier, claim, key, pages.clock())
    return OpenedLink(pages, token, key, link, language_of(request, link.person.language))


def _limited(pages: Pages, until: datetime | None) -> None:
    if until is not None:
        raise TooManyError(until, pages.clock())


Open = Annotated[OpenedLink, Depends(opened)]
