"""Amendments that change terms: each key from its own effect, each due date from the version in force on its day."""

from itertools import permutations
from typing import Any

import pytest

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import Refusal, check_cancel, check_terms, correct
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, at, convention, d
from tests.domain.builders_life import life
from tests.domain.test_tacit_life import begun, stands
from tests.domain.test_term_ends import of
from tests.support.door import refused, take
from tests.support.proofs import unproved_items

RENT: dict[str, Any] = {
    "id": "rent", "title": "Loyer", "title_en": "Rent", "amount": "300.00", "owed_by": "agency", "owed_to": "town",
    "when": {"every_months": 3, "due": "advance", "year": "civil"}, "clauses": ["A1"],
}  # fmt: skip
WAY_OUT: dict[str, Any] = {**NOTICE, "length": {"months": 6}}


def paper(**more: object) -> Convention:
    """A rent of 300 each quarter in advance, six months’ notice, from 2027 to 2029."""
    return convention(**{
        "effect": {"rule": "fixed", "on": d("2027-01-01"), "clauses": ["A1"]},
        "term": {"ends_on": d("2029-12-31"), "clauses": ["A1"]},
        "termination": [WAY_OUT], "payment": [RENT], **more,
    })  # fmt: skip


# « Avenant n° 1, d’effet au 1er juillet 2027 : le préavis est de deux mois » ; « n° 2, d’effet au 1er janvier 2028 : 320 € ».
SHORTER = Amended(
    on=d("2027-05-03"), number=1, effect=d("2027-07-01"), changes={"termination": {"leave": {"length": {"months": 2}}}}
)
DEARER = Amended(
    on=d("2027-05-02"), number=2, effect=d("2028-01-01"), changes={"payment": {"rent": {"amount": "320.00"}}}
)


def amended(*facts: Amended, terms: Convention | None = None) -> Dossier:
    return take(begun(terms or paper()), *facts, told=at("2027-05-04"))


def seen(dossier: Dossier, day: str = "2027-05-05") -> Agenda:
    return agenda_of(stands(dossier, day))


def rents(dossier: Dossier, day: str = "2027-05-05") -> dict[str, Item]:
    return {one.occurrence: one for one in seen(dossier, day).items if one.series == "rent"}


# -- the vector: each key from its own effect --------------------------------------------------------------------------------


def _in_force(dossier: Dossier, day: str) -> dict[str, object]:
    """The keys of the vectors, read in the terms in force on a day."""
    terms = stands(dossier, "2027-06-01").terms_on(d(day))
    length = terms.termination[0].length
    assert length is not None
    return {"notice.months": length.months, "rent": terms.payment[0].amount}


@pytest.mark.parametrize("vector", [one for one in of("in_force") if "only" not in one["input"]["amendments"][0]])
def test_the_terms_in_force_on_a_day(vector: dict[str, Any]) -> None:
    given = vector["input"]
    keys = {"notice.months": ("termination", "leave"), "rent": ("payment", "rent")}
    facts = []
    for one in given["amendments"]:
        changes: dict[str, Any] = {}
        for key, value in one["changes"].items():
            block, name = keys[key]
            changes[block] = {name: {"length": {"months": value}} if block == "termination" else {"amount": value}}
        facts.append(Amended(on=d("2027-05-03"), number=one["number"], effect=d(one["effect"]), changes=changes))
    for told in permutations(facts):
        assert _in_force(amended(*told), given["on"]) == vector["expected"]


def test_each_key_from_its_own_effect() -> None:
    dossier = amended(DEARER, SHORTER)
    days = ("2027-06-30", "2027-07-01", "2027-12-31", "2028-01-01")
    assert [tuple(_in_force(dossier, day).values()) for day in days] == [
        (6, "300.00"), (2, "300.00"), (2, "300.00"), (2, "320.00"),
    ]  # fmt: skip


# -- the agenda --------------------------------------------------------------------------------------------------------------


def test_a_rent_due_before_the_effect_keeps_its_amount_and_one_due_from_it_has_the_new_one() -> None:
    before, after = rents(begun(paper())), rents(amended(DEARER))
    assert before.keys() == after.keys()
    for about, one in after.items():
        if one.legal_last_day is not None and one.legal_last_day < d("2028-01-01"):
            assert one == before[about]
        else:
            assert "320,00" in one.title.fr
            assert one.trace.endswith("termes de l’avenant n° 2, d’effet le 01/01/2028")
        assert one.certainty is Certainty.CERTAIN
    assert unproved_items(stands(amended(DEARER), "2027-05-05")) == {}


def test_it_looks_the_same_before_and_after_the_effect() -> None:
    dossier = amended(DEARER, SHORTER)
    days = {day: rents(dossier, day) for day in ("2027-05-05", "2028-06-01")}
    first, second = (
        {about: (one.title, one.legal_last_day) for about, one in found.items()} for found in days.values()
    )
    assert first == second


def test_a_period_that_the_effect_cuts_is_to_be_confirmed() -> None:
    midway = DEARER.model_copy(update={"effect": d("2028-02-15")})
    found = rents(amended(midway))
    assert {about for about, one in found.items() if one.certainty is Certainty.CONTESTED} == {"2028-01"}
    assert "300,00" in found["2028-01"].title.fr
    assert "pendant cette période" in found["2028-01"].trace
    assert "320,00" in found["2028-04"].title.fr


def test_another_rhythm_neither_doubles_nor_loses_what_its_effect_cuts() -> None:
    monthly = Amended(
        on=d("2027-05-03"), number=1, effect=d("2028-02-01"),
        changes={"payment": {"rent": {"amount": "100.00", "when": {"every_months": 1, "due": "arrears", "year": "civil"}}}},
    )  # fmt: skip
    found = rents(amended(monthly))
    about = [*found]
    assert about[:6] == ["2027-01", "2027-04", "2027-07", "2027-10", "2028-01", "a1-2028-02"]
    assert found["2028-01"].certainty is Certainty.CONTESTED
    assert found["a1-2028-02"].certainty is Certainty.CERTAIN
    assert "2028-04" not in found
    assert "a1-2028-01" not in found


def test_another_rhythm_asks_of_the_days_that_both_terms_would_count() -> None:
    terms = paper(payment=[{**RENT, "when": {"every_months": 3, "due": "arrears", "days": 30, "year": "civil"}}])
    monthly = Amended(
        on=d("2027-05-03"), number=1, effect=d("2028-02-01"),
        changes={"payment": {"rent": {"when": {"every_months": 1, "due": "arrears", "days": 30, "year": "civil"}}}},
    )  # fmt: skip
    found = rents(amended(monthly, terms=terms))
    assert [about for about, one in found.items() if one.certainty is Certainty.CONTESTED] == ["a1-2028-01", "2028-01"]
    assert found["a1-2028-01"].legal_last_day == d(
        "2028-03-01"
    )  # January, due after the effect, is in the first quarter too
    assert "sont déjà dans «\u00a0Loyer (du 01/01/2028 au 31/03/2028)" in found["a1-2028-01"].trace


def test_what_was_done_before_stays_done() -> None:
    dossier = amended()
    take(dossier, DutyDone(on=d("2027-04-01"), item="rent/2027-04"))
    take(dossier, DEARER, told=at("2027-05-04"))
    assert rents(dossier)["2027-04"].done_on == d("2027-04-01")


REPORT: dict[str, Any] = {
    "id": "report", "kind": "report", "title": "Bilan", "title_en": "Report", "owed_by": "agency", "owed_to": "town",
    "when": {"on": "04-15", "covers": "previous"}, "clauses": ["A1"],
}  # fmt: skip


def reports(day: str, new: str, effect: str) -> dict[str, Item]:
    terms = paper(duty=[{**REPORT, "when": {"on": day, "covers": "previous"}}])
    changed: dict[str, Any] = {"duty": {"report": {"when": {"on": new, "covers": "previous"}}}}
    dossier = amended(Amended(on=d("2027-05-03"), number=1, effect=d(effect), changes=changed), terms=terms)
    assert unproved_items(stands(dossier, "2027-05-05")) == {}
    return {one.occurrence: one for one in seen(dossier).items if one.series == "report"}


def test_what_fell_due_before_the_effect_stands() -> None:
    found = reports("04-15", "06-15", "2028-05-01")
    assert {about: str(one.legal_last_day) for about, one in found.items()} == {
        "2027": "2028-04-15", "2028": "2029-06-15", "2029": "2030-06-15",
    }  # fmt: skip
    to_confirm = [about for about, one in found.items() if one.certainty is Certainty.CONTESTED]
    assert to_confirm == ["2028"]  # a report about a year that the effect cuts


def test_a_day_that_the_amendment_puts_before_its_own_effect_is_to_be_confirmed() -> None:
    found = reports("06-15", "04-15", "2028-05-01")
    assert {about: str(one.legal_last_day) for about, one in found.items()} == {
        "2027": "2028-06-15", "2028": "2029-04-15", "2029": "2030-04-15",
    }  # fmt: skip
    assert found["2027"].certainty is Certainty.CONTESTED
    assert "selon l’avenant, le 15/04/2028" in found["2027"].trace
    assert found["2029"].certainty is Certainty.CERTAIN


def test_what_a_second_amendment_takes_away_is_owed_no_more() -> None:
    gone = Amended(on=d("2027-05-03"), number=3, effect=d("2028-07-01"), changes={"payment": {"rent": ""}})
    found = rents(amended(DEARER, gone))
    assert [*found] == ["2027-01", "2027-04", "2027-07", "2027-10", "2028-01", "2028-04"]
    assert "320,00" in found["2028-04"].title.fr


def test_no_mail_about_what_it_does_not_touch_is_sent_twice() -> None:
    terms = paper(duty=[{**REPORT, "when": {"on": "04-15", "covers": "previous"}}])
    told = []
    for amendments in ((), (DEARER,)):
        lived = life(terms, tuple(Signed(on=d("2026-12-29"), party=party) for party in terms.parties), "2026-12-30")
        lived.record(*amendments, when=at("2027-05-02"))
        lived.until("2028-05-01")
        told.append(
            [(when.date(), order.to.role, line.item, line.stage) for when, order in lived.sent for line in order.lines]
        )
    untouched = [[one for one in found if one[2].startswith(("report/", "rent/2027"))] for found in told]
    assert untouched[0] == untouched[1] != []
    assert {one[2] for one in told[0]} == {one[2] for one in told[1]}


# -- the notice --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("posted", "end"), [("2027-06-30", "2027-12-30"), ("2027-07-01", "2027-09-01")])
def test_a_letter_goes_by_the_terms_of_the_day_it_was_posted(posted: str, end: str) -> None:
    dossier = amended(SHORTER)
    take(dossier, LetterPosted(on=d(posted), rule="leave", by="agency", reasons="motifs"))
    take(dossier, LetterDelivered(on=d("2027-07-02"), letter=dossier.facts[-1].id))
    for today in ("2027-07-05", "2027-08-05"):
        assert str(seen(dossier, today).ends_on) == end


TACIT: dict[str, Any] = {
    "term": {"ends_on": d("2027-12-31"), "clauses": ["A1"]},
    "renewal": {"how": "tacit", "period": {"months": 12}, "clauses": ["A1"]},
    "termination": [{**NOTICE, "id": "denial", "until": "term", "length": {"months": 2}, "starts": "sending"}],
}


def denials(before: int, after: int, effect: str) -> list[Item]:
    rule = {**TACIT["termination"][0], "length": {"months": before}}
    terms = paper(**{**TACIT, "payment": [], "termination": [rule]})
    changed: dict[str, Any] = {"termination": {"denial": {"length": {"months": after}}}}
    dossier = amended(Amended(on=d("2027-05-03"), number=1, effect=d(effect), changes=changed), terms=terms)
    assert unproved_items(stands(dossier, "2027-05-05")) == {}
    return [one for one in seen(dossier).items if one.series == "notice"]


def test_a_right_to_write_that_the_amendment_gives_again_is_there_once() -> None:
    one = denials(6, 2, "2027-09-01")[0]
    assert str(one.legal_last_day) > "2027-10-25"
    assert "avenant n° 1" in one.trace


def test_a_right_to_write_that_neither_version_dates_in_its_own_time_is_kept_at_its_earliest() -> None:
    one = denials(2, 6, "2027-09-01")[0]
    assert str(one.legal_last_day) < "2027-07-05"
    assert one.certainty is Certainty.CONTESTED


# -- the door ----------------------------------------------------------------------------------------------------------------


def changing(**changes: Any) -> Amended:
    return Amended(on=d("2027-05-03"), number=3, effect=d("2028-01-01"), changes=changes)


REFUSED: list[Any] = [
    pytest.param({"reference": {"x": {"y": 1}}}, "une nouvelle convention a la sienne", id="reference"),
    pytest.param({"parties": {"region": {"name": "Région"}}}, "follows", id="a party more"),
    pytest.param({"kind": {"x": {"y": 1}}}, "une autre nature", id="kind"),
    pytest.param({"term": {"ends_on": {"y": 1}}}, "la nouvelle fin se dit par ends_on", id="term"),
    pytest.param({"loyer": {"x": {"y": 1}}}, "ce bloc n’existe pas", id="no such block"),
    pytest.param({"payment": {"loyer": {"amount": "320.00"}}}, "au choix : rent", id="no such id"),
    pytest.param({"payment": {"rent": {"amout": "320.00"}}}, "vouliez-vous écrire « amount »", id="no such key"),
    pytest.param({"payment": {"rent": {"amount": "300.00"}}}, "a déjà cette valeur", id="no change"),
    pytest.param({"payment": {"rent": {"owed_by": "nobody"}}}, "nobody", id="a party that is not there"),
    pytest.param({"payment": {"rent": {"clauses": ["A2"]}}}, "A2", id="an article that is not written"),
    pytest.param({"termination": {"leave": {"length": {"years": 9}}}}, "plus long que la durée", id="longer than the term"),
    pytest.param({"payment": {"rent": {"prorata": "full", "starts": "statement"}}}, "rent", id="two days"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "why"), REFUSED)
def test_what_no_amendment_changes_is_refused_with_what_to_do(changes: dict[str, Any], why: str) -> None:
    assert why in refused(amended(), changing(**changes), told=at("2027-05-04"))


def test_two_values_of_one_day_and_one_number_are_refused() -> None:
    dossier = amended(DEARER)
    other = DEARER.model_copy(update={"changes": {"payment": {"rent": {"amount": "330.00"}}}})
    assert "déjà changé par l’avenant n° 2" in refused(dossier, other, told=at("2027-05-04"))
    take(dossier, other.model_copy(update={"number": 3}), told=at("2027-05-04"))
    assert "330,00" in rents(dossier)["2028-01"].title.fr


def test_nothing_left_to_change_is_refused() -> None:
    once = {
        "id": "kick-off", "kind": "report", "title": "Bilan", "title_en": "Report", "owed_by": "agency", "owed_to": "town",
        "on": d("2027-03-31"), "clauses": ["A1"],
    }  # fmt: skip
    dossier = amended(terms=paper(one_off=[once]))
    late = changing(one_off={"kick-off": {"on": "2027-04-30"}})
    assert "n’a plus d’échéance après" in refused(dossier, late, told=at("2027-05-04"))


def test_a_number_is_asked_of_an_amendment_that_changes_terms() -> None:
    with pytest.raises(ValueError, match="dit son numéro"):
        Amended(on=d("2027-05-03"), changes={"payment": {"rent": {"amount": "320.00"}}})


def test_a_corrected_amendment_counts_as_corrected_and_a_cancelled_one_no_more() -> None:
    dossier = amended(DEARER)
    changes: dict[str, object] = {"changes": {"payment": {"rent": {"amount": "340.00"}}}}
    dossier.facts.append(correct(dossier, dossier.facts[-1].id, changes, at("2027-05-05"), "coordinator"))
    assert "340,00" in rents(dossier)["2028-01"].title.fr


def test_an_amendment_on_which_another_builds_is_not_cancelled() -> None:
    more = {"title": "Charges", "title_en": "Charges", "amount": "50.00", "owed_by": "agency", "owed_to": "town",
        "on": "2028-06-30", "clauses": ["A1"]}  # fmt: skip
    first, second = changing(payment={"charges": more}), changing(payment={"charges": {"amount": "60.00"}})
    dossier = amended(first, second.model_copy(update={"number": 4}))
    with pytest.raises(Refusal, match="dépendent de"):
        check_cancel(dossier, dossier.facts[-2].id, at("2027-05-05"))
    check_cancel(dossier, dossier.facts[-1].id, at("2027-05-05"))


def test_corrected_terms_that_an_amendment_no_longer_fits_are_refused() -> None:
    dossier = amended(DEARER)
    with pytest.raises(Refusal, match="il n’y en a pas à changer"):
        check_terms(dossier, paper(payment=[]), at("2027-05-05"), "mal saisi")


def test_an_article_that_the_amendment_writes_is_quoted() -> None:
    changes = {
        "payment": {"rent": {"amount": "320.00", "clauses": ["AV1"]}},
        "clause": {"AV1": {"article": "avenant n° 1, art. 1", "says": "le loyer est de 320 € par trimestre"}},
    }
    found = rents(amended(changing(**changes)))
    assert (found["2027-10"].article, found["2028-01"].article) == ("art. 1", "avenant n° 1, art. 1")
