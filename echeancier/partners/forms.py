"""What somebody fills in beside the button: a day, an hour, some words; kept as typed when it is refused."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from starlette.datastructures import FormData

from echeancier.domain.answers.click import Clicked
from echeancier.domain.answers.fact_of_click import WORD_LIMIT, Said, shown_twice
from echeancier.domain.dates.words import hour_of_two
from echeancier.domain.facts.refusal import Refusal, refusal

_FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?")


@dataclass(frozen=True)
class Filled:
    """The fields as typed."""

    on: str = ""
    day: str = ""
    hour: str = ""
    word: str = ""
    meant: str = ""

    def said(self) -> Said:
        """Return what was filled in.

        Raises:
            Refusal: a day or an hour that cannot be read; what would be read is said.
        """
        if len(self.word) > WORD_LIMIT:
            raise refusal(
                f"le mot est trop long : {WORD_LIMIT} caractères au plus.",
                f"the message is too long: {WORD_LIMIT} characters at most.",
            )
        on = _day(self.on) if self.on else None
        if not self.day and (on is not None or not self.hour):
            return Said(on=on, hour=_hour(self.hour) if self.hour else None, meant=self._meant(), word=self.word)
        if not self.day or not self.hour:
            raise refusal("indiquer le jour et l’heure.", "give both the day and the hour.")
        return Said(on=on, proposed_at=datetime.combine(_day(self.day), _hour(self.hour)), word=self.word)

    def two(self, link: Clicked, language: str) -> tuple[tuple[str, str], ...]:
        """Return both instants of the hour that was typed, where the clocks show it twice: the value, and the words."""
        try:
            on, hour = _day(self.on), _hour(self.hour)
        except Refusal:
            return ()
        return tuple((one.isoformat(), hour_of_two(one, language)) for one in shown_twice(link, on, hour))

    def _meant(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.meant)
        except ValueError:
            return None  # asked again, in words


def filled(form: FormData) -> Filled:
    """Return the fields of a form."""
    given = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    return Filled(*(given.get(name, "") for name in ("on", "day", "hour", "word", "meant")))


def _day(text: str) -> date:
    try:
        if french := _FRENCH_DAY.fullmatch(text):
            day, month, year = map(int, french.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise refusal(
            f"« {text[:40]} » n’est pas un jour du calendrier ; écrire par exemple 14/01/2027.",
            f"“{text[:40]}” is not a day of the calendar; write for instance 2027-01-14.",
        ) from None


def _hour(text: str) -> time:
    found = _HOUR.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise refusal(
            f"« {text[:40]} » n’est pas une heure ; écrire par exemple 10:30.",
            f"“{text[:40]}” is not an hour; write for instance 10:30.",
        )
    return time(hour, minute)
