"""Which dated things of a convention stand in a feed, and on which day. Pure: the agenda computed the dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.contacts import holder, recipient
from domain.dossier import Dossier
from domain.feeds.feed import Coverage, Scope
from domain.items import TO_DO, Item, State
from domain.planning.context import Context
from domain.planning.meetings import guests_of, uid_of
from domain.procedures.meeting import MEETINGS, Arrangement, arrangement

Mark = Literal["", "late", "missed", "done", "running"]

_MARKS: dict[State, Mark] = {
    State.LATE: "late",
    State.MISSED: "missed",
    State.DONE: "done",
    State.RUNNING: "running",
}
_WITHOUT_ITS_MEETING = TO_DO - {State.MISSED}
_IN_ALL = _WITHOUT_ITS_MEETING | _MARKS.keys()


@dataclass(frozen=True)
class Deadline:
    """A thing to do on a day: the safe day, or the last one where there is no other.

    Attributes:
        mark: what its title begins with, when it is not simply to be done.
    """

    item: Item
    day: date
    mark: Mark


@dataclass(frozen=True)
class Meeting:
    """A meeting that has its date, under the identity of its invitation."""

    item: Item
    fixed: Arrangement
    uid: str
    sequence: int
    stamp: datetime


def concerns(ctx: Context, scope: Scope) -> bool:
    """Whether a convention has its place in a feed."""
    if ctx.dossier.withdrawn is not None:
        return False
    match scope.kind:
        case "convention":
            return ctx.s.convention.reference == scope.name
        case "service":
            return ctx.s.convention.service.casefold() == scope.key
        case "person":
            return bool(roles_of(ctx, scope.key))


def roles_of(ctx: Context, address: str) -> frozenset[str]:
    """Return the roles whose mail goes to an address today: its own, and those it stands in for."""
    today = ctx.s.today
    return frozenset(
        role
        for role in ctx.s.convention.roles
        if address.casefold()
        in (holder(ctx.s, role, today).address.casefold(), recipient(ctx.s, role).address.casefold())
    )


def may_know_of(dossier: Dossier, address: str) -> bool:
    """Whether an address stands anywhere in a dossier: quick, so that the agendas of the others are not computed."""
    found = {contact.address.casefold() for contact in dossier.convention.roles.values()}
    found |= {getattr(record.fact, "address", "").casefold() for record in dossier.facts}
    return address.casefold() in found


def deadlines(ctx: Context, scope: Scope, coverage: Coverage) -> tuple[Deadline, ...]:
    """Return what stands in a feed as all-day entries.

    A meeting that has its date is left out: it is in the calendars of its guests already, by its invitation, and in
    the feed of everything at its hour.
    """
    return tuple(_deadlines(ctx, scope, coverage)) if concerns(ctx, scope) else ()


def _deadlines(ctx: Context, scope: Scope, coverage: Coverage) -> Iterator[Deadline]:
    wanted = _IN_ALL if coverage == "all" else _WITHOUT_ITS_MEETING
    for item in ctx.agenda.items:
        day = item.safe_day or item.legal_last_day
        if day is None or item.state not in wanted or item.meeting_at is not None:
            continue
        over = item.state is State.BEST_EFFORT and (item.legal_last_day or day) < ctx.s.today
        if not over and _is_for(ctx, scope, item):
            yield Deadline(item, day, _MARKS.get(item.state, ""))


def meetings(ctx: Context, scope: Scope) -> tuple[Meeting, ...]:
    """Return the meetings of a feed of everything: those to come, and those held on the day that was fixed."""
    return tuple(_meetings(ctx, scope)) if concerns(ctx, scope) else ()


def _meetings(ctx: Context, scope: Scope) -> Iterator[Meeting]:
    for item in ctx.agenda.items:
        fixed = (
            arrangement(ctx.s, item.key) if item.kind in MEETINGS and item.meeting_at is not None else None
        )
        if fixed is None or not _is_for(ctx, scope, item, fixed):
            continue
        uid = uid_of(ctx, item.key)
        last = ctx.last_revision(uid)
        if last is None:
            yield Meeting(item, fixed, uid, 0, fixed.since)
        elif last.method == "REQUEST":
            yield Meeting(item, fixed, uid, last.sequence, last.dtstamp)


def _is_for(ctx: Context, scope: Scope, item: Item, fixed: Arrangement | None = None) -> bool:
    """Whoever runs a convention sees all of it; others what they answer for, are told of, or are invited to."""
    if scope.kind != "person":
        return True
    roles = roles_of(ctx, scope.key)
    if ctx.s.convention.coordinator in roles or roles & {*item.responsible, *item.informed}:
        return True
    if fixed is None:
        return False
    return any(g.address.casefold() == scope.key for g in guests_of(ctx, item, fixed.starts_at.date()))


def last_change(dossier: Dossier) -> datetime:
    """Return the instant at which something was last recorded: what dates the entries, whoever asks and whenever."""
    instants = [dossier.registered_at, *(record.recorded_at for record in dossier.facts)]
    instants += [former.replaced_at for former in dossier.former_terms]
    return max(instants)


def revision(dossier: Dossier) -> int:
    """Return how often something was recorded: a number that only grows, for the SEQUENCE of the entries."""
    return len(dossier.facts) + len(dossier.former_terms)
