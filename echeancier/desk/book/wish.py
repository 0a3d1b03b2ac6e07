"""A change that somebody wishes: first shown, with every convention it touches; then made, and told to those left ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from starlette.responses import Response

from echeancier.desk.book.reading import UsesRead, conventions_of, uses_from
from echeancier.desk.book.typed import new_id, request_of
from echeancier.desk.visit import Visit
from echeancier.domain.book.awaited import AwaitedThere, awaited_at
from echeancier.domain.book.change import BookChange, ChangeKind, RoleToTell
from echeancier.domain.book.entry import BookEntry, BookFunction, nearly_same
from echeancier.domain.book.in_use import EntriesByAddress, RoleInUse
from echeancier.domain.facts.people import RoleChanged

TICK: Final = "tell."
"""How the name of a box to tick begins; the convention and its role follow."""

MOST_FIELDS: Final = 6000
"""A box for each role of each convention, and what was typed."""

_PATIENCE: Final = 10.0
"""Seconds to wait for conventions that were not read yet: what is shown must be whole."""

_AT_ONCE: Final = 4.0
"""Seconds within which a change is told before its page is shown; it goes on behind it."""


@dataclass(frozen=True)
class BookWish:
    """What is wished.

    Attributes:
        former: the entry whose conventions change; ``becomes`` what they have from ``on`` on.
        kept: the id of the entry that they then use.
        entries, without, shown: what is written in the book, as `AddressBook.put` takes it.
        action: where its form is sent; ``carried``: what was typed, sent again with it.
    """

    kind: ChangeKind
    former: BookEntry
    becomes: BookFunction
    kept: str
    on: date
    renames: bool
    translates: bool
    entries: tuple[BookEntry, ...]
    shown: Mapping[str, int]
    action: str
    carried: Mapping[str, str]
    without: tuple[str, ...] = ()

    @property
    def touches_conventions(self) -> bool:
        """Whether what a convention says of the function would change."""
        return self.renames or self.translates or self.becomes.address.casefold() != self.former.address.casefold()

    def change(self, visit: Visit, request: str, roles: tuple[RoleToTell, ...] = ()) -> BookChange:
        """Return the change as it is kept and told."""
        return BookChange(
            id=request, kind=self.kind, entry=self.kept, on=self.on, former=self.former.address,
            former_function=self.former.function, becomes=self.becomes, renames=self.renames, translates=self.translates,
            made_at=visit.desk.clock(), made_by=visit.who.by, roles=roles,
        )  # fmt: skip


@dataclass(frozen=True)
class TouchedRole:
    """A role that a wish would change.

    Attributes:
        fact: what its convention would be told.
        ticked: whether it is told unless somebody says otherwise: the book has no other function for it.
        is_other_name: whether the convention calls the function at that address something else.
        awaited: what was sent there and is still awaited.
    """

    use: RoleInUse
    fact: RoleChanged
    ticked: bool
    is_other_name: bool
    awaited: AwaitedThere


@dataclass(frozen=True)
class Touched:
    """Everything that a wish would change.

    Attributes:
        unread: the references of conventions that could not be read: they are told once they answer.
    """

    roles: tuple[TouchedRole, ...]
    unread: tuple[str, ...]

    @property
    def conventions(self) -> tuple[str, ...]:
        """The references, each once."""
        return conventions_of(one.use for one in self.roles)

    @property
    def names(self) -> tuple[str, ...]:
        """What there is a box to tick for."""
        return (*(one.use.name for one in self.roles), *self.unread)

    @property
    def mark(self) -> str:
        """What tells that what was shown is what would be made: the same roles, told the same facts."""
        told = sorted(f"{one.use.name} {one.fact.model_dump_json()}" for one in self.roles)
        return sha256("\n".join((*told, *self.unread)).encode()).hexdigest()


async def touched_by(visit: Visit, wish: BookWish) -> Touched:
    """Return what a wish would change in the open conventions."""
    if not wish.touches_conventions:
        return Touched((), ())
    read = await uses_from(visit, wish.on, _PATIENCE)
    change, known = wish.change(visit, new_id()), EntriesByAddress(visit.desk.book.all())
    found: dict[str, TouchedRole] = {}
    for use in read.uses:
        owner = known.of(use)
        if not change.concerns(use) or (owner is not None and owner.id != wish.former.id) or use.name in found:
            continue
        if not change.changes_nothing(fact := change.fact(use)):
            other = not nearly_same(use.function, wish.former.function)
            found[use.name] = TouchedRole(use, fact, owner is not None, other, _awaited(read, use))
    return Touched(tuple(found.values()), read.unread)


def _awaited(read: UsesRead, use: RoleInUse) -> AwaitedThere:
    return awaited_at(read.seen[use.reference].ctx, use.address, use.on)


def change_page(change_id: str) -> str:
    """Return the address of the page of a change."""
    return f"/annuaire/changements/{change_id}"


def made_already(visit: Visit, form: Mapping[str, str]) -> Response | None:
    """Return where the change that a form asks for is seen, when it was sent before; whatever became of its entries since."""
    request = form.get("request", "")
    return None if visit.desk.book.change(request) is None else visit.go(change_page(request))


async def shown_or_made(visit: Visit, wish: BookWish, form: Mapping[str, str]) -> Response:
    """Show what a wish would change, or make it when it is what was shown; at once where no convention is touched.

    Raises:
        EntryOvertakenError: an entry was changed meanwhile.
    """
    request = request_of(form)
    before, touched = _unfinished(visit, wish), await touched_by(visit, wish)
    if before is None and not touched.names:
        visit.desk.book.put(wish.entries, shown=wish.shown, without=wish.without)
        return visit.go("/annuaire", ok="book-changed")
    if form.get("do") != "make" or form.get("mark") != touched.mark or before is not None:
        return _preview(visit, wish, touched, request, form, unfinished=before)
    roles = tuple(
        RoleToTell(reference=one.use.reference, role=one.use.role, on=one.use.on)
        for one in touched.roles
        if form.get(TICK + one.use.name) == "true"
    ) + tuple(RoleToTell(reference=one, on=wish.on) for one in touched.unread if form.get(TICK + one) == "true")
    if not roles:
        visit.desk.book.put(wish.entries, shown=wish.shown, without=wish.without)
        return visit.go("/annuaire", ok="book-changed")
    visit.desk.book.put(wish.entries, shown=wish.shown, without=wish.without, change=wish.change(visit, request, roles))
    await visit.desk.telling.tell(request, _AT_ONCE)
    return visit.go(change_page(request))


def _unfinished(visit: Visit, wish: BookWish) -> BookChange | None:
    """A change of the same function that some convention does not know yet: told after this one, it would undo it there."""
    if not wish.touches_conventions:
        return None
    both = {wish.former.id, wish.kept}
    return next((one for one in visit.desk.book.changes() if not one.is_over and one.entry in both), None)


def _preview(
    visit: Visit,
    wish: BookWish,
    touched: Touched,
    request: str,
    form: Mapping[str, str],
    *,
    unfinished: BookChange | None,
) -> Response:
    asked = form.get("do") == "make"
    before = set(form.get("boxes", "").split(","))
    return visit.page(
        "book_preview",
        409 if asked else 200,
        unfinished=unfinished,
        wish=wish,
        touched=touched,
        request=request,
        changed_since=asked and unfinished is None,
        ticked={one.use.name: _is_ticked(one.use.name, form, before, first=one.ticked) for one in touched.roles}
        | {one: _is_ticked(one, form, before, first=True) for one in touched.unread},
        tick=TICK,
        meetings=sum(len(one.awaited.meetings) for one in touched.roles),
        questions=sum(len(one.awaited.questions) for one in touched.roles),
        reminded=sum(len(one.awaited.reminded) for one in touched.roles),
        unsent=sum(one.awaited.unsent for one in touched.roles),
    )


def _is_ticked(name: str, form: Mapping[str, str], before: set[str], *, first: bool) -> bool:
    """What was chosen before stays chosen, when the list had to be shown again."""
    return form.get(TICK + name) == "true" if name in before else first
