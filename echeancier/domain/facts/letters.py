"""What happens to a letter before the post has it: a person read it again and said that it may leave."""

from datetime import date
from typing import Literal

from pydantic import Field

from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
from echeancier.domain.model import OneLine, Prose, Slug


class LetterValidated(Dated):
    """A person validated a letter, in exactly these words; any other words are a draft again.

    Attributes:
        on: the day it was validated.
        letter: which letter.
        about: the key of the item, clause or question it is about, as the letter itself says it.
        mark: of the text that was read (`domain.letters.progress.content_mark`).

    The other fields are what a person added to the letter, each as in `LetterFields`; a text of several paragraphs has
    one per line.
    """

    kind: Literal["letter-validated"] = "letter-validated"
    letter: LetterKind
    about: OneLine
    mark: OneLine = Field(max_length=64)
    dated: date | None = None
    posted: date | None = None
    effect: date | None = None
    deadline: date | None = None
    done_on: date | None = None
    reasons: Prose = ""
    known: Prose = ""
    measures: Prose = ""
    pending: Prose = ""
    means: OneLine = ""
    proposed: OneLine = ""
    to: OneLine = ""
    tracking: OneLine = ""
    place: OneLine = ""
    delegation: OneLine = ""
    enclosures: Prose = ""
    copies: Prose = ""

    @property
    def fields(self) -> LetterFields:
        """What a person added to the letter."""
        return LetterFields.model_validate({name: getattr(self, name) for name in ADDED})


class LetterPosted(Dated):
    """A registered letter was posted.

    Attributes:
        letter: which letter; one that ends the convention unless it says otherwise.
        rule: of a termination: the id of the clause used.
        about: of any other letter: what it is about, as its validation says it.
    """

    kind: Literal["letter-posted"] = "letter-posted"
    letter: LetterKind = "termination"
    rule: Slug | None = None
    about: OneLine = ""
    by: Slug
    form: Literal["lrar", "lr", "other"] = "lrar"
    reasons: Prose = ""
    effect_wanted: date | None = None
    tracking: OneLine = ""


class LetterPresented(Dated):
    """The letter was first presented to its addressee."""

    kind: Literal["letter-presented"] = "letter-presented"
    letter: OneLine


class LetterDelivered(Dated):
    """The addressee received the letter (date on the receipt)."""

    kind: Literal["letter-delivered"] = "letter-delivered"
    letter: OneLine


class LetterReturned(Dated):
    """The letter came back: refused, unclaimed, or sent to an unknown address."""

    kind: Literal["letter-returned"] = "letter-returned"
    letter: OneLine
    outcome: Literal["refused", "unclaimed", "unknown-address"]


ADDED = tuple(name for name in LetterFields.model_fields if name != "blanks")
"""The names of what a person may add to a letter."""


def added_to(fields: LetterFields) -> dict[str, object]:
    """Return what a person added, as the fact keeps it: paragraphs one per line, what is empty left out."""
    found: dict[str, object] = {}
    for name in ADDED:
        value = getattr(fields, name)
        if value:
            found[name] = "\n".join(value) if isinstance(value, tuple) else value
    return found
