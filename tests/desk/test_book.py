"""The address book at the desk: shown before it is made, told to each convention once, never half done without saying so."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.address_book import AddressBook
from echeancier.desk.app import create_app
from echeancier.desk.book.wish import TICK
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.desk.state import Desk
from echeancier.domain.book.change import ToldState
from echeancier.domain.book.entry import BookEntry
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.people import RoleChanged
from echeancier.engine.errors import NoAnswerError
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister
from tests.desk.html import Page, read
from tests.domain import builders as b
from workflows.messages import Recording

NOW = datetime(2021, 12, 9, 9, tzinfo=UTC)
REFERENCES = ("A-1", "B-1", "C-1")
FORMER = b.convention().roles["partner"].address
NEW = "nouvelle.adresse@agence.example"


class Some(FakeRegister):
    """Records as the door does; those that are silent do not answer."""

    silent: frozenset[str] = frozenset()
    silence: str = "le moteur ne répond pas"

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        if reference in self.silent:
            raise NoAnswerError(self.silence)
        return await super().record(reference, fact, by, request)

    def said(self, reference: str) -> list[RoleChanged]:
        return [one.fact for one in self.dossiers[reference].facts if isinstance(one.fact, RoleChanged)]


@pytest.fixture
def register() -> Some:
    made = Some(at=NOW)
    for reference in REFERENCES:
        terms = b.convention(reference=reference)
        made.dossiers[reference] = Dossier(convention=terms, registered_at=NOW, registered_by="coordinator", facts=[])
    return made


@pytest.fixture
def book(tmp_path: Path) -> AddressBook:
    return AddressBook(tmp_path / "book.json")


@pytest.fixture
async def app(register: Some, tmp_path: Path) -> AsyncIterator[FastAPI]:
    settings = Settings(_env_file=None, data=tmp_path)
    made = create_app(register, settings, clock=lambda: NOW, keys=SessionKeys.of(b"of the tests"))
    yield made
    await made.state.desk.telling.close()


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    found = app.state.desk
    assert isinstance(found, Desk)
    return found


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor


async def send(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    """Send a form under a token of now; what is not said is as the page of that path has it."""
    token = Page.read((await client.get("/annuaire")).text).hidden["token"]
    return await client.post(path, data={"token": token, **fields})


async def filled(client: httpx.AsyncClient, book: AddressBook) -> BookEntry:
    """Take in what the conventions use; return the function that all three call their partner."""
    added = await send(client, "/annuaire/trouvees")
    assert added.headers["location"] == "/annuaire?ok=book-added"
    return next(one for one in book.all() if one.address == FORMER)


def typed(entry: BookEntry, **changes: str) -> dict[str, str]:
    written = {"institution": entry.institution, "function": entry.function, "address": entry.address}
    shown = {**written, "language": entry.language, "until": ""}
    return {**shown, "on": "2021-12-09", "version": str(entry.version), "do": "look", **changes}


def made(preview: httpx.Response, fields: dict[str, str], *, without: str = "") -> dict[str, str]:
    """What is sent by whoever agrees with a preview, but for a convention that is left out."""
    page = read(preview.text)
    boxes = {
        name: "true" for name in page.inputs.values() if name.startswith(TICK) and not (without and without in name)
    }
    return {**fields, **page.hidden, **boxes, "do": "make"}


async def test_the_functions_of_the_open_conventions_are_taken_in_with_one_gesture(
    client: httpx.AsyncClient, book: AddressBook
) -> None:
    roles = {(role.function, role.address) for role in b.convention().roles.values()}
    page = read((await client.get("/annuaire")).text)
    assert f"{len(roles)}\u00a0fonctions trouvées dans les conventions ouvertes" in page.text
    await filled(client, book)
    assert {(one.function, one.address) for one in book.all()} == roles
    page = read((await client.get("/annuaire")).text)
    assert "trouvées dans les conventions" not in page.text
    await send(client, "/annuaire/trouvees")  # twice
    assert len(book.all()) == len(roles)


async def test_a_change_is_shown_before_it_is_made_then_told_to_each_convention_once(
    client: httpx.AsyncClient, book: AddressBook, register: Some
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW, on="2022-01-03")
    preview = await send(client, f"/annuaire/{entry.id}", **fields)
    page = read(preview.text)
    assert "Rien n’est encore enregistré" in page.text
    assert all(reference in page.text for reference in REFERENCES)
    assert not any(register.said(reference) for reference in REFERENCES)
    assert NEW not in {one.address for one in book.all()}
    agreed = made(preview, fields, without="C-1")
    done = await send(client, f"/annuaire/{entry.id}", **agreed)
    again = await send(client, f"/annuaire/{entry.id}", **agreed)
    assert done.headers["location"] == again.headers["location"]
    said = [(one.on, one.address) for reference in REFERENCES for one in register.said(reference)]
    assert said == [(date(2022, 1, 3), NEW)] * 2
    assert register.said("C-1") == []
    assert "C’est fait partout" in read((await client.get(done.headers["location"])).text).text
    kept = book.get(entry.id)
    assert kept is not None
    assert (kept.address, kept.version, kept.since) == (NEW, 2, date(2022, 1, 3))


async def test_what_one_convention_did_not_answer_is_said_and_done_again_where_it_is_missing(
    client: httpx.AsyncClient, book: AddressBook, register: Some
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW)
    preview = await send(client, f"/annuaire/{entry.id}", **fields)
    register.silent = frozenset({"B-1"})
    done = await send(client, f"/annuaire/{entry.id}", **made(preview, fields))
    place = done.headers["location"]
    page = read((await client.get(place)).text)
    assert "pas encore toutes les conventions" in page.text
    assert "le moteur ne répond pas" in page.text
    assert place in read((await client.get("/annuaire")).text).links
    register.silent = frozenset()
    await send(client, place, do="again")
    assert "C’est fait partout" in read((await client.get(place)).text).text
    assert [len(register.said(reference)) for reference in REFERENCES] == [1, 1, 1]


async def test_a_refusal_in_odd_signs_is_kept_and_the_book_still_reads(
    client: httpx.AsyncClient, book: AddressBook, register: Some, tmp_path: Path
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW)
    agreed = made(await send(client, f"/annuaire/{entry.id}", **fields), fields)
    register.silent, register.silence = frozenset({"B-1"}), "sans réponse \u202e\x00\n" * 300
    done = await send(client, f"/annuaire/{entry.id}", **agreed)
    assert "sans réponse" in read((await client.get(done.headers["location"])).text).text
    assert AddressBook(tmp_path / "book.json").changes()


async def test_a_change_waits_until_the_one_before_it_is_everywhere(
    client: httpx.AsyncClient, book: AddressBook, register: Some
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW)
    agreed = made(await send(client, f"/annuaire/{entry.id}", **fields), fields)
    register.silent = frozenset({"B-1"})
    first = (await send(client, f"/annuaire/{entry.id}", **agreed)).headers["location"]
    fields = typed(entry, address="encore@agence.example", version="2")
    preview = await send(client, f"/annuaire/{entry.id}", **fields)
    assert first in read(preview.text).links
    assert 'value="make"' not in preview.text
    refused = await send(client, f"/annuaire/{entry.id}", **made(preview, fields))
    assert refused.status_code == 409
    assert [one.address for one in book.all() if one.id == entry.id] == [NEW]
    register.silent = frozenset()
    await send(client, first, do="again")
    agreed = made(await send(client, f"/annuaire/{entry.id}", **fields), fields)
    assert (await send(client, f"/annuaire/{entry.id}", **agreed)).status_code == 303
    assert [[one.address for one in register.said(name)] for name in REFERENCES] == [[NEW, "encore@agence.example"]] * 3


async def test_a_request_that_is_none_of_ours_is_only_looked_at(client: httpx.AsyncClient, book: AddressBook) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW)
    agreed = made(await send(client, f"/annuaire/{entry.id}", **fields), fields)
    done = await send(client, f"/annuaire/{entry.id}", **{**agreed, "request": "../../etc"})
    assert done.status_code == 303
    assert "etc" not in done.headers["location"]


async def test_a_desk_that_ended_in_the_middle_finishes_at_its_next_start_and_records_nothing_twice(
    client: httpx.AsyncClient, book: AddressBook, register: Some, desk: Desk
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW)
    preview = await send(client, f"/annuaire/{entry.id}", **fields)
    await send(client, f"/annuaire/{entry.id}", **made(preview, fields))
    (change,) = book.changes()
    book.tell(
        change.id, [one.model_copy(update={"state": ToldState.TO_TELL}) for one in change.roles]
    )  # as before the cut
    register.dossiers["B-1"].facts.clear()  # told of nothing yet; the others were
    finishing = asyncio.create_task(desk.telling.keep_finishing())
    async with asyncio.timeout(20):
        while not book.changes()[0].is_over:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    finishing.cancel()
    assert [len(register.said(reference)) for reference in REFERENCES] == [1, 1, 1]


async def test_a_convention_purged_between_the_look_and_the_change_is_said_to_be_gone(
    client: httpx.AsyncClient, book: AddressBook, register: Some
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, address=NEW)
    preview = await send(client, f"/annuaire/{entry.id}", **fields)
    agreed = made(preview, fields)
    del register.dossiers["B-1"]  # the list of the desk still has it for some seconds
    done = await send(client, f"/annuaire/{entry.id}", **agreed)
    text = read((await client.get(done.headers["location"])).text).text
    assert "C’est fait partout" in text
    assert "purgée entre-temps" in text


async def test_what_changed_in_a_convention_since_the_look_is_shown_again_with_the_choices_made(
    client: httpx.AsyncClient, book: AddressBook, register: Some, desk: Desk
) -> None:
    entry = await filled(client, book)
    fields = typed(entry, function="Direction des alliances")
    preview = await send(client, f"/annuaire/{entry.id}", **fields)
    agreed = made(preview, fields, without="C-1")
    entered = b.convention(reference="D-1")
    register.dossiers["D-1"] = Dossier(convention=entered, registered_at=NOW, registered_by="coordinator", facts=[])
    desk.shelf.wrote("D-1")
    answer = await send(client, f"/annuaire/{entry.id}", **agreed)
    assert answer.status_code == 409
    page = read(answer.text)
    assert "les conventions ont changé" in page.text
    assert "D-1" in page.text
    ticked = [line for line in answer.text.split("<input") if 'type="checkbox"' in line and " checked" in line]
    assert [any(f"{TICK}{reference}/" in line for line in ticked) for reference in (*REFERENCES, "D-1")] == [
        True, True, False, True,
    ]  # fmt: skip
    assert not any(register.said(reference) for reference in REFERENCES)


async def test_two_people_who_edit_at_once_are_told_and_lose_nothing(
    client: httpx.AsyncClient, book: AddressBook
) -> None:
    entry = await filled(client, book)
    shown = {f"was.{name}": value for name, value in typed(entry).items() if name not in ("on", "version", "do")}
    await send(client, f"/annuaire/{entry.id}", **shown, **typed(entry, until="2030-06-30"))
    late = await send(client, f"/annuaire/{entry.id}", **shown, **typed(entry, address=NEW))
    assert late.status_code == 409
    assert "a été modifiée dans l’annuaire par" in read(late.text).text
    assert f'value="{NEW}"' in late.text
    assert 'value="2030-06-30"' in late.text
    kept = book.get(entry.id)
    assert kept is not None
    assert kept.address == FORMER
    hidden = read(late.text).hidden
    again = await send(
        client, f"/annuaire/{entry.id}", **typed(kept, address=NEW, until="2030-06-30", version=hidden["version"])
    )
    assert again.status_code == 200
    assert "Rien n’est encore enregistré" in again.text


async def test_two_entries_of_one_address_are_proposed_and_become_one_in_the_conventions(
    client: httpx.AsyncClient, book: AddressBook, register: Some
) -> None:
    entry = await filled(client, book)
    twin = typed(entry, function="Pôle des partenariats", address=FORMER.upper(), do="add")
    await send(client, "/annuaire", **twin)
    other = next(one for one in book.all() if one.function == "Pôle des partenariats")
    pair = next(link for link in read((await client.get("/annuaire")).text).links if "/reunir/" in link)
    assert {entry.id, other.id} == set(pair.removeprefix("/annuaire/").split("/reunir/"))
    page = read((await client.get(pair)).text)
    fields = {"kept": other.id, "on": "2021-12-09", "versions": page.hidden["versions"]}
    preview = await send(client, pair, **fields, do="look")
    done = await send(client, pair, **made(preview, fields))
    assert done.status_code == 303
    assert [one.function for reference in REFERENCES for one in register.said(reference)] == [
        "Pôle des partenariats"
    ] * 3
    assert [one.id for one in book.all() if one.address.casefold() == FORMER] == [other.id]


async def test_two_entries_said_to_be_two_are_proposed_no_more(client: httpx.AsyncClient, book: AddressBook) -> None:
    entry = await filled(client, book)
    await send(client, "/annuaire", **typed(entry, function="Pôle des partenariats", do="add"))
    pair = next(link for link in read((await client.get("/annuaire")).text).links if "/reunir/" in link)
    await send(client, pair, do="apart")
    assert not any("/reunir/" in link for link in read((await client.get("/annuaire")).text).links)


async def test_a_function_that_open_conventions_use_does_not_end_without_a_successor(
    client: httpx.AsyncClient, book: AddressBook, register: Some
) -> None:
    entry = await filled(client, book)
    ends = {"last": "2021-12-31", "version": "1", "institution": entry.institution, "language": "fr", "do": "look"}
    refused = await send(client, f"/annuaire/{entry.id}/fin", **ends)
    assert refused.status_code == 422
    assert "dire qui prend la suite" in read(refused.text).text
    itself = await send(client, f"/annuaire/{entry.id}/fin", **ends, successor=entry.id)
    assert itself.status_code == 422
    fields = {**ends, "function": "Service des réseaux", "address": NEW}
    preview = await send(client, f"/annuaire/{entry.id}/fin", **fields)
    assert "Cette fonction disparaît" in read(preview.text).text
    await send(client, f"/annuaire/{entry.id}/fin", **made(preview, fields))
    said = [register.said(reference)[-1] for reference in REFERENCES]
    assert {(one.on, one.address, one.function) for one in said} == {(date(2022, 1, 1), NEW, "Service des réseaux")}
    assert {(one.function, one.until) for one in book.all() if one.address in (FORMER, NEW)} == {
        (entry.function, date(2021, 12, 31)),
        ("Service des réseaux", None),
    }


async def test_a_function_near_its_last_day_asks_who_takes_over(client: httpx.AsyncClient, book: AddressBook) -> None:
    entry = await filled(client, book)
    await send(client, f"/annuaire/{entry.id}", **typed(entry, until="2021-12-31"))
    page = read((await client.get("/annuaire")).text)
    assert "Qui prend la suite ?" in page.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert f"/annuaire/{entry.id}/fin" in page.links


async def test_only_what_no_convention_uses_is_taken_out(client: httpx.AsyncClient, book: AddressBook) -> None:
    entry = await filled(client, book)
    refused = await send(client, f"/annuaire/{entry.id}/retirer", version="1")
    assert refused.status_code == 422
    assert book.get(entry.id) is not None
    await send(client, "/annuaire", **typed(entry, address="seule@ailleurs.example", do="add"))
    alone = next(one for one in book.all() if one.address == "seule@ailleurs.example")
    assert (await send(client, f"/annuaire/{alone.id}/retirer", version="1")).status_code == 303
    assert book.get(alone.id) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "a@b.example\r\nBcc: c@d.example"),
        ("address", '"<script>"@x'),
        ("address", "a" * 500 + "@b.example"),
        ("function", "Direction\r\nX-Header: oui"),
        ("function", "é" * 500),
        ("institution", ""),
        ("language", "de"),
        ("until", "hier"),
    ],
)
async def test_what_cannot_be_is_refused_under_its_field_and_given_back(
    client: httpx.AsyncClient, book: AddressBook, field: str, value: str
) -> None:
    good = {
        "institution": "Agence",
        "function": "Accueil",
        "address": "a@agence.example",
        "language": "fr",
        "until": "",
    }
    answer = await send(client, "/annuaire", **{**good, field: value, "do": "add"})
    assert answer.status_code == 422
    page = read(answer.text)
    assert "Rien n’a été ajouté" in page.text
    assert "<script>" not in answer.text
    assert book.all() == ()


async def test_a_title_with_quotes_and_marks_is_shown_as_it_is(client: httpx.AsyncClient, book: AddressBook) -> None:
    hostile = """Pôle "A" & <b>d'appui</b> {{ 7 * 7 }}"""
    good = {"institution": hostile, "function": hostile, "address": "a@agence.example", "language": "en"}
    await send(client, "/annuaire", **good, do="add")
    (entry,) = book.all()
    for path in ("/annuaire", f"/annuaire/{entry.id}", f"/annuaire/{entry.id}/fin"):
        answer = await client.get(path)
        assert "<b>" not in answer.text
        assert "{{ 7 * 7 }}" in read(answer.text).text
    found = await send(client, "/annuaire", do="search", q="PÔLE")
    assert "1\u00a0réponse" in read(found.text).text


async def test_a_book_that_cannot_be_read_says_so_and_offers_nothing_to_the_form(
    client: httpx.AsyncClient, book: AddressBook, desk: Desk, tmp_path: Path
) -> None:
    await filled(client, book)
    assert [one.address for one in desk.known_functions()] == [one.address for one in book.all()]
    (tmp_path / "book.json").write_text("{")
    answer = await client.get("/annuaire")
    assert answer.status_code == 503
    assert "ne se lit plus" in read(answer.text).text
    assert desk.known_functions() == ()


async def test_every_page_of_the_book_is_sound_in_english(client: httpx.AsyncClient, book: AddressBook) -> None:
    entry = await filled(client, book)
    for path in ("/annuaire", f"/annuaire/{entry.id}", f"/annuaire/{entry.id}/fin"):
        page = read((await client.get(path, params={"lang": "en"})).text)
        assert page.language == "en"
    preview = await send(client, f"/annuaire/{entry.id}", **typed(entry, address=NEW))
    assert "Nothing is recorded yet" in read(preview.text).text
