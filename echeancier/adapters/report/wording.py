"""The fixed words of the report, in the two languages, and days as its readers expect them."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from echeancier.adapters.mail.typography import in_language
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Return every phrase: its name, then its words in each language."""
    return tomllib.loads((files("echeancier.templates") / "report" / "words.toml").read_text("utf-8"))


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the phrases of one language, set in type."""
    other = "en" if language == "en" else "fr"
    return {name: in_language(said[other], other) for name, said in phrases().items()}


def said(text: Text, language: str) -> str:
    """Return a bilingual text, set in type."""
    return in_language(text.in_language(language), language)


def shown(day: date | None, language: str, unknown: str = "—") -> str:
    """Return 31/12/2021, or 2021-12-31 for English readers, whose order of day and month is not ours."""
    if day is None:
        return unknown
    return day.isoformat() if language == "en" else figures(day)


def counted(count: int, one: str, language: str) -> str:
    """Return « 3 courriels » from the phrase of one, ``courriel``, and its plural, ``courriels``."""
    plural = count > 1 or (language == "en" and count == 0)
    return f"{count}\u00a0{words(language)[f'{one}-many' if plural else one]}"
