"""The command line as a person types it, in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from echeancier.cli.commands import run
from tests.support.project_files import ROOT
from tests.support.valmont import valmont

EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Told:
    """What a command answered."""

    code: int
    content: bytes
    errors: str

    @property
    def words(self) -> str:
        return self.content.decode("utf-8")


Echeancier = Callable[..., Told]


@pytest.fixture
def echeancier(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Echeancier:
    """Run one command line; « sqf-p » stands for the example of that name, with its facts."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def command(name: str, example: str | Path, *options: str, facts: str | Path | None = None) -> Told:
        file = EXAMPLES / f"{example}.toml" if isinstance(example, str) else example
        known = EXAMPLES / f"{facts}.facts.toml" if isinstance(facts, str) else facts
        given = ["--facts", str(known)] if known else []
        code = run([name, str(file), *given, *options])
        out, err = capsysbinary.readouterr()
        return Told(code, out, err.decode("utf-8"))

    return command


def begun(type_in: Callable[..., Told], files: Path, reference: str, effect: date) -> None:
    """Have the convention of the tests, and what happened to it, started under a reference, once."""
    if type_in("show", reference).code != 0:
        terms, facts = valmont(files, reference, effect)
        assert type_in("start", terms, "--facts", facts).code == 0


@pytest.fixture
def type_in(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Told]:
    """Run exactly these words."""

    def command(*words: str) -> Told:
        code = run(words)
        out, err = capsysbinary.readouterr()
        return Told(code, out, err.decode("utf-8"))

    return command
