"""One thing that happened, as it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.convention import Clause
from domain.messages import NewsItem
from domain.model import Text

Audience = Literal["everybody", "us"]
"""Whoever was written to about the convention; or the coordinator and the manager, on our side."""


@dataclass(frozen=True)
class Development:
    """One thing that happened and changes what runs.

    Attributes:
        id: stable: which consequence of which fact.
        fact: the id of that fact.
        day: the day it counts from; nobody hears of it before.
        until: the day from which it is no news any more, None when it always is.
        items: keys of the agenda listed beneath.
    """

    id: str
    fact: str
    day: date
    audience: Audience
    news: NewsItem
    until: date | None = None
    items: tuple[str, ...] = ()


Told = Iterator[Development]


def news(
    title: Text,
    says: Text,
    clause: Clause | None = None,
    *,
    stops: tuple[Text, ...] = (),
    goes_on: tuple[Text, ...] = (),
    todo: Text | None = None,
) -> NewsItem:
    """Return a piece of news with the clause it follows."""
    quoted = Text(fr=clause.says, en=clause.says_en or clause.says) if clause is not None else None
    return NewsItem(
        title=title, says=says, article=clause.article if clause is not None else "", clause=quoted, stops=stops,
        goes_on=goes_on, todo=todo,
    )  # fmt: skip


def both(fr: str, en: str) -> Text:
    """Return the two texts."""
    return Text(fr=fr, en=en)
