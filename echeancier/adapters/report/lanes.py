"""One lane per series: the act, the signatures, each recurring duty, the renewal, the notice, the end."""

from dataclasses import dataclass
from typing import Final

from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.item_row import ItemRow
from echeancier.domain.agenda.items import Item
from echeancier.domain.model import Text
from echeancier.domain.terms.owing import EACH, TOGETHER
from echeancier.domain.typography import said


@dataclass(frozen=True)
class Lane:
    """A series of items, in the order of their days.

    Attributes:
        name: stable, for anchors.
        debtor: who owes it; empty when it differs from item to item.
    """

    name: str
    title: str
    debtor: str
    items: tuple[Item, ...]


_BEFORE: Final = ("act", "signatures")
_AFTER: Final = ("payments", "once", "events", "renewal", "notice", "end")


def lanes(story: Story) -> tuple[Lane, ...]:
    """Return the lanes that hold something, the birth of the convention first, its end last."""
    convention = story.dossier.convention
    duties = {duty.id: duty for duty in convention.duty}
    ends = {duty.id for duty in convention.end_duty}
    payments = {payment.id for payment in convention.payment}
    once = {one.id for one in convention.one_off}
    found: dict[str, list[Item]] = {}
    for item in story.items:
        series = item.series
        if series in duties:
            name = f"duty-{series}"
        elif series in ends:
            name = "end"
        elif series in payments:
            name = "payments"
        elif series in once:
            name = "once"
        else:
            name = item.traits.lane
        found.setdefault(name, []).append(item)
    order = (*_BEFORE, *(f"duty-{key}" for key in duties), *_AFTER)
    return tuple(_lane(story, name, found[name]) for name in order if name in found)


def debtor_of(story: Story, key: str) -> str:
    """Return the name of whoever owes something, or that all do."""
    if key == EACH:
        return words(story.language)["each-apart"]
    return words(story.language)["together"] if key in TOGETHER else story.party(key)


def days_of(row: ItemRow) -> list[str]:
    """Return the days of an item that are known, each with what it is."""
    label = words(row.language)
    last = f"{row.last}, {row.last_hour}" if row.last_hour else row.last
    days = ((row.safe, "tells-safe"), (last, "tells-legal"))
    return [label[name].format(day=day) for day, name in days if day]


def _lane(story: Story, name: str, items: list[Item]) -> Lane:
    duty = next((d for d in story.dossier.convention.duty if name == f"duty-{d.id}"), None)
    if duty is not None:
        title = said(Text(fr=duty.title, en=duty.title_en), story.language)
        return Lane(name, title, debtor_of(story, duty.owed_by), tuple(items))
    return Lane(name, words(story.language)[f"lane-{name}"], "", tuple(items))
