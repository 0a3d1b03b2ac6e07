"""The subject of a mail: whole, in at most seventy characters, naming the thing and the day."""

from collections.abc import Iterable, Sequence

from echeancier.adapters.mail.line_view import LineView, SubjectWords
from echeancier.adapters.mail.phrases import words
from echeancier.domain.agenda.short_titles import without_details
from echeancier.domain.dates.words import days_in_words
from echeancier.domain.text import shortened
from echeancier.domain.typography import in_language

SUBJECT_ROOM = 70
"""Characters of a subject, so that a list of mails shows it whole."""


def first_that_fits(wordings: Iterable[str], language: str) -> str:
    """Return the first wording that fits, as printed; the last of them is cut where none does.

    Raises:
        ValueError: there is no wording.
    """
    printed = [in_language(days_in_words(one, language), language).strip() for one in wordings]
    if not printed:
        raise ValueError("un courriel sans objet")
    return next((one for one in printed if len(one) <= SUBJECT_ROOM), "") or shortened(printed[-1], SUBJECT_ROOM)


def of_line(line: LineView, language: str) -> tuple[str, ...]:
    """Return what a subject may say of one line, the fullest wording first: what the thing is matters more than the verb."""
    said = line.subject
    patterns: Sequence[str] = words(language)["subject"][said.pattern]
    return tuple(_filled(pattern, name, said) for name in _names(said) for pattern in patterns)


def of_lines(lines: Sequence[LineView], language: str, more: int = 0) -> tuple[str, ...]:
    """Return what a subject may say of lines, the most pressing first, and of ``more`` things to do besides."""
    todo = [line for line in lines if line.to_do] or list(lines)
    count = len(todo) + more
    if count == 1:
        return of_line(todo[0], language)
    said, pattern = todo[0].subject, "several_overdue" if todo[0].is_late else "several"
    if said.pattern in ("hours", "pending"):
        pattern = f"several_{said.pattern}"
    if not said.day:
        pattern = "several_no_day"
    table = words(language)["subject"]
    others = table["other"] if count == 2 else table["others"].format(n=count - 1)
    return tuple(_filled(one, name, said, count, others) for one in table[pattern] for name in _own_names(said))


def with_more(wordings: Iterable[str], more: int, language: str) -> tuple[str, ...]:
    """Return wordings that tell of ``more`` other things, then those that do not."""
    given = tuple(wordings)
    if not more:
        return given
    pattern = words(language)["subject"]["and_more" if more == 1 else "and_more_many"]
    return (*(pattern.format(subject=one, n=more) for one in given), *given)


def _names(said: SubjectWords) -> tuple[str, ...]:
    """The thing by its own names, at last by what such things are called."""
    return tuple(filter(None, (*_own_names(said), said.kind)))


def _own_names(said: SubjectWords) -> tuple[str, ...]:
    shorter = (without_details(name) for name in said.names)
    return tuple(dict.fromkeys((*said.names, *shorter)))


def _filled(pattern: str, name: str, said: SubjectWords, count: int = 0, others: str = "") -> str:
    return pattern.format(
        name=name, to=said.to, weekday=said.weekday, day=said.day, hour=said.hour, n=count, others=others
    )
