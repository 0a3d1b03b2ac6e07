"""The schedule that has the mailbox read: made, brought up to date, or taken away."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from workflows.ids import REPLIES, TASK_QUEUE
from workflows.messages import RepliesStart
from workflows.replies import RepliesWorkflow

EVERY = timedelta(minutes=5)

CATCH_UP = timedelta(minutes=1)
"""After an outage the mailbox is read once, not once for each reading that was missed."""

LONGEST = timedelta(minutes=30)
"""A reading that lasts longer is ended; the next one goes on from what was recorded."""


async def schedule_reading(client: Client, *, wanted: bool, every: timedelta = EVERY) -> None:
    """Have the mailbox read every five minutes, or no more; doing it again changes nothing.

    Two readings never run at once: one that is due while another runs is skipped. The virtual-clock engine knows no
    schedules: there, nothing is scheduled.

    Args:
        client: connected client.
        wanted: whether a mailbox is set.
        every: how often.

    Raises:
        RPCError: the engine refused or did not answer.
    """
    handle = client.get_schedule_handle(REPLIES)
    try:
        if not wanted:
            await handle.delete()
            return
        schedule = _schedule(every)
        try:
            await client.create_schedule(REPLIES, schedule)
        except ScheduleAlreadyRunningError:
            await handle.update(lambda known: _brought_up_to_date(known, schedule))
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND and not wanted:
            return
        if error.status is not RPCStatusCode.UNIMPLEMENTED:
            raise


def _schedule(every: timedelta) -> Schedule:
    action = ScheduleActionStartWorkflow(
        RepliesWorkflow.run,
        RepliesStart(),
        id=REPLIES,
        task_queue=TASK_QUEUE,
        execution_timeout=LONGEST,
        static_summary="lecture de la boîte des réponses",
    )
    return Schedule(
        action=action,
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )


def _brought_up_to_date(known: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    """What we decide replaces what was there; that somebody paused it stays."""
    wanted.state = known.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
