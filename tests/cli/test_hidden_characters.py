"""The command line shows what is hidden in a text, and never passes it on to the terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from echeancier.cli.commands import run
from echeancier.cli.console import console, say
from echeancier.cli.output import remark, say_line, write_json
from echeancier.domain.characters import is_hidden
from tests.support.running import EXAMPLES

HIDDEN = ["\x1b]0;x\x07", "\x07", "\x9b31m", "\u202e", "\u2066", "\u2028", "\r", "\x00"]
WAYS: list[Callable[[str], None]] = [
    say_line,
    remark,
    lambda words: say(console(), words),
    lambda words: console().print(words, markup=False),
    lambda words: write_json({words: [words]}),
]


def raw(printed: str) -> set[str]:
    return {char for char in printed if is_hidden(char)} - {"\n"}


@pytest.mark.parametrize("way", WAYS, ids=["line", "remark", "paragraph", "table", "json"])
@pytest.mark.parametrize("hidden", HIDDEN, ids=ascii)
def test_whatever_the_way_nothing_hidden_is_printed(
    way: Callable[[str], None], hidden: str, capsys: pytest.CaptureFixture[str]
) -> None:
    way(f"avant{hidden}après é 😀")
    told = capsys.readouterr()
    assert raw(told.out + told.err) == set()
    assert "avant" in told.out + told.err
    assert "après é 😀" in told.out + told.err


@pytest.mark.parametrize("key", ["title", "service"])
@pytest.mark.parametrize("hidden", [r"\u001b[31m", r"\u0007", r"\u202e", r"\n", r"\r", r"\u2028"])
def test_a_file_that_hides_something_is_refused_and_the_refusal_shows_it(
    key: str, hidden: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (EXAMPLES / "sqf-p.toml").read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
    file = tmp_path / "essai.toml"
    file.write_text(text.replace(old, f'{key} = "avant{hidden}après"'), encoding="utf-8")
    assert run(["plan", str(file)]) == 2
    told = capsys.readouterr()
    assert f"{key}\u00a0: un " in told.err
    assert raw(told.err + told.out) == set()


@pytest.mark.parametrize("hidden", HIDDEN[:5], ids=ascii)
def test_a_reference_that_hides_something_is_refused_before_anything_is_asked(
    hidden: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", f"SQF{hidden}-P"]) == 2
    told = capsys.readouterr()
    assert "n’est pas une référence" in told.err.replace("\n", " ")
    assert raw(told.err + told.out) == set()
