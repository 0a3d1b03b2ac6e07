"""A life that was lived is lived again from its first event: the code of today must ask the engine for the same."""

from collections.abc import Sequence

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from echeancier.engine.converter import data_converter
from worker import WORKFLOWS


async def replay(history: WorkflowHistory, workflows: Sequence[type] = WORKFLOWS) -> None:
    """Replay a history, however long a turn of it takes: the library's guard has no other setting (`PatientWorker`).

    Raises:
        NondeterminismError: it is not that of this code.
    """
    replayer = Replayer(workflows=workflows, data_converter=data_converter(), debug_mode=True)
    await replayer.replay_workflow(history)
