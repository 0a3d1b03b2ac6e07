"""What is known of a convention at an instant: terms, facts in force, our policy."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld
from echeancier.domain.facts.personal_data import CertificateReceived
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Frozen
from echeancier.domain.standing import breach_cases as breaches
from echeancier.domain.standing.breach_cases import BreachRun
from echeancier.domain.standing.deliberations import Deliberation, all_executory, deliberations
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.readings import Chosen, chosen
from echeancier.domain.standing.versions import NONE, Versions, counted_anew
from echeancier.domain.terms.convention import Clause, Convention
from echeancier.domain.terms.policy import Policy

T = TypeVar("T")
OneKind = TypeVar("OneKind", bound=Frozen)
OneDated = TypeVar("OneDated", bound=Dated)


@dataclass(frozen=True)
class TermsAndFacts:
    """Terms, the facts in force, our policy and one instant.

    Attributes:
        now: aware instant from which states are judged; no clock is read anywhere below.
        registered_on: local day on which the convention was registered here, None outside the engine.
        carried: by the id of an act that others cite too, the reference of the convention that has it published and
            transmitted; this one does where nothing is said.
        annexes: the references of the conventions that hang from this one and made themselves known.
        versions: the terms as amendments made them follow one another.
        version: which of them ``convention`` is; None where each thing goes by those of its own day, ``convention`` by those of
            today.
    """

    convention: Convention
    records: tuple[Recorded, ...]
    policy: Policy
    now: datetime
    registered_on: date | None = None
    carried: Mapping[str, str] = field(default_factory=dict, hash=False)
    versions: Versions = field(default=NONE, hash=False)
    version: int | None = None
    annexes: tuple[str, ...] = ()

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

    def carried_elsewhere(self, act: Deliberation) -> str:
        """Return the reference of the other convention that has an act published and transmitted; empty when it is this one."""
        by = self.carried.get(act.name, "")
        return "" if by == self.convention.reference else by

    def of(self, kind: type[OneKind]) -> tuple[tuple[str, OneKind], ...]:
        """Return (fact id, fact) of one kind, in recording order."""
        return cast("tuple[tuple[str, OneKind], ...]", self._of_kind.get(kind, ()))

    def last(self, kind: type[OneKind]) -> OneKind | None:
        """Return the last recorded fact of one kind, None if there is none."""
        found = self.of(kind)
        return found[-1][1] if found else None

    def latest(self, kind: type[OneDated]) -> OneDated | None:
        """Return the fact of one kind with the latest day of its own, in whatever order they were told; of one day, the last."""
        return max((fact for _, fact in reversed(self.of(kind))), key=attrgetter("on"), default=None)

    def clause(self, ids: tuple[str, ...]) -> Clause:
        """Return the clause quoted for ``ids``."""
        return self._clauses[ids[0]]

    def terms_on(self, day: date) -> Convention:
        """Return the terms in force on a day."""
        return self.versions.all[self.versions.on(day)].convention if self.versions.all else self.convention

    def counted_anew(self, series: str) -> str:
        """Return what begins the occurrences of a series once an amendment counts its times otherwise; empty without one."""
        known = self.versions
        number = known.on(self.today) if known.all and self.version is None else self.version or 0
        return counted_anew(known.all[: number + 1], series)

    def cited(self, clause: Clause) -> tuple[str, ...]:
        """Return the id of a clause as a letter cites it; nothing for an article of law, which is not in the paper."""
        return (clause.id,) if self._clauses.get(clause.id) == clause else ()

    def of_event(self, event: str) -> tuple[tuple[str, Happened], ...]:
        """Return (fact id, fact) of each recorded occurrence of an event."""
        return self._of_event.get(event, ())

    def done_on(self, key: str) -> date | None:
        """Return the day an item was recorded as done, None if it was not."""
        return self._done_on.get(key)

    def answer(self, question: str) -> QuestionAnswered | None:
        """Return the last answer to a question, None while it is open."""
        return self._answers.get(question)

    def reading(self, clauses: tuple[str, ...], readings: tuple[str, ...], default: str) -> Chosen:
        """Return the reading to compute a clause with: the one answered, else the prudent one."""
        return chosen(self.convention, self.records, clauses, readings, default)

    # -- indexes: an agenda asks the same things of the facts for each of its items --------------------------

    @cached_property
    def _of_kind(self) -> dict[type, tuple[tuple[str, object], ...]]:
        found: dict[type, list[tuple[str, object]]] = defaultdict(list)
        for record in self.records:
            for kind in type(record.fact).__mro__:
                found[kind].append((record.id, record.fact))
        return {kind: tuple(facts) for kind, facts in found.items()}

    @cached_property
    def _of_event(self) -> dict[str, tuple[tuple[str, Happened], ...]]:
        found: dict[str, tuple[tuple[str, Happened], ...]] = {}
        for record in self.records:
            if isinstance(record.fact, Happened):
                found[record.fact.event] = (*found.get(record.fact.event, ()), (record.id, record.fact))
        return found

    @cached_property
    def kept_on(self) -> dict[str, date]:
        """The day each thing was done or each meeting held, by the key of its item."""
        return {**self.meetings_held, **self._done_on}

    @cached_property
    def _done_on(self) -> dict[str, date]:
        # To write « sous huitaine » is to post the letter: nobody has to say it twice.
        sent = {x.about: x.on for _, x in self.of(LetterPosted) if x.letter == "account-manager"}
        certified = {x.item: x.destroyed_on for _, x in self.of(CertificateReceived) if x.destroyed_on is not None}
        return {
            **sent,
            **certified,
            **{fact.item: fact.on for _, fact in self.of(DutyDone)},
        }  # the last one recorded wins

    @cached_property
    def _answers(self) -> dict[str, QuestionAnswered]:
        return {fact.question: fact for _, fact in self.of(QuestionAnswered)}  # the last one recorded wins

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        others = (one.convention for one in self.versions.all)
        written = (clause for terms in (self.convention, *others) for clause in terms.clause)
        return {clause.id: clause for clause in reversed([*written])}  # the first written wins

    def computed_once(self, what: str, key: Hashable, subject: object, compute: Callable[[], T]) -> T:
        """Return ``compute()``, worked out once; it may depend on this situation and ``subject`` alone.

        Args:
            what: what is computed.
            key: the name of the subject.
            subject: compared by identity: an item as it stood at another instant has the same key.
            compute: what gives the answer the first time.
        """
        known = self._memo.get((what, key))
        if known is None or known[0] is not subject:
            known = self._memo[what, key] = (subject, compute())
        return cast("T", known[1])

    @cached_property
    def _memo(self) -> dict[tuple[str, Hashable], tuple[object, object]]:
        return {}

    @cached_property
    def meeting_dates(self) -> dict[str, tuple[Recorded, ...]]:
        """The dates of each meeting, fixed, given up or used in vain, by the key of its item, in recording order."""
        found: dict[str, tuple[Recorded, ...]] = {}
        for record in self.records:
            fact = record.fact
            if not isinstance(fact, MeetingArranged | MeetingCancelled | MeetingHeld):
                continue
            if isinstance(fact, MeetingHeld) and self.had_quorum(fact):
                continue
            found[fact.item] = (*found.get(fact.item, ()), record)
        return found

    @cached_property
    def meetings_held(self) -> dict[str, date]:
        """The day each meeting was held with its quorum, by the key of its item; the last one recorded wins."""
        return {fact.item: fact.on for _, fact in self.of(MeetingHeld) if self.had_quorum(fact)}

    def had_quorum(self, held: MeetingHeld) -> bool:
        """Whether enough people were there; a number that nobody gave is not held against the meeting."""
        return held.present is None or held.present >= self.quorum(held.item)

    def quorum(self, item: str) -> int:
        """Return how many must be present at the meeting of an item, 0 when the preferences do not say."""
        duty = next((d for d in self.convention.duty if d.id == series_of(item)), None)
        return duty.meeting.quorum if duty is not None and duty.meeting is not None else 0

    # -- the act -----------------------------------------------------------------------------------------------

    @cached_property
    def deliberations(self) -> tuple[Deliberation, ...]:
        """Each act that the convention waits for, with what was recorded of it."""
        return deliberations(self.convention.act, self.records)

    @cached_property
    def adopted_on(self) -> date | None:
        """Day of the first vote: nobody signs before; None until one is recorded."""
        return min((one.adopted_on for one in self.deliberations if one.adopted_on is not None), default=None)

    @cached_property
    def executory_on(self) -> date | None:
        """Day on which every act is executory; None until each is."""
        return all_executory(self.deliberations)

    @cached_property
    def breach_cases(self) -> tuple[BreachRun, ...]:
        """Every run of a breach procedure."""
        return breaches.cases(self.convention, self.records)
