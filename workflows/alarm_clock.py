"""The one timer of a convention: left alone as long as its instant does not change."""

import asyncio
from datetime import datetime

from temporalio import workflow

from workflows.policies import SHORTEST_WAIT


class AlarmClock:
    """Rings at the instant it was set to. Used inside a workflow only.

    A fact that moves no date leaves the running timer as it is: cancelling it and starting the same again would cost
    two events of history each time.
    """

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._timer: asyncio.Task[None] | None = None

    def set(self, at: datetime | None) -> None:
        """Ring at an engine instant (at once if it is past), or never when None."""
        if at == self._at and not self.rang:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._at = at
        self._timer = None
        if at is not None:
            left = max(at - workflow.now(), SHORTEST_WAIT)
            self._timer = asyncio.create_task(workflow.sleep(left, summary="next step"))

    @property
    def rang(self) -> bool:
        """Whether the instant has come."""
        return self._timer is not None and self._timer.done()
