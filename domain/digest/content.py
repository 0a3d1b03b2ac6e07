"""What a digest says, computed; a template only puts it into words."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from domain.mail import Language
from domain.message_identity import identity
from domain.model import Frozen, Text
from domain.pulse import Mailbox
from domain.trouble import Trouble

SectionName = Literal["late", "decisions", "notices", "ends", "soon", "questions", "mails"]

SECTIONS: tuple[SectionName, ...] = ("late", "decisions", "notices", "ends", "soon", "questions", "mails")
"""The sections, in the order in which they are read."""


class DigestLine(Frozen):
    """One thing, in one convention.

    Attributes:
        what: the thing itself.
        day: the day to act by; ``last`` the last day allowed.
        who: who owes it or is asked, an institution or a function; « nous » is our own side.
        more: of the same series, how many more are late.
        why: the article behind it, or what the relay answered.
    """

    reference: str
    what: Text
    day: date | None = None
    last: date | None = None
    who: Text
    more: int = 0
    why: str = ""


class Robot(Frozen):
    """The one line about the robot itself.

    Attributes:
        since: when it was last started, None when that is not known.
        conventions: how many are open here, for everybody.
        unreadable: references whose file could not be read for this digest.
        stuck: everything that does not do its work.
        refused: digests of the former week that did not leave: refused, or put off until they were too old.
    """

    since: AwareDatetime | None = None
    conventions: int = 0
    unreadable: tuple[str, ...] = ()
    stuck: tuple[Trouble, ...] = ()
    mailbox: Mailbox = Mailbox()
    refused: int = 0


class Digest(Frozen):
    """One mail to one person.

    Attributes:
        week: its name, ``2026-W48``; ``on`` the local day it is written for.
        function, address: whose it is; the address is a function's.
        references: the conventions it speaks of.
        sections: lines by section; a section without any is left out.
        cut: by section, how many lines are not shown.
    """

    week: str = Field(pattern=r"^\d{4}-W\d{2}$")
    on: date
    at: AwareDatetime
    function: str
    address: str
    language: Language
    references: tuple[str, ...]
    sections: dict[SectionName, tuple[DigestLine, ...]] = Field(default_factory=dict)
    cut: dict[SectionName, int] = Field(default_factory=dict)
    robot: Robot

    @property
    def id(self) -> str:
        """Stable for this person and this week: the same digest has the same Message-ID, whoever asks again."""
        return digest_id(self.week, self.address)


def digest_id(week: str, address: str) -> str:
    """Return the id of a person's digest of a week: tells nothing about the person."""
    return identity(week, "digest", address, ())
