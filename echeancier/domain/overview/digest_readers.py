"""Who reads a digest: the choice of each role, convention and installation; one person per address. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail import Language
from echeancier.domain.model import Text
from echeancier.domain.overview.digest_day import DigestHours, days_of, morning_of
from echeancier.domain.standing.people import recipient
from echeancier.domain.terms.fields import DigestEvery

EXTRA: Final = Text(fr="Boîte de service", en="Service mailbox")
"""What a mailbox that only a setting names is called."""

_OFTEN: Final[tuple[DigestEvery, ...]] = ("daily", "weekly", "monthly", "none")
"""The most frequent first: the one that counts for whoever has several."""


@dataclass(frozen=True)
class Share:
    """One convention in somebody's digest.

    Attributes:
        roles: those whose mail the reader gets today.
        follows: the reader coordinates or manages it, or reads about every convention: all of it is told.
        leads: the reader manages it, or reads about every convention.
        ours: the reader is of our own side.
        every: how often the reader wants to read of it.
    """

    ctx: Context
    roles: frozenset[str]
    follows: bool
    leads: bool
    ours: bool
    every: DigestEvery

    @property
    def role(self) -> str:
        """The role in which its reader reads: the one it follows by, else the first; the coordinator's, where it has none."""
        c = self.ctx.s.convention
        named = (role for role in (c.coordinator, c.manager, *c.roles) if role in self.roles)
        return next(named, c.coordinator)

    @property
    def parties(self) -> set[str]:
        """Those for which its reader reads; our own side for whoever follows it."""
        c = self.ctx.s.convention
        return {c.us} if self.follows else {c.roles[role].party for role in self.roles}


@dataclass
class DigestReader:
    """One address, and the conventions it reads about.

    Attributes:
        extra: a setting names it.
    """

    function: str
    address: str
    language: Language
    extra: bool = False
    all_shares: list[Share] = field(default_factory=list)

    @property
    def shares(self) -> list[Share]:
        """The conventions it wants to read about, by reference."""
        wanted = [share for share in self.all_shares if share.every != "none"]
        return sorted(wanted, key=lambda share: share.ctx.s.convention.reference)

    @property
    def every(self) -> DigestEvery:
        """How often it reads a digest: the most frequent of its choices."""
        return min((share.every for share in self.all_shares), key=_OFTEN.index, default="weekly")

    @property
    def lives_on_it(self) -> bool:
        """Whether its digest is the mail of the day of its mornings, whatever stands in it: what could wait waited for it."""
        return _OFTEN.index(self.every) <= _OFTEN.index("weekly")

    @property
    def follows(self) -> bool:
        """Whether it follows some convention as a whole."""
        return self.extra or any(share.follows for share in self.shares)

    @property
    def keeps(self) -> bool:
        """Whether it keeps the file of some convention, or reads about every one."""
        return self.extra or any(share.ctx.s.convention.coordinator in share.roles for share in self.shares)

    @property
    def leads(self) -> bool:
        """Whether it manages some convention, or a setting names it."""
        return self.extra or any(share.leads for share in self.shares)


def readers(contexts: Sequence[Context], hours: DigestHours, extra: Iterable[str] = ()) -> tuple[DigestReader, ...]:
    """Return whoever may read a digest, by address; whoever stands in for somebody today reads it in their place."""
    if not hours.wanted:
        return ()
    alive = open_ones(contexts)
    found: dict[str, DigestReader] = {}
    for ctx in alive:
        for roles in _roles_by_address(ctx).values():
            person = recipient(ctx.s, roles[0])
            reader = found.setdefault(
                person.address.casefold(), DigestReader(person.function, person.address, person.language)
            )
            reader.all_shares.append(_share(ctx, roles, hours))
    for address in extra:
        reader = found.setdefault(address.casefold(), DigestReader(EXTRA.fr, address, "fr"))
        reader.extra = True
        its = {share.ctx.s.convention.reference: share for share in reader.all_shares}
        reader.all_shares = [_whole(ctx, its.get(ctx.s.convention.reference)) for ctx in alive]
    return tuple(sorted(found.values(), key=lambda reader: reader.address.casefold()))


def readers_today(
    contexts: Sequence[Context],
    now: datetime,
    hours: DigestHours,
    extra: Iterable[str] = (),
    *,
    since: date | None = None,
) -> tuple[DigestReader, ...]:
    """Return whose morning an instant is: whoever reads a digest on that day, if there is something to say in it.

    Args:
        contexts: every open convention.
        now: aware instant.
        hours: of the installation.
        extra: addresses that read about every convention.
        since: the day of the last round before this one, when it is known: a digest whose morning no round saw is read now.
    """
    mornings = Mornings(contexts, now, hours, since)
    return tuple(reader for reader in readers(contexts, hours, extra) if mornings.has(reader))


class Mornings:
    """The mornings of one day: whose digest leaves then.

    Args:
        contexts: every open convention; a day that one of their places does not work is no morning.
        now: aware instant.
        hours: of the installation.
        since: the day of the last round before this one; None where it is not known.
    """

    def __init__(self, contexts: Sequence[Context], now: datetime, hours: DigestHours, since: date | None) -> None:
        self._days = days_of(ctx.s.convention.place.calendar() for ctx in open_ones(contexts))
        self._hours, self._since = hours, since
        self.today = hours.today(now)

    def has(self, reader: DigestReader) -> bool:
        """Whether a reader's digest leaves today."""
        return self.is_of(reader.every)

    def is_of(self, every: DigestEvery) -> bool:
        """Whether today is a morning of those that leave that often."""
        morning = morning_of(every, self.today, self._hours, self._days)
        return morning is not None and (morning == self.today or (self._since is not None and morning > self._since))

    def is_first_of_month(self, every: DigestEvery) -> bool:
        """Whether today's is the first digest of its month, of those that leave that often."""
        return self.is_of(every) and self.before(every).month != self.today.month

    def before(self, every: DigestEvery) -> date:
        """Return the morning before today's; of one that no round saw, the morning before it."""
        morning = morning_of(every, self.today, self._hours, self._days) or self.today
        eve = morning - timedelta(days=1)
        return morning_of(every, eve, self._hours, self._days) or eve


def open_ones(contexts: Iterable[Context]) -> list[Context]:
    """Return the conventions that are neither withdrawn nor closed."""
    return [ctx for ctx in contexts if ctx.dossier.withdrawn is None and ctx.dossier.closed_at is None]


def _roles_by_address(ctx: Context) -> dict[str, list[str]]:
    """The roles of those who have not left, by the address that gets their mail; coordinator and manager first."""
    c, found = ctx.s.convention, dict[str, list[str]]()
    for role in dict.fromkeys((c.coordinator, c.manager, *c.roles)):
        if not ctx.s.has_left(c.roles[role].party, ctx.s.today):
            found.setdefault(recipient(ctx.s, role).address.casefold(), []).append(role)
    return found


def _share(ctx: Context, roles: list[str], hours: DigestHours) -> Share:
    c = ctx.s.convention
    return Share(
        ctx,
        frozenset(roles),
        follows=bool({c.coordinator, c.manager} & set(roles)),
        leads=c.manager in roles,
        ours=any(c.roles[role].party == c.us for role in roles),
        every=min((_choice(ctx, role, hours) for role in roles), key=_OFTEN.index),
    )


def _choice(ctx: Context, role: str, hours: DigestHours) -> DigestEvery:
    """How often a role reads of a convention: its own choice, else its convention's, else the installation's."""
    c = ctx.s.convention
    installation = hours.ours if c.roles[role].party == c.us else hours.partners
    return c.roles[role].digest or c.digest or installation


def _whole(ctx: Context, known: Share | None) -> Share:
    every = known.every if known is not None and known.every == "daily" else "weekly"
    return Share(ctx, known.roles if known else frozenset(), follows=True, leads=True, ours=True, every=every)
