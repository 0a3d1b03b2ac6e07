"""What a worker knows of itself: since when it works, what it did last. Kept in memory only."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from echeancier.domain.messages.outbox import IN_A_ROW
from echeancier.domain.messages.send_request import SendRequest, SendResult
from echeancier.domain.running.mail_fault import OF_SETTINGS, said_of
from echeancier.engine.gateway import utc_now

PLAN, SEND = "plan", "send"
"""The names of the activities that are watched."""

LATER: Final = timedelta(hours=1)
"""A relay that puts strangers off takes their mail within half an hour; one that puts everybody off for longer is down."""


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
        self._put_off: dict[str, datetime] = {}

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
        """Why the relay takes nothing from us: a fault of our settings, or it puts everybody off; empty otherwise."""
        if self._refuses_us or len(self._put_off) < IN_A_ROW:
            return self._refuses_us
        long = self._clock() - min(self._put_off.values()) > LATER
        return "le serveur de courriel remet tout à plus tard" if long else ""

    def sent(self, result: SendResult, address: str) -> None:
        """Note what a relay answered: it took a mail, blames our settings, or puts several people off.

        What it says of one recipient tells nothing.
        """
        if result.status == "accepted":
            self._last_mail = self._clock()
            self._refuses_us = ""
            self._put_off.clear()
        elif result.fault in OF_SETTINGS:
            self._refuses_us = said_of(result.fault).fr
        elif result.status == "deferred" and not result.stored:
            self._put_off.setdefault(address.casefold(), self._clock())


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
            (request,) = input.args
            assert isinstance(request, SendRequest)  # noqa: S101 - what this activity takes
            self._pulse.sent(result, request.address)
        return result
