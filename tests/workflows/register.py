"""The running conventions, as the reading of the mailbox sees them in a test: one, with the true front door."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from echeancier.domain.answers.fact_of_reply import concerns
from echeancier.domain.answers.reply import Parsed
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording import Refusal, admit
from tests.domain.builders import at

NOW = at("2022-02-03", 11)


@dataclass
class FakeRegister:
    """Implements the port `Register` over one dossier, with the true front door.

    Attributes:
        faults: how many times recording fails before it works.
        looks: how many times the conventions were looked through.
    """

    kept: Dossier
    faults: int = 0
    looks: int = 0
    forgotten: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW

    async def locate(self, mails: Sequence[Parsed]) -> tuple[tuple[str, ...], ...]:
        self.looks += 1
        own = (self.kept.convention.reference,)
        return tuple(own if concerns(self.kept, mail) else () for mail in mails)

    async def dossier(self, reference: str) -> Dossier:
        assert reference == self.kept.convention.reference
        return self.kept

    async def record(self, reference: str, fact: Fact, request: str) -> str:
        assert reference == self.kept.convention.reference
        if self.faults:
            self.faults -= 1
            raise ConnectionError("the engine is starting")
        if all(record.request != request for record in self.kept.facts):
            try:
                self.kept.facts.append(admit(self.kept, fact, NOW, "boîte", request))
            except Refusal as refusal:
                return str(refusal)
        return ""

    async def forget_runs(self, before: datetime, most: int) -> int:
        assert most > 0
        self.forgotten.append(before)
        return 0
