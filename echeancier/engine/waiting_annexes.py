"""Annexes registered before their parent: told at once that it has come."""

import asyncio
import logging

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workflows import search_attributes as sa
from workflows.convention import ConventionWorkflow
from workflows.messages import Replan

_MOST = 50
"""Parents named in one query."""

_log = logging.getLogger(__name__)


class WaitingAnnexes:
    """Looks for annexes once for all the parents that came meanwhile: a sheet of a hundred conventions is not a hundred queries.

    Args:
        client: connected client.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._parents: set[str] = set()
        self._coming: asyncio.Task[None] | None = None
        self._alone = asyncio.Lock()

    async def wake(self, parent: str) -> None:
        """Have the annexes of a parent that is registered make themselves known now.

        They would at their next step anyway: an engine that does not answer here does not undo the registration.
        """
        self._parents.add(parent)
        if self._coming is None:
            self._coming = asyncio.create_task(self._look())
        await asyncio.shield(self._coming)

    async def _look(self) -> None:
        async with self._alone:
            parents, self._parents, self._coming = sorted(self._parents), set(), None
            for first in range(0, len(parents), _MOST):
                try:
                    await self._signal(parents[first : first + _MOST])
                except RPCError as error:
                    if error.status is not RPCStatusCode.UNIMPLEMENTED:  # the virtual-clock engine keeps no list
                        _log.warning("could not look for annexes: %s", error.status.name)

    async def _signal(self, parents: list[str]) -> None:
        named = ", ".join(f"'{parent}'" for parent in parents)
        waiting = f"ExecutionStatus = 'Running' AND {sa.PARENT_REFERENCE.name} IN ({named})"
        async for execution in self._client.list_workflows(waiting):
            await self._client.get_workflow_handle(execution.id).signal(ConventionWorkflow.replan, Replan(rules=""))
