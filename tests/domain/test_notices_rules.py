"""Every function that computes a date is explained to the people who read its name."""

import inspect
from types import ModuleType

import pytest

from echeancier.domain.dates import delays, notice
from echeancier.domain.dates.rules import RULES


def _public_functions(module: ModuleType) -> set[str]:
    own = (f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__)
    return {function.__name__ for function in own if not function.__name__.startswith("_")}


@pytest.mark.parametrize("module", [delays, notice], ids=lambda m: m.__name__)
def test_every_public_function_has_its_sentence(module: ModuleType) -> None:
    functions = _public_functions(module)

    assert functions
    assert functions - set(RULES) == set()


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_one_sentence_in_each_language(name: str) -> None:
    for sentence in (RULES[name].fr, RULES[name].en):
        assert sentence.endswith(".")
        assert sentence == sentence.strip()


@pytest.mark.parametrize("name", RULES)
def test_a_french_rule_keeps_its_punctuation_on_the_line(name: str) -> None:
    french = RULES[name].fr

    assert "'" not in french
    assert not any(f" {mark}" in french for mark in ";:!?»")
    assert "« " not in french
