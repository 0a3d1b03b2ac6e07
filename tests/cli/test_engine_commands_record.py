"""`start`, `record`, `correct` and `withdraw` against a running engine."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from echeancier.engine.gateway import utc_now
from tests.cli.conftest import Told
from tests.support.project_files import ROOT
from tests.support.running import run_in_background, settled
from tests.support.valmont import valmont

TypeIn = Callable[..., Told]
BEGAN = date(2024, 1, 1)
ITEM = "data/2024-01"
NUMBERS = count(1)
EXAMPLES = ("sqf-p", "sqf-o", "mtz-a", "mtz-f", "mtz-o", "mtz-p", "bri-o", "bri-p", "ida-o", "tcm-d", "tcm-p")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("engine") / "var"
    with run_in_background(directory):
        yield directory


@pytest.fixture
def say(directory: Path, monkeypatch: pytest.MonkeyPatch, type_in: TypeIn) -> TypeIn:
    settled(directory, monkeypatch)

    def told(*words: str) -> Told:
        answer = type_in(*words)
        return Told(answer.code, answer.content, answer.errors.replace("\u00a0", " "))

    return told


@pytest.fixture
def registered(say: TypeIn, directory: Path) -> str:
    """The reference of a convention of the test's own, begun long ago, and signed."""
    reference = f"V-{next(NUMBERS)}"
    terms, facts = valmont(directory.parent / "files", reference, BEGAN)
    started = say("start", terms, "--facts", facts)
    assert started.code == 0, started.errors
    return reference


def shown(say: TypeIn, reference: str) -> dict[str, Any]:
    told = say("show", reference, "--json")
    assert told.code == 0, told.errors
    found: dict[str, Any] = json.loads(told.content)
    return found


def test_a_convention_starts_with_the_facts_already_known(say: TypeIn, registered: str) -> None:
    facts = shown(say, registered)["facts"]
    assert [(fact["id"], fact["fact"]["kind"]) for fact in facts] == [("f1", "signed"), ("f2", "signed")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_starts_with_its_facts(say: TypeIn, example: str) -> None:
    file = ROOT / "examples" / f"{example}.toml"
    told = say("start", str(file), "--facts", str(file.with_suffix(".facts.toml")), "--json")
    assert told.code == 0, told.errors
    assert json.loads(told.content)["facts"]


def test_a_reference_starts_once_only(say: TypeIn, registered: str, directory: Path) -> None:
    again = say("start", str(directory.parent / "files" / f"{registered}.toml"))
    assert again.code == 2
    assert "une référence ne sert qu’une fois" in again.errors


def test_a_fact_the_door_refuses_is_named_by_its_line_and_nothing_starts(say: TypeIn, tmp_path: Path) -> None:
    terms, facts = valmont(tmp_path, "V-REFUSED", BEGAN)
    with Path(facts).open("a") as file:
        file.write(f'\n[[fact]]\nkind = "done"\nitem = "dta/2022-01"\non = {BEGAN}\n')
    told = say("start", terms, "--facts", facts)
    assert told.code == 2
    assert "ligne 12 (fact[3])" in told.errors
    assert "dta/2022-01" in told.errors
    assert say("show", "V-REFUSED").code == 2


def test_a_fact_told_later_than_now_is_refused_before_anything_starts(say: TypeIn, tmp_path: Path) -> None:
    terms, facts = valmont(tmp_path, "V-LATER", BEGAN)
    with Path(facts).open("a") as file:
        file.write('\n[[fact]]\nkind = "act-adopted"\non = 2070-01-02\n')
    told = say("start", terms, "--facts", facts)
    assert told.code == 2
    assert "n’est pas encore venu" in told.errors
    assert say("show", "V-LATER").code == 2


def test_a_fact_is_recorded_on_the_day_given(say: TypeIn, registered: str) -> None:
    day = (BEGAN + timedelta(days=100)).isoformat()
    told = say("record", registered, "done", "--item", ITEM, "--on", day)
    assert told.code == 0, told.errors
    assert "le fait f3 (quelque chose de dû a été fait) est enregistré" in told.words
    fact = shown(say, registered)["facts"][-1]
    assert (fact["fact"]["item"], fact["fact"]["on"], fact["recorded_by"]) == (ITEM, day, "agenda")


def test_without_a_day_the_fact_is_of_today(say: TypeIn, registered: str) -> None:
    before = utc_now().astimezone(ZoneInfo("Europe/Paris")).date()
    assert say("record", registered, "done", "--item", ITEM).code == 0
    after = utc_now().astimezone(ZoneInfo("Europe/Paris")).date()
    assert shown(say, registered)["facts"][-1]["fact"]["on"] in {before.isoformat(), after.isoformat()}


def test_a_last_day_in_force_is_never_guessed(say: TypeIn, registered: str) -> None:
    told = say("record", registered, "parent-ends")
    assert told.code == 2
    assert "on manque" in told.errors


def test_the_same_request_is_recorded_once(say: TypeIn, registered: str) -> None:
    words = ("record", registered, "done", "--item", ITEM, "--request", "r1", "--json")
    first, second = (json.loads(say(*words).content) for _ in range(2))
    assert (first["fact"], first["already_recorded"]) == ("f3", False)
    assert (second["fact"], second["already_recorded"]) == ("f3", True)
    assert len(shown(say, registered)["facts"]) == 3


def test_the_role_that_records_can_be_named_even_where_the_fact_has_a_by(say: TypeIn, registered: str) -> None:
    fact = ("letter-posted", "--rule", "notice", "--by", "commune", "--on", BEGAN.isoformat())
    told = say("record", registered, *fact, "--recorded-by", "direction", "--json")
    assert told.code == 0, told.errors
    assert json.loads(told.content)["recorded_by"] == "direction"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("don", "--item", ITEM), "vouliez-vous écrire « done » ?"),
        (("done", "--itm", ITEM), "vouliez-vous écrire « item » ?"),
        (("done", "--item", "dta/2021"), "l’échéance « dta/2021 » n’existe pas"),
        (("done", "--item"), "l’option --item attend une valeur"),
        (("done", "--item", ITEM, "--by", "agend"), "vouliez-vous écrire « agenda » ?"),
        (("done", "--item", ITEM, "--on", "28/06/2021"), "vouliez-vous écrire 2021-06-28 ?"),
        (("done", "encore", "--item", ITEM), "En trop : encore."),
        ((), "On attend la référence, puis le fait"),
    ],
)
def test_what_is_refused_says_what_would_be_accepted(
    say: TypeIn, registered: str, words: tuple[str, ...], expected: str
) -> None:
    told = say("record", registered, *words)
    assert told.code == 2
    assert expected in told.errors
    assert len(shown(say, registered)["facts"]) == 2


def test_a_fact_is_put_right_and_its_former_version_kept(say: TypeIn, registered: str) -> None:
    day = (BEGAN - timedelta(days=8)).isoformat()
    told = say("correct", registered, "f1", "--on", day)
    assert told.code == 0, told.errors
    versions = [fact for fact in shown(say, registered)["facts"] if fact["id"] == "f1"]
    assert [fact["version"] for fact in versions] == [1, 2]
    assert versions[1]["fact"]["on"] == day


def test_a_fact_recorded_by_mistake_is_cancelled(say: TypeIn, registered: str) -> None:
    say("record", registered, "done", "--item", ITEM)
    told = say("correct", registered, "f3", "--cancel")
    assert told.code == 0, told.errors
    assert shown(say, registered)["facts"][-1]["cancelled"] is True


def test_a_fact_that_is_not_there_is_not_corrected(say: TypeIn, registered: str) -> None:
    told = say("correct", registered, "f9", "--on", "2021-01-01")
    assert told.code == 2
    assert "le fait « f9 » n’existe pas" in told.errors


def test_terms_typed_wrongly_are_replaced_with_a_reason(say: TypeIn, registered: str, directory: Path) -> None:
    file = directory.parent / "files" / f"{registered}.toml"
    file.write_text(file.read_text("utf-8").replace("months = 12", "months = 24"), "utf-8")
    without = say("correct", registered, "--terms", str(file))
    assert without.code == 2
    assert "dire pourquoi" in without.errors
    told = say("correct", registered, "--terms", str(file), "--why", "deux ans, pas un")
    assert told.code == 0, told.errors
    assert shown(say, registered)["ends_on"] > (BEGAN + timedelta(days=700)).isoformat()


def test_terms_of_another_convention_are_refused(say: TypeIn, registered: str, tmp_path: Path) -> None:
    other, _ = valmont(tmp_path, "V-OTHER", BEGAN)
    told = say("correct", registered, "--terms", other, "--why", "erreur")
    assert told.code == 2
    assert "porte la référence V-OTHER" in told.errors


def test_a_convention_registered_by_mistake_is_withdrawn_and_takes_nothing_more(say: TypeIn, registered: str) -> None:
    told = say("withdraw", registered, "--why", "doublon")
    assert told.code == 0, told.errors
    refused = say("record", registered, "done", "--item", ITEM)
    assert refused.code == 2
    assert "enregistrée par erreur et retirée (doublon)" in refused.errors
    assert shown(say, registered)["withdrawn"]["why"] == "doublon"


def test_an_unknown_convention_is_said_to_be_so(say: TypeIn) -> None:
    told = say("record", "NOBODY", "done", "--item", "x")
    assert told.code == 2
    assert "Aucune convention « NOBODY »" in told.errors


def test_an_amendment_changes_terms_from_a_file(say: TypeIn, registered: str, tmp_path: Path) -> None:
    lines = tmp_path / "avenant.toml"
    lines.write_text("[termination.notice]\nlength = { months = 2 }\n", "utf-8")
    day, effect = ((BEGAN + timedelta(days=days)).isoformat() for days in (100, 120))
    given = ("--on", day, "--effect", effect, "--number", "1", "--changes", str(lines))
    told = say("record", registered, "amended", *given)
    assert told.code == 0, told.errors
    fact = shown(say, registered)["facts"][-1]
    assert fact["fact"]["changes"] == {"termination": {"notice": {"length": {"months": 2}}}}
    again = say("correct", registered, fact["id"], "--changes", str(lines))
    assert "ne change rien" in again.errors
    lines.write_text("[termination.notice]\nlength = { months = 1 }\n", "utf-8")
    assert "a déjà cette valeur" in say("correct", registered, fact["id"], "--changes", str(lines)).errors


def test_an_hour_typed_without_offset_is_that_of_the_place_and_one_that_exists_twice_is_asked(
    say: TypeIn, tmp_path: Path
) -> None:
    terms = tmp_path / "hours.toml"
    terms.write_text((ROOT / "examples" / "tcm-d.toml").read_text(encoding="utf-8").replace("TCM-D", "TCM-H"), "utf-8")
    started = say("start", str(terms), "--facts", str(ROOT / "examples" / "tcm-d.facts.toml"))
    assert started.code == 0, started.errors
    event = ("record", "TCM-H", "event", "--event", "breach-discovered", "--at")
    refused = say(*event, "2021-10-31T02:30")
    assert refused.code != 0
    assert "2021-10-31T02:30:00+02:00 pour 2 h 30 (heure d’été)" in refused.errors
    assert "2021-10-31T02:30:00+01:00 pour 2 h 30 (heure d’hiver)" in refused.errors
    assert "n’existe pas" in say(*event, "2021-03-28T02:30").errors
    told = say(*event, "2021-11-06T17:00")
    assert told.code == 0, told.errors
    last = shown(say, "TCM-H")["facts"][-1]["fact"]
    assert (last["on"], last["at"]) == ("2021-11-06", "2021-11-06T17:00:00+01:00")
