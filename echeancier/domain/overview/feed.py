"""A feed: a calendar behind a secret address, what it can be about, and which dated things stand in it on which day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Literal

from pydantic import Field

from echeancier.domain.agenda.items import TO_DO, Item, State
from echeancier.domain.agenda.meetings import Arrangement, arrangement
from echeancier.domain.agenda.renewal import WITH_PARENT
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.invitations import guests_of, uid_of
from echeancier.domain.messages.mail import Language
from echeancier.domain.model import Frozen
from echeancier.domain.standing.people import holder, recipient

ScopeKind = Literal["person", "convention", "service"]

Coverage = Literal["deadlines", "all"]
"""What a subscriber chooses by the address: what is still to be done, or that, the meetings and what was done."""


class Scope(Frozen):
    """What a feed is about.

    Attributes:
        kind: one person across conventions, one convention, or the conventions of a service.
        name: the address of a function, a reference, or the name of a service.
    """

    kind: ScopeKind
    name: str = Field(min_length=1, max_length=254)

    @property
    def key(self) -> str:
        """The name to compare with: neither addresses nor services are told apart by their case."""
        return self.name if self.kind == "convention" else self.name.casefold()


class Feed(Frozen):
    """One secret address, as it is kept: never the secret itself.

    Attributes:
        id: short, to name it in a list; not a secret.
        label: what whoever made it wants to read in the list, such as « téléphone ».
        digest: SHA-256 of the secret, in hexadecimal; the secret has 256 bits, so it cannot be guessed back.
        created_by: the function that made it.
        last_used_on: the last day a calendar asked for it; never the hour, which would tell of people's habits.
    """

    id: str = Field(pattern=r"^a[0-9]+$")
    label: str = Field(max_length=80)
    scope: Scope
    language: Language = "fr"
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    created_on: date
    created_by: str = ""
    last_used_on: date | None = None
    revoked_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still answers."""
        return self.revoked_on is None


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
    """Return what stands in a feed as all-day entries; of a renewal, only where it is prepared: with the parent of a family.

    A meeting that has its date is left out: it is in the calendars of its guests already, by its invitation, and in
    the feed of everything at its hour.
    """
    return tuple(_deadlines(ctx, scope, coverage)) if concerns(ctx, scope) else ()


def _deadlines(ctx: Context, scope: Scope, coverage: Coverage) -> Iterator[Deadline]:
    wanted = _IN_ALL if coverage == "all" else _WITHOUT_ITS_MEETING
    for item in ctx.agenda.items:
        day = item.safe_day or item.legal_last_day
        if day is None or item.state not in wanted or item.meeting_at is not None or item.step == WITH_PARENT:
            continue
        over = item.state is State.BEST_EFFORT and (item.legal_last_day or day) < ctx.s.today
        if not over and _is_for(ctx, scope, item):
            yield Deadline(item, day, _MARKS.get(item.state, ""))


def meetings(ctx: Context, scope: Scope) -> tuple[Meeting, ...]:
    """Return the meetings of a feed of everything: those to come, and those held on the day that was fixed."""
    return tuple(_meetings(ctx, scope)) if concerns(ctx, scope) else ()


def _meetings(ctx: Context, scope: Scope) -> Iterator[Meeting]:
    for item in ctx.agenda.items:
        fixed = arrangement(ctx.s, item.key) if item.traits.is_meeting and item.meeting_at is not None else None
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


class FeedRefusedError(EcheancierError):
    """A feed cannot be about that; the message says what it can be about."""


_NAMES = {
    "convention": "Aucune convention ouverte ne porte la référence « {} ».",
    "service": "Aucune convention ouverte n’est suivie par le service « {} ».",
    "person": "« {} » n’est aujourd’hui l’adresse d’aucune fonction dans les conventions ouvertes.",
}


def check_scope(scope: Scope, known: Collection[str]) -> Scope:
    """Return the scope as the register writes its name.

    Args:
        scope: what is asked for.
        known: every name of that kind in the register.

    Raises:
        FeedRefusedError: nothing of that name; the message names those that come close.
    """
    by_key = {Scope(kind=scope.kind, name=name).key: name for name in known if name}
    if (found := by_key.get(scope.key)) is not None:
        return scope.model_copy(update={"name": found})
    close = get_close_matches(scope.key, by_key, 3, 0.5) or sorted(by_key)[:5]
    offered = ", ".join(by_key[key] for key in close) or "aucun pour l’instant, le registre est vide"
    raise FeedRefusedError(f"{_NAMES[scope.kind].format(scope.name)} On attend par exemple : {offered}.")
