"""`show`, `list`, `upcoming` and `journal` against a running engine, and what is said when nothing runs."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from echeancier.adapters.files.convention_file import load_convention
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.words import in_words
from echeancier.engine.client import connect
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.gateway import Conventions, utc_now
from tests.cli.conftest import Told
from tests.support.project_files import ROOT
from tests.support.running import command, run_in_background, settled
from tests.support.valmont import valmont

TypeIn = Callable[..., Told]
TODAY = utc_now().astimezone(ZoneInfo("Europe/Paris")).date()
EFFECT = TODAY - timedelta(days=330)
"""The term of one year ends some five weeks from now, whatever the day."""
RUNS = 10


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A running engine that knows « VAL » (running), « OLD » (of 2021) and « GONE » (withdrawn)."""
    directory = tmp_path_factory.mktemp("engine") / "var"
    with run_in_background(directory):
        yield directory


@pytest.fixture
def say(directory: Path, monkeypatch: pytest.MonkeyPatch, type_in: TypeIn) -> TypeIn:
    settled(directory, monkeypatch)
    for reference, effect in (("VAL", EFFECT), ("OLD", date(2021, 1, 1)), ("GONE", EFFECT)):
        if type_in("show", reference).code != 0:
            terms, facts = valmont(directory.parent / "files", reference, effect)
            assert type_in("start", terms, "--facts", facts).code == 0
            if reference == "GONE":
                assert type_in("withdraw", reference, "--why", "doublon").code == 0
    return type_in


def answer(told: Told) -> Any:
    assert told.code == 0, told.errors
    return json.loads(told.content)


def planned(say: TypeIn, reference: str) -> dict[str, Any]:
    """The list's line of a convention, once its first plan is published."""
    for _ in range(100):
        line = {row["reference"]: row for row in answer(say("list", "--all", "--json"))}.get(reference, {})
        if line.get("partner"):
            break
    return dict(line)


def test_show_prints_dates_items_facts_and_where_to_look(say: TypeIn) -> None:
    told = say("show", "VAL")
    assert told.code == 0, told.errors
    for words in ("Convention d’essai de Valmont", "Point trimestriel", "Faits enregistrés (2)", "[f1]"):
        assert words in told.words


def test_show_in_json_is_the_published_plan_and_what_was_recorded(say: TypeIn) -> None:
    shown = answer(say("show", "VAL", "--json"))
    schema = json.loads((ROOT / "docs" / "plan.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate({key: shown[key] for key in schema["properties"]})
    assert set(shown) - set(schema["properties"]) == {
        "registered_at", "registered_by", "withdrawn", "closed_at", "follows", "followed_by", "terms_corrected_at", "facts",
        "outbox",
    }  # fmt: skip
    assert [fact["id"] for fact in shown["facts"]] == ["f1", "f2"]


def test_no_address_is_in_what_other_programs_read(say: TypeIn) -> None:
    for words in (("show", "VAL", "--json"), ("journal", "VAL", "--json"), ("list", "--json")):
        assert "@" not in say(*words).words


def test_show_says_first_that_a_convention_was_withdrawn_and_why(say: TypeIn) -> None:
    assert say("show", "GONE").words.replace("\u00a0", " ").startswith("Retirée du registre le ")
    assert "doublon" in say("show", "GONE").words.splitlines()[0]


def test_a_meeting_that_is_arranged_is_shown_with_its_hour(say: TypeIn) -> None:
    key = next(
        item["key"]
        for item in answer(say("show", "VAL", "--json"))["items"]
        if item["kind"] == "meeting" and item["state"] in ("open", "upcoming")
    )
    when = f"{WorkingDays('FR').next_workable(TODAY + timedelta(days=20))}T14:30"
    told = say("record", "VAL", "meeting-arranged", "--item", key, "--starts-at", when)
    assert told.code == 0, told.errors
    shown = say("show", "VAL").words
    assert "Rencontres fixées (1)" in shown
    assert "14\u00a0h\u00a030" in shown


def test_the_list_has_every_open_convention_with_its_days(say: TypeIn) -> None:
    line = planned(say, "VAL")
    assert (line["status"], line["partner"], line["open"]) == ("in-force", "Opérateur", True)
    assert line["ends_on"] == answer(say("show", "VAL", "--json"))["ends_on"]
    assert planned(say, "OLD")["status"] == "ended"
    assert "Opérateur" in say("list").words


def test_upcoming_names_the_end_in_words_by_day(say: TypeIn) -> None:
    ends_on = date.fromisoformat(planned(say, "VAL")["ends_on"])
    days = answer(say("upcoming", "--within", "60d", "--json"))
    assert {
        "day": ends_on.isoformat(),
        "what": "end",
        "reference": "VAL",
        "partner": "Opérateur",
        "late": False,
        "at": None,
    } in days
    assert [day["day"] for day in days] == sorted(day["day"] for day in days)
    told = say("upcoming", "--within", "60d").words
    assert in_words(ends_on) in told
    assert "VAL (Opérateur) – dernier jour en vigueur" in told


def test_upcoming_leaves_out_what_is_beyond_the_window(say: TypeIn) -> None:
    planned(say, "VAL")
    assert not [day for day in answer(say("upcoming", "--within", "7d", "--json")) if day["what"] == "end"]


def test_a_window_that_is_none_is_refused(say: TypeIn) -> None:
    told = say("upcoming", "--within", "soon")
    assert told.code == 2
    assert "comme 90d ou 12w" in told.errors


def test_the_journal_is_in_order_and_says_who(say: TypeIn) -> None:
    journal = answer(say("journal", "VAL", "--json"))
    instants = [entry["at"] for entry in journal["entries"]]
    assert instants[:2] == sorted(instants[:2])
    assert {entry["who"] for entry in journal["entries"] if entry["sort"] == "fact"} <= {
        "Coordination",
        "coordinator",
    }
    assert "convention enregistrée" in say("journal", "VAL").words


@pytest.mark.timeout(300)
async def test_a_short_command_keeps_its_exit_code_every_time(directory: Path) -> None:
    ends = [(await command(directory, "list", "--json")).code for _ in range(RUNS)]
    assert ends == [0] * RUNS


def test_the_kinds_of_facts_are_listed_in_french_without_any_engine(type_in: TypeIn) -> None:
    for words in (("record", "--help"), ("record", "--kinds"), ("correct", "--help")):
        told = type_in(*words)
        assert told.code == 0
        assert "une partie a signé" in told.words
    fields = type_in("record", "--kinds", "letter-posted").words
    assert "--effect-wanted AAAA-MM-JJ" in fields
    assert "lrar|lr|other" in fields


def test_without_an_engine_the_command_says_what_to_start(
    type_in: TypeIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(tmp_path / "var", monkeypatch)
    monkeypatch.setenv("HOME", str(tmp_path))
    told = type_in("list")
    assert told.code == 1
    assert "lancez d’abord «\u00a0echeancier run\u00a0»" in told.errors


async def test_an_engine_without_a_worker_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("echeancier.engine.asking.ANSWER_WITHIN", timedelta(seconds=1))
    async with EmbeddedEngine(tmp_path) as engine:
        door = Conventions(await connect(engine.address, namespace=NAMESPACE))
        await door.start(load_convention(ROOT / "examples" / "sqf-p.toml"), "coordinator")
        with pytest.raises(NoAnswerError, match="aucun robot n’y travaille"):
            await door.dossier("SQF-P")
        with pytest.raises(NoAnswerError, match="aucun robot n’y travaille"):
            await door.withdraw("SQF-P", "coordinator", "essai")
