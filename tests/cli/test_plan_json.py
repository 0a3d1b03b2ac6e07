"""``plan --format json`` is a contract: its keys, its dates, and what it does not know."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Echeancier

PLAN = {
    "reference",
    "effect_on",
    "ends_on",
    "bound_until",
    "renews",
    "operational_from",
    "items",
    "questions",
    "warnings",
}
ITEM = {
    "key", "series", "occurrence", "kind", "title", "clause", "owed_by", "owed_to", "opens_on", "legal_last_day", "safe_day",
    "legal_last_instant", "effect_range", "rule", "trace", "steps", "certainty", "state", "standing",
}  # fmt: skip

Plan = Callable[..., dict[str, Any]]


@pytest.fixture
def plan(echeancier: Echeancier) -> Plan:
    def read(example: str, *options: str, facts: str | Path | None = None) -> dict[str, Any]:
        told = echeancier("plan", example, "--format", "json", *options, facts=facts)
        assert told.code == 0, told.errors
        found = json.loads(told.content)
        assert isinstance(found, dict)
        return found

    return read


def item(plan: dict[str, Any], key: str) -> dict[str, Any]:
    found = next(one for one in plan["items"] if one["key"] == key)
    assert isinstance(found, dict)
    return found


def facts_file(folder: Path, text: str) -> Path:
    path = folder / "faits.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_and_its_items_have_exactly_the_keys_of_the_contract(plan: Plan) -> None:
    found = plan("sqf-p", "--as-of", "2022-03-01", facts="sqf-p")
    assert set(found) == PLAN
    assert {frozenset(one) for one in found["items"]} == {frozenset(ITEM)}
    assert {frozenset(one["clause"]) for one in found["items"]} == {frozenset({"article", "says"})}
    assert {frozenset(one) for one in found["questions"]} == {frozenset({"id", "about", "kind", "readings", "ask"})}
    assert {frozenset(one) for one in found["warnings"]} == {frozenset({"id", "text", "clause"})}


def test_the_cooperation_convention_has_the_dates_of_its_text(plan: Plan) -> None:
    found = plan("sqf-p", "--as-of", "2022-03-01", facts="sqf-p")
    assert (found["effect_on"], found["ends_on"], found["operational_from"]) == (
        "2021-01-01",
        "2023-12-31",
        "2021-04-20",
    )
    assert item(found, "recourse/2021-04-12/third-parties")["legal_last_day"] == "2021-06-17"
    assert item(found, "steering-committee/2022")["safe_day"] == "2022-12-30"
    assert item(found, "steering-committee/2022")["legal_last_day"] == "2022-12-31"
    assert [one["key"] for one in found["items"] if one["kind"] == "notice"] == []


def test_a_notice_for_a_due_date_has_the_day_to_post_it_by(plan: Plan) -> None:
    found = plan("mtz-p", "--as-of", "2022-03-01", facts="mtz-p")
    notice = item(found, "notice/annual-notice/2022")
    assert (notice["safe_day"], notice["rule"], notice["certainty"]) == ("2022-09-06", "posting_plan.P2", "contested")


def test_without_facts_nothing_that_needs_one_is_dated(plan: Plan) -> None:
    found = plan("bri-p", "--as-of", "2016-03-01")
    assert (found["effect_on"], found["ends_on"], found["operational_from"]) == (None, None, None)
    assert item(found, "end")["legal_last_day"] is None
    assert item(found, "end")["state"] == "waiting"
    assert item(found, "recourse/2015-102b/prefect")["legal_last_day"] is None


def test_an_annex_without_its_parent_has_no_end_and_asks_for_it(plan: Plan) -> None:
    found = plan("ida-o", "--as-of", "2024-06-01", facts="ida-o")
    assert found["ends_on"] is None
    assert "parent-end" in [one["id"] for one in found["questions"]]


def test_a_delay_in_hours_gives_an_instant_with_its_offset(plan: Plan, tmp_path: Path) -> None:
    known = (EXAMPLES / "tcm-d.facts.toml").read_text("utf-8")
    breach = '\n[[fact]]\nkind = "event"\nevent = "breach-discovered"\non = 2020-03-28\n'
    breach += "at = 2020-03-28T20:00:00+01:00\n"
    found = plan("tcm-d", "--as-of", "2020-03-28", facts=facts_file(tmp_path, known + breach))
    assert "2020-03-30T09:00:00+02:00" in [one["legal_last_instant"] for one in found["items"]]


def test_an_instant_is_given_only_for_delays_in_hours(plan: Plan) -> None:
    found = plan("sqf-p", "--as-of", "2022-03-01", facts="sqf-p")
    assert {one["legal_last_instant"] for one in found["items"]} == {None}


def test_a_letter_whose_start_is_contested_has_a_range(plan: Plan, tmp_path: Path) -> None:
    known = (EXAMPLES / "sqf-o.facts.toml").read_text("utf-8")
    letter = '\n[[fact]]\nkind = "letter-posted"\non = 2021-06-15\nrule = "partner-notice"\nby = "commune"\n'
    letter += "recorded_on = 2021-06-15\n"
    found = plan("sqf-o", "--as-of", "2021-06-16", facts=facts_file(tmp_path, known + letter))
    ranges = [one["effect_range"] for one in found["items"] if one["kind"] == "termination"]
    assert ranges == [{"earliest": "2021-07-15", "expected": "2021-07-18", "latest": "2021-08-03"}]


def test_facts_told_later_are_left_out_and_said_so(echeancier: Echeancier) -> None:
    told = echeancier("plan", "sqf-p", "--as-of", "2021-04-15", "--format", "json", facts="sqf-p")
    found = json.loads(told.content)
    assert found["operational_from"] is None
    assert item(found, "act/2021-04-12/publication")["state"] == "open"
    assert "Faits postérieurs au 15/04/2021, laissés de côté\u00a0: 4." in told.errors


def test_a_meeting_fixed_in_advance_is_known_before_its_day(plan: Plan, tmp_path: Path) -> None:
    known = (EXAMPLES / "sqf-p.facts.toml").read_text("utf-8")
    fixed = '\n[[fact]]\nkind = "meeting-arranged"\nitem = "steering-committee/2022"\n'
    fixed += "starts_at = 2022-11-08T10:00:00\nrecorded_on = 2022-02-01\n"
    found = plan("sqf-p", "--as-of", "2022-03-01", facts=facts_file(tmp_path, known + fixed))
    assert item(found, "steering-committee/2022")["state"] == "arranged"


def test_what_was_over_before_the_first_fact_was_told_is_past(plan: Plan, tmp_path: Path) -> None:
    known = (EXAMPLES / "sqf-p.facts.toml").read_text("utf-8")
    late = "".join(
        line + ("recorded_on = 2022-02-01\n" if line.startswith("on = ") else "")
        for line in known.splitlines(keepends=True)
    )
    found = plan("sqf-p", "--as-of", "2022-03-01", facts=facts_file(tmp_path, late))
    assert item(found, "contract-publicity")["state"] == "past"


def test_what_was_not_done_since_the_first_fact_is_late(plan: Plan) -> None:
    found = plan("sqf-p", "--as-of", "2022-03-01", facts="sqf-p")
    assert item(found, "contract-publicity")["state"] == "late"


def test_an_answered_question_is_not_asked_again(plan: Plan, tmp_path: Path) -> None:
    known = (EXAMPLES / "sqf-p.facts.toml").read_text("utf-8")
    before = plan("sqf-p", "--as-of", "2022-03-01", facts="sqf-p")
    asked = next(one["id"] for one in before["questions"] if one["id"].startswith("rhythm/"))
    answer = f'\n[[fact]]\nkind = "question-answered"\nquestion = "{asked}"\non = 2022-02-01\nmonths = 6\n'
    after = plan("sqf-p", "--as-of", "2022-03-01", facts=facts_file(tmp_path, known + answer))
    assert asked not in [one["id"] for one in after["questions"]]


def test_titles_are_french_and_english_on_request(plan: Plan) -> None:
    options = ("--as-of", "2022-03-01")
    french = plan("sqf-p", *options, facts="sqf-p")
    english = plan("sqf-p", *options, "--lang", "en", facts="sqf-p")
    assert item(french, "end")["title"] == "Dernier jour en vigueur de la convention"
    assert item(english, "end")["title"] == "Last day in force of the convention"


def test_the_same_files_and_day_give_the_same_bytes(echeancier: Echeancier) -> None:
    options = ("--as-of", "2022-03-01", "--format", "json")
    first = echeancier("plan", "mtz-p", *options, facts="mtz-p")
    assert first.content == echeancier("plan", "mtz-p", *options, facts="mtz-p").content
