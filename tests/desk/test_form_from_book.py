"""A function of the address book is taken up in the form: its party, its address and its language come with it."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.stores.address_book import AddressBook
from echeancier.desk.book.typed import new_entry
from echeancier.desk.form.edits import blank_sheet
from echeancier.desk.form.from_book import take_up
from echeancier.domain.book.entry import BookEntry, BookFunction
from tests.desk.html import Page, Typed, read
from tests.desk.test_form_page import FORM, post

ENTRY = new_entry(
    BookFunction(institution="Agence du Nord", function="Service des réseaux", address="reseaux@nord.example", language="en"),
    datetime(2023, 3, 1, tzinfo=UTC),
    "coordinator",
)  # fmt: skip


@pytest.fixture
def entry(tmp_path: Path) -> BookEntry:
    AddressBook(tmp_path / "book.json").put([ENTRY], shown={})
    return ENTRY


async def parties_step(client: httpx.AsyncClient) -> str:
    first = Typed((await client.get(FORM)).text).fields
    return (await post(client, {**first, "do": "go:parties"})).text


async def test_a_function_fills_the_blank_role_of_the_party_chosen_and_names_that_party(
    client: httpx.AsyncClient, entry: BookEntry
) -> None:
    page = await parties_step(client)
    assert "Agence du Nord, Service des réseaux (reseaux@nord.example)" in read(page).text
    given = {**Typed(page).fields, "book.entry": entry.id, "book.party": "partenaire", "do": "book"}
    after = await post(client, given)
    read(after.text)
    typed = Typed(after.text).fields
    assert (typed["parties.1.name"], typed["roles.2.party"]) == ("Agence du Nord", "partenaire")
    assert (typed["roles.2.function"], typed["roles.2.address"]) == ("Service des réseaux", "reseaux@nord.example")
    assert typed["roles.2.language"] == "en"
    assert "roles.3.function" not in typed
    again = Typed((await post(client, {**typed, "book.entry": entry.id, "book.party": "", "do": "book"})).text).fields
    assert "roles.3.function" not in again
    assert "parties.2.name" not in again


async def test_nothing_chosen_is_said_and_an_empty_book_offers_nothing(
    client: httpx.AsyncClient, entry: BookEntry, tmp_path: Path
) -> None:
    page = await parties_step(client)
    after = await post(client, {**Typed(page).fields, "book.entry": "", "book.party": "", "do": "book"})
    assert "Choisir d’abord une fonction" in Page.read(after.text).text
    AddressBook(tmp_path / "book.json").put([], shown={entry.id: 1}, without=[entry.id])
    assert "book.entry" not in await parties_step(client)


def test_without_a_party_its_institution_is_found_or_added() -> None:
    sheet = blank_sheet()
    assert take_up(sheet, [ENTRY], ENTRY.id, "") == "roles.3"
    assert [one["name"] for one in sheet["parties"]] == ["", "", "Agence du Nord"]
    assert sheet["roles"][3]["party"] == sheet["parties"][2]["key"]
    named = blank_sheet()
    named["parties"][1]["name"] = "agence du nord"
    assert take_up(named, [ENTRY], ENTRY.id, "") == "roles.2"
    assert len(named["parties"]) == 2


@pytest.mark.parametrize("hostile", ["x", {"0": "x"}, ["x", {}]])
def test_a_sheet_that_is_no_list_takes_a_function_all_the_same(hostile: object) -> None:
    sheet = {**blank_sheet(), "roles": hostile, "parties": hostile}
    place = take_up(sheet, [ENTRY], ENTRY.id, "nobody")
    assert sheet["roles"][int(place.removeprefix("roles."))]["address"] == ENTRY.address
