"""The door to running conventions: typed, for the command line and the desk; nobody else sees the engine's client."""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import (
    SearchAttributeKey,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.convention import Convention
from domain.door import check_correction, check_start
from domain.dossier import Dossier
from domain.errors import EcheancierError
from domain.facts import Fact, Recorded, in_force
from workflows import search_attributes as sa
from workflows.convention import REFUSED, ConventionWorkflow
from workflows.ids import TASK_QUEUE, convention_id
from workflows.messages import ConventionEnd, ConventionStart, Correct, CorrectTerms, Record, Recording, Withdraw

ANSWER_WITHIN = timedelta(seconds=30)
"""How long a command waits for the engine and its worker before it says that nothing answers."""


class RefusedError(EcheancierError):
    """The door refused; the message says why and what would be accepted."""


class UnknownConventionError(EcheancierError):
    """No convention of that reference is registered here."""


class NoAnswerError(EcheancierError):
    """The engine answered, but no worker did."""


@dataclass(frozen=True)
class Row:
    """One line of a list of conventions, from the engine's visibility."""

    reference: str
    status: str
    kind: str
    partner: str
    service: str
    ends_on: date | None
    next_posting_day: date | None
    next_safe_day: date | None
    has_alert: bool


def utc_now() -> datetime:
    """Return the instant of this machine's clock."""
    return datetime.now(UTC)


class Conventions:
    """Every convention of a namespace.

    Args:
        client: connected client.
        clock: gives the instant at which something is recorded, in the calendar's own time.
        task_queue: where the worker listens.
    """

    def __init__(self, client: Client, clock: Callable[[], datetime] = utc_now, *, task_queue: str = TASK_QUEUE) -> None:
        self._client = client
        self._clock = clock
        self._task_queue = task_queue

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        """Register a convention, once for ever, with what is already known of it.

        Raises:
            RefusedError: the terms do not hang together, or the reference is taken.
        """
        now = self._clock()
        check_start(convention, now)
        dossier = Dossier(convention=convention, registered_at=now, registered_by=by, facts=list(facts))
        try:
            await self._client.start_workflow(
                ConventionWorkflow.run,
                ConventionStart(dossier=dossier),
                id=convention_id(convention.reference),
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                static_summary=convention.reference,
                rpc_timeout=ANSWER_WITHIN,
            )
        except WorkflowAlreadyStartedError as error:
            raise RefusedError(
                f"La convention « {convention.reference} » est déjà enregistrée : une référence ne sert qu’une fois. "
                f"Pour la voir : echeancier show {convention.reference}"
            ) from error
        return dossier

    async def dossier(self, reference: str) -> Dossier:
        """Return the whole dossier of a convention, open or closed."""
        async with _answering(reference):
            return await self._handle(reference).query(ConventionWorkflow.dossier, rpc_timeout=ANSWER_WITHIN)

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        """Record a fact; a repeated ``request`` records once."""
        asked = Record(request=request or uuid.uuid4().hex, fact=fact, recorded_at=self._clock(), by=by)
        async with _answering(reference):
            return await self._handle(reference).execute_update(
                ConventionWorkflow.record, asked, id=asked.request, rpc_timeout=ANSWER_WITHIN
            )

    async def correct(self, reference: str, fact_id: str, changes: dict[str, object], by: str) -> Recording:
        """Put some fields of a fact right; the former version is kept."""
        dossier = await self.dossier(reference)
        now = self._clock()
        fact = check_correction(dossier, fact_id, changes, now)
        return await self._replace(reference, dossier, fact_id, fact, by, now, cancelled=False)

    async def cancel(self, reference: str, fact_id: str, by: str) -> Recording:
        """Say that a fact was recorded by mistake; it is kept, and no longer counts."""
        dossier = await self.dossier(reference)
        known = _latest(dossier, fact_id)
        return await self._replace(reference, dossier, fact_id, known.fact, by, self._clock(), cancelled=True)

    async def _replace(
        self, reference: str, dossier: Dossier, fact_id: str, fact: Fact, by: str, now: datetime, *, cancelled: bool
    ) -> Recording:
        asked = Correct(
            request=uuid.uuid4().hex, fact_id=fact_id, version=_latest(dossier, fact_id).version, fact=fact,
            recorded_at=now, by=by, cancelled=cancelled,
        )  # fmt: skip
        async with _answering(reference):
            return await self._handle(reference).execute_update(
                ConventionWorkflow.correct, asked, id=asked.request, rpc_timeout=ANSWER_WITHIN
            )

    async def correct_terms(self, convention: Convention, by: str, why: str) -> None:
        """Replace terms that were typed wrongly; the former ones are kept."""
        asked = CorrectTerms(
            request=uuid.uuid4().hex, convention=convention, recorded_at=self._clock(), by=by, why=why
        )
        async with _answering(convention.reference):
            await self._handle(convention.reference).execute_update(
                ConventionWorkflow.correct_terms, asked, id=asked.request, rpc_timeout=ANSWER_WITHIN
            )

    async def withdraw(self, reference: str, by: str, why: str) -> None:
        """Withdraw a convention registered by mistake: everybody written to is told, meetings are cancelled."""
        asked = Withdraw(recorded_at=self._clock(), by=by, why=why)
        async with _answering(reference):
            await self._handle(reference).execute_update(
                ConventionWorkflow.withdraw, asked, rpc_timeout=ANSWER_WITHIN
            )

    async def rows(self, query: str = "") -> list[Row]:
        """Return the conventions that match a visibility query, sorted by what must be done first."""
        only_ours = "WorkflowType = 'Convention' AND ExecutionStatus = 'Running'"
        found = [
            _row(execution.id, execution.typed_search_attributes)
            async for execution in self._client.list_workflows(f"{only_ours} AND ({query})" if query else only_ours)
        ]
        return sorted(found, key=lambda row: (row.next_safe_day or date.max, row.reference))

    async def upcoming(self, until: date) -> list[Row]:
        """Return the conventions with an end, a posting day or a safe day up to ``until`` (one windowed query)."""
        limit = datetime.combine(until, time(0), tzinfo=UTC).isoformat()
        names = (sa.END_OF_TERM.name, sa.NEXT_POSTING_DAY.name, sa.NEXT_SAFE_DAY.name)
        return await self.rows(" OR ".join(f"{name} <= '{limit}'" for name in names))

    async def replan_all(self, rules: str) -> int:
        """Ask every open convention planned by other rules to plan again; return how many were asked.

        A rule that now needs an earlier date must not wait for the next wake-up.
        """
        asked = 0
        query = f"WorkflowType = 'Convention' AND ExecutionStatus = 'Running' AND {sa.RULES.name} != '{rules}'"
        async for execution in self._client.list_workflows(query):
            await self._client.get_workflow_handle(execution.id).signal(ConventionWorkflow.replan, rules)
            asked += 1
        return asked

    def _handle(self, reference: str) -> WorkflowHandle[ConventionWorkflow, ConventionEnd]:
        return self._client.get_workflow_handle_for(ConventionWorkflow.run, convention_id(reference))


def _latest(dossier: Dossier, fact_id: str) -> Recorded:
    found = next((r for r in in_force(tuple(dossier.facts)) if r.id == fact_id), None)
    if found is None:
        known = ", ".join(r.id for r in in_force(tuple(dossier.facts))) or "aucun"
        raise RefusedError(f"Aucun fait « {fact_id} » dans ce dossier. Faits enregistrés : {known}.")
    return found


def _row(workflow_id: str, found: TypedSearchAttributes) -> Row:
    def day(key: SearchAttributeKey[datetime]) -> date | None:
        instant = found.get(key)
        return instant.astimezone(UTC).date() if instant is not None else None

    return Row(
        reference=workflow_id.removeprefix("convention-"),
        status=found.get(sa.CONVENTION_STATUS) or "preparation",
        kind=found.get(sa.CONVENTION_KIND) or "",
        partner=found.get(sa.PARTNER) or "",
        service=found.get(sa.SERVICE) or "",
        ends_on=day(sa.END_OF_TERM),
        next_posting_day=day(sa.NEXT_POSTING_DAY),
        next_safe_day=day(sa.NEXT_SAFE_DAY),
        has_alert=bool(found.get(sa.HAS_ALERT)),
    )


@asynccontextmanager
async def _answering(reference: str) -> AsyncIterator[None]:
    """Turn the engine's errors into words a coordinator can act on."""
    try:
        yield
    except WorkflowUpdateFailedError as error:
        if isinstance(error.cause, ApplicationError) and error.cause.type == REFUSED:
            raise RefusedError(error.cause.message) from error
        raise
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise UnknownConventionError(
                f"Aucune convention « {reference} » n’est ouverte ici. Pour les voir toutes : echeancier list"
            ) from error
        if error.status in (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED, RPCStatusCode.FAILED_PRECONDITION):
            raise NoAnswerError(
                "Le moteur est là mais aucun robot ne répond : vérifiez que « echeancier run » (ou le worker) tourne."
            ) from error
        raise
