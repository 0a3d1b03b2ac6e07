"""What ``plan`` says of the examples, against the days worked out by hand in ``oracle_*.json``."""

from datetime import datetime
from typing import Any

import pytest

from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.agenda.meetings import invitation_day
from echeancier.domain.dates.rules import RULES
from tests.examples.oracle import Row, agenda, day, named, rows, seen


def of_key(found: Agenda, key: str) -> Item:
    item = found.item(key)
    assert item is not None, f"no {key} among {sorted(i.key for i in found.items)}"
    return item


def of_duty(found: Agenda, duty: str) -> list[Item]:
    return sorted(
        (i for i in found.items if i.key.startswith(f"{duty}/")), key=lambda i: (str(i.legal_last_day), i.key)
    )


def shown(item: Item, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the item says of each thing wanted, in the words of the oracle."""
    said: dict[str, Any] = {
        "legal": item.legal_last_day, "safe": item.safe_day, "opens": item.opens_on, "rule": item.rule,
        "certainty": item.certainty, "state": item.state,
    }  # fmt: skip
    found = {key: said[key] if said[key] is None else str(said[key]) for key in wanted if key in said}
    if "range" in wanted:
        span = item.effect_range
        found["range"] = [str(d) for d in (span.earliest, span.expected, span.latest)] if span else None
    if "instant" in wanted:
        found["instant"] = item.legal_last_instant
    for key, text in (("trace", item.trace), ("title", item.title.fr)):
        if key in wanted:
            parts = [wanted[key]] if isinstance(wanted[key], str) else wanted[key]
            plain = text.replace("\u00a0", " ")
            found[key] = wanted[key] if all(part in plain for part in parts) else plain
    return found


def expected(wanted: dict[str, Any]) -> dict[str, Any]:
    return {**wanted, "instant": datetime.fromisoformat(wanted["instant"])} if "instant" in wanted else wanted


@pytest.mark.parametrize("row", rows("agenda"))
def test_the_convention_takes_effect_and_ends_on_the_day_worked_out_by_hand(row: Row) -> None:
    found = agenda(row)
    assert {key: getattr(found, key) for key in row["agenda"]} == {k: day(v) for k, v in row["agenda"].items()}


@pytest.mark.parametrize("row", rows("items"))
def test_an_item_has_the_days_worked_out_by_hand(row: Row) -> None:
    found = agenda(row)
    said = {key: shown(of_key(found, named(row, key)), wanted) for key, wanted in row["items"].items()}
    assert said == {key: expected(wanted) for key, wanted in row["items"].items()}


@pytest.mark.parametrize("row", rows("series"))
def test_what_comes_back_has_the_days_worked_out_by_hand(row: Row) -> None:
    for duty, wanted in row["series"].items():
        items = of_duty(agenda(row), duty)
        said = {"legal": [str(i.legal_last_day) for i in items], "safe": [str(i.safe_day) for i in items]}
        assert {key: said[key] for key in said if key in wanted} == {key: wanted[key] for key in said if key in wanted}
        assert {i.rule for i in items} == {wanted["rule"]}
        sure = wanted.get("certainty", "certain")
        assert [str(i.certainty) for i in items] == (sure if isinstance(sure, list) else [sure] * len(items))
        states = wanted.get("first_states", [])
        assert [str(i.state) for i in items[: len(states)]] == states


@pytest.mark.parametrize("row", rows("other_grid"))
def test_the_other_grid_is_told_in_the_trace(row: Row) -> None:
    for duty, days in row["other_grid"].items():
        traces = [i.trace for i in of_duty(agenda(row), duty)]
        told = [trace.rpartition("soit le ")[2] for trace in traces if "autre lecture" in trace]
        assert told == [f"{d[8:]}/{d[5:7]}/{d[:4]}" for d in days]


@pytest.mark.parametrize("row", rows("invitation"))
def test_a_meeting_is_announced_by_the_day_worked_out_by_hand(row: Row) -> None:
    s, item = seen(row), of_key(agenda(row), row["invitation"]["item"])
    for meeting, received in row["invitation"]["days"]:
        announced = invitation_day(s, item, day(meeting))  # type: ignore[arg-type]
        assert announced is not None
        assert (announced[0], "comptés jusqu’à la réception" in announced[1]) == (day(received), True)


@pytest.mark.parametrize("row", rows("questions", "warnings", "no_warnings", "absent"))
def test_what_is_asked_warned_of_and_left_out_is_what_the_paper_calls_for(row: Row) -> None:
    found = agenda(row)
    questions = {q.id: q.kind for q in found.questions}
    warnings = {w.id for w in found.warnings}
    keys = {i.key for i in found.items}
    assert {q: questions.get(q) for q in row.get("questions", {})} == row.get("questions", {})
    assert set(row.get("warnings", [])) - warnings == set()
    assert set(row.get("no_warnings", [])) & warnings == set()
    assert {named(row, key) for key in row.get("absent", [])} & keys == set()


@pytest.mark.parametrize("row", rows("on"))
def test_every_item_names_its_rule_and_explains_its_day(row: Row) -> None:
    bare = {
        i.key: i.rule for i in agenda(row).items if i.rule not in RULES or not i.trace.strip() or not i.clause.article
    }
    assert bare == {}


@pytest.mark.parametrize("row", rows("not_here"))
def test_what_the_oracle_leaves_out_has_its_reason(row: Row) -> None:
    assert len(row["not_here"]) > len("no reason")
    if "remark" in row:
        assert row["remark"] in {w.id for w in agenda({"of": row["of"], "on": "2020-01-15"}).warnings}
