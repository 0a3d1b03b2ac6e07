"""The file of a steering committee: what to evaluate, what was kept, what comes, what is to be decided."""

from datetime import date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.letters.committee_file import Pack, pack_of
from tests.domain.examples_seen import seen_by

EXAMPLES = ("sqf-p", "sqf-o", "ida-o", "mtz-p", "mtz-a", "mtz-f", "mtz-o", "bri-p", "bri-o", "tcm-p", "tcm-d")


def sqf(now: str, *more: Fact) -> Pack:
    return pack_of(seen_by("sqf-p", now, *more))


def told(pack: Pack) -> str:
    return pack.model_dump_json()


def side(pack: Pack, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = next(s for s in pack.sides if s.name.startswith(name))
    return tuple(line.what for line in found.kept), tuple(line.what for line in found.missed)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("shared", [True, False])
def test_every_example_has_its_file(name: str, shared: bool) -> None:
    assert pack_of(seen_by(name, "2022-06-01"), shared=shared).title


def test_the_indicators_are_those_of_that_convention() -> None:
    says = [one.says.replace("\u00a0", " ") for one in sqf("2022-06-01").indicators]
    assert "Trois indicateurs : le diagnostic partagé, les actions innovantes, le bilan annuel" in says
    metz = [one.says for one in pack_of(seen_by("mtz-p", "2022-06-01")).indicators]
    assert any("sept indicateurs au minimum" in one for one in metz)


def test_what_was_done_is_kept_by_whoever_owed_it() -> None:
    done = DutyDone(on=date(2021, 12, 20), item="quarterly-data/2021-10")
    kept, _ = side(sqf("2022-03-01", done), "Pôle emploi")
    assert kept == ("Données trimestrielles sur l’emploi dans la commune",)


def test_days_missed_for_the_same_duty_stand_on_one_line() -> None:
    found = next(s for s in sqf("2022-03-01").sides if s.name.startswith("Pôle emploi"))
    assert [line.day for line in found.missed] == ["30/09/2021, 31/12/2021"]


def test_a_rate_counts_what_was_kept_of_what_fell_due() -> None:
    done = DutyDone(on=date(2021, 12, 20), item="quarterly-data/2021-10")
    measured = next(m for m in sqf("2022-03-01", done).measures if m.what.startswith("Données trimestrielles"))
    assert (measured.kept, measured.due) == (1, 2)


def test_it_looks_back_to_the_last_committee_held() -> None:
    held = MeetingHeld(on=date(2022, 9, 15), item="steering-committee/2022")
    pack = sqf("2023-06-01", held)
    assert pack.since == "15\u00a0septembre\u00a02022"
    assert all("2021" not in line.day for s in pack.sides for line in s.missed)


def test_a_date_that_is_fixed_stands_at_the_head() -> None:
    fixed = MeetingArranged(
        item="steering-committee/2022", starts_at=datetime(2022, 6, 14, 10, tzinfo=ZoneInfo("Europe/Paris"))
    )
    assert "14\u00a0juin\u00a02022" in sqf("2022-06-01", fixed).session


def test_what_comes_stays_within_twelve_months() -> None:
    days = [line.day for line in sqf("2022-01-10").coming]
    assert days
    assert not any(day.endswith("2024") for day in days)


def test_a_year_before_the_end_what_follows_is_to_be_decided() -> None:
    assert any("Décider de la suite" in words for words in sqf("2023-01-10").decisions)


def test_earlier_it_is_not() -> None:
    assert not any("Décider de la suite" in words for words in sqf("2022-06-01").decisions)


def test_once_decided_it_is_recalled_not_asked_again() -> None:
    decided = RenewalDecided(on=date(2023, 5, 1), decision="let-lapse")
    words = sqf("2023-06-01", decided).decisions
    assert any("ira à son terme sans suite" in one for one in words)
    assert not any("Décider de la suite" in one for one in words)


@pytest.mark.parametrize("decision", get_args(RenewalDecided.model_fields["decision"].annotation))
def test_every_decision_about_the_end_has_its_words(decision: str) -> None:
    decided = RenewalDecided.model_validate({"on": date(2023, 5, 1), "decision": decision})
    assert any("en confirmer le calendrier" in one for one in sqf("2023-06-01", decided).decisions)


def test_after_the_end_nothing_is_to_be_renewed() -> None:
    assert not any("La convention finit" in words for words in sqf("2024-02-01").decisions)


def test_a_shared_file_does_not_show_when_we_would_post_a_notice() -> None:
    assert "poster une résiliation" not in told(pack_of(seen_by("mtz-p", "2022-06-01")))
    assert "poster une résiliation" in told(pack_of(seen_by("mtz-p", "2022-06-01"), shared=False))


def test_a_shared_file_does_not_ask_about_breaches_or_our_authority() -> None:
    assert "whose-answer" not in told(pack_of(seen_by("ida-o", "2025-06-01")))
    assert "Nos observations" not in told(pack_of(seen_by("ida-o", "2025-06-01")))
    assert "habilitation" not in told(pack_of(seen_by("mtz-p", "2022-06-01")))


def test_an_answered_question_is_not_open_any_more() -> None:
    answer = QuestionAnswered(on=date(2020, 2, 1), question="annex-2", text="reçue")
    assert "annexe 2" in told(pack_of(seen_by("tcm-d", "2020-03-01")))
    assert "annexe 2, qui fixe" not in told(pack_of(seen_by("tcm-d", "2020-03-01", answer)))
