"""Whether silence was loss: what was said in lives, against what had to be said by when, counted apart from the planner.

The planner decides from stages. Here only the agenda is asked what was owed at which time, and the calendar until when somebody
had to know of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import SETTLED, TO_DO, Item, Nature, State
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.messages.order import Line
from echeancier.domain.rehearsal.lives import Lives, Member
from echeancier.domain.standing.people import people, recipient
from echeancier.domain.standing.situation import Situation

LEGAL: Final = frozenset(
    {
        "act", "signature", "renewal", "notice", "destruction", "access-closure", "certificate", "incident", "payment", "answer",
        "notification",
    }
)  # fmt: skip
"""Kinds of what is legal or hard to undo: votes and what follows them, signatures, money, destruction, a notice still useful."""

SOFT: Final = frozenset({"data", "report", "evaluation", "information", "document", "survey", "statement", "other"})
"""Kinds of what is made up for when it comes late."""

CALLS: Final = frozenset({"notice", "reminder", "last-call"})
"""The stages that ask for something before it is late."""

ANY: Final = frozenset({"notice", "reminder", "last-call", "overdue", "escalation", "held", "held-again", "now"})
"""The stages at which something still to be done is named."""

_EVENING = time(18)
_JUST_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True)
class Claim:
    """Something legal that was to be done, and its days did not change meanwhile.

    Attributes:
        since: when all that it takes to speak of it was known.
        until: when it was done, fell or moved, or nobody looks further.
    """

    item: Item
    since: datetime
    until: datetime

    @property
    def days(self) -> tuple[object, ...]:
        """What it stands on."""
        return self.item.safe_day, self.item.legal_last_day, self.item.legal_last_instant

    def is_named_by(self, line: Line) -> bool:
        """Whether a line names it with its day."""
        if line.item != self.item.key:
            return False
        legal = self.item.legal_last_day
        return line.safe_day == self.item.safe_day or (legal is not None and line.legal_last_day == legal)


@dataclass(frozen=True)
class _Span:
    """A time during which nothing was told: what stood at its beginning, and at its end."""

    start: datetime
    first: dict[str, Item]
    s: Situation
    last: dict[str, Item]


@dataclass(frozen=True)
class Silence:
    """A party that asked not to be called about something.

    Attributes:
        start, stop: from when until when that holds.
        call_on: the day on which it is called, once.
    """

    party: str
    start: datetime
    stop: datetime
    call_on: date


class Witness:
    """Knows what one convention owed at each time of its life."""

    def __init__(self, lives: Lives, member: Member) -> None:
        self.lives, self.member = lives, member
        self.convention = member.dossier.convention
        self.calendar = self.convention.place.calendar()
        closed = member.dossier.closed_at
        self.end = lives.now if closed is None else closed
        self._spans = self._looked_at()
        self._starts = [span.start for span in self._spans]

    # -- what stood when -----------------------------------------------------------------------------------------

    def known(self, now: datetime) -> tuple[Recorded, ...]:
        """Return what was recorded by an instant."""
        return tuple(record for record in self.member.dossier.facts if record.recorded_at <= now)

    def standing(self, now: datetime) -> Situation:
        """Return the situation at an instant."""
        registered = self.member.dossier.registered_at.date()
        return situation(self.convention, self.known(now), now, policy=self.lives.policy, registered_on=registered)

    def item_at(self, key: str, now: datetime) -> Item | None:
        """Return a dated thing as it stood at an instant."""
        return next((item for item in agenda_of(self.standing(now)).items if item.key == key), None)

    def _looked_at(self) -> list[_Span]:
        dossier = self.member.dossier
        starts = sorted({dossier.registered_at, *(r.recorded_at for r in dossier.facts if r.recorded_at < self.end)})
        spans = []
        for start, stop in zip(starts, [*starts[1:], self.end], strict=True):
            first, last = self.standing(start), self.standing(max(start, stop - _JUST_BEFORE))
            spans.append(_Span(start, _items(first), last, _items(last)))
        return spans

    def claims(self) -> Iterator[Claim]:
        """Yield what was legally to be done, for as long as its days stood."""
        open_ones: dict[str, Claim] = {}
        for span in self._spans:
            still = {key: self._claim(span, item) for key, item in span.last.items() if _is_legal(item)}
            for key, former in list(open_ones.items()):
                one = still.get(key)
                if one is not None and one.days == former.days:
                    still[key] = replace(one, since=max(former.since, self._speakable(span, one.item, former.since)))
                else:
                    yield replace(former, until=span.start)
            open_ones = {key: one for key, one in still.items() if one is not None}
        yield from open_ones.values()

    def _claim(self, span: _Span, item: Item) -> Claim | None:
        if not item.traits.precedes_duties and span.s.operational_from is None:
            return None
        before = span.first.get(item.key)
        same = before is not None and (before.safe_day, before.legal_last_day) == (item.safe_day, item.legal_last_day)
        stop = next((start for start in self._starts if start > span.start), self.end)
        return Claim(item, self._speakable(span, item, span.start if same else stop), self.end)

    def _speakable(self, span: _Span, item: Item, since: datetime) -> datetime:
        """The instant from which people may hear of it: once operational, and once its delay runs."""
        days = [] if item.traits.precedes_duties else [span.s.operational_from]
        days += [item.opens_on] if item.traits.starts_when_open or item.event else []
        return max([since, *(datetime.combine(day, time(0), tzinfo=since.tzinfo) for day in days if day is not None)])

    def item_looked_at(self, key: str, now: datetime) -> Item | None:
        """Return a thing as it stood at an instant; time is asked too where it had fallen when something was last recorded."""
        stood = self._spans[bisect_right(self._starts, now) - 1].first.get(key)
        return self.item_at(key, now) if stood is None or stood.state in SETTLED else stood

    # -- until when somebody had to know -------------------------------------------------------------------------

    def evening(self, day: date) -> datetime:
        """Return when office hours end on a day."""
        return datetime.combine(day, _EVENING, tzinfo=self.end.tzinfo)

    def _first_evening_after(self, instant: datetime) -> datetime:
        """The evening of the first open day after that of an instant: a whole morning lies between them."""
        return self.evening(self.calendar.next_workable(instant.date() + timedelta(days=1)))

    def in_spite_of_outages(self, wanted: datetime) -> datetime:
        """Return by when something is said that was wanted by an instant at which nothing could leave."""
        out = self.lives.outages
        for start, end in sorted((*out.relay, *out.machine, *out.stopped)):
            if start <= wanted:
                wanted = max(wanted, self._first_evening_after(end))
        return wanted

    def named_by(self, claim: Claim) -> datetime:
        """Return until when somebody had to hear of it: an open day before its safe day, or as soon as it was known."""
        assert claim.item.safe_day is not None
        before = self.evening(self.calendar.prev_workable(claim.item.safe_day - timedelta(days=1)))
        return self.in_spite_of_outages(max(before, self._first_evening_after(claim.since)))

    def escalated_by(self, claim: Claim) -> datetime:
        """Return until when the manager had to hear that it was not done."""
        last = claim.item.legal_last_day or claim.item.safe_day
        assert last is not None
        overdue = self.calendar.next_workable(max(last, claim.since.date()) + timedelta(days=1))
        day = self.calendar.add_open(overdue, self.lives.policy.escalate_after)
        return self.in_spite_of_outages(max(self.evening(day), self._first_evening_after(claim.since)))

    def party(self, role: str) -> str:
        """Return the party of a role."""
        return self.convention.roles[role].party

    def addresses_of_party(self, party: str, now: datetime) -> set[str]:
        """Return where the mail of a party's roles goes at an instant."""
        roles = tuple(role for role in self.convention.roles if self.party(role) == party)
        return {one.address.casefold() for one in people(self.standing(now), roles, though_left=True)}

    def roles_of(self, address: str, now: datetime) -> frozenset[str]:
        """Return the roles whose mail goes to an address at an instant."""
        s = self.standing(now)
        return frozenset(r for r in self.convention.roles if recipient(s, r).address.casefold() == address.casefold())

    def silences(self, claim: Claim) -> Iterator[Silence]:
        """Yield what was said of it by whoever takes charge or puts it off, as long as that was the last word of its party."""
        said = [
            r for r in self.member.dossier.facts if isinstance(r.fact, Acknowledged) and r.fact.item == claim.item.key
        ]
        safe, instant = claim.item.safe_day, claim.item.legal_last_instant
        assert safe is not None
        for number, record in enumerate(said):
            fact = record.fact
            assert isinstance(fact, Acknowledged)
            if record.cancelled or fact.answer == "problem" or instant is not None:
                continue
            if not claim.since <= record.recorded_at < claim.until:
                continue
            later = (r.recorded_at for r in said[number + 1 :] if r.id == record.id or _party_says(self, r, fact))
            call_on = safe if fact.until is None else min(safe, self.calendar.next_workable(fact.until))
            stop = min([claim.until, *later])
            yield Silence(self.party(fact.role), record.recorded_at, stop, call_on)

    def addresses(self, roles: tuple[str, ...], now: datetime) -> set[str]:
        """Return where the mail of roles goes at an instant, and went two open days before: a newcomer is told of it first."""
        before = self.evening(self.calendar.prev_workable(now.date() - timedelta(days=3)))
        both = (now, max(before, self.member.dossier.registered_at))
        return {one.address.casefold() for at in both for one in people(self.standing(at), roles, though_left=True)}

    def said(self, claim: Claim, by: datetime, stages: frozenset[str] = ANY, after: date = date.min) -> set[str]:
        """Return the addresses that were told of it, with its day, by an instant, at one of some stages."""
        reference = self.convention.reference
        return {
            sent.address.casefold()
            for sent in self.lives.sent
            if after < sent.at.date() and sent.at <= by
            for of, line in sent.lines()
            if of == reference and claim.is_named_by(line) and line.stage in stages
        }

    def was_alarmed(self, roles: tuple[str, ...], by: datetime) -> bool:
        """Whether mail to one of these roles was refused, and our coordinator or manager was told so."""
        theirs = self.addresses(roles, by)
        refused = [at for at, address in self.lives.refused if at <= by and address.casefold() in theirs]
        ours = self.addresses((self.convention.coordinator, self.convention.manager), by)
        return any(
            sent.address.casefold() in ours and refused and refused[0] <= sent.at <= self._first_evening_after(by)
            for sent in self.lives.sent
            for part in sent.parts
            if part.kind == "undelivered" and part.reference == self.convention.reference
        )

    def said_late(self, claim: Claim, by: datetime) -> set[str]:
        """Return the addresses to which it was listed, once its day was over, in their first mail about the convention."""
        last = claim.item.legal_last_day or claim.item.safe_day
        return self.said(claim, by, frozenset({"now"}), last or date.max)


def _party_says(witness: Witness, record: Recorded, former: Acknowledged) -> bool:
    """Whether a record is another word of the same party, and not only a problem told beside."""
    fact = record.fact
    same = isinstance(fact, Acknowledged) and witness.party(fact.role) == witness.party(former.role)
    return same and isinstance(fact, Acknowledged) and fact.answer != "problem"


def _items(s: Situation) -> dict[str, Item]:
    return {item.key: item for item in agenda_of(s).items}


def _is_legal(item: Item) -> bool:
    if item.kind not in LEGAL or item.safe_day is None or item.done_on is not None or item.traits.is_meeting:
        return False
    return item.state in TO_DO and item.nature in (Nature.DUTY, Nature.OUR_RIGHT)


# -- what must hold ---------------------------------------------------------------------------------------------------


def losses(lives: Lives) -> list[str]:
    """Return everything that silence lost in these lives, or that was said though it should not; nothing when all is well."""
    found = list(_twice_a_day(lives))
    for member in lives.members:
        witness = Witness(lives, member)
        for claim in witness.claims():
            found += [*_unheard(witness, claim), *_called_though_quiet(witness, claim), *_not_escalated(witness, claim)]
        found += [*_moot(witness), *_too_much(witness)]
    return found


def _unheard(witness: Witness, claim: Claim) -> Iterator[str]:
    """What nobody responsible was told of, with its day, an open day before its safe day."""
    by = witness.named_by(claim)
    if claim.until <= by:
        return
    told = witness.said(claim, by)
    if told & witness.addresses(_responsible(witness, claim.item), by) or _was_answered(witness, claim, by):
        return
    if witness.was_alarmed(_responsible(witness, claim.item), by):
        return
    if (
        (item := witness.item_at(claim.item.key, by)) is not None
        and _is_legal(item)
        and item.state is not State.BEST_EFFORT
    ):
        yield f"{_name(witness, claim)}: nobody responsible was told by {by:%d/%m %H:%M}; told: {sorted(told)}"


def _was_answered(witness: Witness, claim: Claim, by: datetime) -> bool:
    """Whether somebody of a party that has to see to it had said that it does: it knows, whoever told it."""
    parties = {witness.party(role) for role in _responsible(witness, claim.item)}
    return any(one.party in parties and one.start <= by for one in witness.silences(claim))


def _called_though_quiet(witness: Witness, claim: Claim) -> Iterator[str]:
    """Whoever took charge of it, or put it off, and was called before; or was not called on the day."""
    reference, zone = witness.convention.reference, witness.end.tzinfo
    for one in witness.silences(claim):
        call_at = datetime.combine(one.call_on, witness.lives.policy.send_from, tzinfo=zone)
        to = [
            (sent.at, sent.address, line.stage)
            for sent in witness.lives.sent
            if sent.address.casefold() in witness.addresses_of_party(one.party, sent.at)
            for part in sent.parts
            if part.reference == reference and part.kind in ("reminders", "urgent")
            for line in part.lines
            if claim.is_named_by(line)
        ]
        for at, address, stage in to:
            if stage in CALLS and one.start < at < min(one.stop, call_at):
                quiet = f"though quiet since {one.start:%d/%m}"
                yield f"{_name(witness, claim)}: {address} was called ({stage}) on {at:%d/%m %H:%M} {quiet}"
        by = witness.in_spite_of_outages(witness.evening(one.call_on))
        roles = _responsible_of(witness, claim.item, one.party)
        if one.start >= call_at or one.stop <= by or not roles:
            continue
        calls = Counter(address for at, address, stage in to if call_at <= at <= by and stage in CALLS)
        # A machine that was off on that day says, once it is on, that it is over.
        heard = any(call_at <= at <= by for at, _, _ in to)
        if not heard and not witness.was_alarmed(tuple(roles), by):
            yield f"{_name(witness, claim)}: nobody of {one.party} was called on {one.call_on}, quiet since {one.start:%d/%m}"
        yield from (f"{_name(witness, claim)}: {address} was called {n} times" for address, n in calls.items() if n > 1)


def _responsible_of(witness: Witness, item: Item, party: str) -> list[str]:
    return [role for role in _responsible(witness, item) if witness.party(role) == party]


def _not_escalated(witness: Witness, claim: Claim) -> Iterator[str]:
    """What was not done after its day, and did not go up to the manager."""
    by = witness.escalated_by(claim)
    if claim.item.nature is not Nature.DUTY or claim.until <= by:
        return
    told = witness.said(claim, by, frozenset({"escalation"})) | witness.said_late(claim, by)
    if told & witness.addresses((witness.convention.manager,), by):
        return
    if (item := witness.item_at(claim.item.key, by)) is not None and item.state is State.LATE:
        yield f"{_name(witness, claim)}: the manager was not told by {by:%d/%m %H:%M}; told: {sorted(told)}"


def _moot(witness: Witness) -> Iterator[str]:
    """What people were reminded of though it was done, or had fallen."""
    for sent in witness.lives.sent:
        for part in sent.parts:
            if part.reference != witness.convention.reference or part.kind not in ("reminders", "urgent"):
                continue
            for line in part.lines:
                stood = witness.item_looked_at(line.item, sent.at)
                recorded = any(
                    record.fact.kind == line.settled_by and getattr(record.fact, "item", None) == line.item
                    for record in in_force(witness.known(sent.at))
                )
                if recorded or stood is None or stood.state in SETTLED:
                    yield f"{part.reference} {line.item}: reminded of ({line.stage}) on {sent.at:%d/%m %H:%M}, moot by then"


def _too_much(witness: Witness) -> Iterator[str]:
    """What is soft said more than once before its day and once after; what whoever only follows, or is informed, did not need."""
    answered = {r.fact.item for r in witness.member.dossier.facts if isinstance(r.fact, Acknowledged)}
    count: Counter[tuple[str, str, str, date | None]] = Counter()
    for sent in witness.lives.sent:
        lines = [
            line
            for part in sent.parts
            if part.reference == witness.convention.reference and part.kind in ("reminders", "urgent")
            for line in part.lines
            if line.legal_last_instant is None and not line.stage.startswith("held")
        ]
        # What left alone may have been tried again for hours: who stood in when it was written was the one to be told.
        his = witness.roles_of(sent.address, sent.mail.at) if lines else frozenset()
        for line in lines:
            when: str = "before its day" if line.stage in CALLS else line.stage
            if line.kind in SOFT and line.item not in answered:
                count[line.item, sent.address, when, line.safe_day] += 1
            owes = (
                set(_responsible(witness, item)) if (item := witness.item_looked_at(line.item, sent.mail.at)) else his
            )
            if not his & (owes | _followers(witness, line.stage)):
                yield f"{line.item}: {sent.address} only follows, and was told of it ({line.stage}) on {sent.at:%d/%m %H:%M}"
    for (key, address, when, _), times in count.items():
        if times > (0 if when == "escalation" else 1):
            yield f"{key}: {address} was told {times} times of what is soft, {when}"


def _followers(witness: Witness, stage: str) -> set[str]:
    """The roles that hear of what they do not owe: our coordinator from the last call on, our manager once it went up."""
    coordinator = {witness.convention.coordinator} if stage in ("last-call", "overdue", "escalation") else set[str]()
    return coordinator | ({witness.convention.manager} if stage == "escalation" else set())


def _twice_a_day(lives: Lives) -> Iterator[str]:
    """Whoever got two mails of the day on one day."""
    count = Counter((sent.address.casefold(), sent.at.date()) for sent in lives.sent if not sent.leaves_alone)
    for (address, day), mails in count.items():
        if mails > 1:
            yield f"{address}: {mails} mails of the day on {day}"


def _responsible(witness: Witness, item: Item) -> tuple[str, ...]:
    return item.responsible or (witness.convention.coordinator,)


def _name(witness: Witness, claim: Claim) -> str:
    days = f"safe {claim.item.safe_day}, legal {claim.item.legal_last_day}"
    return (
        f"{witness.convention.reference} {claim.item.key} ({claim.item.kind}, {days}, since {claim.since:%d/%m %H:%M})"
    )
