"""Every page is sound HTML, in both languages, whatever the convention's file says."""

import re

import httpx
import pytest

from tests.desk.fakes import FakeRegister, example
from tests.desk.html import Page, read

PAGES = (
    "/",
    "/?sort=question",
    "/echeances",
    "/echeances?mois=3&kind=cooperation",
    "/conventions",
    "/conventions?q=nothing+of+the+kind",
    "/territoire",
    "/commencer",
    "/conventions/SQF-P",
    "/conventions/MTZ-O",
    "/conventions/SQF-P/journal",
    "/conventions/SQF-P/faits/f1",
    "/conventions/SQF-P/termes",
    "/conventions/SQF-P/enregistrer/meeting-arranged?item=steering-committee/2023",
    "/conventions/SQF-P/enregistrer/signed",
)
HOSTILE = "<script>alert(1)</script>\" onmouseover='x' {{ 7 * 7 }} & ; drop"
# A sign that French sets off, with an ordinary space before it, or a straight apostrophe inside a word.
BADLY_SET = re.compile(r"\S [:;!?»](?:\s|$)|« |\w'\w")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_sound_and_says_its_language(client: httpx.AsyncClient, path: str, language: str) -> None:
    answer = await client.get(path, params={**dict(httpx.URL(path).params), "lang": language})
    assert answer.status_code == 200
    page = read(answer.text)
    assert page.language == language
    assert page.title.endswith("Échéancier")


@pytest.mark.parametrize("path", PAGES)
async def test_french_is_set_in_type(client: httpx.AsyncClient, path: str) -> None:
    page = read((await client.get(path)).text)
    assert [words for words in page.words if BADLY_SET.search(words)] == []


@pytest.mark.parametrize("wrong", ["Quoi ?", "l'acte", "« oui\u00a0»"])
def test_the_eye_for_type_sees_a_mistake(wrong: str) -> None:
    assert BADLY_SET.search(wrong)


async def test_a_hostile_title_stays_words(client: httpx.AsyncClient, register: FakeRegister) -> None:
    dossier = example("sqf-p")
    duty = dossier.convention.duty[0].model_copy(update={"title": HOSTILE})
    terms = {"title": HOSTILE, "service": HOSTILE, "duty": (duty, *dossier.convention.duty[1:])}
    dossier.convention = dossier.convention.model_copy(update=terms)
    register.dossiers = {"SQF-P": dossier}
    for path in ("/", "/conventions", "/conventions/SQF-P", "/territoire", "/echeances"):
        text = (await client.get(path)).text
        assert Page.read(text).problems == []
        assert "<script" not in text
        assert "&lt;script&gt;" in text


async def test_the_language_chosen_is_kept(client: httpx.AsyncClient) -> None:
    await client.get("/?lang=en")
    assert read((await client.get("/conventions")).text).language == "en"


async def test_every_link_of_the_menu_leads_somewhere(client: httpx.AsyncClient) -> None:
    for link in set(read((await client.get("/")).text).links):
        if link.startswith("/") and "static" not in link:
            assert (await client.get(link)).status_code == 200, link


async def test_local_mode_is_said_on_every_page(client: httpx.AsyncClient) -> None:
    for path in PAGES:
        assert "sans mot de passe" in (await client.get(path)).text


async def test_an_unknown_convention_is_not_found_in_words(client: httpx.AsyncClient) -> None:
    answer = await client.get("/conventions/NOWHERE")
    assert answer.status_code == 404
    assert "Aucune convention «\u00a0NOWHERE\u00a0»" in read(answer.text).text


@pytest.mark.parametrize(
    "path",
    ["/conventions/%20", "/conventions/a%2Fb", "/conventions/..%2F..", "/conventions/%3Cb%3E", "/nope"],
)
async def test_an_address_that_is_none_of_ours_is_not_found_in_words(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "Introuvable" in read(answer.text).text


async def test_the_style_follows_its_own_rules(client: httpx.AsyncClient) -> None:
    answer = await client.get("/static/desk.css")
    assert answer.status_code == 200
    assert "http" not in answer.text
    assert "@import" not in answer.text
