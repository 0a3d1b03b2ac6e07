"""A dossier whose letters are followed: the example convention of Saint-Quentin-Fallavier, with facts added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, FormerTerms
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
from echeancier.domain.facts.letters import LetterValidated, added_to
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.letters.content import letter_for
from echeancier.domain.letters.progress import Standing, content_mark, letters_of
from echeancier.domain.messages.context import Context
from echeancier.domain.recording import admit
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at
from tests.domain.examples_seen import example


@dataclass
class File:
    """A dossier and the instant it is looked at; facts pass the real door."""

    dossier: Dossier
    now: datetime
    recorded: list[Recorded] = field(default_factory=list)

    @property
    def s(self) -> Situation:
        registered = self.dossier.registered_at.date()
        return situation(self.dossier.convention, tuple(self.dossier.facts), self.now, registered_on=registered)

    @property
    def letters(self) -> tuple[Standing, ...]:
        return letters_of(self.dossier, self.s)

    @property
    def ctx(self) -> Context:
        return Context(self.dossier, self.now, DEFAULT_POLICY)

    def letter(self, kind: str) -> Standing:
        """Return the letter of a kind; there must be one."""
        found = [one for one in self.letters if one.letter == kind]
        assert len(found) == 1, [(one.letter, one.about, one.stage) for one in self.letters]
        return found[0]

    def on(self, day: str, hour: int = 10) -> File:
        """Look at it on another day."""
        self.now = at(day, hour)
        return self

    def record(self, fact: Fact) -> Recorded:
        """Bring a fact to the door now."""
        record = admit(self.dossier, fact, self.now, "coordinator")
        self.dossier.facts.append(record)
        self.recorded.append(record)
        return record

    def validation(self, kind: LetterKind, about: str = "", **given: object) -> LetterValidated:
        """Return the validation of a letter as it is written now."""
        fields = LetterFields.model_validate(given)
        content = letter_for(self.s, kind, about, fields)
        return LetterValidated.model_validate(
            {
                "on": self.now.date(),
                "letter": kind,
                "about": content.about,
                "mark": content_mark(content),
                **added_to(fields),
            }
        )

    def validate(self, kind: LetterKind, about: str = "", **given: object) -> Recorded:
        """Validate a letter as it is written now."""
        return self.record(self.validation(kind, about, **given))

    def amend_terms(self, **changes: object) -> None:
        """Put the terms right, without an amendment."""
        former = FormerTerms(
            convention=self.dossier.convention,
            replaced_at=self.now,
            replaced_by="coordinator",
            why="faute de frappe",
        )
        self.dossier.former_terms.append(former)
        self.dossier.convention = self.dossier.convention.model_copy(update=changes)


def file_of(name: str, day: str) -> File:
    """Return the dossier of an example on a day, registered when its own first fact was told."""
    terms, records = example(name)
    first = min(record.recorded_at for record in records)
    told = [record for record in records if record.recorded_at <= at(day)]
    dossier = Dossier(convention=terms, registered_at=first, registered_by="coordinator", facts=told)
    return File(dossier, at(day))


def ending_with_the_year(file: File) -> File:
    """Return a dossier whose notice may end it with a civil year only: each has its day to post."""
    terms = file.dossier.convention
    yearly = tuple(rule.model_copy(update={"until": "civil-year-end"}) for rule in terms.termination)
    file.dossier.convention = terms.model_copy(update={"termination": yearly})
    return file


def with_postal(terms: Convention, party: str, lines: tuple[str, ...]) -> dict[str, object]:
    """Return the change of terms that gives a party another postal address."""
    parties = {**terms.parties, party: terms.parties[party].model_copy(update={"postal": lines})}
    return {"parties": parties}


REASONS = ("La commune reprend la mission en régie.",)
POSTED = date(2023, 11, 28)
