"""An early end: what was written for a day after it is cancelled, or asked about where it is money."""

from datetime import date
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, ONCE, at, convention, d, duty, item, recorded, seen, signed
from tests.support.proofs import unproved_items

LETTER: Final = LetterPosted(on=d("2022-12-15"), rule="leave", by="agency")
SHORTER: Final = Amended(on=d("2022-12-15"), ends_on=d("2023-01-15"))
END: Final = date(2023, 1, 15)
"""The last day in force, by the letter as by the amendment."""
TODAY: Final = "2022-12-20"


def price(**said: Any) -> dict[str, Any]:
    base = {
        "id": "price",
        "title": "Prix",
        "title_en": "Price",
        "owed_by": "town",
        "owed_to": "agency",
        "clauses": ["A1"],
    }
    return {**base, **said}


def paper(**changes: Any) -> Convention:
    terms = convention(**{"term": {"months": 36, "clauses": ["A1"]}, "termination": [NOTICE], **changes})
    assert problems_of(terms) == []
    return terms


def lived(terms: Convention, *facts: Fact, today: str = TODAY) -> Agenda:
    records = recorded(*signed("2022-01-01"), *facts)
    assert unproved_items(situation(terms, records, at(today))) == {}
    return seen(terms, records, today)


def once(day: date, **said: Any) -> dict[str, Any]:
    return {**{name: value for name, value in ONCE.items() if name != "question"}, "on": day, **said}


@pytest.mark.parametrize("ended", [LETTER, SHORTER], ids=["letter", "amendment"])
@pytest.mark.parametrize(
    ("day", "said", "state"),
    [
        (date(2023, 1, 14), {}, State.OPEN),
        (END, {}, State.OPEN),
        (date(2023, 1, 16), {}, State.CANCELLED),
        (date(2023, 1, 16), {"outlives": True}, State.OPEN),
    ],
)
def test_what_was_to_be_done_once_after_it_is_cancelled(ended: Fact, day: date, said: Any, state: State) -> None:
    terms = paper(one_off=[once(day, **said)])
    assert item(lived(terms), "once").state is State.OPEN
    found = item(lived(terms, ended), "once")
    assert (found.state, found.certainty, found.legal_last_day) == (state, Certainty.CERTAIN, day)
    assert ("annulé : la convention finit avant, le 15/01/2023" in found.trace) is (state is State.CANCELLED)


def test_what_was_done_before_the_end_was_known_stays_done() -> None:
    terms = paper(one_off=[once(d("2023-06-01"))])
    found = item(lived(terms, DutyDone(on=d("2022-12-10"), item="once"), LETTER), "once")
    assert (found.state, "annulé" in found.trace) == (State.DONE, False)


ASKED: Final = "owed-after-end/price"


@pytest.mark.parametrize("ended", [LETTER, SHORTER], ids=["letter", "amendment"])
@pytest.mark.parametrize(("day", "asked"), [(END, False), (date(2023, 1, 16), True)])
def test_money_of_a_day_after_it_is_asked_about(ended: Fact, day: date, asked: bool) -> None:
    terms = paper(payment=[price(amount="10.00", on=day)])
    assert lived(terms).questions == ()
    agenda = lived(terms, ended)
    found = item(agenda, "price")
    assert (found.certainty is Certainty.CONTESTED, [q.id for q in agenda.questions]) == (asked, [ASKED] * asked)
    assert found.legal_last_day == day
    assert found.state in {State.UPCOMING, State.OPEN}
    assert ("le texte ne dit pas si c’est encore dû : la convention finit avant, le 15/01/2023" in found.trace) is asked


@pytest.mark.parametrize(("reading", "state"), [("still-due", State.UPCOMING), ("no-longer-due", State.CANCELLED)])
def test_the_answer_settles_it(reading: str, state: State) -> None:
    halves = [{"share": "50", "on": d("2022-12-28")}, {"share": "50", "on": d("2024-03-15")}]
    terms = paper(payment=[price(total="1000.00", instalments=halves)])
    first, second = (one for one in lived(terms, LETTER).items if one.kind == "payment")
    assert (first.certainty, second.certainty) == (Certainty.CERTAIN, Certainty.CONTESTED)
    answer = QuestionAnswered(on=d("2022-12-19"), question=ASKED, reading=reading)
    agenda = lived(terms, LETTER, answer)
    first, second = (one for one in agenda.items if one.kind == "payment")
    assert first.state is not State.CANCELLED
    assert (second.state, second.certainty) == (state, Certainty.CERTAIN)
    assert [q.answered for q in agenda.questions] == [reading]


@pytest.mark.parametrize(("year", "exists"), [("2023", True), ("2024", False)])
@pytest.mark.parametrize("ended", [LETTER, SHORTER], ids=["letter", "amendment"])
def test_an_instalment_does_not_wait_for_what_will_not_exist(ended: Fact, year: str, exists: bool) -> None:
    report = duty(rhythm=None, when={"on": "03-31", "covers": "previous"})
    terms = paper(duty=[report], payment=[price(amount="10.00", needs=[f"report/{year}"])])
    before = item(lived(terms), "price")
    assert before.standing is not None
    assert before.standing.fr.startswith("attend ")
    agenda = lived(terms, ended)
    found = item(agenda, "price")
    assert found.standing is not None
    told = f"« Devoir report ({year}) » n’existera pas : la convention finit le 15/01/2023"
    assert (found.standing.fr == told, [q.id for q in agenda.questions]) == (not exists, [ASKED] * (not exists))
    assert found.state is State.WAITING
