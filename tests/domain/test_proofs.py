"""Every day that an agenda prints is given by the steps of its proof, done again with other people's arithmetic.

Any convention at all is tried so by `test_whole_properties`; here the examples, and the evaluator itself.
"""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delay import plus as delay_plus
from echeancier.domain.dates.proof import Proof, given, plus, sentence, worked
from tests.domain.builders import EXAMPLES
from tests.domain.examples_seen import seen_by
from tests.support.evaluator import ProofError, recomputed
from tests.support.long import PAPERS, examples_tried
from tests.support.proofs import unproved_items

NAMES = examples_tried(sorted(path.name.removesuffix(".facts.toml") for path in EXAMPLES.glob("*.facts.toml")))


def days(name: str) -> list[str]:
    """Days of the years in which an example lives: the papers are of our own."""
    years = range(2025, 2030) if name in PAPERS else range(2021, 2027)
    return [f"{year}-{day}" for year in years for day in ("02-11", "06-30", "11-02")]


@pytest.mark.parametrize("name", NAMES)
def test_every_day_of_an_example_is_given_by_its_steps(name: str) -> None:
    assert {day: wrong for day in days(name) if (wrong := unproved_items(seen_by(name, day)))} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_item_of_an_example_has_steps(name: str) -> None:
    assert all(item.proof and item.trace for day in days(name) for item in agenda_of(seen_by(name, day)).items)


D = date.fromisoformat
SIGNED = given(D("2022-05-02"), "f1", "signée le {}")
COUNTED = plus(D("2022-05-02"), Delay(days=12), "A1", D("2022-05-14"), gives="legal")
SOUND: Proof = (SIGNED, COUNTED, worked("prev_workable", D("2022-05-14"), D("2022-05-13")))


def test_a_sound_proof_gives_its_days_and_its_sentence() -> None:
    assert recomputed(SOUND, WorkingDays()) == {"legal": D("2022-05-14"), "safe": D("2022-05-13")}
    assert sentence(SOUND) == "signée le 02/05/2022 + 12\u00a0jours → 14/05/2022"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param((SIGNED, COUNTED._replace(result=D("2022-05-15"))), id="a sum"),
        pytest.param((COUNTED,), id="from nowhere"),
        pytest.param((*SOUND[:2], worked("prev_workable", D("2022-05-14"), D("2022-05-14"))), id="a Saturday"),
    ],
)
def test_a_wrong_proof_is_seen(wrong: Proof) -> None:
    with pytest.raises(ProofError):
        recomputed(wrong, WorkingDays())


@pytest.mark.parametrize(
    ("start", "last"), [("2021-03-30", "2021-04-30"), ("2021-03-29", "2021-04-29"), ("2020-02-28", "2020-03-28")]
)
def test_a_month_from_the_next_day_ends_where_a_term_would(start: str, last: str) -> None:
    delay = Delay.model_validate({"months": 1, "from": "next-day"})
    proof = given(D(start), "f1"), plus(D(start), delay, "A1", D(last), gives="legal")
    assert recomputed(proof, WorkingDays()) == {"legal": delay_plus(D(start), delay, WorkingDays())}
