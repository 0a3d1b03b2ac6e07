"""What our mails lead to, in words: for the manager's first digest of the month, and the page of the desk."""

from collections.abc import Iterable
from datetime import datetime

from echeancier.domain.attention.measure import ENOUGH, Correspondence, Measured, measured
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import MailYield
from echeancier.domain.messages.mails import MAILS, mail_of
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import STAGE_WORDS


def measured_of(contexts: Iterable[Context], now: datetime) -> tuple[Measured, ...]:
    """Return what each kind of mail led to in some conventions, at each of its times, the least first."""
    files = (Correspondence(ctx.dossier, ctx.items, ctx.s.convention.place.calendar()) for ctx in contexts)
    return measured(files, now, {mail.kind for mail in MAILS if mail.only_names})


def yields(found: Iterable[Measured]) -> tuple[MailYield, ...]:
    """Return the same of the last ninety days, in words; without what was written too seldom in them to say something."""
    return tuple(
        MailYield(
            kind=name_of(one.kind), stage=stage_of(one.stage), mails=one.lately, followed=one.followed_lately,
            softer=one.is_to_soften,
        )
        for one in found
        if one.lately >= ENOUGH
    )  # fmt: skip


def name_of(kind: str) -> Text:
    """Return what a kind of mail is called."""
    try:
        return mail_of(kind).name
    except KeyError:  # one that is no longer written
        return Text(fr=kind, en=kind)


def stage_of(stage: str) -> Text | None:
    """Return what one of the times of a mail is called, None where it has no name."""
    return STAGE_WORDS.get(stage)
