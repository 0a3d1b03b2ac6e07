"""A mail leads whoever runs the convention to the very form: every button of every thing opens a page with its item filled in."""

from html import escape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from echeancier.adapters.mail.desk_pages import forms_of
from echeancier.adapters.mail.phrases import words
from echeancier.domain.agenda.items import TO_DO
from echeancier.domain.messages.compose import line
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.desk.fakes import NOW, FakeRegister, example

DESK = "https://bureau.ville.example"


@pytest.mark.parametrize("name", ["sqf-p", "sqf-o", "mtz-o"])
async def test_every_button_opens_its_form(client: httpx.AsyncClient, register: FakeRegister, name: str) -> None:
    ctx = Context(example(name), NOW, DEFAULT_POLICY)
    convention = ctx.dossier.convention
    told = [line(ctx.s, item, "reminder", convention.coordinator) for item in ctx.agenda.items if item.state in TO_DO]
    pages = {
        form.address.removeprefix(DESK)
        for one in told
        for form in forms_of(DESK, convention.reference, one, words("fr")["desk"])
    }
    assert pages
    before = len((await register.dossier(convention.reference)).facts)
    for page in sorted(pages):
        answer = await client.get(page)
        assert answer.status_code == 200, page
        known = parse_qs(urlsplit(page).query)
        for field in ("item", "party", "act"):
            assert all(escape(value) in answer.text for value in known.get(field, ())), page
    assert len((await register.dossier(convention.reference)).facts) == before
