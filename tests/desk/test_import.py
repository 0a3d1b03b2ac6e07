"""« Importer »: everything is checked first, then all or nothing; a second run finishes the first without doubling."""

import asyncio
import time
from collections.abc import Callable

import httpx
import pytest

from echeancier.adapters.imports.columns import COLUMNS
from echeancier.adapters.imports.sheet import plain_sheets
from echeancier.desk.guard import LARGEST_BODY, LARGEST_SHEET
from echeancier.desk.imports.importing import Checked, check, start_all
from echeancier.domain.dates.delay import Delay
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.gateway import NoAnswerError
from tests.adapters.test_imports import GOOD, semicolons, table, xlsx
from tests.desk.fakes import NOW, FakeRegister
from tests.desk.html import Page, read
from tests.support.long import LONG, how_many

ROWS = [{**GOOD, "Référence": f"V-{n}"} for n in range(4)]


async def checked(register: FakeRegister, *rows: dict[str, object]) -> list[str]:
    report = await check(xlsx(*rows), "t.xlsx", register, NOW, policy=DEFAULT_POLICY, by="coordinator")
    return [row.standing for row in report.rows]


async def send(client: httpx.AsyncClient, raw: bytes, name: str = "tableau.xlsx") -> httpx.Response:
    token = Page.read((await client.get("/importer")).text).hidden["token"]
    answer = await client.post("/importer", data={"token": token}, files={"sheet": (name, raw)})
    return answer if answer.status_code != 303 else await client.get(answer.headers["location"])


async def press(client: httpx.AsyncClient, shown: httpx.Response) -> httpx.Response:
    token = Page.read(shown.text).hidden["token"]
    await client.post(shown.url.path, data={"token": token})
    for _ in range(200):
        now = await client.get(shown.url.path)
        if "Voir où cela en est" not in now.text:
            break
        await asyncio.sleep(0.02)
    return now


async def test_a_dry_run_shows_what_would_start_and_starts_nothing(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    page = read((await send(client, xlsx(*ROWS, {**GOOD, "Référence": "BLANC", "Durée (mois)": None}))).text)
    assert "5\u00a0conventions commenceraient" in page.text
    assert "Quelle est la durée de la convention" in page.text
    assert not [call for call in register.calls if call[0] == "start"]


async def test_what_was_shown_starts_and_is_linked(client: httpx.AsyncClient, register: FakeRegister) -> None:
    page = read((await press(client, await send(client, xlsx(*ROWS)))).text)
    assert "4\u00a0conventions commencées" in page.text
    assert "/conventions/V-3" in page.links
    assert {"V-0", "V-1", "V-2", "V-3"} <= set(register.dossiers)


async def test_tacit_renewals_start_with_what_is_known_of_them(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    known = {"Durée de la reconduction (mois)": 12, "Plafond (mois)": 60, "Dénonciation (mois avant)": 3}
    rows = [
        {**GOOD, "Référence": "LOCAUX", "Durée (mois)": 24, "Reconduction": "tacite", **known},
        {**GOOD, "Référence": "MAINTENANCE", "Reconduction": "tacite"},
        {**GOOD, "Référence": "FINIE", "Reconduction": "aucune"},
        {**GOOD, "Référence": "MUETTE"},
    ]
    shown = await send(client, xlsx(*rows))
    page = read(shown.text)
    assert "par périodes de combien de mois" in page.text
    assert "1\u00a0convention ne dit rien dans «\u00a0Reconduction\u00a0»" in page.text
    assert "ne dit rien dans" not in read((await press(client, shown)).text).text
    rules = {name: register.dossiers[name].convention.renewal for name in ("LOCAUX", "MAINTENANCE", "FINIE", "MUETTE")}
    assert [rule.how for rule in rules.values()] == ["tacit", "tacit", "none", "none"]
    cap = rules["LOCAUX"].cap
    assert cap is not None
    assert cap.months == 60


async def test_renewals_by_an_act_start_with_their_delay_and_who_decides(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    rows = [
        {**GOOD, "Référence": "SIGNEE", "Reconduction": "expresse", "Délai pour reconduire (avant la fin)": "3 mois"},
        {
            **GOOD, "Référence": "SEULE", "Reconduction": "expresse", "Durée de la reconduction (mois)": 12,
            "Reconduction décidée par": "Ville",
        },
    ]  # fmt: skip
    page = read((await press(client, await send(client, semicolons(*rows).encode(), "tableau.csv"))).text)
    assert "2\u00a0conventions commencées" in page.text
    signed, alone = (register.dossiers[name].convention.renewal for name in ("SIGNEE", "SEULE"))
    assert (signed.deadline, signed.done_by, alone.done_by, alone.who) == (Delay(months=3), "both", "one", "us")


async def test_a_delay_to_renew_beside_a_tacit_renewal_is_shown_with_its_column(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    cells = {"Reconduction": "tacite", "Délai pour reconduire (avant la fin)": "3 mois"}
    shown = await send(client, xlsx({**GOOD, "Référence": "V-0", **cells}))
    assert shown.status_code == 422
    page = read(shown.text).text.replace("\u00a0", " ")
    assert "Délai pour reconduire (avant la fin)" in page
    assert "ne dit rien sans « Reconduction » « expresse », et elle est « tacite »" in page
    assert "V-0" not in register.dossiers


async def test_one_wrong_row_holds_all_the_others(client: httpx.AsyncClient, register: FakeRegister) -> None:
    shown = await send(client, xlsx(*ROWS, {**GOOD, "Référence": "V-9", "Dernier jour": "31/02/2026"}))
    assert shown.status_code == 422
    page = read(shown.text)
    assert "Rien n’est enregistré" in page.text
    assert "ce jour n’existe pas" in page.text
    token = Page.read((await client.get("/importer")).text).hidden["token"]
    await client.post(shown.url.path, data={"token": token})
    assert "V-0" not in register.dossiers


async def test_a_reference_already_taken_is_wrong_and_the_same_convention_is_there(
    register: FakeRegister,
) -> None:
    assert await checked(register, {**GOOD, "Référence": "SQF-P"}) == ["wrong"]
    report = await check(xlsx(*ROWS), "t", register, NOW, policy=DEFAULT_POLICY, by="c")
    await start_all(report, register, "c", lambda _: None)
    assert await checked(register, *ROWS, {**GOOD, "Référence": "V-9"}) == ["there"] * 4 + ["new"]


class Failing(FakeRegister):
    """An engine that falls in the middle; the second start is done, its answer lost."""

    starts = 0

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        self.starts += 1
        if self.starts in (3, 4):
            raise NoAnswerError("Le moteur ne répond pas.")
        dossier = await super().start(convention, by, facts)
        if self.starts == 2:
            raise NoAnswerError("La réponse s’est perdue.")
        return dossier


async def test_a_failure_in_the_middle_is_finished_by_running_again_without_doubling() -> None:
    register, told = Failing.of(), list[Checked]()
    first = await check(xlsx(*ROWS), "t", register, NOW, policy=DEFAULT_POLICY, by="c")
    done = await start_all(first, register, "c", told.append)
    assert [row.standing for row in done.rows] == ["started", "failed", "failed", "failed"]
    assert "ne répond pas" in done.rows[2].detail
    again = await check(xlsx(*ROWS), "t", register, NOW, policy=DEFAULT_POLICY, by="c")
    assert [row.standing for row in again.rows] == ["there", "there", "new", "new"]
    assert [row.standing for row in (await start_all(again, register, "c", told.append)).rows] == [
        "there", "there", "started", "started",
    ]  # fmt: skip
    assert sorted(register.dossiers) == ["V-0", "V-1", "V-2", "V-3"]


async def test_parents_start_before_their_annexes(register: FakeRegister) -> None:
    rows = [{**GOOD, "Référence": "ANNEXE", "Convention mère": "MERE"}, {**GOOD, "Référence": "MERE"}]
    report = await check(xlsx(*rows), "t", register, NOW, policy=DEFAULT_POLICY, by="c")
    await start_all(report, register, "c", lambda _: None)
    assert [call[1] for call in register.calls if call[0] == "start"] == ["MERE", "ANNEXE"]


async def test_a_parent_is_found_whatever_its_capitals(register: FakeRegister) -> None:
    rows = [
        {**GOOD, "Référence": "Annexe-1", "Convention mère": "mere"},
        {**GOOD, "Référence": "MERE"},
        {**GOOD, "Référence": "Annexe-2", "Convention mère": "sqf-p"},
        {**GOOD, "Référence": "Annexe-3", "Convention mère": "annexe-1"},
    ]
    report = await check(xlsx(*rows), "t.xlsx", register, NOW, policy=DEFAULT_POLICY, by="coordinator")
    assert [row.convention and row.convention.parent and row.convention.parent.reference for row in report.rows] == [
        "MERE", None, "SQF-P", "ANNEXE-1",
    ]  # fmt: skip
    done = await start_all(report, register, "coordinator", lambda _: None)
    assert {row.standing for row in done.rows} == {"started"}, [row.detail for row in done.rows]


async def test_conventions_that_depend_on_each_other_are_sent_back(register: FakeRegister) -> None:
    circle = {"V-1": "V-2", "V-2": "V-3", "V-3": "V-1", "V-4": "V-4", "V-5": "V-6", "V-6": None}
    rows = [{**GOOD, "Référence": one, "Convention mère": parent} for one, parent in circle.items()]
    assert await checked(register, *rows) == ["wrong"] * 4 + ["new"] * 2


async def test_what_already_happened_is_judged_by_the_door(register: FakeRegister) -> None:
    report = await check(
        xlsx({**GOOD, "Signée par nous le": "02/01/2021"}), "t", register, NOW, policy=DEFAULT_POLICY, by="c"
    )
    assert report.rows[0].standing == "wrong"
    assert not report.rows[0].wrong[0].words.startswith("fait")


async def test_a_thousand_rows_are_checked_and_started(client: httpx.AsyncClient, register: FakeRegister) -> None:
    shown = await send(client, xlsx(*({**GOOD, "Référence": f"M-{n}"} for n in range(1000))))
    assert "1000\u00a0conventions commenceraient" in read(shown.text).text
    await press(client, shown)
    assert len(register.dossiers) == 1003


async def test_what_is_no_sheet_is_refused_in_words(client: httpx.AsyncClient) -> None:
    answer = await send(client, b"%PDF\0", "t.pdf")
    assert answer.status_code == 422
    assert "CSV" in read(answer.text).text


async def test_no_file_asks_for_one(client: httpx.AsyncClient) -> None:
    token = Page.read((await client.get("/importer")).text).hidden["token"]
    answer = await client.post("/importer", data={"token": token})
    assert answer.status_code == 422
    assert "Choisir un fichier" in answer.text


@pytest.mark.parametrize(("raw", "name"), [(xlsx, "t.xlsx"), (lambda *rows: semicolons(*rows).encode(), "t.csv")])
async def test_a_sheet_comes_back_with_its_remarks_is_put_right_and_put_there_again(
    client: httpx.AsyncClient, raw: Callable[..., bytes], name: str
) -> None:
    wrong = {**GOOD, "Référence": "V-1", "Prise d’effet": "01/01/2024", "Durée (mois)": "36 à peu près"}
    shown = await send(client, raw(wrong, {**GOOD, "Référence": "V-2", "Prise d’effet": "01/01/2024"}), name)
    given = await client.get(f"{shown.url.path}/remarques")
    assert "attachment" in given.headers["content-disposition"]
    assert given.headers["x-content-type-options"] == "nosniff"
    back = table(given.content)
    assert [row.number for row in back.rows if row.wrong] == [2]
    said = [words for row in plain_sheets(given.content)[0][0].lines for words in row.cells if isinstance(words, str)]
    assert "à commencer" in said
    assert [words for words in said if words.startswith("à corriger – Durée (mois)") and "36 à peu près" in words]
    again = await send(client, given.content, name)
    assert read(again.text).text.count("36 à peu près") == read(shown.text).text.count("36 à peu près")
    assert "Colonnes laissées de côté" not in read(again.text).text


async def test_remarks_of_a_sheet_that_is_forgotten_are_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/importer/0123456789abcdef/remarques")).status_code == 404


async def test_the_template_is_given(client: httpx.AsyncClient) -> None:
    answer = await client.get("/importer/modele.xlsx")
    assert answer.content[:2] == b"PK"
    assert "conventions.xlsx" in answer.headers["content-disposition"]


async def test_a_sheet_nobody_gave_is_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/importer/" + "0" * 16)).status_code == 404


def big_csv(rows: int = 5000) -> bytes:
    """A sheet of the size that is promised, every column filled with long words."""
    heads = [column.head for column in COLUMNS]
    said = {
        **GOOD, "Intitulé": "Convention de partenariat entre la Ville, le CCAS, la Mission locale, la Région et l’État " * 2,
        "Partenaire": "Opérateur, Cap emploi, Mission locale, PLIE, Département et services de l’État " * 2,
        "Prise d’effet": "01/01/2022", "Préavis (mois)": 3, "Préavis compté de": "réception", "Article du préavis": "art. 8",
        "Service": "Direction de l’insertion, de l’emploi et de la jeunesse", "Comités par an": 1, "Article du comité": "art. 5",
        "Votée le": "01/12/2021", "Publiée le": "03/12/2021", "Reçue en préfecture le": "06/12/2021",
    }  # fmt: skip
    lines = (";".join(str({**said, "Référence": f"V-{n}"}.get(head, "")) for head in heads) for n in range(rows))
    return ("\ufeff" + "\r\n".join([";".join(heads), *lines])).encode()


async def test_five_thousand_conventions_are_checked_while_the_pages_are_served(
    client: httpx.AsyncClient,
) -> None:
    rows = how_many(5000) if LONG else 60
    task = asyncio.ensure_future(send(client, big_csv(rows)))
    longest, last = 0.0, time.monotonic()
    while not task.done():
        await asyncio.sleep(0.02)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    page = read(task.result().text)
    assert f"{rows}\u00a0conventions commenceraient" in page.text
    assert longest < 2


async def test_the_size_that_is_promised_passes_the_guard(client: httpx.AsyncClient) -> None:
    raw = big_csv()
    assert 2_000_000 < len(raw) < LARGEST_SHEET
    token = Page.read((await client.get("/importer")).text).hidden["token"]
    answer = await client.post("/importer", data={"token": token}, files={"sheet": ("t.csv", raw + b'\r\n"x')})
    assert answer.status_code == 422  # read, and refused for its own sake
    assert "guillemet" in read(answer.text).text


@pytest.mark.parametrize(("path", "most"), [("/importer", LARGEST_SHEET), ("/commencer", LARGEST_BODY)])
async def test_what_is_too_large_says_how_large_it_may_be(client: httpx.AsyncClient, path: str, most: int) -> None:
    answer = await client.post(path, content=b"x" * (most + 1))
    assert answer.status_code == 413
    page = read(answer.text)
    assert f"{most // 1_000_000}\u00a0Mo au plus" in page.text
    assert "/" in page.links


async def test_a_parent_that_is_nowhere_is_sent_back(register: FakeRegister) -> None:
    for parent, standing in (("NULLE-PART", "wrong"), ("V-1", "wrong"), ("SQF-P", "new"), ("V-2", "new")):
        rows = ({**GOOD, "Référence": "V-1", "Convention mère": parent}, {**GOOD, "Référence": "V-2"})
        assert (await checked(register, *rows))[0] == standing
