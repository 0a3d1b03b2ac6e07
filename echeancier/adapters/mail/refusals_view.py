"""Addresses that refuse our mail in several conventions, in the words of the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from echeancier.adapters.mail.desk_pages import convention_page
from echeancier.adapters.mail.links import LinkView
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.refusals import NAMED, RefusedEverywhere, refused_everywhere

_SHOWN: Final = 3
"""Messages of one address that stand in the mail; the others are counted."""


@dataclass(frozen=True)
class RefusedView:
    """One of them: what does not work, where, a few of the messages and how many ``more``, the pages of a few conventions."""

    says: str
    where: str
    waiting: tuple[str, ...]
    more: int
    pages: tuple[LinkView, ...]


def refused_views(alarms: Sequence[MessageOrder], desk: str | None, language: str) -> tuple[RefusedView, ...]:
    """Return what alarms of several conventions say, each address once.

    Args:
        alarms: of one reader.
        desk: address of the desk; None without one.
        language: of the reader.
    """
    return tuple(_view(one, desk, language) for one in refused_everywhere(alarms))


def _view(one: RefusedEverywhere, desk: str | None, language: str) -> RefusedView:
    pages = tuple(LinkView(name, convention_page(desk, name)) for name in one.references[:NAMED]) if desk else ()
    return RefusedView(
        says=f"{one.says.in_language(language)}.",
        where=f"{one.where.in_language(language)}.",
        waiting=tuple(text.in_language(language) for text in one.waiting[:_SHOWN]),
        more=max(len(one.waiting) - _SHOWN, 0),
        pages=pages,
    )
