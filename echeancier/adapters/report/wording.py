"""The fixed words of the report, in the two languages, and days as its readers expect them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from echeancier.domain.typography import in_language


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Return every phrase: its name, then its words in each language."""
    return tomllib.loads((files("echeancier.templates") / "report" / "words.toml").read_text("utf-8"))


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the phrases of one language, set in type."""
    other = "en" if language == "en" else "fr"
    return {name: in_language(said[other], other) for name, said in phrases().items()}


def counted(count: int, one: str, language: str) -> str:
    """Return « 3 courriels » from the phrase of one, ``courriel``, and its plural, ``courriels``."""
    plural = count > 1 or (language == "en" and count == 0)
    return f"{count}\u00a0{words(language)[f'{one}-many' if plural else one]}"


def a_month(mean: float, most: float, language: str) -> str:
    """Return how many mails one person gets in a month, in a sentence."""

    def said(count: float) -> str:
        figure = f"{count:.1f}"
        return figure if language == "en" else figure.replace(".", ",")

    return words(language)["a-month"].format(mean=said(mean), most=said(most))
