"""Papers on the desk: attached by a form, listed by version, given back as files, to whom may read."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.secrets import SessionKeys
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, now
from tests.desk.html import Page, read

PDF = b"%PDF-1.7\n" + b"y" * 3000
PIECES = "/conventions/SQF-P/pieces"


@pytest.fixture
async def client(register: FakeRegister, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    documents = DirectoryStore(tmp_path / "documents")
    app = create_app(register, settings, clock=now, keys=SessionKeys.of(b"of the tests"), documents=documents)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor


async def attach(client: httpx.AsyncClient, content: bytes, name: str = "signée.pdf", **fields: str) -> httpx.Response:
    token = Page.read((await client.get("/conventions/SQF-P")).text).hidden["token"]
    field = fields.pop("field", "file")
    data = {
        "token": token,
        "what": "convention",
        "title": "Convention signée",
        "on": "2022-01-10",
        "about": "",
        **fields,
    }
    empty = {other: ("", b"") for other in ("file", "photo") if other != field}
    return await client.post(PIECES, data=data, files={field: (name, content), **empty})


async def test_a_paper_is_attached_listed_and_given_back_as_a_file(client: httpx.AsyncClient) -> None:
    answer = await attach(client, PDF)
    assert answer.headers["location"] == "/conventions/SQF-P?ok=attached#pieces"
    page = read((await client.get("/conventions/SQF-P?ok=attached")).text)
    assert "La pièce est au dossier" in page.text
    assert "Convention signée" in page.text
    link = next(one for one in page.links if one.startswith(PIECES))
    given = await client.get(link)
    assert given.content == PDF
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["content-disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''sign%C3%A9e.pdf" in given.headers["content-disposition"]
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_a_photograph_is_taken_by_the_other_field(client: httpx.AsyncClient) -> None:
    answer = await attach(client, b"\xff\xd8\xff\xe0" + b"j" * 100, "IMG.jpg", field="photo", what="minutes", title="")
    assert answer.status_code == 303
    assert "IMG.jpg" in (await client.get("/conventions/SQF-P")).text


async def test_the_same_title_makes_a_version_and_the_former_stays(client: httpx.AsyncClient) -> None:
    await attach(client, PDF)
    await attach(client, PDF + b"2", "signée-2.pdf")
    page = await client.get("/conventions/SQF-P")
    assert "1 version antérieure" in read(page.text).text.replace("\u00a0", " ")
    for link in {one for one in read(page.text).links if one.startswith(PIECES)}:
        assert (await client.get(link)).status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90", "x.pdf", "rien de ce qui se joint"),
        (b"", "", "choisir un fichier"),
        (b"", "vide.pdf", "vide"),
        (b"%PDF-" + b"0" * 20_000_001, "grand.pdf", "Mo"),
    ],
)
async def test_what_cannot_be_attached_is_said_on_the_page_and_nothing_is_recorded(
    client: httpx.AsyncClient, register: FakeRegister, content: bytes, name: str, words: str
) -> None:
    answer = await attach(client, content, name)
    assert answer.status_code == 422
    assert words in answer.text.replace("\u00a0", " ")
    assert not [call for call in register.calls if call[0] == "record"]


async def test_a_form_beyond_any_paper_is_stopped_at_the_door(client: httpx.AsyncClient) -> None:
    assert (await attach(client, b"%PDF-" + b"0" * 21_000_000)).status_code == 413


async def test_twice_the_same_file_is_one_paper(client: httpx.AsyncClient) -> None:
    await attach(client, PDF)
    again = await attach(client, PDF)
    assert again.status_code == 422
    assert "déjà au dossier" in again.text


async def test_a_hash_that_no_fact_names_is_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{PIECES}/{'0' * 64}")).status_code == 404
    assert (await client.get(f"{PIECES}/../../etc/passwd")).status_code == 404


async def test_a_file_that_is_gone_from_the_disk_is_said(client: httpx.AsyncClient, tmp_path: Path) -> None:
    await attach(client, PDF)
    link = next(one for one in read((await client.get("/conventions/SQF-P")).text).links if one.startswith(PIECES))
    for path in (tmp_path / "documents").rglob("*"):
        if path.is_file():
            path.unlink()
    answer = await client.get(link)
    assert answer.status_code == 410
    assert "n’est plus ici" in read(answer.text).text


async def test_a_title_that_is_hostile_stays_words(client: httpx.AsyncClient) -> None:
    await attach(client, PDF, '"><script>.pdf', title="<script>alert(1)</script>")
    text = (await client.get("/conventions/SQF-P")).text
    assert "<script>alert" not in text
    read(text)
    answer = await attach(client, PDF + b"3", title="x" * 400)
    assert answer.status_code == 422


async def test_a_day_that_is_none_is_refused_rather_than_taken_for_today(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    answer = await attach(client, PDF, on="31/02/2022")
    assert answer.status_code == 422
    assert "31/02/2022" in answer.text
    assert not [call for call in register.calls if call[0] == "record"]
    await attach(client, PDF, on="")
    assert "01/03/2023" in (await client.get("/conventions/SQF-P")).text
