"""The mail of a day, begun by whoever has something to say: one run at a time under the name of its day."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from workflows.daily_mail import DailyMailWorkflow
from workflows.ids import TASK_QUEUE, mail_of
from workflows.messages import DailyMailStart


class EngineMailRounds:
    """Implements the port `MailRounds`.

    Args:
        client: connected client.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    async def begin(self, day: str, gather: timedelta) -> bool:
        """Begin with a day, and return true; false where that is under way.

        Raises:
            RPCError: the engine refused or did not answer.
        """
        try:
            await self._client.start_workflow(
                DailyMailWorkflow.run,
                DailyMailStart(day=day, gather=gather),
                id=mail_of(day),
                task_queue=TASK_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                static_summary=f"courrier du {day}",
            )
        except WorkflowAlreadyStartedError:
            return False
        return True
