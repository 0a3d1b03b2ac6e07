"""The one timer of a workflow that waits for years: left alone as long as its instant does not change."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.messages import Wake
    from workflows.policies import SHORTEST_WAIT

WAKE = "wake"
"""The signal that every workflow with this clock understands."""


class AlarmClock:
    """Rings at the instant it was set to. Used inside a workflow only, once in each.

    A fact that moves no date leaves the running timer as it is: cancelling it and starting the same again would cost
    two events of history each time.

    Whoever moves the calendar (a rehearsal) tells it by the signal ``wake``: the workflow looks
    again at what is due, as after its timer.
    """

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._timer: asyncio.Task[None] | None = None
        self._woken = False
        workflow.set_signal_handler(WAKE, self._wake)

    async def wait(self, until: datetime | None, changed: Callable[[], bool]) -> None:
        """Wait for an engine instant (None: for none), or until something changed."""
        self.set(until)
        await workflow.wait_condition(lambda: changed() or self._woken or self._rang)
        self._woken = False

    def set(self, at: datetime | None) -> None:
        """Ring at an engine instant (at once if it is past), or never when None."""
        if at == self._at and not self._rang:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._at = at
        self._timer = None
        if at is not None:
            left = max(at - workflow.now(), SHORTEST_WAIT)
            self._timer = asyncio.create_task(workflow.sleep(left, summary="next step"))

    @property
    def _rang(self) -> bool:
        return self._timer is not None and self._timer.done()

    def _wake(self, _moved: Wake) -> None:
        self._woken = True
