"""The fixed words of the mails, read from the templates package: labels, stages, advice."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from echeancier.domain.terms.policy import AFTER_A_MEETING


@cache
def words(language: str) -> Mapping[str, Any]:
    """Return the labels of a language, as ``words.toml`` holds them."""
    return _table(language, "words.toml")


@cache
def _advice(language: str) -> Mapping[str, Mapping[str, str]]:
    return _table(language, "advice.toml")


def what_to_do(kind: str, stage: str, language: str, *, ours: bool, series: str = "", step: str = "") -> str:
    """Return our advice for a kind of item; the day being past changes it for whoever owes the thing.

    Args:
        kind: the kind of item.
        stage: at which stage it is spoken of.
        language: of the reader.
        ours: whether the reader's side owes it.
        series: of the item, for the few things that need advice of their own.
        step: of the item, likewise.
    """
    if stage in AFTER_A_MEETING:
        return _advice_for((kind,), "held", language)
    asked = "watch" if not ours else "late" if stage in ("overdue", "escalation") else "do"
    return _advice_for(_names(kind, series, step), asked, language)


def what_otherwise(kind: str, stage: str, language: str, *, series: str = "", step: str = "") -> str:
    """Return what happens when it is not done (or, of a meeting asked about, not answered), as seen at a stage."""
    if stage in AFTER_A_MEETING:
        return str(words(language)["then"][stage])
    if stage in ("overdue", "escalation") and "missed" in _advice(language).get(kind, {}):
        return _advice(language)[kind]["missed"]
    then = words(language)["then"]
    return _advice_for(_names(kind, series, step), "otherwise", language).replace(
        "{then}", then.get(stage, then["soon"])
    )


def _names(kind: str, series: str, step: str) -> tuple[str, ...]:
    """What advice may be filed under: a step of its series, of its kind, the step whatever the kind, its series, its kind."""
    return f"{series}/{step}", f"{kind}/{step}", step, series, kind


def _advice_for(names: tuple[str, ...], what: str, language: str) -> str:
    advice = _advice(language)
    return next(advice[name][what] for name in (*names, "default") if what in advice.get(name, {}))


def _table(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((files("echeancier.templates") / language / name).read_text("utf-8"))
