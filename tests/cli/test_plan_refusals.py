"""What is refused is refused in French, on stderr, with exit code 2 and without a trace."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Echeancier, Told
from tests.support.project_files import ROOT

TypeIn = Callable[..., Told]
SQF = str(EXAMPLES / "sqf-p.toml")


def refused(told: Told) -> str:
    assert told.code == 2
    assert told.content == b""
    assert "Traceback" not in told.errors
    return told.errors.replace("\u00a0", " ")


def test_a_missing_file_is_named(echeancier: Echeancier, tmp_path: Path) -> None:
    assert "absente.toml : le fichier n’existe pas" in refused(echeancier("plan", tmp_path / "absente.toml"))


def test_a_directory_is_not_a_convention(echeancier: Echeancier, tmp_path: Path) -> None:
    assert "c’est un dossier" in refused(echeancier("plan", tmp_path))


def test_a_missing_facts_file_is_named(echeancier: Echeancier, tmp_path: Path) -> None:
    assert "faits.toml : le fichier" in refused(echeancier("plan", "sqf-p", facts=tmp_path / "faits.toml"))


def test_a_convention_file_given_as_facts_is_refused(echeancier: Echeancier) -> None:
    assert "[[fact]]" in refused(echeancier("plan", "sqf-p", facts=Path(SQF)))


@pytest.mark.parametrize(
    "command", [["plan"], ["plan", "--facts", str(EXAMPLES / "sqf-p.facts.toml")], ["notice", "--end", "2023-06-30"]]
)
def test_a_file_of_more_due_dates_than_any_paper_is_refused_before_one_is_computed(
    type_in: TypeIn, tmp_path: Path, command: list[str]
) -> None:
    file = tmp_path / "trop.toml"
    file.write_text(
        Path(SQF).read_text("utf-8").replace("every_months = 2, count = 1", "every_months = 1, count = 27"), "utf-8"
    )
    first, *more = command
    assert "trop.toml : elle ferait 1002 échéances, 1000 au plus" in refused(type_in(first, str(file), *more))


@pytest.mark.parametrize("day", ["01/03/2022", "2022-13-01", "2022-02-30", "20220301", "demain", "2022-W01-1"])
def test_a_day_in_another_form_is_refused(type_in: TypeIn, day: str) -> None:
    told = refused(type_in("plan", SQF, "--as-of", day))
    assert f"« {day} »" in told
    assert "on attend AAAA-MM-JJ" in told


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_absurd_year_is_refused(type_in: TypeIn, day: str) -> None:
    assert "on attend une année entre" in refused(type_in("plan", SQF, "--as-of", day))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan",), "Il manque l’argument"),
        (("plan", SQF, "--format", "xml"), "au choix"),
        (("plan", SQF, "--forma"), "L’option --forma n’existe pas ; peut-être --format ?"),
        (("plan", SQF, "de trop"), "En trop sur la ligne : de trop."),
        (("plan", SQF, "--as-of"), "L’option --as-of attend une valeur."),
        (("plna",), "La commande plna n’existe pas ; peut-être plan ?"),
    ],
)
def test_a_mistyped_command_is_explained_in_french(type_in: TypeIn, words: tuple[str, ...], said: str) -> None:
    assert said in refused(type_in(*words))


def test_days_that_contradict_each_other_are_refused_with_the_reason(echeancier: Echeancier, tmp_path: Path) -> None:
    posted = '[[fact]]\nkind = "letter-posted"\non = 2022-02-01\nrule = "notice"\nby = "commune"\nreasons = "fin"\n'
    delivered = '[[fact]]\nkind = "letter-delivered"\non = 2022-01-05\nletter = "f1"\nrecorded_on = 2022-02-10\n'
    facts = tmp_path / "faits.toml"
    known = (EXAMPLES / "sqf-p.facts.toml").read_text("utf-8")
    facts.write_text(known + posted + delivered.replace('"f1"', '"f6"'), encoding="utf-8")
    told = refused(echeancier("plan", "sqf-p", "--as-of", "2022-03-01", facts=facts))
    assert "(fact[7])" in told
    assert "1er février 2022" in told


def test_without_a_command_the_help_is_shown(type_in: TypeIn) -> None:
    told = type_in()
    assert (told.code, told.errors) == (2, "")
    assert "Commandes" in told.words


def test_the_version_is_that_of_the_package(type_in: TypeIn) -> None:
    told = type_in("--version")
    assert (told.code, told.words.strip()) == (0, f"echeancier {version('echeancier')}")


@pytest.mark.parametrize("words", [("--help",), ("plan", "--help"), ("notice", "--help")])
def test_the_help_is_french(type_in: TypeIn, words: tuple[str, ...]) -> None:
    told = type_in(*words)
    assert told.code == 0
    assert "Affiche cette aide." in told.words
    for english in ("Show this", "default:", "required", "Commands"):
        assert english not in told.words


_HEAVY = {
    "temporalio", "asyncio", "aiosmtplib", "aiosmtpd", "fastapi", "jinja2", "icalendar", "typst", "openpyxl", "worker",
    "pygments", "rich.markdown", "typer.rich_utils", "pydantic_settings", "echeancier.cli.show.command",
    "echeancier.domain.recording", "echeancier.domain.letters", "echeancier.domain.messages", "echeancier.domain.facts.kinds",
}  # fmt: skip
_AS_DATA = {"rich", "echeancier.cli.console"}


@pytest.mark.parametrize(
    ("words", "not_loaded"),
    [
        (["plan", SQF], _HEAVY | {"echeancier.adapters.files.plan_format"}),
        (["plan", SQF, "--format", "json"], _HEAVY | _AS_DATA),
        (["plan", SQF, "--format", "csv"], _HEAVY | _AS_DATA),
        (["notice", SQF, "--end", "2022-12-31"], _HEAVY | {"echeancier.adapters.files.plan_format"}),
        (["notice", SQF, "--end", "2022-12-31", "--json"], _HEAVY | _AS_DATA),
    ],
)
def test_plan_and_notice_load_only_what_they_answer_with(words: list[str], not_loaded: set[str]) -> None:
    """No engine, no mail, no command that nobody typed; no letter and no door where no fact is brought; no plugin.

    The collector, at rest while that is loaded, is back.
    """
    script = (
        "import gc, sys; from echeancier.engine import exit as way_out; from echeancier.cli.main import main;"
        "said = lambda code: (code, sys.modules['pydantic.plugin._loader']._plugins, gc.isenabled());"
        f"heavy = lambda: sorted({not_loaded!r} & set(sys.modules));"
        "way_out.leave = lambda code: sys.stderr.write(f'{said(code)} {heavy()}');"
        f"sys.argv[1:] = {words!r}; main()"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stderr == "(0, None, True) []"


def test_plan_builds_no_model_that_it_does_not_use() -> None:
    """Each costs a few milliseconds: those of the facts are loaded, and built for who brings one."""
    script = (
        "import sys; from echeancier.cli.commands import run;"
        f"run(['plan', {SQF!r}]);"
        "from echeancier.domain.facts.catalogue import MODELS;"
        "sys.stderr.write(' '.join(one.__name__ for one in MODELS.values() if one.__pydantic_complete__))"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stderr == ""


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_reader_who_left_is_not_a_failure(form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "echeancier.cli", "plan", SQF, "--format", form],
            cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (told.returncode, told.stderr) == (0, "")


def test_the_process_ends_with_the_code_of_its_command(tmp_path: Path) -> None:
    for words, code in ((("plan", SQF), 0), (("plan", str(tmp_path)), 2)):
        told = subprocess.run(
            [sys.executable, "-m", "echeancier.cli", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert told.returncode == code
