"""What was rehearsed: everything that the pages and files of a dossier are made from."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.item_row import ItemRow, item_row, side, title_in_words
from echeancier.domain.agenda.items import Agenda, Item, Question
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.standing.situation import Situation


class CapturedMail(Protocol):
    """A mail as the capture server indexed it: the name of its file and the envelope it came in."""

    @property
    def file(self) -> str:
        """Name of the file in the directory of mails."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Addresses of the envelope."""


@dataclass(frozen=True)
class Story:
    """A life of a convention, once lived.

    Attributes:
        dossier: everything kept about it at the end.
        lived: its agenda, seen at the end.
        planned: its agenda, seen at the start with all the facts: everything that was promised.
        began, ended: aware instants, in the calendar's own time. Files are dated by ``ended``, never by a clock.
        scenario: what was played, in words, shown as given.
        mails: what was captured, in the order of arrival.
        language: ``fr`` or ``en``.
    """

    dossier: Dossier
    lived: Agenda
    planned: Agenda
    began: datetime
    ended: datetime
    scenario: str
    mails: tuple[CapturedMail, ...] = ()
    language: str = "fr"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The local time of the convention's place."""
        return ZoneInfo(self.dossier.convention.place.calendar().time_zone)

    @cached_property
    def situation(self) -> Situation:
        """Where the convention stands at the end."""
        return situation(self.dossier.convention, tuple(self.dossier.facts), self.ended)

    @cached_property
    def last_day(self) -> date:
        """The local day on which the rehearsal ended."""
        return self.local(self.ended).date()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything lived, then what was promised and stands no more."""
        known = {item.key for item in self.lived.items}
        return (*self.lived.items, *(item for item in self.planned.items if item.key not in known))

    @cached_property
    def gone(self) -> frozenset[str]:
        """Keys of what was promised at the start and is no longer in the agenda."""
        return frozenset(item.key for item in self.planned.items) - {item.key for item in self.lived.items}

    @cached_property
    def by_key(self) -> dict[str, Item]:
        """Every item by its key."""
        return {item.key: item for item in self.items}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its id; those answered out of existence keep their first form."""
        return {one.id: one for one in (*self.planned.questions, *self.lived.questions)}

    def local(self, instant: datetime) -> datetime:
        """Return an instant as the clocks of the place show it."""
        return instant.astimezone(self.zone)

    @property
    def _named_on(self) -> date:
        return self.lived.effect_on or self.local(self.began).date()

    def party(self, key: str) -> str:
        """Return a party's name on the day of effect, as the paper gives it; at the start when there is none."""
        return side(self.situation, key, self._named_on).name

    def title(self) -> str:
        """Return the convention's title in the language of the report."""
        return title_in_words(self.dossier.convention, self.language)

    def row(self, item: Item) -> ItemRow:
        """Return an item in words, institutions as the paper names them."""
        return item_row(self.situation, item, self.language, named_on=self._named_on)
