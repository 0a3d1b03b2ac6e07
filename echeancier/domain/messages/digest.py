"""What a digest says to one person: its lines by section, each with the forms that settle it."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from echeancier.domain.messages.identity import identity
from echeancier.domain.messages.mail import Language
from echeancier.domain.messages.order import Line
from echeancier.domain.model import Frozen, Text
from echeancier.domain.running.health import MailboxHealth
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.terms.fields import DigestEvery

SectionName = Literal["late", "week", "mails", "decide", "ahead", "know", "questions"]

SECTIONS: tuple[SectionName, ...] = ("late", "week", "mails", "decide", "ahead", "know", "questions")
"""The sections, in the order in which they are read."""


class DeskForm(Frozen):
    """The form of the desk that settles what is no dated thing: a question, an address, an answer, a letter.

    Attributes:
        says: what its button says.
        kind: of the fact it records; the letter, where it leads to one.
        given: the fields that are known already.
    """

    says: Literal["answer", "address", "confirm", "letter"]
    kind: str
    given: tuple[tuple[str, str], ...] = ()


class About(Frozen):
    """One thing of one convention.

    Attributes:
        item: its key in the agenda; for what is no dated thing a name of its own, as ``question/…``.
        role: in which its reader reads of it; empty for whoever has none in the convention.
        line: a dated thing as it would be told to that role, which says what can be recorded of it.
        form: what settles anything else, None where nothing does at once.
    """

    reference: str
    item: str = ""
    role: str = ""
    line: Line | None = None
    form: DeskForm | None = None


class DigestLine(Frozen):
    """One thing, in one convention or in several that say the same of the same day.

    Attributes:
        what: the thing itself; ``of`` where it is to be done.
        day: the day to act by; of what is late, the day it was to be done by; of a mail, when it was written.
        who: who owes it, where that is not the reader's side.
        then: what follows, with its day.
        more: of the same series, how many more are late.
        why: of a mail, what the relay answered.
    """

    of: tuple[About, ...]
    what: Text
    day: date | None = None
    who: Text | None = None
    then: Text | None = None
    more: int = 0
    why: str = ""


class Robot(Frozen):
    """What is said of the robot itself.

    Attributes:
        unreadable: references whose file could not be read for this digest.
        stuck: everything that does not do its work.
        refused: mails of the former round that did not leave: refused, or put off until they were too old.
    """

    unreadable: tuple[str, ...] = ()
    stuck: tuple[Trouble, ...] = ()
    mailbox: MailboxHealth = MailboxHealth()
    refused: int = 0

    @property
    def is_in_trouble(self) -> bool:
        """Whether somebody must look at it."""
        unread = self.mailbox.state == "unread" or bool(self.mailbox.left)
        return bool(self.unreadable or self.stuck or unread or self.refused)


class Deeds(Frozen):
    """What the robot did by itself since the digest before, for the conventions of one reader."""

    mails: int = 0
    invitations: int = 0
    closed: tuple[str, ...] = ()


class MailYield(Frozen):
    """What one kind of mail leads to: how many left in ninety days, and how many were followed by a recorded fact.

    Attributes:
        kind: of mail, in words; ``stage`` which of its times, in words, empty where it has none.
        softer: so few that it proposes to be softened.
    """

    kind: Text
    stage: Text | None = None
    mails: int
    followed: int
    softer: bool = False


class Digest(Frozen):
    """One mail to one person.

    Attributes:
        every: how often its reader gets one.
        week: its name, ``2026-W48``; ``on`` the local day it is written for.
        function, address: whose it is; the address is a function's.
        references: the conventions it speaks of.
        sections: lines by section; a section without any is left out.
        cut: by section, how many things are not shown.
        deeds: what was done without anybody; only for whoever follows a convention.
        robot: None for whoever has not to look after it.
        yields: what the mails lead to, worst first; in the first digest of a month, for managers.
        titles: reference and title of the conventions it speaks of, for a reader who follows none.
        ask: function and address of whom a reader who follows no convention asks; None for the others.
    """

    every: DigestEvery = "weekly"
    week: str = Field(pattern=r"^\d{4}-W\d{2}$")
    on: date
    at: AwareDatetime
    function: str
    address: str
    language: Language
    references: tuple[str, ...]
    sections: dict[SectionName, tuple[DigestLine, ...]] = Field(default_factory=dict)
    cut: dict[SectionName, int] = Field(default_factory=dict)
    deeds: Deeds = Deeds()
    robot: Robot | None = None
    yields: tuple[MailYield, ...] = ()
    ask: tuple[str, str] | None = None
    titles: tuple[tuple[str, Text], ...] = ()

    @property
    def at_the_desk(self) -> bool:
        """Whether its reader may come to the desk: whoever follows a convention."""
        return self.ask is None

    @property
    def id(self) -> str:
        """Stable for this person and this week (this day, of what is read daily): whoever asks again gets the same."""
        return digest_id(self.on.isoformat() if self.every == "daily" else self.week, self.address)

    def count(self, section: SectionName) -> int:
        """Return how many things a section has, shown or not."""
        return sum(len(line.of) for line in self.sections.get(section, ())) + self.cut.get(section, 0)


def digest_id(period: str, address: str) -> str:
    """Return the id of a person's digest of a week, or of a day: it tells nothing about the person."""
    return identity(period, "digest", address, ())
