"""A change of a function that is told to conventions: one fact in each, and what became of it there."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.book.entry import BookFunction, BookId, nearly_same
from echeancier.domain.book.in_use import RoleInUse
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.model import Day, Frozen, OneLine, Prose, Reference, Slug
from echeancier.domain.terms.parties import Address

ChangeKind = Literal["edited", "merged", "ended"]


class ToldState(StrEnum):
    """What became of a change in a convention."""

    TO_TELL = "to-tell"
    UNANSWERED = "unanswered"  # the engine, or the convention, did not answer
    REFUSED = "refused"  # by its door
    TOLD = "told"
    ALREADY = "already"  # it was so
    ELSEWHERE = "elsewhere"  # it no longer had the former address
    GONE = "gone"  # closed, withdrawn or purged meanwhile
    LEFT = "left"  # somebody said to leave it

    @property
    def is_told_again(self) -> bool:
        """Whether it is told again without being asked."""
        return self in (ToldState.TO_TELL, ToldState.UNANSWERED)

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing more to do there."""
        return not self.is_told_again and self is not ToldState.REFUSED


class RoleToTell(Frozen):
    """A role of a convention that a change is told to.

    Attributes:
        role: empty for a convention that could not be read: its roles are looked for once it answers.
        on: the first day of the change there.
        state: what became of the change there.
        why: what was answered, where it was not told.
    """

    reference: Reference
    role: Slug | Literal[""] = ""
    on: Day
    state: ToldState = ToldState.TO_TELL
    why: Prose = ""


class BookChange(Frozen):
    """A change, from the moment it is decided until every convention has it; then for a while, to be looked at.

    Attributes:
        id: of the form that asked for it: sent twice, it is made once.
        entry: the entry that the conventions use from then on.
        on: the first day.
        former: the address, and ``former_function`` the function, that the conventions had.
        becomes: what they have from then on.
        renames, translates: whether the function's name, its language, are told too.
    """

    id: BookId
    kind: ChangeKind
    entry: BookId
    on: Day
    former: Address
    former_function: OneLine
    becomes: BookFunction
    renames: bool = False
    translates: bool = False
    made_at: AwareDatetime
    made_by: OneLine
    roles: tuple[RoleToTell, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether every convention has it, or needs it no more."""
        return all(role.state.is_settled for role in self.roles)

    def fact(self, use: RoleInUse) -> RoleChanged:
        """Return what a convention is told of a role.

        The name that it has for the function is changed with the book's when it is that name; when one function takes the place
        of another, whatever it was called.
        """
        its_name = self.kind != "edited" or nearly_same(self.former_function, use.function)
        renamed = self.renames and its_name and use.function != self.becomes.function
        translated = self.translates and use.language != self.becomes.language
        return RoleChanged(
            on=use.on,
            role=use.role,
            address=self.becomes.address,
            function=self.becomes.function if renamed else "",
            language=self.becomes.language if translated else None,
        )

    def concerns(self, use: RoleInUse) -> bool:
        """Whether a role is written to where this change says that one no longer writes."""
        return use.address.casefold() == self.former.casefold()

    def is_of_the_function(self, use: RoleInUse) -> bool:
        """Whether a role is written to there, and is the function that changes."""
        return self.concerns(use) and nearly_same(self.former_function, use.function)

    def changes_nothing(self, fact: RoleChanged) -> bool:
        """Whether a fact says what the convention has already."""
        same = fact.address.casefold() == self.former.casefold()
        return same and not fact.function and fact.language is None

    def request(self, role: RoleToTell) -> str:
        """Return what makes telling a role twice count once."""
        return f"{self.id}-{role.reference}-{role.role}"

    def with_roles(self, changed: Iterable[RoleToTell]) -> "BookChange":
        """Return the change with what became of some roles; those it did not have are added."""
        roles = {(role.reference, role.role): role for role in self.roles}
        for role in changed:
            roles.pop((role.reference, ""), None)
            roles[role.reference, role.role] = role
        return self.model_copy(update={"roles": tuple(roles.values())})
