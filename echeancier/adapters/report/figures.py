"""A life in a few figures."""

from collections import Counter
from dataclasses import dataclass

from echeancier.adapters.report.lanes import debtor_of
from echeancier.adapters.report.outcomes import Outcome, outcome
from echeancier.adapters.report.story import Story

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
        sent: messages that the relay accepted; ``unsent``: those it refused or put off to the end.
        people: distinct addresses written to.
        meetings: distinct meetings in calendars; ``revisions``: their invitations, moves and cancellations.
    """

    sent: int
    unsent: int
    people: int
    meetings: int
    revisions: int
    facts: int
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
        sent=len(accepted),
        unsent=len(outbox) - len(accepted),
        people=len({message.address.casefold() for message in accepted}),
        meetings=len({meeting.uid for meeting in meetings}),
        revisions=len({(meeting.uid, meeting.sequence, meeting.method) for meeting in meetings}),
        facts=len({record.id for record in story.dossier.facts}),
        debtors=tuple(
            _debtor(story, key) for key in (*story.dossier.convention.parties, story.dossier.convention.together)
        ),
    )


def _debtor(story: Story, key: str) -> Debtor:
    fates = Counter(outcome(story, item) for item in story.items if item.owed_by == key and item.traits.is_owed)
    kept, late = fates[Outcome.KEPT], fates[Outcome.KEPT_LATE]
    missed = sum(fates[one] for one in _MISSED)
    return Debtor(debtor_of(story, key), kept, late, missed, fates.total() - kept - late - missed)
