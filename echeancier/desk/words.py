"""How the desk says things: French set in type, days, urgency in words."""

from collections.abc import Callable
from datetime import date

from echeancier.domain.dates.words import in_words
from echeancier.domain.model import Text
from echeancier.domain.typography import french, plural, said

LANGUAGES = ("fr", "en")
UNKNOWN = Text(fr="pas encore connu", en="not known yet")

Say = Callable[[str, str], str]
"""Chooses between the French words, set in type, and the English ones."""


def sayer(language: str) -> Say:
    """Return what chooses the words of a language: ``say("À faire", "To do")``."""
    return (lambda _, en: en) if language == "en" else (lambda fr, _: french(fr))


def at_length(day: date | None, language: str) -> str:
    """Return « vendredi 31 décembre 2021 »; says so when the day is unknown."""
    return said(UNKNOWN, language) if day is None else in_words(day, language)


def past_safe_day(days: int, language: str) -> str:
    """Return in words that the day to act by is over, so many days ago, while nothing is late in law yet."""
    if language == "en":
        return f"safe day passed {plural(days, 'day', 'days', language)} ago"
    return f"jour prudent passé depuis {plural(days, 'jour', 'jours', language)}"
