"""The fixed words of the mails, read from the templates package: labels, sentences, what is to be done."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from echeancier.domain.terms.policy import AFTER_A_MEETING

Asked = Literal["do", "to", "watch", "get", "late", "held"]


@cache
def words(language: str) -> Mapping[str, Any]:
    """Return the labels of a language, as ``words.toml`` holds them."""
    return _table(language, "words.toml")


@cache
def _advice(language: str) -> Mapping[str, Mapping[str, str]]:
    return _table(language, "advice.toml")


def advice(what: Asked, kind: str, language: str, *, series: str = "", step: str = "") -> str:
    """Return what a mail says of a kind of thing: a step of its series has its own words, else its kind, else anything.

    Args:
        what: as in ``advice.toml``: what to do, the word before the day, the same for whoever waits, once late.
        kind: the kind of item.
        language: of the reader.
        series: of the item.
        step: of the item.
    """
    names = (f"{series}/{step}", f"{kind}/{step}", step, series, kind, "default")
    table = _advice(language)
    return next(table[name][what] for name in names if what in table.get(name, {}))


def what_to_do(kind: str, stage: str, language: str, *, ours: bool, series: str = "", step: str = "") -> str:
    """Return our advice at a stage: what whoever owes a thing has to do, what whoever waits for it may say."""
    if stage in AFTER_A_MEETING:
        return advice("held", "default", language)
    asked: Asked = "watch" if not ours else "late" if stage in ("overdue", "escalation") else "do"
    return advice(asked, kind, language, series=series, step=step)


def _table(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((files("echeancier.templates") / language / name).read_text("utf-8"))
