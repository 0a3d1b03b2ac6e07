"""A change of the address book told to each convention: what became of it is kept, what got no answer is done again."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from echeancier.adapters.stores.address_book import AddressBook
from echeancier.desk.reading.dossiers import Shelf
from echeancier.desk.reading.register import DeskRegister
from echeancier.domain.afterwards.purge_record import PurgedError
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.book.change import BookChange, RoleToTell, ToldState
from echeancier.domain.book.in_use import RoleInUse, roles_from
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.recording import Refusal
from echeancier.domain.text import one_line, shortened
from echeancier.engine.answering import RefusedError, UnknownConventionError
from echeancier.engine.errors import EngineError

EVERY: Final = 60.0
"""Seconds between two looks at what was not told."""

_AT_ONCE: Final = 4
"""Conventions told together."""

_WRITTEN_EACH: Final = 20
"""Conventions told between two writings of what became of them; what a crash forgets is asked again, and counts once."""

_WHY: Final = 1000
"""Characters kept of an answer."""

_log = logging.getLogger(__name__)


class BookTelling:
    """What tells conventions of the changes of the book.

    Args:
        book: where the changes, and what became of them, are kept.
        register: the running conventions.
        shelf: told which of them were changed, so that pages read them again.
        clock: the present instant, aware.
    """

    def __init__(self, book: AddressBook, register: DeskRegister, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self._book, self._register, self._shelf, self._clock = book, register, shelf, clock
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def is_telling(self, change_id: str) -> bool:
        """Whether conventions are being told of a change now."""
        task = self._under_way.get(change_id)
        return task is not None and not task.done()

    async def tell(self, change_id: str, patience: float, *, refused_too: bool = False) -> None:
        """Have the conventions told of a change that they do not know yet; return when all were, or after ``patience`` seconds.

        Args:
            change_id: of the change.
            patience: in seconds; the telling goes on afterwards.
            refused_too: those whose door refused it are asked again.
        """
        if not self.is_telling(change_id):
            self._under_way[change_id] = asyncio.create_task(self._tell(change_id, refused_too=refused_too))
        await asyncio.wait([self._under_way[change_id]], timeout=patience)

    async def keep_finishing(self) -> None:
        """Tell what was not told, again and again, until cancelled: from the start of the desk on."""
        while True:
            try:
                self._book.expire(self._clock())
                for change in self._book.changes():
                    if any(_is_to_tell(role, refused_too=False) for role in change.roles):
                        await self.tell(change.id, EVERY)
            except (EcheancierError, OSError) as error:
                _log.warning("the changes of the address book cannot be finished: %s", type(error).__name__)
            await asyncio.sleep(EVERY)

    async def close(self) -> None:
        """Stop telling: what was asked and is not written down is asked again at the next start, and counts once."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _tell(self, change_id: str, *, refused_too: bool) -> None:
        change = self._book.change(change_id)
        if change is None:
            return
        waiting: dict[str, list[RoleToTell]] = {}
        for role in change.roles:
            if _is_to_tell(role, refused_too=refused_too):
                waiting.setdefault(role.reference, []).append(role)
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(roles: Sequence[RoleToTell]) -> tuple[RoleToTell, ...]:
            async with room:
                try:
                    return await self._in_one(change, roles)
                except Exception:  # noqa: BLE001 - one that cannot be told must not keep the others from it
                    _log.exception("could not tell %s of a change of the address book", roles[0].reference)
                    return tuple(_became(role, ToldState.UNANSWERED) for role in roles)

        try:
            for some in _cut(list(waiting.values()), _WRITTEN_EACH):
                told = await asyncio.gather(*(one(roles) for roles in some))
                self._book.tell(change_id, [role for roles in told for role in roles])
        except (EcheancierError, OSError):  # the book itself: the next look tells again, which counts once
            _log.exception("what became of a change of the address book could not be written")

    async def _in_one(self, change: BookChange, roles: Sequence[RoleToTell]) -> tuple[RoleToTell, ...]:
        reference = roles[0].reference
        try:
            dossier = await self._register.dossier(reference)
        except (UnknownConventionError, PurgedError) as error:
            return tuple(_became(role, ToldState.GONE, str(error)) for role in roles)
        except (EcheancierError, EngineError) as error:
            return tuple(_became(role, ToldState.UNANSWERED, str(error)) for role in roles)
        if dossier.withdrawn is not None or dossier.closed_at is not None:
            return tuple(_became(role, ToldState.GONE) for role in roles)
        uses = await asyncio.to_thread(_uses, dossier, change, self._clock())
        told = [await self._one_role(change, dossier, uses, role) for role in _found(roles, uses, change)]
        self._shelf.wrote(reference)
        return tuple(told)

    async def _one_role(
        self, change: BookChange, dossier: Dossier, uses: Sequence[RoleInUse], role: RoleToTell
    ) -> RoleToTell:
        fact = _to_record(change, dossier, uses, role)
        if isinstance(fact, RoleToTell):
            return fact
        try:
            await self._register.record(role.reference, fact, change.made_by, change.request(role))
        except (RefusedError, Refusal) as refused:
            return _became(role, ToldState.REFUSED, str(refused))
        except (UnknownConventionError, PurgedError) as gone:
            return _became(role, ToldState.GONE, str(gone))
        except (EcheancierError, EngineError) as error:
            return _became(role, ToldState.UNANSWERED, str(error))
        return _became(role, ToldState.TOLD)


def _to_record(
    change: BookChange, dossier: Dossier, uses: Sequence[RoleInUse], role: RoleToTell
) -> RoleChanged | RoleToTell:
    """Return the fact to record of a role; or what became of it, when there is nothing to record."""
    if not role.role:
        return _became(role, ToldState.ELSEWHERE)
    if dossier.asked(change.request(role)) is not None:
        return _became(role, ToldState.TOLD)
    use = next((use for use in uses if use.role == role.role and change.concerns(use)), None)
    if use is None:
        new = change.becomes.address.casefold()
        so = any(one.role == role.role and one.address.casefold() == new for one in uses)
        return _became(role, ToldState.ALREADY if so else ToldState.ELSEWHERE)
    fact = change.fact(use)
    return _became(role, ToldState.ALREADY) if change.changes_nothing(fact) else fact


def _is_to_tell(role: RoleToTell, *, refused_too: bool) -> bool:
    return role.state.is_told_again or (refused_too and role.state is ToldState.REFUSED)


def _became(role: RoleToTell, state: ToldState, why: str = "") -> RoleToTell:
    # One line, cut, without signs that nobody sees: what was answered is kept in a file that must be read again.
    return role.model_copy(update={"state": state, "why": shortened(one_line(why), _WHY)})


def _uses(dossier: Dossier, change: BookChange, now: datetime) -> tuple[RoleInUse, ...]:
    return roles_from(situation(dossier.convention, tuple(dossier.facts), now), change.on)


def _found(roles: Sequence[RoleToTell], uses: Sequence[RoleInUse], change: BookChange) -> Iterator[RoleToTell]:
    """The roles to tell; those of a convention that could not be read before are looked for now."""
    for role in roles:
        there = () if role.role else tuple(use for use in uses if change.is_of_the_function(use))
        yield from (role.model_copy(update={"role": use.role, "on": use.on}) for use in there)
        if not there:
            yield role


def _cut(whole: Sequence[list[RoleToTell]], size: int) -> Iterator[Sequence[list[RoleToTell]]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))
