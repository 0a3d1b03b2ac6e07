"""Whom a thing is owed by: one party, both of two, all together, or each on its own; the words are read here alone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol, Self, TypeVar

from pydantic import PrivateAttr, model_validator

from echeancier.domain.model import Slug
from echeancier.domain.terms.fields import WithFormerKeys

BOTH: Final = "both"
"""The two parties, where there are but two: one thing, owed jointly."""
ALL: Final = "all"
"""Three parties or more: one thing, owed jointly."""
EACH: Final = "each"
"""Every party on its own: one thing for each, that party being part of its name."""
EITHER: Final = "either"
"""« L’une des parties » : any of them, known once it acts."""
OTHER: Final = "other"
"""« L’autre » : every party but the one that acts."""
TOGETHER: Final = frozenset({BOTH, ALL})
_TWO: Final = 2


def together(parties: Mapping[Slug, object]) -> Slug:
    """Return the word for all the parties of a convention: ``both`` of two, ``all`` of three or more."""
    return BOTH if len(parties) <= _TWO else ALL


def named_by(word: Slug, parties: Mapping[Slug, object]) -> tuple[Slug, ...]:
    """Return the parties that a word names: one, or all of them."""
    return tuple(parties) if word in TOGETHER or word == EACH else (word,)


def others_than(actor: Slug, parties: Iterable[Slug]) -> tuple[Slug, ...]:
    """Return « l’autre » of the party that acts: every other one."""
    return tuple(party for party in parties if party != actor)


def debtors(word: Slug, parties: Mapping[Slug, object]) -> tuple[tuple[Slug, ...], ...]:
    """Return, for each thing that ``owed_by`` makes, the parties that owe it.

    Raises:
        ValueError: the word does not say who (M01), or is no party (M02); the French message says what to write.
    """
    if (wrong := refused(word, parties)) is not None:
        raise ValueError(wrong)
    named = named_by(word, parties)
    return tuple((one,) for one in named) if word == EACH else (named,)


def refused(word: Slug, parties: Mapping[Slug, object], *, each: bool = True) -> str | None:
    """Return, in French, why a word does not say who, and what to write; None where it does.

    Args:
        word: of ``owed_by`` or ``owed_to``.
        parties: of the convention.
        each: whether each of them on its own can be meant.
    """
    whole = together(parties)
    apart = f"{EACH} (chacune de son côté) ou {whole} (ensemble)" if each else f"{whole} (ensemble)"
    if word == BOTH and whole == ALL:
        return f"{BOTH} se dit de deux parties, et il y en a {len(parties)} : écrire {apart}"
    if word == ALL and whole == BOTH:
        return f"{ALL} se dit de trois parties ou plus, et il y en a deux : écrire {apart}"
    if word == EACH and not each:
        return f"{EACH} se dit de qui doit, de son côté : à qui l’on doit s’écrit {apart}"
    if word not in parties and word not in TOGETHER and word != EACH:
        return f"« {word} » n’est pas une partie ({', '.join(sorted(parties))}) : en nommer une, ou écrire {apart}"
    return None


class Owing(WithFormerKeys):
    """A block of the paper that somebody owes.

    Attributes:
        whose: the party whose own share this is, where each owes one; empty for the block as it is written.
    """

    _whose: Slug = PrivateAttr("")

    @model_validator(mode="before")
    @classmethod
    def _called_in_french_at_least(cls, given: object) -> object:
        """A title left empty in English is the French one: a reader is told of that thing, not of nothing."""
        empty = isinstance(given, dict) and given.get("title_en") == ""
        return {**given, "title_en": given.get("title", "")} if empty and isinstance(given, dict) else given

    @property
    def whose(self) -> Slug:
        """The party whose own share this is; empty for the block as it is written."""
        return self._whose

    def share_of(self, party: Slug, responsible: tuple[Slug, ...]) -> Self:
        """Return what one party owes of it on its own, and who sees to it there."""
        share = self.model_copy(update={"owed_by": party, "responsible": responsible})
        share._whose = party  # noqa: SLF001 - its own copy
        return share


class Owed(Protocol):
    """What every block that somebody owes has."""

    @property
    def owed_by(self) -> Slug: ...  # noqa: D102 - said in the model
    @property
    def responsible(self) -> tuple[Slug, ...]: ...  # noqa: D102 - said in the model
    def share_of(self, party: Slug, responsible: tuple[Slug, ...]) -> Self: ...  # noqa: D102 - said above


OneOwed = TypeVar("OneOwed", bound=Owed)


def shares(owed: OneOwed, parties: Mapping[Slug, object], party_of: Mapping[Slug, Slug]) -> Iterator[OneOwed]:
    """Yield a block once; where each party owes it, once for each of them, with those of its roles that see to it.

    Args:
        owed: the block.
        parties: of the convention.
        party_of: the party of each role.
    """
    if owed.owed_by != EACH:
        yield owed
        return
    for party in parties:
        yield owed.share_of(party, tuple(role for role in owed.responsible if party_of[role] == party))
