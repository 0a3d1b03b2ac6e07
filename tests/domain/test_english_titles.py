"""What an English reader is shown of a thing: its own words in English, or the French ones; never nothing, never another's."""

from datetime import date
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.agenda.items import Item
from echeancier.domain.messages.compose import line
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, convention, duty, end_duty, meeting_duty, recorded, seen, signed

CLAUSES: Final[list[dict[str, Any]]] = [
    {"id": "A1", "article": "art. 1", "says": "ce que dit l’article", "says_en": "what the first one says"},
    {"id": "A2", "article": "art. 2", "says": "le bilan de l’année"},
    {"id": "A3", "article": "art. 3", "says": "les données", "says_en": "the data"},
]
OWED: Final = {"owed_by": "agency", "owed_to": "town", "responsible": [], "clauses": ["A3"]}


def _terms() -> Convention:
    return convention(
        clause=CLAUSES,
        duty=[
            duty("one", title="Bilan", title_en="", clauses=["A2"]),
            duty("two", title="Bilan", title_en="Balance sheet", clauses=["A3"]),
            meeting_duty("three", title="Point", title_en="", clauses=["A2"]),
        ],
        one_off=[{"id": "once", "kind": "other", "title": "Une fois", "title_en": "", "on": date(2022, 5, 2), **OWED}],
        end_duty=[{**end_duty(), "title": "Effacement", "title_en": "", "clauses": ["A2"]}],
    )


def _seen() -> tuple[Situation, dict[str, Item]]:
    records = recorded(*signed("2022-01-01"))
    terms = _terms()
    return situation(terms, records, at("2022-11-01")), {i.series: i for i in seen(terms, records, "2022-11-01").items}


@pytest.mark.parametrize(
    ("series", "title", "says"),
    [
        ("one", "Bilan", "le bilan de l’année"),
        ("two", "Balance sheet", "the data"),
        ("three", "Point", "le bilan de l’année"),
        ("once", "Une fois", "the data"),
        ("destruction", "Effacement", "le bilan de l’année"),
    ],
)
def test_a_title_and_an_article_are_their_own_or_french(series: str, title: str, says: str) -> None:
    s, items = _seen()
    row = item_row(s, items[series], "en")
    assert (row.title, row.says) == (title, says)
    told = line(s, items[series], "notice", "coordinator")
    assert (told.title.in_language("en"), told.says.in_language("en")) == (title, says)


def test_every_thing_of_an_agenda_has_a_title_in_english() -> None:
    _, items = _seen()
    assert [key for key, one in items.items() if not one.title.en.strip()] == []


def test_words_that_nobody_wrote_in_english_are_french() -> None:
    assert Text(fr="Point", en="").in_language("en") == "Point"
    assert Text(fr="Point", en="Meeting").in_language("en") == "Meeting"
