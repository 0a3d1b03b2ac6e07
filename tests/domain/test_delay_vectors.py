"""What a clause says of a delay, and the days it gives: worked cases, through the functions and through a convention."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.dates import delay as d
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Days, Delay, DelayPlace
from echeancier.domain.dates.delays import plus_hours
from echeancier.domain.facts.events import Happened
from tests.domain.builders import PARIS, at, convention, recorded, signed

FRANCE, METZ = WorkingDays(), WorkingDays("ALSACE-MOSELLE", good_friday=True)
VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "delay_vectors.json").read_text("utf-8"))


def _calendar(given: dict[str, Any]) -> WorkingDays:
    return METZ if given.get("zone") == "METZ" else FRANCE


def _shown(days: Days, wanted: set[str]) -> dict[str, str | None]:
    found = {name: getattr(days, name, None) for name in wanted}
    return {name: None if day is None else day.isoformat() for name, day in found.items()}


def _said(given: dict[str, Any], _: Any) -> Any:
    try:
        said = Delay.model_validate(given["spec"])
    except ValidationError:
        return {"refused": ["D04"]}
    refused = [one.code for one in d.refusals(said, DelayPlace(given["place"]))]
    if refused:
        return {"refused": refused}
    asked = given["place"] == "threshold" and said.since is None
    return {"asked": ["D07"]} if asked else "ok"


def _after(given: dict[str, Any], expected: Any) -> Any:
    return _shown(d.after(_day(given), Delay(**given["delay"]), _calendar(given)), set(expected))


def _before(given: dict[str, Any], expected: Any) -> Any:
    count = d.before_event if given["anchor"] == "event" else d.before_end
    return _shown(count(_day(given), Delay(**given["delay"]), _calendar(given)), set(expected))


def _exceeds(given: dict[str, Any], _: Any) -> Any:
    threshold = Delay(**given["threshold"])
    found = d.exceeds(_day(given), threshold, _calendar(given))
    asked = {} if threshold.since is not None else {"asked": ["D07"]}
    return {"safe": found.safe.isoformat(), "strict": found.strict.isoformat(), **asked}


def _exceeds_then(given: dict[str, Any], _: Any) -> Any:
    opens = d.exceeds(_day(given), Delay(**given["threshold"]), FRANCE).safe
    return {"opens": opens.isoformat(), **_shown(d.after(opens, Delay(**given["delay"]), FRANCE), {"legal", "safe"})}


def _silence(given: dict[str, Any], expected: Any) -> Any:
    days = d.after(_day(given), Delay(**given["delay"]), FRANCE)
    assert days.legal is not None
    settled = d.over_on(days.legal, days.late_from, ours=given.get("side") == "ours")
    return {**_shown(days, set(expected) - {"settled_on"}), "settled_on": settled.isoformat()}


def _hours_before(given: dict[str, Any], _: Any) -> Any:
    limit, safe = d.hours_before(datetime.fromisoformat(given["at"]), given["hours"], "Europe/Paris", FRANCE)
    return {"legal": limit.isoformat(), "safe": safe.isoformat()}


def _day(given: dict[str, Any]) -> date:
    return date.fromisoformat(given["on"])


RULES: Final[dict[str, Callable[[dict[str, Any], Any], Any]]] = {
    "delay": _said,
    "after": _after,
    "before": _before,
    "exceeds": _exceeds,
    "exceeds_then": _exceeds_then,
    "silence": _silence,
    "hours_before": _hours_before,
    "hours_after": lambda x, _: plus_hours(datetime.fromisoformat(x["at"]), x["hours"], "Europe/Paris").isoformat(),
    "open_hours": lambda x, _: d.plus_open_hours(
        datetime.fromisoformat(x["at"]), x["open_hours"], (time(9), time(17)), "Europe/Paris", FRANCE
    ).isoformat(),
}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']} {v['wording']}")
def test_a_delay_gives_the_days_worked_out_by_hand(vector: dict[str, Any]) -> None:
    assert RULES[vector["rule"]](vector["input"], vector["expected"]) == vector["expected"]


def test_the_vectors_are_all_there() -> None:
    assert len({v["id"] for v in VECTORS}) == len(VECTORS) == 75


OWED = {
    "id": "owed", "title": "Chose due", "title_en": "Thing owed", "kind": "information", "event": "asked",
    "clauses": ["A1"],
}  # fmt: skip
IN_A_FILE = [v for v in VECTORS if v["rule"] in {"after", "exceeds", "exceeds_then"} or (
    v["rule"] == "before" and v["input"]["anchor"] == "event"
)]  # fmt: skip


@pytest.mark.parametrize("vector", IN_A_FILE, ids=lambda v: f"{v['id']} {v['wording']}")
def test_a_whole_convention_gives_the_same_days(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    ours = given.get("side", "ours") != "theirs"
    said = {name: given[name] for name in ("delay", "threshold") if name in given}
    direction = {"direction": "before"} if vector["rule"] == "before" else {}
    owed = {"owed_by": "town" if ours else "agency", "owed_to": "agency" if ours else "town"}
    place = {"zone": "ALSACE-MOSELLE", "good_friday": True} if given.get("zone") == "METZ" else {"zone": "FR"}
    terms = convention(
        event_duty=[{**OWED, **owed, **said, **direction}],
        effect={"rule": "fixed", "on": date(2012, 1, 1), "clauses": ["A1"]},
        term={"months": 300, "clauses": ["A1"]},
        place=place,
        duty=[],
    )
    facts = recorded(*signed("2011-12-01"), Happened(event="asked", on=_day(given)))
    item = next(i for i in agenda(terms, facts, at("2030-01-01")).items if i.series == "owed")
    assert item.trace
    wanted = {**({} if isinstance(expected, str) else expected)}
    if "strict" in wanted:
        assert item.opens_on == date.fromisoformat(wanted["safe"])
        return
    for name, field in {"legal": "legal_last_day", "safe": "safe_day", "safe_opens": "safe_day"}.items():
        if wanted.get(name) is not None and given.get("side") != "term":
            shown = getattr(item, field)
            assert shown == date.fromisoformat(wanted[name]), (name, item.trace)
    if "late_from" in wanted:
        late = date.fromisoformat(wanted["late_from"])
        for day, state in ((late.toordinal() - 1, False), (late.toordinal(), True)):
            now = datetime.combine(date.fromordinal(day), time(12), tzinfo=PARIS)
            seen = next(i for i in agenda(terms, facts, now).items if i.series == "owed")
            assert (seen.state == "late") is state, (now, seen.trace)
