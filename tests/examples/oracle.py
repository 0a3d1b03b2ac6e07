"""The days of the examples worked out by hand (``oracle_*.json``), and what is needed to ask them of the program."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import admit
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import EXAMPLES, at

Row = dict[str, Any]
"""One line of the oracle: ``row`` says what it is about, ``of`` names the convention, the rest what is expected."""

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("oracle_*.json"))


def rows(*kinds: str) -> list[Any]:
    """Return the rows that carry one of these keys, each as a pytest parameter named after what it is about."""
    found = [
        (path.stem.removeprefix("oracle_"), row)
        for path in FILES
        for row in read(path)
        if not row.keys().isdisjoint(kinds)
    ]
    return [pytest.param(row, id=f"{name}: {row['row']}") for name, row in found]


@cache
def read(path: Path) -> tuple[Row, ...]:
    """Return the rows of one file."""
    return tuple(json.loads(path.read_text("utf-8"))["rows"])


@cache
def example(name: str) -> tuple[Convention, tuple[Recorded, ...]]:
    """Return an example and the facts of its file."""
    terms = load_convention(EXAMPLES / f"{name}.toml")
    return terms, as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), terms.place.time_zone)


def named(row: Row, text: str) -> str:
    """Return a key in which ``{1}`` stands for the id of the first fact that the row adds."""
    count = len(example(row["of"])[1])
    for number in range(1, 6):
        text = text.replace(f"{{{number}}}", f"f{count + number}")
    return text


def facts_of(row: Row, key: str) -> list[Fact]:
    """Return the facts that a row adds."""
    return [FACT.validate_json(named(row, json.dumps(told))) for told in row.get(key, [])]


def seen(row: Row) -> Situation:
    """Return the convention of a row as seen on its day: ``untold`` facts left out, ``told`` ones added."""
    terms, records = example(row["of"])
    if us := row.get("us"):
        roles = {**terms.roles, "coordinator": terms.roles["coordinator"].model_copy(update={"party": us})}
        terms = terms.model_copy(update={"us": us, "roles": roles})
    kept = tuple(r for r in records if r.fact.kind not in row.get("untold", []))
    now = at(row.get("on", "2021-04-21"))
    added = tuple(
        Recorded(id=f"f{n}", fact=fact, recorded_at=min(at(day_of(fact)), now), recorded_by="coordinator")
        for n, fact in enumerate(facts_of(row, "told"), start=len(records) + 1)
    )
    return situation(terms, (*kept, *added), now)


@cache
def _agenda(text: str) -> Agenda:
    return agenda_of(seen(json.loads(text)))


def agenda(row: Row) -> Agenda:
    """Return the agenda of a row."""
    return _agenda(json.dumps(row))


def dossier(row: Row) -> Dossier:
    """Return the dossier of a row, every fact told through the door: those of the file, then those told ``before``."""
    terms, records = example(row["of"])
    opened = Dossier(convention=terms, registered_at=at("2015-01-02"), registered_by="coordinator")
    for record in sorted(records, key=lambda r: r.recorded_at):
        if record.fact.kind not in row.get("untold", []):
            opened.facts.append(admit(opened, record.fact, record.recorded_at, "coordinator"))
    for fact in facts_of(row, "before"):
        opened.facts.append(admit(opened, fact, at(day_of(fact)), "coordinator"))
    return opened


def day(text: str | None) -> date | None:
    """Return the day written in ISO form, None for null."""
    return date.fromisoformat(text) if text else None
