"""An event that only the file names is read in its words, in both languages, wherever it stands; its key is for the command."""

from typing import Any, Final

import pytest

from echeancier.desk.facts.labels import event_word
from echeancier.domain.facts.event_words import event_in_words
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.money import PaperReceived
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import journal
from echeancier.domain.recording.start import problems_at_the_door
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import ONCE, d, recorded, seen
from tests.domain.test_amounts import dossier
from tests.domain.test_money import BEGUN, items, paper, price
from tests.support.door import take

KEYS: Final = {"id": "cles-remises", "title": "remise des clés", "title_en": "keys handed over"}
REPORT: Final = {name: value for name, value in ONCE.items() if name != "question"}


def deposit(*named: dict[str, str], **said: Any) -> Convention:
    return paper(price(**{"starts": "cles-remises", "delay": {"days": 60}, **said}), event=list(named))


def test_what_a_sum_waits_for_is_said_in_the_words_of_the_file() -> None:
    (found,) = items(deposit(KEYS), "2022-02-01")
    assert found.trace == "attend « remise des clés »"
    assert found.standing == Text(fr="attend « remise des clés »", en="waits for “keys handed over”")


def test_without_words_its_key_is_read_without_its_hyphens() -> None:
    (found,) = items(deposit(), "2022-02-01")
    assert found.standing == Text(fr="attend « cles remises »", en="waits for “cles remises”")


def test_a_day_of_the_conventions_own_life_needs_no_words() -> None:
    (found,) = items(deposit(starts="ended"), "2022-02-01")
    assert found.legal_last_day is not None
    assert event_in_words(deposit(), "ended").en == "the end of the convention"


def test_a_paper_that_a_sum_needs_has_words_too() -> None:
    photos = {"id": "photos", "title": "photos {avant} et après", "title_en": "photographs"}
    terms = paper(price(needs=["photos", "once"]), one_off=[{**REPORT, "on": d("2022-05-31")}], event=[photos])
    (found,) = items(terms, "2022-02-01")
    assert found.standing is not None
    assert "« photos {avant} et après » (dû par" in found.standing.fr
    assert found.standing.en.startswith("waits for “photographs” (owed by ")
    (told,) = items(terms, "2022-03-02", PaperReceived(on=d("2022-03-01"), what="photos"))
    assert "« Une fois »" in told.trace


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"term": {"event": "cles-remises", "clauses": ["A1"]}}, "« remise des clés » le 01/06/2022"),
        (
            {"automatic_end": [{"id": "gone", "event": "cles-remises", "clauses": ["A1"]}]},
            "de plein droit : « remise des clés » le 01/06/2022",
        ),
    ],
    ids=["its term", "of right"],
)
def test_the_proof_of_an_end_names_it_in_words(terms: dict[str, Any], said: str) -> None:
    happened = Happened(event="cles-remises", on=d("2022-06-01"))
    end = seen(paper(event=[KEYS], **terms), recorded(*BEGUN, happened), "2022-07-01").item("end")
    assert end is not None
    assert said in end.trace.replace("\u00a0", " ")


def test_the_journal_names_the_event_that_was_recorded() -> None:
    told = take(dossier(price(starts="cles-remises")), Happened(event="cles-remises", on=d("2022-03-01")))
    (entry,) = [one for one in journal(told) if one.kind == "event"]
    assert "cles remises" in entry.what.fr


def test_the_desk_offers_it_in_words_and_without_them_by_what_it_starts() -> None:
    duty = {
        "id": "inventory",
        "kind": "document",
        "title": "État des lieux",
        "title_en": "Inventory",
        "owed_by": "town",
        "owed_to": "agency",
        "event": "cles-remises",
        "delay": {"days": 8},
        "clauses": ["A1"],
    }
    assert event_word(paper(event_duty=[duty], event=[KEYS]), "cles-remises").fr == "remise des clés"
    without = event_word(paper(event_duty=[duty]), "cles-remises")
    assert (without.fr, without.en) == ("cles remises (d’où : État des lieux)", "cles remises (hence: Inventory)")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            ({**KEYS, "id": "cle-remise"},),
            "rien dans le fichier n’attend cet événement ; l’ôter, ou écrire : cles-remises",
        ),
        ((KEYS, KEYS), "est écrit 2 fois"),
        (({**KEYS, "id": "ended"},), "rien dans le fichier n’attend cet événement"),
    ],
    ids=["a slip", "twice", "its own life"],
)
def test_words_for_what_nothing_waits_for_are_refused(named: tuple[dict[str, str], ...], said: str) -> None:
    problems = problems_at_the_door(deposit(*named), d("2022-01-01"))
    assert [one for one in problems if said in one.fr.replace("\u00a0", " ")]
