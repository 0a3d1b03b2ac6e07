"""What a worker knows of itself: since when it works, what it did last. Kept in memory only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from echeancier.domain.messages.send_request import SendResult
from echeancier.domain.running.mail_fault import OF_SETTINGS, said_of
from echeancier.engine.gateway import utc_now

PLAN, SEND = "plan", "send"
"""The names of the activities that are watched."""


class Pulse:
    """Implements the port `Vitals`; filled by `Watching`.

    Args:
        clock: this machine's clock.
    """

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._since = clock()
        self._last_plan: datetime | None = None
        self._last_mail: datetime | None = None
        self._refuses_us = ""

    @property
    def since(self) -> datetime:
        """The instant the worker was started."""
        return self._since

    @property
    def last_plan(self) -> datetime | None:
        """The instant of the last plan it made."""
        return self._last_plan

    @property
    def last_mail(self) -> datetime | None:
        """The instant of the last mail a relay took from it."""
        return self._last_mail

    def planned(self) -> None:
        """Note that a plan was made."""
        self._last_plan = self._clock()

    @property
    def refuses_us(self) -> str:
        """Why the last mail handed over did not leave when that was a fault of our settings; empty otherwise."""
        return self._refuses_us

    def sent(self, result: SendResult) -> None:
        """Note what a relay answered: it took a mail, or blames our settings; what it says of a recipient tells nothing."""
        if result.status == "accepted":
            self._last_mail = self._clock()
            self._refuses_us = ""
        elif result.fault in OF_SETTINGS:
            self._refuses_us = said_of(result.fault).fr


class Watching(Interceptor):
    """Has a worker tell its pulse what its activities do; changes nothing of them.

    Args:
        pulse: what is told.
    """

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """Stand before the activities."""
        return _Watched(next, self._pulse)


class _Watched(ActivityInboundInterceptor):
    def __init__(self, following: ActivityInboundInterceptor, pulse: Pulse) -> None:
        super().__init__(following)
        self._pulse = pulse

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002 - the SDK's name
        result, kind = await super().execute_activity(input), activity.info().activity_type
        if kind == PLAN:
            self._pulse.planned()
        if kind == SEND and isinstance(result, SendResult):
            self._pulse.sent(result)
        return result
