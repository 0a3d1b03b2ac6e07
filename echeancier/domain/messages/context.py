"""What the planner looks at: the situation, its agenda, what was already told to whom, and the ground it was told on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.facts.dossier import Dossier, MeetingRevision, Message, Told
from echeancier.domain.letters.progress import Standing, letters_of
from echeancier.domain.messages.outbox import OutboxLookup
from echeancier.domain.standing.people import Recipient, everybody
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.when_mail_may_leave import is_open, next_slot
from echeancier.domain.terms.policy import RANKS, Policy


def about_of(item: Item) -> str:
    """Return under what name an item is told: each date fixed for a meeting is asked about for itself."""
    return item.key if item.meeting_at is None else f"{HELD}{item.key}/{item.meeting_at:%Y-%m-%d}"


HELD = "held/"
"""How the name of a meeting asked about begins."""


def telling(item: Item, stage: str) -> Told:
    """Return what a message that speaks of an item counts as having told."""
    return Told(about=about_of(item), stage=stage, day=item.legal_last_day, safe=item.safe_day, basis=item.ground)


def still_stands(told: Told, item: Item) -> bool:
    """Whether what was told of an item stands on the ground it has now."""
    if told.about.startswith(HELD):
        return True  # its name holds the day it is about
    if told.basis is None:
        return told.day == item.legal_last_day
    return told.basis == item.ground


@dataclass(frozen=True)
class Context:
    """A dossier seen at one instant.

    Attributes:
        now: aware instant, in the calendar's own time.
        before: the same dossier and instant with fewer messages; they change neither situation nor agenda.
    """

    dossier: Dossier
    now: datetime
    policy: Policy
    before: "Context | None" = None

    @cached_property
    def s(self) -> Situation:
        """The situation."""
        if self.before is not None:
            return self.before.s
        zone = ZoneInfo(self.dossier.convention.place.calendar().time_zone)
        return situation(
            self.dossier.convention,
            tuple(self.dossier.facts),
            self.now,
            policy=self.policy,
            registered_on=self.dossier.registered_at.astimezone(zone).date(),
            carried=self.dossier.carried,
            annexes=self.dossier.annexes,
        )

    @cached_property
    def agenda(self) -> Agenda:
        """The agenda."""
        return agenda_of(self.s) if self.before is None else self.before.agenda

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by key."""
        return {item.key: item for item in self.agenda.items} if self.before is None else self.before.items

    @cached_property
    def letters(self) -> tuple[Standing, ...]:
        """Where each letter stands."""
        return letters_of(self.dossier, self.s) if self.before is None else self.before.letters

    @cached_property
    def may_send(self) -> bool:
        """Whether mail may leave now."""
        return is_open(self.s, self.now)

    @cached_property
    def slot(self) -> datetime:
        """Now if mail may leave now, else the next instant at which it may."""
        return next_slot(self.s, self.now)

    @cached_property
    def outbox(self) -> OutboxLookup:
        """The messages, by address and by what they told."""
        known = OutboxLookup() if self.before is None else self.before.outbox
        return known.plus(self.dossier.outbox[known.count :])

    def told(self, address: str, about: str) -> list[tuple[Told, Message]]:
        """Return what ``address`` was told about something, oldest first."""
        return self.outbox.told.get((address.casefold(), about), [])

    def has_heard(self, address: str, item: Item, rank: int) -> bool:
        """Whether a stage of that rank, or a later one, was told of an item on its *present* ground."""
        for told, _ in reversed(self.told(address, about_of(item))):
            if RANKS.get(told.stage, -1) >= rank and still_stands(told, item):
                return True
        return False

    def rank_told(self, address: str, item: Item) -> int:
        """Return the rank of the last stage told of an item on its *present* ground; -1 if none.

        The legal day changed, or what a safe day without one is counted from: its stages start again. Only our policy
        moved the safe day: they do not.
        """
        ranks = [
            RANKS[told.stage]
            for told, _ in self.told(address, about_of(item))
            if told.stage in RANKS and still_stands(told, item)
        ]
        return max(ranks, default=-1)

    def last_revision(self, uid: str) -> MeetingRevision | None:
        """Return the last revision of a meeting that was sent or is about to be, None if none was."""
        found = self._revisions.get(uid, [])
        # The cancellation of a former guest has the number of the revision that leaves him out; that one is the last.
        return max(found, key=lambda r: (r.sequence, r.dtstamp, r.method == "REQUEST"), default=None)

    @cached_property
    def _revisions(self) -> dict[str, list[MeetingRevision]]:
        found: dict[str, list[MeetingRevision]] = {}
        for message in self.outbox.of_meetings:
            if message.meeting is not None:
                found.setdefault(message.meeting.uid, []).append(message.meeting)
        return found

    @cached_property
    def invited_to(self) -> frozenset[str]:
        """The keys of the meetings of which somebody was told."""
        return frozenset(message.meeting.item for message in self.outbox.of_meetings if message.meeting is not None)

    def person(self, address: str) -> Recipient | None:
        """Return whoever was or is written to at an address: a role it has, had or will have, else that of the last message."""
        known = next((p for p in everybody(self.s) if p.address.casefold() == address.casefold()), None)
        if known is not None:
            return known
        sent = self.outbox.to(address)
        role = sent[-1].role if sent else None
        versions = (self.s.convention, *(former.convention for former in reversed(self.dossier.former_terms)))
        contact = next((terms.roles[role] for terms in versions if role in terms.roles), None)
        if role is None or contact is None:
            return None
        return Recipient(role=role, function=contact.function, address=address, language=contact.language)

    def plus(self, messages: Iterable[Message]) -> "Context":
        """Return the context as it will be once ``messages`` are in the outbox."""
        dossier = self.dossier.model_copy(update={"outbox": [*self.dossier.outbox, *messages]})
        return Context(dossier, self.now, self.policy, before=self)

    def without(self, messages: Collection[str]) -> "Context":
        """Return the context as it is without the messages of these ids: they never leave."""
        outbox = [m.model_copy(update={"status": "superseded"}) if m.id in messages else m for m in self.dossier.outbox]
        return Context(self.dossier.model_copy(update={"outbox": outbox}), self.now, self.policy)

    def item_when_told(self, key: str, message: Message) -> Item | None:
        """Return an item as it stood when a message told of it: it has left the agenda since."""
        if message.at not in self._agendas_told:
            known = tuple(r for r in self.dossier.facts if r.recorded_at <= message.at)
            then = situation(self.dossier.convention, known, message.at, policy=self.policy)
            self._agendas_told[message.at] = {item.key: item for item in agenda_of(then).items}
        return self._agendas_told[message.at].get(key)

    @cached_property
    def _agendas_told(self) -> dict[datetime, dict[str, Item]]:
        return {}
