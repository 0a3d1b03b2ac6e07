"""Where a convention stands at an instant: terms, facts, and the few dates on which everything else depends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from domain import breach_days, breaches, parents, suspensions
from domain import facts as f
from domain.breaches import Case
from domain.convention import Clause, Convention
from domain.delays import add_months, term_last_day
from domain.letters import Letter, letters
from domain.policy import Policy
from domain.readings import Chosen, chosen
from domain.suspensions import Pause
from domain.working_days import WorkingDays

T = TypeVar("T")
AnyFact = TypeVar("AnyFact", bound=f._Dated)  # noqa: SLF001 - the shared shape of a dated fact


@dataclass(frozen=True)
class Situation:
    """Terms, the facts in force, our policy and one instant.

    Attributes:
        now: aware instant from which states are judged; no clock is read anywhere below.
        registered_on: local day on which the convention was registered here, None outside the engine.
    """

    convention: Convention
    records: tuple[f.Recorded, ...]
    policy: Policy
    now: datetime
    registered_on: date | None = None

    @cached_property
    def calendar(self) -> WorkingDays:
        """The working days of the convention's place."""
        return self.convention.place.calendar()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The local time zone."""
        return ZoneInfo(self.calendar.time_zone)

    @cached_property
    def today(self) -> date:
        """The local day of ``now``."""
        return self.now.astimezone(self.zone).date()

    def of(self, kind: type[AnyFact]) -> tuple[tuple[str, AnyFact], ...]:
        """Return (fact id, fact) of one kind, in recording order."""
        found = self._of_kind.get(kind)
        if found is None:
            found = tuple((r.id, r.fact) for r in self.records if isinstance(r.fact, kind))
            self._of_kind[kind] = found
        return cast("tuple[tuple[str, AnyFact], ...]", found)

    def last(self, kind: type[AnyFact]) -> AnyFact | None:
        """Return the last recorded fact of one kind, None if there is none."""
        found = self.of(kind)
        return found[-1][1] if found else None

    def clause(self, ids: tuple[str, ...]) -> Clause:
        """Return the clause quoted for ``ids``."""
        return self._clauses[ids[0]]

    def of_event(self, event: str) -> tuple[tuple[str, f.Happened], ...]:
        """Return (fact id, fact) of each recorded occurrence of an event."""
        return self._of_event.get(event, ())

    def done_on(self, key: str) -> date | None:
        """Return the day an item was recorded as done, None if it was not."""
        return self._done_on.get(key)

    def answer(self, question: str) -> f.QuestionAnswered | None:
        """Return the last answer to a question, None while it is open."""
        return self._answers.get(question)

    def reading(self, clauses: tuple[str, ...], readings: tuple[str, ...], default: str) -> Chosen:
        """Return the reading to compute a clause with: the one answered, else the prudent one."""
        return chosen(self.convention, self.records, clauses, readings, default)

    # -- indexes: an agenda asks the same things of the facts for each of its items ----------------------------

    @cached_property
    def _of_kind(self) -> dict[type, tuple[tuple[str, object], ...]]:
        return {}

    @cached_property
    def _of_event(self) -> dict[str, tuple[tuple[str, f.Happened], ...]]:
        found: dict[str, tuple[tuple[str, f.Happened], ...]] = {}
        for record in self.records:
            if isinstance(record.fact, f.Happened):
                found[record.fact.event] = (*found.get(record.fact.event, ()), (record.id, record.fact))
        return found

    @cached_property
    def _done_on(self) -> dict[str, date]:
        return {fact.item: fact.on for _, fact in self.of(f.DutyDone)}  # the last one recorded wins

    @cached_property
    def _answers(self) -> dict[str, f.QuestionAnswered]:
        return {fact.question: fact for _, fact in self.of(f.QuestionAnswered)}  # the last one recorded wins

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in reversed(self.convention.clause)}  # the first written wins

    def once(self, what: str, key: str, subject: object, compute: Callable[[], T]) -> T:
        """Return ``compute()``, worked out once; it may depend on this situation and ``subject`` alone.

        Args:
            what: what is computed.
            key: the name of the subject.
            subject: compared by identity: an item as it stood at another instant has the same key.
        """
        known = self._memo.get((what, key))
        if known is None or known[0] is not subject:
            known = self._memo[what, key] = (subject, compute())
        return cast("T", known[1])

    @cached_property
    def _memo(self) -> dict[tuple[str, str], tuple[object, object]]:
        return {}

    @cached_property
    def meeting_dates(self) -> dict[str, tuple[f.Recorded, ...]]:
        """The dates of each meeting, fixed or given up, by the key of its item, in recording order."""
        found: dict[str, tuple[f.Recorded, ...]] = {}
        for record in self.records:
            if isinstance(record.fact, f.MeetingArranged | f.MeetingCancelled):
                found[record.fact.item] = (*found.get(record.fact.item, ()), record)
        return found

    @cached_property
    def meetings_held(self) -> dict[str, date]:
        """The day each meeting was held, by the key of its item; the last one recorded wins."""
        return {fact.item: fact.on for _, fact in self.of(f.MeetingHeld)}

    # -- the act -----------------------------------------------------------------------------------------------

    @cached_property
    def adopted_on(self) -> date | None:
        """Day of the vote."""
        fact = self.last(f.ActAdopted)
        return fact.on if fact else None

    @cached_property
    def published_on(self) -> date | None:
        """Day of publication of the act."""
        fact = self.last(f.ActPublished)
        return fact.on if fact else None

    @cached_property
    def transmitted_on(self) -> date | None:
        """Day the prefecture received the act."""
        fact = self.last(f.ActTransmitted)
        return fact.on if fact else None

    @cached_property
    def executory_on(self) -> date | None:
        """Day the act became executory: published *and* transmitted (CGCT L.2131-1); None until both are known."""
        if self.published_on is None or self.transmitted_on is None:
            return None
        return max(self.published_on, self.transmitted_on)

    # -- signatures, effect, end -------------------------------------------------------------------------------

    @cached_property
    def signatures(self) -> dict[str, date]:
        """Day each party signed."""
        return {fact.party: fact.on for _, fact in self.of(f.Signed)}

    @cached_property
    def last_signature(self) -> date | None:
        """Day of the last signature, None until every party has signed."""
        if any(party not in self.signatures for party in self.convention.parties):
            return None
        return max(self.signatures.values())

    @cached_property
    def effect_on(self) -> date | None:
        """First day of effect; None for « à la signature » until all have signed.

        Where the text forbids an annex to begin before its parent is signed, it waits for that signature.
        """
        effect = self.convention.effect
        if effect.rule == "fixed" or self.last_signature is None or not effect.not_before_parent_signature:
            return effect.on if effect.rule == "fixed" else self.last_signature
        signed = parents.parent_signed_on(self)
        return None if signed is None else max(self.last_signature, signed)

    @cached_property
    def operational_from(self) -> date | None:
        """Day from which duties run: the latest of effect, last signature and executory act; None until known."""
        if self.effect_on is None or self.last_signature is None:
            return None
        if self.convention.act is not None and self.executory_on is None:
            return None
        return max(d for d in (self.effect_on, self.last_signature, self.executory_on) if d is not None)

    @cached_property
    def own_end(self) -> date | None:
        """Last day by the convention's own words and amendments, whatever its parent does."""
        amended = [fact.ends_on for _, fact in self.of(f.Amended) if fact.ends_on is not None]
        if amended:
            return amended[-1]
        term = self.convention.term
        if term.ends_on is not None:
            return term.ends_on
        if term.months is None or self.effect_on is None:
            return None
        eve = term_last_day(self.effect_on, term.months)
        return self.anniversary_end if self.anniversary_end and self.term_reading.id == "anniversary" else eve

    @cached_property
    def term_reading(self) -> Chosen:
        """How « un an à compter de la signature » ends: on the eve of the anniversary, unless somebody answers."""
        return self.reading(self.convention.term.clauses, ("eve", "anniversary"), "eve")

    @cached_property
    def anniversary_end(self) -> date | None:
        """The other reading of a term counted from a signature: the anniversary itself; None where nothing is contested."""
        term = self.convention.term
        amended = any(fact.ends_on is not None for _, fact in self.of(f.Amended))
        counted = self.convention.effect.rule == "last-signature" and term.ends_on is None and not amended
        if not counted or term.months is None or self.effect_on is None:
            return None
        return add_months(self.effect_on, term.months)

    @cached_property
    def parent_end(self) -> date | None:
        """The parent's last day as it binds this convention, None while unknown."""
        return parents.parent_end(self)

    @cached_property
    def natural_end(self) -> date | None:
        """Last day in force if nobody ends it early; None while it cannot be known."""
        term = self.convention.term
        if term.with_parent:
            return self.parent_end
        if term.within_parent:
            if self.parent_end is None:
                return None
            return min(d for d in (self.own_end, self.parent_end) if d is not None)
        return self.own_end

    @cached_property
    def cap(self) -> date | None:
        """The day no amendment may go beyond, None without such a clause or effect."""
        months = self.convention.term.cap_months
        if months is None or self.effect_on is None:
            return None
        return term_last_day(self.effect_on, months)

    @cached_property
    def ends_on(self) -> date | None:
        """Last day in force, as now known: the natural end or an early one."""
        letters_end = (letter.ends_on for letter in self.letters)
        known = [self.natural_end, parents.falls_on(self), *letters_end, *self.breach_ends.values()]
        days = [day for day in known if day is not None]
        return min(days) if days else None

    @cached_property
    def breach_cases(self) -> tuple[Case, ...]:
        """Every run of a breach procedure."""
        return breaches.cases(self.convention.breach, self.records)

    @cached_property
    def breach_ends(self) -> dict[str, date]:
        """Last day in force that each breach produces, by the id of its case; what the term ends first is left out."""
        found: dict[str, date] = {}
        for case in self.breach_cases:
            end = breach_days.end_of(self, case)
            if end is None:
                continue
            day = breach_days.lived_by(self, case, end)
            if self.natural_end is None or day < self.natural_end:
                found[case.id] = day
        return found

    @cached_property
    def ends_by_breach(self) -> Case | None:
        """The breach that ends the convention, None when something else does."""
        ends = self.breach_ends
        return next((case for case in self.breach_cases if case.id in ends and ends[case.id] == self.ends_on), None)

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        """Every suspension, those to come included."""
        return suspensions.pauses(self)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters ending the convention, each with the effect its facts give it."""
        return letters(self.convention, self.records, self.effect_on, self.natural_end, self.calendar)

    @cached_property
    def ended_early(self) -> bool:
        """Whether a notice cuts the natural term short, its own or its parent's that it falls with."""
        if self.ends_on is None:
            return False
        return self.ends_on != self.natural_end or self.falls_with_its_parent

    @cached_property
    def falls_with_its_parent(self) -> bool:
        """Whether it ends early because its parent was ended early."""
        gone = parents.falls_on(self)
        return gone is not None and gone == self.ends_on

    @property
    def is_over(self) -> bool:
        """Whether the last day in force is behind us."""
        return self.ends_on is not None and self.today > self.ends_on

    @cached_property
    def in_litigation(self) -> bool:
        """Whether a litigation was opened and not closed since."""
        opened = [(fact.on, n) for n, fact in self._litigation(f.LitigationOpened)]
        closed = [(fact.on, n) for n, fact in self._litigation(f.LitigationClosed)]
        return bool(opened) and (not closed or max(opened) > max(closed))

    def _litigation(self, kind: type[AnyFact]) -> list[tuple[int, AnyFact]]:
        """Facts of one kind with their place: the day decides, and the place among facts of the same day."""
        return [(n, r.fact) for n, r in enumerate(self.records) if isinstance(r.fact, kind)]

    def anniversary(self, years: int) -> date | None:
        """Return the same day ``years`` after the effect, None without an effect."""
        return None if self.effect_on is None else add_months(self.effect_on, 12 * years)
