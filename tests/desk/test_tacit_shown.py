"""On the desk, a term that renews itself shows until when it binds and what happens then, and counts as no end."""

import csv
import io
from datetime import date

import httpx
import pytest

from echeancier.desk.deadlines.lines import by_month, lines
from echeancier.desk.deadlines.spreadsheet import cells, csv_of, headings
from echeancier.engine.gateway import Row
from tests.desk.fakes import FakeRegister, row_of
from tests.desk.html import read
from tests.support.door import running, small
from tests.support.tacit import instant, renewing

TODAY = date(2023, 3, 1)
SENTENCE = (
    "Reconduite jusqu’au 28/02/2025 si personne n’écrit\u00a0; pour l’éviter, poster au plus tard le 01/12/2023 "
    "(dernier jour utile\u00a0: 31/12/2023)"
)


@pytest.fixture
def register(register: FakeRegister) -> FakeRegister:
    dossier = renewing()
    register.dossiers = {dossier.convention.reference: dossier}
    return register


def row(**changes: object) -> Row:
    given = {"bound_until": date(2023, 4, 1), "next_posting_day": None, "next_safe_day": None, "has_alert": False}
    words = {"reference": "A", "status": "in-force", "kind": "other", "partner": "P", "service": "S"}
    return Row(**{**words, **given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("page", ["/conventions/SMALL", "/echeances"])
async def test_a_page_says_until_when_it_binds_and_what_happens_then(client: httpx.AsyncClient, page: str) -> None:
    await client.get("/conventions/SMALL")  # its dossier is read
    told = read((await client.get(page)).text).text
    assert "ngagés jusqu’au" in told
    assert SENTENCE in told
    for wrong in ("fin inconnue", "pas encore connu"):
        assert wrong not in told


async def test_the_head_of_the_page_names_each_day(client: httpx.AsyncClient) -> None:
    told = (await client.get("/conventions/SMALL")).text
    head = told[told.index("<dl") : told.index("</dl>")]
    assert "<dt>Engagés jusqu’au</dt>" in head
    assert "Dernier jour en vigueur" not in head
    assert "au plus tard, reconductions comprises\u00a0: vendredi" in head
    told = (await client.get("/conventions/SMALL?lang=en")).text
    assert "<dt>Bound until</dt>" in told
    assert "Renewed until 2025-02-28 if nobody writes; to stop it, post by 2023-12-01" in told


async def test_the_list_says_that_its_day_is_no_end(client: httpx.AsyncClient) -> None:
    assert "engagés jusqu’au 29/02/2024" in read((await client.get("/conventions")).text).text


def test_a_row_has_no_end_while_it_renews_itself() -> None:
    found = row_of(renewing(), instant("2022-06-01"))
    assert (found.bound_until, found.renews_itself, found.ends_on) == (date(2023, 2, 28), True, None)
    assert row().ends_on == date(2023, 4, 1)


def test_renewals_are_counted_apart_from_ends() -> None:
    months = by_month([row(), row(renews_itself=True), row(renews_itself=True)], TODAY, 3)
    assert [(m.ends, m.renewals) for m in months] == [(0, 0), (1, 2), (0, 0), (0, 0)]


@pytest.mark.parametrize(("renews", "column", "other"), [
    (True, "Engagés jusqu’au", "Dernier jour en vigueur"),
    (False, "Dernier jour en vigueur", "Engagés jusqu’au"),
])  # fmt: skip
def test_a_spreadsheet_never_puts_both_days_in_one_column(column: str, other: str, *, renews: bool) -> None:
    (due,) = lines([row(renews_itself=renews)], {}, TODAY, "fr")
    line = dict(zip(headings("fr"), cells(due), strict=True))
    assert (line[column], line[other]) == (date(2023, 4, 1), None)
    (_, printed) = csv.reader(io.StringIO(csv_of([due], "fr").decode("utf-8-sig")), delimiter=";")
    assert dict(zip(headings("fr"), printed, strict=True))[column] == "01/04/2023"


async def test_a_relative_says_that_its_day_is_no_end(client: httpx.AsyncClient, register: FakeRegister) -> None:
    annex = renewing(cap=None)
    annex.convention = annex.convention.model_copy(update={"reference": "AFTER", "follows": "SMALL"})
    register.dossiers["AFTER"] = annex
    await client.get("/conventions/SMALL")
    told = read((await client.get("/conventions/AFTER")).text).text
    assert "engagés jusqu’au 29/02/2024" in told[told.index("Fait suite à") :][:200]


async def test_a_term_without_a_last_day_says_so_in_its_place(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    dossier = running(small(term={"unlimited": True, "clauses": ["T.1"]}))
    register.dossiers = {"SMALL": dossier}
    told = (await client.get("/conventions/SMALL")).text
    assert (
        "<dt>Dernier jour en vigueur</dt><dd>Durée indéterminée\u00a0: ne s’achève que si quelqu’un y met fin</dd>"
        in told
    )
    assert "fin inconnue" not in (await client.get("/echeances")).text
