"""The stage of a rehearsal: the real engine on this machine only, a worker, one calendar, a mailbox that nothing leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from temporalio.client import Client
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from echeancier.adapters.keys.rehearsal_vault import RehearsalVault
from echeancier.adapters.relay.capture import Answer, CaptureServer
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings
from echeancier.cli.rehearsal.as_installed import HOURS
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.overview.digest_day import days_of, next_morning
from echeancier.domain.ports import MailRounds
from echeancier.domain.running.clock import StandingCalendar
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.engine.codec import codec_of
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.idle_worker import IdleWatch, StuckError, Watched
from echeancier.engine.mail_rounds import EngineMailRounds
from echeancier.engine.rehearsal_engine import rehearsal_engine
from worker import Parts, build_worker
from workflows.alarm_clock import WAKE
from workflows.ids import convention_id
from workflows.messages import Wake

_RESTLESS = 10
"""Times a workflow may be woken without the calendar moving: what goes on longer would go on for ever."""


@dataclass
class RehearsalStage:
    """What a rehearsal is played on.

    The calendar stands still while anything is being done; it then moves to the next instant that any workflow waits for,
    and those are woken. So there is one clock, whoever lives on the stage.

    Attributes:
        instant: where the calendar stands; the door stamps with it.
        mailbox: where every mail arrives.
        rounds: who begins the mail of a day; on the morning of the digest the stage does, as a schedule would.
        digests: whether digests are read on it.
        idle_watch: knows who is on the stage, and when nobody moves.
    """

    client: Client
    mailbox: CaptureServer
    idle_watch: IdleWatch
    instant: datetime
    rounds: MailRounds
    digests: bool = False
    began: datetime = field(default_factory=utc_now)

    def __post_init__(self) -> None:
        self.calendar = StandingCalendar(self.instant - self.began, lambda: self.instant)
        self._digest_at = _next_digest(self.instant)

    @property
    def conventions(self) -> Conventions:
        """The door, its clock being the rehearsed calendar's."""
        return Conventions(self.client, lambda: self.instant)

    async def enter(self, convention: Convention, records: tuple[Recorded, ...] = ()) -> None:
        """Register a convention with what is known of it, and let it do what is to be done at once."""
        self.idle_watch.expect()
        await self.conventions.start(convention, convention.coordinator, records)
        await self.idle_watch.reached()

    def is_open(self, convention: Convention) -> bool:
        """Whether its file was open when the calendar last moved."""
        return convention_id(convention.reference) in self.idle_watch.waits

    async def sleep_until(self, instant: datetime) -> None:
        """Let the calendar run up to ``instant``; everything due before it happens on its way, in order.

        Raises:
            StuckError: a workflow cannot go on.
        """
        woken = 0
        while True:
            await self.idle_watch.reached()
            coming = {one: self._calendar_instant(at) for one, at in self.idle_watch.waits.items() if at is not None}
            next_one = min(coming.values(), default=None)
            if (
                self.digests
                and self._digest_at <= instant
                and (next_one is None or self._digest_at <= next_one)
                and coming
            ):
                self.instant = self._digest_at
                self._digest_at = _next_digest(self.instant)
                await self.rounds.begin(HOURS.today(self.instant).isoformat(), timedelta(0))
                continue
            if next_one is None or next_one > instant:
                break
            woken = woken + 1 if next_one <= self.instant else 0
            if woken > _RESTLESS:
                raise StuckError(
                    f"quelque chose est toujours à faire et jamais fait, le {figures(self.instant)} {self.instant:%H:%M}"
                )
            self.instant = max(self.instant, next_one)
            await asyncio.gather(*(self._wake(one) for one, at in coming.items() if at <= self.instant))
        self.instant = max(instant, self.instant)

    async def _wake(self, workflow_id: str) -> None:
        self.idle_watch.expect()
        await self.client.get_workflow_handle(workflow_id).signal(WAKE, Wake(to=self.instant))

    def _calendar_instant(self, engine: datetime) -> datetime:
        """A timer is a duration from an instant known to some nanoseconds; what is planned is whole seconds."""
        exact = self.calendar.to_come(engine) + timedelta(milliseconds=5)
        return exact.replace(microsecond=exact.microsecond // 10_000 * 10_000)


def _next_digest(instant: datetime) -> datetime:
    """Return the first morning after an instant on which somebody reads a digest, of the week or of the month."""
    day = next_morning(HOURS.today(instant), HOURS, days_of(()))
    return datetime.combine(day, DEFAULT_POLICY.send_from, tzinfo=ZoneInfo(HOURS.zone))


class _HeardRounds:
    """Begins the mail of a day, and says so to whoever watches for the stage to be idle."""

    def __init__(self, rounds: EngineMailRounds, idle_watch: IdleWatch) -> None:
        self._rounds, self._idle_watch = rounds, idle_watch

    async def begin(self, day: str, gather: timedelta) -> bool:
        self._idle_watch.expect()
        began = await self._rounds.begin(day, gather)
        if not began:
            self._idle_watch.give_up()
        return began


@asynccontextmanager
async def stage(
    begins: datetime,
    directory: Path,
    policy: Policy = DEFAULT_POLICY,
    answer: Answer | None = None,
    *,
    in_clear: bool = False,
) -> AsyncIterator[RehearsalStage]:
    """Open a stage.

    The engine lives in memory, sealed with a key that lives there too; of all that is played only ``directory`` remains.
    The mail goes to a capture server of this process and nowhere else: the settings of a real relay are not even read.

    Args:
        begins: where its calendar begins.
        directory: where the mails and the documents go.
        policy: our lead times; `AS_INSTALLED` to live as an installation does, with its mail of the day and its digests.
        answer: what the relay says of each address; takes everything without it.
        in_clear: the engine keeps everything unsealed, for a history that is to be recorded and replayed without keys.
    """
    codec = codec_of(None if in_clear else RehearsalVault())
    async with rehearsal_engine(codec) as client, CaptureServer(directory / "mails", answer=answer) as mailbox:
        idle_watch = IdleWatch()
        rounds = _HeardRounds(EngineMailRounds(client), idle_watch)
        played_on = RehearsalStage(client, mailbox, idle_watch, begins, rounds, policy.digest_ours != "none")
        relay = SmtpTransport(SmtpSettings(host=mailbox.host, port=mailbox.port, security="none"))
        settings = Settings.model_construct(data=directory)
        parts = Parts(settings, relay, policy, played_on.calendar, rounds=rounds)
        runner = Watched(SandboxedWorkflowRunner(), played_on.idle_watch)
        async with build_worker(client, parts, workflow_runner=runner):
            yield played_on
