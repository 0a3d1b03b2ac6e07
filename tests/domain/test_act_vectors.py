"""Deliberations and the appeals against them: worked cases, through the functions and through a convention file."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delays import franc_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealAnswered, AppealLodged
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.standing.appeals import Appeal, named_among, open_until, refused_by_silence
from tests.domain.builders import at, convention, d, item, recorded
from tests.support.door import new

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "act_vectors.json").read_text("utf-8"))
ACT: Final = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
LONG_AFTER: Final = "2024-12-31"


def _of(rule: str) -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["rule"] == rule]


def _named(vector: dict[str, Any]) -> str:
    return f"{vector['id']} {vector['wording']}"


def _challenge_key(name: str) -> str:
    return f"recourse/{name}" if name in ("prefect", "third-parties") else f"recourse/third-parties/{name}"


def _told(given: dict[str, Any]) -> list[Fact]:
    facts: list[Fact] = [
        ActAdopted(on=d(given["published"])),
        ActPublished(on=d(given["published"])),
        ActTransmitted(on=d(given["transmitted"])),
        *(AppealLodged(on=d(day), appellant=name) for name, day in given["lodged"].items()),
        *(AppealAnswered(on=d(day), appellant=name) for name, day in given["answered"].items()),
    ]
    return sorted(facts, key=day_of)


def _by_function(given: dict[str, Any], names: list[str]) -> dict[str, str | None]:
    found: dict[str, date | None] = {}
    for name in names:
        lodged, answered = (given[said].get(name) for said in ("lodged", "answered"))
        appeal = Appeal("f1", name, d(lodged), answered and d(answered)) if lodged else None
        start = given["transmitted" if name == "prefect" else "published"]
        found[name] = open_until(d(start), appeal, WorkingDays())
    return {name: None if day is None else day.isoformat() for name, day in found.items()}


def _shown(given: dict[str, Any], names: list[str], now: str = LONG_AFTER) -> dict[str, Item]:
    found = agenda_of(situation(convention(act=ACT), recorded(*_told(given)), at(now)))
    return {name: item(found, _challenge_key(name)) for name in names}


def _by_a_file(given: dict[str, Any], names: list[str]) -> dict[str, str | None]:
    days = {name: one.legal_last_day for name, one in _shown(given, names).items()}
    return {name: None if day is None else day.isoformat() for name, day in days.items()}


@pytest.mark.parametrize("read", [_by_function, _by_a_file], ids=["function", "file"])
@pytest.mark.parametrize("vector", _of("appeals"), ids=_named)
def test_each_author_of_an_appeal_has_a_delay_of_its_own(vector: dict[str, Any], read: Any) -> None:
    expected = vector["expected"]
    each = read(vector["input"], list(expected["each"]))
    assert each == expected["each"]
    assert (None if None in each.values() else max(each.values())) == expected["all"]


@pytest.mark.parametrize("vector", _of("appeals"), ids=_named)
def test_silence_closes_no_appeal_and_its_day_is_said_beside(vector: dict[str, Any]) -> None:
    expected = vector["expected"]
    for name, shown in _shown(vector["input"], list(expected["each"])).items():
        other = expected.get("other_reading", {}).get(name)
        if other is None:
            assert (shown.state, "silence" in shown.trace) == (State.ELAPSED, False)
            continue
        appeal = Appeal("f1", name, d(vector["input"]["lodged"][name]))
        assert franc_months(refused_by_silence(appeal), 2, WorkingDays()) == d(other)
        assert (shown.state, shown.certainty) == (State.RUNNING, Certainty.CONTESTED)
        assert shown.trace.endswith(f"jusqu’au {figures(d(other))}")
        assert "purgé" not in shown.trace


@pytest.mark.parametrize("vector", _of("answers"), ids=_named)
def test_an_answer_names_what_it_answers(vector: dict[str, Any]) -> None:
    given = vector["input"]
    refused = isinstance(vector["expected"], dict)
    assert named_among(given["named"], given["still_open"]) == (None if refused else vector["expected"])


@pytest.mark.parametrize("vector", _of("answers"), ids=_named)
def test_an_answer_at_the_door_names_what_it_answers(vector: dict[str, Any]) -> None:
    given = vector["input"]
    lodged = {name: f"2022-01-{n:02}" for n, name in enumerate(given["still_open"], start=10)}
    dossier = new(convention(act=ACT), at("2022-01-02"))
    for fact in _told({"published": "2022-01-04", "transmitted": "2022-01-04", "lodged": lodged, "answered": {}}):
        dossier.facts.append(admit(dossier, fact, at("2022-03-01"), "coordinator"))
    answer = AppealAnswered(on=d("2022-02-01"), appellant=given["named"])
    if isinstance(vector["expected"], dict):
        with pytest.raises(Refusal) as refused:
            admit(dossier, answer, at("2022-03-01"), "coordinator")
        assert all(f"{name} (" in str(refused.value) for name in given["still_open"])
        return
    dossier.facts.append(admit(dossier, answer, at("2022-03-01"), "coordinator"))
    s = situation(dossier.convention, tuple(dossier.facts), at("2022-03-01"))
    assert [one.appellant for one in s.appeals if one.answered_on] == [vector["expected"]]


def test_an_answer_without_a_name_is_that_of_the_only_appeal_open_when_it_was_told() -> None:
    public = [fact(on=d("2022-01-04")) for fact in (ActAdopted, ActPublished, ActTransmitted)]
    facts: list[Fact] = [
        *public,
        AppealLodged(on=d("2022-01-10"), appellant="neighbour"),
        AppealAnswered(on=d("2022-02-01")),
        AppealLodged(on=d("2022-02-07"), appellant="tenant"),
        AppealAnswered(on=d("2022-03-01")),
    ]
    s = situation(convention(act=ACT), recorded(*facts), at("2022-04-01"))
    assert {one.appellant: one.answered_on for one in s.appeals} == {
        "neighbour": d("2022-02-01"),
        "tenant": d("2022-03-01"),
    }


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, True), (1, False)])
def test_an_appeal_lodged_on_the_last_day_saves_the_delay_of_its_author(days: int, *, open_: bool) -> None:
    lodged = d("2024-02-19") + timedelta(days=days)
    given = {
        "published": "2023-12-18", "transmitted": "2023-12-18", "lodged": {"neighbour": lodged.isoformat()}, "answered": {},
    }  # fmt: skip
    assert (_by_a_file(given, ["neighbour"])["neighbour"] is None) is open_


def test_the_vectors_are_all_there() -> None:
    assert [len(_of(rule)) for rule in ("appeals", "answers")] == [4, 2]
