"""A deliberation and the conventions that cite it, as one page shows them: what is known of each, what is left to tick."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from echeancier.desk.convention.view import status_words
from echeancier.desk.reading.seen import Seen
from echeancier.domain.agenda.item_row import title_in_words
from echeancier.domain.dates.words import shown
from echeancier.domain.facts.catalogue import STEPS_OF_AN_ACT
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.model import Text
from echeancier.domain.standing.deliberations import Deliberation, deliberations
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.typography import said

TICK: Final = "sign."
"""What the name of the box of one party of one convention begins with."""


@dataclass(frozen=True)
class StepLine:
    """A step of the act: its day once it is known, else what is typed of it so far."""

    kind: str
    label: str
    day: date | None
    typed: str


@dataclass(frozen=True)
class Signer:
    """One party of one convention: the day on which it signed, or the box that says that it did."""

    name: str
    box: str
    day: date | None
    ticked: bool


@dataclass(frozen=True)
class CitingLine:
    """One convention of the deliberation."""

    reference: str
    title: str
    status: str
    signers: tuple[Signer, ...]


def address_of(reference: str, act: CouncilAct) -> str:
    """Return the address of the page of an act, as one of its conventions cites it."""
    return f"/conventions/{reference}/deliberations/{act.id}"


def name_of(dossier: Dossier, act: CouncilAct, language: str) -> str:
    """Return a deliberation as a page calls it: the assembly, and the number printed, else the day of the vote, else its key."""
    if act.number:
        return f"{act.body}, {act.number}"
    known = deliberations(dossier.convention.act, in_force(tuple(dossier.facts)))
    voted = next((one.adopted_on for one in known if one.name == act.id), None)
    on = Text(fr=f"vote du {shown(voted, 'fr')}", en=f"vote of {shown(voted, 'en')}")
    return f"{act.body}, {said(on, language) if voted else act.id}"


def box_of(reference: str, party: str) -> str:
    """Return the name of the box that says that a party signed a convention."""
    return f"{TICK}{party}.{reference}"  # a reference may hold points, a party none


def steps(deliberation: Deliberation, given: Mapping[str, str], language: str) -> tuple[StepLine, ...]:
    """Return the steps of an act with their days."""
    known: dict[str, date | None] = {one.fact.kind: getattr(one.fact, "on", None) for one in deliberation.records}
    return tuple(
        StepLine(kind, said(words, language), known.get(kind), given.get(kind, ""))
        for kind, words in STEPS_OF_AN_ACT.items()
    )


def lines(
    seen: Sequence[Seen], given: Mapping[str, str], language: str, everywhere: str = ""
) -> tuple[CitingLine, ...]:
    """Return the conventions, by reference.

    Args:
        seen: those that cite the act.
        given: what was ticked.
        language: of the words.
        everywhere: the name of a party whose boxes are all ticked.
    """
    return tuple(
        CitingLine(
            one.reference,
            title_in_words(one.convention, language),
            status_words(one.ctx, language),
            tuple(_signer(one, party, given, everywhere, language) for party in one.convention.parties),
        )
        for one in sorted(seen, key=lambda one: one.reference)
    )


def _signer(seen: Seen, party: str, given: Mapping[str, str], everywhere: str, language: str) -> Signer:
    name = seen.convention.parties[party].name_on(seen.ctx.s.today)
    box = box_of(seen.reference, party)
    day = seen.ctx.s.signatures.get(party)
    return Signer(said(name, language), box, day, day is None and (bool(given.get(box)) or name == everywhere))


def several(found: Sequence[CitingLine]) -> tuple[str, ...]:
    """Return the names of the parties that have yet to sign several of them: their boxes can be ticked in one go."""
    waiting = Counter(signer.name for line in found for signer in line.signers if signer.day is None)
    return tuple(name for name, times in waiting.items() if times > 1)
