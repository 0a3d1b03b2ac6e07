"""What amendments, suspensions and letters do to a convention: worked cases, each through a whole file."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, convention, d, item, recorded, seen, signed
from tests.support.door import new

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "life_vectors.json").read_text("utf-8"))
DAY: Final = timedelta(days=1)


def _of(rule: str) -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["rule"] == rule]


def _named(vector: dict[str, Any]) -> str:
    return f"{vector['id']} {vector['wording']}"


def _until(end: str, **more: object) -> Convention:
    """A convention of the year of its end, whose last day is printed."""
    begins = date(d(end).year, 1, 1)
    effect = {"rule": "fixed", "on": begins, "clauses": ["A1"]}
    return convention(effect=effect, term={"ends_on": d(end), "clauses": ["A1"]}, **more)


def _born(terms: Convention) -> tuple[Fact, ...]:
    assert terms.effect.on is not None
    return signed((terms.effect.on - DAY).isoformat())


def _amended(given: dict[str, Any]) -> Agenda:
    """Told one after the other at the door, in the order of the case, each signed on the first day of the year it starts from."""
    capped = {"renewal": {"how": "express", "cap_on": d(given["cap"]), "clauses": ["A1"]}} if "cap" in given else {}
    terms = _until(given["end"], **capped)
    assert terms.effect.on is not None
    dossier, last = (
        new(terms, at(terms.effect.on - 30 * DAY)),
        at("2026-12-01") if "2026" in given["end"] else at(given["end"]),
    )
    told = [
        Amended(on=terms.effect.on, number=one["number"], effect=d(one["effect"]), ends_on=d(one["ends_on"]))
        for one in given["amendments"]
    ]
    for fact in (*_born(terms), *told):
        dossier.facts.append(admit(dossier, fact, last, "coordinator"))
    return seen(terms, tuple(dossier.facts), last)


@pytest.mark.parametrize("vector", _of("amended_end"), ids=_named)
def test_the_last_amendment_by_its_own_effect_gives_the_end(vector: dict[str, Any]) -> None:
    expected = vector["expected"]
    if "refused" in expected:
        with pytest.raises(Refusal):
            _amended(vector["input"])
        return
    found = _amended(vector["input"])
    end = item(found, "end")
    assert end.legal_last_day == d(expected["end"])
    assert f"avenant n° {expected['amendment']}" in end.trace.replace("\u00a0", " ")
    asked = {question.id.partition("/")[0] for question in found.questions}
    assert ("amendment-ends" in asked) is ("asked" in expected)


@pytest.mark.parametrize("vector", _of("suspended_end"), ids=_named)
def test_a_suspension_gives_its_days_back_where_the_text_says_so(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    extends = given.get("extends", True)
    suspension = {"id": "away", "on_departure": True, "extends": extends, "clauses": ["A1"]}
    terms = _until(given["end"], suspension=suspension)
    told: list[Fact] = [*_born(terms)]
    for pause in given["pauses"]:
        told.append(Happened(event="agent-left", on=d(pause["first"])))
        told += [Resumed(on=d(pause["last"]) + DAY)] if pause["last"] else []
    s = situation(terms, recorded(*told), at(given.get("today", "2027-06-01")))
    assert s.ends_on == (expected["end"] and d(expected["end"]))
    assert s.runs_at_least == (d(expected["at_least"]) if "at_least" in expected else None)


@pytest.mark.parametrize("vector", _of("notice_posted"), ids=_named)
def test_a_denial_received_ends_it_at_the_end_of_its_period(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    notice = given["notice"]
    terms = convention(
        effect={"rule": "fixed", "on": d(given["effect"]), "clauses": ["A1"]},
        term={"months": 12, "clauses": ["A1"]},
        renewal={"how": "tacit", "period": {"months": 12}, "cap_on": d(given["natural_end"]), "clauses": ["A1"]},
        termination=[
            {
                "id": "denial", "who": ["town", "agency"], "length": notice["length"], "starts": notice["starts"],
                "until": notice["until"], "clauses": ["A1"],
            }
        ],
    )  # fmt: skip
    posted = LetterPosted(rule="denial", by="agency", on=d(given["posted"]), reasons="fin du projet")
    told = recorded(*_born(terms), posted, LetterDelivered(letter="f3", on=d(given["delivered"])))
    s = situation(terms, told, at("2027-01-04"))
    (letter,) = s.letters
    kept = (letter.effect.earliest, letter.effect.expected, letter.effect.latest)
    assert kept == tuple(d(expected[name]) for name in ("earliest", "expected", "latest"))
    assert (letter.effect.useless, s.ends_on) == (expected["useless"], d(expected["expected"]))


@pytest.mark.parametrize("vector", _of("notice_calendar"), ids=_named)
def test_only_a_notice_that_bites_on_a_day_of_the_text_is_a_deadline(vector: dict[str, Any]) -> None:
    given = vector["input"]
    notice = {"id": "leave", "who": ["town", "agency"], "clauses": ["A1"], **given["notice"]}
    terms = convention(
        effect={"rule": "fixed", "on": d(given["effect"]), "clauses": ["A1"]},
        term={"ends_on": d(given["natural_end"]), "clauses": ["A1"]}, termination=[notice],
    )  # fmt: skip
    found = seen(terms, recorded(*_born(terms)), "2027-01-04")
    shown = [
        {"ends_on": f"{one.occurrence}", "legal": f"{one.legal_last_day}", "safe": f"{one.safe_day}"}
        for one in found.items
        if one.series == "notice"
    ]
    assert [(one["legal"], one["safe"]) for one in shown] == [(one["legal"], one["safe"]) for one in vector["expected"]]


def test_the_vectors_are_all_there() -> None:
    rules = ("amended_end", "suspended_end", "notice_posted", "notice_calendar")
    assert [len(_of(rule)) for rule in rules] == [5, 3, 1, 2]
