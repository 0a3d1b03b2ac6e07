"""The weekly digest: a schedule starts it; the week has a life of its own, so that no week is told twice."""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.digest import DigestActivities, Opening, OpeningRequest, WriteRequest, Written, folder_of
    from echeancier.domain.messages.send_request import SendRequest
    from echeancier.domain.messages.tried_again import MOST_CUTS
    from workflows.handing import Cut, hand_over
    from workflows.ids import digest_of
    from workflows.last_result import last_result
    from workflows.messages import DigestEnd, DigestStart, DigestWeekStart
    from workflows.policies import DIGEST_RETRY, DIGEST_TIMEOUT

AFTER_A_CUT = timedelta(minutes=10)
"""A try that ended without any answer is made again after that long, in office hours."""

AFTER_A_HOLD = timedelta(hours=1)
"""While sending is stopped on purpose, whether it still is is looked at again that often."""


@workflow.defn(name="Digest")
class DigestWorkflow:
    """Has the digests of this week sent, unless they were."""

    @workflow.run
    async def run(self, start: DigestStart) -> DigestEnd:  # noqa: ARG002 - fields will come
        """Start the week and wait for its end; a week that runs or has ended is left alone."""
        before = last_result(DigestEnd)
        opening = await opening_at(OpeningRequest(engine=workflow.now()))
        week = DigestWeekStart(opening=opening, refused=before.refused if before is not None else 0)
        try:
            child = await workflow.start_child_workflow(
                DigestWeekWorkflow.run,
                week,
                id=digest_of(opening.week),
                # One that failed may be begun again: what it wrote is kept, and goes out with the same bytes.
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                static_summary=f"récapitulatifs {opening.week}",
            )
        except WorkflowAlreadyStartedError:
            known = before if before is not None and before.week == opening.week else None
            return known or DigestEnd(week=opening.week, already=True)
        return await child


@workflow.defn(name="DigestWeek")
class DigestWeekWorkflow:
    """Writes and sends the digests of one week; its id is that of the week."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self._tries: dict[str, int] = {}
        self._cuts: dict[str, int] = {}
        self._unknown: dict[str, int] = {}
        self._end = DigestEnd(week="")

    @workflow.run
    async def run(self, start: DigestWeekStart) -> DigestEnd:
        """Wait for the hour, write, and hand over until each was taken, refused for good, or is too old: the next one comes."""
        self._end = DigestEnd(week=start.opening.week)
        await _until(start.opening.at)
        waiting = await self._written(start)
        while waiting:
            tried = await asyncio.gather(*(self._send(one) for one in waiting))
            again = [(one, at) for one, at in zip(waiting, tried, strict=True) if at is not None]
            waiting = tuple(one for one, _ in again)
            if again:
                first = min(at for _, at in again)
                opening = await opening_at(OpeningRequest(engine=workflow.now(), calendar=first))
                await _until(opening.at)
        return self._end

    async def _written(self, start: DigestWeekStart) -> tuple[Written, ...]:
        return await workflow.execute_activity_method(
            DigestActivities.write,
            WriteRequest(
                week=start.opening.week, engine=workflow.now(), opened=start.opening.at, refused=start.refused
            ),
            start_to_close_timeout=DIGEST_TIMEOUT,
            retry_policy=DIGEST_RETRY,
        )

    async def _send(self, one: Written) -> datetime | None:
        """Try once; return the calendar instant from which to try again, None when there is nothing more to try."""
        request = SendRequest(
            id=one.id,
            reference=folder_of(self._end.week),
            address=one.address,
            at=one.at,
            tries=self._tries.get(one.id, 0),
            until=one.until,
            unknown=self._unknown.get(one.id, 0),
        )
        self._tries[one.id] = request.tries + 1
        result = await hand_over(request, "récapitulatif")
        self._unknown[one.id] = result.unknown
        if isinstance(result, Cut):
            workflow.logger.error("a digest was cut short")  # the activity has logged why
            self._cuts[one.id] = self._cuts.get(one.id, 0) + 1
            if not result.over and self._cuts[one.id] < MOST_CUTS:
                await workflow.sleep(AFTER_A_CUT)
                return one.at
            self._count(refused=1)
            return None
        if result.status == "deferred":
            return result.at + AFTER_A_HOLD if result.stored else result.next_try
        self._count(accepted=result.status == "accepted", refused=result.status != "accepted")
        return None

    def _count(self, *, accepted: int = 0, refused: int = 0) -> None:
        self._end = self._end.model_copy(
            update={"accepted": self._end.accepted + accepted, "refused": self._end.refused + refused}
        )


async def opening_at(request: OpeningRequest) -> Opening:
    """Ask when a digest may leave."""
    return await workflow.execute_activity_method(
        DigestActivities.opening,
        request,
        start_to_close_timeout=DIGEST_TIMEOUT,
        retry_policy=DIGEST_RETRY,
    )


async def _until(instant: datetime) -> None:
    wait = instant - workflow.now()
    if wait > timedelta(0):
        await workflow.sleep(wait, summary="l’heure du récapitulatif")
