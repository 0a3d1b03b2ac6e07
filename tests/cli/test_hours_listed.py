"""Where hours count, `list` and `upcoming` say the hour, on the clocks of the convention's place."""

import io
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from echeancier.cli.show.list_page import print_list, print_upcoming, rows_document, upcoming_document
from echeancier.cli.windows import dated
from echeancier.engine.gateway import Row
from tests.desk.fakes import row_of
from tests.domain.builders import at
from tests.domain.test_planning_hours import found

FOUND = at("2022-03-04", 19)
TODAY = date(2022, 3, 4)


def row(**place: Any) -> Row:
    lived = found(FOUND)
    if place:
        terms = lived.dossier.convention
        lived.dossier.convention = terms.model_copy(update={"place": terms.place.model_copy(update=place)})
    return row_of(lived.dossier, FOUND)


def written(*, upcoming: bool, language: str, of: Row) -> str:
    out = Console(file=io.StringIO(), width=200)
    if upcoming:
        print_upcoming(out, dated([of], TODAY, 90), TODAY, 90, language)
    else:
        print_list(out, [of], language)
    assert isinstance(out.file, io.StringIO)
    return " ".join(out.file.getvalue().replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("language", "listed", "comes"),
    [
        ("fr", "au plus tard le 06/03/2022, 7 h", "dernier délai à 7 h"),
        ("en", "by 2022-03-06, 07:00", "last moment at 07:00"),
    ],
)
def test_the_hour_stands_beside_the_day(language: str, listed: str, comes: str) -> None:
    assert listed in written(upcoming=False, language=language, of=row())
    assert comes in written(upcoming=True, language=language, of=row())


def test_the_documents_have_the_instant_with_its_offset() -> None:
    (line,) = rows_document([row()])
    assert line["last_instant"] == "2022-03-06T07:00:00+01:00"
    comes = [one for one in upcoming_document(dated([row()], TODAY, 90)) if one["what"] == "last-instant"]
    assert [(one["day"], one["at"]) for one in comes] == [("2022-03-06", "2022-03-06T07:00:00+01:00")]


def test_the_hour_is_that_of_the_place() -> None:
    (line,) = rows_document([row(time_zone="Indian/Reunion")])
    assert line["last_instant"] == "2022-03-06T10:00:00+04:00"


def test_where_only_days_count_there_is_no_hour() -> None:
    lived = found(FOUND)
    lived.dossier.facts = [record for record in lived.dossier.facts if record.fact.kind != "event"]
    (line,) = rows_document([row_of(lived.dossier, FOUND)])
    assert line["last_instant"] is None
    assert not [one for one in dated([row_of(lived.dossier, FOUND)], TODAY, 90) if one.what == "last-instant"]
