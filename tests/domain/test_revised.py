"""The amount of a rent is revised: from the period that begins on that day, whatever was told first."""

from typing import Any

import pytest

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.money import AmountRevised
from tests.domain.builders import convention, d
from tests.domain.test_money import items
from tests.domain.test_tacit_life import begun
from tests.support.door import at, refused, take

RENT: dict[str, Any] = {
    "id": "rent", "title": "Loyer", "title_en": "Rent", "amount": "300.00", "owed_by": "agency", "owed_to": "town",
    "when": {"every_months": 3, "due": "advance"}, "clauses": ["A1"],
}  # fmt: skip


def terms(**changes: Any) -> Any:
    return convention(payment=[{**RENT, **changes}])


def revised(on: str, amount: str = "312.50", **said: Any) -> AmountRevised:
    return AmountRevised(on=d(on), payment="rent", amount=amount, **said)


def titles(*facts: AmountRevised, **changes: Any) -> list[str]:
    return [
        one.title.fr.rpartition(" : ")[2].replace("\u00a0", " ")
        for one in items(terms(**changes), "2022-02-10", *facts)
    ]


def test_periods_that_begin_from_that_day_have_the_new_amount() -> None:
    assert titles() == ["300,00 €"] * 4
    assert titles(revised("2022-02-01", effect=d("2022-07-01"))) == ["300,00 €", "300,00 €", "312,50 €", "312,50 €"]
    assert titles(revised("2022-02-01")) == ["300,00 €", "312,50 €", "312,50 €", "312,50 €"]


def test_the_last_by_its_first_day_rules_whatever_the_order() -> None:
    one, two = revised("2022-02-02", effect=d("2022-04-01")), revised("2022-02-01", "320", effect=d("2022-10-01"))
    for told in ((one, two), (two, one)):
        assert titles(*told) == ["300,00 €", "312,50 €", "312,50 €", "320,00 €"]


def test_the_line_says_so_and_a_part_of_a_period_is_of_the_new_amount() -> None:
    found = items(terms(), "2022-02-10", revised("2022-02-01"))
    assert found[1].trace.endswith(" ; montant révisé le 01/02/2022 : 312,50\u00a0€")
    cut = convention(payment=[{**RENT, "prorata": "days"}], term={"ends_on": d("2022-11-15"), "clauses": ["A1"]})
    assert "156,25" in items(cut, "2022-02-10", revised("2022-02-01"))[-1].title.fr  # 46 days of 92


def test_an_amount_that_the_text_does_not_give_may_be_given_so() -> None:
    assert titles(revised("2022-01-05", effect=d("2022-04-01")), amount=None)[1:] == ["312,50 €"] * 3


def running(**changes: Any) -> Dossier:
    return begun(terms(**changes))


@pytest.mark.parametrize(
    ("fact", "changes", "words"),
    [
        (revised("2022-02-01").model_copy(update={"payment": "grant"}), {}, "le paiement qui revient"),
        (revised("2022-02-01", effect=d("2021-12-31")), {}, "à partir du samedi 1er janvier 2022"),
        (revised("2022-02-01", effect=d("2023-01-01")), {}, "jusqu’au samedi 31 décembre 2022"),
        (revised("2022-02-01"), {"when": None, "on": d("2022-06-01")}, "le paiement qui revient"),
    ],
)
def test_what_cannot_be_revised_is_refused(fact: AmountRevised, changes: dict[str, Any], words: str) -> None:
    said = refused(running(**changes), fact, told=at(2022, 2, 10))
    assert words in said.replace("\u00a0", " ")


def test_the_same_day_twice_is_refused() -> None:
    dossier = take(running(), revised("2022-02-01"), told=at(2022, 2, 10))
    assert "corriger" in refused(dossier, revised("2022-02-01", "400"), told=at(2022, 2, 11))
