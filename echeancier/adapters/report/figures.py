"""A life in a few figures."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from echeancier.adapters.report.lanes import debtor_of
from echeancier.adapters.report.outcomes import Outcome, outcome
from echeancier.adapters.report.story import Story
from echeancier.domain.facts.dossier import Message

_MONTH = timedelta(days=30.44)

_MISSED = (Outcome.LATE, Outcome.MISSED)


@dataclass(frozen=True)
class Debtor:
    """What one side owed, and what became of it."""

    name: str
    kept: int
    kept_late: int
    missed: int
    other: int

    @property
    def total(self) -> int:
        """Everything it owed."""
        return self.kept + self.kept_late + self.missed + self.other


@dataclass(frozen=True)
class Figures:
    """The key figures.

    Attributes:
        sent: mails that the relay accepted, digests apart; ``unsent``: those it refused or put off to the end.
        a_month: mails that one person got in a month, digests included: the mean, and of whoever got most.
        people: distinct addresses written to.
        meetings: distinct meetings in calendars; ``revisions``: their invitations, moves and cancellations.
    """

    sent: int
    unsent: int
    people: int
    meetings: int
    revisions: int
    facts: int
    a_month: tuple[float, float]
    debtors: tuple[Debtor, ...]

    @property
    def kept(self) -> int:
        """What was owed and was done, in time or not."""
        return sum(one.kept + one.kept_late for one in self.debtors)

    @property
    def missed(self) -> int:
        """What was owed and was not done."""
        return sum(one.missed for one in self.debtors)


def figures(story: Story) -> Figures:
    """Count a story."""
    outbox = [message for message in story.dossier.outbox if message.status != "superseded"]
    accepted = [message for message in outbox if message.status == "accepted"]
    meetings = [message.meeting for message in accepted if message.meeting]
    return Figures(
        sent=_mails(accepted),
        unsent=_mails(outbox) - _mails(accepted),
        people=len({message.address.casefold() for message in accepted}),
        meetings=len({meeting.uid for meeting in meetings}),
        revisions=len({(meeting.uid, meeting.sequence, meeting.method) for meeting in meetings}),
        facts=len({record.id for record in story.dossier.facts}),
        a_month=_a_month(story),
        debtors=tuple(
            _debtor(story, key) for key in (*story.dossier.convention.parties, story.dossier.convention.together)
        ),
    )


def _mails(messages: list[Message]) -> int:
    """How many mails carried these messages: one carries all that a person is told that day."""
    return len({message.mail or message.id for message in messages})


def _a_month(story: Story) -> tuple[float, float]:
    counts = Counter(address.casefold() for mail in story.mails for address in mail.recipients)
    months = max(1.0, (story.ended - story.began) / _MONTH)
    if not counts:
        return 0.0, 0.0
    return counts.total() / len(counts) / months, max(counts.values()) / months


def _debtor(story: Story, key: str) -> Debtor:
    fates = Counter(outcome(story, item) for item in story.items if item.owed_by == key and item.traits.is_owed)
    kept, late = fates[Outcome.KEPT], fates[Outcome.KEPT_LATE]
    missed = sum(fates[one] for one in _MISSED)
    return Debtor(debtor_of(story, key), kept, late, missed, fates.total() - kept - late - missed)
