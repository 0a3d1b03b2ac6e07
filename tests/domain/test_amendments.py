"""The amendment that gives the last day: the last by its own effect, whatever the order of telling or of signing."""

from datetime import date
from itertools import permutations

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import convention, d, item, recorded, signed
from tests.domain.builders import seen as seen_at
from tests.support.door import at, refused, running, small, take

# In force from 1 March to 31 December 2022, signed before.
FIRST = Amended(on=d("2022-04-04"), effect=d("2022-05-01"), number=1, ends_on=d("2023-06-30"))
SECOND = Amended(on=d("2022-04-01"), effect=d("2022-09-01"), number=2, ends_on=d("2024-06-30"))
SHORTER = Amended(on=d("2022-06-01"), effect=d("2022-10-01"), number=3, ends_on=d("2022-11-30"))


def seen(*facts: Amended | QuestionAnswered) -> Agenda:
    dossier = take(running(), *facts, told=at(2022, 10, 24))
    return _agenda(dossier)


def _agenda(dossier: Dossier) -> Agenda:
    return agenda(dossier.convention, tuple(dossier.facts), at(2022, 11, 3))


@pytest.mark.parametrize("told", list(permutations((FIRST, SECOND))))
def test_the_last_by_effect_rules_whatever_the_order_of_telling_and_of_signing(told: tuple[Amended, ...]) -> None:
    found = seen(*told)
    assert found.ends_on == d("2024-06-30")
    end = item(found, "end")
    assert end.trace.startswith("avenant n° 2, d’effet le 01/09/2022, signé le 01/04/2022 → 30/06/2024")
    assert (end.rule, end.certainty) == ("amended_end", Certainty.CERTAIN)


@pytest.mark.parametrize("told", list(permutations((FIRST, SECOND, SHORTER))))
def test_it_rules_even_when_it_shortens(told: tuple[Amended, ...]) -> None:
    dossier = take(running(), *told, told=at(2022, 10, 24))
    assert _agenda(dossier).ends_on == d("2022-11-30")


def test_without_an_effect_of_its_own_it_counts_from_its_signature() -> None:
    later = Amended(on=d("2022-09-02"), number=3, ends_on=d("2023-03-31"))
    assert seen(SECOND, later).ends_on == d("2023-03-31")


RIVAL = Amended(on=d("2022-04-08"), effect=d("2022-09-01"), number=2, ends_on=d("2023-12-31"))


@pytest.mark.parametrize("told", list(permutations((SECOND, RIVAL))))
def test_two_of_one_effect_and_one_number_are_asked_and_the_shorter_runs_meanwhile(told: tuple[Amended, ...]) -> None:
    found = seen(*told)
    (question,) = [q for q in found.questions if q.id == "amendment-ends/2022-09-01"]
    assert (question.prudent, [r.id for r in question.readings]) == (
        "until-2023-12-31", ["until-2023-12-31", "until-2024-06-30"],
    )  # fmt: skip
    end = item(found, "end")
    assert (end.legal_last_day, end.certainty) == (d("2023-12-31"), Certainty.CONTESTED)
    assert "l’autre avenant de même effet : le 30/06/2024" in end.trace


def test_the_answer_settles_it() -> None:
    answer = QuestionAnswered(question="amendment-ends/2022-09-01", on=d("2022-10-20"), reading="until-2024-06-30")
    found = seen(SECOND, RIVAL, answer)
    end = item(found, "end")
    assert (end.legal_last_day, end.certainty) == (d("2024-06-30"), Certainty.CERTAIN)
    assert "l’autre avenant" not in end.trace


def test_numbers_tell_two_of_one_effect_apart() -> None:
    assert seen(SECOND, RIVAL.model_copy(update={"number": 4})).ends_on == d("2023-12-31")


@pytest.mark.parametrize(("effect", "ends_on", "words"), [
    ("2023-02-01", "2023-12-31", "commencerait après la fin de la convention (samedi 31 décembre 2022)"),
    ("2022-12-01", "2022-11-15", "jeudi 1er décembre 2022"),
])  # fmt: skip
def test_one_that_begins_too_late_or_ends_before_it_begins_is_refused(effect: str, ends_on: str, words: str) -> None:
    assert words in refused(running(), Amended(on=d("2022-09-01"), effect=d(effect), ends_on=d(ends_on)))


def test_one_may_begin_within_what_the_one_before_prolonged() -> None:
    later = Amended(on=d("2022-09-01"), effect=d("2023-02-01"), number=2, ends_on=d("2023-12-31"))
    assert seen(FIRST, later).ends_on == date(2023, 12, 31)


@pytest.mark.parametrize(("ends_on", "used"), [("2022-11-30", False), ("2023-12-31", True)])
def test_only_an_amendment_that_carries_the_end_further_uses_a_renewal(ends_on: str, used: bool) -> None:
    terms = convention(renewal={"how": "express", "times": 1, "clauses": ["A1"]})
    told = recorded(*signed("2022-01-03"), Amended(on=d("2022-05-02"), ends_on=d(ends_on)))
    found = seen_at(terms, told, "2022-06-01")
    assert ("renewal-used" in {warning.id for warning in found.warnings}) is used


EARLY = Amended(on=d("2022-04-04"), effect=d("2022-08-01"), number=1, ends_on=d("2023-12-31"))
SHORT = Amended(on=d("2022-04-05"), effect=d("2022-05-01"), number=2, ends_on=d("2022-06-30"))


def test_one_that_another_ends_before_it_begins_is_left_out_and_told() -> None:
    terms = convention()
    for told in permutations((EARLY, SHORT)):
        found = seen_at(terms, recorded(*signed("2022-01-03"), *told), "2022-06-01")
        end = item(found, "end")
        assert (end.legal_last_day, end.certainty) == (d("2022-06-30"), Certainty.CONTESTED)
        (warning,) = [w for w in found.warnings if w.id.startswith("amendment-after-end/")]
        assert "avenant n° 1" in warning.text.fr


def test_of_unanswered_rivals_the_shorter_decides_what_may_follow() -> None:
    later = Amended(on=d("2022-10-03"), effect=d("2024-03-01"), number=5, ends_on=d("2025-12-31"))
    dossier = take(running(), SECOND, RIVAL, told=at(2022, 10, 24))
    assert "commencerait après la fin" in refused(dossier, later)


def test_two_rivals_are_one_renewal() -> None:
    terms = convention(renewal={"how": "express", "times": 2, "clauses": ["A1"]})
    found = seen_at(terms, recorded(*signed("2022-01-03"), SECOND, RIVAL), "2022-10-03")
    assert "renewal-used" not in {warning.id for warning in found.warnings}


@pytest.mark.parametrize(("effect", "words"), [
    ("2021-12-15", "ne prend pas effet avant la convention"),
    ("2023-02-01", "commencerait après la fin"),
])  # fmt: skip
def test_an_effect_outside_the_life_of_the_convention_is_refused_without_a_new_end_too(effect: str, words: str) -> None:
    assert words in refused(running(), Amended(on=d("2022-09-01"), effect=d(effect)))


def test_two_left_out_of_one_effect_and_one_number_are_told_apart() -> None:
    other = EARLY.model_copy(update={"ends_on": d("2024-12-31")})
    found = seen_at(convention(), recorded(*signed("2022-01-03"), EARLY, other, SHORT), "2022-06-01")
    told = [warning.id for warning in found.warnings if warning.id.startswith("amendment-after-end/")]
    assert len(set(told)) == len(told) == 2


def test_an_effect_after_the_end_of_the_parent_is_refused_before_its_own_too() -> None:
    terms = small(
        parent={"reference": "MERE", "cited_as": "la mère", "clauses": ["T.1"]},
        term={"ends_on": d("2022-12-31"), "within_parent": True, "clauses": ["T.1"]},
    )
    dossier = take(running(terms), ParentEnds(on=d("2022-10-31"), why="term"))
    assert "(lundi 31 octobre 2022)" in refused(dossier, Amended(on=d("2022-09-01"), effect=d("2022-11-15")))
