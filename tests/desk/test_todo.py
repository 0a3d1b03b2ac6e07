"""« À faire »: what needs a person today."""

import httpx

from tests.desk.fakes import FakeRegister


async def test_what_is_late_comes_first(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    assert page.index("En retard ou manqué") < page.index("À préparer") < page.index("Questions à trancher")


async def test_an_empty_register_offers_to_start(client: httpx.AsyncClient, register: FakeRegister) -> None:
    register.dossiers.clear()
    page = (await client.get("/")).text
    assert "Aucune convention n’est enregistrée" in page
    assert 'href="/commencer"' in page
