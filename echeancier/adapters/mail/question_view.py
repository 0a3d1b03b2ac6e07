"""The questions of a mail in words: the first in full, the others too as far as there is room, else one line each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from echeancier.adapters.mail.desk_pages import form_page
from echeancier.adapters.mail.line_view import Circumstances, because, quoted
from echeancier.adapters.mail.phrases import words
from echeancier.domain.dates.words import in_words
from echeancier.domain.messages.order import Asked

_ROOM: Final = 200
"""Words for the questions that are said in full, in a mail that only asks."""

_ROOM_BESIDE: Final = 100
"""The same in a mail that says something else first."""

_OF_A_LETTER: Final = 60
"""Words of that room that each letter in the same mail takes."""


@dataclass(frozen=True)
class QuestionView:
    """A question in words.

    Attributes:
        reason_again: the line of reason once the convention has been named.
        page: its form at the desk.
        in_full: with its readings and where it comes from, else in one line.
    """

    about: str
    why: str
    readings: tuple[tuple[str, str], ...]
    reason: str
    reason_again: str
    reference: str
    expected: str
    since: str
    page: str
    button: str
    in_full: bool = True

    @property
    def length(self) -> int:
        """Words of it in full."""
        said = (self.about, self.why, self.reason, *(text for reading in self.readings for text in reading))
        return sum(len(text.split()) for text in said)


def question_views(
    asked: Iterable[Asked], reading: Circumstances, *, alone: bool, letters: int = 0
) -> tuple[QuestionView, ...]:
    """Return questions in words.

    Args:
        asked: in their order.
        reading: in which circumstances they are read.
        alone: whether the mail says nothing else.
        letters: how many are spoken of in it.
    """
    room = _ROOM if alone else _ROOM_BESIDE - letters * _OF_A_LETTER
    return tuple(_in_room((_question(one, reading) for one in asked), room))


def _in_room(questions: Iterable[QuestionView], room: int) -> Iterator[QuestionView]:
    for number, one in enumerate(questions):
        room -= one.length
        yield one if room >= 0 or number == 0 else replace(one, in_full=False)


def _question(asked: Asked, reading: Circumstances) -> QuestionView:
    label = words(reading.language)["question"]
    about_the_file = asked.id.startswith(("close-without/", "was-done/"))
    says = quoted(asked.says.in_language(reading.language))
    return QuestionView(
        about=asked.about.in_language(reading.language),
        why=label["about_the_file"] if about_the_file else label[asked.kind],
        readings=tuple(
            (says.in_language(reading.language).rstrip(" ."), turns.in_language(reading.language))
            for says, turns in asked.readings
        ),
        reason=because(reading, asked.article, says),
        reason_again=because(reading, asked.article, says, again=True),
        reference=reading.reference,
        expected=label.get(asked.answer, label["text"]),
        since=in_words(asked.since, reading.language) if asked.since else "",
        page=form_page(reading.desk, reading.reference, "question-answered", question=asked.id) if reading.desk else "",
        button=words(reading.language)["desk"]["answer"],
    )
