"""What the planner looks at: the situation, its agenda, and what was already told to whom."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from domain.agenda import agenda_of, situation
from domain.dossier import Dossier, MeetingRevision, Message, Told
from domain.items import Agenda, Item
from domain.policy import STAGES, Policy
from domain.sending_hours import is_open, next_slot
from domain.situation import Situation

SAID = frozenset({"to-send", "accepted", "deferred"})
"""A message in one of these states has told, or will tell, what it says."""


@dataclass(frozen=True)
class Context:
    """A dossier seen at one instant.

    Attributes:
        now: aware instant, in the calendar's own time.
    """

    dossier: Dossier
    now: datetime
    policy: Policy

    @cached_property
    def s(self) -> Situation:
        """The situation."""
        zone_day = self.dossier.registered_at
        bare = situation(self.dossier.convention, tuple(self.dossier.facts), self.now, policy=self.policy)
        return situation(
            self.dossier.convention,
            tuple(self.dossier.facts),
            self.now,
            policy=self.policy,
            registered_on=zone_day.astimezone(bare.zone).date(),
        )

    @cached_property
    def agenda(self) -> Agenda:
        """The agenda."""
        return agenda_of(self.s)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by key."""
        return {item.key: item for item in self.agenda.items}

    @property
    def may_send(self) -> bool:
        """Whether mail may leave now."""
        return is_open(self.s, self.now)

    @cached_property
    def slot(self) -> datetime:
        """Now if mail may leave now, else the next instant at which it may."""
        return next_slot(self.s, self.now)

    @cached_property
    def _told(self) -> dict[tuple[str, str], list[tuple[Told, Message]]]:
        found: dict[tuple[str, str], list[tuple[Told, Message]]] = {}
        for message in self.dossier.outbox:
            if message.status in SAID:
                for told in message.told:
                    found.setdefault((message.address.casefold(), told.about), []).append((told, message))
        return found

    def told(self, address: str, about: str) -> list[tuple[Told, Message]]:
        """Return what ``address`` was told about something, oldest first."""
        return self._told.get((address.casefold(), about), [])

    def everything_told(self) -> dict[tuple[str, str], list[tuple[Told, Message]]]:
        """Return all that was told, by (address, about)."""
        return self._told

    def rank_told(self, address: str, item: Item) -> int:
        """Return the rank of the last stage told of an item with its *present* legal day; -1 if none.

        The legal day changed: its stages start again. Only the safe day moved: they do not.
        """
        ranks = [
            STAGES.index(told.stage)  # type: ignore[arg-type]
            for told, _ in self.told(address, item.key)
            if told.stage in STAGES and told.day == item.legal_last_day
        ]
        return max(ranks, default=-1)

    def last_revision(self, uid: str) -> MeetingRevision | None:
        """Return the last revision of a meeting that was sent or is about to be, None if none was."""
        found = [m.meeting for m in self.dossier.outbox if m.meeting is not None and m.meeting.uid == uid]
        return max(found, key=lambda r: r.sequence, default=None)

    def was_written_to_today(self, address: str) -> bool:
        """Whether reminders already went to this address on the local day of ``now``."""
        return any(
            m.kind in ("reminders", "opening")
            and m.status in SAID
            and m.address.casefold() == address.casefold()
            and m.at.astimezone(self.s.zone).date() == self.s.today
            for m in self.dossier.outbox
        )
