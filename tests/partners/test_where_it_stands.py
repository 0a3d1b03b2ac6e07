"""« Vu, je m’en charge », « Pas avant le… », « Un problème » : what their pages show, record, and refuse."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from echeancier.domain.facts.acknowledgement import Acknowledged
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.domain.links import DATA, terms
from tests.partners.conftest import Kept, Office, office_of
from tests.partners.reading import words


@pytest.fixture
async def called() -> AsyncIterator[Office]:
    """Data of June, announced three weeks before."""
    made, web = office_of(life(terms(), b.signed("2021-12-15")).until("2022-06-10"), Kept())
    async with web:
        yield made


def kept(office: Office) -> list[Acknowledged]:
    facts = (record.fact for record in office.register.dossiers["TEST-1"].facts)
    return [fact for fact in facts if isinstance(fact, Acknowledged)]


async def test_looking_says_what_the_button_records_and_records_nothing(called: Office) -> None:
    page = words(await called.web.get(called.path("seen", kind="reminders")))
    assert "Vous vous en chargez ?" in page
    assert "Ce n’est pas compté comme fait" in page
    assert "valable jusqu’au jeudi 30 juin 2022" in page
    assert called.recorded == []


async def test_seen_is_recorded_once_with_the_day_it_was_said_of(called: Office) -> None:
    path = called.path("seen", kind="reminders")
    page = await called.web.post(path)
    assert page.status_code == 200
    assert "vu, s’en charge, dit le vendredi 10 juin 2022" in words(page)
    again = await called.web.post(path)
    assert "C’est déjà enregistré" in again.text
    [fact] = kept(called)
    assert (fact.item, fact.role, fact.answer, fact.of_day) == (DATA, "partner", "seen", date(2022, 6, 30))
    assert called.register.dossiers["TEST-1"].facts[-1].recorded_by == "Fonction partner (par lien)"


async def test_a_day_is_chosen_among_those_possible_and_may_be_changed(called: Office) -> None:
    path = called.path("later", kind="reminders")
    shown = await called.web.get(path)
    assert 'min="2022-06-11" max="2022-06-30"' in shown.text
    await called.web.post(path, data={"on": "2022-06-20"})
    assert "pas avant le lundi 20 juin 2022" in words(await called.web.get(path))
    await called.web.post(path, data={"on": "2022-06-22"})
    assert [fact.until for fact in kept(called)] == [date(2022, 6, 20), date(2022, 6, 22)]


async def test_what_was_taken_in_charge_may_still_be_put_off_and_the_last_word_counts(called: Office) -> None:
    await called.web.post(called.path("seen", kind="reminders"))
    await called.web.post(called.path("later", kind="reminders"), data={"on": "2022-06-20"})
    assert [fact.answer for fact in kept(called)] == ["seen", "later"]
    assert "pas avant le lundi 20 juin 2022" in words(await called.web.get(called.path("seen", kind="reminders")))


@pytest.mark.parametrize("day", ["2022-07-01", "2022-06-10", ""])
async def test_a_day_out_of_reach_is_refused_with_the_latest_one(called: Office, day: str) -> None:
    page = await called.web.post(called.path("later", kind="reminders"), data={"on": day})
    assert page.status_code == 422
    assert "jeudi 30 juin 2022" in words(page).partition("De quoi il s’agit")[0]
    assert kept(called) == []


async def test_a_problem_wants_words_and_may_be_told_again(called: Office) -> None:
    path = called.path("problem", kind="reminders")
    assert (await called.web.post(path, data={"word": " "})).status_code == 422
    first = await called.web.post(path, data={"word": "le fichier n’est pas prêt"})
    assert "signale un problème" in words(first)
    assert (await called.web.post(path, data={"word": "ni le suivant"})).status_code == 200
    assert [fact.note for fact in kept(called)] == ["le fichier n’est pas prêt", "ni le suivant"]


async def test_below_the_form_stand_where_the_day_comes_from_and_what_was_written(called: Office) -> None:
    page = words(await called.web.get(called.path("seen", kind="reminders")))
    form, _, below = page.partition("D’où vient ce jour")
    assert "Oui, je m’en charge" in form
    assert "art. 1" in below
    assert "Certitude :" in below
    assert (
        "Ce que nous vous avons écrit à ce sujet lundi 3 janvier 2022 : présenté jeudi 9 juin 2022 : première annonce"
        in below
    )


async def test_what_was_written_to_somebody_else_is_not_shown(called: Office) -> None:
    called.lived.until("2022-07-01")
    called.at(b.at("2022-07-01"))
    page = words(await called.web.get(called.path("received", to="coordinator", kind="reminders")))
    below = page.partition("Ce que nous vous avons écrit")[2]
    assert "dernier appel" in below
    assert (date(2022, 6, 23), "reminder") in called.lived.told(DATA, "partner")
    assert "rappel" not in below


async def test_whoever_looks_at_one_answer_finds_the_others_and_never_for_longer(called: Office) -> None:
    seen = await called.web.get(called.path("seen", kind="reminders"))
    assert "C’est fait" in words(seen)
    done = await called.web.get(called.path("done", kind="reminders"))
    assert "Répondre autrement" not in words(done)


async def test_after_the_safe_day_it_can_no_longer_be_said(called: Office) -> None:
    path = called.path("seen", kind="reminders")
    called.at(b.at("2022-07-01"))
    assert (await called.web.get(path)).status_code == 410


async def test_english_pages_say_it_all(called: Office) -> None:
    for act in ("seen", "later", "problem"):
        page = words(await called.web.get(called.path(act, kind="reminders") + "?lang=en"))
        assert "Where this day comes from" in page
        assert "What we wrote to you about it" in page
