"""The fixed words: the same in both languages, and none missing for any kind of thing."""

import tomllib
from typing import Any

import pytest

from echeancier.adapters.mail.phrases import advice, what_to_do
from echeancier.domain.dates.rules import RULES, rule_in_words
from echeancier.domain.terms.policy import STAGES
from tests.adapters.orders import LANGUAGES, Language
from tests.support.project_files import ROOT

KINDS = [
    "act",
    "signature",
    "recourse",
    "data",
    "meeting",
    "committee",
    "session",
    "report",
    "evaluation",
    "information",
    "document",
    "payment",
    "amendment",
    "survey",
    "other",
    "renewal",
    "notice",
    "termination",
    "notification",
    "end",
    "destruction",
    "access-closure",
    "certificate",
    "statement",
    "incident",
    "answer",
    "suspension",
    "window",
    "review",
]


def keys(table: dict[str, Any], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in table.items():
        found |= keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name}
    return found


def table(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "echeancier" / "templates" / language / name).read_text("utf-8"))


@pytest.mark.parametrize("name", ["words.toml", "advice.toml"])
def test_both_languages_have_the_same_entries(name: str) -> None:
    assert keys(table("fr", name)) == keys(table("en", name))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_advice_of_its_own_but_the_nameless_one(kind: str, language: Language) -> None:
    assert kind == "other" or kind in table(language, "advice.toml")
    for stage in STAGES:
        assert what_to_do(kind, stage, language, ours=True)
        assert what_to_do(kind, stage, language, ours=False)


def test_a_day_that_has_passed_changes_what_is_asked() -> None:
    assert what_to_do("data", "reminder", "fr", ours=True) != what_to_do("data", "overdue", "fr", ours=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_to_be_done_continues_a_sentence_or_is_one(kind: str, language: Language) -> None:
    said = advice("do", kind, language)
    assert said[0].islower() != said.endswith("."), said
    assert advice("to", kind, language)[0].isupper()


def test_a_notice_is_told_as_a_right() -> None:
    assert "si la fin est décidée ; sinon, ne faites rien" in what_to_do("notice", "reminder", "fr", ours=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_explained(language: Language) -> None:
    assert all(rule_in_words(rule, language) for rule in RULES)
    assert rule_in_words("posting_plan.unheard-of", language)
    assert rule_in_words("unheard-of", language) == ""
