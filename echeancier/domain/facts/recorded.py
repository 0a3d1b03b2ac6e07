"""What happened in the world, append-only: every kind of fact, and the record that keeps it.

A mistake is put right by a new version, the old one is kept.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.letters import LetterDelivered as LetterDelivered  # noqa: PLC0414 - a fact like the others
from echeancier.domain.facts.letters import LetterPosted as LetterPosted  # noqa: PLC0414 - a fact like the others
from echeancier.domain.facts.letters import LetterPresented as LetterPresented  # noqa: PLC0414 - a fact like the others
from echeancier.domain.facts.letters import LetterReturned as LetterReturned  # noqa: PLC0414 - a fact like the others
from echeancier.domain.facts.letters import LetterValidated as LetterValidated  # noqa: PLC0414 - a fact like the others
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingMinutes
from echeancier.domain.facts.people import Away, PartyChanged, RoleChanged, TerritoryChanged
from echeancier.domain.facts.personal_data import AnswerExtended, CertificateReceived, HoldReviewed, IncidentAssessed
from echeancier.domain.facts.signing import SignatureCirculated, SignatureRefused
from echeancier.domain.model import Frozen, OneLine, Prose, Reference, Slug


class FollowedBy(Dated):
    """The convention that follows was registered under that reference."""

    kind: Literal["followed-by"] = "followed-by"
    reference: Reference


class ActAdopted(Dated):
    """The assembly voted the deliberation that authorises the signature."""

    kind: Literal["act-adopted"] = "act-adopted"
    number: OneLine = ""


class ActPublished(Dated):
    """The deliberation was published (or posted up, before 1 July 2022)."""

    kind: Literal["act-published"] = "act-published"


class ActTransmitted(Dated):
    """The prefecture received the deliberation (@ctes receipt or stamp)."""

    kind: Literal["act-transmitted"] = "act-transmitted"


class Signed(Dated):
    """A party signed. ``irregular`` records a signature that already happened too early, as what it is."""

    kind: Literal["signed"] = "signed"
    party: Slug
    irregular: bool = False


class ContractPublicised(Dated):
    """The conclusion of the convention was made public (object, parties, where it can be read)."""

    kind: Literal["contract-publicised"] = "contract-publicised"


class AppealLodged(Dated):
    """A gracious appeal reached the authority: it interrupts the delay (CRPA L.411-2)."""

    kind: Literal["appeal-lodged"] = "appeal-lodged"
    by: Literal["third-party", "prefect"] = "third-party"


class AppealAnswered(Dated):
    """The express refusal of a gracious appeal was notified: a full new delay runs."""

    kind: Literal["appeal-answered"] = "appeal-answered"


class DutyDone(Dated):
    """Something owed was done: data received, report handed over, access closed, data destroyed, step taken.

    ``at``: the instant, wanted where hours decide; the note: what was told, to whom.
    """

    kind: Literal["done"] = "done"
    item: OneLine
    party: Slug | None = None
    at: AwareDatetime | None = None


class MeetingArranged(Frozen):
    """A date was fixed for a meeting, or changed: each new one replaces the former and moves the invitation."""

    kind: Literal["meeting-arranged"] = "meeting-arranged"
    item: OneLine
    starts_at: datetime
    minutes: int | None = Field(default=None, ge=5, le=600)
    place: OneLine | None = None
    video_link: OneLine | None = None
    note: Prose = ""


class MeetingCancelled(Dated):
    """An arranged meeting will not take place on its date."""

    kind: Literal["meeting-cancelled"] = "meeting-cancelled"
    item: OneLine
    reason: Prose = ""


class MeetingHeld(Dated):
    """A meeting took place.

    ``present``: how many of those expected were there; below the quorum of the preferences it is to be held again.
    """

    kind: Literal["meeting-held"] = "meeting-held"
    item: OneLine
    present: int | None = Field(default=None, ge=0, le=1000)


class NoticeWithdrawn(Dated):
    """Both sides agreed to go on: the letter has no effect any more."""

    kind: Literal["notice-withdrawn"] = "notice-withdrawn"
    letter: OneLine


class RenewalDecided(Dated):
    """What becomes of the convention at its end: renewed as it is, amended, replaced by a new one, or left to lapse."""

    kind: Literal["renewal-decided"] = "renewal-decided"
    decision: Literal["renew", "amend", "new-convention", "let-lapse"]


class Amended(Dated):
    """An amendment was signed by all; ``ends_on`` is the new last day when it changes."""

    kind: Literal["amended"] = "amended"
    ends_on: date | None = None
    label: OneLine = ""


class QuestionAnswered(Dated):
    """A question got its answer; it can be changed by a later answer."""

    kind: Literal["question-answered"] = "question-answered"
    question: OneLine
    reading: Slug | None = None
    day: date | None = None
    months: int | None = Field(default=None, ge=1, le=120)
    text: Prose = ""


class LitigationOpened(Dated):
    """A litigation began: what must be destroyed waits."""

    kind: Literal["litigation-opened"] = "litigation-opened"


class LitigationClosed(Dated):
    """The litigation is over: destruction runs again."""

    kind: Literal["litigation-closed"] = "litigation-closed"


class Happened(Frozen):
    """An event that starts a delay: a delivery received, an account manager who left, a breach discovered.

    ``at`` is the instant, when the delay is in hours; with its offset, because a local time can exist twice. ``party``
    is whose event it is (who found the breach, who was asked), us when left out.
    """

    kind: Literal["event"] = "event"
    event: Slug
    on: date
    party: Slug | None = None
    at: AwareDatetime | None = None
    label: OneLine = ""
    note: Prose = ""


class ParentSigned(Dated):
    """The parent convention was signed by all (told by its own workflow, or by hand)."""

    kind: Literal["parent-signed"] = "parent-signed"


class ParentEnds(Dated):
    """The parent's last day in force, as now known: its natural end, an extension, or an early end."""

    kind: Literal["parent-ends"] = "parent-ends"
    why: Literal["term", "extended", "terminated"] = "term"


class BreachStep(Dated):
    """One step of a breach procedure happened.

    ``on`` is the day it was done; for a step taken by letter, the day the letter was posted. The answer (« comment »,
    « cure ») counts from its own posting too. ``found`` opens a breach whose clause has no steps at all.
    """

    kind: Literal["breach-step"] = "breach-step"
    breach: Slug
    step: Literal["found", "inform-reasons", "comment", "decide", "suspend", "formal-notice", "cure"]
    presented_on: date | None = None
    delivered_on: date | None = None


class BreachClosed(Dated):
    """A breach procedure is over.

    ``cured`` and ``withdrawn``: the convention goes on. ``maintained``: it ends, and ``on`` is its last day in force.
    """

    kind: Literal["breach-closed"] = "breach-closed"
    breach: Slug
    outcome: Literal["cured", "withdrawn", "maintained"]


class Resumed(Dated):
    """A suspended convention is in force again from this day on (its clause says what must have happened first)."""

    kind: Literal["resumed"] = "resumed"


class AccountsCounted(Dated):
    """How many accounts are open on the operator's tool, the manager's own account left out."""

    kind: Literal["accounts-counted"] = "accounts-counted"
    number: int = Field(ge=0, le=1_000_000)


Fact = Annotated[
    ActAdopted | ActPublished | ActTransmitted | Signed | ContractPublicised | AppealLodged | AppealAnswered | DutyDone
    | MeetingArranged | MeetingCancelled | MeetingHeld | LetterPosted | LetterPresented | LetterDelivered
    | LetterReturned | NoticeWithdrawn | RenewalDecided | Amended | QuestionAnswered | LitigationOpened
    | LitigationClosed | Happened | ParentSigned | ParentEnds | BreachStep | BreachClosed | Resumed | AccountsCounted
    | LetterValidated | InvitationAnswered | MailUndelivered | Away | RoleChanged | SignatureCirculated
    | SignatureRefused | MeetingMinutes | FollowedBy | PartyChanged | TerritoryChanged | IncidentAssessed
    | AnswerExtended | CertificateReceived | HoldReviewed,
    Field(discriminator="kind"),
]  # fmt: skip
"""Anything that can be recorded."""

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)


class Recorded(Frozen):
    """A fact as the file keeps it.

    Attributes:
        id: stable, short, given at recording (``f1``, ``f2``…).
        version: 1, then one more for each correction.
        recorded_at: instant, from the clock of the door it came in by.
        recorded_by: the function that recorded it, never a person's name.
        cancelled: this version says that the fact was recorded by mistake.
        request: what makes a repeated request the same request.
    """

    id: str
    version: int = 1
    fact: Fact
    recorded_at: AwareDatetime
    recorded_by: str
    cancelled: bool = False
    request: str = ""


def day_of(fact: Fact) -> date:
    """Return the local day on which the fact lies (a meeting's: the day it is fixed for)."""
    return fact.starts_at.date() if isinstance(fact, MeetingArranged) else fact.on


def in_force(records: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """Return the latest version of each fact, in recording order, without those recorded by mistake."""
    latest: dict[str, Recorded] = {}
    for record in records:
        known = latest.get(record.id)
        if known is None or record.version > known.version:
            latest[record.id] = record
    return tuple(r for r in latest.values() if not r.cancelled)
