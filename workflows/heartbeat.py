"""One round of the robot; a schedule starts one every few minutes, never two at once."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.heartbeat import HeartbeatActivities, RoundRequest
    from echeancier.domain.running.health import Round
    from workflows.last_result import last_result
    from workflows.messages import HeartbeatStart
    from workflows.policies import ROUND_RETRY, ROUND_TIMEOUT


@workflow.defn(name="Heartbeat")
class HeartbeatWorkflow:
    """Looks once whether the robot can do its work; the result is what the desk shows."""

    @workflow.run
    async def run(self, start: HeartbeatStart) -> Round:  # noqa: ARG002 - fields will come
        """Make the round, then forget old ones."""
        request = RoundRequest(engine=workflow.now(), before=last_result(Round))
        found = await workflow.execute_activity_method(
            HeartbeatActivities.round,
            request,
            start_to_close_timeout=ROUND_TIMEOUT,
            retry_policy=ROUND_RETRY,
        )
        try:
            await workflow.execute_activity_method(
                HeartbeatActivities.forget,
                workflow.now(),
                start_to_close_timeout=ROUND_TIMEOUT,
                retry_policy=ROUND_RETRY,
            )
        except ActivityError as error:
            workflow.logger.warning("old rounds could not be deleted", exc_info=error)
        return found
