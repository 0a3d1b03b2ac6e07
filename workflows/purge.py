"""The purge of one closed file: asked for, confirmed, then done step by step. It outlives the key it destroys."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.purge import PurgeActivities
    from activities.purge_steps import LookRequest, PurgeStep, QuestionLeft
    from echeancier.domain.afterwards.purge import Confirmation, PurgeState, check_confirm, check_hold, check_release
    from echeancier.domain.afterwards.purge_record import PurgeRecord
    from workflows.alarm_clock import AlarmClock
    from workflows.messages import ConfirmPurge, HoldPurge, PurgeDecision, PurgeStart, ReleasePurge
    from workflows.policies import (
        PURGE_ASK_PAUSE,
        PURGE_ASK_RETRY,
        PURGE_RETRY,
        PURGE_STEP_TIMEOUT,
        SEND_HEARTBEAT,
    )
    from workflows.refusing import refusing

STEP = workflow.ActivityConfig(
    start_to_close_timeout=PURGE_STEP_TIMEOUT, heartbeat_timeout=SEND_HEARTBEAT, retry_policy=PURGE_RETRY
)
ASKING = workflow.ActivityConfig(
    start_to_close_timeout=PURGE_STEP_TIMEOUT, heartbeat_timeout=SEND_HEARTBEAT, retry_policy=PURGE_ASK_RETRY
)


@workflow.defn(name="Purge")
class PurgeWorkflow:
    """Waits for the file's own date and for somebody to answer for it, then destroys it.

    Started by the convention as it closes, and left alone by it. Nothing personal in what it holds: its payloads are under
    the house's key. Every step may be done twice; a worker killed in the middle leaves a purge that goes on.

    Updates: ``confirm``, ``hold``, ``release``. Query: ``state``.
    """

    @workflow.init
    def __init__(self, start: PurgeStart) -> None:
        """Set the state before any handler can run."""
        self._state = PurgeState(reference=start.reference, confirmed=start.removed, removed=start.removed is not None)
        self._clock = AlarmClock()
        self._changed = False

    @workflow.run
    async def run(self, start: PurgeStart) -> PurgeRecord:  # noqa: ARG002 - the state is set by __init__
        """Live until nothing of the file is left but its certificate."""
        while not self._state.removed and not await self._is_due():
            pass
        self._set(step="purging")
        record = await workflow.execute_activity_method(PurgeActivities.open, self._request(), **STEP)
        record = await workflow.execute_activity_method(PurgeActivities.documents, self._after(record), **STEP)
        record = await workflow.execute_activity_method(PurgeActivities.runs, self._after(record), **STEP)
        record = await workflow.execute_activity_method(PurgeActivities.key, self._after(record), **STEP)
        record = await workflow.execute_activity_method(PurgeActivities.certify, self._after(record), **STEP)
        self._set(step="purged")
        await workflow.wait_condition(workflow.all_handlers_finished)
        return record

    async def _is_due(self) -> bool:
        """Look once; wait for what comes next unless everything is to be purged now."""
        self._changed = False
        found = await workflow.execute_activity_method(PurgeActivities.look, self._request(), **STEP)
        if self._changed:
            return False
        if found.due:
            return True
        wake_at = found.wake_at
        if found.ask:
            if await self._asked():
                return False
            wake_at = workflow.now() + PURGE_ASK_PAUSE
        await self._clock.wait(wake_at, lambda: self._changed)
        return False

    async def _asked(self) -> bool:
        """Put the question; return whether the relay took it, or will never take it."""
        try:
            asked: QuestionLeft = await workflow.execute_activity_method(PurgeActivities.ask, self._request(), **ASKING)
        except ActivityError:
            workflow.logger.warning("the question of a purge could not be sent")
            return False
        self._set(asked=(*self._state.asked, asked.at))
        return True

    def _after(self, record: PurgeRecord) -> PurgeStep:
        return PurgeStep(reference=self._state.reference, record=record, removed=self._state.removed)

    def _request(self) -> LookRequest:
        return LookRequest(state=self._state, now=workflow.now())

    def _set(self, **changes: object) -> None:
        self._state = self._state.model_copy(update=changes)

    # -- what people say -----------------------------------------------------------------------------------------

    @workflow.query(description="What was asked, confirmed, held, and where the purge stands")
    def state(self) -> PurgeState:
        """Return what is known of the purge."""
        return self._state

    @workflow.update(description="Somebody answers for the purge")
    def confirm(self, decision: ConfirmPurge) -> PurgeState:
        """Keep the confirmation; a second one replaces the first."""
        if self._is_new(decision):
            assert decision.basis is not None  # noqa: S101 - the validator saw it
            self._keep(
                decision,
                confirmed=Confirmation(at=decision.recorded_at, by=decision.by, basis=decision.basis),
            )
        return self._state

    @confirm.validator
    def _check_confirm(self, decision: ConfirmPurge) -> None:
        if self._is_new(decision):
            with refusing():
                check_confirm(self._state, decision.basis)

    @workflow.update(description="A litigation holds the file")
    def hold(self, decision: HoldPurge) -> PurgeState:
        """Suspend the purge; what was confirmed must be confirmed again."""
        if self._is_new(decision):
            self._keep(decision, held_since=decision.recorded_at, confirmed=None)
        return self._state

    @hold.validator
    def _check_hold(self, decision: HoldPurge) -> None:
        if self._is_new(decision):
            with refusing():
                check_hold(self._state)

    @workflow.update(description="The litigation is over")
    def release(self, decision: ReleasePurge) -> PurgeState:
        """Let the purge go on; it is asked for again."""
        if self._is_new(decision):
            self._keep(decision, held_since=None)
        return self._state

    @release.validator
    def _check_release(self, decision: ReleasePurge) -> None:
        if self._is_new(decision):
            with refusing():
                check_release(self._state)

    def _is_new(self, decision: PurgeDecision) -> bool:
        """Return whether a decision was not heard yet: sent again, by us or by a stranger who copied it, it decides nothing."""
        return decision.request not in self._state.heard

    def _keep(self, decision: PurgeDecision, **changes: object) -> None:
        self._set(heard=(*self._state.heard, decision.request), **changes)
        self._changed = True
