"""A robot told to stop while a turn of a workflow never ends. Argument: the address of the engine."""

import asyncio
import sys
import threading
from datetime import timedelta

from temporalio import workflow
from temporalio.worker import UnsandboxedWorkflowRunner

from echeancier.engine import patient_worker
from echeancier.engine.client import connect
from echeancier.engine.exit import leave
from tests.support.engine_workflow import TASK_QUEUE

_turning = threading.Event()


@workflow.defn
class Stuck:
    """Turns for ever."""

    @workflow.run
    async def run(self) -> None:
        """Never give the thread back."""
        _turning.set()
        threading.Event().wait()


async def main() -> None:
    patient_worker.GIVEN_BACK_WITHIN = timedelta(seconds=0.5)
    client = await connect(sys.argv[1])
    worker = patient_worker.PatientWorker(
        client, task_queue=TASK_QUEUE, workflows=[Stuck], workflow_runner=UnsandboxedWorkflowRunner()
    )
    async with worker:
        await client.start_workflow(Stuck.run, id="stuck", task_queue=TASK_QUEUE)
        await asyncio.to_thread(_turning.wait)


if __name__ == "__main__":
    asyncio.run(main())
    leave(0)
