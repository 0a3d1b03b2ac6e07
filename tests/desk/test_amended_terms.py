"""An amendment that changes terms, told on the desk: its lines pasted, or its whole file."""

import httpx
import pytest

from echeancier.adapters.files.convention_writer import convention_file
from echeancier.domain.facts.end import Amended
from tests.desk.fakes import FakeRegister, example
from tests.desk.html import Page, read

AMEND = "/conventions/SQF-P/enregistrer/amended"
LINES = "[termination.notice]\nlength = { months = 4 }\n"
GIVEN = {"on": "2023-03-01", "number": "1", "effect": "2023-04-01"}


async def _post(client: httpx.AsyncClient, path: str, page: str = "", **fields: str) -> httpx.Response:
    token = Page.read((await client.get(page or path)).text).hidden["token"]
    return await client.post(path, data={"token": token, **fields})


def _kept(register: FakeRegister) -> tuple[str, Amended]:
    record = register.dossiers["SQF-P"].facts[-1]
    assert isinstance(record.fact, Amended)
    return record.id, record.fact


async def test_pasted_lines_are_what_it_changes(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await _post(client, AMEND, **GIVEN, changes=LINES)
    assert answer.status_code == 303
    assert _kept(register)[1].changes == {"termination": {"notice": {"length": {"months": 4}}}}


async def test_of_a_whole_file_what_differs_is_kept(client: httpx.AsyncClient, register: FakeRegister) -> None:
    terms = register.dossiers["SQF-P"].convention
    whole = convention_file(terms).replace("[termination.length]\nmonths = 1", "[termination.length]\nmonths = 4")
    assert whole != convention_file(terms)
    answer = await _post(client, AMEND, **GIVEN, changes=whole)
    assert answer.status_code == 303
    assert _kept(register)[1].changes == {"termination": {"notice": {"length": {"months": 4}}}}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("[termination.notice", "TOML"),
        ('[parties.region]\nname = "Région"\n', "une nouvelle convention, avec follows"),
        ("[termination.preavis]\nlength = { months = 4 }\n", "au choix"),
    ],
)
async def test_what_does_not_suit_comes_back_with_its_words(client: httpx.AsyncClient, lines: str, why: str) -> None:
    answer = await _post(client, AMEND, **GIVEN, changes=lines)
    assert answer.status_code == 422
    page = read(answer.text)
    assert why in page.text or "ligne 1" in page.text
    assert lines.partition("\n")[0] in answer.text.replace("&#34;", '"')


async def test_it_is_put_right_from_the_lines_shown(client: httpx.AsyncClient, register: FakeRegister) -> None:
    await _post(client, AMEND, **GIVEN, changes=LINES)
    fact_id, _ = _kept(register)
    path = f"/conventions/SQF-P/faits/{fact_id}"
    shown = (await client.get(path)).text
    assert "[termination.notice.length]" in shown
    answer = await _post(client, path, **GIVEN, changes=LINES.replace("4", "5"))
    assert answer.status_code == 303
    assert _kept(register)[1].changes == {"termination": {"notice": {"length": {"months": 5}}}}


def test_the_example_has_the_notice_that_is_changed() -> None:
    assert [rule.id for rule in example("sqf-p").convention.termination] == ["notice"]
