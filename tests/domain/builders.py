"""Small conventions, their facts, and the agenda they give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.convention import Convention

PARIS = ZoneInfo("Europe/Paris")
EXAMPLES = Path(__file__).parents[2] / "examples"

ADDRESSES = {
    "coordinator": "coordination@ville.example",
    "manager": "direction@ville.example",
    "referent": "relais@ville.example",
    "partner": "agence@operateur.example",
    "partner-data": "donnees@operateur.example",
}


def at(day: date | str, hour: int = 10, minute: int = 0) -> datetime:
    """Return an instant in Paris."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)


def d(day: str) -> date:
    """Return the day written in ISO form."""
    return date.fromisoformat(day)


def convention(**changes: object) -> Convention:
    """Return a one-year convention from 2022-01-01 that owes nothing; ``changes`` add or replace blocks."""
    terms: dict[str, object] = {
        "reference": "TEST-1",
        "title": "Convention d’essai",
        "kind": "cooperation",
        "us": "town",
        "coordinator": "coordinator",
        "manager": "manager",
        "parties": {
            "town": {"name": "Ville d’essai", "kind": "commune"},
            "agency": {"name": "Agence d’essai", "kind": "operator"},
        },
        "roles": {
            name: {
                "party": "town" if "ville" in address else "agency",
                "function": f"Fonction {name}",
                "address": address,
            }
            for name, address in ADDRESSES.items()
        },
        "effect": {"rule": "fixed", "on": d("2022-01-01"), "clauses": ["A1"]},
        "term": {"months": 12, "clauses": ["A1"]},
        "clause": [{"id": "A1", "article": "art. 1", "says": "ce que dit l’article"}],
    }
    act = changes.get("act", ())
    changes["act"] = [act] if isinstance(act, dict) else act
    return Convention.model_validate({**terms, **changes})


def duty(name: str = "report", **changes: object) -> dict[str, object]:
    """Return a yearly report that the agency owes the town; much is at stake, so that every stage is told."""
    base: dict[str, object] = {
        "id": name,
        "kind": "report",
        "title": f"Devoir {name}",
        "title_en": f"Duty {name}",
        "owed_by": "agency",
        "owed_to": "town",
        "rhythm": {"every_months": 12},
        "responsible": ["partner"],
        "informed": ["coordinator"],
        "stake": "hard",
        "clauses": ["A1"],
    }
    return {**base, **changes}


def meeting_duty(name: str = "point", **changes: object) -> dict[str, object]:
    """Return a half-yearly meeting of the town and the agency."""
    base = duty(
        name,
        kind="meeting",
        stake="soft",
        owed_by="both",
        owed_to="both",
        rhythm={"every_months": 6},
        responsible=["referent", "partner"],
        meeting={"place": "Mairie", "invite": ["referent", "partner"], "minutes": 60},
    )
    return {**base, **changes}


def end_duty(**changes: object) -> dict[str, object]:
    """Return the destruction of data two months after the end, owed by each party."""
    base: dict[str, object] = {
        "id": "destruction",
        "kind": "destruction",
        "title": "Destruction",
        "title_en": "Destruction",
        "after": {"months": 2},
        "owed_by": "each",
        "owed_to": "both",
        "unless_litigation": True,
        "responsible": ["referent", "partner-data"],
        "informed": ["coordinator"],
        "clauses": ["A1"],
    }
    return {**base, **changes}


NOTICE = {"id": "leave", "who": ["town", "agency"], "length": {"months": 1}, "starts": "sending", "clauses": ["A1"]}
"""Either side may leave with one month from sending."""

BLANK = {
    "id": "which-day",
    "about": "Quel jour ?",
    "about_en": "Which day?",
    "kind": "blank",
    "answer": "date",
    "ask": "coordinator",
    "clauses": ["A1"],
}
"""A question whose answer is a day."""

ONCE = {
    "id": "once",
    "kind": "other",
    "title": "Une fois",
    "title_en": "Once",
    "owed_by": "agency",
    "owed_to": "town",
    "question": "which-day",
    "responsible": ["partner"],
    "clauses": ["A1"],
}
"""Something to do once, on the day the question asks for."""


def recorded(*facts: Fact, told: Iterable[datetime] | None = None) -> tuple[Recorded, ...]:
    """Return facts as records ``f1``, ``f2``…, told at 10:00 on their own day unless ``told`` says when."""
    instants = list(told) if told is not None else [at(day_of(fact)) for fact in facts]
    return tuple(
        Recorded(id=f"f{n}", fact=fact, recorded_at=instant, recorded_by="coordinator")
        for n, (fact, instant) in enumerate(zip(facts, instants, strict=True), start=1)
    )


def signed(day: str, *parties: str) -> tuple[Fact, ...]:
    """Return the signature of both parties (or of those named) on a day."""
    return tuple(Signed(on=d(day), party=party) for party in parties or ("town", "agency"))


def seen(terms: Convention, records: tuple[Recorded, ...], now: datetime | str, **options: object) -> Agenda:
    """Return the agenda as seen at an instant (10:00 in Paris when only a day is given)."""
    return agenda(terms, records, at(now) if isinstance(now, str) else now, **options)  # type: ignore[arg-type]


def item(found: Agenda, key: str) -> Item:
    """Return the item of that key, which must be there."""
    wanted = found.item(key)
    assert wanted is not None, f"no item {key} among {[i.key for i in found.items]}"
    return wanted


@cache
def sqf() -> tuple[Convention, tuple[Recorded, ...]]:
    """Return the cooperation convention of Saint-Quentin-Fallavier and its facts."""
    terms = load_convention(EXAMPLES / "sqf-p.toml")
    return terms, as_records(load_facts(EXAMPLES / "sqf-p.facts.toml"), terms.place.time_zone)


def sqf_agenda(now: str, *more: Fact, **options: object) -> Agenda:
    """Return the agenda of Saint-Quentin-Fallavier, with more facts told on their own day."""
    terms, records = sqf()
    later = tuple(
        Recorded(id=f"f{n}", fact=fact, recorded_at=at(day_of(fact)), recorded_by="coordinator")
        for n, fact in enumerate(more, start=len(records) + 1)
    )
    return seen(terms, (*records, *later), now, **options)
