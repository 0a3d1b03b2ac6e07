"""When a closed file is purged, what must be asked before, and who may confirm, hold or release it.

Pure: its answer is what the purge's workflow obeys.
"""

from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.dossier import Dossier, Told
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.messages.compose import draft
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail_kind import Content, Draft
from echeancier.domain.messages.purge import PurgeAsked
from echeancier.domain.model import Frozen, Slug, Text
from echeancier.domain.standing.people import recipient
from echeancier.domain.standing.when_mail_may_leave import morning
from echeancier.domain.terms.policy import Policy

HELD_REVIEW_MONTHS = 12
"""A hold is looked at again every year, as the hold on the destruction of data is."""


class Confirmation(Frozen):
    """Somebody answers for the purge.

    Attributes:
        at: instant it was recorded; by: the role.
        basis: what allows the elimination.
    """

    at: AwareDatetime
    by: Slug
    basis: Basis


class PurgeState(Frozen):
    """What is known of a purge to come. No person, no address: it outlives the key.

    Attributes:
        asked: instants at which the coordinator was written to.
        confirmed: who answered for it, None while nobody has.
        held_since: a litigation suspends it since then.
        removed: the convention was stuck and is removed: nothing is waited for, and its file may not be readable.
        step: where it stands.
        heard: requests of the decisions taken so far.
    """

    reference: str
    asked: tuple[AwareDatetime, ...] = ()
    confirmed: Confirmation | None = None
    held_since: AwareDatetime | None = None
    removed: bool = False
    step: Literal["waiting", "purging", "purged"] = "waiting"
    heard: tuple[str, ...] = ()


class Outlook(Frozen):
    """What must be done now.

    Attributes:
        purge_on: the file's own date.
        due: everything is purged now.
        ask: the coordinator is written to now.
        wake_at: when to look again; None when only a person can change something.
    """

    purge_on: date
    due: bool = False
    ask: bool = False
    wake_at: AwareDatetime | None = None


def purge_day(ctx: Context) -> date:
    """Return the file's own date: so many days after it closed, on a day that is worked.

    Its closing already waited for the last duty of the end and for our retention (`domain.messages.closing`).
    """
    return ctx.s.calendar.next_workable(closed_on(ctx) + timedelta(days=ctx.policy.purge_notice_days))


def closed_on(ctx: Context) -> date:
    """Return the local day on which the file closed."""
    closed = ctx.dossier.closed_at or ctx.now
    return closed.astimezone(ctx.s.zone).date()


def outlook(dossier: Dossier, state: PurgeState, now: datetime, policy: Policy) -> Outlook:
    """Return what must be done of a closed file now.

    Args:
        dossier: closed.
        state: what was asked and answered.
        now: aware instant of the calendar.
        policy: our lead times.
    """
    ctx = Context(dossier, now, policy)
    day = purge_day(ctx)
    if state.held_since is not None or state.confirmed is None:
        asking = _next_asking(ctx, state, day)
        ask = asking <= now and ctx.may_send
        return Outlook(purge_on=day, ask=ask, wake_at=None if ask else max(asking, ctx.slot))
    at = morning(ctx.s, day)
    return Outlook(purge_on=day, due=at <= now, wake_at=at if at > now else None)


def _next_asking(ctx: Context, state: PurgeState, day: date) -> datetime:
    """At once, on the day itself, then after 30 days, 60, 120…; a hold is looked at again every year."""
    if state.held_since is not None:
        since = max([state.held_since, *state.asked]).astimezone(ctx.s.zone).date()
        return morning(ctx.s, ctx.s.calendar.next_workable(add_months(since, HELD_REVIEW_MONTHS)))
    if not state.asked:
        return ctx.slot
    last = state.asked[-1].astimezone(ctx.s.zone).date()
    wait = timedelta(days=ctx.policy.question_every_days * 2 ** max(len(state.asked) - 2, 0))
    later = ctx.s.calendar.next_workable(max(last + timedelta(days=1), day if len(state.asked) == 1 else last + wait))
    return morning(ctx.s, later)


def question(dossier: Dossier, state: PurgeState, now: datetime, policy: Policy) -> list[Draft]:
    """Return the message to the coordinator, and the same to the manager, for when the first one is refused."""
    ctx = Context(dossier, now, policy)
    day, convention = purge_day(ctx), dossier.convention
    told = [Told(about="purge", stage=f"asked-{len(state.asked) + 1}", day=day)]
    content = Content(PurgeAsked, told=told, detail=_detail(state, day, closed_on(ctx)))
    roles = dict.fromkeys((convention.coordinator, convention.manager))
    return [draft(ctx, recipient(ctx.s, role), content, now) for role in roles]


def _detail(state: PurgeState, day: date, closed: date) -> Text:
    if state.held_since is not None:
        return Text(
            fr=f"Ce dossier, clos le {in_words(closed)}, devait être purgé le {in_words(day)}. Un contentieux le retient : "
            "est-il terminé ?",
            en=f"This file, closed on {in_words(closed, 'en')}, was to be purged on {in_words(day, 'en')}. A litigation "
            "holds it: is it over?",
        )
    return Text(
        fr=f"Ce dossier, clos le {in_words(closed)}, sera purgé le {in_words(day)} si vous le confirmez d’ici là, ou le jour de "
        "votre confirmation si elle vient plus tard.",
        en=f"This file, closed on {in_words(closed, 'en')}, will be purged on {in_words(day, 'en')} if you confirm it by then, "
        "or on the day you confirm it if that is later.",
    )


def check_confirm(state: PurgeState, basis: Basis | None) -> None:
    """Check that a purge can be confirmed.

    Raises:
        Refusal: nothing allows it, a litigation holds it, or it is being done.
    """
    _check_waiting(state)
    if basis is None:
        raise refusal("dire ce qui permet l’élimination : visa, ou no-visa.", "say what allows it: visa, or no-visa.")
    if state.held_since is not None:
        raise refusal(
            "un contentieux retient ce dossier : dire d’abord qu’il est terminé (echeancier purge RÉFÉRENCE --release).",
            "a litigation holds this file: say first that it is over (echeancier purge REFERENCE --release).",
        )


def check_hold(state: PurgeState) -> None:
    """Check that a purge can be held.

    Raises:
        Refusal: it is held already, or being done.
    """
    _check_waiting(state)
    if state.held_since is not None:
        raise refusal("ce dossier est déjà retenu.", "this file is held already.")


def check_release(state: PurgeState) -> None:
    """Check that a hold can be lifted.

    Raises:
        Refusal: nothing holds the file, or it is being purged.
    """
    _check_waiting(state)
    if state.held_since is None:
        raise refusal("rien ne retient ce dossier.", "nothing holds this file.")


def _check_waiting(state: PurgeState) -> None:
    if state.step != "waiting":
        raise refusal(
            "la purge de ce dossier a commencé : elle ne s’arrête plus.",
            "the purge of this file has begun: it cannot be stopped any more.",
        )
