"""What a person adds to a letter: what neither the convention nor its facts can know."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Frozen
from echeancier.domain.text import one_line

LetterKind = Literal[
    "termination", "formal-notice", "termination-reasons", "comments", "account-manager", "request", "destruction",
    "incident", "renewal", "amicable",
]  # fmt: skip
"""The letters there are."""


class LetterRefusedError(EcheancierError):
    """A letter cannot be written as asked; the French message says what to add."""


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text typed by a person: one per line that says something."""
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def _clean(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _split(value: object) -> object:
    if isinstance(value, str):
        return paragraphs_of(value)
    if isinstance(value, Iterable):
        return tuple(part for text in value for part in paragraphs_of(str(text)))
    return value


BLANK = "[à compléter]"
"""What a draft prints for what a person has still to say; a letter that holds it cannot be validated."""


def _refused(words: str) -> tuple[str, ...]:
    raise LetterRefusedError(words)


Line = Annotated[str, BeforeValidator(_clean)]
Paragraphs = Annotated[tuple[str, ...], BeforeValidator(_split)]


class LetterFields(Frozen):
    """What is added by hand. Each letter takes what it needs and refuses when something it needs is missing.

    Attributes:
        dated: the day written at the head; left blank to be filled in by whoever signs when it is not given.
        posted: the day on which the letter is meant to be posted, from which an end is computed.
        effect: the last day in force wanted.
        deadline: the day given to the other side.
        done_on: the day something was done, when no fact says it yet.
        reasons: why; the grounds, the subject of a dispute, what is held against the other side.
        known: what is known of an incident.
        measures: what was done about it.
        pending: what is not known yet.
        means: how data were destroyed.
        proposed: the function proposed as manager of accounts, never a person's name.
        to: a role or a party to write to, instead of the one the clause names.
        tracking: number of the registered letter.
        place: where it is signed; the town of our own address when it is not given.
        delegation: the quality of whoever signs by delegation.
        enclosures, copies: what is enclosed, who receives a copy.
        blanks: print « [à compléter] » for what is missing instead of refusing; only for a draft to be filled in.
    """

    dated: date | None = None
    posted: date | None = None
    effect: date | None = None
    deadline: date | None = None
    done_on: date | None = None
    reasons: Paragraphs = ()
    known: Paragraphs = ()
    measures: Paragraphs = ()
    pending: Paragraphs = ()
    means: Line = ""
    proposed: Line = ""
    to: Line = ""
    tracking: Line = ""
    place: Line = ""
    delegation: Line = ""
    enclosures: Paragraphs = ()
    copies: Paragraphs = ()
    blanks: bool = False

    def paragraphs(self, given: tuple[str, ...], refusal: str) -> tuple[str, ...]:
        """Return paragraphs that the letter cannot do without.

        Raises:
            LetterRefusedError: there are none, and blanks are not allowed.
        """
        if given or not self.blanks:
            return given or _refused(refusal)
        return (BLANK,)

    def words(self, given: str, refusal: str) -> str:
        """Return words that the letter cannot do without; refuses like `paragraphs`."""
        return self.paragraphs((given,) if given else (), refusal)[0]
