"""The links of a mail: what its order offers, as addresses of the partners' pages."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from echeancier.adapters.keys.link_keys import LinkKeysError
from echeancier.adapters.mail.phrases import words
from echeancier.domain.messages.mails import offered
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.tokens import LinkKey, written

PATH = "/r/"
"""What stands before the token in an address."""


_log = logging.getLogger(__name__)


class SigningKeys(Protocol):
    """Whoever knows the key to sign with."""

    def current(self) -> LinkKey:
        """Return it."""
        ...


@dataclass(frozen=True)
class LinkView:
    """One link in words: what it says, and its address."""

    words: str
    address: str


@dataclass(frozen=True)
class Links:
    """The links of one mail; empty where none are set up.

    Attributes:
        answers: those that answer the invitation.
        by_item: those that say something of a duty, by the item's key.
    """

    answers: tuple[LinkView, ...] = ()
    by_item: Mapping[str, tuple[LinkView, ...]] = field(default_factory=dict)


NO_LINKS = Links()


class MailLinks:
    """Writes the links of orders.

    Args:
        url: the public address of the partners' pages, without a slash at its end.
        keys: asked for the current key at each mail.
    """

    def __init__(self, url: str, keys: SigningKeys) -> None:
        self._url = url
        self._keys = keys

    def of(self, order: MessageOrder) -> Links:
        """Return the links of an order; the same order and key give the same addresses.

        Without a key to sign with, the mail leaves without links: a reminder matters more than its convenience.
        """
        offers = offered(order)
        if not offers:
            return NO_LINKS
        try:
            key = self._keys.current()
        except LinkKeysError as error:
            _log.error("a mail leaves without its links: %s", error)
            return NO_LINKS
        said = words(order.to.language)["link"]
        meeting = order.meeting.item if order.meeting is not None else None
        answers: list[LinkView] = []
        by_item: dict[str, tuple[LinkView, ...]] = {}
        for offer in offers:
            view = LinkView(said[offer.act], f"{self._url}{PATH}{written(offer.claim(key, order), key)}")
            if offer.item == meeting:
                answers.append(view)
            else:
                by_item[offer.item] = (*by_item.get(offer.item, ()), view)
        return Links(tuple(answers), by_item)
