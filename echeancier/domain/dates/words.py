"""Dates as people read them: in figures for a trace, in words for a letter. French first, English second."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

NBSP = "\u00a0"

_MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def figures(day: date) -> str:
    """Return ``31/12/2021``."""
    return f"{day.day:02}/{day.month:02}/{day.year}"  # strftime is ten times slower, and plans ask often


def in_words(day: date, language: str = "fr", *, weekday: bool = True) -> str:
    """Return « vendredi 1er mars 2024 » or “Friday 1 March 2024”, with spaces that do not break inside the date."""
    language = "en" if language == "en" else "fr"
    number = f"{day.day}er" if language == "fr" and day.day == 1 else str(day.day)
    words = f"{number}{NBSP}{_MONTHS[language][day.month - 1]}{NBSP}{day.year}"
    return f"{_DAYS[language][day.weekday()]}{NBSP}{words}" if weekday else words


def hour(instant: datetime | time, language: str = "fr") -> str:
    """Return « 14 h 30 » or “14:30”, as the clock reads in the instant's own zone."""
    if language == "en":
        return f"{instant:%H:%M}"
    return f"{instant.hour}{NBSP}h" + (f"{NBSP}{instant:%M}" if instant.minute else "")


def moment(instant: datetime, zone: str, language: str = "fr") -> str:
    """Return the day and hour of ``instant`` as read in ``zone``."""
    local = instant.astimezone(ZoneInfo(zone)) if instant.tzinfo else instant
    return f"{in_words(local.date(), language)}, {hour(local, language)}"


def months_in_words(count: int, language: str = "fr") -> str:
    """Return « 1 mois », “3 months”."""
    if language == "en":
        return f"{count}{NBSP}month{'s' if count > 1 else ''}"
    return f"{count}{NBSP}mois"


def euros(cents: int) -> str:
    """Return « 11 699,00 € »."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}€"
