"""The worker: where activities meet the outside world. The only list of workflows and activities."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from temporalio.client import Client
from temporalio.worker import Worker

from activities.daily_mail import DailyMailActivities
from activities.heartbeat import HeartbeatActivities
from activities.mail import MailActivities
from activities.plan import PlanActivities
from activities.purge import PurgeActivities
from activities.replies import ReplyActivities
from echeancier.adapters.inbox.imap import ImapMailbox
from echeancier.adapters.inbox.parser import MimeReplyParser
from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.keys.opening import open_ring, purge_ledger_file
from echeancier.adapters.mail.installed import digest_writer_of, writer_of
from echeancier.adapters.papers.enclosures_pdf import PdfPrinter
from echeancier.adapters.papers.purge_certificate import PurgeCertificates
from echeancier.adapters.relay.held_or_redirected import HeldMail, RedirectedMail
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.replies_apart import RepliesApart
from echeancier.adapters.rules_mark import rules_mark
from echeancier.adapters.settings import Settings, WrongSettingsError, load_settings, unknown_settings
from echeancier.adapters.stores.archive import DirectoryArchive
from echeancier.adapters.stores.custody import Custodian
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.adapters.stores.inventory import close_stores, forgetful_stores
from echeancier.adapters.stores.purge_ledger import PurgeLedger
from echeancier.adapters.web.monitor import HttpMonitor
from echeancier.domain.afterwards.purged_file import PurgedFile
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.model import Frozen, build_models
from echeancier.domain.overview.digest_day import WEEKDAYS
from echeancier.domain.ports import MailRounds, MailTransport, OpenConventions, Readings, ReplyMailbox
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.running.keys import HOUSE, KeyLostError, Vault
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.domain.typography import nbsp
from echeancier.engine.agreement import EngineSharedActs
from echeancier.engine.client import connect
from echeancier.engine.closed_files import EngineClosedFiles
from echeancier.engine.codec import codec_of
from echeancier.engine.day_keys import EngineDayKeys
from echeancier.engine.exit import leave
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.mail_rounds import EngineMailRounds
from echeancier.engine.old_runs import EngineRuns
from echeancier.engine.open_conventions import EngineConventions
from echeancier.engine.patient_worker import PatientWorker
from echeancier.engine.pulse import Pulse, Watching
from echeancier.engine.purged_again import PurgedAgain
from echeancier.engine.purges import Purges
from echeancier.engine.reading_schedule import schedule_reading
from echeancier.engine.refused import RefusingAnswers
from echeancier.engine.register import ConventionRegister
from echeancier.engine.rounds import EngineReadings
from echeancier.engine.schedules import schedule_mornings, schedule_rounds
from echeancier.engine.strangers import forget_strangers
from echeancier.engine.troubles import Doctor
from workflows.convention import ConventionWorkflow
from workflows.daily_mail import DailyMailWorkflow
from workflows.heartbeat import HeartbeatWorkflow
from workflows.ids import TASK_QUEUE
from workflows.morning import MorningWorkflow
from workflows.policies import BEATS_EVERY
from workflows.purge import PurgeWorkflow
from workflows.replies import RepliesWorkflow

WORKFLOWS: list[type] = [
    ConventionWorkflow,
    RepliesWorkflow,
    PurgeWorkflow,
    MorningWorkflow,
    DailyMailWorkflow,
    HeartbeatWorkflow,
]

GRACE = timedelta(seconds=20)
"""How long a stopping worker lets a message under way reach its end."""

NO_SHIFT = CalendarShift()
"""In real life the calendar is that of the engine's clock."""

PATIENCE = timedelta(seconds=1)
"""Two signals closer than that are one request."""

OUR_ZONE = ZoneInfo("Europe/Paris")
"""Whose time a certificate is dated in."""

IN_CLEAR = "Ils traversent le réseau en clair (ECHEANCIER_SMTP__SECURITY=none) : retirer ce réglage, ou choisir starttls ou tls."
"""Said where the relay is not this machine: nobody is refused his mail for it, nobody should overlook it."""

INTERRUPTED = 130
"""Exit code of a process told twice to end."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """What a worker is made of; tests and rehearsals replace a part, never the wiring.

    Attributes:
        ledger: where purges are written down apart from the data, None in a rehearsal.
        rounds: who begins the mail of a day; the engine of the client where left out.
    """

    settings: Settings
    transport: MailTransport
    policy: Policy = DEFAULT_POLICY
    shift: CalendarShift = NO_SHIFT
    mailbox: ReplyMailbox | None = None
    vault: Vault | None = None
    ledger: PurgeLedger | None = None
    rounds: MailRounds | None = None


def activities_of(parts: Parts) -> Sequence[Callable[..., Any]]:
    """Return the activities, wired to the outside world."""
    hours = parts.settings.digest.hours
    planning = PlanActivities(parts.policy, parts.shift, rules_mark(parts.policy), parts.vault is not None, hours)
    mail = MailActivities(
        writer_of(parts.settings, keys_of(parts.settings)),
        PdfPrinter(),
        parts.transport,
        store_of(parts),
        parts.shift,
    )
    return [planning.plan, mail.send]


def keys_of(settings: Settings) -> LinkKeys:
    """Return the keys of the links and of the return addresses; the first one is made if there is none."""
    keys = LinkKeys(settings.data)
    keys.ensure(utc_now())
    return keys


def parser_of(settings: Settings) -> MimeReplyParser:
    """Return what recognises the mail that comes back."""
    return RepliesApart(keys_of(settings), settings.imap.authserv_id if settings.imap is not None else "")


def purge_activities_of(client: Client, parts: Parts) -> Sequence[Callable[..., Any]]:
    """Return the activities that purge closed files; none where nothing is encrypted, in a rehearsal for instance."""
    if parts.vault is None:
        return []
    data = parts.settings.data
    purge = PurgeActivities(
        files=EngineClosedFiles(client, custody_of(parts)),
        store=store_of(parts),
        others=forgetful_stores(data, parts.vault),
        vault=parts.vault,
        day_keys=day_keys_of(client, parts, parts.vault),
        archive=DirectoryArchive(data / "archive", parts.ledger),
        certificates=PurgeCertificates(OUR_ZONE),
        parser=parser_of(parts.settings),
        writer=writer_of(parts.settings, keys_of(parts.settings)),
        transport=parts.transport,
        shift=parts.shift,
        policy=parts.policy,
    )
    return [purge.look, purge.ask, purge.open, purge.documents, purge.runs, purge.key, purge.certify]


def store_of(parts: Parts) -> DirectoryStore:
    """Return the store of the documents."""
    return DirectoryStore(parts.settings.data / "documents", parts.vault)


def reply_activities_of(client: Client, parts: Parts) -> Sequence[Callable[..., Any]]:
    """Return the activities that read the mailbox of the answers."""
    register = ConventionRegister(client, lambda: parts.shift.to_calendar(utc_now()), custody_of(parts))
    replies = ReplyActivities(parts.mailbox, parser_of(parts.settings), store_of(parts), register)
    return [replies.read, replies.locate, replies.record, replies.file, replies.forget]


def parts_from(settings: Settings, transport: MailTransport, vault: Vault | None = None) -> Parts:
    """Return the parts that the settings ask for, with a transport and a vault already chosen."""
    mailbox = None if settings.imap is None else ImapMailbox(settings.imap)
    chosen = {
        "nudge_days": settings.days_of_nudge,
        "one_mail_a_day": settings.one_mail_a_day,
        "gather_minutes": settings.gather_minutes,
        "digest_ours": settings.digest.ours if settings.digest.wanted else "none",
        "digest_weekday": WEEKDAYS.index(settings.digest.day),
        "sending_stopped": settings.stop_sending,
        "stakes": settings.stakes,
    }
    policy = DEFAULT_POLICY.model_copy(update=chosen)
    ledger = None if vault is None else PurgeLedger(purge_ledger_file(settings), vault)
    return Parts(settings, transport, policy, mailbox=mailbox, vault=vault, ledger=ledger)


def watch_activities_of(client: Client, parts: Parts, pulse: Pulse) -> Sequence[Callable[..., Any]]:
    """Return the activities that speak of every convention: the mail of the day, and the robot's rounds."""
    settings = parts.settings
    conventions = EngineConventions(client, custody_of(parts))
    readings = EngineReadings(client, wanted=settings.imap is not None)
    url = settings.heartbeat.url
    daily = daily_mail_of(parts, parts.rounds or EngineMailRounds(client), conventions, readings)
    monitor = None if url is None else HttpMonitor(url, settings.heartbeat.method)
    acts = EngineSharedActs(Conventions(client, lambda: parts.shift.to_calendar(utc_now()), custody=custody_of(parts)))
    keys = None if parts.vault is None else day_keys_of(client, parts, parts.vault)
    rounds = HeartbeatActivities(conventions, parts.transport, pulse, readings, EngineRuns(client), monitor, acts, keys)
    return [*of_the_mail(daily), rounds.round, rounds.forget]


def of_the_mail(daily: DailyMailActivities) -> Sequence[Callable[..., Any]]:
    """Return the activities of the mail of the day."""
    return [daily.day, daily.ask, daily.compose, daily.settle]


def daily_mail_of(
    parts: Parts, rounds: MailRounds, conventions: OpenConventions, readings: Readings
) -> DailyMailActivities:
    """Return the activities of the mail of the day."""
    digest = parts.settings.digest
    return DailyMailActivities(
        rounds,
        conventions,
        writer_of(parts.settings, keys_of(parts.settings)),
        digest_writer_of(parts.settings, keys_of(parts.settings)),
        PdfPrinter(),
        store_of(parts),
        readings,
        parts.shift,
        parts.policy,
        digest.hours,
        digest.extra,
        parts.vault,
    )


async def ensure_schedules(client: Client, settings: Settings) -> None:
    """Have what happens regularly happen as the settings ask: the mailbox read, the mail of the day sent, the rounds made."""
    await schedule_reading(client, wanted=settings.imap is not None)
    await schedule_mornings(client, settings.digest.hours)
    minutes = settings.heartbeat.minutes
    await schedule_rounds(client, timedelta(minutes=minutes) if minutes else None)


def transport_of(settings: Settings, capture: SmtpSettings | None) -> MailTransport:
    """Return what carries the mail: the relay, the local capture without one, or the emergency stop.

    Raises:
        WrongSettingsError: there is neither.
    """
    if settings.stop_sending:
        return HeldMail()
    relay = settings.smtp or capture
    if relay is None:
        raise WrongSettingsError("aucun serveur d’envoi : définir ECHEANCIER_SMTP__HOST")
    carrier = SmtpTransport(relay)
    if settings.redirect_to:
        return RedirectedMail(carrier, settings.redirect_to, settings.sender)
    return carrier


def build_worker(client: Client, parts: Parts, *, task_queue: str = TASK_QUEUE, **options: Any) -> Worker:
    """Return a worker for every workflow and activity of the program."""
    build_models(Frozen, Dossier)  # at its first use, in the middle of a workflow, it would hold up the task
    pulse = Pulse()
    activities = [
        *activities_of(parts),
        *reply_activities_of(client, parts),
        *purge_activities_of(client, parts),
        *watch_activities_of(client, parts, pulse),
    ]
    return PatientWorker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=activities,
        interceptors=[Watching(pulse), RefusingAnswers()],
        max_heartbeat_throttle_interval=BEATS_EVERY,
        graceful_shutdown_timeout=GRACE,
        **options,
    )


async def prepare(client: Client, parts: Parts) -> None:
    """Do what comes before anything works or answers: what was purged since a copy was made is nobody's to see again.

    Raises:
        KeyLostError: the house's key is lost; nothing can be done for anybody without it.
    """
    if parts.vault is not None:
        await check_keys(client, parts)
        for name in await forget_strangers(client):
            _log.warning("« %s », lancé dans le moteur par quelqu’un d’autre, n’est pas d’Échéancier : effacé.", name)
        await purge_again(client, parts, parts.vault)
        await day_keys_of(client, parts, parts.vault).forget()
        await Purges(client).begin_missing(DirectoryArchive(parts.settings.data / "archive").all())
    behind = await Doctor(client, utc_now).clock_behind()
    if behind is not None:
        _log.warning("%s", nbsp(behind.said.fr))


async def serve(client: Client, parts: Parts, stop: asyncio.Event) -> None:
    """Work until ``stop``, once all is prepared; conventions planned by other rules are planned again first."""
    async with build_worker(client, parts):
        asked = await Conventions(client).replan_all(rules_mark(parts.policy))
        await ensure_schedules(client, parts.settings)
        if asked:
            _log.info("asked %d conventions to plan again: the rules have changed", asked)
        await stop.wait()


async def check_keys(client: Client, parts: Parts) -> None:
    """Name every convention whose key is lost; no key is made here: another one would open nothing, and hide the loss.

    Raises:
        KeyLostError: the house's key is lost; nothing can be done for anybody without it.
    """
    custody = custody_of(parts)
    if not custody.has_key(HOUSE) and (await client.count_workflows("")).count:
        raise KeyLostError(HOUSE)
    for reference in await Conventions(client, custody=custody).keyless():
        _log.warning("%s", KeyLostError(reference))


async def purge_again(client: Client, parts: Parts, vault: Vault) -> None:
    """Destroy what a restored copy brought back of the files purged since, before anything works on it.

    The archive knows them, unless the copy replaced it too; then the ledger beside the master key does. A purge that was
    under way when the machine stopped is left to its own workflow, unless the copy has its convention run again.
    """
    data, archive = parts.settings.data, DirectoryArchive(parts.settings.data / "archive")
    certificates, engine, store = PurgeCertificates(OUR_ZONE), PurgedAgain(client), store_of(parts)
    damaged = archive.damaged()
    for record in parts.ledger.all() if parts.ledger is not None else ():
        known = None if record.reference in damaged else archive.find(record.reference)
        if known is None or known.finished_at is None:
            archive.keep(record.reference, certificates.write(record))
            archive.write(record)
    present = await engine.present()
    for record in archive.all():
        reference = record.reference
        if record.finished_at is None and not present.get(reference, False):
            continue
        documents = store.names(reference)
        if reference not in present and not documents and not vault.holds(reference):
            continue
        _log.warning(
            "%s avait été purgée : ce qu’une copie restaurée en rapporte est détruit avant tout travail.", reference
        )
        if reference in present:
            await engine.forget(reference)
        for other in forgetful_stores(data, vault):
            other.forget(PurgedFile(reference=reference))
        for name in documents:
            store.remove(name)
        vault.destroy(reference)
        if record.finished_at is None:
            done = record.model_copy(update={"finished_at": utc_now()})
            archive.keep(reference, certificates.write(done))
            archive.write(done)


def day_keys_of(client: Client, parts: Parts, vault: Vault) -> EngineDayKeys:
    """Return the keys of the mails of a day."""
    hours = parts.settings.digest.hours
    return EngineDayKeys(client, vault, lambda: hours.today(parts.shift.to_calendar(utc_now())))


def custody_of(parts: Parts) -> Custodian:
    """Return the keys and what was purged."""
    return Custodian(parts.vault, parts.settings.data)


def stop_when_asked() -> asyncio.Event:
    """Return an event that SIGINT (Ctrl-C) or SIGTERM sets; a signal sent again later ends the process at once.

    Whoever started us may pass on the signal that we have had ourselves: twice within a second is once.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    first: list[float] = []

    def asked() -> None:
        first.append(loop.time())
        stop.set()
        if first[-1] - first[0] > PATIENCE.total_seconds():
            leave(INTERRUPTED)

    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, asked)
    return stop


async def run() -> None:
    """Work for the engine that Temporal's standard configuration names, until SIGINT or SIGTERM.

    Raises:
        WrongSettingsError: a setting does not suit, or no relay is named.
        EngineUnreachableError: no engine is configured, or none answers.
    """
    stop = stop_when_asked()
    for unread in unknown_settings(os.environ):
        _log.warning(unread)
    settings = load_settings()
    close_stores(settings.data)
    transport = transport_of(settings, None)
    if settings.smtp is not None and settings.smtp.in_clear:
        _log.warning(IN_CLEAR)
    vault = open_ring(settings)
    client = await connect(codec=codec_of(vault))
    _log.info("working for %s, namespace %s", client.service_client.config.target_host, client.namespace)
    parts = parts_from(settings, transport, vault)
    await prepare(client, parts)
    await serve(client, parts, stop)
