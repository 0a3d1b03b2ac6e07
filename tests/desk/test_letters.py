"""Letters on the desk: read, filled in, validated in exactly those words, opened as a PDF, posted, followed."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.domain.facts.letters import LetterPosted, LetterValidated
from tests.adapters.letters_read import read as read_pdf
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, example
from tests.desk.html import Page, read

NOW = datetime.fromisoformat("2023-10-02T10:00+02:00")
LETTER = "/conventions/SQF-P/lettres/termination"
ABOUT = "?about=notice"
REASONS = "La commune reprend la mission en régie.\nUn second motif."
MARK = "PROJET – à valider par une personne"


@pytest.fixture
def register() -> FakeRegister:
    return FakeRegister.of(example("sqf-p"), at=NOW)


@pytest.fixture
async def client(register: FakeRegister, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    app = create_app(
        register,
        settings,
        clock=lambda: NOW,
        keys=SessionKeys.of(b"of the tests"),
        documents=DirectoryStore(tmp_path / "documents"),
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor


async def post(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    shown = Page.read((await client.get("/conventions/SQF-P/enregistrer/done")).text)
    return await client.post(path, data={"token": shown.hidden["token"], "about": "notice", **fields})


async def reviewed(client: httpx.AsyncClient, **fields: str) -> Page:
    given = {"reasons": REASONS, "posted": "2023-11-28", **fields}
    return read((await post(client, LETTER, **given)).text)


async def validate(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    page = await reviewed(client)
    given = {name: page.hidden[name] for name in ("reasons", "posted", "mark", "request", "do")}
    return await post(client, LETTER, **{**given, **fields})


def facts(register: FakeRegister, kind: type[object]) -> list[object]:
    return [r.fact for r in register.dossiers["SQF-P"].facts if isinstance(r.fact, kind)]


async def test_the_page_of_a_convention_lists_its_letters_with_their_state(client: httpx.AsyncClient) -> None:
    await validate(client)
    page = read((await client.get("/conventions/SQF-P")).text)
    assert "Lettre de résiliation" in page.text
    assert "validée, à poster" in page.text
    assert LETTER + ABOUT in page.links


async def test_the_letter_that_ends_it_is_begun_from_its_clause_with_no_line(client: httpx.AsyncClient) -> None:
    page = read((await client.get("/conventions/SQF-P")).text)
    assert LETTER in page.links
    assert LETTER + ABOUT not in page.links
    page = read((await client.get(LETTER)).text)
    assert LETTER + ABOUT in page.links
    assert "lettre de résiliation" not in read((await client.get("/")).text).text


async def test_a_letter_that_misses_something_says_what_in_the_words_of_its_form(
    client: httpx.AsyncClient,
) -> None:
    page = read((await client.get(LETTER + ABOUT)).text)
    assert page.problems == []
    assert "dans le champ «\u00a0Motifs, griefs ou objet\u00a0»" in page.text
    assert "mark" not in page.hidden


async def test_its_draft_opens_as_a_pdf_that_says_so(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{LETTER}/lettre.pdf{ABOUT}")
    assert answer.headers["content-type"] == "application/pdf"
    text = read_pdf(answer.content).text
    assert MARK in text
    assert "[à compléter]" in text


async def test_words_typed_are_read_again_before_anything_is_recorded(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    page = await reviewed(client)
    assert page.problems == []
    assert page.hidden["reasons"].replace("\r\n", "\n") == REASONS
    assert len(page.hidden["mark"]) == 64
    assert facts(register, LetterValidated) == []


async def test_words_typed_are_printed_as_a_draft_and_stand_in_no_address(client: httpx.AsyncClient) -> None:
    answer = await post(client, f"{LETTER}/projet.pdf", reasons=REASONS, posted="2023-11-28")
    text = read_pdf(answer.content).text
    assert "La commune reprend la mission en régie." in text
    assert MARK in text


async def test_a_letter_is_validated_in_the_words_that_were_shown(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    answer = await validate(client)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/conventions/SQF-P?ok=validated#lettres"
    (fact,) = facts(register, LetterValidated)
    assert isinstance(fact, LetterValidated)
    assert fact.reasons.splitlines() == REASONS.splitlines()


async def test_other_words_than_those_shown_are_refused_with_the_words_of_the_door(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    answer = await validate(client, reasons="Un autre motif.")
    assert answer.status_code == 422
    assert "a changé depuis qu’il a été relu" in read(answer.text).text
    assert facts(register, LetterValidated) == []


async def test_a_day_that_is_none_is_refused_in_words(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(client, LETTER, reasons=REASONS, posted="28 novembre")
    assert answer.status_code == 422
    assert "28 novembre" in read(answer.text).text
    assert facts(register, LetterValidated) == []


async def test_once_validated_the_final_text_opens_without_the_mark_and_is_kept(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    await validate(client)
    first = await client.get(f"{LETTER}/lettre.pdf{ABOUT}")
    assert MARK not in read_pdf(first.content).text
    (kept,) = (tmp_path / "documents" / "SQF-P" / "letters").iterdir()
    assert kept.read_bytes() == first.content
    assert (await client.get(f"{LETTER}/lettre.pdf{ABOUT}")).content == first.content


async def test_what_is_to_be_done_names_the_letter_to_post_and_records_it(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    await validate(client)
    page = read((await client.get("/")).text)
    assert "Lettre à poster\u00a0: lettre de résiliation" in page.text
    answer = await post(
        client, "/conventions/SQF-P/enregistrer/letter-posted", on="2023-10-02", rule="notice", by="commune",
        letter="termination", form="lrar", tracking="1A 000",
    )  # fmt: skip
    assert answer.status_code == 303
    assert [fact.tracking for fact in facts(register, LetterPosted) if isinstance(fact, LetterPosted)] == ["1A 000"]
    page = read((await client.get("/conventions/SQF-P")).text)
    assert "postée 02/10/2023" in page.text


async def test_a_letter_posted_unread_is_taken_and_the_page_says_so(client: httpx.AsyncClient) -> None:
    await post(
        client, "/conventions/SQF-P/enregistrer/letter-posted", on="2023-10-02", rule="notice", by="commune", reasons="régie"
    )  # fmt: skip
    page = read((await client.get("/conventions/SQF-P")).text)
    assert "Partie sans avoir été validée ici" in page.text


async def test_terms_put_right_say_on_the_page_why_it_is_a_draft_again(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    await validate(client)
    terms = register.dossiers["SQF-P"].convention
    lines = ("Pôle emploi", "Service des conventions", "BP 1", "00000 VILLE-EXEMPLE CEDEX")
    operator = terms.parties["operator"].model_copy(update={"postal": lines})
    register.at = datetime.fromisoformat("2023-10-02T11:00+02:00")
    await register.correct_terms(
        terms.model_copy(update={"parties": {**terms.parties, "operator": operator}}),
        "coordinator",
        "adresse",
    )
    page = read((await client.get(LETTER + ABOUT)).text)
    assert "elle redevient un projet" in page.text
    assert "Service des conventions" in page.text


async def test_a_letter_nobody_called_for_is_chosen_by_what_it_is_about(client: httpx.AsyncClient) -> None:
    page = read((await client.get("/conventions/SQF-P/lettres/formal-notice")).text)
    assert any("lettres/formal-notice?about=quarterly-data" in link for link in page.links)


@pytest.mark.parametrize("path", ["/conventions/SQF-P/lettres/poem", f"{LETTER}/lettre.pdf?about=nothing"])
async def test_what_does_not_exist_is_said_to_be_missing(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_letter_that_ends_nothing_is_followed_too(client: httpx.AsyncClient, register: FakeRegister) -> None:
    sent = "/conventions/SQF-P/enregistrer/letter-posted"
    await post(client, sent, on="2023-10-02", letter="renewal", about="renewal/2023", by="commune")
    posted = register.dossiers["SQF-P"].facts[-1].id
    page = read((await client.get(f"/conventions/SQF-P/enregistrer/letter-presented?letter={posted}")).text)
    assert "lettre sur la suite à donner au terme, postée le 02/10/2023" in page.text
    answer = await post(client, "/conventions/SQF-P/enregistrer/letter-presented", letter=posted, on="2023-10-02")
    assert answer.status_code == 303
