"""How the desk says things: French set in type, days, urgency in words."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from echeancier.adapters.mail.typography import french
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.model import Text

LANGUAGES = ("fr", "en")
UNKNOWN = Text(fr="pas encore connu", en="not known yet")

Say = Callable[[str, str], str]
"""Chooses between the French words, set in type, and the English ones."""


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """Return French words with their no-break spaces and apostrophes."""
    return french(text)


def sayer(language: str) -> Say:
    """Return what chooses the words of a language: ``say("À faire", "To do")``."""
    return (lambda _, en: en) if language == "en" else (lambda fr, _: typeset(fr))


def said(text: Text | str, language: str) -> str:
    """Return a bilingual text, or words that exist in French only, set in type."""
    if isinstance(text, str):
        return text if language == "en" else typeset(text)
    return text.en if language == "en" else typeset(text.fr)


def shown(day: date | None, language: str, unknown: str = "–") -> str:
    """Return 31/12/2021, or 2021-12-31 for English readers, whose order of day and month is not ours."""
    if day is None:
        return unknown
    return day.isoformat() if language == "en" else figures(day)


def at_length(day: date | None, language: str) -> str:
    """Return « vendredi 31 décembre 2021 »; says so when the day is unknown."""
    return said(UNKNOWN, language) if day is None else in_words(day, language)


def urgency(days: int, language: str) -> str:
    """Return how far a day is from today, in words: « en retard de 3 jours », « aujourd’hui », « dans 8 jours »."""
    if days == 0:
        return "today" if language == "en" else "aujourd’hui"
    count = abs(days)
    if language == "en":
        unit = "day" if count == 1 else "days"
        return f"{count}\u00a0{unit} late" if days < 0 else f"in {count}\u00a0{unit}"
    unit = "jour" if count == 1 else "jours"
    return f"en retard de {count}\u00a0{unit}" if days < 0 else f"dans {count}\u00a0{unit}"


def past_safe_day(days: int, language: str) -> str:
    """Return in words that the day to act by is over, so many days ago, while nothing is late in law yet."""
    if language == "en":
        return f"safe day passed {plural(days, 'day', 'days', language)} ago"
    return f"jour prudent passé depuis {plural(days, 'jour', 'jours', language)}"


def plural(count: int, one: str, many: str, language: str) -> str:
    """Return « 1 convention », « 3 conventions »; zero is singular in French, plural in English."""
    single = count == 1 or (count == 0 and language != "en")
    return f"{count}\u00a0{one if single else many}"
