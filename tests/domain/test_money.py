"""Money: typed in euros, due from what starts it or once all that it needs is there, each statement on its own."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import TypeAdapter, ValidationError

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.payment_amounts import cents_due
from echeancier.domain.agenda.turns import Span, turns
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import euros, figures
from echeancier.domain.euros import Euros, cents_of, equal_parts, shared, thirtieths
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.money import PaperReceived
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.checks import problems_of, too_many_dates
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.money import Payment
from echeancier.domain.terms.when import PeriodDay
from tests.domain.builders import NOTICE, ONCE, at, convention, d, duty, end_duty, item, recorded, seen, signed
from tests.domain.test_tacit_life import begun
from tests.support.door import refused, take
from tests.support.proofs import unproved_items

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "money_vectors.json").read_text("utf-8"))


def of(rule: str) -> list[dict[str, Any]]:
    """The worked cases of a rule."""
    return [one for one in VECTORS if one["rule"] == rule]


def price(**said: Any) -> dict[str, Any]:
    """A sum that the town owes the agency."""
    base = {
        "id": "price",
        "title": "Prix",
        "title_en": "Price",
        "owed_by": "town",
        "owed_to": "agency",
        "clauses": ["A1"],
    }
    return {**base, **said}


def paper(*said: dict[str, Any], **changes: Any) -> Convention:
    """A convention of three years that was signed, with these payments."""
    term = {"months": 36, "clauses": ["A1"]}
    return convention(**{"term": term, "payment": list(said), **changes})


FRANCE: Final = WorkingDays()
REPORT: Final = {name: value for name, value in {**ONCE, "id": "report"}.items() if name != "question"}
BEGUN: Final = signed("2022-01-01")


def items(terms: Convention, today: str, *facts: Fact) -> list[Item]:
    """The sums of the payment, whose proofs are done again."""
    records = recorded(*BEGUN, *facts)
    assert unproved_items(situation(terms, records, at(today))) == {}
    return [one for one in seen(terms, records, today).items if one.kind == "payment"]


# -- amounts ---------------------------------------------------------------------------------------------------------------

TYPED: Final = TypeAdapter(Euros)


@pytest.mark.parametrize(
    ("typed", "kept", "cents"),
    [
        ("1200.00", "1200.00", 120_000),
        ("300", "300.00", 30_000),
        ("300,5", "300.50", 30_050),
        ("1 200,00 €", "1200.00", 120_000),
        ("1\u202f234\u00a0567,89\u00a0€", "1234567.89", 123_456_789),
        ("0,01 euro", "0.01", 1),
    ],
)
def test_an_amount_is_typed_in_euros_and_counted_in_cents(typed: str, kept: str, cents: int) -> None:
    amount = TYPED.validate_python(typed)
    assert (amount, TYPED.validate_python(amount), cents_of(amount)) == (kept, kept, cents)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("33.333", "deux décimales au plus"),
        ("1.200", "deux décimales au plus"),
        ("1.200,00", "n’est pas un montant"),
        ("12 00", "n’est pas un montant"),
        ("-3.00", "n’est pas un montant"),
        ("trois cents", "n’est pas un montant"),
        ("0.00", "ce qui est gratuit"),
        ("\u0661\u0662", "n’est pas un montant"),
        (300, "entre guillemets"),
        (300.5, "entre guillemets"),
        (True, "entre guillemets"),
    ],
)
def test_what_is_no_amount_is_refused(typed: object, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TYPED.validate_python(typed)
    assert words in str(refused.value)


def test_an_item_shows_its_amount() -> None:
    (found,) = items(paper(price(amount="1200.00", on=d("2022-06-15"))), "2022-02-01")
    assert found.title.fr.replace("\u00a0", " ") == "Prix : 1 200,00 €"
    (bare,) = items(paper(price(on=d("2022-06-15"))), "2022-02-01")
    assert bare.title.fr == "Prix"


# -- what starts it --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", of("paid"), ids=lambda one: one["id"])
def test_a_sum_falls_due_on_the_day_worked_out_by_hand(vector: dict[str, Any]) -> None:
    said = {**vector["input"]}
    said |= {name: d(said[name]) for name in ("on", "not_before") if name in said}
    facts = signed(said.pop("signed", "2022-01-01"))
    found = item(
        seen(paper(price(**said), term={"years": 7, "clauses": ["A1"]}), recorded(*facts), "2022-01-02"), "price"
    )
    wanted, certainty = vector["expected"], Certainty.CONTESTED if vector["status"] == "X" else Certainty.CERTAIN
    assert (str(found.legal_last_day), str(found.safe_day), found.certainty) == (
        wanted["legal"],
        wanted["safe"],
        certainty,
    )


def test_a_printed_day_is_that_of_the_payment() -> None:
    (found,) = items(paper(price(on=d("2022-06-19"))), "2022-02-01")  # a Sunday
    assert (found.legal_last_day, found.safe_day, found.rule) == (d("2022-06-19"), d("2022-06-17"), "day_of_the_text")
    assert found.certainty is Certainty.CERTAIN


def test_the_delay_of_the_text_is_certain_and_ours_is_not() -> None:
    said = price(starts="last-signature", delay={"days": 45})
    (found,) = items(paper(said), "2022-01-02")
    assert (found.legal_last_day, found.safe_day, found.certainty) == (
        d("2022-02-15"),
        d("2022-02-15"),
        Certainty.CERTAIN,
    )
    (ours,) = items(paper(price(starts="last-signature")), "2022-01-02")
    assert (ours.legal_last_day, ours.safe_day, ours.certainty) == (None, d("2022-01-31"), Certainty.POLICY)


def test_an_event_starts_it_the_first_time_it_happens() -> None:
    terms = paper(price(starts="works-received", delay={"days": 30}))
    (waits,) = items(terms, "2022-02-01")
    assert (waits.state, waits.legal_last_day, waits.trace) == (State.WAITING, None, "attend « works received »")
    told = Happened(event="works-received", on=d("2022-03-01")), Happened(event="works-received", on=d("2022-04-01"))
    (found,) = items(terms, "2022-04-02", *told)
    assert found.legal_last_day == d("2022-03-31")


def test_the_door_takes_an_event_that_only_a_payment_waits_for() -> None:
    terms = paper(price(starts="works-received"))
    dossier = begun(terms)
    take(dossier, Happened(event="works-received", on=d("2022-03-01")))
    assert isinstance(dossier.facts[-1].fact, Happened)


@pytest.mark.parametrize(
    ("starts", "legal"), [("effective", "2022-01-31"), ("signed", "2022-01-31"), ("ended", "2025-01-30")]
)
def test_a_day_of_the_convention_itself_starts_it(starts: str, legal: str) -> None:
    (found,) = items(paper(price(starts=starts, delay={"days": 30})), "2022-02-01")
    assert found.legal_last_day == d(legal)


def test_the_others_are_late_after_the_next_open_day() -> None:
    terms = paper(
        price(owed_by="agency", owed_to="town", on=d("2022-06-18"))
    )  # a Saturday: Monday the 20th is still in time
    states = [items(terms, day)[0].state for day in ("2022-06-20", "2022-06-21")]
    assert states == [State.OPEN, State.LATE]
    ours = [items(paper(price(on=d("2022-06-18"))), day)[0].state for day in ("2022-06-18", "2022-06-19")]
    assert ours == [State.OPEN, State.LATE]


def test_money_owed_keeps_the_file_open() -> None:
    assert items(paper(price(on=d("2022-06-19"))), "2022-02-01")[0].holds_open


# -- not before ------------------------------------------------------------------------------------------------------------


def test_nothing_is_paid_before_the_day_that_the_text_forbids() -> None:
    said = price(starts="last-signature", delay={"days": 30}, not_before=d("2022-03-01"))
    (found,) = items(paper(said), "2022-01-02")
    assert (found.opens_on, found.legal_last_day, found.safe_day) == (d("2022-03-01"),) * 3
    assert found.certainty is Certainty.CONTESTED
    assert "autre lecture, délai compté de ce jour : le 31/03/2022" in found.trace
    (later,) = items(paper({**said, "not_before": d("2022-01-20")}), "2022-01-02")
    assert (later.opens_on, later.legal_last_day, later.certainty) == (
        d("2022-01-20"),
        d("2022-01-31"),
        Certainty.CERTAIN,
    )
    (ours,) = items(paper(price(starts="last-signature", not_before=d("2022-03-01"))), "2022-01-02")
    assert (ours.opens_on, ours.safe_day, ours.legal_last_day) == (d("2022-03-01"), d("2022-03-31"), None)


# -- what it needs ---------------------------------------------------------------------------------------------------------


def _needs(vector: dict[str, Any], *, done: bool) -> tuple[Convention, list[Fact]]:
    """A paper whose report is a duty that is done, or a paper that is received; the invoices are received."""
    said = vector["input"]
    once = {**REPORT, "on": d("2028-01-31")} if done else None
    terms = paper(
        price(needs=said["needs"], delay=said["delay"]),
        one_off=[once] if once else [],
        term={"years": 7, "clauses": ["A1"]},
    )
    facts: list[Fact] = []
    for name, day in said["facts"].items():
        is_duty = done and name == "report"
        facts.append(DutyDone(on=d(day), item=name) if is_duty else PaperReceived(on=d(day), what=name))
    return terms, facts


@pytest.mark.parametrize("done", [True, False], ids=["a duty", "a paper"])
@pytest.mark.parametrize("vector", of("conditional"), ids=lambda one: one["id"])
def test_conditional_money_waits_for_all_of_it_then_runs_from_the_last(vector: dict[str, Any], *, done: bool) -> None:
    terms, facts = _needs(vector, done=done)
    (found,) = items(terms, "2028-02-20", *facts)
    wanted = vector["expected"]
    assert (str(found.legal_last_day), str(found.safe_day)) == (str(wanted.get("legal")), str(wanted.get("safe")))
    if "waits_for" in wanted:
        assert found.state is State.WAITING
        assert found.standing is not None
        assert found.standing.fr == "attend « invoices » (dû par Agence d’essai)"
        assert found.standing.en == "waits for “invoices” (owed by Agence d’essai)"


def test_what_it_waits_for_is_named_with_who_owes_it() -> None:
    terms = paper(price(needs=["report", "invoices"]), one_off=[{**REPORT, "on": d("2022-05-31")}])
    (found,) = items(terms, "2022-02-01")
    assert found.standing is not None
    assert found.standing.fr == "attend « Une fois » (dû par Agence d’essai), « invoices » (dû par Agence d’essai)"


def test_the_proof_names_each_thing_and_the_last_of_them() -> None:
    terms = paper(price(needs=["invoices", "photos"], delay={"days": 30}))
    told = PaperReceived(on=d("2022-03-01"), what="invoices"), PaperReceived(on=d("2022-04-01"), what="photos")
    (found,) = items(terms, "2022-04-02", *told)
    assert found.trace.replace("\u00a0", " ") == (
        "« invoices » : le 01/03/2022 ; « photos » : le 01/04/2022 ; dernière de ces pièces le 01/04/2022 + 30 jours → 01/05/2022"
    )


def test_a_duty_of_another_name_does_not_stand_for_it() -> None:
    both = [{**REPORT, "on": d("2022-05-31")}, {**REPORT, "id": "report-two", "on": d("2022-05-31")}]
    terms = paper(price(needs=["report"], delay={"days": 30}), one_off=both)
    (found,) = items(terms, "2022-04-02", DutyDone(on=d("2022-03-01"), item="report-two"))
    assert found.state is State.WAITING


def test_one_time_of_a_duty_that_comes_back_may_be_named() -> None:
    done = DutyDone(on=d("2022-12-20"), item="report/2022"), DutyDone(on=d("2023-12-20"), item="report/2023")
    named = paper(price(needs=["report/2023"], delay={"days": 30}), duty=[duty()])
    (found,) = items(named, "2024-01-02", *done)
    assert (found.legal_last_day, found.certainty) == (d("2024-01-19"), Certainty.CERTAIN)
    bare = paper(price(needs=["report"], delay={"days": 30}), duty=[duty()])
    (first,) = items(bare, "2024-01-02", *done)
    assert (first.legal_last_day, first.certainty) == (d("2023-01-19"), Certainty.CONTESTED)
    assert "la première fois enregistrée, le texte ne dit pas laquelle" in first.trace


# -- statements ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", of("statements"), ids=lambda one: one["id"])
def test_each_statement_is_its_own(vector: dict[str, Any]) -> None:
    said = vector["input"]
    dossier = begun(paper(price(starts="statement", delay={"days": 30}), effect=EFFECT_2023))
    for about, day in said["received"].items():
        take(dossier, PaperReceived(on=d(day), what="price", about=about))
    for about, day in said["paid"].items():
        take(dossier, DutyDone(on=d(day), item=f"price/{about}"))
    found = {
        one.occurrence: one
        for one in seen(dossier.convention, tuple(dossier.facts), "2025-02-01").items
        if one.kind == "payment"
    }
    for about, wanted in vector["expected"].items():
        one = found[about]
        if "paid" in wanted:
            assert (one.state, one.done_on) == (State.DONE, d(wanted["paid"]))
        else:
            assert (one.state, one.legal_last_day, one.safe_day) == (State.OPEN, d(wanted["legal"]), d(wanted["safe"]))


EFFECT_2023: Final = {"rule": "fixed", "on": date(2023, 1, 1), "clauses": ["A1"]}


def test_a_statement_awaited_is_shown_without_a_day() -> None:
    (found,) = items(paper(price(starts="request", delay={"days": 30})), "2022-02-01")
    assert (found.key, found.state, found.safe_day, found.trace) == (
        "price",
        State.WAITING,
        None,
        "attend la demande de paiement",
    )


def refused_after(*facts: Fact, fact: Fact, **said: Any) -> str:
    dossier = begun(paper(price(**{"starts": "statement", **said})))
    for one in facts:
        take(dossier, one)
    return refused(dossier, fact).replace("\u00a0", " ")


FIRST: Final = PaperReceived(on=date(2022, 3, 1), what="price", about="2021")


def test_a_statement_that_could_be_of_two_periods_is_refused() -> None:
    words = refused_after(FIRST, fact=PaperReceived(on=d("2022-04-01"), what="price"))
    assert "lequel ? « Prix » a déjà reçu : 2021" in words
    twice = refused_after(FIRST, fact=FIRST)
    assert "déjà reçu, le mardi 1er mars 2022" in twice


def test_a_payment_that_could_be_of_two_statements_is_refused() -> None:
    second = PaperReceived(on=date(2022, 4, 1), what="price", about="2022")
    words = refused_after(FIRST, second, fact=DutyDone(on=d("2022-04-02"), item="price"))
    assert "« price/2022 » ou « price/2021 »" in words


def test_a_statement_without_a_period_is_enough_while_it_is_alone() -> None:
    dossier = begun(paper(price(starts="statement")))
    take(dossier, PaperReceived(on=d("2022-03-01"), what="price"))
    assert item(seen(dossier.convention, tuple(dossier.facts), "2022-03-02"), "price").safe_day == d("2022-03-31")


def test_what_was_paid_without_a_statement_answers_none() -> None:
    words = refused_after(DutyDone(on=d("2022-02-01"), item="price"), fact=FIRST)
    assert "déjà payé, le mardi 1er février 2022, sans mémoire" in words


def test_a_paper_that_no_payment_waits_for_is_refused() -> None:
    assert "« factures »" in refused_after(fact=PaperReceived(on=d("2022-03-01"), what="factures"))
    words = refused_after(
        fact=PaperReceived(on=d("2022-03-01"), what="bills", about="2022"), starts=None, needs=["bills"]
    )
    assert "sans période" in words


# -- instalments -----------------------------------------------------------------------------------------------------------


def _shares(vector: dict[str, Any]) -> dict[str, Any]:
    """The instalments of a worked case: due on their day, or once a paper is there."""
    said = vector["input"]
    whens = [{"on": d(day)} if day else {"needs": ["report"]} for day in said["days"]]
    return {
        "total": said["total"],
        "instalments": [{"share": s, **w} for s, w in zip(said["shares"], whens, strict=True)],
    }


@pytest.mark.parametrize("vector", of("instalments"), ids=lambda one: one["id"])
def test_a_total_is_shared_out_to_the_cent(vector: dict[str, Any]) -> None:
    said, cents = vector["input"], tuple(one["cents"] for one in vector["expected"])
    assert shared(cents_of(said["total"]), tuple(said["shares"])) == cents
    terms = paper(price(**_shares(vector)), effect=EFFECT_2023, term={"years": 5, "clauses": ["A1"]})
    assert tuple(one.cents for one in terms.payment[0].sums) == cents
    found = seen(terms, recorded(*BEGUN), "2024-02-01").items
    paid = {one.key: (one.title.fr, one.legal_last_day) for one in found if one.kind == "payment"}
    for number, one in enumerate(vector["expected"], start=1):
        title, day = paid[f"price/{number}"]
        assert title.endswith(f" : {euros(one['cents'])}")
        assert day == (d(one["due"]) if one["due"] else None)


@pytest.mark.parametrize("vector", of("equal_parts"), ids=lambda one: one["id"])
def test_equal_parts_leave_the_rest_to_the_last(vector: dict[str, Any]) -> None:
    said, cents = vector["input"], tuple(vector["expected"])
    assert equal_parts(cents_of(said["total"]), said["parts"]) == cents
    found = items(paper(price(starts="statement", **said)), "2022-02-01")
    assert [one.title.fr.rpartition(" : ")[2] for one in sorted(found, key=lambda one: int(one.occurrence))] == [
        euros(one) for one in cents
    ]


def test_what_is_shared_out_makes_the_whole() -> None:
    assert shared(1, ("50", "50")) == (1, 0)  # half up; such a total is refused in a file
    for total in (1, 99, 100, 1_000_05, 23_398_00):
        assert sum(shared(total, ("33.33", "33.33", "33.34"))) == total == sum(equal_parts(total, 7))


HALVES: Final = [
    {"share": "60", "starts": "last-signature", "delay": {"days": 15}},
    {"share": "40", "needs": ["report"]},
]


def test_an_instalment_is_named_counted_and_paid_apart() -> None:
    dossier = begun(paper(price(total="23398.00", instalments=HALVES), one_off=[{**REPORT, "on": d("2022-05-31")}]))
    take(dossier, DutyDone(on=d("2022-01-10"), item="price/1"))
    found = {one.key: one for one in seen(dossier.convention, tuple(dossier.facts), "2022-02-01").items}
    first, second = found["price/1"], found["price/2"]
    assert first.title.fr.replace("\u00a0", " ") == "Prix, versement 1 sur 2 (60 %) : 14 038,80 €"
    assert first.title.en.replace("\u00a0", " ") == "Price, instalment 1 of 2 (60%) : 14 038,80 €"
    assert (first.state, second.state) == (State.DONE, State.WAITING)
    assert second.standing is not None
    assert second.standing.fr == "attend « Une fois » (dû par Agence d’essai)"


def test_an_instalment_may_wait_for_another_to_be_paid() -> None:
    said = [HALVES[0], {"share": "40", "needs": ["price/1"], "delay": {"days": 10}}]
    terms = paper(price(instalments=said))
    assert problems_of(terms) == []
    found = items(terms, "2022-02-01", DutyDone(on=d("2022-01-10"), item="price/1"))
    assert [one.legal_last_day for one in found if one.key == "price/2"] == [d("2022-01-20")]
    circle = paper(price(instalments=[{"share": "60", "needs": ["price/2"]}, {"share": "40", "needs": ["price"]}]))
    assert len([one for one in problems_of(circle) if "d’être lui-même payé" in one]) == 2


ON_STATEMENT: Final = [{"share": one, "starts": "statement", "delay": {"days": 30}} for one in ("30", "30", "40")]


def test_a_statement_names_its_instalment_unless_one_alone_is_left() -> None:
    dossier = begun(paper(price(instalments=ON_STATEMENT)))
    unnamed = PaperReceived(on=d("2022-03-01"), what="price")
    assert "lequel ? « Prix » attend un mémoire pour les versements 1, 2, 3" in refused(dossier, unnamed).replace(
        "\u00a0", " "
    )
    assert "« 4 » n’existe pas" in refused(dossier, unnamed.model_copy(update={"about": "4"})).replace("\u00a0", " ")
    take(dossier, *(unnamed.model_copy(update={"about": one}) for one in ("1", "3")))
    assert "déjà reçu" in refused(dossier, unnamed.model_copy(update={"about": "3"}))
    take(dossier, PaperReceived(on=d("2022-04-01"), what="price"))
    found = seen(dossier.convention, tuple(dossier.facts), "2022-04-02").items
    assert {one.key: str(one.legal_last_day) for one in found if one.kind == "payment"} == {
        "price/1": "2022-03-31", "price/2": "2022-05-01", "price/3": "2022-03-31",
    }  # fmt: skip
    assert refused(dossier, unnamed) != ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"instalments": [{"share": "60", "needs": ["bills"]}, {"share": "30", "needs": ["photos"]}]},
            "les parts font 90 %",
        ),
        ({"instalments": [{"share": "0", "needs": ["bills"]}]}, "n’est pas une part"),
        ({"instalments": [{"share": 100, "needs": ["bills"]}]}, "n’est pas une part"),
        ({"instalments": [{"share": "100"}]}, "« price, versement 1 » : dire par l’un de starts"),
        ({"instalments": HALVES, "amount": "100.00"}, "il a un total (total)"),
        ({"instalments": HALVES, "parts": 2}, "pas les deux"),
        ({"instalments": HALVES, "delay": {"days": 30}}, "c’est dans chaque versement que se dit delay"),
        ({"instalments": HALVES, "total": "0.01"}, "ne fait pas un centime par versement"),
        ({"parts": 10, "starts": "statement", "total": "0.05"}, "ne fait pas un centime par versement"),
        ({"parts": 10, "on": date(2022, 6, 1)}, "se versent chacune sur un mémoire"),
        ({"parts": 10, "starts": "statement", "amount": "10.00"}, "il a un total (total)"),
        ({"total": "100.00", "on": date(2022, 6, 1)}, "en une fois, écrire amount"),
    ],
)
def test_shares_that_cannot_be_are_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as found:
        Payment.model_validate(price(**said))
    assert words in str(found.value).replace("\u00a0", " ")


REFUSED_CASES: Final = [one for one in of("contradictions") if "U06" not in one["expected"]]
ASKED_CASES: Final = [one for one in of("contradictions") if "U06" in one["expected"]]


@pytest.mark.parametrize("vector", REFUSED_CASES, ids=lambda one: one["id"])
def test_what_a_worked_case_refuses_is_refused(vector: dict[str, Any]) -> None:
    said = vector["input"]["c"]
    whens = [{"share": share, "needs": [f"paper-{n}"]} for n, share in enumerate(said["shares"])]
    codes = {"P01": ({"amount": said["amount"], "on": date(2027, 6, 1)}, "deux décimales au plus")}
    codes["P02"] = ({"instalments": whens}, "les parts font 90 %")
    for code in vector["expected"]:
        given, words = codes[code]
        with pytest.raises(ValidationError) as found:
            Payment.model_validate(price(**given))
        assert words in str(found.value).replace("\u00a0", " ")


# -- rents -----------------------------------------------------------------------------------------------------------------

_WHEN: Final = ("every_months", "due", "days", "year")


def _rent(vector: dict[str, Any]) -> dict[str, Any]:
    """The payment of a worked case, as a file says it."""
    said = vector["input"]
    more = {"prorata": said["prorata"]} if "prorata" in said else {}
    return price(amount=said["amount"], when={name: said[name] for name in _WHEN if name in said}, **more)


@pytest.mark.parametrize("vector", of("rents"), ids=lambda one: one["id"])
def test_a_rent_is_due_each_period_and_shared_at_its_ends(vector: dict[str, Any]) -> None:
    said = vector["input"]
    effect, last = d(said["effect"]), d(said["last"])
    terms = paper(
        _rent(vector),
        effect={"rule": "fixed", "on": effect, "clauses": ["A1"]},
        term={"ends_on": last, "clauses": ["A1"]},
    )
    records = tuple(begun(terms).facts)
    assert unproved_items(situation(terms, records, at(effect))) == {}
    found = [one for one in seen(terms, records, said["effect"]).items if one.kind == "payment"]
    assert [(str(one.legal_last_day), str(one.safe_day)) for one in found] == [
        (one["legal"], one["safe"]) for one in vector["expected"]
    ]
    for one, wanted in zip(found, vector["expected"], strict=True):
        label = f"du {figures(d(wanted['first']))} au {figures(d(wanted['last']))}"
        assert one.title.fr == f"Prix ({label}) : {euros(wanted['cents'])}"
        asked = wanted["partial"] and "prorata" not in said
        assert one.certainty is (Certainty.CONTESTED if asked else Certainty.CERTAIN)
        assert ("le texte ne dit pas comment partager" in one.trace) is asked


@pytest.mark.parametrize("vector", of("rents"), ids=lambda one: one["id"])
def test_the_days_and_cents_of_a_rent_by_the_functions_alone(vector: dict[str, Any]) -> None:
    said, payment = vector["input"], Payment.model_validate(_rent(vector))
    assert isinstance(payment.when, PeriodDay)
    last = d(said["last"])
    made = turns(
        payment.when, Span(d(said["effect"]), last, (last,), renews_itself=False, calendar=FRANCE, source="A1")
    )
    found = []
    for turn in made:
        assert turn.stretch is not None
        cents = cents_due(payment, payment.sums[0], turn)
        found.append((*map(str, turn.stretch), str(turn.legal), cents, turn.is_partial))
    wanted = [(one["first"], one["last"], one["legal"], one["cents"], one["partial"]) for one in vector["expected"]]
    assert found == wanted


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2027-02-10", "2027-02-28", 21),
        ("2028-02-10", "2028-02-29", 21),
        ("2027-01-31", "2027-01-31", 1),
        ("2027-01-01", "2027-01-31", 30),
        ("2027-01-01", "2027-12-31", 360),
        ("2027-03-01", "2027-03-15", 15),
        ("2027-02-10", "2027-03-09", 30),
    ],
)
def test_a_month_has_thirty_thirtieths(first: str, last: str, days: int) -> None:
    assert thirtieths(d(first), d(last)) == days


def test_an_early_end_cuts_the_last_rent() -> None:
    """N004, its end given by a letter: « 100 € par mois, d'avance », fin anticipée le 15 mars."""
    terms = paper(
        price(amount="100.00", when={"every_months": 1, "due": "advance"}),
        effect={"rule": "fixed", "on": d("2027-01-01"), "clauses": ["A1"]}, termination=[NOTICE],
    )  # fmt: skip
    dossier = begun(terms)
    take(dossier, LetterPosted(on=d("2027-02-15"), rule="leave", by="town"))
    found = [one for one in seen(terms, tuple(dossier.facts), "2027-02-16").items if one.kind == "payment"]
    assert [one.key for one in found] == ["price/1", "price/2", "price/3"]
    assert found[-1].title.fr.replace("\u00a0", " ") == "Prix (du 01/03/2027 au 15/03/2027) : 48,39 €"


def test_each_rent_is_paid_apart() -> None:
    terms = paper(price(amount="300.00", when={"every_months": 3, "due": "arrears", "year": "civil"}))
    dossier = begun(terms)
    take(dossier, DutyDone(on=d("2022-04-02"), item="price/2022-01"))
    found = {
        one.key: one.state for one in seen(terms, tuple(dossier.facts), "2022-07-02").items if one.kind == "payment"
    }
    assert (found["price/2022-01"], found["price/2022-04"], found["price/2022-07"]) == (
        State.DONE,
        State.LATE,
        State.UPCOMING,
    )


def test_a_sum_may_come_back_on_any_day_of_the_calendar() -> None:
    found = items(paper(price(amount="10.00", when={"on": "03-01"})), "2022-02-01")
    assert [(one.key, str(one.legal_last_day)) for one in found] == [
        ("price/2022", "2022-03-01"), ("price/2023", "2023-03-01"), ("price/2024", "2024-03-01"),
    ]  # fmt: skip


def _due(terms: Convention, today: str, *facts: Fact) -> list[tuple[str, Certainty]]:
    records = recorded(*signed("2027-01-01"), *facts)
    assert unproved_items(situation(terms, records, at(today))) == {}
    found = seen(terms, records, today).items
    return [(str(one.legal_last_day), one.certainty) for one in found if one.series in ("price", "report")]


@pytest.mark.parametrize("as_a_duty", [True, False], ids=["a duty", "a payment"])
@pytest.mark.parametrize("side", ["advance", "arrears"])
@pytest.mark.parametrize("vector", ASKED_CASES, ids=lambda one: one["id"])
def test_in_advance_on_a_last_day_is_asked_and_the_earlier_runs(
    vector: dict[str, Any], side: str, *, as_a_duty: bool
) -> None:
    said = vector["input"]["c"]
    (told,) = said["duties"]
    both = {"every_months": 6, **told} if side == "advance" else {"every_months": 6, "due": "arrears", "day": "first"}
    effect = {"rule": "fixed", "on": d(said["effect"]), "clauses": ["A1"]}
    owed = {"duty": [duty(rhythm=None, when=both)]} if as_a_duty else {"payment": [price(when=both, prorata="days")]}
    terms = convention(effect=effect, term={"months": said["months"], "clauses": ["A1"]}, **owed)
    name = "due-day/report" if as_a_duty else "due-day/price"
    (asked,) = [one for one in seen(terms, (), "2027-01-02").questions if one.id == name]
    assert (asked.prudent, asked.answered) == ("advance", None)
    assert _due(terms, "2027-01-02") == [("2027-01-01", Certainty.CONTESTED), ("2027-07-01", Certainty.CONTESTED)]
    answers = {"advance": ["2027-01-01", "2027-07-01"], "arrears": ["2027-06-30", "2027-12-31"]}
    for reading, days in answers.items():
        answer = QuestionAnswered(on=d("2027-01-02"), question=name, reading=reading)
        assert _due(terms, "2027-01-03", answer) == [(day, Certainty.CERTAIN) for day in days]
    first = next(
        one for one in seen(terms, recorded(*signed("2027-01-01")), "2027-01-02").items if one.rule == "period_day"
    )
    assert "l’autre lecture, à terme échu : le 30/06/2027" in first.trace


def test_a_day_that_says_the_same_asks_nothing() -> None:
    for due, day in (("advance", "first"), ("arrears", "last")):
        terms = paper(price(when={"every_months": 6, "due": due, "day": day}))
        assert seen(terms, (), "2022-01-02").questions == ()


def test_equal_parts_fall_on_days_of_the_calendar_until_there_are_no_more() -> None:
    when = {"every_months": 12, "due": "advance"}
    found = items(paper(price(total="1000.00", parts=2, when=when)), "2022-02-01")
    assert [(one.key, str(one.legal_last_day)) for one in found] == [
        ("price/1", "2022-01-01"),
        ("price/2", "2023-01-01"),
    ]
    more = items(paper(price(total="1000.00", parts=4, when=when)), "2022-02-01")
    assert [str(one.legal_last_day) for one in more] == ["2022-01-01", "2023-01-01", "2024-01-01", "None"]
    assert (more[-1].state, more[-1].trace) == (
        State.WAITING, "la convention n’a que 3 échéances pour 4 parts : celle-ci n’a pas de date",
    )  # fmt: skip


def test_nobody_is_late_before_the_convention_is_in_force() -> None:
    terms = paper(price(amount="300.00", when={"every_months": 12, "due": "advance"}))
    found = [one for one in seen(terms, (), "2022-06-01").items if one.kind == "payment"]
    assert [one.state for one in found] == [State.WAITING] * 3


def test_rents_count_among_the_dates_of_a_convention() -> None:
    monthly = {"when": {"every_months": 1, "due": "advance"}}
    many = [price(id=f"rent-{n}", **monthly) for n in range(30)]
    assert too_many_dates(paper(*many), date(2022, 1, 1)) is not None


# -- what is refused -------------------------------------------------------------------------------------------------------

RENT: Final = {"every_months": 3, "due": "advance"}
REFUSED: Final[list[tuple[dict[str, Any], str]]] = [
    ({"when": RENT, "starts": "statement"}, "dire par l’un de starts"),
    ({"when": RENT, "delay": {"days": 30}}, "dû un jour écrit (when)"),
    ({"when": {"every_months": 1, "due": "advance", "days": 32}}, "plus longs que la période (31 jours au plus)"),
    ({"when": {"every_weeks": 1}}, "ne se suit pas à la semaine"),
    ({"when": {"on": "03-01"}, "prorata": "days"}, "prorata partage une période entamée"),
    ({"when": RENT, "parts": 3, "prorata": "days"}, "prorata partage une période entamée"),
    ({"on": date(2022, 6, 1), "prorata": "days"}, "prorata partage une période entamée"),
    ({"when": RENT, "total": "100.00"}, "en une fois, écrire amount"),
    ({"when": RENT, "instalments": [{"share": "100", "needs": ["bills"]}]}, "se partage en parts égales (parts)"),
    ({}, "dire par l’un de starts"),
    ({"starts": "statement", "on": date(2022, 6, 1)}, "dire par l’un de starts"),
    ({"needs": ["bills"], "starts": "statement"}, "dire par l’un de starts"),
    ({"on": date(2022, 6, 1), "delay": {"days": 30}}, "les ôter"),
    ({"on": date(2022, 6, 1), "not_before": date(2022, 6, 1)}, "les ôter"),
    ({"on": date(2022, 6, 1), "policy_days": 30}, "les ôter"),
    ({"starts": "statement", "delay": {"days": 30}, "policy_days": 30}, "ôter policy_days"),
    ({"starts": "statement", "documents": ["OTHER"]}, 'starts = "last-signature"'),
    ({"needs": ["bills", "bills"]}, "deux fois la même chose"),
    ({"starts": "statement", "delay": {"hours": 30}}, "en jours ou plus long"),
    ({"on": date(2022, 6, 1), "amount_cents": 30000}, 'amount = "300.00"'),
    ({"due": "statement"}, 'starts = "statement"'),
]


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_what_means_nothing_is_refused_with_what_to_write(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as found:
        Payment.model_validate(price(**said))
    assert words in str(found.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"needs": ["destruction"]}, "dire laquelle, comme « destruction/town »"),
        ({"needs": ["bills/2022"]}, "nomme une fois de « bills », qui n’est pas dans le fichier"),
        ({"needs": ["price"]}, "d’être lui-même payé"),
    ],
)
def test_needs_that_cannot_come_are_refused(said: dict[str, Any], words: str) -> None:
    terms = paper(price(**said), end_duty=[end_duty()])
    assert [one for one in problems_of(terms) if words in one] != []


@pytest.mark.parametrize(
    ("need", "taken"), [("report/2022/agency", True), ("report/agency", False), ("report/2022", False)]
)
def test_what_each_owes_is_needed_of_one_of_them(need: str, *, taken: bool) -> None:
    terms = paper(price(needs=[need]), duty=[duty(owed_by="each")])
    assert ([one for one in problems_of(terms) if "dire laquelle, comme « report/2027/town »" in one] == []) is taken


def test_what_each_pays_is_settled_apart() -> None:
    dossier = begun(paper(price(starts="statement", owed_by="each")))
    take(dossier, FIRST, DutyDone(on=d("2022-03-02"), item="price/2021/town"))
    found = seen(dossier.convention, tuple(dossier.facts), "2022-03-03").items
    assert {one.key: one.state for one in found if one.kind == "payment"} == {
        "price/2021/town": State.DONE,
        "price/2021/agency": State.OPEN,
    }


def test_two_payments_do_not_wait_for_each_other() -> None:
    terms = paper(price(needs=["other"]), price(id="other", needs=["price"]))
    assert len([one for one in problems_of(terms) if "d’être lui-même payé" in one]) == 2


@pytest.mark.parametrize(
    "said",
    [{"on": date(2022, 6, 15)}, {"when": RENT}, {"starts": "effective"}, {"starts": "moved"}, {"needs": ["bills"]}],
)
def test_nothing_is_due_of_a_convention_that_nobody_signed(said: dict[str, Any]) -> None:
    terms = paper(price(**said), effect={"rule": "fixed", "on": d("2022-01-01"), "clauses": ["A1"]})
    came = Happened(on=d("2022-02-01"), event="moved"), PaperReceived(on=d("2022-02-01"), what="bills")
    paid = DutyDone(on=d("2022-06-01"), item="price/1" if "when" in said else "price")
    for facts, today, states in (
        ((), "2022-06-15", {State.WAITING}),
        (came, "2022-06-15", {State.WAITING}),
        ((*came, paid), "2022-06-15", {State.WAITING, State.DONE} if "when" in said else {State.DONE}),
    ):
        found = [one for one in seen(terms, recorded(*facts), today).items if one.kind == "payment"]
        assert {one.state for one in found} == states


@pytest.mark.parametrize(
    ("registered", "signed_on", "today", "state"),
    [
        ("2027-05-10", "2027-05-10", "2027-05-10", State.OPEN),
        ("2027-05-10", "2027-05-10", "2027-05-11", State.LATE),
        ("2026-12-01", "2027-05-10", "2027-05-11", State.LATE),
        ("2027-05-11", "2027-05-10", "2027-05-12", State.PAST),
        ("2027-05-11", "2027-05-12", "2027-05-12", State.OPEN),
    ],
)
@pytest.mark.parametrize("said", [{"on": date(2027, 4, 1)}, {"when": RENT}], ids=["on", "when"])
def test_what_was_due_before_a_late_signature_is_owed_from_then_on(
    said: dict[str, Any], registered: str, signed_on: str, today: str, state: State
) -> None:
    terms = paper(price(**said), effect={"rule": "fixed", "on": d("2027-01-01"), "clauses": ["A1"]})
    records = recorded(*signed(signed_on))
    assert unproved_items(situation(terms, records, at(today))) == {}
    found = [one for one in seen(terms, records, today, registered_on=d(registered)).items if one.kind == "payment"]
    late = [one for one in found if one.legal_last_day is not None and one.legal_last_day < d(signed_on)]
    assert {(one.state, one.certainty) for one in late} == {(state, Certainty.CONTESTED)}
    assert all("due avant la signature : à payer dès la signature" in one.trace.replace("\u00a0", " ") for one in late)
    assert {one.certainty for one in found if one not in late} <= {Certainty.CERTAIN}


@pytest.mark.parametrize("due", [{"due": "advance"}, {"due": "arrears", "days": 30}])
@pytest.mark.parametrize("prorata", [None, "days", "thirtieths", "full"])
def test_a_period_cut_by_an_end_that_may_be_renewed_goes_on_perhaps(due: dict[str, Any], prorata: str | None) -> None:
    said = {"when": {"every_months": 3, "year": "civil", **due}, "amount": "100.00"} | (
        {"prorata": prorata} if prorata else {}
    )
    effect = {"rule": "fixed", "on": d("2027-03-01"), "clauses": ["A1"]}
    renewal = {"how": "tacit", "period": {"years": 1}, "clauses": ["A1"]}
    terms = paper(price(**said), effect=effect, term={"years": 1, "clauses": ["A1"]}, renewal=renewal)
    records = recorded(*signed("2026-12-14"))
    assert unproved_items(situation(terms, records, at("2027-06-01"))) == {}
    last = [one for one in seen(terms, records, "2027-06-01").items if one.kind == "payment"][-1]
    assert (last.key, last.certainty) == ("price/2028-01", Certainty.CONTESTED)
    assert "du 01/01/2028, au moins jusqu’au 29/02/2028, la période continue si elle se reconduit" in last.trace
    assert "où elle finit" not in last.trace


@pytest.mark.parametrize(
    ("ends", "how", "bound"),
    [
        ({"earlier_of": ({"event": "mandate-over"}, {"ends_on": d("2027-06-10")})}, "none", " au plus"),
        ({"ends_on": d("2027-06-10")}, "none", ""),
        ({"ends_on": d("2027-06-10")}, "tacit", " au moins"),
    ],
    ids=["that may come sooner", "that is written", "that a renewal carries further"],
)
def test_a_part_of_a_period_is_said_to_be_least_or_most_by_the_way_its_end_may_move(
    ends: dict[str, Any], how: str, bound: str
) -> None:
    renewal = {"how": how, "clauses": ["A1"]} | ({"period": {"years": 1}} if how == "tacit" else {})
    rent = price(when={"every_months": 1, "due": "advance", "year": "contract"}, amount="300.00", prorata="days")
    effect = {"rule": "fixed", "on": d("2027-05-01"), "clauses": ["A1"]}
    terms = paper(rent, effect=effect, term={**ends, "clauses": ["A1"]}, renewal=renewal)
    found = [one for one in seen(terms, recorded(*signed("2027-04-12")), "2027-05-01").items if one.kind == "payment"]
    cut = [one.title.fr.rpartition(" : ")[2] for one in found if one.occurrence == "2"]
    assert cut == [f"100,00\u00a0€{bound}"]


def test_a_convention_without_an_end_cuts_no_period_where_its_planning_stops() -> None:
    rent = price(amount="100.00", prorata="days", when={"every_months": 3, "due": "advance"})
    effect = {"rule": "fixed", "on": d("2027-01-01"), "clauses": ["A1"]}
    parts = duty(rhythm=None, when={"part": "quarter", "nth": 3})
    weekly = duty(id="week", rhythm=None, when={"every_weeks": 2})
    terms = paper(rent, effect=effect, term={"unlimited": True, "clauses": ["A1"]}, duty=[parts, weekly])
    records = recorded(*signed("2026-12-14"))
    found = [one for one in seen(terms, records, "2027-08-20").items if one.series in ("price", "report", "week")]
    assert unproved_items(situation(terms, records, at("2027-08-20"))) == {}
    assert {one.certainty for one in found} == {Certainty.CERTAIN}
    assert not [one for one in found if "où elle finit" in one.trace or "écourté" in one.trace]
    rents = [one for one in found if one.series == "price"]
    assert rents[-1].title.fr.replace("\u00a0", " ") == "Prix (du 01/07/2028 au 30/09/2028) : 100,00 €"


@pytest.mark.parametrize(
    ("when", "cut", "warned"),
    [
        ({"day": 31}, {"2027-01": "mois entamé"}, ["due-after-end/price"]),
        ({"day": 10}, {"2027-07": "mois entamé"}, ["due-before-effect/price"]),
        ({"day": 5, "next_month": True}, {"2027-01": "mois entamé", "2027-07": "mois entamé"}, []),
        (
            {"day": 31, "every_months": 3, "year": "civil"},
            {"2027-01": "période entamée"},
            ["due-after-end/price"],
        ),
        ({"on": "03-31"}, {"2027": "année entamée"}, []),
        ({"on": "12-31"}, {}, ["due-after-end/price"]),
    ],
)
def test_a_month_or_a_year_cut_short_is_to_be_confirmed_and_never_vanishes(
    when: dict[str, Any], cut: dict[str, str], warned: list[str]
) -> None:
    effect = {"rule": "fixed", "on": d("2027-01-20"), "clauses": ["A1"]}
    terms = paper(
        price(amount="1000.00", when=when), effect=effect, term={"ends_on": d("2027-07-19"), "clauses": ["A1"]}
    )
    records = recorded(*signed("2026-12-14"))
    assert unproved_items(situation(terms, records, at("2027-01-02"))) == {}
    agenda = seen(terms, records, "2027-01-02")
    found = [one for one in agenda.items if one.kind == "payment"]
    silent = " : le texte ne dit pas si tout est dû"
    asked = {one.occurrence: one for one in found if silent in one.trace.replace("\u00a0", " ")}
    assert asked.keys() == cut.keys()
    assert {one.certainty for one in asked.values()} <= {Certainty.CONTESTED}
    assert all(f"{words}{silent}" in asked[key].trace.replace("\u00a0", " ") for key, words in cut.items())
    assert [one.id for one in agenda.warnings if one.id.startswith("due-")] == warned
    after = seen(terms, records, "2028-01-02")
    assert [one.id for one in after.warnings if one.id.startswith("due-after")] == []


def test_a_rent_paid_before_an_early_end_keeps_the_amount_that_was_due() -> None:
    effect = {"rule": "fixed", "on": d("2027-01-01"), "clauses": ["A1"]}
    rent = price(amount="300.00", prorata="days", when={"every_months": 3, "due": "advance"})
    dossier = begun(paper(rent, effect=effect, termination=[NOTICE]))
    take(
        dossier,
        DutyDone(on=d("2028-06-30"), item="price/7"),
        LetterPosted(on=d("2028-07-03"), rule="leave", by="town"),
    )
    records = tuple(dossier.facts)
    assert unproved_items(situation(dossier.convention, records, at("2028-07-10"))) == {}
    paid = item(seen(dossier.convention, records, "2028-07-10"), "price/7")
    assert (paid.state, paid.certainty) == (State.DONE, Certainty.CONTESTED)
    assert paid.title.fr.replace("\u00a0", " ") == "Prix (du 01/07/2028 au 30/09/2028) : 300,00 €"
    assert paid.standing is not None
    assert (
        paid.standing.fr.replace("\u00a0", " ") == "part de la période après la fin : 189,13 €, à rembourser peut-être"
    )
    assert paid.standing.fr in paid.trace
    unpaid = item(seen(dossier.convention, tuple(r for r in records if r.id != "f3"), "2028-07-10"), "price/7")
    assert unpaid.title.fr.endswith(" : 110,87\u00a0€")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"on": date(2020, 12, 30)}, "plus d’un an avant la prise d’effet"),
        ({"on": date(2026, 1, 2)}, "plus d’un an après la fin de la convention"),
        ({"needs": ["report/2035"]}, "nomme une fois que la convention ne couvre pas : une année de 2022 à 2024"),
        ({"needs": ["report/2021"]}, "nomme une fois que la convention ne couvre pas"),
        ({"needs": ["report/first"]}, "ne nomme aucune fois"),
        ({"needs": ["report/2024"]}, ""),
        ({"on": date(2021, 12, 1)}, ""),
        ({"on": date(2025, 6, 30)}, ""),
    ],
)
def test_what_can_never_come_or_lies_far_out_of_the_term_is_refused(said: dict[str, Any], words: str) -> None:
    effect = {"rule": "fixed", "on": d("2022-01-01"), "clauses": ["A1"]}
    terms = paper(price(**said), effect=effect, duty=[duty(rhythm=None, when={"on": "03-31", "covers": "previous"})])
    told = [one for one in problems_of(terms) if "« price »" in one]
    assert [one for one in told if words in one] if words else told == []


@pytest.mark.parametrize(
    ("on", "words"),
    [("2021-12-31", "avant la prise d’effet"), ("2025-01-01", "après la fin"), ("2022-01-01", ""), ("2024-12-31", "")],
)
def test_a_day_printed_just_out_of_the_term_is_to_be_confirmed(on: str, words: str) -> None:
    effect = {"rule": "fixed", "on": d("2022-01-01"), "clauses": ["A1"]}
    records = recorded(*signed("2021-12-01"))
    terms = paper(price(on=d(on)), effect=effect)
    assert unproved_items(situation(terms, records, at("2021-12-02"))) == {}
    (found,) = [one for one in seen(terms, records, "2021-12-02").items if one.kind == "payment"]
    assert found.certainty is (Certainty.CONTESTED if words else Certainty.CERTAIN)
    assert words in found.trace
    assert ("à vérifier" in found.trace) is bool(words)


@pytest.mark.parametrize(("prorata", "words"), [("thirtieths", "1 trentième de mois sur"), ("days", "1 jour sur")])
def test_one_day_of_a_period_is_said_in_the_singular(prorata: str, words: str) -> None:
    rent = price(amount="100.00", prorata=prorata, when={"every_months": 1, "due": "arrears", "year": "civil"})
    effect = {"rule": "fixed", "on": d("2027-01-31"), "clauses": ["A1"]}
    found = seen(paper(rent, effect=effect), recorded(*signed("2027-01-01")), "2027-01-02")
    first = next(one for one in found.items if one.kind == "payment")
    assert words in first.trace.replace("\u00a0", " ")


def test_instalments_without_a_day_come_in_the_order_of_their_numbers() -> None:
    found = items(paper(price(starts="statement", parts=12, total="1200.00")), "2022-02-01")
    assert [one.key for one in found] == [f"price/{n}" for n in range(1, 13)]


@pytest.mark.parametrize("event", ["request", "statement"])
def test_a_request_told_as_an_event_is_sent_to_the_paper_received(event: str) -> None:
    dossier = begun(paper(price(starts=event)))
    assert "received" in refused(dossier, Happened(on=d("2022-02-01"), event=event))
