"""The mail of a day: composed when it is handed over, sent once to each person, told to each convention."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.daily_mail import Composed, ComposeRequest, DailyMailActivities, SettleRequest, Written, folder_of
    from echeancier.domain.facts.dossier import Message
    from echeancier.domain.messages.outbox import IN_A_ROW
    from echeancier.domain.messages.send_request import SendRequest, SendResult, answered
    from echeancier.domain.messages.tried_again import MOST_CUTS, MOST_UNKNOWN
    from workflows.alarm_clock import AlarmClock
    from workflows.handing import Cut, hand_over
    from workflows.messages import DailyMailEnd, DailyMailStart, Posted
    from workflows.policies import COMPOSE_HEARTBEAT, COMPOSE_RETRY, COMPOSE_TIMEOUT, REPLY_TIMEOUT
    from workflows.relatives import signal_relative

AFTER_A_CUT = timedelta(minutes=10)
"""A try that ended without any answer is made again after that long."""


@dataclass
class _Tries:
    """What is known of the tries of one mail: how many, how many of them without an answer, how often its content left."""

    count: int = 0
    cuts: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class _Tried:
    """One mail after a try.

    Attributes:
        settled: it was taken, or refused for good.
        again: else how long until it is worth trying again today; None when it is not, and the next day says what is still true.
    """

    mail: Written
    outcome: SendResult | Cut
    settled: bool = False
    again: timedelta | None = None

    @property
    def taken(self) -> bool:
        """Whether the relay took it."""
        return isinstance(self.outcome, SendResult) and self.outcome.status == "accepted"

    @property
    def refuses(self) -> bool:
        """Whether it is the address that refuses, as far as one answer tells."""
        return self.settled and isinstance(self.outcome, SendResult) and self.outcome.fault == "address"


@workflow.defn(name="DailyMail")
class DailyMailWorkflow:
    """Sends each person one mail that says all that is to be said that day.

    What it says is asked of the conventions each time it is handed over: what was recorded a minute before is not
    reminded of. What the relay does not take by the evening is dropped; the mail of the next day says what is still
    true then, so that nobody ever finds two.
    """

    @workflow.init
    def __init__(self, start: DailyMailStart) -> None:
        """Begin with nothing tried."""
        self._day = start.day
        self._clock = AlarmClock()
        self._tries: dict[str, _Tries] = {}
        self._digests = False
        self._end = DailyMailEnd(day=start.day)

    @workflow.run
    async def run(self, start: DailyMailStart) -> DailyMailEnd:
        """Gather, compose, hand over; again as long as the relay puts some off, until the evening."""
        if start.gather:
            await self._wait(start.gather)
        before: tuple[Written, ...] = ()
        while True:
            mails = await self._to_send(start, before)
            tried = _in_a_row(await asyncio.gather(*(self._send(one) for one in mails)))
            await self._done([one for one in tried if one.settled])
            left = [one for one in tried if not one.settled]
            before = tuple(one.mail for one in left)
            waits = [one.again for one in left if one.again is not None]
            if not waits:
                break
            await self._wait(min(waits))
        await self._settle(dropped=before, whole=self._digests and not before)
        return self._end.model_copy(update={"left": len(before)})

    async def _to_send(self, start: DailyMailStart, before: tuple[Written, ...]) -> tuple[Written, ...]:
        """What is to be said now; what may have left already is tried again as it was, byte for byte."""
        kept = {one.address.casefold(): one for one in before if self._tries[one.id].unknown}
        composed = await self._composed(start)
        self._digests = composed.digests
        fresh = [one for one in composed.mails if one.address.casefold() not in kept]
        mails = (*kept.values(), *fresh)
        ids = {one.id for one in mails}
        await self._settle(dropped=tuple(one for one in before if one.id not in ids))
        return mails

    async def _wait(self, long: timedelta) -> None:
        await self._clock.wait(workflow.now() + long, lambda: False)
        self._clock.set(None)

    async def _composed(self, start: DailyMailStart) -> Composed:
        return await workflow.execute_activity_method(
            DailyMailActivities.compose,
            ComposeRequest(day=start.day, engine=workflow.now(), refused=start.refused),
            start_to_close_timeout=COMPOSE_TIMEOUT,
            heartbeat_timeout=COMPOSE_HEARTBEAT,
            retry_policy=COMPOSE_RETRY,
        )

    async def _send(self, mail: Written) -> _Tried:
        known = self._tries.setdefault(mail.id, _Tries())
        request = SendRequest(
            id=mail.id,
            reference=folder_of(self._day),
            address=mail.address,
            at=mail.at,
            tries=known.count,
            until=mail.until,
            unknown=known.unknown,
        )
        known.count += 1
        result = await hand_over(request, "courrier du jour")
        known.unknown = result.unknown
        if isinstance(result, Cut):
            known.cuts += 1
            asked = result.unknown >= MOST_UNKNOWN
            return _Tried(mail, result, asked, None if result.over or known.cuts >= MOST_CUTS else AFTER_A_CUT)
        if result.status in ("accepted", "refused"):
            return _Tried(mail, result, settled=True)
        soon = result.next_try is not None and result.next_try <= mail.until
        return _Tried(mail, result, again=result.next_try - result.at if soon and result.next_try else None)

    async def _done(self, tried: list[_Tried]) -> None:
        """Remember that these were said, then tell each convention what became of its part."""
        if not tried:
            return
        await self._settle(said=tuple(one.mail for one in tried))
        told: dict[str, list[Message]] = {}
        for one in tried:
            self._end = self._end.model_copy(
                update={"accepted": self._end.accepted + one.taken, "refused": self._end.refused + (not one.taken)}
            )
            for part in one.mail.told:
                told.setdefault(part.reference, []).append(self._entry(part.entry, one))
        for reference, entries in told.items():
            await signal_relative(reference, "posted", Posted(entries=tuple(entries)))

    def _entry(self, entry: Message, one: _Tried) -> Message:
        tries, outcome = self._tries[one.mail.id].count, one.outcome
        if isinstance(outcome, SendResult):
            return answered(entry, outcome, tries)
        return entry.model_copy(
            update={
                "status": "refused",
                "tries": tries,
                "unknown": outcome.unknown,
                "maybe_twice": True,
                "answered_at": one.mail.at,
                "detail": outcome.detail,
            }
        )

    async def _settle(
        self, said: tuple[Written, ...] = (), dropped: tuple[Written, ...] = (), *, whole: bool = False
    ) -> None:
        if not said and not dropped and not whole:
            return
        await workflow.execute_activity_method(
            DailyMailActivities.settle,
            SettleRequest(
                day=self._day,
                said=tuple(one.id for one in said),
                addresses=tuple(one.address for one in said),
                digests=tuple(one.digest for one in said if one.digest),
                dropped=tuple(one.id for one in dropped),
                whole=whole,
            ),
            start_to_close_timeout=REPLY_TIMEOUT,
            retry_policy=COMPOSE_RETRY,
        )


def _in_a_row(tried: list[_Tried]) -> list[_Tried]:
    """Return the mails; so many addresses that refuse at once, none served, are a relay that refuses us: tried again."""
    refusing = [one for one in tried if one.refuses]
    if len(refusing) < IN_A_ROW or any(one.taken for one in tried):
        return tried
    return [_Tried(one.mail, one.outcome, again=AFTER_A_CUT) if one.refuses else one for one in tried]
