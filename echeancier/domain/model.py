"""What every model of the domain shares: frozen, strict about unknown fields, bilingual texts."""

from datetime import date, time
from typing import Annotated, Final, Protocol

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticKnownError

from echeancier.domain.characters import without_hidden

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""A name chosen once and kept for life: lower case, digits and hyphens."""

REFERENCE: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$"
"""What a convention's own name is made of: it is also the name of its workflow, of its keys and of its folder."""

Reference = Annotated[str, StringConstraints(pattern=REFERENCE, to_upper=True)]
"""A convention's own name, in capitals: two that differ by case are one (docs/adr/0018-what-the-door-accepts.md)."""

OR_NONE: Final = f"^$|{REFERENCE}"
ReferenceOrNone = Annotated[str, StringConstraints(pattern=OR_NONE, to_upper=True)]
"""The same, or nothing."""

LINE_LIMIT, PROSE_LIMIT = 300, 5000

OneLine = Annotated[str, StringConstraints(max_length=LINE_LIMIT), AfterValidator(without_hidden)]
"""A short text: a title, a name, a function. One line, nothing hidden in it."""

Named = Annotated[OneLine, StringConstraints(min_length=1)]
"""A short text that says something."""


def _paragraphs(text: str) -> str:
    """Each paragraph holds nothing hidden; forms send CRLF, word processors tabs."""
    return without_hidden(text.replace("\r\n", "\n").replace("\t", " "), several_lines=True)


Prose = Annotated[str, StringConstraints(max_length=PROSE_LIMIT), AfterValidator(_paragraphs)]
"""A text of one or several paragraphs, nothing hidden in them."""

FIRST_YEAR, LAST_YEAR = 1950, 2199


def _of_our_times(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day.isoformat()} : l’année doit être comprise entre {FIRST_YEAR} et {LAST_YEAR}")
    return day


def _no_seconds(given: object) -> object:
    """Refuse a number, or a text of digits: pydantic would read it as seconds since 1970."""
    if isinstance(given, int | float) or (isinstance(given, str) and "-" not in given[1:]):
        raise PydanticKnownError("date_type")
    return given


Day = Annotated[date, AfterValidator(_of_our_times), BeforeValidator(_no_seconds)]
"""A day of the paper: beyond these years the calendar of holidays means nothing, it is a slip of the pen."""


def _in_every_year(text: str) -> str:
    month, day = int(text[:2]), int(text[3:])
    if not 1 <= month <= 12 or not 1 <= day <= 29 + (month != 2) + (month in (1, 3, 5, 7, 8, 10, 12)):
        raise ValueError(f"« {text} » n’est pas un jour de l’année : mois-jour, comme 05-15 pour le 15 mai")
    return text


DayOfYear = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$"), AfterValidator(_in_every_year)]
"""A day of the year, month then day, as ``05-15``; 29 February is the 28th where there is none."""


def _no_count(given: object) -> object:
    """Refuse a number, or a text of digits: pydantic would read it as seconds since midnight."""
    if isinstance(given, int | float) or (isinstance(given, str) and ":" not in given):
        raise PydanticKnownError("time_type")
    return given


def _of_the_place(hour: time) -> time:
    if hour.tzinfo is not None:
        raise ValueError(f"{hour.isoformat()} : une heure du lieu est attendue, sans décalage, comme 14:00:00")
    return hour


Hour = Annotated[time, AfterValidator(_of_the_place), BeforeValidator(_no_count)]
"""An hour of the place's own clocks."""

Months = Annotated[int, Field(ge=1, le=600)]
"""A printed duration: fifty years at most."""


class Frozen(BaseModel):
    """A value: never changed in place, unknown fields refused so that a typing mistake cannot pass for a term.

    What checks it is built at its first use: a command uses few of the models that it loads.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


def build_models(*kinds: type[BaseModel]) -> None:
    """Build what checks these models and their subclasses loaded so far: for what may not pause to do it."""
    for kind in kinds:
        kind.model_rebuild()
        build_models(*kind.__subclasses__())


class Text(Frozen):
    """The same words in the two languages of the interface, French first."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in ``language``; anything that is not English is French, so is what nobody wrote in English."""
        return self.en or self.fr if language == "en" else self.fr


class Titled(Protocol):
    """A thing of the file that has a title, in English too where somebody wrote it."""

    @property
    def title(self) -> str:
        """In French."""
        ...

    @property
    def title_en(self) -> str:
        """In English; empty where nobody wrote it."""
        ...


def title_of(one: Titled) -> Text:
    """Return a title in both languages; in French twice where nobody wrote it in English."""
    return Text(fr=one.title, en=one.title_en or one.title)
