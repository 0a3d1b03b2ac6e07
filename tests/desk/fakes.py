"""A register of conventions in memory: the real door, the real domain, no engine; what was asked is recorded."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.desk.purge.purges import Deed
from echeancier.domain.afterwards.purge import Confirmation, PurgeState, check_confirm, check_hold, check_release
from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, FormerTerms, Withdrawal
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.search import attributes
from echeancier.domain.recording import Refusal, admit, cancel, check_start, correct
from echeancier.domain.running.health import Round
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.following import link_request, to_record
from echeancier.engine.gateway import RefusedError, Row, UnknownConventionError
from echeancier.engine.rows import instant_of
from workflows.messages import PurgeDecision, Recording

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = datetime(2023, 3, 1, 9, 0, tzinfo=UTC)


def now() -> datetime:
    return NOW


def example(name: str, registered_at: datetime = datetime(2021, 5, 3, 8, tzinfo=UTC)) -> Dossier:
    convention = load_convention(EXAMPLES / f"{name}.toml")
    facts = as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), convention.place.time_zone)
    return Dossier(convention=convention, registered_at=registered_at, registered_by="coordinator", facts=list(facts))


def row_of(dossier: Dossier, at: datetime) -> Row:
    found = attributes(Context(dossier, at, DEFAULT_POLICY))
    return Row(
        reference=dossier.convention.reference,
        status=found.status,
        kind=found.kind,
        partner=found.partner,
        service=found.service,
        bound_until=found.end_of_term,
        next_posting_day=found.next_posting_day,
        next_safe_day=found.next_safe_day,
        has_alert=found.has_alert,
        renews_itself=found.renews_itself,
        last_instant=instant_of(found.last_instant),
        is_open=dossier.closed_at is None,
    )


@dataclass
class FakePurges:
    """Purges in memory, behind the real door of the domain."""

    states: dict[str, PurgeState] = field(default_factory=dict)
    decided: list[tuple[str, str, str]] = field(default_factory=list)

    async def state(self, reference: str) -> PurgeState | None:
        return self.states.get(reference)

    async def decide(self, reference: str, deed: Deed, by: str, basis: Basis | None = None) -> PurgeState:
        state = self.states[reference]
        PurgeDecision(request=f"{deed}-asked", recorded_at=NOW, by=by)
        try:
            if deed == "confirm":
                check_confirm(state, basis)
                assert basis is not None
                change: dict[str, object] = {"confirmed": Confirmation(at=NOW, by=by, basis=basis)}
            elif deed == "hold":
                check_hold(state)
                change = {"held_since": NOW, "confirmed": None}
            else:
                check_release(state)
                change = {"held_since": None}
        except Refusal as refused:
            raise RefusedError(str(refused)) from refused
        self.decided.append((reference, deed, by))
        self.states[reference] = state.model_copy(update=change)
        return self.states[reference]


@dataclass
class FakeRegister:
    """Refuses what the door refuses, remembers who asked for what."""

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    at: datetime = NOW
    calls: list[tuple[str, ...]] = field(default_factory=list)
    down: Exception | None = None
    round: Round | None = None
    stuck: tuple[Trouble, ...] = ()

    @classmethod
    def of(cls, *dossiers: Dossier, at: datetime = NOW) -> "FakeRegister":
        return cls({d.convention.reference: d for d in dossiers}, at)

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        self.calls.append(("start", convention.reference, by))
        check_start(convention, self.at)
        if convention.reference in self.dossiers:
            raise RefusedError(f"La convention « {convention.reference} » est déjà enregistrée.")
        dossier = Dossier(convention=convention, registered_at=self.at, registered_by=by, facts=list(facts))
        self.dossiers[convention.reference] = dossier
        former = self.dossiers.get(convention.follows)
        if former is not None and (fact := to_record(former, convention, self.at)) is not None:
            former.facts.append(admit(former, fact, self.at, by, link_request(convention)))
        return dossier

    async def dossier(self, reference: str) -> Dossier:
        self.calls.append(("dossier", reference))
        if self.down is not None:
            raise self.down
        return self._dossier(reference).model_copy(deep=True)

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        self.calls.append(("record", reference, fact.kind, by, request))
        dossier = self._dossier(reference)
        try:
            record = admit(dossier, fact, self.at, by, request)
        except Refusal as refused:
            raise RefusedError(str(refused)) from refused
        dossier.facts.append(record)
        return Recording(fact_id=record.id, version=record.version)

    async def correct(self, reference: str, fact_id: str, changes: dict[str, object], by: str) -> Recording:
        self.calls.append(("correct", reference, fact_id, by))
        dossier = self._dossier(reference)
        record = correct(dossier, fact_id, changes, self.at, by)
        dossier.facts.append(record)
        return Recording(fact_id=record.id, version=record.version)

    async def cancel(self, reference: str, fact_id: str, by: str) -> Recording:
        self.calls.append(("cancel", reference, fact_id, by))
        dossier = self._dossier(reference)
        record = cancel(dossier, fact_id, self.at, by)
        dossier.facts.append(record)
        return Recording(fact_id=record.id, version=record.version)

    async def correct_terms(self, convention: Convention, by: str, why: str) -> None:
        self.calls.append(("correct_terms", convention.reference, by, why))
        dossier = self._dossier(convention.reference)
        dossier.former_terms.append(
            FormerTerms(convention=dossier.convention, replaced_at=self.at, replaced_by=by, why=why)
        )
        dossier.convention = convention

    async def withdraw(self, reference: str, by: str, why: str) -> None:
        self.calls.append(("withdraw", reference, by, why))
        self._dossier(reference).withdrawn = Withdrawal(at=self.at, by=by, why=why)

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        self.calls.append(("rows", query))
        return sorted(
            (row_of(d, self.at) for d in self.dossiers.values() if closed or d.closed_at is None),
            key=lambda row: (row.next_safe_day or date.max, row.reference),
        )

    async def upcoming(self, until: date) -> list[Row]:
        self.calls.append(("upcoming", until.isoformat()))
        return [
            row
            for row in await self.rows()
            if any(day and day <= until for day in (row.bound_until, row.next_posting_day, row.next_safe_day))
        ]

    async def troubles(self) -> tuple[Trouble, ...]:
        if self.down is not None and not self.stuck:
            raise self.down
        return self.stuck

    async def remove(self, reference: str, by: str, basis: Basis) -> None:
        self.calls.append(("remove", reference, by, basis))
        self.stuck = tuple(one for one in self.stuck if one.reference != reference)
        self.dossiers.pop(reference, None)

    async def last_round(self) -> Round | None:
        if self.down is not None:
            raise self.down
        return self.round

    def _dossier(self, reference: str) -> Dossier:
        if reference not in self.dossiers:
            raise UnknownConventionError(f"Aucune convention « {reference} » n’est ouverte ici.")
        return self.dossiers[reference]
