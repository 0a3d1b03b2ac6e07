"""The schedules of what happens regularly: made, brought up to date, or taken away; doing it again changes nothing."""

from collections.abc import Callable
from datetime import time, timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.terms.policy import DEFAULT_POLICY
from workflows.heartbeat import HeartbeatWorkflow
from workflows.ids import HEARTBEAT, MORNING, TASK_QUEUE
from workflows.messages import HeartbeatStart, MorningStart
from workflows.morning import MorningWorkflow

LATE_BY = timedelta(hours=9)
"""A morning that was missed is made up for on its day; each of them is composed of what is true when it is sent."""

ROUND_LATE_BY = timedelta(minutes=1)
"""A round that was missed is not made up for: the next one comes soon."""

LONGEST_ROUND = timedelta(minutes=8)
"""A round that lasts longer is ended: the monitor hears nothing, as it should."""


async def schedule_mornings(client: Client, hours: DigestHours) -> None:
    """Have the mail of the day leave every weekday morning, and again at the hour of the digests where that is later.

    Args:
        client: connected client.
        hours: the day and hour of the digest, and whose local hours they are.

    Raises:
        RPCError: the engine refused or did not answer.
    """
    await _kept(client, MORNING, lambda: _mornings(hours))


async def schedule_rounds(client: Client, every: timedelta | None) -> None:
    """Have the robot make its rounds, the first one now, or no more.

    Args:
        client: connected client.
        every: how often; None for none.

    Raises:
        RPCError: the engine refused or did not answer.
    """
    known = await _kept(client, HEARTBEAT, None if every is None else lambda: _rounds(every))
    if known and every is not None:
        await client.get_schedule_handle(HEARTBEAT).trigger()


async def _kept(client: Client, name: str, made: Callable[[], Schedule] | None) -> bool:
    """Return whether the engine knows schedules."""
    try:
        await _apply(client, name, made)
    except RPCError as error:
        if error.status is RPCStatusCode.UNIMPLEMENTED:  # the virtual-clock engine
            return False
        if error.status is not RPCStatusCode.NOT_FOUND or made is not None:
            raise
    return True


async def _apply(client: Client, name: str, made: Callable[[], Schedule] | None) -> None:
    handle = client.get_schedule_handle(name)
    if made is None:
        await handle.delete()
        return
    wanted = made()
    try:
        await client.create_schedule(name, wanted)
    except ScheduleAlreadyRunningError:
        await handle.update(lambda known: _brought_up_to_date(known, wanted))


def _mornings(hours: DigestHours) -> Schedule:
    action = ScheduleActionStartWorkflow(
        MorningWorkflow.run, MorningStart(), id=MORNING, task_queue=TASK_QUEUE, static_summary="courrier du jour"
    )  # fmt: skip
    first = DEFAULT_POLICY.send_from
    when = [_on_weekdays(first, hours)]
    if hours.at > first:
        when.append(_on_weekdays(hours.at, hours))
    return Schedule(
        action=action,
        spec=ScheduleSpec(calendars=when, time_zone_name=hours.zone),
        # A day that hangs holds up no other: each is composed of what is true when it is sent.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL, catchup_window=LATE_BY),
    )


def _on_weekdays(at: time, hours: DigestHours) -> ScheduleCalendarSpec:
    return ScheduleCalendarSpec(
        day_of_week=[ScheduleRange(1, 5)], hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)], comment=hours.zone
    )  # fmt: skip


def _rounds(every: timedelta) -> Schedule:
    action = ScheduleActionStartWorkflow(
        HeartbeatWorkflow.run, HeartbeatStart(), id=HEARTBEAT, task_queue=TASK_QUEUE, execution_timeout=LONGEST_ROUND,
        static_summary="tournée du robot",
    )  # fmt: skip
    return Schedule(
        action=action,
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=ROUND_LATE_BY),
    )


def _brought_up_to_date(known: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    """What we decide replaces what was there; that somebody paused it stays."""
    wanted.state = known.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
