"""The door to the purges that wait: looked at, confirmed, held, released."""

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Literal

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from echeancier.domain.afterwards.purge import Confirmation, PurgeState
from echeancier.domain.afterwards.purge_record import Basis, PurgeRecord
from echeancier.engine.answering import RefusedError, UnknownConventionError, answering
from echeancier.engine.asking import ask, tell
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.troubles import Doctor
from workflows.ids import TASK_QUEUE, purge_id
from workflows.messages import ConfirmPurge, HoldPurge, PurgeStart, ReleasePurge
from workflows.purge import PurgeWorkflow

Deed = Literal["confirm", "hold", "release"]


def purges_of(door: Conventions) -> "Purges":
    """Return the purges of the same engine and clock as a door to the conventions."""
    return Purges(door.client, door.clock)


class Purges:
    """Every purge of a namespace.

    Args:
        client: connected client.
        clock: gives the instant at which something is recorded, in the calendar's own time.
    """

    def __init__(self, client: Client, clock: Callable[[], datetime] = utc_now) -> None:
        self._client = client
        self._clock = clock
        self._doctor = Doctor(client, utc_now)

    async def state(self, reference: str) -> PurgeState | None:
        """Return what is known of the purge of a closed file, None where none waits."""
        handle = self._client.get_workflow_handle(purge_id(reference), result_type=PurgeRecord)
        try:
            async with answering(reference, self._doctor.why):
                return await ask(handle, PurgeWorkflow.state)
        except UnknownConventionError:
            return None

    async def decide(self, reference: str, deed: Deed, by: str, basis: Basis | None = None) -> PurgeState:
        """Confirm, hold or release.

        Raises:
            RefusedError: why not; also when no purge waits, because the file is open.
        """
        if await self.state(reference) is None:
            raise RefusedError(
                f"Le dossier « {reference} » n’est pas clos : il n’y a rien à purger encore. Sa fin, ses dernières obligations "
                "et le délai de conservation d’abord."
            )
        handle = self._client.get_workflow_handle(purge_id(reference), result_type=PurgeRecord)
        request, now = uuid.uuid4().hex, self._clock()
        async with answering(reference, self._doctor.why):
            match deed:
                case "confirm":
                    confirmed = ConfirmPurge(request=request, recorded_at=now, by=by, basis=basis)
                    return await tell(handle, PurgeWorkflow.confirm, confirmed, request)
                case "hold":
                    held = HoldPurge(request=request, recorded_at=now, by=by)
                    return await tell(handle, PurgeWorkflow.hold, held, request)
                case "release":
                    released = ReleasePurge(request=request, recorded_at=now, by=by)
                    return await tell(handle, PurgeWorkflow.release, released, request)

    async def begin_missing(self, records: Sequence[PurgeRecord] = ()) -> None:
        """Have a purge wait for every closed file that has none: it closed before there were purges, or a stranger ended it.

        What the engine ended is no closed file: nobody said that its duties are done, and its manager decides.

        Args:
            records: of the purges begun or finished; one that was cut short goes on, whatever the engine still knows of it.
        """
        begun = {record.reference for record in records}
        for row in await Conventions(self._client).rows(closed=True):
            if not row.is_open and not row.ended and row.reference not in begun:
                await self._begin(PurgeStart(reference=row.reference))
        for record in records:
            if record.finished_at is None:
                said = Confirmation(at=record.begun_at, by=record.confirmed_by, basis=record.basis)
                await self._begin(PurgeStart(reference=record.reference, removed=said))

    async def _begin(self, start: PurgeStart) -> None:
        with suppress(WorkflowAlreadyStartedError):
            await self._client.start_workflow(
                PurgeWorkflow.run, start, id=purge_id(start.reference), task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
            )  # fmt: skip
