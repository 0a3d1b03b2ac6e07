"""The conventions of one deliberation, together: on one page, signed in one go, asked once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.people import DeskRole
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.signing import Signed
from echeancier.engine.errors import NoAnswerError
from tests.desk.conftest import BASE
from tests.desk.html import Page, read
from tests.desk.test_people import Known, person
from tests.desk.test_shared_acts import ACT, Shared, begun, citing
from tests.domain import builders as b
from workflows.messages import Recording

NOW = datetime(2021, 12, 20, 9, tzinfo=UTC)
PATH = f"/conventions/A-1/deliberations/{ACT}"


def done(act: str) -> tuple[Fact, ...]:
    """It is voted, published and transmitted."""
    return (
        ActAdopted(on=b.d("2021-12-06"), act=act),
        ActPublished(on=b.d("2021-12-08"), act=act),
        ActTransmitted(on=b.d("2021-12-08"), act=act),
    )


class Failing(Shared):
    """Does not answer for one convention."""

    away: str = ""

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        if reference == self.away:
            raise NoAnswerError("Le moteur ne répond pas.")
        known = self.dossiers[reference].asked(request)
        if known is not None:
            return Recording(fact_id=known.id, version=known.version)
        return await super().record(reference, fact, by, request)


@pytest.fixture
def register() -> Failing:
    known = (
        *(begun(citing(name), *done(ACT)) for name in ("A-1", "B-1", "C-1")),
        begun(citing("OTHER", "2021-119"), *done("2021-119")),
    )
    return Failing({one.convention.reference: one for one in known}, NOW)


@pytest.fixture
async def client(register: Failing, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(
        register, Settings(_env_file=None, data=tmp_path), clock=lambda: NOW, keys=SessionKeys.of(b"of the tests")
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor
    await app.state.desk.rehearsals.close()


async def sent(client: httpx.AsyncClient, **fields: str) -> dict[str, str]:
    hidden = Page.read((await client.get(PATH)).text).hidden
    return {"token": hidden["token"], "request": hidden["request"], **fields}


def signed(register: Failing, reference: str) -> list[str]:
    return [one.fact.party for one in register.dossiers[reference].facts if isinstance(one.fact, Signed)]


async def test_each_convention_leads_to_all_of_its_deliberation(client: httpx.AsyncClient) -> None:
    await client.get("/")
    for name in ("A-1", "B-1", "C-1"):
        page = read((await client.get(f"/conventions/{name}")).text)
        assert f"/conventions/{name}/deliberations/{ACT}" in page.links
        assert "Les 3 conventions de cette délibération" in page.text.replace("\u00a0", " ")
    assert not [link for link in read((await client.get("/conventions/OTHER")).text).links if "/deliberations/" in link]


async def test_the_page_names_them_with_what_is_known_and_what_is_to_be_signed(client: httpx.AsyncClient) -> None:
    page = read((await client.get(PATH)).text)
    assert {"/conventions/A-1", "/conventions/B-1", "/conventions/C-1"} <= set(page.links)
    assert "/conventions/OTHER" not in page.links
    assert {f"sign.{party}.{name}" for party in ("town", "agency") for name in ("A-1", "B-1", "C-1")} <= set(
        page.inputs
    )
    assert "08/12/2021" in page.text


async def test_an_act_that_the_convention_does_not_wait_for_has_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/conventions/A-1/deliberations/2021-119")).status_code == 404


async def test_ticked_signatures_are_recorded_in_each_convention_in_one_go(
    client: httpx.AsyncClient, register: Failing
) -> None:
    fields = await sent(
        client, signed_on="2021-12-10", **{"sign.town.A-1": "true", "sign.town.C-1": "true", "sign.agency.A-1": "true"}
    )
    answer = await client.post(PATH, data=fields)
    assert answer.status_code == 303
    assert {name: signed(register, name) for name in ("A-1", "B-1", "C-1")} == {
        "A-1": ["town", "agency"], "B-1": [], "C-1": ["town"],
    }  # fmt: skip
    page = read((await client.get(answer.headers["location"])).text)
    assert "Enregistré : A-1, signature" in page.text.replace("\u00a0", " ")
    assert "sign.town.A-1" not in page.inputs
    assert "sign.town.B-1" in page.inputs
    assert (await client.post(PATH, data=fields)).status_code == 303
    assert signed(register, "A-1") == ["town", "agency"], "the same form twice counts once"


async def test_what_one_convention_refuses_is_said_and_the_others_are_recorded(
    client: httpx.AsyncClient, register: Failing
) -> None:
    await register.record("B-1", Signed(on=b.d("2021-12-09"), party="town"), "coordinator")
    fields = await sent(client, signed_on="2021-12-10", **{"sign.town.A-1": "true", "sign.agency.B-1": "true"})
    fields["sign.town.B-1"] = "true"
    answer = await client.post(PATH, data=fields)
    assert answer.status_code == 422
    page = read(answer.text)
    text = page.text.replace("\u00a0", " ")
    assert "1 chose n’a pas été enregistrée" in text
    assert "B-1, signature : " in text
    assert signed(register, "A-1") == ["town"]
    assert signed(register, "B-1") == ["town", "agency"]
    assert page.hidden["request"] == fields["request"], "sent again, what is recorded is not recorded twice"


async def test_the_engine_away_midway_says_what_is_done_and_what_is_not_and_once_back_the_rest_is_done(
    client: httpx.AsyncClient, register: Failing
) -> None:
    register.away = "B-1"
    fields = await sent(
        client, signed_on="2021-12-10", **{f"sign.town.{name}": "true" for name in ("A-1", "B-1", "C-1")}
    )
    answer = await client.post(PATH, data=fields)
    text = read(answer.text).text.replace("\u00a0", " ")
    assert answer.status_code == 422
    assert "2 choses n’ont pas été enregistrées" in text
    town = register.dossiers["C-1"].convention.parties["town"].name
    assert f"C-1, signature : {town} : pas demandé" in text
    assert (signed(register, "A-1"), signed(register, "C-1")) == (["town"], [])
    register.away = ""
    assert (await client.post(PATH, data=fields)).status_code == 303
    assert [signed(register, name) for name in ("A-1", "B-1", "C-1")] == [["town"]] * 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "donner un jour, ou cocher une signature"),
        ({"signed_on": "2021-12-10"}, "cocher qui a signé"),
        ({"sign.town.A-1": "true"}, "donner le jour de ces signatures"),
        ({"sign.town.OTHER": "true", "signed_on": "2021-12-10"}, "cocher qui a signé"),
    ],
)
async def test_half_a_thing_is_sent_back(
    client: httpx.AsyncClient, register: Failing, fields: dict[str, str], words: str
) -> None:
    answer = await client.post(PATH, data=await sent(client, **fields))
    assert answer.status_code == 422
    page = read(answer.text)
    assert words in page.text
    assert not [name for name in register.dossiers if signed(register, name)]


async def test_one_button_ticks_a_party_everywhere_and_records_nothing(
    client: httpx.AsyncClient, register: Failing
) -> None:
    name = register.dossiers["A-1"].convention.parties["town"].name
    answer = await client.post(PATH, data=await sent(client, do=f"tick:{name}", signed_on="2021-12-10"))
    assert answer.status_code == 200
    assert answer.text.count(" checked") == 3
    assert 'value="2021-12-10"' in answer.text
    assert signed(register, "A-1") == []


async def test_the_steps_of_the_act_are_told_once_for_all(client: httpx.AsyncClient, register: Failing) -> None:
    for name in ("A-1", "B-1", "C-1"):
        register.dossiers[name].facts = list(b.recorded(done(ACT)[0]))
    answer = await client.post(PATH, data=await sent(client, **{"act-published": "2021-12-08"}))
    assert answer.status_code == 303
    for name in ("A-1", "B-1", "C-1"):
        assert [one.fact.kind for one in register.dossiers[name].facts] == ["act-adopted", "act-published"]


async def test_what_is_signed_in_one_go_is_asked_once(client: httpx.AsyncClient, register: Failing) -> None:
    page = read((await client.get("/")).text)
    assert page.links.count(PATH) == 2, "one line for each party"
    text = page.text.replace("\u00a0", " ")
    assert text.count("À signer de même") == 2
    assert text.count("conseil, vote du 06/12/2021 » : A-1, B-1, C-1.") == 2
    asked = [link for link in page.links if "#i-signature" in link]
    assert sorted(link.partition("#")[0] for link in asked) == ["/conventions/A-1"] * 2 + ["/conventions/OTHER"] * 2
    for name in ("A-1", "B-1"):
        await register.record(name, Signed(on=b.d("2021-12-10"), party="town"), "coordinator")
        await client.get(f"/conventions/{name}")  # it is read again
    await client.post(PATH, data=await sent(client, signed_on="2021-12-10", **{"sign.agency.A-1": "true"}))
    after = read((await client.get("/")).text).text.replace("\u00a0", " ")
    assert after.count("À signer de même") == 1, "one is left of the town, two of the agency"
    assert "vote du 06/12/2021 » : B-1, C-1." in after


async def test_whoever_only_looks_sees_no_form(client: httpx.AsyncClient, register: Failing) -> None:
    register.dossiers["A-1"] = register.dossiers["A-1"].model_copy(update={"closed_at": NOW})
    page = read((await client.get(PATH)).text)
    assert "signed_on" not in page.inputs


@pytest.mark.parametrize("role", [DeskRole.READER, DeskRole.MANAGER])
async def test_whoever_may_not_record_sees_the_signatures_and_no_box(
    register: Failing, role: DeskRole, tmp_path: Path
) -> None:
    app = create_app(register, Settings(_env_file=None, data=tmp_path), sign_in=Known(person(role)), clock=lambda: NOW)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE) as visitor:
        page = read((await visitor.get(PATH)).text)
    assert "pas encore" in page.text
    assert page.inputs == {}


async def test_the_page_is_sound_in_english(client: httpx.AsyncClient) -> None:
    page = read((await client.get(f"{PATH}?lang=en")).text)
    assert (page.language, "3\u00a0conventions" in page.text) == ("en", True)
