"""On the desk: where what is said of a shared deliberation goes; several parties, or several due dates, told in one go."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.convention import Convention
from echeancier.engine.answering import PartlyToldError, RefusedError
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister
from tests.desk.html import Page, read
from tests.domain import builders as b
from workflows.messages import Recording

ACT = "2021-118"
NOW = datetime(2021, 12, 9, 9, tzinfo=UTC)


class Shared(FakeRegister):
    """Records in each convention that cites the act, as the door does; one may not answer."""

    silent: str = ""

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        kept = await super().record(reference, fact, by, request)
        if fact.kind == "act-published":
            for other in ("B-1", "C-1"):
                if other not in (reference, self.silent):
                    await super().record(other, fact, by, request)
            if self.silent:
                raise PartlyToldError(f"Enregistré, mais manquent : {self.silent} (ne répond pas)")
        return kept


def citing(reference: str, name: str = ACT, **changes: object) -> Convention:
    return b.convention(
        reference=reference, act={"id": name, "party": "town", "body": "conseil", "clauses": ["A1"]}, **changes
    )


def begun(terms: Convention, *facts: Fact) -> Dossier:
    return Dossier(convention=terms, registered_at=NOW, registered_by="coordinator", facts=list(b.recorded(*facts)))


@pytest.fixture
def register() -> Shared:
    vote = ActAdopted(on=b.d("2021-12-06"), act=ACT)
    owed = {"id": "report", "owed_by": "each", "owed_to": "both", "responsible": []}
    living = b.convention(reference="LIVES", duty=[b.duty("report", **owed)])
    signed = (Signed(on=b.d("2021-12-01"), party=party) for party in living.parties)
    known = (
        *(begun(citing(name), vote) for name in ("A-1", "B-1", "C-1")), begun(citing("OTHER", "2021-119")),
        begun(living, *signed), begun(b.convention(reference="SITTING")),
    )  # fmt: skip
    return Shared({one.convention.reference: one for one in known}, NOW)


@pytest.fixture
async def client(register: Shared, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    app = create_app(register, settings, clock=lambda: NOW, keys=SessionKeys.of(b"of the tests"))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor
    await app.state.desk.rehearsals.close()


async def post(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    hidden = Page.read((await client.get(path)).text).hidden
    return await client.post(path, data={"token": hidden["token"], "request": hidden.get("request", ""), **fields})


@pytest.mark.parametrize("path", ["/", "/conventions/A-1", "/conventions/A-1/enregistrer/act-published"])
async def test_before_recording_the_form_says_where_else_it_goes(client: httpx.AsyncClient, path: str) -> None:
    await client.get("/")
    page = read((await client.get(path)).text)
    assert "cela vaut aussi dans B-1, C-1" in page.text
    assert "OTHER" not in page.text.partition("cela vaut aussi")[2][:60]


async def test_after_recording_the_page_says_where_it_went_once(client: httpx.AsyncClient, register: Shared) -> None:
    answer = await post(client, "/conventions/A-1/enregistrer/act-published", on="2021-12-08", act=ACT)
    page = read((await client.get(answer.headers["location"])).text)
    assert "C’est enregistré." in page.text
    assert f"autres conventions de la délibération « {ACT} » : B-1, C-1." in page.text.replace("\u00a0", " ")
    assert register.dossiers["B-1"].facts[-1].fact.kind == "act-published"
    assert "De même" not in (await client.get("/conventions/A-1?ok=recorded&went=somebody-else-s-words")).text


async def test_what_could_not_be_told_everywhere_is_recorded_and_says_what_lacks(
    client: httpx.AsyncClient, register: Shared
) -> None:
    register.silent = "C-1"
    answer = await post(client, "/conventions/A-1/enregistrer/act-published", on="2021-12-08", act=ACT)
    assert answer.status_code == 303
    page = read((await client.get(answer.headers["location"])).text)
    assert "C’est enregistré." in page.text
    assert "manquent : C-1" in page.text.replace("\u00a0", " ")


async def test_before_putting_a_shared_day_right_the_page_says_where_else(client: httpx.AsyncClient) -> None:
    assert "cela vaut aussi dans B-1, C-1" in read((await client.get("/conventions/A-1/faits/f1")).text).text


async def test_the_parties_of_one_sitting_are_ticked_and_recorded_in_one_go(
    client: httpx.AsyncClient, register: Shared
) -> None:
    path = "/conventions/SITTING/enregistrer/signed"
    text = (await client.get(path)).text
    assert read(text).inputs["f-party-town"] == "party.town"
    ticked = {"party.town": "true", "party.agency": "true"}
    answer = await post(client, path, on="2021-12-09", **ticked)
    assert answer.status_code == 303
    told = [(one.fact.kind, getattr(one.fact, "party", "")) for one in register.dossiers["SITTING"].facts]
    assert told == [("signed", "town"), ("signed", "agency")]
    again = await post(client, path, on="2021-12-09", **ticked)
    assert again.status_code == 422
    assert again.text.count(" checked") == 2, "what was ticked comes back"
    assert len(register.dossiers["SITTING"].facts) == 2
    nobody = await post(client, path, on="2021-12-09")
    assert "party manque" in read(nobody.text).text


async def test_if_one_signature_of_the_sitting_is_refused_none_is_recorded(
    client: httpx.AsyncClient, register: Shared
) -> None:
    path = "/conventions/SITTING/enregistrer/signed"
    await post(client, path, on="2021-12-09", **{"party.agency": "true"})
    answer = await post(client, path, on="2021-12-09", **{"party.town": "true", "party.agency": "true"})
    assert answer.status_code == 422
    assert len(register.dossiers["SITTING"].facts) == 1


async def test_an_amendment_moves_what_each_party_owes_in_one_go(client: httpx.AsyncClient, register: Shared) -> None:
    path = "/conventions/LIVES/enregistrer/amended"
    text = (await client.get(path)).text
    assert "Devoir report 2022 – de chaque partie" in text.replace("\u00a0", " ")
    answer = await post(client, path, on="2021-12-08", moves="report/2022/each", moved_to="2022-12-15")
    assert answer.status_code == 303, read(answer.text).text
    moved = [one.fact.moves for one in register.dossiers["LIVES"].facts if isinstance(one.fact, Amended)]
    assert moved == ["report/2022/town", "report/2022/agency"]


def test_an_error_half_way_is_a_refusal_to_whoever_does_not_know_it() -> None:
    assert issubclass(PartlyToldError, RefusedError)
