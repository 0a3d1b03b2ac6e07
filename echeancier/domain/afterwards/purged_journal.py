"""What the journal keeps of a file once nobody stands in it: days, kinds, roles, institutions."""

from collections.abc import Mapping
from datetime import date

from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Frozen


class FactTrace(Frozen):
    """A fact: its kind, its day, when and by which role it was recorded (empty: by a relative or the mailbox)."""

    kind: str
    day: date
    recorded_on: date
    role: str
    cancelled: bool = False


class MessageTrace(Frozen):
    """A message: its kind, its day, the role it went to, what became of it."""

    kind: str
    day: date
    role: str
    status: str
    sha256: str = ""


class DueTrace(Frozen):
    """Something owed: its kind, its last day, the day it was done, its state at the end."""

    kind: str
    last_day: date | None
    done_on: date | None
    state: str


class Residue(Frozen):
    """The journal without persons.

    Attributes:
        documents: SHA-256 of each document destroyed, so that whoever holds one can show that it was of this file.
    """

    reference: str
    kind: str
    parties: tuple[str, ...]
    registered_on: date
    effect_on: date | None
    ends_on: date | None
    closed_on: date
    withdrawn: bool
    facts: tuple[FactTrace, ...]
    owed: tuple[DueTrace, ...]
    messages: tuple[MessageTrace, ...]
    documents: tuple[str, ...]


def residue(ctx: Context, closed: date, documents: Mapping[str, str]) -> Residue:
    """Return the journal without persons of a closed file.

    Args:
        ctx: the dossier at the instant of the purge.
        closed: the local day on which it closed.
        documents: SHA-256 by name; only the marks are kept.
    """
    dossier, zone = ctx.dossier, ctx.s.zone
    return Residue(
        reference=dossier.convention.reference,
        kind=dossier.convention.kind,
        parties=tuple(p.name_on(closed) for p in dossier.convention.parties.values()),
        registered_on=dossier.registered_at.astimezone(zone).date(),
        effect_on=ctx.agenda.effect_on,
        ends_on=ctx.agenda.ends_on,
        closed_on=closed,
        withdrawn=dossier.withdrawn is not None,
        facts=tuple(
            FactTrace(
                kind=r.fact.kind, day=day_of(r.fact), recorded_on=r.recorded_at.astimezone(zone).date(),
                role=_role(dossier, r.recorded_by), cancelled=r.cancelled,
            )
            for r in dossier.facts
        ),
        owed=tuple(
            DueTrace(kind=i.kind, last_day=i.legal_last_day, done_on=i.done_on, state=i.state.value)
            for i in ctx.agenda.items
        ),
        messages=tuple(_message(ctx, m) for m in dossier.outbox),
        documents=tuple(sorted(documents.values())),
    )  # fmt: skip


def _message(ctx: Context, message: Message) -> MessageTrace:
    return MessageTrace(
        kind=message.kind, day=message.at.astimezone(ctx.s.zone).date(), role=_role(ctx.dossier, message.role),
        status=message.status, sha256=message.sha256 or "",
    )  # fmt: skip


def _role(dossier: Dossier, name: str) -> str:
    """A role of the convention is kept; whatever else was typed there is not."""
    return name if name in dossier.convention.roles else ""
