"""A delay in words, written and read: « 1 mois et 15 jours », « plus de 30 jours », « huitaine ».

What a person types in a form or a spreadsheet is what the proof of a date shows: one language, both ways.
"""

import re
from typing import Final

from echeancier.domain.dates.delay import HOW, UNITS, Delay
from echeancier.domain.typography import NBSP

_ONE_MANY: Final = {
    "hours": (("heure", "heures"), ("hour", "hours")),
    "open_hours": (("heure ouvrée", "heures ouvrées"), ("working hour", "working hours")),
    "days": (("jour", "jours"), ("day", "days")),
    "clear_days": (("jour franc", "jours francs"), ("clear day", "clear days")),
    "open_days": (("jour ouvré", "jours ouvrés"), ("working day", "working days")),
    "ouvrable_days": (("jour ouvrable", "jours ouvrables"), ("day of the six-day week", "days of the six-day week")),
    "weeks": (("semaine", "semaines"), ("week", "weeks")),
    "months": (("mois", "mois"), ("month", "months")),
    "years": (("an", "ans"), ("year", "years")),
}

# What stands around the number: the field, its value, before and after it in French, the same in English.
_AROUND: Final = (
    ("more_than", True, "plus de ", "", "more than ", ""),
    ("bound", "at_least", "au moins ", "", "at least ", ""),
    ("bound", "at_most", "au plus ", "", "at most ", ""),
    ("bound", "exact", "exactement ", "", "exactly ", ""),
    ("month_end", "first", "fin de mois puis ", "", "end of month then ", ""),
    ("month_end", "then", "", " fin de mois", "", " to the end of the month"),
    ("from_", "next-day", "", " à compter du lendemain", "", " from the next day"),
    ("from_", "next-month", "", " à compter du mois suivant", "", " from the first of the next month"),
    ("since", "state", "", ", premier jour compté", "", ", first day counted"),
    ("since", "event", "", ", premier jour non compté", "", ", first day not counted"),
)  # fmt: skip


def delay_in_words(delay: Delay, language: str = "fr") -> str:
    """Return « 1 mois et 15 jours » or “1 month and 15 days”, with all that the text says around it."""
    english = language == "en"
    both = " and " if english else " et "
    counted = both.join(_counted(unit, getattr(delay, unit), english=english) for unit in reversed(delay.units))
    said: str = delay.named or counted
    for field, value, before, behind, before_en, behind_en in _AROUND:
        if getattr(delay, field) == value:
            said = f"{before_en}{said}{behind_en}" if english else f"{before}{said}{behind}"
    return said


def _counted(unit: str, number: int, *, english: bool) -> str:
    one, many = _ONE_MANY[unit][english]
    return f"{number}{NBSP}{one if number in (0, 1) and not (english and number == 0) else many}"


_NAMED: Final = {"huitaine": 8, "quinzaine": 15}
_UNIT_OF: Final = {word: unit for unit in UNITS for word in _ONE_MANY[unit][0]}
_NUMBER: Final = re.compile(r"(\d{1,6}) (.+)")


def delay_from_words(text: str) -> dict[str, object]:
    """Return what a French delay in words says, as a convention file writes it.

    Raises:
        ValueError: it is not understood; the message says what is (French).
    """
    left = " ".join(text.replace(NBSP, " ").replace("\u202f", " ").casefold().split())
    found: dict[str, object] = {}
    for field, value, before, behind, *_ in reversed(_AROUND):
        if before and left.startswith(before):
            left, found[_key(field)] = left[len(before) :], value
        elif behind and left.endswith(behind):
            left, found[_key(field)] = left[: -len(behind)], value
    if left in _NAMED:
        return {"days": _NAMED[left], "named": left, **found}
    for part in left.split(" et "):
        read = _NUMBER.fullmatch(part)
        unit = _UNIT_OF.get(read[2]) if read else None
        if read is None or unit is None or unit in found:
            raise ValueError(f"« {text} » n’est pas compris : {HOW}")
        found[unit] = int(read[1])
    return found


def _key(field: str) -> str:
    return field.removesuffix("_")
