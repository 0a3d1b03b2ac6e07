"""What was typed in a form that could not be taken is never lost: the page gives it back, and one press sends it again."""

import re
from html import unescape

import httpx
import pytest

from echeancier.engine.gateway import NoAnswerError
from tests.desk.fakes import EXAMPLES, FakeRegister
from tests.desk.html import Page, read

TERMS = (EXAMPLES / "sqf-p.toml").read_text("utf-8").replace('"SQF-P"', '"NEW-1"', 1)
RECORD = "/conventions/SQF-P/enregistrer/question-answered"
FORMS = {
    RECORD: {"question": "operator-number", "on": "2021-06-01", "text": "2021-117 « é » <b>\"&"},
    "/commencer": {"do": "start", "text": TERMS},
    "/commencer/formulaire": {"do": "go:acte", "step": "acte", "reference": "REF-SAISIE", "title": "Un intitulé tapé longtemps"},
    "/conventions/SQF-P/termes": {"text": TERMS.replace('"NEW-1"', '"SQF-P"', 1), "why": "coquille"},
    "/conventions/SQF-P/retirer": {"why": "enregistrée par erreur"},
}  # fmt: skip


def carried(page: str) -> dict[str, str]:
    """The fields that the one form of the page would send, as a browser reads them."""
    form = page[page.index('<form method="post" action="/co') :]
    found = dict(
        re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    )  # a hidden value keeps its line ends
    return {unescape(name): unescape(value) for name, value in found.items()}


@pytest.mark.parametrize("path", FORMS)
async def test_a_stale_form_gives_back_all_that_was_typed_and_one_press_sends_it(
    client: httpx.AsyncClient, register: FakeRegister, path: str
) -> None:
    typed = FORMS[path]
    stale = await client.post(path, data={"token": "0" * 64, **typed})
    assert stale.status_code == 409
    page = read(stale.text)
    assert "rien n’a été enregistré" in page.text
    assert "rechargez" not in page.text
    assert not [call for call in register.calls if call[0] in ("record", "start", "withdraw")]
    fields = carried(stale.text)
    assert {name: value.replace("\r\n", "\n") for name, value in fields.items() if name != "token"} == typed
    again = await client.post(path, data=fields)
    assert again.status_code in (200, 303), again.text[:300]


async def test_an_engine_that_does_not_answer_costs_no_typing(
    client: httpx.AsyncClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]

    async def deaf(*_: object, **__: object) -> None:
        raise NoAnswerError("Le moteur ne répond pas.")

    with monkeypatch.context() as deafened:
        deafened.setattr(FakeRegister, "record", deaf)
        answer = await client.post(RECORD, data={"token": token, **FORMS[RECORD]})
    assert answer.status_code == 503
    assert (await client.post(RECORD, data=carried(answer.text))).status_code == 303
    assert [call for call in register.calls if call[0] == "record"]


async def test_too_many_forms_cost_no_typing(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    with monkeypatch.context() as counted:
        counted.setattr("echeancier.adapters.web.rate_limits.RateLimits.hit", lambda *_: 60)
        answer = await client.post(RECORD, data={"token": token, **FORMS[RECORD]})
    assert answer.status_code == 429
    assert (await client.post(RECORD, data=carried(answer.text))).status_code == 303


async def test_too_many_forms_are_said_even_when_the_last_cannot_be_read(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    monkeypatch.setattr("echeancier.adapters.web.rate_limits.RateLimits.hit", lambda *_: 60)
    files = [("text-file", (name, b"x")) for name in ("a.toml", "b.toml")]
    answer = await client.post("/commencer", data={"token": token}, files=files)
    assert answer.status_code == 429
    assert "Trop de formulaires" in read(answer.text).text
