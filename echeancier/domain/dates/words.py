"""Dates as people read them: in figures for a trace, in words for a letter. French first, English second."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from echeancier.domain.typography import NBSP

_FIGURES = re.compile(r"(?<![\w/])(\d{2})/(\d{2})/(\d{4})(?![\w/])")
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
    return _figures(day)


@lru_cache(maxsize=8192)  # an agenda writes two hundred days, most of them those of any other agenda
def _figures(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"  # strftime is ten times slower


def shown(day: date | None, language: str, unknown: str = "–") -> str:
    """Return 31/12/2021, or 2021-12-31 for English readers, whose order of day and month is not ours."""
    if day is None:
        return unknown
    return day.isoformat() if language == "en" else figures(day)


def in_words(day: date, language: str = "fr", *, weekday: bool = True) -> str:
    """Return « vendredi 1er mars 2024 » or “Friday 1 March 2024”, with spaces that do not break inside the date."""
    language = "en" if language == "en" else "fr"
    number = f"{day.day}er" if language == "fr" and day.day == 1 else str(day.day)
    words = f"{number}{NBSP}{_MONTHS[language][day.month - 1]}{NBSP}{day.year}"
    return f"{_DAYS[language][day.weekday()]}{NBSP}{words}" if weekday else words


def month_in_words(day: date, language: str = "fr") -> str:
    """Return « janvier 2027 » or “January 2027”."""
    return f"{_MONTHS['en' if language == 'en' else 'fr'][day.month - 1]}{NBSP}{day.year}"


def period_in_words(first: date, last: date, language: str = "fr") -> str:
    """Return a period as people call it: « avril 2021 », « 2e trimestre 2021 », « 2021 », else its first and last days."""
    english = language == "en"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    part = (first.month - 1) // months + 1 if whole and months in (3, 6) and (first.month - 1) % months == 0 else 0
    if whole and months == 1:
        return month_in_words(first, language)
    if whole and months == 12 and first.month == 1:
        return f"{first.year}"
    if part:
        nth = _nth(part, language)
        kind = _PARTS[months, "en" if english else "fr"]
        return f"{nth}{NBSP}{kind}{NBSP}{first.year}"
    if whole and first.year == last.year and 1 < months < 12:
        names = _MONTHS["en" if english else "fr"]
        return f"{names[first.month - 1]}–{names[last.month - 1]}{NBSP}{first.year}"
    both = (in_words(first, language, weekday=False), in_words(last, language, weekday=False))
    return f"{both[0]} to {both[1]}" if english else f"du {both[0]} au {both[1]}"


_PARTS = {(3, "fr"): "trimestre", (3, "en"): "quarter", (6, "fr"): "semestre", (6, "en"): "half-year"}


def _nth(number: int, language: str) -> str:
    if language == "en":
        return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"
    return f"{number}{'er' if number == 1 else 'e'}"


def day_and_month(month: int, day: int) -> str:
    """Return « 31 août », in French."""
    return f"{day}{'er' if day == 1 else ''} {_MONTHS['fr'][month - 1]}"


def days_in(text: str) -> list[date]:
    """Return the days that a text of ours names in figures."""
    return [date(int(year), int(month), int(day)) for day, month, year in _FIGURES.findall(text)]


def how_far(days: int, language: str) -> str:
    """Return how far a day is from today: « en retard de 3 jours », « aujourd’hui », « dans 8 jours »."""
    if days == 0:
        return "today" if language == "en" else "aujourd’hui"
    count = abs(days)
    if language == "en":
        unit = "day" if count == 1 else "days"
        return f"{count}{NBSP}{unit} late" if days < 0 else f"in {count}{NBSP}{unit}"
    unit = "jour" if count == 1 else "jours"
    return f"en retard de {count}{NBSP}{unit}" if days < 0 else f"dans {count}{NBSP}{unit}"


def days_in_words(text: str, language: str) -> str:
    """Return a text with its days as a letter writes them: 01/03/2022 is « 1er mars 2022 » or “1 March 2022”."""

    def said(found: re.Match[str]) -> str:
        day, month, year = map(int, found.groups())
        try:
            return in_words(date(year, month, day), language, weekday=False)
        except ValueError:
            return found[0]

    return _FIGURES.sub(said, text)


def hour(instant: datetime | time, language: str = "fr") -> str:
    """Return « 14 h 30 » or “14:30”, as the clock reads in the instant's own zone."""
    if language == "en":
        return f"{instant:%H:%M}"
    return f"{instant.hour}{NBSP}h" + (f"{NBSP}{instant:%M}" if instant.minute else "")


def hour_of_two(instant: datetime, language: str = "fr") -> str:
    """Return « 2 h 30 (heure d’été) » or “02:30 (summer time)”: one of the two of the night on which clocks go back.

    Args:
        instant: in the zone of the place, which knows whether summer time runs.
        language: ``fr`` or ``en``.
    """
    if language == "en":
        return f"{hour(instant, 'en')} ({'summer' if instant.dst() else 'winter'} time)"
    return f"{hour(instant)} (heure {'d’été' if instant.dst() else 'd’hiver'})"


def moment(instant: datetime, zone: str, language: str = "fr") -> str:
    """Return the day and hour of ``instant`` as read in ``zone``."""
    local = instant.astimezone(ZoneInfo(zone)) if instant.tzinfo else instant
    return f"{in_words(local.date(), language)}, {hour(local, language)}"


def in_a_sentence(local: datetime, language: str = "fr") -> str:
    """Return « mardi 1er mars 2022 à 14 h 30 », “Tuesday 1 March 2022 at 14:30”, as the clock reads in its own zone."""
    return f"{in_words(local.date(), language)} {'at' if language == 'en' else 'à'} {hour(local, language)}"


def euros(cents: int) -> str:
    """Return « 11 699,00 € »."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}€"
