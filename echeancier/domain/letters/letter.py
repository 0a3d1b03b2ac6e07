"""What a kind of letter is: its words, what it asks of a person, when a dossier calls for it, what it may be about, its draft.

Each kind is one file beside this one, a class whose own fields are what its template prints.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
from echeancier.domain.model import Frozen, Text
from echeancier.domain.standing.posted_letters import Posting
from echeancier.domain.standing.situation import Situation

Sending = Literal["lrar", "lr", "plain"]


class Cited(Frozen):
    """A clause as a letter cites it: where it stands, and its substance, quoting only the words that decide."""

    article: str
    says: str


class Call(Frozen):
    """A letter that is called for.

    Attributes:
        about: as the letter itself says it.
        item: the key of the agenda item behind it; empty for a question.
        by: the day to have posted it by, None where the text gives none.
        optional: a right, not a duty: nothing is late when it is not sent.
        fields: what is proposed for a draft.
    """

    letter: LetterKind
    about: str
    item: str = ""
    by: date | None = None
    optional: bool = False
    fields: LetterFields = LetterFields()


@dataclass(frozen=True)
class LetterDraft:
    """What one kind of letter decides; the frame adds the rest.

    Attributes:
        subject: its first words; the convention's title follows.
        cited: the ids of the clauses it relies on.
        to: the role or the party written to when the person names nobody else.
        remarks: for whoever validates it.
    """

    about: str
    subject: str
    says: "Letter"
    cited: tuple[str, ...]
    sending: Sending
    to: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What a letter may be about: its key, and what tells a person which one it is."""

    about: str
    says: tuple[Text | str | date | None, ...]


@dataclass(frozen=True)
class LetterWords:
    """A kind of letter in words.

    Attributes:
        name: in a few words, as the middle of a sentence takes it.
        is_: what it is, as the docs say it in French (Markdown); ``give`` what a person has to give, ``about`` its key.
    """

    name: Text
    is_: str
    give: str = "–"
    about: str = "–"


def letter_words(name: tuple[str, str], is_: str, *, give: str = "–", about: str = "–") -> LetterWords:
    """Return the words of a kind of letter, to stand on its class as ``WORDS``."""
    return LetterWords(Text(fr=name[0], en=name[1]), is_, give, about)


class Letter(Frozen):
    """One kind of letter.

    Attributes:
        ASKS: the fields it uses of what a person adds, beside those that every letter has.
        LINK: how its subject is tied to the convention's title.
        ENDS: whether it ends the convention: it then relies on a clause rather than on an item.
        IS_THE_ITEM: posting it is the very thing that the agenda expects.
    """

    WORDS: ClassVar[LetterWords]
    ASKS: ClassVar[tuple[str, ...]] = ()
    LINK: ClassVar[str] = " – "
    ENDS: ClassVar[bool] = False
    IS_THE_ITEM: ClassVar[bool] = False

    kind: LetterKind

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return what the letter says about a key, which may be left out where only one thing fits.

        Raises:
            LetterRefusedError: it cannot be written; the French message says why, or what to add.
        """
        raise NotImplementedError

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """Return the letters of this kind that a dossier calls for now; none for what a person decides alone."""
        yield from ()

    @classmethod
    def called_for_later(cls, s: Situation, posted: tuple[Posting, ...]) -> Iterator[date]:
        """Return the days on which one becomes called for although no deadline is spoken of then."""
        yield from ()

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """Return what it may be about now, the likeliest first."""
        yield from ()

    @classmethod
    def left_as(cls, about: str, posted: str) -> bool:
        """Whether a letter posted about ``posted`` is the one about ``about``."""
        return about == posted


def items_that(agenda: Agenda, fits: Callable[[Item], bool]) -> Iterator[Subject]:
    """Return the items of an agenda that a letter may be about."""
    for item in agenda.items:
        if item.traits.letter_may_concern and fits(item):
            yield Subject(item.key, (item.safe_day or item.legal_last_day, item.title))
