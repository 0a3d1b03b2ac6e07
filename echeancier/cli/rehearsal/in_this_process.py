"""A convention rehearsed without the engine, in seconds: the robot's own rules, its own words, nobody to wait for."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from aiosmtplib import SMTPRecipientRefused

from activities.enclosing import enclosed
from echeancier.adapters.files.scenario_file import RefusedMail
from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.mail.installed import digest_writer_of, writer_of
from echeancier.adapters.papers.enclosures_pdf import PdfPrinter
from echeancier.adapters.relay.outcome import ExchangeStage, failure
from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.cli.rehearsal.as_installed import AS_INSTALLED, HOURS
from echeancier.cli.rehearsal.casting import relay_answer
from echeancier.cli.rehearsal.life import ActedConvention, LivedLife
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.rehearsal.lives import Lives, Member, Progress, zone_of


def live_in_this_process(
    part: ActedConvention,
    directory: Path,
    refused: Sequence[RefusedMail],
    progress: Progress,
    until: date | None = None,
) -> LivedLife:
    """Play one convention to its end, and return what was lived.

    Several conventions talk to each other through the engine: they are played on it (`live_together`).

    Args:
        part: the convention.
        directory: where the mails and the documents go.
        refused: which addresses the relay refuses.
        progress: told of each step.
        until: the day on which the rehearsal stops; None to live until the file closes.
    """
    began = part.begins.astimezone(zone_of(part.convention))
    answer = relay_answer(refused)
    lives = Lives(
        began, AS_INSTALLED, lambda address, _now: _delivery(answer(address), address), _Mailbox(directory).carry, HOURS
    )
    member = lives.enter(part.convention, part.records, part.player)
    lives.to_their_ends(until or date.max, progress)
    return _life(member, began, lives.now)


def _delivery(reply: str, address: str) -> Delivery:
    """What became of a mail whose recipient got such a reply, empty where there was nothing against it."""
    if not reply:
        return Delivery(outcome="accepted")
    code, _, words = reply.partition(" ")
    return failure(SMTPRecipientRefused(int(code), words, address), ExchangeStage.RECIPIENT, (address,))


def _life(member: Member, began: datetime, now: datetime) -> LivedLife:
    dossier = member.dossier
    return LivedLife(
        dossier=dossier,
        began=began,
        ended=max([dossier.closed_at or now, *(message.at for message in dossier.outbox)]),
        closed=not member.is_open,
        refused=tuple(member.refused),
        never=() if member.player is None else member.player.left(tuple(dossier.facts)),
    )


class _Mailbox:
    """Where the mails of a rehearsal arrive, put into words as those of an installation without a public address."""

    def __init__(self, directory: Path) -> None:
        settings = Settings.model_construct(data=directory)
        keys = LinkKeys(directory)
        keys.ensure(datetime.now().astimezone())
        self._writer, self._digests = writer_of(settings, keys), digest_writer_of(settings, keys)
        self._printer, self._store = PdfPrinter(), DirectoryStore(directory / "documents")
        self._drop = MailDrop(directory / "mails", durable=False)

    def carry(self, mail: MessageOrder | DayMail) -> str:
        """Keep a mail; its SHA-256."""
        raw = self._bytes(mail)
        self._drop.keep(raw, self._writer.return_path(mail.id), (mail.to.address,))
        return hashlib.sha256(raw).hexdigest()

    def _bytes(self, mail: MessageOrder | DayMail) -> bytes:
        parts = mail.parts if isinstance(mail, DayMail) else (mail,)
        files = tuple(file for part in parts for file in enclosed(self._store, self._printer, part))
        if isinstance(mail, MessageOrder):
            return self._writer.write(mail, files)
        return (self._writer if mail.digest is None else self._digests).write_day(mail, files)
