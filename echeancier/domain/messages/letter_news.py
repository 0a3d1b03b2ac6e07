"""What a message says of a letter: it is to be read, it may leave, it is a draft again, or it left unread."""

from datetime import date
from typing import Literal

from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.model import Frozen, Text


class LetterNews(Frozen):
    """One letter in a message.

    Attributes:
        state: ``draft`` (to be read), ``changed`` (validated, then changed), ``validated`` (to be posted), ``unvalidated``
            (posted although nobody had validated it).
        about: what it is about, as the letter says it; ``title`` the same in words.
        recipient: the first lines of the address.
        missing: what keeps it from being validated, empty for nothing.
        changes: what changed since it was validated.
        by: the day to have posted it by; ``posted`` the day it left.
        optional: a right, not a duty.
        remarks: for whoever validates it.
        mark: of its text, when it can be validated as it is; ``proposed`` the days proposed in it, by field.
    """

    letter: LetterKind
    state: Literal["draft", "changed", "validated", "unvalidated"]
    about: str
    title: Text
    recipient: str = ""
    missing: str = ""
    changes: tuple[Text, ...] = ()
    by: date | None = None
    posted: date | None = None
    optional: bool = False
    remarks: tuple[str, ...] = ()
    mark: str = ""
    proposed: tuple[tuple[str, date], ...] = ()
