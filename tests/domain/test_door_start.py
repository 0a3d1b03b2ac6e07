"""Before a convention is registered."""

from datetime import date, datetime

import pytest

from echeancier.domain.recording import Refusal, check_start
from echeancier.domain.terms.convention import Convention
from tests.support.door import EXAMPLES, at, example, notice, small


def why_not(convention: Convention, told: datetime | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        check_start(convention, told or at(2022, 1, 3))
    return str(caught.value).replace("\u00a0", " ")


@pytest.mark.parametrize("name", sorted(p.stem for p in EXAMPLES.glob("*.toml") if ".facts" not in p.name))
def test_every_example_can_be_registered_and_its_facts_pass_the_door(name: str) -> None:
    dossier = example(name)
    check_start(dossier.convention, at(2026, 1, 5))
    assert dossier.facts


def test_an_empty_term_is_refused() -> None:
    assert "la durée est vide" in why_not(small(term={"ends_on": date(2021, 12, 31), "clauses": ["T.1"]}))


def test_a_term_beyond_its_own_cap_is_refused() -> None:
    assert "plafond" in why_not(small(term={"months": 48, "clauses": ["T.1"]}, renewal={"cap": {"months": 36}}))


def test_a_printed_end_beyond_the_cap_is_refused() -> None:
    term = {"ends_on": date(2025, 6, 30), "clauses": ["T.1"]}
    assert "mardi 31 décembre 2024" in why_not(small(term=term, renewal={"cap": {"months": 36}}))


def test_a_convention_is_not_its_own_parent() -> None:
    parent = {"reference": "SMALL", "cited_as": "elle-même", "clauses": ["T.1"]}
    assert "sa propre mère" in why_not(small(parent=parent))


def test_a_term_of_two_centuries_is_refused() -> None:
    assert "50 ans" in why_not(small(term={"ends_on": date(2150, 12, 31), "clauses": ["T.1"]}))


def test_a_letter_to_nobody_is_refused() -> None:
    assert "letter_to" in why_not(small(termination=[notice(letter_to="nobody")]))


def test_an_hour_of_registration_without_offset_is_refused() -> None:
    assert "décalage" in why_not(small(), datetime(2022, 1, 3, 10))  # noqa: DTZ001 - that is the mistake


def test_a_window_without_a_day_is_refused() -> None:
    window = {
        "id": "annex", "title": "Annexe", "title_en": "Annex", "delay": {"weeks": 0}, "until": "civil-year-end",
        "owed_by": "commune", "owed_to": "operator", "clauses": ["T.1"],
    }  # fmt: skip
    assert "« annex » : une fenêtre de « 0 semaine » n’a aucun jour" in why_not(small(window=[window]))
    before = {
        "id": "told", "title": "Prévenir", "title_en": "Tell", "kind": "information", "event": "works", "direction": "before",
        "delay": {"days": 0, "bound": "at_most"}, "owed_by": "commune", "owed_to": "operator", "clauses": ["T.1"],
    }  # fmt: skip
    assert "« told » : une fenêtre de « au plus 0 jour » n’a aucun jour" in why_not(small(event_duty=[before]))
