"""Convening the council, what it voted, and what the prefecture printed."""

import pytest

from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import convention, d, item, recorded, seen, signed
from tests.domain.examples_seen import agenda_by, days_of, latest_of_ours, seen_by, warned

ACT = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}


@pytest.mark.parametrize(
    ("name", "session", "legal", "safe"),
    [
        ("sqf-p", "2021-04-12", "2021-04-06", "2021-04-06"),
        ("tcm-p", "2019-12-11", "2019-12-05", "2019-12-05"),
        ("mtz-p", "2021-03-11", "2021-03-08", "2021-03-05"),
    ],
)
def test_the_last_day_to_convene_a_session(name: str, session: str, legal: str, safe: str) -> None:
    latest = latest_of_ours(seen_by(name, session), d(session))
    assert (latest.legal, latest.safe) == (d(legal), d(safe))


def test_a_small_commune_has_three_clear_days() -> None:
    terms = convention(act={**ACT, "inhabitants_under_3500": True})
    voted = recorded(Happened(event="council-convened", on=d("2021-12-03")), ActAdopted(on=d("2021-12-06")))
    in_time = recorded(Happened(event="council-convened", on=d("2021-12-02")), ActAdopted(on=d("2021-12-06")))
    assert "council-convened-late" in warned(seen(terms, voted, "2021-12-07"))
    assert "council-convened-late" not in warned(seen(terms, in_time, "2021-12-07"))


def test_a_vote_after_the_effect_makes_nothing_run_before_all_have_signed() -> None:
    terms = convention(act=ACT)
    voted = ActAdopted(on=d("2022-01-11"))
    (told,) = (w.text for w in seen(terms, recorded(voted), "2022-02-01").warnings if w.id == "retroactive-effect")
    assert "Les obligations courent au plus tôt à partir du 11/01/2022, une fois tout signé et exécutoire" in told.fr
    assert "Duties run from 2022-01-11 at the earliest" in told.en
    late = recorded(*signed("2022-01-20"))
    (told,) = (w.text for w in seen(convention(), late, "2022-02-01").warnings if w.id == "retroactive-effect")
    assert "Les obligations courent à partir du 20/01/2022, la fin" in told.fr


def test_troyes_convened_its_council_exactly_in_time() -> None:
    assert "council-convened-late" not in warned(agenda_by("tcm-p", "2020-01-10"))


def test_convened_one_day_later_the_vote_would_be_open_to_challenge() -> None:
    late = Happened(event="council-convened", on=d("2019-12-06"))
    assert "council-convened-late" in warned(agenda_by("tcm-p", "2020-01-10", late))


def test_in_metz_a_convocation_between_the_two_readings_is_only_contested() -> None:
    found = agenda_by("mtz-p", "2021-04-01", Happened(event="council-convened", on=d("2021-03-08")))
    warning = next(w for w in found.warnings if w.id == "council-convened-late")
    assert "contesté" in warning.text.fr


@pytest.mark.parametrize(
    ("name", "key", "legal", "safe"),
    [
        ("sqf-p", "renewal/2023/convocation", "2023-11-24", "2023-11-24"),
        ("mtz-p", "renewal/2023/convocation", "2023-11-27", "2023-11-24"),
        ("bri-p", "renewal/2017/convocation", "2016-12-10", "2016-12-09"),
    ],
)
def test_the_renewal_convenes_its_council_in_time(name: str, key: str, legal: str, safe: str) -> None:
    assert days_of(item(agenda_by(name, "2016-02-01" if name == "bri-p" else "2021-05-03"), key)) == (
        d(legal),
        d(safe),
    )


def test_the_computation_names_the_last_day_and_the_safe_one_as_they_stand() -> None:
    trace = item(agenda_by("bri-p", "2016-02-01"), "renewal/2017/convocation").trace
    assert trace.endswith("→ 10/12/2016 au plus tard ; jour non ouvré → 09/12/2016")


def test_an_identifier_of_another_day_than_the_session_is_a_warning() -> None:
    stamped = {**ACT, "transmission_id": "038-213804495-20210414-lmc19454-DE-1-1"}
    voted = recorded(ActAdopted(on=d("2021-04-12")))
    assert "transmission-id-contradicts-session" in warned(seen(convention(act=stamped), voted, "2021-05-01"))
    assert "transmission-id-contradicts-session" not in warned(agenda_by("sqf-p", "2021-05-03"))


def test_one_year_voted_for_three_asks_for_a_vote_before_each_year_that_is_not_covered() -> None:
    found = agenda_by("mtz-p", "2021-05-03")
    assert days_of(item(found, "authority/2021")) == (d("2021-12-31"), d("2021-11-30"))
    assert days_of(item(found, "authority/2022")) == (d("2022-12-31"), d("2022-11-30"))
    assert item(found, "authority/2021").certainty is Certainty.CONTESTED
    assert found.item("authority/2023") is None


def test_answered_that_the_council_approved_three_years_no_new_vote_is_asked() -> None:
    told = QuestionAnswered(on=d("2021-05-03"), question="council-duration", reading="three-years")
    found = agenda_by("mtz-p", "2021-05-04", told)
    assert found.item("authority/2021") is None
    assert "act-shorter-than-term" not in warned(found)


def test_answered_that_the_council_voted_one_year_the_new_vote_is_certain() -> None:
    told = QuestionAnswered(on=d("2021-05-03"), question="council-duration", reading="one-year")
    assert item(agenda_by("mtz-p", "2021-05-04", told), "authority/2021").certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("number", "session", "contradicts"),
    [
        ("2021.04.14.8", "2021-04-12", True),
        ("2021.04.14.8", "2021-05-14", True),
        ("2021-04-14-8", "2021-04-14", False),
        ("21-03-11-11", "2021-03-12", True),
        ("21-03-11-11", "2021-03-11", False),
        ("2026-118", "2026-11-26", False),  # the hundred and eighteenth act of the year
        ("2026118", "2026-11-26", False),
        ("2026/11/8", "2026-11-26", False),  # the eighth act of the session of November
        ("2021-04-12", "2021-04-08", False),  # perhaps the twelfth act of April
        ("20210412", "2021-04-08", False),
        ("D2021_0412", "2021-04-08", False),
        ("2026.11.99.8", "2026-11-26", False),
        ("25", "2025-01-10", False),
        ("14.04.21.8", "2021-04-14", False),  # the day first
        ("14.04.21.8", "2021-04-15", True),
        ("12.05.02.3", "2026-11-26", False),  # codes of a subject, not the year 2012
        ("07/01/12/3", "2026-11-26", False),
    ],
)
def test_a_number_contradicts_the_session_only_where_it_holds_a_whole_day(
    number: str, session: str, contradicts: bool
) -> None:
    act = {**ACT, "number": number}
    voted = recorded(ActAdopted(on=d(session)))
    found = warned(seen(convention(act=act), voted, "2026-12-15"))
    assert ("act-number-contradicts-session" in found) is contradicts
