"""« Commencer »: nothing starts before one has seen what it means."""

from datetime import UTC, datetime

import httpx

from echeancier.desk.form.draft import draft_of, read, read_facts, rehearse
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.desk.fakes import EXAMPLES, NOW, FakeRegister
from tests.desk.html import Page
from tests.desk.html import read as page_of

FACTS = (EXAMPLES / "sqf-p.facts.toml").read_text("utf-8")
TERMS = (EXAMPLES / "sqf-p.toml").read_text("utf-8").replace('"SQF-P"', '"NEW-1"')


async def post(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    return await client.post("/commencer", data={"token": token, **fields})


async def test_a_file_is_shown_before_anything_starts(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(client, do="preview", text=TERMS)
    assert answer.status_code == 200
    page = page_of(answer.text)
    assert "Rien n’est encore enregistré" in page.text
    assert "dimanche\u00a031\u00a0décembre\u00a02023" in page.text
    assert "NEW-1" not in register.dossiers


async def test_what_was_shown_is_what_starts(client: httpx.AsyncClient, register: FakeRegister) -> None:
    shown = Page.read((await post(client, do="preview", text=TERMS)).text).hidden
    answer = await post(client, do="start", text=shown["text"])
    assert answer.headers["location"] == "/conventions/NEW-1?ok=started"
    assert register.dossiers["NEW-1"].convention == (await read(TERMS, "x", "fr"))[0]
    assert ("start", "NEW-1", "coordinator") in register.calls


async def test_an_uploaded_file_is_read_like_a_pasted_one(client: httpx.AsyncClient) -> None:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    files = {"text-file": ("convention.toml", ("\ufeff" + TERMS).encode(), "application/toml")}
    answer = await client.post("/commencer", data={"token": token, "do": "preview", "text": ""}, files=files)
    assert answer.status_code == 200
    assert "NEW-1" in answer.text


async def test_what_happened_already_starts_with_the_convention(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    shown = Page.read((await post(client, do="preview", text=TERMS, facts=FACTS)).text)
    assert "courriels partiraient dans les douze mois" in shown.text
    assert "question/" not in shown.text  # a question is named by its words, not by its key
    await post(client, do="start", text=shown.hidden["text"], facts=shown.hidden["facts"])
    assert [record.fact.kind for record in register.dossiers["NEW-1"].facts][-2:] == ["signed", "signed"]


async def test_a_fact_the_door_refuses_is_named(client: httpx.AsyncClient, register: FakeRegister) -> None:
    early = '[[fact]]\nkind = "signed"\non = 2021-04-10\nparty = "commune"\n'
    answer = await post(client, do="start", text=TERMS, facts=early)
    assert answer.status_code == 422
    assert "fait 1" in answer.text
    assert "NEW-1" not in register.dossiers


async def test_a_fact_of_tomorrow_is_refused(client: httpx.AsyncClient) -> None:
    answer = await post(client, do="start", text=TERMS, facts='[[fact]]\nkind = "act-adopted"\non = 2023-04-10\n')
    assert answer.status_code == 422
    assert "pas encore venu" in answer.text


async def test_every_problem_of_a_file_is_listed_and_the_file_kept(client: httpx.AsyncClient) -> None:
    answer = await post(client, do="preview", text='reference = "é"\ntitle = 3\n# le mien')
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert "cette clé manque" in page.text
    assert "# le mien" in page.text


async def test_nothing_given_asks_for_a_file(client: httpx.AsyncClient) -> None:
    answer = await post(client, do="preview", text=" ")
    assert answer.status_code == 422
    assert "Choisir un fichier" in answer.text


async def test_a_reference_already_taken_is_refused_in_words(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(client, do="start", text=TERMS.replace("NEW-1", "SQF-P"))
    assert answer.status_code == 422
    assert "déjà enregistrée" in answer.text
    assert len(register.dossiers) == 3


async def test_the_mails_of_a_year_are_listed_without_an_engine() -> None:
    convention, problems = await read(TERMS, "x", "fr")
    assert problems == ()
    assert convention is not None
    facts, problems = await read_facts(FACTS, convention, NOW, "fr")
    assert problems == ()
    lived = rehearse(draft_of(convention, NOW, "coordinator", facts), NOW, DEFAULT_POLICY)
    assert not lived.cut
    kinds = {message.kind for message in lived.dossier.outbox}
    assert {"opening", "reminders", "question"} <= kinds
    assert all(NOW <= message.at <= datetime(2024, 3, 1, 9, tzinfo=UTC) for message in lived.dossier.outbox)


async def test_the_same_file_rehearsed_twice_gives_the_same_mails() -> None:
    convention, _ = await read(TERMS, "x", "fr")
    assert convention is not None
    draft = draft_of(convention, NOW, "coordinator")
    assert rehearse(draft, NOW, DEFAULT_POLICY) == rehearse(draft, NOW, DEFAULT_POLICY)
    assert draft.outbox == []
