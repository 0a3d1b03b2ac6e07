"""An amendment that moves one due date, for that time only."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from tests.domain.builders import at, d, recorded, seen, signed
from tests.domain.test_calendar_duties import paper
from tests.domain.test_money import paper as money
from tests.domain.test_money import price
from tests.domain.test_tacit_life import begun
from tests.support.door import refused, take
from tests.support.proofs import unproved_items

# « Le bilan de l’année, au plus tard le 15 avril suivant » ; « pour la seule année 2027, le 15 juin 2028 ».
LATER: dict[str, Any] = {"number": 1, "moves": "report/2027", "moved_to": d("2028-06-15")}


def running() -> Dossier:
    return begun(paper({"on": "04-15", "covers": "previous"}))


def moved(**said: Any) -> Amended:
    return Amended(on=d("2028-01-10"), **{**LATER, **said})


def owed(dossier: Dossier, today: str) -> dict[str, Item]:
    found = seen(dossier.convention, tuple(dossier.facts), today)
    return {one.occurrence: one for one in found.items if one.series == "report"}


def test_one_item_moves_and_the_rule_stays() -> None:
    items = owed(take(running(), moved()), "2028-02-01")
    assert {about: str(one.legal_last_day) for about, one in items.items()} == {
        "2027": "2028-06-15", "2028": "2029-04-15", "2029": "2030-04-15",
    }  # fmt: skip
    one = items["2027"]
    assert (one.rule, one.certainty, one.safe_day) == ("amended_day", Certainty.CERTAIN, d("2028-06-15"))
    assert one.trace == "reporté par l’avenant n° 1 du 10/01/2028 → 15/06/2028 ; au lieu du 15/04/2028"


def test_nobody_is_late_before_the_new_day() -> None:
    dossier = take(running(), moved())
    days = ("2028-05-20", "2028-06-15", "2028-06-16")
    assert [owed(dossier, day)["2027"].state for day in days] == [State.OPEN, State.OPEN, State.LATE]


def test_of_two_the_last_by_effect_rules_whatever_the_order() -> None:
    first, second = moved(), moved(number=2, moved_to=d("2028-07-14"), effect=d("2028-02-01"))
    for told in ((first, second), (second, first)):
        one = owed(take(running(), *told), "2028-02-10")["2027"]
        assert (one.legal_last_day, one.safe_day) == (d("2028-07-14"), d("2028-07-13"))  # a holiday


def test_its_days_are_proved() -> None:
    dossier = take(running(), moved(moved_to=d("2028-06-18")))
    for day in ("2028-01-15", "2028-06-16", "2028-07-01"):
        s = situation(dossier.convention, tuple(dossier.facts), at(day))
        assert unproved_items(s) == {}
        assert agenda_of(s).item("report/2027") is not None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"moves": "report/2031"}, "n’existe pas"),
        ({"moves": "end"}, "ends_on"),
        ({"moved_to": d("2028-01-09")}, "un jour à partir de là"),
        ({"moved_to": d("2028-04-15")}, "a déjà ce dernier jour"),
        ({"moved_to": d("2030-02-01")}, "après la fin"),
    ],
)
def test_what_cannot_be_moved_is_refused(said: dict[str, Any], words: str) -> None:
    assert words in refused(running(), moved(**said))


def test_what_is_done_is_not_moved() -> None:
    dossier = take(running(), DutyDone(on=d("2028-01-05"), item="report/2027"))
    assert "elle est réglée" in refused(dossier, moved())


def test_two_that_nothing_tells_apart_are_refused() -> None:
    dossier = take(running(), moved())
    assert "que rien ne distingue" in refused(dossier, moved(moved_to=d("2028-07-01"), label="bis"))


def test_an_amendment_that_counts_from_after_the_day_it_moves_is_to_be_confirmed() -> None:
    one = owed(take(running(), moved(effect=d("2028-05-01"))), "2028-02-01")["2027"]
    assert (one.legal_last_day, one.certainty) == (d("2028-06-15"), Certainty.CONTESTED)


def test_a_day_goes_with_what_it_moves() -> None:
    with pytest.raises(ValidationError, match="vont ensemble"):
        Amended(on=date(2028, 1, 10), moves="report/2027")


# -- other amendments, and money -----------------------------------------------------------------------------------------------


def changing(on: str, **said: Any) -> Amended:
    when = {"duty": {"report": {"when": {"on": "05-31", "covers": "previous"}}}}
    return Amended(on=d(on), number=2, **{"effect": d("2028-03-01"), "changes": when, **said})


def test_an_amendment_signed_later_that_changes_its_rule_leaves_the_day_to_be_confirmed() -> None:
    one = owed(take(running(), moved(), changing("2028-02-01")), "2028-02-02")["2027"]
    assert (one.legal_last_day, one.certainty) == (d("2028-06-15"), Certainty.CONTESTED)
    assert "un avenant signé le 01/02/2028 le change aussi : à confirmer" in one.trace.replace("\u00a0", " ")


def test_whoever_moved_it_knew_the_rule_that_was_changed_before() -> None:
    one = owed(take(running(), changing("2028-01-05"), moved(number=3)), "2028-02-02")["2027"]
    assert (one.legal_last_day, one.certainty) == (d("2028-06-15"), Certainty.CERTAIN)


def test_a_later_amendment_of_something_else_leaves_it_certain() -> None:
    title = {"duty": {"report": {"title": "Bilan annuel"}}}
    one = owed(take(running(), moved(), changing("2028-02-01", changes=title)), "2028-02-02")["2027"]
    assert one.certainty is Certainty.CERTAIN


def test_a_sum_that_moves_stays_under_its_reserve_and_keeps_the_proof_of_its_amount() -> None:
    grant = price(amount="100.00", when={"on": "06-30"}, subject_to_vote=True)
    told = recorded(
        *signed("2022-01-01"), Amended(on=d("2022-02-01"), moves="price/2023", moved_to=d("2023-09-15"), number=1)
    )
    terms = money(grant)
    assert unproved_items(situation(terms, told, at("2022-03-01"))) == {}
    one = next(one for one in seen(terms, told, "2022-03-01").items if one.key == "price/2023")
    assert (one.legal_last_day, one.certainty) == (d("2023-09-15"), Certainty.CONTESTED)
    assert "sous réserve du vote des crédits de 2023" in one.trace.replace("\u00a0", " ")
