"""What a person without an account may say by a link."""

from typing import Final, Literal

Act = Literal[
    "accept", "decline", "other-date", "done", "received", "signed", "refuse-sign", "seen", "later", "problem"
]  # fmt: skip

ANSWERS: Final[frozenset[Act]] = frozenset({"accept", "decline", "other-date"})
"""Those that answer the invitation to a meeting."""

WHERE_IT_STANDS: Final[tuple[Act, ...]] = ("seen", "later", "problem")
"""Those that say where a thing stands, without it being done (`Acknowledged`): taken in charge, not before a day, a problem."""

OF_A_DAY: Final[frozenset[Act]] = frozenset({"seen", "later"})
"""Those that silence until a day, and are worth nothing after it."""

CODES: Final[dict[Act, int]] = {
    "accept": 1,
    "decline": 2,
    "other-date": 3,
    "done": 4,
    "received": 5,
    "signed": 6,
    "refuse-sign": 7,
    "seen": 8,
    "later": 9,
    "problem": 10,
}
"""How a token writes them. Mails that left keep their numbers: none is ever given to another act."""

_BY_LINK: Final = " (par lien)"


def by_link(function: str) -> str:
    """Return by whom a fact is recorded that a function said by a link."""
    return function + _BY_LINK


def said_by(recorded_by: str) -> str | None:
    """Return the function that said a fact by a link, None when it was recorded otherwise."""
    return recorded_by.removesuffix(_BY_LINK) if recorded_by.endswith(_BY_LINK) else None
