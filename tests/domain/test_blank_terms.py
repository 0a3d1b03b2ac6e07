"""A paper that leaves its effect or its length blank has no such date until somebody answers."""

from datetime import UTC, date, datetime

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention, OpenQuestion
from echeancier.domain.terms.term import Effect, Term
from tests.domain import builders as b

NOW = datetime(2022, 3, 1, 9, tzinfo=UTC)


def _asking(**update: object) -> Convention:
    convention, _ = b.sqf()
    cited = convention.term.clauses
    common = {"about": "?", "about_en": "?", "kind": "blank", "ask": convention.coordinator, "clauses": cited}
    asked = [
        OpenQuestion.model_validate({"id": name, "answer": answer, **common})
        for name, answer in (("which-day", "date"), ("how-long", "months"))
    ]
    return convention.model_copy(update={"question": tuple(asked), "one_off": (), **update})


def _answered(question: str, **fields: object) -> Recorded:
    fact = QuestionAnswered.model_validate({"question": question, "on": date(2022, 2, 1), **fields})
    return Recorded(id="f99", fact=fact, recorded_at=datetime(2022, 2, 1, 9, tzinfo=UTC), recorded_by="coordinator")


def test_a_term_left_blank_ends_on_no_day_until_it_is_answered() -> None:
    convention = _asking(term=Term(question="how-long", clauses=b.sqf()[0].term.clauses))
    assert agenda(convention, (), NOW).ends_on is None
    known = agenda(convention, (_answered("how-long", months=24),), NOW)
    assert known.ends_on == date(2022, 12, 31)
    assert next(item for item in known.items if item.kind == "end").certainty is Certainty.CHOSEN


def test_an_effect_left_blank_is_unknown_until_it_is_answered() -> None:
    clauses = b.sqf()[0].effect.clauses
    convention = _asking(effect=Effect(rule="fixed", question="which-day", clauses=clauses))
    unknown = agenda(convention, (), NOW)
    assert (unknown.effect_on, unknown.ends_on) == (None, None)
    known = agenda(convention, (_answered("which-day", day=date(2022, 2, 1)),), NOW)
    assert (known.effect_on, known.ends_on) == (date(2022, 2, 1), date(2025, 1, 31))


def test_the_question_must_stand_in_the_file_and_expect_the_right_sort() -> None:
    convention = _asking(term=Term(question="nowhere", clauses=b.sqf()[0].term.clauses))
    assert any("term.question" in problem for problem in problems_of(convention))
    months = _asking(effect=Effect(rule="fixed", question="how-long", clauses=b.sqf()[0].effect.clauses))
    assert any("effect.question" in problem for problem in problems_of(months))


def test_a_printed_day_and_a_question_do_not_go_together() -> None:
    with pytest.raises(ValueError, match="et lui seul"):
        Effect(rule="fixed", on=date(2022, 1, 1), question="which-day", clauses=("C.1",))
    with pytest.raises(ValueError, match="laissée en blanc"):
        Term(months=12, question="how-long", clauses=("C.1",))
