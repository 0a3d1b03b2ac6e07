"""What an item was told with: its name, its days, and the ground that, once it moves, makes what was told wrong."""

from datetime import date

from domain.dossier import Told
from domain.items import Item


def about_of(item: Item) -> str:
    """Return under what name an item is told: each date fixed for a meeting is asked about for itself."""
    return item.key if item.meeting_at is None else f"{HELD}{item.key}/{item.meeting_at:%Y-%m-%d}"


HELD = "held/"
"""How the name of a meeting asked about begins."""


def ground_of(item: Item) -> date | None:
    """Return what an item's dates stand on: its legal last day, or without one the day its safe day is counted from.

    Our own policy is no ground: a safe day that it alone moves leaves what was told as it is.
    """
    return item.legal_last_day or item.anchor


def telling(item: Item, stage: str) -> Told:
    """Return what a message that speaks of an item counts as having told."""
    return Told(
        about=about_of(item), stage=stage, day=item.legal_last_day, safe=item.safe_day, basis=ground_of(item)
    )


def still_stands(told: Told, item: Item) -> bool:
    """Whether what was told of an item stands on the ground it has now."""
    if told.about.startswith(HELD):
        return True  # its name holds the day it is about
    if told.basis is None:
        return told.day == item.legal_last_day
    return told.basis == ground_of(item)
