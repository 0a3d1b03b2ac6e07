"""What follows a convention, prepared on the desk: proposed, marked, shown, then started and linked."""

import html

import httpx
import pytest

from echeancier.desk.form.steps import CHECK, STEPS
from echeancier.domain.facts.end import FollowedBy
from tests.desk.fakes import FakeRegister, example
from tests.desk.html import Page, Typed, read
from tests.desk.test_form_page import FORM, post, started


@pytest.fixture
def register() -> FakeRegister:
    return FakeRegister.of(*(example(name) for name in ("sqf-p", "sqf-o", "ida-o", "mtz-p")))


async def steps_of(client: httpx.AsyncClient, origin: str) -> dict[str, str]:
    """Begin from a convention; return the draft’s page of each step, and the one where all of it is checked."""
    first = Typed((await client.get(f"{FORM}?{origin}")).text).fields
    act = await post(client, {**first, "do": "go:acte"})
    draft = Typed(act.text).fields["draft"]
    keys = (*(step.key for step in STEPS), CHECK)
    return {
        key: (await client.get(f"{FORM}?brouillon={draft}&etape={key}&{origin.partition('&')[2]}")).text for key in keys
    }


@pytest.mark.parametrize("reference", ["SQF-P", "SQF-O", "MTZ-P"])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_follows_is_proposed_and_each_mark_stands_at_its_field(
    client: httpx.AsyncClient, reference: str, language: str
) -> None:
    pages = await steps_of(client, f"suite={reference}&lang={language}")
    told = 0
    for key in pages:
        page = read(pages[key])
        listed = pages[key].partition('role="note"')[2].partition("</div>")[0]
        if key == CHECK:
            assert listed.count("<li>") == told
            assert "#x-reference" in listed
            continue
        anchors = {part.partition('"')[0] for part in listed.split('href="#')[1:]}
        assert anchors <= set(page.ids)
        shown = pages[key].partition("</ul></div>")[2]
        for line in listed.split("<li>")[1:]:
            said = line.partition("</a>")[2].partition("</li>")[0].strip(" :\u00a0\n")
            assert said in shown, html.unescape(said)
            told += 1
    assert told > 3


async def test_its_marks_follow_a_block_that_moves_and_leave_with_one_taken_out(
    client: httpx.AsyncClient,
) -> None:
    pages = await steps_of(client, "suite=SQF-P")
    typed = Typed(pages["fin"]).fields
    question = next(name for name, value in typed.items() if name.startswith("question.") and name.endswith(".id"))
    after = await post(client, {**typed, "do": f"remove:{question.removesuffix('.id')}"})
    assert after.text.count('class="mark"') < pages["fin"].count('class="mark"')


async def test_only_what_was_shown_starts_and_both_ends_are_linked(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    typed = Typed((await client.get(f"{FORM}?suite=SQF-P")).text).fields
    new = typed["reference"]
    unseen = await client.post(FORM, data={**typed, "do": "start"})
    assert unseen.headers["location"] == "/commencer?ok=draft-gone"
    assert new not in register.dossiers
    answer = await started(client, typed)
    assert answer.headers["location"] == f"/conventions/{new}?ok=started"
    assert register.dossiers[new].convention.follows == "SQF-P"
    assert [r.fact.reference for r in register.dossiers["SQF-P"].facts if isinstance(r.fact, FollowedBy)] == [new]
    former = (await client.get("/conventions/SQF-P")).text
    assert "Suivie par" in former
    assert f'href="/conventions/{new}"' in former
    assert "Préparer la suite" not in former
    assert "Fait suite à" in Page.read((await client.get(f"/conventions/{new}")).text).text


async def test_a_convention_that_has_what_follows_says_so_rather_than_propose_another(
    client: httpx.AsyncClient,
) -> None:
    await started(client, Typed((await client.get(f"{FORM}?suite=SQF-P")).text).fields)
    again = read((await client.get(f"{FORM}?suite=SQF-P")).text)
    assert "a déjà une suite" in again.text


async def test_without_a_known_period_nothing_can_be_proposed_and_it_is_said(
    client: httpx.AsyncClient,
) -> None:
    page = read((await client.get(f"{FORM}?suite=IDA-O")).text)
    assert "n’est pas connue" in page.text
