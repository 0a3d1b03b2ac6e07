"""Conventions lived side by side without an engine: planned at each wake, what they say to one person merged day by day.

The robot's own rules decide what is said, to whom and when; here time passes, people do their part, and the relay answers as it
is told. It takes seconds where the engine takes a minute; that both say the same is tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.digest import Digest, Robot
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.messages.merging import Part, merged
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.plan import Plan, plan_of
from echeancier.domain.messages.tried_again import next_try_after
from echeancier.domain.messages.undelivered import as_delivered
from echeancier.domain.overview.digest import digests
from echeancier.domain.overview.digest_day import WEEKDAYS, DigestHours, days_of, made_up_since, may_leave, next_morning
from echeancier.domain.overview.digest_readers import readers_today
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.rehearsal.player import Move, Player, horizon_of, subject_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.domain.typography import NBSP

RelayAnswer = Callable[[str, datetime], Delivery]
"""What the relay says of an address at an instant."""

_LATER = Delivery(outcome="deferred")

Carrier = Callable[["MessageOrder | DayMail"], str]
"""Puts a mail that the relay takes into bytes and keeps them; their SHA-256 in hexadecimal."""

Progress = Callable[[datetime, datetime], None]
"""Called with the instant that was reached, and with the one at which the end is expected."""

Planner = Callable[[Context], Plan]
"""What decides what a convention says."""

_MOST_ROUNDS = 8
"""So many times in a row something is left to say at one instant; more would go on for ever."""


def takes_all(_address: str, _now: datetime) -> Delivery:
    """Take every mail."""
    return Delivery(outcome="accepted")


def _nobody_reads(_mail: MessageOrder | DayMail) -> str:
    """Keep nothing."""
    return ""


def _nobody_asks(_now: datetime, _end: datetime) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Sent:
    """A mail that the relay took: what left alone, or somebody's mail of the day."""

    at: datetime
    address: str
    mail: MessageOrder | DayMail

    @property
    def parts(self) -> tuple[MessageOrder, ...]:
        """What each convention says in it."""
        return self.mail.parts if isinstance(self.mail, DayMail) else (self.mail,)

    @property
    def digest(self) -> Digest | None:
        """The digest it is, None for any other mail."""
        return self.mail.digest if isinstance(self.mail, DayMail) else None

    @property
    def leaves_alone(self) -> bool:
        """Whether it is no mail of the day."""
        return not isinstance(self.mail, DayMail)

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Yield each dated thing it names, with the reference of its convention."""
        for part in self.parts:
            for line in part.lines:
                yield part.reference, line


@dataclass(frozen=True)
class Outages:
    """When things do not work: half-open intervals of local days.

    Attributes:
        relay: it takes nothing, and says to come back later.
        machine: nothing runs; people cannot record anything either.
        stopped: the emergency stop.
    """

    relay: tuple[tuple[datetime, datetime], ...] = ()
    machine: tuple[tuple[datetime, datetime], ...] = ()
    stopped: tuple[tuple[datetime, datetime], ...] = ()


def end_of(spans: tuple[tuple[datetime, datetime], ...], now: datetime) -> datetime | None:
    """Return when the span that holds an instant is over, None outside any."""
    return max((end for start, end in spans if start <= now < end), default=None)


class LifeError(Exception):
    """The robot's rules contradict themselves: no fault of whoever is rehearsing."""


@dataclass
class Member:
    """One convention of several lived together.

    Attributes:
        wake: when to plan it again, None for never.
        orders: what its messages say that may have to be handed over again, by id.
        refused: what the door did not take, in words.
    """

    dossier: Dossier
    player: Player | None = None
    wake: datetime | None = None
    orders: dict[str, MessageOrder] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    move: Move | None = None
    _seen: tuple[tuple[datetime, Policy, int, int], Context] | None = None

    @property
    def reference(self) -> str:
        """Its reference."""
        return self.dossier.convention.reference

    @property
    def is_open(self) -> bool:
        """Whether its file is still open."""
        return self.dossier.closed_at is None

    def add(self, message: Message) -> None:
        """Note a message.

        Raises:
            LifeError: it is noted already: the same would be said twice.
        """
        if self.dossier.message(message.id) is not None:
            raise LifeError(f"{message.id} is ordered twice")
        self.dossier.outbox.append(message)

    def update(self, message_id: str, **changes: object) -> Message:
        """Note what became of a message."""
        for n, message in enumerate(self.dossier.outbox):
            if message.id == message_id:
                self.dossier.outbox[n] = message.model_copy(update=changes)
                return self.dossier.outbox[n]
        raise LifeError(f"{message_id} was never ordered")

    def seen_at(self, now: datetime, policy: Policy) -> Context:
        """Look at it; what does not hang on its messages is computed once for an instant."""
        known = (now, policy, len(self.dossier.facts), len(self.dossier.annexes))
        if self._seen is None or self._seen[0] != known:
            self._seen = known, Context(self.dossier.model_copy(update={"outbox": []}), now, policy)
        return Context(as_delivered(self.dossier), now, policy, before=self._seen[1])

    def think(self, now: datetime) -> None:
        """Let its people decide what they do next."""
        self.move = self.player.next(tuple(self.dossier.facts), now) if self.player and self.is_open else None


@dataclass
class Lives:
    """Conventions lived together on one calendar.

    Attributes:
        now: aware instant, in the zone of the conventions.
        relay: what the relay says; outside its outages.
        carry: what becomes of a mail that it takes.
        hours: when digests leave; None for none at all.
        sent: every mail that the relay took, oldest first.
        refused: every address that it refused, with the instant.
    """

    now: datetime
    policy: Policy = DEFAULT_POLICY
    relay: RelayAnswer = takes_all
    carry: Carrier = _nobody_reads
    hours: DigestHours | None = None
    outages: Outages = Outages()
    members: list[Member] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    refused: list[tuple[datetime, str]] = field(default_factory=list)
    plan: Planner = plan_of
    _digest_due: datetime | None = None
    _read: set[str] = field(default_factory=set)
    _whole: set[date] = field(default_factory=set)
    _left: bool = False

    # -- what happens --------------------------------------------------------------------------------------------

    def enter(self, convention: Convention, records: tuple[Recorded, ...] = (), player: Player | None = None) -> Member:
        """Register a convention now, with what is known of it."""
        dossier = Dossier(
            convention=convention, registered_at=self.now, registered_by=convention.coordinator, facts=list(records)
        )
        member = Member(dossier, player, wake=self.now)
        self.members.append(member)
        member.think(self.now)
        if self.hours is not None and self._digest_due is None:
            self._digest_due = self._next_digest(self.now, self.hours)
        return member

    def record(self, member: Member, fact: Fact, by: str = "", request: str = "") -> Recorded:
        """Bring a fact to the door now.

        Raises:
            Refusal: the door does not take it.
        """
        kept = admit(member.dossier, fact, self.now, by or member.dossier.convention.coordinator, request)
        member.dossier.facts.append(kept)
        member.wake = self.now
        return kept

    def until(self, end: datetime) -> Lives:
        """Live up to an instant."""
        while (at := self._next_instant()) is not None and max(at, self.now) <= end:
            self.now = max(self.now, at)
            if (back := end_of(self.outages.machine, self.now)) is not None:
                self.now = min(back, end)
                if back > end:
                    break
            self._people_act()
            self._work()
        self.now = max(self.now, end)
        return self

    def to_their_ends(self, latest: date = date.max, told: Progress = _nobody_asks) -> Lives:
        """Live until every file is closed, or months after the last dated thing of those that nobody closes.

        Args:
            latest: the day on which it stops all the same.
            told: called with the instant that was reached, and with the one at which the end is expected.
        """
        while any(member.is_open for member in self.members):
            horizon = max(_horizon(member, self.now) for member in self.members if member.is_open)
            if latest < horizon.date():
                horizon = datetime.combine(latest, time(23, 59), tzinfo=self.now.tzinfo)
            if self.now >= horizon:
                break
            self.until(min(self.now + timedelta(days=30), horizon))
            told(self.now, horizon)
        return self

    def _next_instant(self) -> datetime | None:
        alive = [member for member in self.members if member.is_open]
        found = [member.wake for member in alive if member.wake is not None]
        found += [member.move.at for member in alive if member.move is not None]
        if self._digest_due is not None and alive:
            found.append(self._digest_due)
        return min(found, default=None)

    def _people_act(self) -> None:
        for member in self.members:
            if member.is_open and member.move is not None and member.move.at <= self.now:
                self._play(member, member.move)
                member.think(self.now)

    def _play(self, member: Member, move: Move) -> None:
        try:
            self.record(member, move.fact, move.by, move.name or f"played-{len(member.dossier.facts) + 1}")
        except Refusal as refusal:
            if member.player is None or (not move.name and not subject_of(move.fact)[1]):
                raise  # it could not be given up: refused again and again, it would never end
            member.refused.append(f"{in_words(self.now.date())}{NBSP}: {refusal}")
            member.player = member.player.without(move)

    # -- what the robot does -------------------------------------------------------------------------------------

    @property
    def _is_stopped(self) -> bool:
        return end_of(self.outages.stopped, self.now) is not None

    def __post_init__(self) -> None:
        """Have the conventions know when digests are read, as the worker does."""
        if self.hours is not None and self.hours.wanted:
            known = {"digest_ours": self.hours.ours, "digest_weekday": WEEKDAYS.index(self.hours.day)}
            self.policy = self.policy.model_copy(update=known)

    def _policy(self) -> Policy:
        """As an installation sets it: one mail a day, and a digest where there are some."""
        read = "none" if self.hours is None else self.hours.ours
        known = {"one_mail_a_day": True, "digest_ours": read, "sending_stopped": self._is_stopped}
        return self.policy.model_copy(update=known)

    def _work(self) -> None:
        """Plan whoever has something to do now, until nothing is left to say at this instant; digests are read once."""
        morning = self._digest_due is not None and self._digest_due <= self.now
        since, had_mail, self._left = self._since(morning=morning), False, False
        for n in range(_MOST_ROUNDS):
            due = [m for m in self.members if m.is_open and m.wake is not None and m.wake <= self.now]
            parts = [part for member in due for part in self._plan(member)]
            read: list[Digest] = []
            if n == 0 and since is not None and (morning or parts):  # only then is there a mail of this day
                had_mail = True
                others = [m for m in self.members if m.is_open and all(m is not one for one in due)]
                parts += [part for member in others for part in self._plan(member)]
                read = self._digests(parts, since)
            elif not due:
                break
            self._post(parts, read)
        else:
            raise LifeError(f"the plan does not settle at {self.now}")
        if had_mail and not self._left:
            self._whole.add(self.now.date())

    def _plan(self, member: Member) -> list[Part]:
        """Plan one convention: what leaves alone is handed over, what is for the mail of the day returned."""
        plan = self.plan(member.seen_at(self.now, self._policy()))
        for gone in plan.superseded:
            member.update(gone, status="superseded")
        for order, entry in zip(plan.orders, plan.entries, strict=True):
            member.orders[order.id] = order
            member.add(entry)
        self._tell_relatives(member, plan)
        handed = [self._hand_over_alone(member, one) for one in (*(order.id for order in plan.orders), *plan.retries)]
        wake = None if plan.wake_at is None else plan.wake_at.astimezone(self.now.tzinfo)
        # As a convention's workflow does: an outcome that was not the expected one, or the last words, are planned again.
        member.wake = self.now if not all(handed) or (plan.orders and wake is None) else wake
        if plan.close:
            member.dossier.closed_at = self.now
            member.wake = None
        return [Part(order, entry) for order, entry in zip(plan.posts, plan.post_entries, strict=True)]

    def _tell_relatives(self, member: Member, plan: Plan) -> None:
        others = {other.reference: other for other in self.members if other.is_open}
        if plan.greet in others:
            others[plan.greet].dossier.annexes.append(member.reference)
            others[plan.greet].wake = self.now
            member.dossier.known_to_parent = True
        for news in plan.news:
            if (annex := others.get(news.annex)) is None or annex.dossier.asked(news.request) is not None:
                continue
            number = max((int(r.id[1:]) for r in annex.dossier.facts), default=0) + 1
            annex.dossier.facts.append(
                Recorded(id=f"f{number}", fact=news.fact, recorded_at=self.now, recorded_by=member.reference,
                         request=news.request)
            )  # fmt: skip
            member.dossier.told_annexes.setdefault(news.annex, []).append(news.about)
            annex.wake = self.now
            annex.think(self.now)

    # -- what leaves alone ---------------------------------------------------------------------------------------

    def _answer(self, address: str) -> Delivery:
        if end_of(self.outages.relay, self.now) is not None:
            return _LATER
        answer = self.relay(address, self.now)
        if answer.outcome == "refused":
            self.refused.append((self.now, address))
        return answer

    def _hand_over_alone(self, member: Member, message_id: str) -> bool:
        """Hand one message to the relay; whether it took it."""
        entry = member.update(message_id)
        if entry.until is not None and self.now > entry.until:
            member.update(message_id, status="superseded", next_try=None)
            return False
        tries = entry.tries + 1
        if self._is_stopped:
            member.update(message_id, status="deferred", tries=tries, next_try=None, stored=True)
            return False
        suspect = entry.status == "refused" or entry.fault == "in-a-row"
        answer = self._answer(entry.address)
        if answer.outcome == "accepted":
            member.update(
                message_id, **_taken(self._carried(entry.address, member.orders[message_id]), tries, self.now)
            )
            return True
        in_a_row = suspect and answer.fault == "address"
        waits = answer.outcome != "refused" or in_a_row
        again = next_try_after(entry.at, tries, self.now, ours=answer.ours) if waits else None
        member.update(
            message_id, status="deferred" if again else "refused", tries=tries, next_try=again, answered_at=self.now,
            fault="in-a-row" if in_a_row else answer.fault, detail=answer.detail, stored=False,
        )  # fmt: skip
        return False

    def _carried(self, address: str, mail: MessageOrder | DayMail) -> str:
        self.sent.append(Sent(self.now, address, mail))
        return self.carry(mail)

    # -- the mail of the day -------------------------------------------------------------------------------------

    def _post(self, parts: list[Part], weekly: list[Digest]) -> None:
        """Hand over each person's mail of the day; what cannot leave now is composed again later, of what is still true then."""
        of = {member.reference: member for member in self.members}
        for one in merged(parts, weekly, self.now.replace(microsecond=0)):
            address, waiting = one.mail.to.address, [of[reference] for reference, _ in one.entries]
            if self._is_stopped or self._was_served_today(address.casefold()):
                self._later(waiting, one.mail.digest, self._next_morning(waiting))
                continue
            answer = self._answer(address)
            if answer.outcome not in {"accepted", "refused"}:
                self._later(waiting, one.mail.digest, self._after_a_while(waiting))
                continue
            refused = {
                "status": "refused",
                "tries": 1,
                "fault": answer.fault,
                "detail": answer.detail,
                "answered_at": self.now,
            }
            accepted = answer.outcome == "accepted"
            became = _taken(self._carried(address, one.mail), 1, self.now) if accepted else refused
            for reference, entry in one.entries:
                member = of[reference]
                member.add(entry.model_copy(update=became))
                member.wake = self.now
            if one.mail.digest is not None:
                self._read.add(one.mail.digest.id)

    def _was_served_today(self, address: str) -> bool:
        today = self.now.date()
        for sent in reversed(self.sent):
            if sent.at.date() != today:
                return False
            if sent.address.casefold() == address and not sent.leaves_alone:
                return True
        return False

    def _later(self, members: list[Member], digest: Digest | None, at: datetime) -> None:
        self._left = True
        for member in members:
            if member.wake is None or member.wake > at:
                member.wake = at
        if digest is not None:
            self._digest_due = at if self._digest_due is None else min(at, self._digest_due)

    def _next_morning(self, members: list[Member]) -> datetime:
        """The next morning on which mail may leave, or the end of the emergency stop where that is later."""
        first = max(self.now, end_of(self.outages.stopped, self.now) or self.now)
        if not members:
            return first + timedelta(days=1)
        day = first.date() + timedelta(days=first == self.now or first.time() >= self.policy.send_from)
        open_day = members[0].dossier.convention.place.calendar().next_workable(day)
        return datetime.combine(open_day, self.policy.send_from, tzinfo=self.now.tzinfo)

    def _after_a_while(self, members: list[Member]) -> datetime:
        """Two hours later where mail still leaves then, else the next morning."""
        soon = self.now + timedelta(hours=2)
        return (
            soon
            if soon.time() < self.policy.send_until and soon.date() == self.now.date()
            else self._next_morning(members)
        )

    # -- the digest ----------------------------------------------------------------------------------------------

    def _since(self, *, morning: bool) -> date | None:
        """Return the last day of this week of which nothing was left; None where nobody's digest may leave now.

        Args:
            morning: a digest is due; the next one is then looked for.
        """
        if self.hours is None:
            return None
        if morning:
            again = self._next_morning([m for m in self.members if m.is_open]) if self._is_stopped else None
            self._digest_due = min(filter(None, (again, self._next_digest(self.now, self.hours))))
        contexts = self._contexts()
        worked = days_of(ctx.s.convention.place.calendar() for ctx in contexts)
        if self._is_stopped or not may_leave(self.now, self.hours, worked, self.policy.send_until):
            return None
        since = made_up_since(self.now, self.hours, self._whole)
        return since if readers_today(contexts, self.now, self.hours, since=since) else None

    def _contexts(self) -> list[Context]:
        return [m.seen_at(self.now, self._policy()) for m in self.members if m.is_open]

    def _digests(self, parts: list[Part], since: date) -> list[Digest]:
        """Return the digests of this morning, and those of this week that did not leave since a day."""
        if self.hours is None:
            return []
        contexts = self._contexts()
        said: dict[str, list[MessageOrder]] = {}
        for part in parts:
            said.setdefault(part.order.to.address.casefold(), []).append(part.order)
        found = digests(contexts, self.now, self.hours, Robot(), parts=said, since=since)
        return [one for one in found if one.id not in self._read]

    def _next_digest(self, after: datetime, hours: DigestHours) -> datetime:
        """The next morning on which somebody reads a digest, of the week or of the month."""
        days = days_of(member.dossier.convention.place.calendar() for member in self.members)
        day = next_morning(after.date(), hours, days)
        return datetime.combine(day, max(hours.at, self.policy.send_from), tzinfo=after.tzinfo)

    # -- what was said -------------------------------------------------------------------------------------------

    def to(self, address: str) -> list[Sent]:
        """Return what was sent to an address."""
        return [sent for sent in self.sent if sent.address.casefold() == address.casefold()]


def _taken(mark: str, tries: int, now: datetime) -> dict[str, object]:
    """What is noted of a message that the relay took."""
    return {
        "status": "accepted", "tries": tries, "next_try": None, "accepted_at": now, "answered_at": now, "stored": False,
        "fault": "", "detail": "", "sha256": mark,
    }  # fmt: skip


def _horizon(member: Member, now: datetime) -> datetime:
    """Return when nothing more is expected of a convention, not before its people said all they have to say."""
    last = horizon_of(member.dossier.convention, tuple(member.dossier.facts), now)
    return last if member.move is None else max(last, member.move.at)


def zone_of(convention: Convention) -> ZoneInfo:
    """Return the zone in which a convention lives."""
    return ZoneInfo(convention.place.time_zone)
