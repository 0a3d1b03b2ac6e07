"""When a duty comes back on days of the calendar, each way of saying it with its own keys.

« Au plus tard le 31 mars », « le 15 du mois », « chaque mardi », « dans les six mois de la clôture », « au premier semestre »,
« trois mois avant le terme », « par trimestre, à terme échu ». One key of each, its ``MARK``, tells it from the others.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from echeancier.domain.dates.delay import DelayBeforeEnd, PlainDelay
from echeancier.domain.declared import field_words
from echeancier.domain.model import DayOfYear, Frozen
from echeancier.domain.terms.fields import DAY_OF_YEAR_HINT, DELAY_HINT, BlockWords, block_words

TAGGED: Final = "when:"
"""What the tag of each way begins with, so that the place of a problem can leave it out."""

NO_WAY: Final = "no_way"
"""The type of the error where none of the keys that tell one is there, or several are; its message is for people."""

MONTHS_OF_A_PART: Final = {"half": 6, "quarter": 3, "month": 1}


def _one_or_more(given: object) -> object:
    return (given,) if isinstance(given, str) else given


Days = Annotated[tuple[DayOfYear, ...], BeforeValidator(_one_or_more), Field(min_length=1, max_length=12)]
"""One day of the year, or several."""

Limit = Annotated[
    Literal["included", "excluded"],
    field_words(
        "Ce jour compris",
        "That day included",
        values={
            "included": ("oui : « au plus tard le », « pour le », « jusqu’au »", "yes: “no later than”, “by”"),
            "excluded": ("non : « avant le »", "no: “before”"),
        },
        folded=True,
    ),
]
"""Whether the day itself is still in time."""

EveryMonths = Annotated[int, Field(ge=1, le=60), field_words("Tous les combien de mois", "Every how many months")]

_CONTRACT: Final = ("du contrat (comptée de la prise d’effet)", "of the contract (counted from the effect)")
_CIVIL: Final = ("civile", "civil")


class YearlyDay(Frozen):
    """A day that comes back each year, or several: « au plus tard le 31 mars », « les 10 mars et 10 septembre ».

    Attributes:
        on: the days, in the order of the year.
        limit: whether the day itself is still in time (« au plus tard le », « pour le »), or no more (« avant le »).
        covers: which civil year the thing is about: the one before (a report), that of the day, or the next (a programme).
            Only years that the convention covers, even in part, are owed.
        rolls: where the text itself moves a closed day, to the next open one or the one before; None where it does not.
    """

    MARK: ClassVar = "on"
    WORDS: ClassVar[BlockWords] = block_words(called=("Un jour de l’année", "A day of the year"))
    on: Annotated[
        Days,
        field_words(
            "Jour (mois-jour), ou plusieurs",
            "Day (month-day), or several",
            label=("Jour, ou plusieurs", "Day, or several"),
            hint=DAY_OF_YEAR_HINT,
        ),
    ]
    limit: Limit = "included"
    covers: Annotated[
        Literal["previous", "current", "next"],
        field_words(
            "Pour quelle année",
            "About which year",
            values={
                "previous": ("l’année d’avant (un bilan)", "the year before (a report)"),
                "current": ("l’année même", "that year"),
                "next": ("l’année d’après (un programme)", "the year after (a programme)"),
            },
            folded=True,
        ),
    ] = "current"
    rolls: Annotated[
        Literal["next", "previous"] | None,
        field_words(
            "Si ce jour est chômé, le texte le reporte",
            "If that day is closed, the text moves it",
            values={
                "next": ("au jour ouvré suivant", "to the next open day"),
                "previous": ("au jour ouvré précédent", "to the open day before"),
            },
            folded=True,
        ),
    ] = None

    @model_validator(mode="after")
    def _days_of_one_year(self) -> "YearlyDay":
        if self.rolls is not None and self.limit == "excluded":
            raise ValueError(
                'when : rolls déplace un dernier jour compris (limit = "included") ; « avant le » n’en a pas'
            )
        if list(self.on) != sorted(set(self.on)):
            raise ValueError(f"when : les jours de on se suivent, chacun une fois : {', '.join(sorted(set(self.on)))}")
        return self


class WeeklyDay(Frozen):
    """Each week, or one in several: « chaque mardi », « toutes les deux semaines ». Told month by month.

    Attributes:
        every_weeks: every how many weeks.
        weekday: ISO number, Monday is 1, from the first such day of the convention; None: by the end of each period of so many
            weeks, counted from the effect.
    """

    MARK: ClassVar = "every_weeks"
    WORDS: ClassVar[BlockWords] = block_words(
        called=("Chaque semaine, ou une sur plusieurs", "Each week, or one in several")
    )
    every_weeks: Annotated[int, field_words("Toutes les combien de semaines", "Every how many weeks")] = Field(
        ge=1, le=26
    )
    weekday: Annotated[
        int | None,
        Field(ge=1, le=7),
        field_words(
            "Quel jour (1 lundi … 7 dimanche), si le texte le dit",
            "Which day (1 Monday … 7 Sunday), where the text says it",
        ),
    ] = None


def _numbers(given: object) -> object:
    """What a form sends: « 7, 8 » is typed as words."""
    if isinstance(given, list | tuple):
        return tuple(int(one) if isinstance(one, str) and one.isdecimal() else one for one in given)
    return given


class MonthlyDay(Frozen):
    """A day of the month: « le 15 de chaque mois, sauf en août », « le 10 du mois suivant chaque trimestre ».

    Attributes:
        day: its number; the last of a month that has none such.
        every_months: the length of a period, in months; the day is in its first month.
        year: with several months, whether periods begin with the month of the effect or with January.
        next_month: the day is in the month after the period it is about, be it after the end.
        except_months: numbers of the months without it.
        limit: whether the day itself is still in time.
    """

    MARK: ClassVar = "day"
    WORDS: ClassVar[BlockWords] = block_words(called=("Un jour du mois", "A day of the month"))
    day: Annotated[int, field_words("Jour du mois (31 : le dernier)", "Day of the month (31: the last)")] = Field(
        ge=1, le=31
    )
    limit: Limit = "included"
    next_month: Annotated[
        bool,
        field_words(
            "Du mois suivant (« le 10 du mois suivant »)", "Of the month after (“by the 10th of the next month”)"
        ),
    ] = False
    every_months: EveryMonths = 1
    year: Annotated[
        Literal["contract", "civil"],
        field_words(
            "Périodes de plusieurs mois",
            "Periods of several months",
            values={"contract": _CONTRACT, "civil": _CIVIL},
            folded=True,
        ),
    ] = "contract"
    except_months: Annotated[
        tuple[Annotated[int, Field(ge=1, le=12)], ...],
        BeforeValidator(_numbers),
        field_words("Sauf ces mois (numéros, comme 7, 8)", "Except these months (numbers, as 7, 8)", folded=True),
    ] = ()

    @model_validator(mode="after")
    def _some_months(self) -> "MonthlyDay":
        if len(set(self.except_months)) == 12:
            raise ValueError("when : except_months retire tous les mois ; en laisser un")
        if self.except_months and self.every_months > 1:
            raise ValueError("when : except_months ne va qu’avec chaque mois (every_months = 1)")
        if self.year == "civil" and 12 % self.every_months:
            raise ValueError(
                "when : une année civile se partage en périodes de 1, 2, 3, 4, 6 ou 12 mois (every_months)"
            )
        return self


class AfterClose(Frozen):
    """So long after the close of each financial year that the convention touches: « dans les six mois de la clôture ».

    Attributes:
        after_close: how long.
        closes: the day on which the financial year is closed.
    """

    MARK: ClassVar = "after_close"
    WORDS: ClassVar[BlockWords] = block_words(
        called=("Après la clôture d’un exercice", "After the close of a financial year")
    )
    after_close: Annotated[
        PlainDelay,
        field_words(
            "Dans un délai de, après la clôture",
            "Within, after the close",
            label=("Après clôture", "After the close"),
            hint=DELAY_HINT,
        ),
    ]
    closes: Annotated[
        DayOfYear,
        field_words(
            "Exercice clos le (mois-jour)",
            "Financial year closed on (month-day)",
            label=("Clos le", "Closed on"),
            hint=DAY_OF_YEAR_HINT,
        ),
    ] = "12-31"

    @model_validator(mode="after")
    def _closed_each_year(self) -> "AfterClose":
        if self.closes == "02-29":
            raise ValueError("when : un exercice clos fin février s’écrit closes = « 02-28 »")
        if self.after_close.in_hours or self.after_close.named is not None:
            raise ValueError("when : après une clôture, le délai se compte en jours ou plus (after_close)")
        return self


class PartOfYear(Frozen):
    """A part of each year: « au premier semestre », « au cours du dernier trimestre », « courant mars ».

    Attributes:
        part: its length.
        nth: which one of the year; the last is 2, 4 or 12.
        year: whose year: civil, counted from the effect, or beginning on 1 September.
    """

    MARK: ClassVar = "part"
    WORDS: ClassVar[BlockWords] = block_words(called=("Une partie de l’année", "A part of the year"))
    part: Annotated[
        Literal["half", "quarter", "month"],
        field_words(
            "Au cours de",
            "During",
            values={
                "half": ("un semestre", "a half"),
                "quarter": ("un trimestre", "a quarter"),
                "month": ("un mois", "a month"),
            },
        ),
    ]
    nth: Annotated[
        int,
        field_words(
            "Le combientième de l’année",
            "Which of the year",
            label=("Lequel", "Which"),
            hint=("Le dernier : 2, 4 ou 12.", "The last: 2, 4 or 12."),
        ),
    ] = Field(ge=1, le=12)
    year: Annotated[
        Literal["civil", "contract", "school"],
        field_words(
            "De l’année",
            "Of the year",
            values={
                "civil": _CIVIL,
                "contract": _CONTRACT,
                "school": ("scolaire (du 1er septembre)", "school (from 1 September)"),
            },
        ),
    ] = "civil"

    @model_validator(mode="after")
    def _of_the_year(self) -> "PartOfYear":
        most = 12 // MONTHS_OF_A_PART[self.part]
        if self.nth > most:
            raise ValueError(
                f"when : une année n’a que {most} parties « {self.part} » ; la dernière s’écrit nth = {most}"
            )
        return self


class BeforeTerm(Frozen):
    """So long before the term: « trois mois avant le terme ». It moves as the term does.

    Attributes:
        before_term: how long.
        of: before the end of each period of a term that renews itself, or before the last of all; None where the text does
            not say: before each, to be confirmed.
    """

    MARK: ClassVar = "before_term"
    WORDS: ClassVar[BlockWords] = block_words(called=("Avant le terme", "Before the term"))
    before_term: Annotated[
        DelayBeforeEnd, field_words("Tant de temps avant le terme", "So long before the term", hint=DELAY_HINT)
    ]
    of: Annotated[
        Literal["each", "final"] | None,
        field_words(
            "De quelle période, si elle se reconduit",
            "Of which period, if it renews itself",
            values={"each": ("de chacune", "of each"), "final": ("de la dernière", "of the last")},
            folded=True,
        ),
    ] = None


class PeriodDay(Frozen):
    """A day of each period: « d’avance », « à terme échu », « dans les dix premiers jours ».

    Attributes:
        every_months: the length of a period.
        due: on its first day (« d’avance », « à terme à échoir »), or on its last (« à terme échu »).
        days: within so many days: the first of the period, or those after its last.
        year: whether periods are counted from the effect, or are those of the civil year.
        day: whether the text also says the first or the last day; where it denies ``due``, which of them counts is asked.
    """

    MARK: ClassVar = "due"
    WORDS: ClassVar[BlockWords] = block_words(
        called=("Au début ou à la fin d’une période", "At the start or the end of a period")
    )
    every_months: EveryMonths
    due: Annotated[
        Literal["advance", "arrears"],
        field_words(
            "Dû",
            "Due",
            values={
                "advance": ("d’avance (terme à échoir)", "in advance"),
                "arrears": ("à terme échu", "in arrears"),
            },
        ),
    ]
    days: Annotated[
        int | None,
        Field(ge=1, le=366),
        field_words(
            "Dans les tant de jours (les premiers, ou ceux qui suivent)",
            "Within so many days (the first, or those after)",
        ),
    ] = None
    year: Annotated[
        Literal["contract", "civil"],
        field_words("Périodes", "Periods", values={"contract": _CONTRACT, "civil": _CIVIL}),
    ] = "contract"
    day: Annotated[
        Literal["first", "last"] | None,
        field_words(
            "Le texte dit aussi le jour",
            "The text says the day too",
            values={
                "first": ("le premier de la période", "the first of the period"),
                "last": ("le dernier de la période", "the last of the period"),
            },
            folded=True,
        ),
    ] = None

    @property
    def says_two_things(self) -> bool:
        """Whether it is due in advance on a last day, or in arrears on a first."""
        return self.day is not None and (self.due == "advance") != (self.day == "first")

    @model_validator(mode="after")
    def _within_the_period(self) -> "PeriodDay":
        longest = 61 * self.every_months // 2 + 1
        if self.due == "advance" and self.days is not None and self.days > longest:
            raise ValueError(
                f"when : d’avance, les {self.days} premiers jours (days) sont plus longs que la période ({longest} jours au "
                'plus) : vérifier days et every_months, ou écrire due = "arrears"'
            )
        return self

    @model_validator(mode="after")
    def _of_the_civil_year(self) -> "PeriodDay":
        if self.year == "civil" and 12 % self.every_months:
            raise ValueError(
                "when : une année civile se partage en périodes de 1, 2, 3, 4, 6 ou 12 mois (every_months)"
            )
        return self


WAYS: Final = (YearlyDay, PeriodDay, MonthlyDay, WeeklyDay, AfterClose, PartOfYear, BeforeTerm)
MARKS: Final = tuple(way.MARK for way in WAYS)


def way_said(given: Any) -> str | None:
    """Return the tag of the way in which a duty is said to come back; None where no key tells one, or several do."""
    known = next((f"{TAGGED}{way.MARK}" for way in WAYS if isinstance(given, way)), None)
    said = [mark for mark in MARKS if isinstance(given, Mapping) and mark in given]
    said = ["due"] if said == ["due", "day"] else said  # the day, first or last, is said beside
    return known or (f"{TAGGED}{said[0]}" if len(said) == 1 else None)


When = Annotated[
    Annotated[YearlyDay, Tag(f"{TAGGED}on")]
    | Annotated[PeriodDay, Tag(f"{TAGGED}due")]
    | Annotated[MonthlyDay, Tag(f"{TAGGED}day")]
    | Annotated[WeeklyDay, Tag(f"{TAGGED}every_weeks")]
    | Annotated[AfterClose, Tag(f"{TAGGED}after_close")]
    | Annotated[PartOfYear, Tag(f"{TAGGED}part")]
    | Annotated[BeforeTerm, Tag(f"{TAGGED}before_term")],
    Discriminator(
        way_said,
        custom_error_type=NO_WAY,
        custom_error_message=f"il faut l’une de ces clés, et une seule : {', '.join(MARKS)}",
    ),
]
"""When a duty comes back on days of the calendar."""


def times_at_most(when: When, months: int) -> int:
    """Return how many times at most a duty comes back in so many months."""
    match when:
        case YearlyDay():
            return len(when.on) * (months // 12 + 2)
        case MonthlyDay() | PeriodDay():
            return months // when.every_months + 2
        case WeeklyDay():  # told month by month
            return months + 2
    return months // 12 + 2
