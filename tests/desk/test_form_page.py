"""The form on the desk: seen before started, nothing typed is lost, drafts and files."""

import httpx
import pytest

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.desk.form.edits import add, blank_sheet
from echeancier.desk.form.sheet import flat
from echeancier.desk.form.steps import STEPS
from tests.desk.fakes import FakeRegister
from tests.desk.html import Page, Typed, read
from tests.desk.test_form_sheet import complete

FORM = "/commencer/formulaire"


def fields(**more: str) -> dict[str, str]:
    sheet = blank_sheet()
    add(sheet, "committee")
    add(sheet, "once-on-a-day")
    return flat(complete(sheet)) | more


async def post(client: httpx.AsyncClient, given: dict[str, str]) -> httpx.Response:
    """Send a step as its page was; of fields of the whole form, every step, the button being that of the last one.

    Returns:
        The page that comes next, or where one is sent elsewhere.
    """
    if "step" in given or "reference" not in given:
        return await sent(client, given)
    typed = dict(given)
    for step in STEPS:
        if draft := typed.get("draft"):
            page = await client.get(f"{FORM}?brouillon={draft}&etape={step.key}")
            typed["mark"] = Typed(page.text).fields["mark"]
        page = await sent(client, {**typed, "step": step.key, "do": f"go:{step.key}"})
        typed["draft"] = Typed(page.text).fields["draft"]
    typed["mark"] = Typed(page.text).fields["mark"]
    return await sent(client, {**typed, "step": STEPS[-1].key})


async def sent(client: httpx.AsyncClient, given: dict[str, str]) -> httpx.Response:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    answer = await client.post(FORM, data={"token": token, **given})
    where = answer.headers.get("location", "")
    return await client.get(where.partition("#")[0]) if where.startswith(FORM) else answer


async def started(client: httpx.AsyncClient, given: dict[str, str]) -> httpx.Response:
    """Have what was typed shown, then started as it was shown."""
    seen = Typed((await post(client, given | {"do": "go:verifier"})).text).fields
    return await post(client, {**seen, "do": "start"})


async def test_the_blank_form_is_a_sound_page(client: httpx.AsyncClient) -> None:
    page = read((await client.get(FORM)).text)
    assert "Suivant" in page.text


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_form_of_a_known_convention_is_a_sound_page(client: httpx.AsyncClient, language: str) -> None:
    page = read((await client.get(f"{FORM}?exemple=ida-o&lang={language}")).text)
    assert "IDA-O.01" in page.hidden.values()


async def test_the_catalogue_begins_with_what_conventions_of_that_kind_have_most_often(
    client: httpx.AsyncClient,
) -> None:
    page = (await post(client, fields(do="go:obligations", kind="premises"))).text.replace("\u00a0", " ")
    head = page.index("Souvent, dans ce cas : mise à disposition de locaux")
    assert head < page.index("Dépôt de garantie, et sa restitution") < page.index("Bilans et évaluations")
    other = (await post(client, fields(do="go:obligations", kind="other"))).text
    assert "Souvent, dans ce cas" not in other


async def test_the_known_conventions_are_named_by_kind_and_title(client: httpx.AsyncClient) -> None:
    page = read((await client.get("/commencer")).text)
    words = page.text.replace("\u00a0", " ")
    assert words.index("subvention") < words.index("Valorme – subvention à l’école de musique Les Baladins d’Orve")
    assert all(kind in words for kind in ("groupement de commandes", "hébergement d’un logiciel", "France services"))


async def test_the_agenda_is_shown_before_anything_starts(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(client, fields(do="go:verifier"))
    assert answer.status_code == 200
    page = read(answer.text)
    assert "Rien n’est encore enregistré" in page.text
    assert "lundi\u00a031\u00a0décembre\u00a02028" not in page.text
    assert "dimanche\u00a031\u00a0décembre\u00a02028" in page.text
    assert "Le texte ne donne pas le jour" in page.text
    assert "NEUVE-2026" not in register.dossiers


async def test_what_was_shown_starts(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await started(client, fields())
    assert answer.headers["location"] == "/conventions/NEUVE-2026?ok=started"
    assert register.dossiers["NEUVE-2026"].convention.duty[0].title == "Comité de pilotage"


@pytest.mark.parametrize("field", ["digest", "roles.0.digest"])
@pytest.mark.parametrize("often", ["daily", "weekly", "monthly", "none"])
async def test_how_often_the_digest_is_read_is_chosen_and_kept(
    client: httpx.AsyncClient, register: FakeRegister, field: str, often: str
) -> None:
    step = await post(client, fields(do="go:parties") | {field: often})
    assert Typed(step.text).fields.get(field) == often
    answer = await started(client, Typed(step.text).fields)
    assert answer.headers["location"] == "/conventions/NEUVE-2026?ok=started"
    made = register.dossiers["NEUVE-2026"].convention
    assert (made.digest if field == "digest" else next(iter(made.roles.values())).digest) == often


async def test_what_was_not_shown_is_shown_first(client: httpx.AsyncClient, register: FakeRegister) -> None:
    seen = Typed((await post(client, fields(do="go:verifier"))).text).fields
    await post(client, fields(do="go:duree", draft=seen["draft"]) | {"term.months": "24"})
    answer = await post(client, {**seen, "do": "start"})
    assert "Le formulaire a changé" in answer.text
    assert "NEUVE-2026" not in register.dossiers


async def test_what_already_happened_starts_with_the_convention(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    told = {"happened.act-adopted.commune": "2023-01-10", "happened.act-published.commune": "2023-01-12"}
    await started(client, fields() | told)
    assert [record.fact.kind for record in register.dossiers["NEUVE-2026"].facts] == [
        "act-adopted",
        "act-published",
    ]


async def test_a_fact_the_door_refuses_is_said_and_the_form_kept(client: httpx.AsyncClient) -> None:
    answer = await post(client, fields(do="go:verifier") | {"happened.signed.commune": "2022-12-01"})
    page = read(answer.text)
    assert "fait 1" in page.text
    act = await client.get(next(link for link in page.links if "etape=acte" in link))
    assert 'value="2022-12-01"' in act.text


async def test_everything_typed_survives_a_mistake(client: httpx.AsyncClient) -> None:
    given = fields(do="go:verifier", reference="é") | {"duty.0.meeting.place": "Salle « Émeraude »"}
    answer = await post(client, given)
    wrong = next(link for link in read(answer.text).links if link.endswith("#x-reference"))
    assert 'href="#x-reference"' in (await client.get(wrong.partition("#")[0])).text
    duties = await client.get(next(link for link in read(answer.text).links if "etape=obligations" in link))
    assert "Salle « Émeraude »" in duties.text
    read(duties.text)


async def test_a_draft_is_kept_resumed_and_forgotten_once_started(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    kept = Page.read((await post(client, fields(do="go:acte"))).text).hidden["draft"]
    hub = await client.get("/commencer")
    assert f"?brouillon={kept}" in hub.text
    assert "Convention neuve" in hub.text
    again = await client.get(f"{FORM}?brouillon={kept}")
    assert 'value="NEUVE-2026"' in again.text
    await started(client, fields(draft=kept))
    assert "NEUVE-2026" in register.dossiers
    assert (await client.get(f"{FORM}?brouillon={kept}")).status_code == 404


async def test_the_file_of_the_form_is_a_convention_file(client: httpx.AsyncClient) -> None:
    answer = await post(client, fields(do="file"))
    assert 'filename="neuve-2026.toml"' in answer.headers["content-disposition"]
    assert parse_convention(answer.text, "x").reference == "NEUVE-2026"


async def test_a_file_is_taken_up_in_the_form(client: httpx.AsyncClient) -> None:
    text = (await post(client, fields(do="file"))).text
    page = read((await post(client, {"do": "open", "text": text})).text)
    assert "C.01" in page.hidden.values()


async def test_a_clause_is_added_and_taken_out_by_buttons(client: httpx.AsyncClient) -> None:
    added = await post(client, fields(do="add") | {"what.notice-annual": "on", "what.breach-bare": "on"})
    assert 'name="termination.0.length" value="3\u00a0mois"' in added.text
    assert "Procédure de manquement" in read(added.text).text
    duties = await post(client, fields(do="go:obligations"))
    assert "Ce qui revient – Comité" in read(duties.text).text
    out = await post(client, fields(do="remove:duty.0"))
    assert "Ce qui revient – Comité" not in read(out.text).text


async def test_a_running_convention_is_taken_as_a_model(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{FORM}?modele=SQF-P")
    assert 'name="reference" value=""' in answer.text
    step = await post(client, {**Typed(answer.text).fields, "do": "go:obligations"})
    assert "SQF-P.16" in step.text


async def test_a_strange_button_breaks_nothing(client: httpx.AsyncClient) -> None:
    for do in (
        "remove:..",
        "more:reference",
        "article:duty.99",
        "remove:clause.x.y.z",
        "more:roles.0.party",
        "nonsense",
    ):
        assert (await post(client, fields(do=do))).status_code == 200
