"""The schedules of what happens regularly: made, brought up to date, or taken away; doing it again changes nothing."""

from collections.abc import Callable
from datetime import timedelta

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

from echeancier.domain.overview.digest_day import WEEKDAYS, DigestHours
from workflows.digest import DigestWorkflow
from workflows.heartbeat import HeartbeatWorkflow
from workflows.ids import DIGEST, HEARTBEAT, TASK_QUEUE
from workflows.messages import DigestStart, HeartbeatStart

LATE_BY = timedelta(days=3)
"""After an outage the digest of a week still leaves, if it is not too old; once, whatever was missed."""

ROUND_LATE_BY = timedelta(minutes=1)
"""A round that was missed is not made up for: the next one comes soon."""

LONGEST_ROUND = timedelta(minutes=8)
"""A round that lasts longer is ended: the monitor hears nothing, as it should."""


async def schedule_digest(client: Client, hours: DigestHours | None) -> None:
    """Have the digest leave every week, or no more.

    Args:
        client: connected client.
        hours: its day and hour; None for no digest.

    Raises:
        RPCError: the engine refused or did not answer.
    """
    await _kept(client, DIGEST, None if hours is None else lambda: _digest(hours))


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


def _digest(hours: DigestHours) -> Schedule:
    action = ScheduleActionStartWorkflow(
        DigestWorkflow.run, DigestStart(), id=DIGEST, task_queue=TASK_QUEUE, static_summary="récapitulatif de la semaine"
    )  # fmt: skip
    when = ScheduleCalendarSpec(
        day_of_week=[ScheduleRange(WEEKDAYS.index(hours.day) + 1)],
        hour=[ScheduleRange(hours.at.hour)],
        minute=[ScheduleRange(hours.at.minute)],
    )
    return Schedule(
        action=action,
        spec=ScheduleSpec(calendars=[when], time_zone_name=hours.zone),
        # A week that hangs holds up no other: each has a workflow of its own, and is told once.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL, catchup_window=LATE_BY),
    )


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
