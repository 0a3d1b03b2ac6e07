"""The first day of effect and the last day of a first term, as the text says its length.

Everything is local calendar days, both included: a convention is in force on its first day and on its last one, until 24:00,
and neither ever moves to an open day. Months and years end on the eve of the same day number (CPC art. 641 al. 2, see
`term_last_day`); in weeks and days the first day counts. A civil year ends on 31 December, and the first may be partial: where
the text counts several, whether the one begun late counts is its other reading. No statute fixes the last day of a school year
(art. L.521-1 of the Code de l'éducation only counts its weeks): 31 August is our choice until the text says another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, get_args

from echeancier.domain.dates.calendar import SCHOOL_YEAR_ENDS, day_of_year
from echeancier.domain.dates.delay import FirstDay, first_day
from echeancier.domain.dates.delays import add_months, term_last_day
from echeancier.domain.dates.words import day_and_month, figures
from echeancier.domain.model import Text

TermUnit = Literal["months", "years", "weeks", "days", "civil_years", "school_years"]
TERM_UNITS: Final[tuple[TermUnit, ...]] = get_args(TermUnit)

_CALLED: Final[dict[TermUnit, tuple[str, str, str, str]]] = {
    "months": ("mois", "mois", "month", "months"),
    "years": ("an", "ans", "year", "years"),
    "weeks": ("semaine", "semaines", "week", "weeks"),
    "days": ("jour", "jours", "day", "days"),
    "civil_years": ("année civile", "années civiles", "civil year", "civil years"),
    "school_years": ("année scolaire", "années scolaires", "school year", "school years"),
}


@dataclass(frozen=True)
class TermLength:
    """How long a first term is, in one unit.

    Attributes:
        unit: as the text counts.
        number: how many.
        ends: month and day on which the text ends a school year; None where it does not say.
    """

    unit: TermUnit
    number: int
    ends: tuple[int, int] | None = None

    @property
    def months(self) -> int | None:
        """The length in months where months or years are counted from the effect, None otherwise."""
        return {"months": self.number, "years": 12 * self.number}.get(self.unit)

    @property
    def months_at_most(self) -> int:
        """How many months it touches at most."""
        counted = {"weeks": self.number * 7 // 28 + 1, "days": self.number // 28 + 1}
        return self.months or counted.get(self.unit, 12 * self.number)

    @property
    def words(self) -> Text:
        """« 36 mois », « 1 an », « 3 années civiles »."""
        fr, several, en, many = _CALLED[self.unit]
        one = self.number == 1
        return Text(fr=f"{self.number} {fr if one else several}", en=f"{self.number} {en if one else many}")


def first_effect(signed: date, named: FirstDay | None = None, not_before: date | None = None) -> date:
    """Return the first day of effect of a convention signed by all on a day.

    Args:
        signed: the day of the last signature.
        named: « le lendemain », « le premier jour du mois suivant » (never the month of the signature); None: the day itself.
        not_before: « au plus tôt le … »: the later of the two counts.
    """
    begins = signed if named is None else first_day(signed, named)
    return begins if not_before is None else max(begins, not_before)


def first_term(effect: date, length: TermLength) -> date:
    """Return the last day in force of a first term that takes effect on a day."""
    match length.unit:
        case "months" | "years":
            return term_last_day(effect, length.months or 0)
        case "weeks" | "days":
            return effect + timedelta(days=length.number * (7 if length.unit == "weeks" else 1) - 1)
        case "civil_years":
            return date(effect.year + length.number - 1, 12, 31)
        case "school_years":
            ends = length.ends or SCHOOL_YEAR_ENDS
            year = effect.year if day_of_year(effect.year, *ends) >= effect else effect.year + 1
            return day_of_year(year + length.number - 1, *ends)


def other_end(effect: date, length: TermLength) -> date | None:
    """Return the last day where a civil or school year begun late does not count; None where it is the only one, or whole."""
    if length.unit not in ("civil_years", "school_years") or length.number == 1:
        return None
    first_year = first_term(effect, replace(length, number=1))
    if add_months(effect, 12) - timedelta(days=1) <= first_year:
        return None  # begun whole
    return first_term(effect, replace(length, number=length.number + 1))


def is_contested(effect: date, length: TermLength) -> bool:
    """Whether nothing says which last day is meant: several years, the first begun late; a school year without its last day."""
    return other_end(effect, length) is not None or (length.unit == "school_years" and length.ends is None)


def term_sum(effect: date, length: TermLength) -> str:
    """Return the sum that gives the last day of a first term, in French: « effet le 01/01/2021 + 36 mois − 1 jour »."""
    begins, said = f"effet le {figures(effect)}", length.words.fr
    nth = f"{length.number}{'re' if length.number == 1 else 'e'}"
    match length.unit:
        case "months" | "years":
            whole = add_months(effect, length.months or 0).day == effect.day
            return f"{begins} + {said} − 1 jour" if whole else f"{begins} + {said} (dernier jour du mois)"
        case "weeks" | "days":
            return f"{begins} + {said} − 1 jour (le premier jour compte)"
        case "civil_years":
            return f"{begins}, jusqu’au 31 décembre de la {nth} année civile"
        case "school_years":
            ends = day_and_month(*(length.ends or SCHOOL_YEAR_ENDS))
            return f"{begins}, jusqu’à la fin de la {nth} année scolaire ({ends})"


def other_reading(effect: date, length: TermLength) -> str:
    """Return what leaves the last day of a first term contested, in French, to stand after its sum; empty where nothing does."""
    other = other_end(effect, length)
    late = "" if other is None else f" ; l’autre lecture, où l’année entamée ne compte pas : le {figures(other)}"
    if length.unit != "school_years" or length.ends is not None:
        return late
    choice = " ; le texte ne dit pas quel jour finit l’année scolaire, et aucune règle ne le fixe : le 31 août est notre choix"
    return late + choice
