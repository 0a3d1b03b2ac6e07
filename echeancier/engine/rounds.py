"""What the runs of a schedule found, read from their results: the robot's rounds, the readings of the mailbox."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, TypeVar

from temporalio.client import Client, WorkflowExecution

from echeancier.domain.model import Frozen
from echeancier.domain.running.health import MailboxHealth, Round
from echeancier.domain.running.keys import KeyGoneError
from echeancier.engine.refused import NotSealedError
from workflows.messages import RepliesEnd

SILENT: Final = timedelta(hours=1)
"""A mailbox that was not read for that long is said to be unread: it is read every five minutes."""

_LATEST: Final = 10
_WITHIN: Final = timedelta(seconds=10)

Result = TypeVar("Result", bound=Frozen)


async def last_round(client: Client) -> Round | None:
    """Return what the robot's last round found, None before the first."""
    found = await _last(client, "Heartbeat", Round)
    return None if found is None else found[0]


class EngineReadings:
    """Implements the port `Readings`.

    Args:
        client: connected client.
        wanted: whether a mailbox of the answers is set.
    """

    def __init__(self, client: Client, *, wanted: bool) -> None:
        self._client, self._wanted = client, wanted

    async def state(self, now: datetime) -> MailboxHealth:
        """Return what is known of the readings; without any that went well, the mailbox is unread."""
        if not self._wanted:
            return MailboxHealth()
        found = await _last(self._client, "Replies", RepliesEnd)
        if found is None:
            return MailboxHealth(state="unread")
        end, at = found
        return MailboxHealth(state="unread" if now - at > SILENT else "read", read_at=at, left=end.left)


async def _last(client: Client, kind: str, result: type[Result]) -> tuple[Result, datetime] | None:
    """Return the result of the last run of a kind that ended well, and when it ended; one that is not ours did not."""
    query = f"WorkflowType = '{kind}' AND ExecutionStatus = 'Completed'"
    # The engine lists the latest first; it is made sure of, since it promises no order.
    runs: list[tuple[datetime, WorkflowExecution]] = [
        (run.close_time, run) async for run in client.list_workflows(query, limit=_LATEST) if run.close_time is not None
    ]
    for at, last in sorted(runs, key=lambda one: one[0], reverse=True):
        handle = client.get_workflow_handle(last.id, run_id=last.run_id, result_type=result)
        with suppress(NotSealedError, KeyGoneError, ValueError):
            return await handle.result(rpc_timeout=_WITHIN), at
    return None
