"""What comes back is counted: how many were kept of how many, how many not in time, and who owes them."""

import pytest

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingHeld
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import convention, d, duty, item, meeting_duty, recorded, seen, signed

STARTED = signed("2021-12-15")
DATA = duty("data", kind="data", rhythm={"every_months": 3})


def standing(terms: Convention, key: str, now: str, *facts: Fact) -> str:
    said = item(seen(terms, recorded(*STARTED, *facts), now), key).standing
    return said.fr if said else ""


def test_two_deliveries_of_four_received_and_one_late_are_counted_with_who_owes_them() -> None:
    came = [DutyDone(on=d(day), item=f"data/2022-{m}") for day, m in (("2022-03-30", "01"), ("2022-06-29", "04"))]
    assert standing(convention(duty=[DATA]), "data/2022-10", "2022-10-05", *came) == (
        "du 01/01/2022 au 31/12/2022 : 2 envois reçus sur 4, 1 en retard ; dû par Agence d’essai"
    )


def test_in_english_the_same_count_is_said() -> None:
    came = DutyDone(on=d("2022-03-30"), item="data/2022-01")
    said = item(seen(convention(duty=[DATA]), recorded(*STARTED, came), "2022-07-05"), "data/2022-10").standing
    assert said is not None
    assert said.en == "from 2022-01-01 to 2022-12-31: 1 of 4 received, 1 late; owed by Agence d’essai"


def test_a_quota_within_one_period_is_counted_over_that_period() -> None:
    three = duty("session", kind="session", rhythm={"every_months": 12, "count": 3})
    held = MeetingHeld(on=d("2022-02-10"), item="session/2022-1")
    assert "1 rencontre tenue sur 3" in standing(convention(duty=[three]), "session/2022-2", "2022-03-01", held)


def test_a_meeting_missed_says_who_owed_it() -> None:
    terms = convention(duty=[meeting_duty()], term={"months": 24, "clauses": ["A1"]})
    said = standing(terms, "point/2022-01", "2022-07-05")
    assert "aucune rencontre tenue sur 2, 1 manquée" in said
    assert "dû par Ville d’essai et Agence d’essai" in said


def test_what_comes_once_a_year_is_counted_only_when_it_was_not_kept() -> None:
    terms = convention(duty=[duty()], term={"months": 24, "clauses": ["A1"]})
    assert standing(terms, "report/2022", "2022-06-01") == ""
    assert "rien d’enregistré pour la période du 01/01/2022 au 31/12/2022 ; dû par Agence d’essai" in standing(
        terms, "report/2022", "2023-01-10"
    )


def test_what_was_not_due_before_the_signature_is_not_counted() -> None:
    late = signed("2022-05-02")
    found = seen(convention(duty=[DATA]), recorded(*late), "2022-06-01")
    said = item(found, "data/2022-10").standing
    assert said is not None
    assert "sur 3" in said.fr


@pytest.mark.parametrize(
    ("count", "said"), [(1, "au moins une fois par période de 6 mois"), (2, "au moins 2 fois par période de 6 mois")]
)
def test_a_quota_of_one_is_said_in_words(count: int, said: str) -> None:
    terms = convention(duty=[duty(rhythm={"every_months": 6, "at_least": True, "count": count})])
    found = seen(terms, recorded(*signed("2021-12-15")), "2022-01-10")
    assert {i.quota for i in found.items if i.series == "report"} == {said}


@pytest.mark.parametrize(
    ("effect", "rhythm", "parts"),
    [
        # Three in what is left of the quarter, 53 days: within 18 and 36 of them.
        (
            "2022-02-07",
            {"every_months": 3, "count": 3},
            {"report/2022-01-1": "2022-02-24", "report/2022-01-2": "2022-03-14"},
        ),
        # It takes effect on a Saturday that ends the month: nobody works on the only day left, and none before serves.
        ("2022-04-30", {"every_months": 1}, {"report/2022-04": "2022-04-30"}),
    ],
)
def test_nothing_that_comes_back_is_to_be_done_before_it_takes_effect(
    effect: str, rhythm: dict[str, object], parts: dict[str, str]
) -> None:
    begins = {"rule": "fixed", "on": d(effect), "clauses": ["A1"]}
    terms = convention(effect=begins, duty=[duty(rhythm={**rhythm, "year": "civil"})])
    found = seen(terms, recorded(*STARTED), "2022-01-10")
    assert {key: item(found, key).safe_day for key in parts} == {key: d(day) for key, day in parts.items()}
