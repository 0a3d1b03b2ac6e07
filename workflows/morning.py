"""A working morning: a schedule starts it, so that the mail of the day leaves whether a convention asks for it or not."""

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.daily_mail import DailyMailActivities, DayRequest
    from workflows.daily_mail import DailyMailWorkflow
    from workflows.ids import mail_of
    from workflows.last_result import last_result
    from workflows.messages import DailyMailEnd, DailyMailStart, MorningStart
    from workflows.policies import COMPOSE_RETRY, REPLY_TIMEOUT


@workflow.defn(name="Morning")
class MorningWorkflow:
    """Has the mail of the day sent, unless that is under way."""

    @workflow.run
    async def run(self, start: MorningStart) -> DailyMailEnd:  # noqa: ARG002 - fields will come
        """Start the mail of this day and wait for its end."""
        before = last_result(DailyMailEnd)
        today = await workflow.execute_activity_method(
            DailyMailActivities.day,
            DayRequest(engine=workflow.now()),
            start_to_close_timeout=REPLY_TIMEOUT,
            retry_policy=COMPOSE_RETRY,
        )
        wanted = DailyMailStart(day=today.day, gather=today.gather, refused=before.refused if before is not None else 0)
        try:
            child = await workflow.start_child_workflow(
                DailyMailWorkflow.run,
                wanted,
                id=mail_of(today.day),
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                static_summary=f"courrier du {today.day}",
            )
        except WorkflowAlreadyStartedError:
            return DailyMailEnd(day=today.day, already=True)
        return await child
