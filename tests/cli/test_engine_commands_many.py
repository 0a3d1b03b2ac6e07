"""`record --all` and `record --conventions` against a running engine: each takes the change, or none does."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Told
from tests.support.running import run_in_background, settled
from tests.support.valmont import valmont

TypeIn = Callable[..., Told]
NUMBERS = count(1)


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
def two(say: TypeIn, directory: Path) -> tuple[str, str]:
    """Two conventions of the test's own."""
    found = []
    for _ in range(2):
        reference = f"M-{next(NUMBERS)}"
        terms, facts = valmont(directory.parent / "files", reference, date(2024, 1, 1))
        started = say("start", terms, "--facts", facts)
        assert started.code == 0, started.errors
        found.append(reference)
    return found[0], found[1]


def facts_of(say: TypeIn, reference: str) -> list[dict[str, Any]]:
    shown: dict[str, Any] = json.loads(say("show", reference, "--json").content)
    facts: list[dict[str, Any]] = shown["facts"]
    return facts


def renamed(say: TypeIn, two: tuple[str, str], *more: str) -> Told:
    return say(
        "record", "--conventions", ",".join(two), "party-changed", "--was", "Opérateur", "--new-name", "Agence du travail",
        "--on", "2024-06-03", *more,
    )  # fmt: skip


def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(say: TypeIn, two: tuple[str, str]) -> None:
    before = [len(facts_of(say, one)) for one in two]
    told = renamed(say, two, "--dry-run")
    assert told.code == 0, told.errors
    assert told.words.count("serait enregistré") == 2
    assert [len(facts_of(say, one)) for one in two] == before


def test_each_convention_is_told_once_even_if_the_same_request_comes_twice(say: TypeIn, two: tuple[str, str]) -> None:
    before = [len(facts_of(say, one)) for one in two]
    for _ in range(2):
        told = renamed(say, two, "--request", f"nom-{two[0]}")
        assert told.code == 0, told.errors
    assert [len(facts_of(say, one)) - was for one, was in zip(two, before, strict=True)] == [1, 1]


def test_if_one_refuses_nothing_is_recorded_anywhere(say: TypeIn, two: tuple[str, str]) -> None:
    assert (
        say(
            "record",
            two[1],
            "party-changed",
            "--party",
            "operator",
            "--new-name",
            "Agence",
            "--on",
            "2024-06-03",
        ).code
        == 0
    )
    before = [len(facts_of(say, one)) for one in two]
    told = say(
        "record", "--conventions", ",".join(two), "party-changed", "--party", "operator", "--new-name", "Agence",
        "--on", "2024-06-03",
    )  # fmt: skip
    assert told.code == 2
    assert "Rien n’est enregistré, nulle part" in told.errors
    assert f"{two[1]} : " in told.errors
    assert [len(facts_of(say, one)) for one in two] == before


def test_a_convention_that_the_change_does_not_concern_is_left_alone(say: TypeIn, two: tuple[str, str]) -> None:
    told = say(
        "record", "--conventions", ",".join(two), "role-changed", "--was", "@nulle-part.example", "--address",
        "@ailleurs.example", "--on", "2024-06-03",
    )  # fmt: skip
    assert told.code == 0, told.errors
    assert told.words.count("pas concernée") == 2


def test_the_signatures_of_one_sitting_are_recorded_in_one_go_all_or_none(say: TypeIn, directory: Path) -> None:
    reference = f"M-{next(NUMBERS)}"
    terms, _ = valmont(directory.parent / "files", reference, date(2024, 1, 1))
    assert say("start", terms).code == 0
    before = len(facts_of(say, reference))
    sitting = ("record", reference, "signed", "--on", "2023-12-18", "--request", f"séance-{reference}")
    assert say(*sitting, "--party", "commune,personne").code == 2
    assert len(facts_of(say, reference)) == before
    for _ in range(2):
        told = say(*sitting, "--party", "commune, operator")
        assert told.code == 0, told.errors
    assert [one["fact"]["party"] for one in facts_of(say, reference)[before:]] == ["commune", "operator"]
