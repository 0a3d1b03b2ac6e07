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
_UNIT_OF: Final = {
    **{word: unit for unit in UNITS for word in _ONE_MANY[unit][0]},
    "jour calendaire": "days", "jours calendaires": "days", "h": "hours", "année": "years", "années": "years",
}  # fmt: skip

# As papers say it, and as it is read: what opens a delay, then a bound said otherwise.
_SAID_OTHERWISE: Final = (
    (r"^(?:(?:sous|pendant|de|dans les?|dans (?:un|le) délai de) |(?:dans (?:un|le) délai )?d[’'])", ""),
    (r"^(?:pas avant|minimum|au minimum) ", "au moins "),
    (r"^(?:maximum|au maximum) ", "au plus "),
    (r"^(.+?) (?:au minimum|minimum|au moins)$", r"au moins \1"),
    (r"^(.+?) (?:au maximum|maximum|au plus)$", r"au plus \1"),
)
_IN_LETTERS: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-huit": 18, "vingt": 20,
    "vingt-quatre": 24, "trente": 30, "trente-six": 36, "quarante": 40, "quarante-cinq": 45, "quarante-huit": 48,
    "cinquante": 50, "soixante": 60, "soixante-douze": 72, "quatre-vingt-dix": 90, "cent": 100,
}  # fmt: skip
_NUMBER: Final = re.compile(r"(\d{1,6}) ?(.+)|([a-zé-]+) (.+)")


_NO_NUMBER: Final = re.compile(
    r"(sans (aucun )?d[ée]lai|imm[ée]diatement|rapidement|without (any )?delay|at once|promptly)", re.IGNORECASE
)


def says_no_number(text: str) -> bool:
    """Whether a text gives a delay without a number: « sans délai », « rapidement »."""
    return _NO_NUMBER.fullmatch(text.strip()) is not None


def delay_from_words(text: str) -> dict[str, object]:
    """Return what a French delay in words says, as a convention file writes it.

    Raises:
        ValueError: it is not understood, or says one thing twice; the message says what is (French).
    """
    left = " ".join(text.replace(NBSP, " ").replace("\u202f", " ").casefold().split())
    for pattern, read_as in _SAID_OTHERWISE:
        left = re.sub(pattern, read_as, left)
    found: dict[str, object] = {}
    for field, value, before, behind, *_ in reversed(_AROUND):
        at_start = bool(before) and left.startswith(before)
        if not at_start and not (behind and left.endswith(behind)):
            continue
        if _key(field) in found:
            raise ValueError(f"« {text} » dit deux choses à la fois : {HOW}")
        left = left[len(before) :] if at_start else left[: -len(behind)]
        found[_key(field)] = value
    if left in _NAMED:
        return {"days": _NAMED[left], "named": left, **found}
    for part in left.split(" et "):
        number, unit = _one_unit(part)
        if number is None or unit is None or unit in found:
            raise ValueError(f"« {text} » n’est pas compris : {HOW}")
        found[unit] = number
    return found


def _one_unit(part: str) -> tuple[int | None, str | None]:
    """Read « 15 jours », « quinze jours », « 48h »: how many, and of what; None for what is not understood."""
    read = _NUMBER.fullmatch(part)
    if read is None:
        return None, None
    figures, unit, letters, of = read.groups()
    return (int(figures), _UNIT_OF.get(unit)) if figures else (_IN_LETTERS.get(letters), _UNIT_OF.get(of))


def _key(field: str) -> str:
    return field.removesuffix("_")
