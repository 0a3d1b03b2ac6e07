"""An address that refuses our mail in several conventions: one alarm of the mail of the day, with where it matters. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from echeancier.domain.messages.order import MessageOrder, RefusedAddress
from echeancier.domain.model import Text
from echeancier.domain.typography import NBSP

NAMED: Final = 3
"""Conventions that are named; the others are counted."""


@dataclass(frozen=True)
class RefusedEverywhere:
    """What refuses our mail, in all the conventions of one reader.

    Attributes:
        says: what does not work, since when, and why: as in the convention where it began.
        where: the conventions, a few named, and how many messages.
        references: of all of them.
        waiting: each message, with the reference of its convention.
    """

    says: Text
    where: Text
    references: tuple[str, ...]
    waiting: tuple[Text, ...]


def refused_everywhere(alarms: Iterable[MessageOrder]) -> tuple[RefusedEverywhere, ...]:
    """Return what alarms of several conventions say, each address once, the one that holds most messages first."""
    by_address: dict[str, list[tuple[str, RefusedAddress]]] = defaultdict(list)
    for alarm in alarms:
        for refusal in alarm.refusals:
            by_address[refusal.address].append((alarm.reference, refusal))
    found = [_everywhere(sorted(one, key=lambda pair: pair[0])) for one in by_address.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.waiting), one.references)))


def _everywhere(found: list[tuple[str, RefusedAddress]]) -> RefusedEverywhere:
    references = tuple(dict.fromkeys(reference for reference, _ in found))
    waiting = tuple(
        Text(fr=f"{text.fr} ({reference})", en=f"{text.en} ({reference})")
        for reference, refusal in found
        for text in refusal.waiting
    )
    _, first = min(found, key=lambda pair: (pair[1].since, pair[0]))
    return RefusedEverywhere(first.says, _where(references, len(waiting)), references, waiting)


def _where(references: tuple[str, ...], messages: int) -> Text:
    if len(references) == 1:
        head, head_en = f"Convention concernée : {references[0]}", f"Convention concerned: {references[0]}"
    else:
        more = len(references) - NAMED
        others = "1 autre" if more == 1 else f"{more} autres"
        others_en = "1 other" if more == 1 else f"{more} others"
        named = references[:NAMED] if more > 0 else references[:-1]
        last, last_en = (others, others_en) if more > 0 else (references[-1], references[-1])
        head = f"Conventions concernées : {', '.join(named)} et {last}"
        head_en = f"Conventions concerned: {', '.join(named)} and {last_en}"
    many = "s" if messages > 1 else ""
    return Text(fr=f"{head} ({messages}{NBSP}message{many})", en=f"{head_en} ({messages}{NBSP}message{many})")
