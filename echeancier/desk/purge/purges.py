"""What the desk asks of the purges that wait; `engine.purges.Purges` answers, a fake does in tests."""

from dataclasses import dataclass
from typing import Literal, Protocol

from echeancier.desk.words import sayer
from echeancier.domain.afterwards.purge import PurgeState, closed_on, purge_day
from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.dates.words import shown
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.journal import function_of
from echeancier.domain.typography import said

Deed = Literal["confirm", "hold", "release"]


class PurgeDoor(Protocol):
    """Every purge, by reference. What a method raises is what `engine.purges.Purges` raises."""

    async def state(self, reference: str) -> PurgeState | None:
        """Return what is known of the purge of a closed file, None where none waits."""

    async def decide(self, reference: str, deed: Deed, by: str, basis: Basis | None = None) -> PurgeState:
        """Confirm, hold or release."""


@dataclass(frozen=True)
class PurgeLine:
    """Where the purge of a closed file stands, and what can be said of it.

    Attributes:
        says: in words.
        deeds: what can be done now.
    """

    says: str
    deeds: tuple[Deed, ...]


def closed_words(ctx: Context, language: str) -> str:
    """Return when a file closed, in words; empty while it is open."""
    if ctx.dossier.closed_at is None:
        return ""
    day = shown(closed_on(ctx), language)
    return sayer(language)(f"dossier clos le {day}", f"file closed on {day}")


def purge_line(ctx: Context, state: PurgeState, language: str) -> PurgeLine:
    """Return where a purge stands; its day is the domain's."""
    say = sayer(language)
    day = shown(purge_day(ctx), language)
    if state.step != "waiting":
        return PurgeLine(
            say("La purge a commencé : elle ne s’arrête plus.", "The purge has begun: it cannot be stopped."),
            (),
        )
    if state.held_since is not None:
        since = shown(state.held_since.astimezone(ctx.s.zone).date(), language)
        return PurgeLine(
            say(
                f"Un contentieux retient ce dossier depuis le {since} : rien ne sera détruit.",
                f"A litigation holds this file since {since}: nothing will be destroyed.",
            ),
            ("release",),
        )
    if state.confirmed is None:
        return PurgeLine(
            say(
                f"Ce dossier sera purgé le {day}, ou le jour de la confirmation si elle vient plus tard. Sans confirmation, "
                "rien n’est détruit.",
                f"This file will be purged on {day}, or on the day it is confirmed if that is later. Unless it is confirmed, "
                "nothing is destroyed.",
            ),
            ("confirm", "hold"),
        )
    who = said(function_of(ctx.dossier, state.confirmed.by), language)
    basis = (
        say("avec le visa du service d’archives", "with the visa of the archives")
        if state.confirmed.basis == "visa"
        else say("une autorisation dispensant du visa", "an authorisation sparing the visa")
    )
    return PurgeLine(
        say(
            f"La purge est confirmée par « {who} » ({basis}) : elle aura lieu le {day}, ou aussitôt si ce jour est passé.",
            f"The purge is confirmed by “{who}” ({basis}): it takes place on {day}, or at once if that day is past.",
        ),
        ("hold",),
    )
