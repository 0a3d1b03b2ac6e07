"""From what conventions have to say to the mails of the day: one for each person, the most pressing first. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from echeancier.domain.facts.dossier import Message
from echeancier.domain.messages.day_mail import DayMail, day_mail_id
from echeancier.domain.messages.digest import Digest
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.standing.people import Recipient
from echeancier.domain.terms.policy import RANKS


@dataclass(frozen=True)
class Part:
    """What one convention has to say to one person, and what it will have told by it."""

    order: MessageOrder
    entry: Message


@dataclass(frozen=True)
class Merged:
    """A mail of the day, and what each convention will have told by it."""

    mail: DayMail
    entries: tuple[tuple[str, Message], ...]


@dataclass
class _Pile:
    parts: list[Part] = field(default_factory=list)
    digest: Digest | None = None


def merged(parts: Iterable[Part], digests: Iterable[Digest], at: datetime) -> tuple[Merged, ...]:
    """Return one mail for each address, in the order of the addresses.

    Args:
        parts: from any number of conventions.
        digests: what a digest morning adds, one for an address at most.
        at: aware instant that dates the mails.
    """
    piles: dict[str, _Pile] = defaultdict(_Pile)
    for part in parts:
        piles[part.order.to.address.casefold()].parts.append(part)
    for digest in digests:
        piles[digest.address.casefold()].digest = digest
    return tuple(_one(pile, at) for _, pile in sorted(piles.items()))


def _one(pile: _Pile, at: datetime) -> Merged:
    parts = sorted(pile.parts, key=lambda part: _urgency(part.order))
    orders = tuple(part.order for part in parts)
    to = orders[0].to if orders else _reader(pile.digest)
    mail = DayMail(id=day_mail_id(to.address, orders, pile.digest), to=to, at=at, parts=orders, digest=pile.digest)
    entries = tuple((p.order.reference, p.entry.model_copy(update={"mail": mail.id})) for p in parts)
    return Merged(mail, entries)


def _urgency(order: MessageOrder) -> tuple[int, date, str, str]:
    """What is later in its stages first, then what is due first; what has no day at all comes last."""
    ranks = [RANKS.get(line.stage, -1) for line in order.lines]
    days = [day for line in order.lines if (day := line.safe_day or line.legal_last_day) is not None]
    return -max(ranks, default=-1), min(days, default=date.max), order.reference, order.id


def _reader(digest: Digest | None) -> Recipient:
    assert digest is not None  # noqa: S101 - a pile holds something
    return Recipient(role="", function=digest.function, address=digest.address, language=digest.language)
