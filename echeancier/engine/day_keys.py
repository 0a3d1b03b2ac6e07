"""The keys of the mails of a day: destroyed on the next day, so that what spoke of many conventions outlives none of them."""

import asyncio
from collections.abc import Callable
from datetime import date

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.running.keys import Vault, day_of_mails
from workflows.ids import mail_of


class EngineDayKeys:
    """Implements the port `DayKeys`.

    Args:
        client: connected client.
        vault: the keys.
        today: the local day of the calendar; a mail of it may still be written.
    """

    def __init__(self, client: Client, vault: Vault, today: Callable[[], date]) -> None:
        self._client, self._vault, self._today = client, vault, today

    async def forget(self) -> int:
        """Destroy those of days that are over and of which no mail is under way; return how many.

        Raises:
            RPCError: the engine refused or did not answer.
        """
        today = self._today().isoformat()
        days = {
            owner: day for owner in self._vault.owners() if (day := day_of_mails(owner)) is not None and day < today
        }
        over = [owner for owner, day in days.items() if not await self._is_under_way(day)]
        return sum([await asyncio.to_thread(self._vault.destroy, owner) for owner in over])

    async def _is_under_way(self, day: str) -> bool:
        try:
            found = await self._client.get_workflow_handle(mail_of(day)).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return found.status is WorkflowExecutionStatus.RUNNING
