"""The door to running conventions: typed, for the command line and the desk; nobody else sees the engine's client."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta

from temporalio.client import (
    Client,
    WorkflowHandle,
)
from temporalio.common import (
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.convention import Convention
from domain.door import check_correction, check_start
from domain.door.checks import check_open
from domain.dossier import Dossier
from domain.facts import Fact, Recorded, in_force
from domain.ports import Custody
from domain.pulse import Round
from engine.answering import RefusedError, UnknownConventionError, answering
from engine.errors import NoAnswerError
from engine.following import link_request, taken_by, to_record
from engine.rounds import last_round
from engine.rows import Row, listed, pressing, purged_row
from engine.waiting_annexes import WaitingAnnexes
from workflows import search_attributes as sa
from workflows.convention import ConventionWorkflow
from workflows.ids import TASK_QUEUE, convention_id
from workflows.messages import (
    ConventionEnd,
    ConventionStart,
    Correct,
    CorrectTerms,
    Record,
    Recording,
    Withdraw,
)

__all__ = [
    "ANSWER_WITHIN",
    "Conventions",
    "NoAnswerError",
    "RefusedError",
    "Row",
    "UnknownConventionError",
    "utc_now",
]

ANSWER_WITHIN = timedelta(seconds=30)
"""How long a command waits for the engine and its worker before it says that nothing answers."""


def utc_now() -> datetime:
    """Return the instant of this machine's clock."""
    return datetime.now(UTC)


class Conventions:
    """Every convention of a namespace.

    Args:
        client: connected client.
        clock: gives the instant at which something is recorded, in the calendar's own time.
        task_queue: where the worker listens.
        custody: the keys and what was purged, None where nothing is encrypted nor purged (a rehearsal).
    """

    def __init__(
        self,
        client: Client,
        clock: Callable[[], datetime] = utc_now,
        *,
        task_queue: str = TASK_QUEUE,
        custody: Custody | None = None,
    ) -> None:
        self.client, self.clock = client, clock
        self._client = client
        self._clock = clock
        self._task_queue = task_queue
        self._custody = custody
        self._annexes = WaitingAnnexes(client)

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        """Register a convention, once for ever, with what is already known of it; the one it follows is told its name.

        Raises:
            Refusal: the terms do not hang together.
            PurgedError: the reference served already, and its file was purged.
            RefusedError: the reference is taken, or the convention it follows has another follow-on.
            NoAnswerError: the engine does not answer.
        """
        now = self._clock()
        check_start(convention, now)
        if self._custody is not None:
            # A key is on the disk before it seals anything: others go on meanwhile.
            await asyncio.to_thread(self._custody.admit, convention.reference)
        former = await self._former(convention)
        dossier = Dossier(convention=convention, registered_at=now, registered_by=by, facts=list(facts))
        try:
            async with answering(convention.reference):
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
        await self._annexes.wake(convention.reference)
        if former is not None and (fact := to_record(former, convention, now)) is not None:
            await self.record(
                convention.follows, fact, former.convention.coordinator, link_request(convention)
            )
        return dossier

    async def _former(self, convention: Convention) -> Dossier | None:
        """Return the convention that a new one follows, None when it follows none or none that is known here.

        Raises:
            RefusedError: the former one already has another follow-on.
        """
        if not convention.follows:
            return None
        try:
            former = await self.dossier(convention.follows)
        except UnknownConventionError:
            return None  # it ended before this program was in use
        if (other := taken_by(former, convention)) is not None:
            raise RefusedError(
                f"{convention.follows} a déjà une suite, {other} : « follows » ne peut pas la nommer de nouveau."
            )
        return former

    async def dossier(self, reference: str) -> Dossier:
        """Return the whole dossier of a convention, open or closed.

        Raises:
            PurgedError: it was purged; the message says where its certificate is.
        """
        if self._custody is not None:
            self._custody.refuse_if_purged(reference)
        async with answering(reference):
            return await self._handle(reference).query(ConventionWorkflow.dossier, rpc_timeout=ANSWER_WITHIN)

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        """Record a fact; a repeated ``request`` records once.

        Raises:
            RefusedError: why not, and what would be accepted.
            UnknownConventionError: no such convention.
            NoAnswerError: nobody answered in time; the fact may be recorded later all the same.
        """
        asked = Record(request=request or uuid.uuid4().hex, fact=fact, recorded_at=self._clock(), by=by)
        async with self._updating(reference) as handle:
            return await handle.execute_update(
                ConventionWorkflow.record, asked, id=asked.request, rpc_timeout=ANSWER_WITHIN
            )

    async def correct(self, reference: str, fact_id: str, changes: dict[str, object], by: str) -> Recording:
        """Put some fields of a fact right; the former version is kept."""
        dossier = await self.dossier(reference)
        now = self._clock()
        fact = check_correction(dossier, fact_id, changes, now)
        return await self._replace(reference, dossier, fact_id, fact, by=by, now=now, cancelled=False)

    async def cancel(self, reference: str, fact_id: str, by: str) -> Recording:
        """Say that a fact was recorded by mistake; it is kept, and no longer counts."""
        dossier = await self.dossier(reference)
        known = _latest(dossier, fact_id)
        return await self._replace(
            reference, dossier, fact_id, known.fact, by=by, now=self._clock(), cancelled=True
        )

    async def _replace(
        self,
        reference: str,
        dossier: Dossier,
        fact_id: str,
        fact: Fact,
        *,
        by: str,
        now: datetime,
        cancelled: bool,
    ) -> Recording:
        asked = Correct(
            request=uuid.uuid4().hex, fact_id=fact_id, version=_latest(dossier, fact_id).version, fact=fact,
            recorded_at=now, by=by, cancelled=cancelled,
        )  # fmt: skip
        async with self._updating(reference) as handle:
            return await handle.execute_update(
                ConventionWorkflow.correct, asked, id=asked.request, rpc_timeout=ANSWER_WITHIN
            )

    async def correct_terms(self, convention: Convention, by: str, why: str) -> None:
        """Replace terms that were typed wrongly; the former ones are kept."""
        asked = CorrectTerms(
            request=uuid.uuid4().hex, convention=convention, recorded_at=self._clock(), by=by, why=why
        )
        async with self._updating(convention.reference) as handle:
            await handle.execute_update(
                ConventionWorkflow.correct_terms, asked, id=asked.request, rpc_timeout=ANSWER_WITHIN
            )

    async def withdraw(self, reference: str, by: str, why: str) -> None:
        """Withdraw a convention registered by mistake: everybody written to is told, meetings are cancelled."""
        asked = Withdraw(recorded_at=self._clock(), by=by, why=why)
        async with self._updating(reference) as handle:
            await handle.execute_update(ConventionWorkflow.withdraw, asked, rpc_timeout=ANSWER_WITHIN)

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        """Return the conventions that match a visibility query, sorted by what must be done first.

        Args:
            query: further conditions, in the engine's own words.
            closed: those whose file is closed too, and those that were purged, whatever the query.
        """
        # A run continued as new is closed too: only the last one is the convention.
        ours = "ExecutionStatus != 'ContinuedAsNew'" if closed else "ExecutionStatus = 'Running'"
        asked = f"WorkflowType = 'Convention' AND {ours}" + (f" AND ({query})" if query else "")
        async with answering(""):
            found = await listed(self._client, asked)
        if closed and self._custody is not None:
            gone = {record.reference: purged_row(record) for record in self._custody.purges()}
            found = [row for row in found if row.reference not in gone] + list(gone.values())
        return sorted(found, key=pressing)

    async def upcoming(self, until: date) -> list[Row]:
        """Return the conventions with an end, a posting day or a safe day up to ``until`` (one windowed query)."""
        # Noon: on SQLite a day, published as its midnight, is not found equal to that midnight.
        limit = datetime.combine(until, time(12), tzinfo=UTC).isoformat()
        names = (sa.END_OF_TERM.name, sa.NEXT_POSTING_DAY.name, sa.NEXT_SAFE_DAY.name)
        return await self.rows(" OR ".join(f"{name} <= '{limit}'" for name in names))

    async def last_round(self) -> Round | None:
        """Return what the robot's last round found, None before the first."""
        async with answering(""):
            return await last_round(self._client)

    async def replan_all(self, rules: str) -> int:
        """Ask every open convention planned by other rules to plan again; return how many were asked.

        A rule that now needs an earlier date must not wait for the next wake-up.
        """
        asked = 0
        query = (
            f"WorkflowType = 'Convention' AND ExecutionStatus = 'Running' AND {sa.RULES.name} != '{rules}'"
        )
        async for execution in self._client.list_workflows(query):
            await self._client.get_workflow_handle(execution.id).signal(ConventionWorkflow.replan, rules)
            asked += 1
        return asked

    @asynccontextmanager
    async def _updating(
        self, reference: str
    ) -> AsyncIterator[WorkflowHandle[ConventionWorkflow, ConventionEnd]]:
        """Give the handle to update; a file that is closed is said to be so, not to be unknown."""
        if self._custody is not None:
            self._custody.refuse_if_purged(reference)
        try:
            async with answering(reference):
                yield self._handle(reference)
        except UnknownConventionError:
            check_open(await self.dossier(reference))
            raise

    def _handle(self, reference: str) -> WorkflowHandle[ConventionWorkflow, ConventionEnd]:
        return self._client.get_workflow_handle_for(ConventionWorkflow.run, convention_id(reference))


def _latest(dossier: Dossier, fact_id: str) -> Recorded:
    found = next((r for r in in_force(tuple(dossier.facts)) if r.id == fact_id), None)
    if found is None:
        known = ", ".join(r.id for r in in_force(tuple(dossier.facts))) or "aucun"
        raise RefusedError(f"Aucun fait « {fact_id} » dans ce dossier. Faits enregistrés : {known}.")
    return found
