"""The life of one convention: plan, do what is due, wait for a fact or for the next instant, and again."""

from contextlib import suppress

from temporalio import workflow
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.daily_mail import DailyMailActivities
    from activities.plan import PlanActivities, Planned, PlanRequest
    from echeancier.domain.facts.dossier import Dossier, FormerTerms, Withdrawal
    from echeancier.domain.facts.recorded import Recorded
    from echeancier.domain.messages.search import Attributes
    from workflows import search_attributes as sa
    from workflows.alarm_clock import AlarmClock
    from workflows.ids import purge_id
    from workflows.messages import (
        Annex,
        Carried,
        ConventionEnd,
        ConventionStart,
        Correct,
        CorrectTerms,
        ParentNews,
        Posted,
        PurgeStart,
        Record,
        Recording,
        Replan,
        Withdraw,
    )
    from workflows.outbox import Outbox
    from workflows.policies import ASK_RETRY, PLAN_HEARTBEAT, PLAN_RETRY, PLAN_TIMEOUT, REPLY_TIMEOUT, plan_pause
    from workflows.refusing import overtaken
    from workflows.relatives import signal_relative
    from workflows.search_face import changes, crosses_a_boundary


@workflow.defn(name="Convention")
class ConventionWorkflow:
    """One convention, from its registration to the closing of its file.

    A skeleton: it never computes a date. The plan activity says what is due and when to look again; this class sends,
    publishes and waits. Workflow id: ``convention-<reference>``.

    Updates: ``record``, ``correct``, ``correct_terms``, ``withdraw``: checked by `engine.gateway` against the dossier it read,
    kept if that is still the dossier, sent back to read again if not.
    Signals: ``replan`` (the rules changed), ``annex`` and ``parent_news`` (a relative tells), ``carried`` (who asks for what
    several conventions need), ``posted`` (what the mail of the day said). Query: ``dossier``. Those of its clock: `AlarmClock`.
    """

    @workflow.init
    def __init__(self, start: ConventionStart) -> None:
        """Set the state before any handler can run."""
        self._dossier: Dossier = start.dossier
        self._published: Attributes | None = start.published
        self._published_rules = start.published_rules
        self._outbox = Outbox(self._dossier, dict(start.unwritten))
        self._clock = AlarmClock()
        self._changed = False
        self._failures = 0

    @workflow.run
    async def run(self, start: ConventionStart) -> ConventionEnd:  # noqa: ARG002 - the state is set by __init__
        """Live until the file is closed."""
        while True:
            self._changed = False
            before = self._published
            plan = await self._plan()
            if plan is None:
                await self._clock.wait(workflow.now() + plan_pause(self._failures), lambda: self._changed)
                continue
            delivered = await self._outbox.send(plan)
            await self._ask_for_the_mail(plan)
            await self._tell_relatives(plan)
            if plan.close and not self._changed and workflow.all_handlers_finished():
                return await self._close(plan)
            if self._changed or not delivered or (plan.orders and plan.wake_at is None):
                continue  # the outcome, or what was recorded meanwhile, may leave something to do or let the file close
            if workflow.info().is_continue_as_new_suggested() or crosses_a_boundary(before, plan.attributes):
                await self._continue()
            await self._clock.wait(plan.wake_at, lambda: self._changed)

    # -- the few kinds of step -----------------------------------------------------------------------------------

    async def _plan(self) -> Planned | None:
        """Return what is due, None when it cannot be known now: somebody is told, and the convention goes on waiting."""
        try:
            plan = await workflow.execute_activity_method(
                PlanActivities.plan,
                PlanRequest.of(self._dossier, workflow.now()),
                start_to_close_timeout=PLAN_TIMEOUT,
                heartbeat_timeout=PLAN_HEARTBEAT,
                retry_policy=PLAN_RETRY,
            )
        except ActivityError:
            self._failures += 1
            workflow.logger.error("the plan failed")  # the activity has logged why
            workflow.set_current_details("**the plan failed**; tried again within the hour, or by the next worker")
            if self._failures == 1:
                workflow.upsert_search_attributes([sa.PLAN_FAILS.value_set(True)])
            if self._published is not None:
                self._publish(self._published.model_copy(update={"has_alert": True}), self._published_rules)
            return None
        if self._failures:
            workflow.upsert_search_attributes([sa.PLAN_FAILS.value_set(False)])
        self._failures = 0
        self._dossier.rules = plan.rules
        workflow.set_current_details(plan.details)
        self._publish(plan.attributes, plan.rules)
        return plan

    def _publish(self, face: Attributes, rules: str) -> None:
        updates = changes(self._published, face)
        if rules != self._published_rules:
            updates.append(sa.RULES.value_set(rules))
        if updates:
            workflow.upsert_search_attributes(updates)
        self._published, self._published_rules = face, rules

    async def _ask_for_the_mail(self, plan: Planned) -> None:
        """Have the mail of this day composed, if there is something to say in it and it is not under way."""
        if plan.mail is None:
            return
        await workflow.execute_activity_method(
            DailyMailActivities.ask, plan.mail, start_to_close_timeout=REPLY_TIMEOUT, retry_policy=ASK_RETRY
        )

    async def _tell_relatives(self, plan: Planned) -> None:
        """Make itself known to its parent, tell its annexes; a relative that is not there yet is told at a later plan."""
        if plan.greet is not None and await signal_relative(
            plan.greet, "annex", Annex(reference=self._dossier.convention.reference)
        ):
            self._dossier.known_to_parent = True
        for news in plan.news:
            said = ParentNews(
                request=news.request,
                parent=self._dossier.convention.reference,
                fact=news.fact,
                recorded_at=plan.at,
            )
            if await signal_relative(news.annex, "parent_news", said):
                self._dossier.told_annexes.setdefault(news.annex, []).append(news.about)

    async def _continue(self) -> None:
        await workflow.wait_condition(workflow.all_handlers_finished)
        if not self._changed:
            workflow.continue_as_new(
                ConventionStart(
                    dossier=self._dossier,
                    published=self._published,
                    published_rules=self._published_rules,
                    unwritten=self._outbox.unwritten,
                )
            )

    async def _close(self, plan: Planned) -> ConventionEnd:
        """Close the file: from here the door takes nothing more. Its purge lives on its own, and longer."""
        self._clock.set(None)
        self._dossier.closed_at = plan.at
        if plan.purges:
            reference = self._dossier.convention.reference
            with suppress(WorkflowAlreadyStartedError):
                await workflow.start_child_workflow(
                    "Purge",
                    PurgeStart(reference=reference),
                    id=purge_id(reference),
                    parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                )
        return ConventionEnd(
            reference=self._dossier.convention.reference,
            facts=len(self._dossier.facts),
            messages=len(self._dossier.outbox),
            why="withdrawn" if self._dossier.withdrawn else "closed",
        )

    # -- what people say -----------------------------------------------------------------------------------------

    @workflow.query(description="Whether its robot answers")
    def alive(self) -> bool:
        """Answer, with nothing of the file."""
        return True

    @workflow.query(description="Everything kept about the convention")
    def dossier(self) -> Dossier:
        """Return the whole dossier; whoever asks computes the agenda from it."""
        return self._dossier

    @workflow.update(description="Record what happened")
    def record(self, request: Record) -> Recording:
        """Keep a fact; the same request asked twice is kept once."""
        known = self._known(request.request)
        if known is None:
            known = Recorded(
                id=self._next_id(),
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
            self._as_seen(request.seen)

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
            self._as_seen(request.seen)

    @workflow.update(description="Put the terms right, without an amendment")
    def correct_terms(self, request: CorrectTerms) -> None:
        """Replace the terms; the former ones are kept. The same request asked twice replaces once."""
        if request.request in self._dossier.heard:
            return
        self._dossier.heard.append(request.request)
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
        if request.request not in self._dossier.heard:
            self._as_seen(request.seen)

    @workflow.update(description="Registered by mistake: tell everybody, cancel everything")
    def withdraw(self, request: Withdraw) -> None:
        """Withdraw the convention from the register."""
        if self._dossier.withdrawn is None:
            self._dossier.withdrawn = Withdrawal(at=request.recorded_at, by=request.by, why=request.why)
            self._changed = True

    @withdraw.validator
    def _check_withdraw(self, request: Withdraw) -> None:
        self._as_seen(request.seen)

    def _as_seen(self, seen: int) -> None:
        """Let a change in only if it was checked against the dossier as it stands: the door's rules run outside."""
        if seen != self._dossier.revision:
            raise overtaken(seen, self._dossier.revision)

    @workflow.signal(description="The rules changed: plan again now")
    def replan(self, asked: Replan) -> None:
        """Plan again, unless these rules are those of the last plan."""
        if asked.rules != self._dossier.rules:
            self._changed = True

    @workflow.signal(description="Which convention has a shared act published and transmitted")
    def carried(self, told: Carried) -> None:
        """Remember it; told the same twice, nothing changes."""
        if self._dossier.carried.get(told.act) != told.by:
            self._dossier.carried[told.act] = told.by
            self._changed = True

    @workflow.signal(description="An annex makes itself known")
    def annex(self, annex: Annex) -> None:
        """Remember an annex; it will be told what becomes of this convention."""
        if annex.reference not in self._dossier.annexes:
            self._dossier.annexes.append(annex.reference)
            self._changed = True

    @workflow.signal(description="The parent tells what became of it")
    def parent_news(self, news: ParentNews) -> None:
        """Keep a fact about the parent; the same news told twice is kept once."""
        if self._known(news.request) is None:
            self._keep(
                Recorded(
                    id=self._next_id(),
                    fact=news.fact,
                    recorded_at=news.recorded_at,
                    recorded_by=news.parent,
                    request=news.request,
                )
            )

    @workflow.signal(description="What it said in the mail of the day, and what became of it")
    def posted(self, told: Posted) -> None:
        """Keep it in the outbox; told the same twice, nothing changes."""
        if self._outbox.keep(told.entries):
            self._changed = True

    def _next_id(self) -> str:
        """Number a fact; here and not in the domain, because a handler is replayed under newer rules."""
        return f"f{max((int(r.id[1:]) for r in self._dossier.facts), default=0) + 1}"

    def _known(self, request: str) -> Recorded | None:
        return self._dossier.asked(request)

    def _keep(self, recorded: Recorded) -> None:
        self._dossier.facts.append(recorded)
        self._changed = True
