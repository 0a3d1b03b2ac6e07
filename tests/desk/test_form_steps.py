"""The form in steps: each owns a part of the sheet, saves itself, and undoes nothing of another tab."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.stores.drafts import TERM, Drafts
from echeancier.desk.form.cards import Card, CardBuilder, Input
from echeancier.desk.form.catalogue import catalogue
from echeancier.desk.form.document import sheet_from
from echeancier.desk.form.edits import add, at, blank_sheet, cite, duplicate, uncite, way_chosen
from echeancier.desk.form.filling import CITING, named
from echeancier.desk.form.growing import so_far
from echeancier.desk.form.shapes import ROOT, shapes
from echeancier.desk.form.sheet import flat, names_in, nested
from echeancier.desk.form.steps import (
    ACT,
    DUTIES,
    END,
    LIFE,
    PARTIES,
    STEPS,
    FormStep,
    articles_of,
    mark_of_part,
    part_of,
    with_part,
)
from tests.desk.fakes import NOW, FakeRegister, example
from tests.desk.html import Page, Typed, read
from tests.desk.test_form_page import FORM, fields, post
from tests.desk.test_form_sheet import NAMES, complete

KEEP = f"{FORM}/garder"


def test_every_block_and_every_field_of_a_convention_belongs_to_one_step() -> None:
    owned = [name for step in STEPS for name in step.owns]
    assert len(owned) == len(set(owned))
    assert set(CITING) <= set(owned)
    assert {shape.name for shape in shapes(ROOT)} - {"clause"} <= set(owned)


@pytest.mark.parametrize("name", NAMES)
def test_every_article_stands_in_one_step(name: str) -> None:
    sheet = sheet_from(example(name).convention)
    shown = [one for step in STEPS for one in articles_of(sheet, step)]
    assert sorted(shown) == sorted(clause["id"] for clause in sheet["clause"])


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_a_step_sent_as_it_is_changes_nothing(step: FormStep) -> None:
    sheet = sheet_from(example("sqf-p").convention)
    sent = nested(flat(part_of(sheet, step)))
    assert flat(with_part(sheet, step, sent)) == flat(sheet)


def test_another_step_that_changed_does_not_change_the_mark_of_this_one() -> None:
    sheet = complete(blank_sheet())
    before = {step: mark_of_part(sheet, step) for step in STEPS}
    add(sheet, "committee")
    after = {step: mark_of_part(sheet, step) for step in STEPS}
    assert [step for step in STEPS if before[step] != after[step]] == [DUTIES]


async def keep(client: httpx.AsyncClient, given: dict[str, str]) -> dict[str, str]:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    answer = await client.post(KEEP, data={"token": token, **given})
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


async def test_what_is_typed_is_kept_without_a_button_and_found_again(client: httpx.AsyncClient) -> None:
    typed = Typed((await client.get(FORM)).text).fields
    kept = await keep(client, typed | {"title": "Tapé sans bouton"})
    assert not kept["apart"]
    again = await client.get(f"{FORM}?brouillon={kept['draft']}&etape=acte")
    assert 'value="Tapé sans bouton"' in again.text
    assert kept["mark"] == Typed(again.text).fields["mark"]
    assert "Tapé sans bouton" in (await client.get("/commencer")).text
    more = await keep(client, typed | {"title": "Tapé encore", "draft": kept["draft"], "mark": kept["mark"]})
    assert more["draft"] == kept["draft"]
    assert not more["apart"]


async def test_looking_at_the_form_keeps_no_draft(client: httpx.AsyncClient) -> None:
    await client.get(FORM)
    await client.get(f"{FORM}?exemple=aub-l")
    assert "Reprendre un brouillon" not in (await client.get("/commencer")).text


async def test_two_tabs_at_different_steps_both_stand(client: httpx.AsyncClient) -> None:
    act = Typed((await post(client, fields(do="go:acte"))).text).fields
    duties = Typed((await client.get(f"{FORM}?brouillon={act['draft']}&etape=obligations")).text).fields
    await keep(client, act | {"title": "Changé à l’acte"})
    kept = await keep(client, duties | {"duty.0.title": "Changé aux obligations"})
    assert not kept["apart"]
    assert "Changé à l’acte" in (await client.get(f"{FORM}?brouillon={act['draft']}&etape=acte")).text
    assert "Changé aux obligations" in (await client.get(f"{FORM}?brouillon={act['draft']}&etape=obligations")).text


async def test_two_tabs_at_one_step_are_told_and_both_kept(client: httpx.AsyncClient) -> None:
    act = Typed((await post(client, fields(do="go:acte"))).text).fields
    await keep(client, act | {"title": "Du premier onglet"})
    kept = await keep(client, act | {"title": "Du second onglet"})
    assert kept["apart"]
    assert kept["draft"] != act["draft"]
    assert "Du premier onglet" in (await client.get(f"{FORM}?brouillon={act['draft']}")).text
    second = await client.get(f"{FORM}?brouillon={kept['draft']}")
    assert "Du second onglet" in second.text
    assert "Ceci est une copie" in second.text
    both = (await client.get("/commencer")).text
    assert act["draft"] in both
    assert kept["draft"] in both
    again = await keep(client, act | {"title": "Du second onglet, suite", "draft": kept["draft"], "mark": kept["mark"]})
    assert again["draft"] == kept["draft"]


async def test_a_button_of_a_tab_that_was_overtaken_does_nothing_but_keep_what_it_held(
    client: httpx.AsyncClient,
) -> None:
    duties = Typed((await post(client, fields(do="go:obligations"))).text).fields
    await keep(client, duties | {"duty.0.title": "Du premier onglet"})
    answer = await post(client, duties | {"duty.0.title": "Du second onglet", "do": "remove:duty.0"})
    assert "Du second onglet" in read(answer.text).text
    assert "avait changé dans un autre onglet" in read(answer.text).text


async def test_a_draft_that_is_no_more_costs_no_typing(client: httpx.AsyncClient) -> None:
    act = Typed((await post(client, fields(do="go:acte"))).text).fields
    await post(client, {"do": "discard", "draft": act["draft"]})
    assert (await client.get(f"{FORM}?brouillon={act['draft']}")).status_code == 404
    kept = await keep(client, act | {"title": "Tapé après"})
    assert kept["apart"]
    assert "Tapé après" in (await client.get(f"{FORM}?brouillon={kept['draft']}")).text


async def test_a_session_that_ended_gives_back_what_was_typed(client: httpx.AsyncClient) -> None:
    act = Typed((await client.get(FORM)).text).fields
    answer = await client.post(KEEP, data={**act, "title": "Pas perdu", "token": "0" * 64})
    assert answer.status_code == 409


async def test_each_step_is_a_sound_page_in_both_languages(client: httpx.AsyncClient) -> None:
    for name in ("aub-l", "vlm-s", "trs-c"):
        first = Typed((await client.get(f"{FORM}?exemple={name}")).text).fields
        draft = Typed((await post(client, {**first, "do": "go:acte"})).text).fields["draft"]
        for step in STEPS:
            for language in ("fr", "en"):
                page = read((await client.get(f"{FORM}?brouillon={draft}&etape={step.key}&lang={language}")).text)
                words = page.text.lower()
                assert "toml" not in words
                assert "(clé" not in words
                assert "identifiants" not in words
                assert "(son id" not in words


def test_what_is_named_keeps_its_name_when_its_words_change() -> None:
    sheet = blank_sheet()
    sheet["roles"].append({"key": "", "party": "commune", "function": "Service des finances", "address": ""})
    add(sheet, "committee")
    named(sheet)
    assert sheet["roles"][-1]["key"] == "service-des-finances"
    assert at(sheet, "duty.0.id") == "comite-de-pilotage"
    at(sheet, "duty.0")["title"] = "Autre comité"
    sheet["roles"][-1]["function"] = "Trésorerie"
    named(sheet)
    assert (sheet["roles"][-1]["key"], at(sheet, "duty.0.id")) == ("service-des-finances", "comite-de-pilotage")


def test_a_card_is_repeated_with_its_articles_and_is_somebody_else() -> None:
    sheet = named(complete(blank_sheet()))
    place = add(sheet, "committee")
    named(sheet)
    duplicate(sheet, place)
    named(sheet)
    first, second = sheet["duty"]
    assert first["clauses"] == second["clauses"]
    assert first["id"] != second["id"]
    assert {k: v for k, v in first.items() if k != "id"} == {k: v for k, v in second.items() if k != "id"}


def test_no_clause_of_the_catalogue_brings_the_words_of_another_paper() -> None:
    for key in catalogue():
        sheet = complete(blank_sheet())
        place = add(sheet, key)
        cited = names_in(at(sheet, place)["clauses"]) if place else []
        assert [clause["says"] for clause in sheet["clause"] if clause["id"] in cited] in ([""], [])


@pytest.mark.parametrize("words", ["sans délai", "Immédiatement", "sans aucun délai"])
def test_a_delay_without_a_number_is_taken_as_the_paper_says_it(words: str) -> None:
    sheet = complete(blank_sheet())
    place = add(sheet, "breach-told")
    at(sheet, place)["delay"] = words
    named(sheet)
    assert (at(sheet, place)["delay"], at(sheet, place)["no_number"]) == ("", "true")


async def test_a_reference_that_is_taken_is_said_where_it_is_checked(client: httpx.AsyncClient) -> None:
    answer = await post(client, fields(do="go:verifier", reference="SQF-P"))
    assert "cette référence est déjà celle d’une autre convention" in read(answer.text).text


async def test_an_article_to_fill_in_is_called_after_what_cites_it(client: httpx.AsyncClient) -> None:
    typed = {name: "" if name.endswith(".article") else value for name, value in fields(do="go:verifier").items()}
    assert "Article – Comité de pilotage" in read((await post(client, typed)).text).text.replace("\u00a0", " ")


def test_a_day_of_the_calendar_takes_the_place_of_a_rhythm() -> None:
    sheet = complete(blank_sheet())
    place = add(sheet, "committee")
    at(sheet, place)["when"] = {"way": "part", "part": "half", "nth": "1"}
    way_chosen(sheet, place)
    assert "rhythm" not in at(sheet, place)
    other = add(sheet, "committee")
    way_chosen(sheet, other)
    assert "rhythm" in at(sheet, other)


def test_several_acts_are_told_apart_without_a_key_being_asked_for() -> None:
    sheet = complete(blank_sheet())
    assert "id" not in named(sheet)["act"][0]
    duplicate(sheet, "act.0")
    sheet["act"][1]["number"] = "CC-2026-77"
    named(sheet)
    assert [act["id"] for act in sheet["act"]] == ["conseil-municipal", "cc-2026-77"]


def test_one_article_serves_several_dates_and_goes_with_the_last_that_cites_it() -> None:
    sheet = complete(blank_sheet())
    one, two = add(sheet, "committee"), add(sheet, "report-yearly")
    first, blank = at(sheet, one)["clauses"], at(sheet, two)["clauses"]
    next(clause for clause in sheet["clause"] if clause["id"] == first)["article"] = "art. 5"
    cite(sheet, two, first)
    assert names_in(at(sheet, two)["clauses"]) == [first]
    assert blank not in {clause["id"] for clause in sheet["clause"]}
    uncite(sheet, one, first)
    assert first in {clause["id"] for clause in sheet["clause"]}
    uncite(sheet, two, first)
    assert first not in {clause["id"] for clause in sheet["clause"]}


def test_the_agenda_so_far_leaves_out_what_is_not_finished_and_counts_it() -> None:
    sheet = blank_sheet()
    assert so_far(sheet)[0] is not None  # day and length are asked of the coordinator
    sheet["effect"]["on"], sheet["term"]["months"] = "2026-01-01", "36"
    add(sheet, "committee")
    add(sheet, "report-by-a-day")
    whole, waiting = so_far(sheet)
    assert whole is not None
    assert (len(whole.duty), waiting) == (2, 0)
    at(sheet, "duty.1")["when"] = {"way": "every_weeks"}
    part, waiting = so_far(sheet)
    assert part is not None
    assert ([one.title for one in part.duty], waiting) == (["Comité de pilotage"], 1)


async def test_the_agenda_grows_beside_the_form(client: httpx.AsyncClient) -> None:
    typed = Typed((await client.get(FORM)).text).fields
    act = await post(client, {**typed, "do": "go:duree"})
    life = Typed(act.text).fields
    kept = await keep(client, life | {"effect.on": "2026-03-15", "term.months": "12"})
    assert "15/03/2026" in kept["agenda"]
    assert "14/03/2027" in kept["agenda"]


def test_a_draft_expires_after_its_term_wherever_drafts_are_listed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep({"title": "Vieux"}, "coordinator", NOW - TERM - timedelta(days=1))
    drafts.keep({"title": "Neuf"}, "coordinator", NOW)
    assert [draft.title for draft in drafts.all()] == ["Neuf"]


def test_the_parts_of_all_steps_make_the_whole() -> None:
    sheet = complete(blank_sheet())
    owned = {name for step in (ACT, PARTIES, LIFE, DUTIES, END) for name in part_of(sheet, step)}
    assert set(sheet) <= owned


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_named_in_words_comes_back_as_its_key(name: str, language: str) -> None:
    sheet = sheet_from(example(name).convention)
    before = flat(named(sheet))
    for step in STEPS:
        cards = CardBuilder(sheet, step, (), language)
        shown = {one.path: one.value for one in _inputs((cards.head(), *cards.cards())) if one.sort == "event"}
        part = flat(part_of(sheet, step))
        sheet = named(
            with_part(sheet, step, nested({**part, **{path: value for path, value in shown.items() if path in part}}))
        )
    assert flat(sheet) == before


def _inputs(cards: Sequence[Card]) -> Iterator[Input]:
    for card in cards:
        yield from (*card.fields, *card.folded)
        yield from _inputs(card.inner)


def test_what_nothing_was_called_yet_becomes_an_event_of_the_file() -> None:
    sheet = complete(blank_sheet())
    add(sheet, "automatic-end")
    at(sheet, "automatic_end.0")["event"] = "Fermeture de l’agence"
    named(sheet)
    assert at(sheet, "automatic_end.0.event") == "fermeture-de-l-agence"
    assert sheet["event"] == [{"id": "fermeture-de-l-agence", "title": "Fermeture de l’agence"}]
    at(sheet, "automatic_end.0")["event"] = "  fermeture de l'agence "
    named(sheet)
    assert len(sheet["event"]) == 1
    at(sheet, "automatic_end.0")["event"] = "dissolution"
    assert named(sheet)["automatic_end"][0]["event"] == "dissolution"


def test_what_a_sum_needs_is_named_by_its_title() -> None:
    sheet = complete(blank_sheet())
    add(sheet, "report-yearly")
    add(sheet, "payment-instalments")
    title = at(named(sheet), "duty.0.title")
    at(sheet, "payment.0.instalments.1")["needs"] = f"{title}/2027, factures"
    assert at(named(sheet), "payment.0.instalments.1.needs") == f"{sheet['duty'][0]['id']}/2027, factures"


async def test_starting_twice_the_same_draft_starts_once_and_says_where_it_is(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    seen = Typed((await post(client, fields(do="go:verifier"))).text).fields
    first, second = await asyncio.gather(*(post(client, {**seen, "do": "start"}) for _ in range(2)))
    assert first.headers["location"] == "/conventions/NEUVE-2026?ok=started"
    assert second.headers["location"] in ("/conventions/NEUVE-2026?ok=started", "/commencer?ok=draft-gone")
    assert [call[0] for call in register.calls].count("start") <= 2
    late = await post(client, {**seen, "do": "start"})
    assert late.headers["location"] == "/commencer?ok=draft-gone"


async def test_a_convention_in_force_without_a_signature_is_told_before_it_starts(client: httpx.AsyncClient) -> None:
    past = {"effect.on": "2022-01-01"}
    words = "Aucune signature n’est saisie"
    assert words in (await post(client, fields(do="go:verifier") | past)).text
    assert words not in (await post(client, fields(do="go:verifier"))).text
