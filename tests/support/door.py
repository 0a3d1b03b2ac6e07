"""Conventions and dossiers for the tests of the front door: small ones, and those of the examples."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import load_facts
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.terms.convention import Convention

PARIS = ZoneInfo("Europe/Paris")
EXAMPLES = Path(__file__).parents[2] / "examples"
LONG_AGO = datetime(2020, 1, 2, 10, tzinfo=PARIS)


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return an instant of Paris."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def of_day(day: date) -> datetime:
    """Return that day at ten, Paris time."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=PARIS)


def small(**changes: object) -> Convention:
    """Return a convention of one year between a commune and an operator, its terms replaced by ``changes``.

    Effect on 1 January 2022, a meeting each quarter (fifteen days' notice), data each half-year.
    """
    terms: dict[str, object] = {
        "reference": "SMALL",
        "title": "Convention d’essai",
        "kind": "cooperation",
        "us": "commune",
        "coordinator": "coordinator",
        "manager": "manager",
        "parties": {
            "commune": {"name": "Commune de Valmont", "kind": "commune"},
            "operator": {"name": "Opérateur", "kind": "operator"},
        },
        "roles": {
            "coordinator": _role("commune", "Coordination", "coordination@valmont.example"),
            "manager": _role("commune", "Direction", "direction@valmont.example"),
            "referent": _role("operator", "Référent", "referent@operateur.example"),
        },
        "act": [{"party": "commune", "body": "conseil municipal"}],
        "effect": {"rule": "fixed", "on": date(2022, 1, 1), "clauses": ["T.1"]},
        "term": {"months": 12, "clauses": ["T.1"]},
        "termination": [notice()],
        "duty": [
            {
                "id": "meeting", "kind": "meeting", "title": "Point", "title_en": "Quarterly meeting",
                "owed_by": "both", "owed_to": "both", "rhythm": {"every_months": 3}, "clauses": ["T.1"],
                "meeting": {"notice": {"days": 15}},
            },
            {
                "id": "data", "kind": "data", "title": "Données", "title_en": "Data", "owed_by": "operator",
                "owed_to": "commune", "rhythm": {"every_months": 6}, "clauses": ["T.1"],
            },
        ],
        "clause": [{"id": "T.1", "article": "art. 1", "says": "un an, un préavis, des rencontres"}],
    }  # fmt: skip
    return Convention.model_validate({**terms, **changes})


def _role(party: str, function: str, address: str) -> dict[str, str]:
    return {"party": party, "function": function, "address": address}


def notice(**changes: object) -> dict[str, object]:
    """Return a termination clause: one month from receipt, by registered letter, open to both."""
    rule = {
        "id": "notice",
        "who": ["commune", "operator"],
        "length": {"months": 1},
        "starts": "receipt",
        "clauses": ["T.1"],
    }
    return {**rule, **changes}


def new(convention: Convention, registered_at: datetime = LONG_AGO) -> Dossier:
    """Return the dossier of a convention just registered."""
    return Dossier(convention=convention, registered_at=registered_at, registered_by="coordinator")


def take(dossier: Dossier, *facts: Fact, told: datetime | None = None) -> Dossier:
    """Record facts through the door, each told on its own day unless ``told`` says when."""
    for fact in facts:
        dossier.facts.append(admit(dossier, fact, told or of_day(day_of(fact)), "coordinator"))
    return dossier


def voted(dossier: Dossier, on: date, executory: date) -> Dossier:
    """Record the vote, the publication and the transmission."""
    return take(dossier, ActAdopted(on=on), ActPublished(on=executory), ActTransmitted(on=executory))


def running(convention: Convention | None = None) -> Dossier:
    """Return a convention voted on 6 December 2021, executory on the 9th, signed by all on the 15th."""
    dossier = new(convention or small())
    if dossier.convention.act:
        voted(dossier, date(2021, 12, 6), date(2021, 12, 9))
    return take(dossier, *(Signed(on=date(2021, 12, 15), party=party) for party in dossier.convention.parties))


def example(name: str, *, with_facts: bool = True) -> Dossier:
    """Return the dossier of a shipped example, its facts recorded through the door."""
    dossier = new(load_convention(EXAMPLES / f"{name}.toml"), datetime(2015, 1, 2, 10, tzinfo=PARIS))
    if with_facts:
        entries = load_facts(EXAMPLES / f"{name}.facts.toml")
        for entry in sorted(entries, key=lambda e: e.told_at(PARIS)):
            take(dossier, entry.fact, told=entry.told_at(PARIS))
    return dossier


def refused(dossier: Dossier, fact: Fact, told: datetime | None = None) -> str:
    """Return the French words with which the door refuses a fact; fail if it does not."""
    with pytest.raises(Refusal) as caught:
        admit(dossier, fact, told or of_day(day_of(fact)), "coordinator")
    assert caught.value.text.fr == str(caught.value)
    assert caught.value.text.en
    return str(caught.value).replace("\u00a0", " ")
