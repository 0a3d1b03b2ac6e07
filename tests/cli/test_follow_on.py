"""`follow-on` against a running engine: proposed, shown, refused, then started and linked both ways."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.engine.gateway import utc_now
from tests.cli.conftest import Told, begun
from tests.support.running import run_in_background, settled

TypeIn = Callable[..., Told]
EFFECT = utc_now().astimezone(ZoneInfo("Europe/Paris")).date() - timedelta(days=330)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A running engine."""
    directory = tmp_path_factory.mktemp("engine") / "var"
    with run_in_background(directory):
        yield directory


@pytest.fixture
def say(directory: Path, monkeypatch: pytest.MonkeyPatch, type_in: TypeIn) -> TypeIn:
    settled(directory, monkeypatch)
    begun(type_in, directory.parent / "files", "VAL", EFFECT)
    return type_in


def test_it_is_written_and_shown_then_started_and_each_names_the_other(say: TypeIn, tmp_path: Path) -> None:
    file = tmp_path / "suite.toml"
    told = say("follow-on", "VAL", "--reference", "VAL-NEXT", "--to", str(file))
    assert told.code == 0, told.errors
    assert "À revoir avant d’enregistrer" in told.words
    assert "rien n’est enregistré" in told.words
    assert say("show", "VAL-NEXT").code != 0
    new = load_convention(file)
    assert (new.follows, new.effect.on) == ("VAL", last_day(say) + timedelta(days=1))

    assert "existe déjà" in say("follow-on", "VAL", "--reference", "VAL-NEXT", "--to", str(file)).errors
    assert 'follows = "OTHER"' in say("follow-on", "OTHER", "--start", str(file)).errors

    started = say("follow-on", "VAL", "--start", str(file))
    assert started.code == 0, started.errors
    shown = {name: json.loads(say("show", name, "--json").content) for name in ("VAL", "VAL-NEXT")}
    assert (shown["VAL"]["followed_by"], shown["VAL-NEXT"]["follows"]) == ("VAL-NEXT", "VAL")
    assert "Suivie de VAL-NEXT" in say("show", "VAL").words
    assert "Fait suite à VAL" in say("show", "VAL-NEXT").words
    for _ in range(100):
        rows = {row["reference"]: row["follows"] for row in json.loads(say("list", "--json").content)}
        if rows.get("VAL-NEXT"):
            break
    assert rows == {"VAL": "", "VAL-NEXT": "VAL"}

    again = say("follow-on", "VAL", "--to", str(tmp_path / "encore.toml"))
    assert again.code != 0
    assert "a déjà une suite\u00a0: VAL-NEXT" in again.errors
    other = file.read_text("utf-8").replace('reference = "VAL-NEXT"', 'reference = "VAL-OTHER"')
    second = tmp_path / "seconde.toml"
    second.write_text(other, "utf-8")
    assert "a déjà une suite" in say("start", str(second)).errors
    assert say("show", "VAL-OTHER").code != 0


def last_day(say: TypeIn) -> date:
    """The last day in force of the convention that ends."""
    return date.fromisoformat(json.loads(say("show", "VAL", "--json").content)["ends_on"])
