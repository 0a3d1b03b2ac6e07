"""Several conventions of one deliberation, typed as a table: checked whole, shown, begun together, once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.people import DeskRole
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording.shared import cites
from echeancier.domain.terms.convention import Convention
from echeancier.engine.errors import NoAnswerError
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister
from tests.desk.html import Page, Typed, read
from tests.desk.test_people import Known, person
from tests.domain import builders as b

NOW = datetime(2021, 12, 20, 9, tzinfo=UTC)
PATH = "/commencer/serie"
HEADS = ("name", "function", "address", "amount0", "reference", "title")


def grant(reference: str = "AS-01", act: str | None = "2021-118", **changes: object) -> Convention:
    """A grant to one association, that one vote authorises with others."""
    paid = {
        "id": "grant", "title": "Subvention", "title_en": "Grant", "owed_by": "town", "owed_to": "agency",
        "amount": "3000.00", "on": b.d("2022-03-01"), "responsible": ["coordinator"], "clauses": ["A1"],
    }  # fmt: skip
    return b.convention(
        **{
            "reference": reference, "title": "Subvention à Agence d’essai", "kind": "subsidy", "number": "12",
            "act": {"id": act, "party": "town", "body": "conseil municipal", "clauses": ["A1"]},
            "payment": [paid],
            "clause": [{"id": "A1", "article": "art. 1", "says": "3 000 € à Agence d’essai"}],
            **changes,
        }
    )  # fmt: skip


@dataclass
class Away(FakeRegister):
    """Stops answering at one reference; may keep the answer to itself once a convention stands."""

    away: str = ""
    silent: bool = False
    stood: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        if convention.reference == self.away:
            raise NoAnswerError("Le moteur ne répond pas.")
        await asyncio.sleep(0)  # another may ask meanwhile
        dossier = await super().start(convention, by, facts)
        self.stood.set()
        if self.silent:
            await asyncio.Event().wait()
        return dossier


def model(**changes: object) -> Dossier:
    vote = b.recorded(ActAdopted(on=b.d("2021-12-06")))
    return Dossier(convention=grant(**changes), registered_at=NOW, registered_by="coordinator", facts=list(vote))  # type: ignore[arg-type]


@pytest.fixture
def register() -> Away:
    return Away({"AS-01": model()}, NOW)


@pytest.fixture
async def client(register: Away, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(
        register, Settings(_env_file=None, data=tmp_path), clock=lambda: NOW, keys=SessionKeys.of(b"of the tests")
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor
    await app.state.desk.series.close()
    await app.state.desk.rehearsals.close()


def row(number: int, name: str = "Club de lutte", **cells: str) -> dict[str, str]:
    whole = {
        "name": name,
        "function": "Présidence",
        "address": f"presidence{number}@club.example",
        "amount0": "1 500 €",
    }
    return {f"row.{number}.{cell}": value for cell, value in {**whole, **cells}.items()}


def words_of(text: str) -> str:
    """The words of a page, spaces of any kind as one."""
    return " ".join(read(text).text.replace("\u00a0", " ").split())


async def post(client: httpx.AsyncClient, do: str, **fields: str) -> httpx.Response:
    token = Page.read((await client.get(f"{PATH}?modele=AS-01")).text).hidden["token"]
    return await client.post(PATH, data={"token": token, "modele": "AS-01", "do": do, **fields})


async def begun(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    """Show, then start what was shown."""
    shown = await post(client, "preview", **fields)
    assert shown.status_code == 200, read(shown.text).text
    answer = await client.post(PATH, data={**Typed(shown.text).fields, "do": "start"})
    assert answer.status_code == 303, read(answer.text).text
    return await client.get(answer.headers["location"])


async def test_the_page_of_a_convention_leads_to_the_table_and_the_table_is_blank(client: httpx.AsyncClient) -> None:
    assert f"{PATH}?modele=AS-01" in read((await client.get("/conventions/AS-01")).text).links
    page = read((await client.get(f"{PATH}?modele=AS-01")).text)
    assert {f"row.{n}.{name}" for n in range(3) for name in HEADS} <= set(page.inputs.values())
    assert "3 000 € à …" in page.text, "a text that names the amount is copied, and said"


async def test_each_row_is_shown_with_what_it_would_be_and_nothing_starts(
    client: httpx.AsyncClient, register: Away
) -> None:
    answer = await post(client, "preview", **row(0), **row(1, "Chorale"))
    page = read(answer.text)
    assert answer.status_code == 200
    for words in ("AS-02", "AS-03", "Subvention à Club de lutte", "Subvention à Chorale", "01/01/2022", "31/12/2022"):
        assert words in page.text
    assert "C’est juste : commencer 2 conventions" in page.text.replace("\u00a0", " ")
    assert set(register.dossiers) == {"AS-01"}


async def test_all_begin_with_the_same_act_each_with_its_own_party_contact_and_amount(
    client: httpx.AsyncClient, register: Away
) -> None:
    page = read((await begun(client, **row(0), **row(1, "Chorale", reference="CH-1", title="Pour la chorale"))).text)
    assert "2 conventions ont commencé" in page.text.replace("\u00a0", " ")
    club, choir = register.dossiers["AS-02"].convention, register.dossiers["CH-1"].convention
    first = register.dossiers["AS-01"].convention
    for one in (club, choir):
        assert cites(one, first.act[0], first)
        assert one.number == ""
        assert (one.effect, one.term, one.kind) == (first.effect, first.term, first.kind)
        assert one.roles["coordinator"] == first.roles["coordinator"]
    assert (club.parties["agency"].name, choir.parties["agency"].name) == ("Club de lutte", "Chorale")
    assert (club.title, choir.title) == ("Subvention à Club de lutte", "Pour la chorale")
    assert club.payment[0].amount == "1500.00"
    assert club.roles["partner"].function == "Présidence"
    assert {one.address for one in club.roles.values() if one.party == "agency"} == {"presidence0@club.example"}
    assert club.clause[0].says == "3 000 € à Club de lutte"
    assert "Agence d’essai" not in str(club)


async def test_twice_the_same_table_begins_each_once(client: httpx.AsyncClient, register: Away) -> None:
    await begun(client, **row(0), **row(1, "Chorale"))
    again = await begun(client, **row(0, reference="AS-02"), **row(1, "Chorale", reference="AS-03"))
    assert "0 convention a commencé, 2 étaient déjà là" in read(again.text).text.replace("\u00a0", " ")
    assert [call for call in register.calls if call[0] == "start"] == [
        ("start", "AS-02", "coordinator"), ("start", "AS-03", "coordinator"),
    ]  # fmt: skip


async def test_two_tabs_at_once_begin_each_once(client: httpx.AsyncClient, register: Away) -> None:
    shown = await post(client, "preview", **row(0), **row(1, "Chorale"))
    fields = {**Typed(shown.text).fields, "do": "start"}
    answers = await asyncio.gather(*(client.post(PATH, data=fields) for _ in range(2)))
    pages = [read((await client.get(one.headers["location"])).text).text for one in answers]
    assert sorted(register.dossiers) == ["AS-01", "AS-02", "AS-03"]
    assert not [page for page in pages if "n’ont pas commencé" in page or "n’a pas commencé" in page]


async def test_the_engine_away_midway_says_what_began_and_the_rest_is_done_again_from_the_page(
    client: httpx.AsyncClient, register: Away
) -> None:
    register.away = "AS-03"
    stopped = await begun(client, **row(0), **row(1, "Chorale"), **row(2, "Judo"))
    page = read(stopped.text)
    text = page.text.replace("\u00a0", " ")
    assert "2 conventions n’ont pas commencé, 1 a commencé" in text
    assert "Le moteur ne répond pas" in text
    assert "pas encore demandée" in text
    assert sorted(register.dossiers) == ["AS-01", "AS-02"]
    register.away = ""
    shown = await client.post(PATH, data=page.hidden)
    assert shown.status_code == 200
    answer = await client.post(PATH, data={**Typed(shown.text).fields, "do": "start"})
    assert "2 conventions ont commencé" in read((await client.get(answer.headers["location"])).text).text.replace(
        "\u00a0", " "
    )
    assert sorted(register.dossiers) == ["AS-01", "AS-02", "AS-03", "AS-04"]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"address": "bureau"}, "Adresse électronique", "bureau"),
        ({"amount0": "beaucoup"}, "Montant en euros", "n’est pas un montant"),
        ({"amount0": ""}, "Montant en euros", "à remplir"),
        ({"function": ""}, "Fonction à qui écrire", "à remplir"),
        ({"name": ""}, "Autre partie", "à remplir"),
        ({"reference": "à voir"}, "Référence", ""),
        ({"reference": "as-01"}, "Référence", "déjà celle d’une autre convention"),
    ],
)
async def test_what_is_wrong_is_said_by_row_and_column_and_nothing_starts(
    client: httpx.AsyncClient, register: Away, cells: dict[str, str], column: str, words: str
) -> None:
    answer = await post(client, "preview", **row(0, reference="AS-05"), **row(1, **{"name": "Chorale", **cells}))
    page = read(answer.text)
    assert answer.status_code == 422
    said = words_of(answer.text)
    assert f"Ligne 2, {column} : " in said
    assert words in said
    assert "Ligne 1," not in said
    assert said.count("Ligne 2,") == 1, "once, though two functions have that address"
    assert "seen" not in page.hidden
    assert {value for name, value in Typed(answer.text).fields.items() if name == "row.0.name"} == {"Club de lutte"}
    assert set(register.dossiers) == {"AS-01"}


async def test_a_reference_twice_is_said_of_both(client: httpx.AsyncClient) -> None:
    answer = await post(client, "preview", **row(0, reference="X-1"), **row(1, "Chorale", reference="x-1"))
    assert read(answer.text).text.count("deux lignes portent cette référence") >= 2


async def test_what_changed_since_it_was_shown_is_shown_again(client: httpx.AsyncClient, register: Away) -> None:
    shown = await post(client, "preview", **row(0))
    fields = {**Typed(shown.text).fields, "do": "start", "row.0.amount0": "9 000 €"}
    answer = await client.post(PATH, data=fields)
    assert answer.status_code == 200
    assert "Le tableau a changé" in read(answer.text).text
    assert set(register.dossiers) == {"AS-01"}


async def test_lines_of_a_spreadsheet_fill_the_table(client: httpx.AsyncClient) -> None:
    lines = (
        "Autre partie\tFonction\tAdresse\tMontant\r\n"
        "Club de lutte\tPrésidence\tlutte@club.example\t1 500,00 €\r\n"
        "\r\n"
        "Chorale\tBureau\tchorale@club.example\t800\tCH-9\tPour la chorale\r\n"
    )
    fields = Typed((await post(client, "fill", lines=lines)).text).fields
    assert [fields[f"row.0.{name}"] for name in HEADS] == [
        "Club de lutte", "Présidence", "lutte@club.example", "1 500,00 €", "AS-02", "Subvention à Club de lutte",
    ]  # fmt: skip
    assert [fields[f"row.1.{name}"] for name in HEADS] == [
        "Chorale", "Bureau", "chorale@club.example", "800", "CH-9", "Pour la chorale",
    ]  # fmt: skip
    assert fields["lines"].strip() == ""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("a\tb\tc\td\te\tf\tg", "7 cellules, pour 6 colonnes"),
        ("Club;Présidence;a@b.example;5", "et non séparées par des points-virgules"),
        ("Club\n" * 61, "60 conventions au plus"),
    ],
)
async def test_lines_that_cannot_be_taken_whole_are_left_where_they_were(
    client: httpx.AsyncClient, lines: str, words: str
) -> None:
    answer = await post(client, "preview", lines=lines, **({} if "\n" in lines else row(0)))
    assert answer.status_code == 422
    assert words in read(answer.text).text
    assert Typed(answer.text).fields["lines"].strip() == lines.strip()


async def test_rows_are_added_without_losing_any_and_an_empty_table_asks_for_a_row(client: httpx.AsyncClient) -> None:
    fields = Typed((await post(client, "add", **row(0), **row(1, "Chorale"))).text).fields
    assert fields["row.1.name"] == "Chorale"
    assert fields["row.4.name"] == ""
    empty = await post(client, "preview")
    assert empty.status_code == 422
    assert "Remplir au moins une ligne" in read(empty.text).text


async def test_a_deliberation_without_a_name_is_given_one_in_the_first_convention_too(
    client: httpx.AsyncClient, register: Away
) -> None:
    register.dossiers["AS-01"] = model(act=None)
    register.dossiers["ELSE"] = Dossier(
        convention=grant("ELSE", "deliberation-as-01"), registered_at=NOW, registered_by="coordinator"
    )
    assert "rectifiés sur un point" in read((await client.get(f"{PATH}?modele=AS-01")).text).text
    await begun(client, **row(0))
    first, second = (register.dossiers[name].convention for name in ("AS-01", "AS-02"))
    assert first.act[0].id is not None
    assert first.act[0].id != "deliberation-as-01", "that is the name of another vote"
    assert cites(second, first.act[0], first)
    assert len([call for call in register.calls if call[0] == "correct_terms"]) == 1


async def test_a_convention_without_a_vote_shares_none(client: httpx.AsyncClient, register: Away) -> None:
    register.dossiers["AS-01"] = Dossier(
        convention=b.convention(reference="AS-01"), registered_at=NOW, registered_by="coordinator"
    )
    answer = await client.get(f"{PATH}?modele=AS-01")
    assert answer.status_code == 422
    assert "n’attend aucun vote" in read(answer.text).text
    assert f"{PATH}?modele=AS-01" not in read((await client.get("/conventions/AS-01")).text).links


async def test_of_three_parties_the_one_that_changes_is_chosen(client: httpx.AsyncClient, register: Away) -> None:
    parties = {
        "town": {"name": "Ville d’essai", "kind": "commune"}, "agency": {"name": "Agence d’essai", "kind": "operator"},
        "club": {"name": "Le premier club", "kind": "association"},
    }  # fmt: skip
    roles = {key: one.model_dump() for key, one in grant().roles.items()}
    roles["bureau"] = {"party": "club", "function": "Bureau", "address": "bureau@premier.example"}
    register.dossiers["AS-01"] = model(parties=parties, roles=roles)
    await begun(client, party="club", **row(0, "Le second club"))
    made = register.dossiers["AS-02"].convention
    assert (made.parties["agency"].name, made.parties["club"].name) == ("Agence d’essai", "Le second club")
    assert made.roles["bureau"].address == "presidence0@club.example"
    assert made.roles["partner"] == register.dossiers["AS-01"].convention.roles["partner"]


async def test_a_hostile_name_is_a_name(client: httpx.AsyncClient, register: Away) -> None:
    name = "<script>alert(1)</script> & « L’Élan »"
    page = await post(client, "preview", **row(0, name))
    assert "<script>" not in page.text
    await begun(client, **row(0, name))
    assert register.dossiers["AS-02"].convention.parties["agency"].name == name


async def test_only_whoever_may_start_sees_the_table(register: Away, tmp_path: Path) -> None:
    for role in (DeskRole.MANAGER, DeskRole.READER):
        app = create_app(
            register, Settings(_env_file=None, data=tmp_path), sign_in=Known(person(role)), clock=lambda: NOW
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE) as visitor:
            assert (await visitor.get(f"{PATH}?modele=AS-01")).status_code == 403
            assert f"{PATH}?modele=AS-01" not in (await visitor.get("/conventions/AS-01")).text


async def test_the_pages_are_sound_in_english(client: httpx.AsyncClient) -> None:
    await client.get("/?lang=en")
    shown = await post(client, "preview", **row(0))
    assert "This is right: start 1 convention" in words_of(shown.text)
    answer = await client.post(PATH, data={**Typed(shown.text).fields, "do": "start"})
    assert "1 convention started" in words_of((await client.get(answer.headers["location"])).text)


async def test_what_ends_the_desk_midway_leaves_what_began_and_the_rest_begins_once(
    register: Away, tmp_path: Path
) -> None:
    typed = {**row(0), **row(1, "Chorale"), **row(2, "Judo")}
    for register.silent in (True, False):
        app = create_app(
            register, Settings(_env_file=None, data=tmp_path), clock=lambda: NOW, keys=SessionKeys.of(b"of the tests")
        )
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as client:
            shown = await post(client, "preview", **typed)
            fields = Typed(shown.text).fields
            typed = {name: value for name, value in fields.items() if name.startswith("row.")}
            starting = asyncio.create_task(client.post(PATH, data={**fields, "do": "start"}))
            await register.stood.wait()
            if register.silent:
                await app.state.desk.series.close()
            await starting
    starts = [call[1] for call in register.calls if call[0] == "start"]
    assert starts == ["AS-02", "AS-03", "AS-04"], "each once"
