"""A dossier lived through from wake to wake, as the workflow would; the relay answers as it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.plan import Plan, make_plan
from echeancier.domain.messages.tried_again import next_try_after
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from tests.domain.builders import PARIS, at

Answer = Callable[[MessageOrder], str]
"""What the relay says of a message: ``accepted``, ``refused``, ``deferred``; ``unknown`` names the recipient, ``settings`` us."""


def accept_all(_: MessageOrder) -> str:
    """Accept every message."""
    return "accepted"


@dataclass
class Life:
    """A dossier lived through: planned at each wake and each fact, its mail handed to a relay that answers.

    Attributes:
        sent: every order handed over once accepted, oldest first, with its instant.
        wakes: the instants at which it was planned.
        answer: what the relay says of each try.
    """

    dossier: Dossier
    now: datetime
    policy: Policy = DEFAULT_POLICY
    answer: Answer = accept_all
    sent: list[tuple[datetime, MessageOrder]] = field(default_factory=list)
    tried: list[tuple[datetime, MessageOrder]] = field(default_factory=list)
    wakes: list[datetime] = field(default_factory=list)
    orders: dict[str, MessageOrder] = field(default_factory=dict)
    last: Plan | None = None
    closed: bool = False

    def plan(self) -> Plan:
        """Plan now, put what is to be said in the outbox, hand it over."""
        plan = make_plan(self.dossier, self.now, self.policy)
        self.wakes.append(self.now)
        self.last = plan
        for gone in plan.superseded:
            self._update(gone, status="superseded")
        for order, entry in plan.says:
            assert self.dossier.message(entry.id) is None, "the same order twice"
            self.orders[order.id] = order
            self.dossier.outbox.append(entry)
        for message_id in (*(order.id for order, _ in plan.says), *plan.retries):
            self._hand_over(message_id)
        if plan.close:
            self.closed = True
            self.dossier.closed_at = self.now
        return plan

    def _hand_over(self, message_id: str) -> None:
        order = self.orders[message_id]
        self.tried.append((self.now, order))
        outcome = self.answer(order)
        entry = self.dossier.message(message_id)
        assert entry is not None
        tries = entry.tries + 1
        suspect = entry.status == "refused" or entry.fault == "in-a-row"
        fault = {"unknown": "in-a-row" if suspect else "address", "settings": "settings"}.get(outcome, "")
        self._update(message_id, fault=fault, answered_at=self.now)
        outcome = {"unknown": "deferred" if suspect else "refused", "settings": "deferred"}.get(outcome, outcome)
        if outcome == "deferred":
            again = next_try_after(entry.at, tries, self.now)
            status = "deferred" if again else "refused"
            self._update(message_id, status=status, tries=tries, next_try=again)
            return
        self._update(message_id, status=outcome, tries=tries, next_try=None)
        if outcome == "accepted":
            self._update(message_id, accepted_at=self.now)
            self.sent.append((self.now, order))

    def _update(self, message_id: str, **changes: object) -> None:
        for n, message in enumerate(self.dossier.outbox):
            if message.id == message_id:
                self.dossier.outbox[n] = message.model_copy(update=changes)

    def record(self, *facts: Fact, when: datetime | None = None) -> None:
        """Move to ``when`` (living what comes before), record the facts, and plan again."""
        if when is not None:
            self.until(when)
            self.now = when
        for fact in facts:
            self.dossier.facts.append(
                Recorded(id=f"f{self._next_id()}", fact=fact, recorded_at=self.now, recorded_by="coordinator")
            )
        self.settle()

    def _next_id(self) -> int:
        return 1 + len({r.id for r in self.dossier.facts})

    def correct(self, fact_id: str, fact: Fact, *, cancelled: bool = False) -> None:
        """Record a new version of a fact now, and plan again."""
        former = [r for r in self.dossier.facts if r.id == fact_id][-1]
        version = {
            "version": former.version + 1,
            "fact": fact,
            "recorded_at": self.now,
            "cancelled": cancelled,
        }
        self.dossier.facts.append(former.model_copy(update=version))
        self.settle()

    def settle(self) -> None:
        """Plan now, and again at once while the plan makes something to say."""
        for _ in range(6):
            if self.closed or not self.plan().says:
                return
        raise AssertionError("the plan does not settle")

    def until(self, end: datetime | str) -> Life:
        """Live from wake to wake until an instant; nothing happens after the file is closed."""
        end = at(end) if isinstance(end, str) else end
        if self.last is None:
            self.settle()
        while not self.closed and self.last is not None and self.last.wake_at is not None and self.last.wake_at <= end:
            assert self.last.wake_at > self.now, f"does not advance after {self.now}"
            assert len(self.wakes) < 3000, "too many wakes"
            self.now = self.last.wake_at.astimezone(PARIS)
            self.settle()
        self.now = max(self.now, end) if not self.closed else self.now
        return self

    def asleep_until(self, end: datetime | str) -> Life:
        """Let time pass without planning (an outage), then plan."""
        self.now = at(end) if isinstance(end, str) else end
        self.settle()
        return self

    def to(self, name: str) -> list[tuple[datetime, MessageOrder]]:
        """Return what was sent to a role's address."""
        address = self.dossier.convention.roles[name].address
        return [(when, order) for when, order in self.sent if order.to.address == address]

    def of(self, kind: str, to: str | None = None) -> list[MessageOrder]:
        """Return the orders of one kind, to one role if named."""
        found = self.to(to) if to else self.sent
        return [order for _, order in found if order.kind == kind]

    def told(self, key: str, to: str) -> list[tuple[date, str]]:
        """Return (local day, stage) of every line about an item sent to a role."""
        return [
            (when.astimezone(PARIS).date(), line.stage)
            for when, order in self.to(to)
            for line in order.lines
            if line.item == key
        ]


def life(
    terms: Convention,
    facts: tuple[Recorded, ...] | tuple[Fact, ...] = (),
    start: datetime | str = "2022-01-03",
    **options: object,
) -> Life:
    """Return a life registered at ``start`` with facts already told."""
    start = at(start) if isinstance(start, str) else start
    records = [
        fact
        if isinstance(fact, Recorded)
        else Recorded(id=f"f{n}", fact=fact, recorded_at=start, recorded_by="coordinator")
        for n, fact in enumerate(facts, start=1)
    ]
    dossier = Dossier(convention=terms, registered_at=start, registered_by="coordinator", facts=records)
    return Life(dossier, start, **options)  # type: ignore[arg-type]


def days(orders: Iterable[tuple[datetime, MessageOrder]]) -> list[date]:
    """Return the local days of orders."""
    return [when.astimezone(PARIS).date() for when, _ in orders]
