"""A function of the address book: an institution, what the function is called there, where its mail goes."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, StringConstraints

from echeancier.domain.declared import field_words
from echeancier.domain.model import Day, Frozen, Named, OneLine
from echeancier.domain.terms.parties import Address

BOOK_ID: Final = r"^[0-9a-f]{16}$"
BookId = Annotated[str, StringConstraints(pattern=BOOK_ID)]
"""The name of an entry, or of a change, in addresses: says nothing of what it holds."""

_SMALL_WORDS: Final = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "of", "the", "and", "for")
)
_WORD: Final = re.compile(r"[a-z]+|\d+")
_STEM: Final = 5
"""Letters of a word that are compared: « directeur » and « directrice », « chargé » and « chargée » are one."""

_SOON: Final = timedelta(days=60)
"""How long before its last day a function is asked for its successor."""

_NEARLY: Final = 0.9
_LONGEST_COMPARED: Final = 120


class BookFunction(Frozen):
    """What somebody writes of a function.

    Attributes:
        institution: whom it works for, as the book calls it; a convention keeps its own name of the party.
        function: what it is called; never a person's name.
        address: where its mail goes.
        language: the language of its mail.
        until: the last day on which it exists, None when nobody knows of one.
    """

    institution: Annotated[Named, field_words("Institution", "Institution")]
    function: Annotated[Named, field_words("Fonction (jamais un nom de personne)", "Function (never a person’s name)")]
    address: Annotated[Address, field_words("Adresse électronique", "Mail address")]
    language: Annotated[Literal["fr", "en"], field_words("Langue de ses courriels", "Language of its mail")] = "fr"
    until: Annotated[Day | None, field_words("Valable jusqu’au", "Valid until")] = None

    def is_nearly(self, function: str, address: str) -> bool:
        """Whether a function at an address is this one, however it is spelled."""
        return self.address.casefold() == address.casefold() and nearly_same(self.function, function)

    def is_over(self, today: date) -> bool:
        """Whether it exists no more."""
        return self.until is not None and self.until < today

    def ends_soon(self, today: date) -> bool:
        """Whether its last day is near or past: it is time to say who takes over."""
        return self.until is not None and self.until <= today + _SOON

    @property
    def first_day_without(self) -> date | None:
        """The day after its last one, None where no last day is known."""
        return None if self.until is None else self.until + timedelta(days=1)


class BookEntry(BookFunction):
    """A function of the book.

    Attributes:
        version: grows with each change, so that two people who edit at once are told.
        since: from which day its present address counts in the conventions, where that day was yet to come; else None.
        apart: entries that look the same and are not, as somebody said.
        changed_at, changed_by: when and by which function it was last written.
    """

    id: BookId
    version: int = 1
    since: Day | None = None
    apart: tuple[BookId, ...] = ()
    changed_at: AwareDatetime
    changed_by: OneLine

    def again(self, at: datetime, by: str, **written: object) -> "BookEntry":
        """Return its next version, written by somebody at an aware instant."""
        return self.model_copy(update={**written, "version": self.version + 1, "changed_at": at, "changed_by": by})

    @property
    def written(self) -> BookFunction:
        """What was written of it, as a form holds it."""
        return BookFunction.model_validate({name: getattr(self, name) for name in BookFunction.model_fields})


def nearly_same(one: str, other: str) -> bool:
    """Whether two names of a function, or of an institution, are likely to mean the same one.

    Case, accents, small words, gender and number do not tell them apart; figures do; a slip of the pen does not.
    """
    first, second = key_of_name(one), key_of_name(other)
    if first == second:
        return True
    if {word for word in first if word.isdigit()} != {word for word in second if word.isdigit()}:
        return False
    a, b = (" ".join(sorted(words)) for words in (_words(one), _words(other)))
    if (
        not (a and b) or max(len(a), len(b)) > _LONGEST_COMPARED
    ):  # nothing was left of a name in other letters than ours
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


def key_of_name(name: str) -> frozenset[str]:
    """Return what is the same for two spellings of a name."""
    return frozenset(word[:_STEM] for word in _words(name)) or frozenset((name.casefold(),))


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii")
    return tuple(word for word in _WORD.findall(plain) if word not in _SMALL_WORDS)
