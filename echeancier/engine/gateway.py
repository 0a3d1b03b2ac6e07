"""The door to running conventions: typed, for the command line and the desk; nobody else sees the engine's client."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from temporalio.client import (
    Client,
    WorkflowHandle,
)
from temporalio.common import (
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError
from temporalio.workflow import UpdateMethodMultiParam

from echeancier.domain.afterwards.purge import Confirmation
from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.characters import visible
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.ports import Custody
from echeancier.domain.recording import (
    Refusal,
    check_cancel,
    check_correction,
    check_fact,
    check_start,
    check_terms,
    check_version,
    check_withdrawal,
)
from echeancier.domain.recording.agreement import Lack
from echeancier.domain.recording.shared import carriers, same, shared_act, to_be_told, to_tell
from echeancier.domain.running.health import Round
from echeancier.domain.running.keys import KeyLostError
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.standing.deliberations import OF_AN_ACT
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.terms.convention import Convention
from echeancier.engine.answering import OvertakenError, RefusedError, UnknownConventionError, answering
from echeancier.engine.asking import ANSWER_WITHIN, ask, tell
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.following import link_request, taken_by, to_record
from echeancier.engine.pauses import pauses
from echeancier.engine.rounds import last_round
from echeancier.engine.rows import Listing, Row, listed, pressing, purged_row
from echeancier.engine.shared_acts import Citing, citing, learnt, refused_by_none, taught, tell_each
from echeancier.engine.strangers import namesakes
from echeancier.engine.troubles import Doctor
from echeancier.engine.waiting_annexes import WaitingAnnexes
from workflows import search_attributes as sa
from workflows.convention import ConventionWorkflow
from workflows.ids import TASK_QUEUE, convention_id, purge_id, reference_of
from workflows.messages import (
    Carried,
    ConventionEnd,
    ConventionStart,
    Correct,
    CorrectTerms,
    PurgeStart,
    Record,
    Recording,
    Replan,
    Withdraw,
)

__all__ = [
    "Conventions",
    "NoAnswerError",
    "RefusedError",
    "Row",
    "UnknownConventionError",
    "utc_now",
]

_Asked = TypeVar("_Asked", Record, Correct, CorrectTerms, Withdraw)
_Answer = TypeVar("_Answer")


def utc_now() -> datetime:
    """Return the instant of this machine's clock."""
    return datetime.now(UTC)


class Conventions:
    """Every convention of a namespace.

    Args:
        client: connected client.
        clock: gives the instant at which something is recorded, in the calendar's own time.
        task_queue: where the worker listens.
        custody: the keys and what was purged, None where nothing is encrypted nor purged (a rehearsal).
    """

    def __init__(
        self,
        client: Client,
        clock: Callable[[], datetime] = utc_now,
        *,
        task_queue: str = TASK_QUEUE,
        custody: Custody | None = None,
    ) -> None:
        self.client, self.clock = client, clock
        self._client = client
        self._clock = clock
        self._task_queue = task_queue
        self._custody = custody
        self._annexes = WaitingAnnexes(client)
        self._doctor = Doctor(client, utc_now, task_queue)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        """Register a convention, once for ever, with what is already known of it; the one it follows is told its name.

        Raises:
            Refusal: the terms do not hang together.
            PurgedError: the reference served already, and its file was purged.
            RefusedError: the reference is taken, or the convention it follows has another follow-on.
            NoAnswerError: the engine does not answer.
        """
        now = self._clock()
        check_start(convention, now)
        await self._admit(convention.reference)
        former = await self._former(convention)
        dossier = Dossier(convention=convention, registered_at=now, registered_by=by, facts=list(facts))
        others = await self._citing(convention, convention.act)
        dossier.facts.extend(learnt(dossier, others, now))
        dossier.carried.update(carriers(dossier, others.known))
        news = taught(dossier, others)
        for one, said, _ in news:
            await refused_by_none((one,), partial(check_fact, fact=said, recorded_at=now))
        try:
            async with answering(convention.reference, self._doctor.why):
                await self._client.start_workflow(
                    ConventionWorkflow.run,
                    ConventionStart(dossier=dossier),
                    id=convention_id(convention.reference),
                    task_queue=self._task_queue,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                    static_summary=convention.reference,
                    rpc_timeout=ANSWER_WITHIN,
                )
        except WorkflowAlreadyStartedError as error:
            raise RefusedError(
                f"La convention « {convention.reference} » est déjà enregistrée : une référence ne sert qu’une fois. "
                f"Pour la voir : echeancier show {convention.reference}"
            ) from error
        await self._annexes.wake(convention.reference)
        await self._agree_who_carries(convention, dossier)
        for one, said, act in news:
            await tell_each((one,), others.unread, act, partial(self._tell, said, uuid.uuid4().hex))
        if former is not None and (fact := to_record(former, convention, now)) is not None:
            await self.record(convention.follows, fact, former.convention.coordinator, link_request(convention))
        return dossier

    async def _admit(self, reference: str) -> None:
        """Make the key of a convention that begins; one that began before and lost its key gets no other.

        Raises:
            KeyLostError: that one did.
        """
        if self._custody is None:
            return
        self._custody.refuse_if_purged(reference)
        with suppress(UnknownConventionError):
            await self._check_key(reference)
        # A key is on the disk before it seals anything: others go on meanwhile.
        await asyncio.to_thread(self._custody.admit, reference)

    async def _check_key(self, reference: str) -> None:
        """Say that a key is lost, at once: a convention whose history cannot be read answers nobody.

        Raises:
            KeyLostError: the convention is here, its key is not.
            UnknownConventionError: there is neither.
        """
        if self._custody is None or self._custody.has_key(reference):
            return
        async with answering(reference, self._doctor.why):
            await self._handle(reference).describe(rpc_timeout=ANSWER_WITHIN)
        raise KeyLostError(reference)

    async def _former(self, convention: Convention) -> Dossier | None:
        """Return the convention that a new one follows, None when it follows none or none that is known here.

        Raises:
            RefusedError: the former one already has another follow-on.
        """
        if not convention.follows:
            return None
        try:
            former = await self.dossier(convention.follows)
        except UnknownConventionError:
            return None  # it ended before this program was in use
        if (other := taken_by(former, convention)) is not None:
            raise RefusedError(
                f"{convention.follows} a déjà une suite, {other} : « follows » ne peut pas la nommer de nouveau."
            )
        return former

    async def dossier(self, reference: str) -> Dossier:
        """Return the whole dossier of a convention, open or closed.

        Raises:
            PurgedError: it was purged; the message says where its certificate is.
            KeyLostError: its key is lost.
        """
        if self._custody is not None:
            self._custody.refuse_if_purged(reference)
        await self._check_key(reference)
        async with answering(reference, self._doctor.why):
            return await ask(self._handle(reference), ConventionWorkflow.dossier)

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        """Record a fact; a repeated ``request`` records once.

        Raises:
            RefusedError: why not, and what would be accepted.
            UnknownConventionError: no such convention.
            NoAnswerError: nobody answered in time; the fact may be recorded later all the same.
        """
        key = request or uuid.uuid4().hex
        if isinstance(fact, OF_AN_ACT):
            dossier = await self.dossier(reference)
            if (act := shared_act(dossier.convention, fact)) is not None:
                return await self._record_everywhere(dossier, act, fact, by, key)
        return await self._record(reference, fact, by, key)

    async def _record(self, reference: str, fact: Fact, by: str, key: str) -> Recording:
        now = self._clock()

        def checked(dossier: Dossier) -> Record:
            if dossier.asked(key) is None:
                check_fact(dossier, fact, now)
            return Record(request=key, fact=fact, recorded_at=now, by=by, seen=dossier.revision)

        return await self._change(reference, checked, ConventionWorkflow.record, key)

    async def _record_everywhere(self, dossier: Dossier, act: CouncilAct, fact: Fact, by: str, key: str) -> Recording:
        """Record what concerns a deliberation in every convention that cites it: each takes it, or nothing is recorded.

        Whichever has it already is left as it is: said twice, it is recorded once, and what was missed is completed.
        """
        reference, told, now = dossier.convention.reference, to_tell(fact, act), self._clock()
        others = await self._citing(dossier.convention, (act,))
        waiting = [one for one in others.known if same(one.facts, told, act) is None]
        await refused_by_none(waiting, lambda one: check_fact(one, told, now))
        known = same(dossier.facts, fact, act)
        if known is None:
            kept = await self._record(reference, fact, by, key)
        else:
            kept = Recording(fact_id=known.id, version=known.version)

        await tell_each(waiting, others.unread, act, partial(self._tell, told, key))
        return kept

    async def _tell(self, fact: Fact, key: str, dossier: Dossier) -> Recording:
        return await self._record(dossier.convention.reference, fact, dossier.convention.coordinator, key)

    async def _citing(self, convention: Convention, acts: Iterable[CouncilAct]) -> Citing:
        named = tuple(act for act in acts if act.id is not None)
        references = [row.reference for row in await self.rows()] if named else []
        return await citing(convention, named, references, self.dossier)

    async def complete(self, step: Lack) -> None:
        """Have one convention know what others know of an act already: it alone is told, once.

        Raises:
            RefusedError: it does not take it.
            NoAnswerError: nobody answered in time.
        """
        by = (await self.dossier(step.reference)).convention.coordinator
        if step.fact is None and step.instead_of is not None:
            await self._cancel(step.reference, step.instead_of, by)
        elif step.fact is not None and step.instead_of is not None:
            unsaid = {"kind", "note", "act"}
            changes = {name: value for name, value in step.fact if name not in unsaid}
            await self._correct(step.reference, step.instead_of, changes, by)
        elif step.fact is not None:
            await self._record(step.reference, step.fact, by, step.request)

    async def carry(self, reference: str, act: str, by: str) -> None:
        """Tell a convention which one has a shared act published and transmitted; told the same twice, nothing changes.

        Raises:
            UnknownConventionError: it is closed, or there is none.
            NoAnswerError: nobody answered in time.
        """
        async with answering(reference, self._doctor.why):
            await self._handle(reference).signal(
                ConventionWorkflow.carried, Carried(act=act, by=by), rpc_timeout=ANSWER_WITHIN
            )

    async def _agree_who_carries(self, of: Convention, itself: Dossier | None = None) -> None:
        """Tell those that cite an act of these terms who carries it now; whatever fails here, the robot's next round mends."""
        named = {act.id for act in of.act if act.id is not None}
        with suppress(EcheancierError, NoAnswerError):
            others = await self._citing(of, of.act)
            if others.unread:
                return
            among = others.known if itself is None else (*others.known, itself)
            for one in among:
                for act, by in to_be_told(one, among).items():
                    if act in named:
                        await self.carry(one.convention.reference, act, by)

    async def correct(self, reference: str, fact_id: str, changes: dict[str, object], by: str) -> Recording:
        """Put some fields of a fact right; the former version is kept. That of a shared deliberation, wherever it is recorded."""

        def check(dossier: Dossier, known: str) -> object:
            return check_correction(dossier, known, changes, self._clock())

        def change(where: str, known: Recorded | str, author: str) -> Awaitable[Recording]:
            return self._correct(where, known, changes, author)

        return await self._change_everywhere(reference, fact_id, by, check, change)

    async def cancel(self, reference: str, fact_id: str, by: str) -> Recording:
        """Say that a fact was recorded by mistake; it is kept, and no longer counts. In every convention, as `correct`."""

        def check(dossier: Dossier, known: str) -> None:
            check_cancel(dossier, known, self._clock())

        return await self._change_everywhere(reference, fact_id, by, check, self._cancel)

    async def _change_everywhere(
        self,
        reference: str,
        fact_id: str,
        by: str,
        check: Callable[[Dossier, str], object],
        change: Callable[[str, Recorded | str, str], Awaitable[Recording]],
    ) -> Recording:
        dossier = await self.dossier(reference)
        record = next((one for one in in_force(tuple(dossier.facts)) if one.id == fact_id), None)
        act = None if record is None else shared_act(dossier.convention, record.fact)
        if record is None or act is None:
            return await change(reference, record or fact_id, by)
        others = await self._citing(dossier.convention, (act,))
        known = [(one, held) for one in others.known if (held := same(one.facts, record.fact, act)) is not None]
        held_by = {one.convention.reference: held for one, held in known}
        there = [one for one, _ in known]
        await refused_by_none(there, lambda one: check(one, held_by[one.convention.reference].id))
        kept = await change(reference, record, by)

        def tell(one: Dossier) -> Awaitable[Recording]:
            return change(one.convention.reference, held_by[one.convention.reference], one.convention.coordinator)

        await tell_each(there, others.unread, act, tell)
        return kept

    async def _correct(self, reference: str, seen: Recorded | str, changes: dict[str, object], by: str) -> Recording:
        def corrected(dossier: Dossier, fact_id: str, now: datetime) -> Fact:
            return check_correction(dossier, fact_id, changes, now)

        return await self._replace(reference, seen, corrected, by=by, cancelled=False)

    async def _cancel(self, reference: str, seen: Recorded | str, by: str) -> Recording:
        def cancelled(dossier: Dossier, fact_id: str, now: datetime) -> Fact:
            check_cancel(dossier, fact_id, now)
            return next(r.fact for r in in_force(tuple(dossier.facts)) if r.id == fact_id)

        return await self._replace(reference, seen, cancelled, by=by, cancelled=True)

    async def _replace(
        self,
        reference: str,
        seen: Recorded | str,
        instead: Callable[[Dossier, str, datetime], Fact],
        *,
        by: str,
        cancelled: bool,
    ) -> Recording:
        """Replace a fact as whoever asks saw it, or the fact of an id that nobody found."""
        key, now = uuid.uuid4().hex, self._clock()
        fact_id = seen if isinstance(seen, str) else seen.id
        first = [] if isinstance(seen, str) else [seen.version]

        def checked(dossier: Dossier) -> Correct:
            version = max((r.version for r in dossier.facts if r.id == fact_id), default=0)
            first.append(version)
            if dossier.asked(key) is None:
                check_version(dossier, fact_id, first[0])
            return Correct(
                request=key, fact_id=fact_id, version=version, fact=instead(dossier, fact_id, now), recorded_at=now, by=by,
                cancelled=cancelled, seen=dossier.revision,
            )  # fmt: skip

        return await self._change(reference, checked, ConventionWorkflow.correct, key)

    async def correct_terms(self, convention: Convention, by: str, why: str) -> None:
        """Replace terms that were typed wrongly; the former ones are kept."""
        key, now = uuid.uuid4().hex, self._clock()

        def checked(dossier: Dossier) -> CorrectTerms:
            check_terms(dossier, convention, now, why)
            return CorrectTerms(
                request=key, convention=convention, recorded_at=now, by=by, why=why, seen=dossier.revision
            )

        former = await self.dossier(convention.reference)
        await self._change(convention.reference, checked, ConventionWorkflow.correct_terms, key)
        corrected = former.model_copy(update={"convention": convention})
        await self._agree_who_carries(former.convention, corrected)
        await self._agree_who_carries(convention, corrected)

    async def withdraw(self, reference: str, by: str, why: str) -> None:
        """Withdraw a convention registered by mistake: everybody written to is told, meetings are cancelled."""
        key, now = uuid.uuid4().hex, self._clock()

        def checked(dossier: Dossier) -> Withdraw:
            check_withdrawal(dossier, why)
            return Withdraw(recorded_at=now, by=by, why=why, seen=dossier.revision)

        terms = (await self.dossier(reference)).convention
        await self._change(reference, checked, ConventionWorkflow.withdraw, key)
        await self._agree_who_carries(terms)

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        """Return the conventions that match a visibility query, sorted by what must be done first.

        Args:
            query: further conditions, in the engine's own words.
            closed: those whose file is closed too, and those that were purged, whatever the query.
        """
        found = (await self._listing(query, closed=closed)).rows
        if closed and self._custody is not None:
            gone = {record.reference: purged_row(record) for record in self._custody.purges()}
            found = [row for row in found if row.reference not in gone] + list(gone.values())
        return sorted(found, key=pressing)

    async def _listing(self, query: str = "", *, closed: bool) -> Listing:
        # A run continued as new is closed too: only the last one is the convention.
        which = "ExecutionStatus != 'ContinuedAsNew'" if closed else "ExecutionStatus = 'Running'"
        async with answering("", self._doctor.why):
            return await listed(self._client, which + (f" AND ({query})" if query else ""))

    async def keyless(self) -> tuple[str, ...]:
        """Return the references, open or closed, whose key is lost: purged ones have none to lose."""
        if self._custody is None:
            return ()
        rows = await self.rows(closed=True)
        return tuple(
            sorted(row.reference for row in rows if row.status != "purged" and not self._custody.has_key(row.reference))
        )

    async def upcoming(self, until: date) -> list[Row]:
        """Return the conventions with an end, a posting day or a safe day up to ``until`` (one windowed query)."""
        # Noon: on SQLite a day, published as its midnight, is not found equal to that midnight.
        limit = datetime.combine(until, time(12), tzinfo=UTC).isoformat()
        names = (sa.END_OF_TERM.name, sa.NEXT_POSTING_DAY.name, sa.NEXT_SAFE_DAY.name)
        return await self.rows(" OR ".join(f"{name} <= '{limit}'" for name in names))

    async def remove(self, reference: str, by: str, basis: Basis) -> None:
        """Remove a convention that is stuck: its workflow is ended without a say, then everything of it is purged.

        Args:
            reference: of the convention.
            by: the role that answers for it.
            basis: what allows the elimination.

        Raises:
            RefusedError: it is not stuck, or nothing is encrypted here, hence nothing purged.
        """
        if self._custody is None:
            raise RefusedError("Rien ne se purge dans une répétition.")
        self._custody.refuse_if_purged(reference)
        found = next((one for one in await self.troubles() if one.reference == reference), None)
        if found is None or not found.removable:
            raise RefusedError(
                f"« {reference} » n’est pas bloquée : pour la retirer en prévenant chacun, echeancier withdraw {reference} ; "
                "pour purger un dossier clos, echeancier purge."
            )
        async with answering(reference, self._doctor.why):
            with suppress(RPCError):  # the engine ended it already; one that does not answer says so below
                await self._handle(reference).terminate(reason="removed", rpc_timeout=ANSWER_WITHIN)
            await self._client.start_workflow(
                "Purge",
                PurgeStart(reference=reference, removed=Confirmation(at=self._clock(), by=by, basis=basis)),
                id=purge_id(reference),
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
                rpc_timeout=ANSWER_WITHIN,
            )

    async def troubles(self) -> tuple[Trouble, ...]:
        """Return everything that is stuck, the whole installation first."""
        purges, kept = ([], ()) if self._custody is None else (self._custody.purges(), self._custody.troubles())
        try:
            lost, strangers = await self.keyless(), await self._strangers()
        except NoAnswerError:
            lost, strangers = (), []
        found = await self._doctor.all(lost=lost, purges=purges, strangers=strangers)
        return (*kept, *found)

    async def _strangers(self) -> list[str]:
        """Return the names, as they may be shown, of what somebody else started in the engine."""
        misnamed = (await self._listing(closed=True)).strangers
        async with answering("", self._doctor.why):
            return sorted({*misnamed, *(visible(run.id) for run in await namesakes(self._client))})

    async def last_round(self) -> Round | None:
        """Return what the robot's last round found, None before the first."""
        async with answering("", self._doctor.why):
            return await last_round(self._client)

    async def replan_all(self, rules: str) -> int:
        """Ask every open convention planned by other rules to plan again; return how many were asked.

        A rule that now needs an earlier date must not wait for the next wake-up.
        """
        asked = 0
        query = f"WorkflowType = 'Convention' AND ExecutionStatus = 'Running' AND {sa.RULES.name} != '{rules}'"
        async for execution in self._client.list_workflows(query):
            if reference_of(execution.id) is not None:
                handle = self._client.get_workflow_handle(execution.id)
                try:
                    await handle.signal(ConventionWorkflow.replan, Replan(rules=rules))
                except EcheancierError:  # a key that is lost: named at the start and on the desk; the others are asked
                    continue
                asked += 1
        return asked

    async def _change(
        self,
        reference: str,
        checked: Callable[[Dossier], _Asked],
        update: UpdateMethodMultiParam[[ConventionWorkflow, _Asked], _Answer],
        key: str,
    ) -> _Answer:
        """Check a change against the dossier as it stands, and have it kept by the workflow if the dossier still stands so.

        Checked here and not in the workflow, whose thread has two seconds to think: a whole agenda takes longer than
        that on a machine whose cores are taken. Whoever was overtaken reads again.

        Args:
            reference: of the convention.
            checked: returns what to ask; raises `Refusal`. It runs beside the loop, and again for each reading.
            update: what the workflow is asked.
            key: the update's id, the same each time.
        """
        async with self._turns.setdefault(reference, asyncio.Lock()):
            for pause in pauses(key):
                dossier = await self.dossier(reference)
                try:
                    asked = await asyncio.to_thread(checked, dossier)
                except Refusal as refused:
                    raise RefusedError(str(refused)) from refused
                try:
                    async with answering(reference, self._doctor.why):
                        return await tell(self._handle(reference), update, asked, key)
                except OvertakenError:
                    await asyncio.sleep(pause)
                except UnknownConventionError:  # closed meanwhile, which the next reading says; or the engine ended it
                    if (await self.dossier(reference)).closed_at is None:
                        raise
        raise RefusedError(
            f"Trop de monde enregistre en même temps dans {reference}\u00a0: rien n’a été gardé de cette demande. "
            "Recommencez dans une minute."
        )

    def _handle(self, reference: str) -> WorkflowHandle[ConventionWorkflow, ConventionEnd]:
        return self._client.get_workflow_handle_for(ConventionWorkflow.run, convention_id(reference))
