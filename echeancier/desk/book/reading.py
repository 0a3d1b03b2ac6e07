"""What the pages of the address book read: its functions, and which roles of the open conventions use them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from echeancier.desk.deadlines.lines import PLACE
from echeancier.desk.reading.seen import Seen
from echeancier.desk.visit import Visit
from echeancier.domain.book.entry import BookEntry
from echeancier.domain.book.in_use import EntriesByAddress, RoleInUse, roles_from


@dataclass(frozen=True)
class UsesRead:
    """Every role of the open conventions.

    Attributes:
        seen: the conventions, by reference.
        unread: the references of those that could not be read, in time or at all.
    """

    uses: tuple[RoleInUse, ...]
    seen: dict[str, Seen]
    unread: tuple[str, ...]


async def uses_from(visit: Visit, day: date, patience: float) -> UsesRead:
    """Return the roles of the open conventions with whoever holds them from a day on.

    Args:
        visit: whose desk reads.
        day: the first one looked at.
        patience: seconds to wait for conventions that were not read yet.

    Raises:
        NoAnswerError: the engine gives no list.
    """
    shelf = visit.desk.shelf
    rows = [row for row in await shelf.lists.rows() if row.is_open]
    look = await shelf.look(rows, patience)
    seen = {one.reference: one for one in look.seen if one.is_open}
    known = {one.reference for one in look.seen}
    unread = tuple(sorted(row.reference for row in rows if row.reference not in known))
    uses = tuple(use for _, one in sorted(seen.items()) for use in roles_from(one.ctx.s, day))
    return UsesRead(uses, seen, unread)


def by_entry(uses: Iterable[RoleInUse], entries: Sequence[BookEntry]) -> dict[str, list[RoleInUse]]:
    """Return the roles that use each entry, by its id."""
    known, found = EntriesByAddress(entries), dict[str, list[RoleInUse]]()
    for use in uses:
        if (entry := known.of(use)) is not None:
            found.setdefault(entry.id, []).append(use)
    return found


def conventions_of(uses: Iterable[RoleInUse]) -> tuple[str, ...]:
    """Return the references of the conventions of some roles, each once."""
    return tuple(dict.fromkeys(use.reference for use in uses))


def today_of(visit: Visit) -> date:
    """Return the present day."""
    return visit.desk.clock().astimezone(PLACE).date()
