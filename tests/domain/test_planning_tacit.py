"""A term that renews itself, planned from wake to wake: every year its day to deny is told, though nothing else happens."""

import pytest

from echeancier.adapters.mail.phrases import what_to_do
from echeancier.domain.facts.end import RenewalDecided
from tests.domain.builders import NOTICE, convention, d, signed
from tests.domain.builders_life import Life, life

STARTED = signed("2021-12-15")
DENIAL = {**NOTICE, "id": "denial", "until": "term", "length": {"months": 2}, "starts": "receipt", "clauses": ["A1"]}


def lived(until: str, **renewal: object) -> Life:
    terms = convention(
        renewal={"how": "tacit", "period": {"months": 12}, "clauses": ["A1"], **renewal}, termination=[DENIAL]
    )
    return life(terms, STARTED, "2021-12-20").until(until)


def told_of(found: Life) -> set[str]:
    return {told.about for message in found.dossier.outbox for told in message.told if told.about.startswith("notice/")}


@pytest.mark.parametrize("renewal", [{}, {"times": 5}, {"cap": {"months": 60}}], ids=["without end", "times", "cap"])
def test_the_day_to_deny_is_told_every_year_though_nobody_records_anything(renewal: dict[str, object]) -> None:
    assert told_of(lived("2025-12-31", **renewal)) == {f"notice/denial/{number}" for number in (1, 2, 3, 4)}


def test_it_is_told_the_year_after_it_was_decided_to_let_it_renew_itself() -> None:
    found = lived("2022-09-20", times=3)
    found.record(RenewalDecided(on=d("2022-09-20"), decision="renew"))
    assert "notice/denial/2" in told_of(found.until("2023-12-31"))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("step", ["review", "decision"])
@pytest.mark.parametrize("stage", ["notice", "reminder", "last-call", "overdue"])
def test_nobody_is_told_that_it_stops_if_nothing_is_decided(language: str, step: str, stage: str) -> None:
    said = what_to_do("renewal", stage, language, ours=True, series="denial", step=step)
    assert "s’arrête" not in said
    assert "s’éteindre" not in said
    assert "stops" not in said
    assert "lapse" not in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_act_that_renews_it_is_no_deliberation(language: str) -> None:
    said = what_to_do("renewal", "reminder", language, ours=True, series="renewal", step="act")
    assert said != what_to_do("act", "reminder", language, ours=True, series="act", step="")
