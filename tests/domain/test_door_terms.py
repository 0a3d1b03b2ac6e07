"""Amendments, decisions about renewal, answers to questions, at the door."""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.end import Amended, RenewalDecided
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.signing import Signed
from tests.support.door import at, example, new, refused, running, small, take, voted


def amended(on: date, ends_on: date | None = None) -> Amended:
    return Amended(on=on, ends_on=ends_on)


def test_an_amendment_moves_the_end() -> None:
    dossier = take(running(), amended(date(2022, 11, 2), date(2023, 6, 30)))
    assert agenda(dossier.convention, tuple(dossier.facts), at(2022, 11, 3)).ends_on == date(2023, 6, 30)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_the_last_amendment_signed_gives_the_end_in_whatever_order_they_are_told(order: tuple[int, ...]) -> None:
    signed = (
        amended(date(2022, 9, 1), date(2023, 6, 30)),
        amended(date(2022, 10, 3), date(2022, 10, 31)),
        amended(date(2022, 10, 20), date(2023, 3, 31)),
    )
    dossier = take(running(), *(signed[n] for n in order), told=at(2022, 10, 24))
    assert agenda(dossier.convention, tuple(dossier.facts), at(2022, 11, 3)).ends_on == date(2023, 3, 31)


def test_of_two_amendments_of_one_day_the_last_told_counts() -> None:
    day = date(2022, 11, 2)
    dossier = take(running(), amended(day, date(2023, 6, 30)), amended(day, date(2023, 5, 31)))
    assert agenda(dossier.convention, tuple(dossier.facts), at(2022, 11, 3)).ends_on == date(2023, 5, 31)


def test_an_amendment_told_twice_is_refused_and_another_of_that_day_is_taken() -> None:
    one = amended(date(2022, 11, 2), date(2023, 6, 30))
    dossier = take(running(), one)
    assert "déjà enregistré (f6)" in refused(dossier, one.model_copy(update={"note": "encore"}))
    assert take(dossier, one.model_copy(update={"label": "avenant 2"})).facts[-1].id == "f7"


def test_an_amendment_on_the_last_day_is_taken() -> None:
    assert take(running(), amended(date(2022, 12, 31), date(2023, 6, 30))).facts[-1].id == "f6"


def test_an_amendment_after_the_end_is_a_new_convention() -> None:
    assert "nouvelle convention" in refused(running(), amended(date(2023, 1, 2), date(2023, 6, 30)))


def test_an_amendment_needs_a_convention_in_force() -> None:
    assert "signed (commune)" in refused(new(small()), amended(date(2022, 2, 1)))


def test_an_amendment_does_not_end_the_convention_before_itself() -> None:
    assert "mardi 1er mars 2022" in refused(running(), amended(date(2022, 3, 1), date(2022, 2, 28)))


def test_an_amendment_beyond_the_cap_is_refused_with_the_last_possible_day() -> None:
    words = refused(example("mtz-p"), amended(date(2023, 11, 2), date(2024, 6, 30)))
    assert "dimanche 31 décembre 2023" in words


def test_one_renewal_is_taken_and_a_second_refused() -> None:
    dossier = voted(example("bri-p", with_facts=False), date(2015, 12, 8), date(2015, 12, 10))
    take(dossier, *(Signed(on=date(2015, 12, 15), party=party) for party in dossier.convention.parties))
    take(dossier, amended(date(2016, 12, 1), date(2017, 12, 14)))
    assert "reconductions à 1" in refused(dossier, amended(date(2017, 12, 1), date(2018, 12, 14)))


def test_a_renewal_longer_than_the_text_allows_is_refused() -> None:
    words = refused(example("bri-p"), amended(date(2016, 12, 1), date(2018, 6, 30)))
    assert "mercredi 17 janvier 2018" in words


def test_an_amendment_that_leaves_the_end_alone_is_no_renewal() -> None:
    dossier = take(example("bri-p"), amended(date(2016, 6, 1)), amended(date(2016, 12, 1), date(2018, 1, 17)))
    assert dossier.facts[-1].id == "f7"


def test_an_annex_is_not_extended_beyond_its_parent() -> None:
    words = refused(example("sqf-o"), amended(date(2023, 11, 2), date(2024, 6, 30)))
    assert "dimanche 31 décembre 2023" in words


def test_the_end_of_an_annex_that_ends_with_its_parent_is_told_by_the_parent() -> None:
    assert "parent-ends" in refused(example("mtz-a"), amended(date(2023, 11, 2), date(2023, 12, 15)))


def test_renewal_is_decided_before_the_end() -> None:
    assert take(running(), RenewalDecided(on=date(2022, 12, 31), decision="renew")).facts[-1].id == "f6"


def test_renewal_is_not_decided_after_the_end() -> None:
    assert "trop tard" in refused(running(), RenewalDecided(on=date(2023, 1, 2), decision="renew"))


ON = date(2021, 5, 3)


def test_an_answer_of_the_right_sort_is_taken() -> None:
    answer = QuestionAnswered(on=ON, question="hiring-data", reading="employment-only")
    assert take(example("sqf-p"), answer).facts[-1].id == "f6"


@pytest.mark.parametrize(
    ("question", "given", "wanted"),
    [
        ("hiring-data", {"text": "oui"}, "(reading)"),
        ("immersion-when", {"text": "au printemps"}, "(day)"),
        ("immersion-when", {"day": date(2021, 6, 1), "months": 2}, "rien d’autre"),
        ("rhythm/company-moves", {"day": date(2021, 6, 1)}, "(months)"),
        ("operator-number", {"text": "  "}, "(text)"),
    ],
)
def test_an_answer_of_another_sort_is_refused_with_the_one_expected(
    question: str, given: dict[str, object], wanted: str
) -> None:
    answer = QuestionAnswered.model_validate({"on": ON, "question": question, **given})
    assert wanted in refused(example("sqf-p"), answer)


def test_a_reading_that_is_not_one_of_the_question_is_refused_with_the_nearest() -> None:
    answer = QuestionAnswered(on=ON, question="hiring-data", reading="with-hiring")
    assert "« with-hirings »" in refused(example("sqf-p"), answer)


def test_a_question_nobody_asks_is_refused_with_the_nearest() -> None:
    answer = QuestionAnswered(on=ON, question="immersion", day=ON)
    assert "« immersion-when »" in refused(example("sqf-p"), answer)


def test_the_end_of_an_unknown_parent_may_be_answered() -> None:
    dossier = example("ida-o")
    take(dossier, QuestionAnswered(on=date(2024, 5, 2), question="parent-end", day=date(2026, 12, 31)))
    assert agenda(dossier.convention, tuple(dossier.facts), at(2024, 5, 3)).ends_on == date(2026, 12, 31)


def test_the_end_of_a_parent_that_was_told_is_not_answered_beside_it() -> None:
    dossier = take(example("ida-o"), ParentEnds(on=date(2026, 12, 31)), told=at(2024, 5, 2))
    answer = QuestionAnswered(on=date(2024, 5, 3), question="parent-end", day=date(2027, 12, 31))
    assert "parent-ends" in refused(dossier, answer)


def test_an_answer_can_be_changed_by_a_later_one() -> None:
    first = QuestionAnswered(on=ON, question="immersion-when", day=date(2021, 6, 1))
    dossier = take(example("sqf-p"), first, first.model_copy(update={"day": date(2021, 9, 1)}))
    assert dossier.facts[-1].id == "f7"
