"""Facts through the web forms: the same door, the same words."""

import httpx

from echeancier.domain import typography
from echeancier.domain.recording import KINDS
from tests.desk.fakes import EXAMPLES, FakeRegister
from tests.desk.html import Page, read

SIGN = "/conventions/SQF-P/enregistrer"


async def token(client: httpx.AsyncClient, path: str = "/conventions/SQF-P/enregistrer/done") -> str:
    """The mark of a form written for this visitor."""
    return Page.read((await client.get(path)).text).hidden["token"]


async def post(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    return await client.post(path, data={"token": await token(client), **fields})


async def test_something_done_is_recorded_by_the_operator(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(client, f"{SIGN}/done", item="quarterly-data/2022-10", on="2023-01-20", request="r1")
    assert answer.status_code == 303
    assert ("record", "SQF-P", "done", "coordinator", "r1") in register.calls


async def test_a_form_says_what_follows_and_what_is_good_to_know(client: httpx.AsyncClient) -> None:
    for kind, help_ in KINDS.items():
        answer = await client.get(f"{SIGN}/{kind}")
        page = read(answer.text)
        assert page.problems == []
        hints = [hint for hint in (help_.hint, *(field.hint for field in help_.fields)) if hint is not None]
        assert [hint.fr for hint in hints if typography.said(hint, "fr") not in page.text] == []
        ours = [f for f in help_.fields if f.name != "at"]  # what its hint says hangs on the delays that run in hours
        described = [f.name for f in ours if f'aria-describedby="f-{f.name}-hint"' in answer.text]
        assert described == [f.name for f in ours if f.hint is not None]


async def test_after_recording_one_comes_back_to_the_page_one_left(client: httpx.AsyncClient) -> None:
    answer = await post(client, f"{SIGN}/done", item="quarterly-data/2022-10", on="2023-01-20", back="/?sort=duty")
    assert answer.headers["location"] == "/?sort=duty&ok=recorded"
    page = read((await client.get(answer.headers["location"])).text)
    assert "C’est enregistré." in page.text


async def test_one_never_comes_back_to_another_site(client: httpx.AsyncClient) -> None:
    for elsewhere in (
        "https://ailleurs.example/",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "javascript:x",
    ):
        answer = await client.post(
            f"{SIGN}/question-answered",
            data={"token": await token(client), "question": "operator-number", "on": "2023-03-01", "text": "12",
                  "back": elsewhere},
        )  # fmt: skip
        assert answer.headers["location"] == "/conventions/SQF-P?ok=recorded"


async def test_what_the_door_refuses_comes_back_with_its_words_and_what_was_typed(
    client: httpx.AsyncClient,
) -> None:
    answer = await post(
        client, f"{SIGN}/meeting-held", item="referent-meeting/2023-01", on="2022-06-01", note="salle 3"
    )
    assert answer.status_code == 422
    page = read(answer.text)
    assert "couvre la période" in page.text
    assert 'value="2022-06-01"' in answer.text
    assert "salle 3" in answer.text


async def test_a_missing_field_is_named(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(client, f"{SIGN}/done", item="quarterly-data/2022-10")
    assert answer.status_code == 422
    assert "on manque" in read(answer.text).text
    assert not [call for call in register.calls if call[0] == "record"]


async def test_a_meeting_is_fixed_from_its_day_and_hour(client: httpx.AsyncClient, register: FakeRegister) -> None:
    answer = await post(
        client,
        f"{SIGN}/meeting-arranged",
        item="steering-committee/2023",
        starts_at="2023-06-15T10:00",
        place="Mairie",
    )
    assert answer.status_code == 303
    page = read((await client.get("/conventions/SQF-P")).text)
    assert "15/06/2023, 10\u00a0h" in page.text
    assert register.dossiers["SQF-P"].facts[-1].fact.kind == "meeting-arranged"


async def test_a_question_answered_moves_the_agenda(client: httpx.AsyncClient) -> None:
    await post(client, f"{SIGN}/question-answered", question="rhythm/company-moves", on="2023-03-01", months="6")
    page = read((await client.get("/conventions/SQF-P")).text)
    assert "6\u00a0mois" in page.text or "6 mois" in page.text
    assert "rythme choisi, non contractuel" in page.text


async def test_the_same_button_pressed_twice_names_the_same_request(client: httpx.AsyncClient) -> None:
    text = (await client.get(f"{SIGN}/done")).text
    first = Page.read(text).hidden["request"]
    assert len(first) == 32
    assert Page.read((await client.get(f"{SIGN}/done")).text).hidden["request"] != first


async def test_a_fact_is_put_right_and_its_former_version_stays(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    path = "/conventions/SQF-P/faits/f4"
    given = {
        "token": await token(client, path),
        "on": "2021-04-21",
        "party": "commune",
        "note": "date supposée",
    }
    answer = await client.post(path, data=given)
    assert answer.status_code == 303
    assert ("correct", "SQF-P", "f4", "coordinator") in register.calls
    page = read((await client.get("/conventions/SQF-P/journal")).text)
    assert "rectifié depuis" in page.text


async def test_a_fact_others_depend_on_is_not_cancelled_and_why_is_said(client: httpx.AsyncClient) -> None:
    path = "/conventions/SQF-P/faits/f1"
    answer = await client.post(f"{path}/annuler", data={"token": await token(client, path)})
    assert answer.status_code == 422
    assert "d’autres faits dépendent de f1" in read(answer.text).text


async def test_a_fact_recorded_by_mistake_is_cancelled(client: httpx.AsyncClient, register: FakeRegister) -> None:
    await post(client, f"{SIGN}/done", item="quarterly-data/2022-10", on="2023-01-20")
    path = "/conventions/SQF-P/faits/f6"
    answer = await client.post(f"{path}/annuler", data={"token": await token(client, path)})
    assert answer.status_code == 303
    assert register.dossiers["SQF-P"].facts[-1].cancelled


async def test_terms_are_corrected_with_a_reason(client: httpx.AsyncClient, register: FakeRegister) -> None:

    text = (EXAMPLES / "sqf-p.toml").read_text("utf-8")
    path = "/conventions/SQF-P/termes"
    data = {"token": await token(client, path), "text": text, "why": ""}
    assert (await client.post(path, data=data)).status_code == 422
    data["why"] = "adresse mal recopiée"
    shown = read((await client.post(path, data=data)).text)
    assert "Aucune date ne bouge" in shown.text
    assert not any(call[0] == "correct_terms" for call in register.calls)
    data["seen"] = shown.hidden["seen"]
    assert (await client.post(path, data=data)).status_code == 303
    assert ("correct_terms", "SQF-P", "coordinator", "adresse mal recopiée") in register.calls


async def test_corrected_terms_show_what_moves_and_only_what_was_shown_is_recorded(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    path = "/conventions/SQF-P/termes"
    before = read((await client.get(path)).text)
    assert 'reference = "SQF-P"' in before.text
    text = (EXAMPLES / "sqf-p.toml").read_text("utf-8")
    longer = text.replace("[term]\nmonths = 36", "[term]\nmonths = 48")
    assert longer != text
    data = {"token": before.hidden["token"], "text": longer, "why": "durée mal recopiée"}
    shown = read((await client.post(path, data=data)).text)
    assert "Rien n’est encore enregistré" in shown.text
    assert "31/12/2024" in shown.text
    other = await client.post(path, data={**data, "seen": shown.hidden["seen"], "text": text})
    assert other.status_code == 200
    assert not any(call[0] == "correct_terms" for call in register.calls)


async def test_a_withdrawal_wants_a_reason(client: httpx.AsyncClient, register: FakeRegister) -> None:
    path = "/conventions/SQF-P/retirer"
    assert (await post(client, path)).status_code == 422
    assert (await post(client, path, why="saisie deux fois")).status_code == 303
    assert ("withdraw", "SQF-P", "coordinator", "saisie deux fois") in register.calls


async def test_every_kind_of_fact_has_a_form(client: httpx.AsyncClient) -> None:
    for kind, words in KINDS.items():
        page = read((await client.get(f"{SIGN}/{kind}")).text)
        assert {field.name for field in words.fields if not field.of_file} <= {
            name.partition(".")[0] for name in page.inputs.values()
        }
