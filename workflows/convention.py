"""The life of one convention: plan, do what is due, wait for a fact or for the next instant, and again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate, VersioningBehavior
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.mail import MailActivities
    from activities.plan import PlanActivities, PlanRequest
    from domain.door import (
        Refusal,
        check_cancel,
        check_correction,
        check_fact,
        check_terms,
        check_version,
        check_withdrawal,
    )
    from domain.dossier import Dossier, FormerTerms, Message, Withdrawal
    from domain.facts import Recorded
    from domain.messages import MessageOrder
    from domain.planning.attributes import Attributes
    from domain.planning.plan import Plan
    from domain.sending import SendRequest, SendResult
    from workflows import search_attributes as sa
    from workflows.messages import (
        ConventionEnd,
        ConventionStart,
        Correct,
        CorrectTerms,
        Record,
        Recording,
        Withdraw,
    )
    from workflows.policies import MOST_TRIES, PLAN_RETRY, PLAN_TIMEOUT, SEND_HEARTBEAT, SEND_RETRY, SEND_TIMEOUT, SHORTEST_WAIT

REFUSED = "Refused"
"""Error type of a fact that is not accepted; the message says why and what would be."""


@workflow.defn(name="Convention", versioning_behavior=VersioningBehavior.AUTO_UPGRADE)
class ConventionWorkflow:
    """One convention, from its registration to the closing of its file.

    A skeleton: it never computes a date. The plan activity says what is due and when to look again; this class sends,
    publishes and waits. Workflow id: ``convention-<reference>``.

    Updates: ``record``, ``correct``, ``correct_terms``, ``withdraw`` (each refused at once with its reason, or kept).
    Signal: ``replan`` (the rules changed). Query: ``dossier``.
    """

    @workflow.init
    def __init__(self, start: ConventionStart) -> None:
        """Set the state before any handler can run."""
        self._dossier: Dossier = start.dossier
        self._published: Attributes | None = start.published
        self._changed = False

    @workflow.run
    async def run(self, start: ConventionStart) -> ConventionEnd:  # noqa: ARG002 - the state is set by __init__
        """Live until the file is closed."""
        while True:
            self._changed = False
            plan = await self._plan()
            before = self._published
            self._publish(plan)
            delivered = await self._do(plan)
            if plan.close and not self._changed and workflow.all_handlers_finished():
                break
            if self._changed or not delivered:
                continue
            if workflow.info().is_continue_as_new_suggested() or _crosses_a_boundary(before, plan.attributes):
                await self._continue()
            await self._wait(plan)
        self._dossier.closed_at = workflow.now()
        return ConventionEnd(
            reference=self._dossier.convention.reference,
            facts=len(self._dossier.facts),
            messages=len(self._dossier.outbox),
            why="withdrawn" if self._dossier.withdrawn else "closed",
        )

    # -- the few kinds of step -----------------------------------------------------------------------------------

    async def _plan(self) -> Plan:
        plan = await workflow.execute_local_activity_method(
            PlanActivities.plan,
            PlanRequest(dossier=self._dossier, now=workflow.now()),
            start_to_close_timeout=PLAN_TIMEOUT,
            retry_policy=PLAN_RETRY,
        )
        self._dossier.rules = plan.rules
        return plan

    def _publish(self, plan: Plan) -> None:
        workflow.set_current_details(plan.details)
        if plan.attributes != self._published:
            workflow.upsert_search_attributes(_search_attributes(plan))
            self._published = plan.attributes

    async def _do(self, plan: Plan) -> bool:
        """Send what the plan orders; return whether every message was accepted."""
        for message_id in plan.superseded:
            self._update(message_id, status="superseded")
        self._dossier.outbox.extend(plan.entries)
        requests = [self._request(order.id, order) for order in plan.orders]
        requests += [self._request(message_id, None) for message_id in plan.retries]
        results = await asyncio.gather(*(self._send(request) for request in requests))
        return all(results)

    def _request(self, message_id: str, order: MessageOrder | None) -> SendRequest:
        message = self._message(message_id)
        return SendRequest(
            id=message_id,
            reference=self._dossier.convention.reference,
            address=message.address,
            at=message.at,
            tries=message.tries,
            order=order,
        )

    async def _send(self, request: SendRequest) -> bool:
        try:
            result = await workflow.execute_activity_method(
                MailActivities.send,
                request,
                start_to_close_timeout=SEND_TIMEOUT,
                heartbeat_timeout=SEND_HEARTBEAT,
                retry_policy=SEND_RETRY,
            )
        except ActivityError as error:
            lost = isinstance(error.cause, ApplicationError) and error.cause.non_retryable
            given_up = lost or request.tries + 1 >= MOST_TRIES
            self._update(
                request.id,
                status="refused" if given_up else "to-send",
                tries=request.tries + 1,
                maybe_twice=not lost,
                detail=str(error.cause or error),
            )
            return False
        self._note(request, result)
        return result.status == "accepted"

    def _note(self, request: SendRequest, result: SendResult) -> None:
        former = self._message(request.id)
        self._update(
            request.id,
            status=result.status,
            tries=request.tries + 1,
            next_try=result.next_try,
            accepted_at=result.at if result.status == "accepted" else None,
            maybe_twice=former.maybe_twice or result.maybe_twice,
            stored=result.stored,
            detail=result.detail,
            sha256=result.sha256,
        )

    async def _wait(self, plan: Plan) -> None:
        if plan.wake_at is None:
            await workflow.wait_condition(lambda: self._changed)
            return
        left = max(plan.wake_at - workflow.now(), SHORTEST_WAIT)
        try:
            await workflow.wait_condition(lambda: self._changed, timeout=left, timeout_summary="next step")
        except TimeoutError:
            return

    async def _continue(self) -> None:
        await workflow.wait_condition(workflow.all_handlers_finished)
        if not self._changed:
            workflow.continue_as_new(ConventionStart(dossier=self._dossier, published=self._published))

    # -- the outbox ----------------------------------------------------------------------------------------------

    def _message(self, message_id: str) -> Message:
        return next(m for m in reversed(self._dossier.outbox) if m.id == message_id)

    def _update(self, message_id: str, **changes: object) -> None:
        for n, message in enumerate(self._dossier.outbox):
            if message.id == message_id:
                self._dossier.outbox[n] = message.model_copy(update=changes)

    # -- what people say -----------------------------------------------------------------------------------------

    @workflow.query(description="Everything kept about the convention")
    def dossier(self) -> Dossier:
        """Return the whole dossier; whoever asks computes the agenda from it."""
        return self._dossier

    @workflow.update(description="Record what happened")
    def record(self, request: Record) -> Recording:
        """Keep a fact; the same request asked twice is kept once."""
        known = self._known(request.request)
        if known is None:
            # Numbered here, not by the domain: a handler is replayed under newer rules.
            known = Recorded(
                id=f"f{len({r.id for r in self._dossier.facts}) + 1}",
                fact=request.fact,
                recorded_at=request.recorded_at,
                recorded_by=request.by,
                request=request.request,
            )
            self._keep(known)
        return Recording(fact_id=known.id, version=known.version)

    @record.validator
    def _check_record(self, request: Record) -> None:
        if self._known(request.request) is None:
            with _refusing():
                check_fact(self._dossier, request.fact, request.recorded_at)

    @workflow.update(description="Put a fact right; the former version is kept")
    def correct(self, request: Correct) -> Recording:
        """Keep a new version of a fact."""
        known = self._known(request.request)
        if known is None:
            known = Recorded(
                id=request.fact_id,
                version=request.version + 1,
                fact=request.fact,
                recorded_at=request.recorded_at,
                recorded_by=request.by,
                cancelled=request.cancelled,
                request=request.request,
            )
            self._keep(known)
        return Recording(fact_id=known.id, version=known.version)

    @correct.validator
    def _check_correct(self, request: Correct) -> None:
        if self._known(request.request) is None:
            with _refusing():
                check_version(self._dossier, request.fact_id, request.version)
                if request.cancelled:
                    check_cancel(self._dossier, request.fact_id, request.recorded_at)
                else:
                    changes = request.fact.model_dump()
                    check_correction(self._dossier, request.fact_id, changes, request.recorded_at)

    @workflow.update(description="Put the terms right, without an amendment")
    def correct_terms(self, request: CorrectTerms) -> None:
        """Replace the terms; the former ones are kept."""
        if request.convention == self._dossier.convention:
            return
        self._dossier.former_terms.append(
            FormerTerms(
                convention=self._dossier.convention,
                replaced_at=request.recorded_at,
                replaced_by=request.by,
                why=request.why,
            )
        )
        self._dossier.convention = request.convention
        self._changed = True

    @correct_terms.validator
    def _check_correct_terms(self, request: CorrectTerms) -> None:
        with _refusing():
            check_terms(self._dossier, request.convention, request.recorded_at, request.why)

    @workflow.update(description="Registered by mistake: tell everybody, cancel everything")
    def withdraw(self, request: Withdraw) -> None:
        """Withdraw the convention from the register."""
        if self._dossier.withdrawn is None:
            self._dossier.withdrawn = Withdrawal(at=request.recorded_at, by=request.by, why=request.why)
            self._changed = True

    @withdraw.validator
    def _check_withdraw(self, request: Withdraw) -> None:
        with _refusing():
            check_withdrawal(self._dossier, request.why)

    @workflow.signal(description="The rules changed: plan again now")
    def replan(self, rules: str) -> None:
        """Plan again, unless these rules are those of the last plan."""
        if rules != self._dossier.rules:
            self._changed = True

    def _known(self, request: str) -> Recorded | None:
        return next((r for r in self._dossier.facts if request and r.request == request), None)

    def _keep(self, recorded: Recorded) -> None:
        self._dossier.facts.append(recorded)
        self._changed = True


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn a refusal of the domain into the error the caller reads."""
    try:
        yield
    except Refusal as refusal:
        raise ApplicationError(str(refusal), type=REFUSED, non_retryable=True) from refusal


def _crosses_a_boundary(before: Attributes | None, now: Attributes) -> bool:
    """Whether the convention just became operational or just ended: a good place to begin a new run."""
    return before is not None and before.status != now.status and now.status in ("in-force", "ended")


def _search_attributes(plan: Plan) -> list[SearchAttributeUpdate]:
    face = plan.attributes
    return [
        sa.CONVENTION_STATUS.value_set(face.status),
        sa.CONVENTION_KIND.value_set(face.kind),
        sa.PARTNER.value_set(face.partner),
        sa.SERVICE.value_set(face.service),
        sa.HAS_ALERT.value_set(face.has_alert),
        sa.RULES.value_set(plan.rules),
        *(
            key.value_set(datetime.combine(day, time(0), tzinfo=UTC)) if day is not None else key.value_unset()
            for key, day in (
                (sa.END_OF_TERM, face.end_of_term),
                (sa.NEXT_POSTING_DAY, face.next_posting_day),
                (sa.NEXT_SAFE_DAY, face.next_safe_day),
            )
        ),
    ]
