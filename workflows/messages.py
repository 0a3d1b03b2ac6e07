"""What a convention's workflow is asked, and answers. Fields are added with defaults, never removed or retyped.

What is sealed says to what workflow it belongs, not as which of its messages: each model says that itself, in `message`. A
copy of one sent as another does not fit. Sent again as itself, `request` tells that it was heard.
"""

from datetime import timedelta
from typing import Literal

from pydantic import AwareDatetime, Field

from echeancier.domain.afterwards.purge import Confirmation
from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.answers.reply import Cursor, Filing
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.search import Attributes
from echeancier.domain.model import Frozen, Slug
from echeancier.domain.terms.convention import Convention


class ConventionStart(Frozen):
    """The input of a convention's workflow.

    Attributes:
        dossier: everything known so far; a new convention has its terms and perhaps its first facts.
        published: the attributes last published, carried from one run to the next.
        published_rules: the mark of the rules last published, likewise.
        unwritten: what messages say that may not have been put into bytes yet, by id.
    """

    message: Literal["convention"] = "convention"
    dossier: Dossier
    published: Attributes | None = None
    published_rules: str = ""
    unwritten: dict[str, MessageOrder] = Field(default_factory=dict)


class ConventionEnd(Frozen):
    """The result of a convention's workflow, once its file is closed."""

    reference: str
    facts: int
    messages: int
    why: str


class Record(Frozen):
    """A fact to record.

    Attributes:
        request: the same for the same request, so that asking twice records once.
        recorded_at: from the clock of the door.
        by: the function that records.
        seen: the revision of the dossier it was checked against; another is refused.
    """

    message: Literal["record"] = "record"
    request: str
    fact: Fact
    recorded_at: AwareDatetime
    by: str
    seen: int = -1


class Correct(Frozen):
    """A fact to put right, as a whole; ``version`` is the one it replaces; ``cancelled`` says it never happened."""

    message: Literal["correct"] = "correct"
    request: str
    fact_id: str
    version: int
    fact: Fact
    recorded_at: AwareDatetime
    by: str
    cancelled: bool = False
    seen: int = -1


class CorrectTerms(Frozen):
    """Terms that were typed wrongly, without any amendment of the paper."""

    message: Literal["correct-terms"] = "correct-terms"
    request: str
    convention: Convention
    recorded_at: AwareDatetime
    by: str
    why: str
    seen: int = -1


class Withdraw(Frozen):
    """A convention registered by mistake."""

    message: Literal["withdraw"] = "withdraw"
    recorded_at: AwareDatetime
    by: str
    why: str
    seen: int = -1


class Recording(Frozen):
    """What was recorded: the id and version of the fact."""

    fact_id: str
    version: int


class RepliesStart(Frozen):
    """The input of a reading of the mailbox.

    Attributes:
        cursor: where to begin when no reading has ended yet.
        at_once: mails of one batch; ``batches``: of them in one reading. What is left waits for the next.
    """

    message: Literal["replies"] = "replies"
    cursor: Cursor = Cursor()
    at_once: int = 20
    batches: int = 10


class RepliesEnd(Frozen):
    """The result of a reading of the mailbox.

    Attributes:
        cursor: every mail up to it was dealt with.
        recorded: facts recorded.
        done, to_read: mails filed.
        left: mails that could not be dealt with; they are still there, and read again.
        unfiled: mails dealt with that could not be moved; the next reading moves them.
    """

    cursor: Cursor
    recorded: int = 0
    done: int = 0
    to_read: int = 0
    left: int = 0
    unfiled: Filing | None = None


class Wake(Frozen):
    """The calendar has moved: look again at what is due."""

    message: Literal["wake"] = "wake"
    to: AwareDatetime


class PurgeStart(Frozen):
    """The input of the purge of a file.

    Attributes:
        removed: who answers for removing a convention that was stuck; None for a file that closed.
    """

    message: Literal["purge"] = "purge"
    reference: str
    removed: Confirmation | None = None


class PurgeDecision(Frozen):
    """What somebody decides of a purge; each decision is a message of its own, below.

    Attributes:
        request: the same for the same request, so that asking twice decides once.
        recorded_at: from the clock of the door; ``by`` the function.
    """

    request: str
    recorded_at: AwareDatetime
    by: Slug


class ConfirmPurge(PurgeDecision):
    """Somebody answers for the purge; ``basis`` is what allows the elimination."""

    message: Literal["confirm"] = "confirm"
    basis: Basis | None = None


class HoldPurge(PurgeDecision):
    """A litigation holds the file."""

    message: Literal["hold"] = "hold"


class ReleasePurge(PurgeDecision):
    """The litigation is over."""

    message: Literal["release"] = "release"


class MorningStart(Frozen):
    """The input of a working morning; everything else is a setting of the worker."""

    message: Literal["morning"] = "morning"


class DailyMailStart(Frozen):
    """The input of the mail of a day.

    Attributes:
        day: ``2026-11-30``.
        gather: how long it waits for what other conventions have to say.
        refused: mails of the former day that the relay refused for good.
    """

    message: Literal["daily-mail"] = "daily-mail"
    day: str
    gather: timedelta = timedelta(0)
    refused: int = 0


class DailyMailEnd(Frozen):
    """What became of the mail of a day; ``already`` when another run was at it.

    Attributes:
        left: mails that were not taken that day; the next one says what is still true.
    """

    day: str
    accepted: int = 0
    refused: int = 0
    left: int = 0
    already: bool = False


class Posted(Frozen):
    """What a convention said in the mail of the day, and what became of it."""

    message: Literal["posted"] = "posted"
    entries: tuple[Message, ...]


class HeartbeatStart(Frozen):
    """The input of a round; everything else is a setting of the worker."""

    message: Literal["heartbeat"] = "heartbeat"


class ParentNews(Frozen):
    """What a parent tells an annex; the annex applies its own clause."""

    message: Literal["parent-news"] = "parent-news"
    request: str
    parent: str
    fact: ParentSigned | ParentEnds
    recorded_at: AwareDatetime


class Annex(Frozen):
    """An annex that makes itself known to its parent."""

    message: Literal["annex"] = "annex"
    reference: str


class Carried(Frozen):
    """Which convention has an act published and transmitted, of all those that cite it."""

    message: Literal["carried"] = "carried"
    act: str
    by: str


class Replan(Frozen):
    """Plan again, unless ``rules`` are those of the last plan."""

    message: Literal["replan"] = "replan"
    rules: str
