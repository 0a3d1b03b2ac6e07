"""How much: by year, by the unit, set by a fact, paid back; and which times of what comes back are due at all."""

from typing import Any

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.money import AmountRevised, AmountSet, PaperReceived, UnitsCounted
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, at, convention, d, duty, recorded, seen, signed
from tests.domain.test_either_other import fault
from tests.domain.test_money import paper, price
from tests.domain.test_tacit_life import begun
from tests.support.door import refused, take
from tests.support.proofs import unproved_items

TABLE = [{"year": 2022, "amount": "12 000 €"}, {"year": 2023, "amount": "12500"}]
REPORT = duty(rhythm=None, when={"on": "03-31", "covers": "previous"})
SHARES = [
    {"share": "60", "when": {"on": "03-31", "limit": "excluded"}},
    {"share": "40", "needs": ["report"], "delay": {"days": 30}},
]


def lived(terms: Convention, today: str, *facts: Fact) -> Agenda:
    assert problems_of(terms) == []
    records = recorded(*signed("2022-01-01"), *facts)
    assert unproved_items(situation(terms, records, at(today))) == {}
    return seen(terms, records, today)


def sums(agenda: Agenda) -> list[Item]:
    return [one for one in agenda.items if one.kind == "payment"]


def told(found: list[Item]) -> dict[str, str]:
    """The words of each, by its key, in plain spaces."""
    return {one.key: one.title.fr.replace("\u00a0", " ").replace("\u202f", " ") for one in found}


def dossier(*said: dict[str, Any], **changes: Any) -> Dossier:
    terms = paper(*said, **changes)
    assert problems_of(terms) == []
    return begun(terms)


# -- by year ------------------------------------------------------------------------------------------------------------------


def test_each_time_has_the_amount_of_its_year_and_a_year_without_one_is_asked() -> None:
    terms = paper(price(amounts=TABLE, when={"on": "06-15"}))
    agenda = lived(terms, "2022-02-01")
    assert told(sums(agenda)) == {
        "price/2022": "Prix (2022) : 12 000,00 €", "price/2023": "Prix (2023) : 12 500,00 €", "price/2024": "Prix (2024)",
    }  # fmt: skip
    assert [one.id for one in agenda.questions] == ["amount/price/2024"]
    assert "combien pour 2024" in agenda.questions[0].about.fr
    blank = sums(agenda)[-1]
    assert blank.standing is not None
    assert blank.standing.fr == "montant non donné pour 2024"
    answer = QuestionAnswered(on=d("2022-01-20"), question="amount/price/2024", amount="13000.00")
    answered = lived(terms, "2022-02-01", answer)
    assert told(sums(answered))["price/2024"] == "Prix (2024) : 13 000,00 €"
    assert [one.answered for one in answered.questions] == ["13\u202f000,00\u00a0€".replace("\u202f", "\u00a0")]


def test_the_door_wants_an_amount_for_that_question() -> None:
    begins = dossier(price(amounts=TABLE, when={"on": "06-15"}))
    words = refused(begins, QuestionAnswered(on=d("2022-02-01"), question="amount/price/2024", text="13 000"))
    assert "un montant en euros" in words
    take(begins, QuestionAnswered(on=d("2022-02-01"), question="amount/price/2024", amount="13 000 €"))


def test_a_yearly_grant_comes_back_with_its_shares_of_each_year() -> None:
    terms = paper(price(amounts=[*TABLE, {"year": 2024, "amount": "13000"}], instalments=SHARES), duty=[REPORT])
    found = sums(lived(terms, "2022-02-01"))
    assert told(found) == {
        "price/2022-1": "Prix (2022), versement 1 sur 2 (60 %) : 7 200,00 €",
        "price/2022-2": "Prix (2022), versement 2 sur 2 (40 %) : 4 800,00 €",
        "price/2023-1": "Prix (2023), versement 1 sur 2 (60 %) : 7 500,00 €",
        "price/2023-2": "Prix (2023), versement 2 sur 2 (40 %) : 5 000,00 €",
        "price/2024-1": "Prix (2024), versement 1 sur 2 (60 %) : 7 800,00 €",
        "price/2024-2": "Prix (2024), versement 2 sur 2 (40 %) : 5 200,00 €",
    }
    days = {one.key: one.legal_last_day for one in found}
    assert (days["price/2023-1"], days["price/2023-2"]) == (d("2023-03-30"), None)
    waits = next(one for one in found if one.key == "price/2023-2")
    assert waits.standing is not None
    assert "Devoir report (2023)" in waits.standing.fr
    after = {one.key: one for one in sums(lived(terms, "2023-04-02", DutyDone(on=d("2023-03-20"), item="report/2022")))}
    assert (after["price/2022-2"].legal_last_day, after["price/2023-2"].legal_last_day) == (d("2023-04-19"), None)


def test_each_year_of_a_grant_is_paid_on_its_own_through_the_door() -> None:
    begins = dossier(
        price(total="1000.05", every_year="civil", instalments=[
            {"share": "50", "when": {"on": "03-31"}}, {"share": "50", "starts": "request"},
        ]),
    )  # fmt: skip
    assert "le versement" in refused(begins, PaperReceived(on=d("2022-05-02"), what="price", about="2022-1"))
    take(
        begins,
        DutyDone(on=d("2022-03-30"), item="price/2022-1"),
        PaperReceived(on=d("2022-05-02"), what="price", about="2022-2"),
    )
    found = {one.key: one for one in sums(seen(begins.convention, tuple(begins.facts), "2022-05-03"))}
    assert (found["price/2022-1"].state, found["price/2023-1"].state) == (State.DONE, State.UPCOMING)
    assert found["price/2022-2"].safe_day == d("2022-06-01")
    assert found["price/2023-2"].state is State.WAITING
    assert told(list(found.values()))["price/2022-2"].endswith("500,02 €")


def test_a_paper_needed_each_year_names_its_year() -> None:
    begins = dossier(price(amount="100.00", every_year="civil", needs=["invoices"]))
    assert "l’année de la pièce" in refused(begins, PaperReceived(on=d("2022-05-02"), what="invoices"))
    assert "« 2023 »" in refused(begins, PaperReceived(on=d("2022-05-02"), what="invoices", about="2031"))
    take(begins, PaperReceived(on=d("2022-05-02"), what="invoices", about="2022"))
    found = {one.key: one for one in sums(seen(begins.convention, tuple(begins.facts), "2022-05-03"))}
    assert [found[f"price/{year}"].opens_on for year in (2022, 2023)] == [d("2022-05-02"), None]


def test_years_of_the_contract_are_counted_from_the_effect() -> None:
    effect = {"rule": "fixed", "on": d("2022-07-01"), "clauses": ["A1"]}
    table = [{"year": one, "amount": f"{one}000"} for one in (1, 2)]
    yearly = price(
        amounts=table, instalments=[{"share": "100", "when": {"every_months": 12, "due": "advance", "days": 30}}]
    )
    agenda = lived(paper(yearly, effect=effect), "2022-07-02")
    assert told(sums(agenda)) == {
        "price/1-1": "Prix (1re année), versement 1 sur 1 (100 %) : 1 000,00 €",
        "price/2-1": "Prix (2e année), versement 1 sur 1 (100 %) : 2 000,00 €",
        "price/3-1": "Prix (3e année), versement 1 sur 1 (100 %)",
    }
    assert [one.legal_last_day for one in sums(agenda)] == [d("2022-07-30"), d("2023-07-30"), d("2024-07-30")]
    assert [one.id for one in agenda.questions] == ["amount/price/3"]
    rent = price(amounts=table, when={"every_months": 6, "due": "advance"})
    assert [*told(sums(lived(paper(rent, effect=effect), "2022-07-02"))).values()][:3] == [
        "Prix (du 01/07/2022 au 31/12/2022) : 1 000,00 €", "Prix (du 01/01/2023 au 30/06/2023) : 1 000,00 €",
        "Prix (du 01/07/2023 au 31/12/2023) : 2 000,00 €",
    ]  # fmt: skip


def test_a_period_over_two_years_has_the_amount_of_the_first_to_be_confirmed() -> None:
    effect = {"rule": "fixed", "on": d("2022-02-01"), "clauses": ["A1"]}
    rent = price(amounts=TABLE, when={"every_months": 3, "due": "advance"})
    found = sums(lived(paper(rent, effect=effect, term={"months": 12, "clauses": ["A1"]}), "2022-02-02"))
    assert [one.certainty is Certainty.CONTESTED for one in found] == [False, False, False, True]
    assert told(found)["price/4"].endswith("12 000,00 €")
    assert "où la période commence" in found[-1].trace


def test_a_year_cut_short_without_an_amount_of_its_own_is_to_be_confirmed() -> None:
    effect = {"rule": "fixed", "on": d("2022-07-01"), "clauses": ["A1"]}
    again = price(amount="100.00", every_year="civil", starts="request")
    found = sums(
        lived(paper(again, effect=effect), "2022-07-02", PaperReceived(on=d("2022-07-02"), what="price", about="2022"))
    )
    assert "année entamée" in next(one for one in found if one.key == "price/2022").trace
    assert "année entamée" not in next(one for one in found if one.key == "price/2023").trace
    early = price(amount="100.00", every_year="civil", instalments=[])
    early = price(total="100.00", every_year="civil", instalments=[{"share": "100", "when": {"on": "03-31"}}])
    first = sums(lived(paper(early, effect=effect), "2022-07-02"))[0]
    assert (first.key, first.certainty, "avant la prise d’effet" in first.trace) == (
        "price/2022-1",
        Certainty.CONTESTED,
        True,
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": "1.00", "amounts": TABLE, "when": {"on": "06-15"}}, "d’une seule façon, ici amount et amounts"),
        ({"amounts": [*TABLE, TABLE[1]], "when": {"on": "06-15"}}, "se suivent, chacune une fois"),
        (
            {"amounts": [{"year": 1, "amount": "1"}, *TABLE], "when": {"on": "06-15"}},
            "années civiles (2027), ou les rangs",
        ),
        ({"amounts": [{"year": 1, "amount": "1"}], "when": {"on": "06-15"}}, "périodes du contrat"),
        ({"amounts": TABLE, "when": {"after_close": {"months": 6}}}, "jour de l’année, du mois ou d’une période"),
        ({"amounts": TABLE, "on": "2022-06-15"}, "ce qui revient chaque année est dû par"),
        ({"amounts": TABLE, "starts": "last-signature"}, "ce qui revient chaque année est dû par"),
        ({"amounts": TABLE, "when": {"on": "06-15"}, "parts": 2}, "se partage par instalments"),
        ({"amounts": TABLE, "every_year": "civil", "needs": ["report"]}, "amounts le dit déjà"),
        ({"amounts": TABLE, "needs": ["bills"], "not_before": "2022-03-01"}, "not_before est d’un seul jour"),
        ({"total": "1.00", "instalments": [{"share": "100", "when": {"on": "03-31"}}]}, "il va avec every_year"),
        ({"unit_amount": "3.50", "when": {"day": 5}}, "va avec ce que l’on compte"),
        (
            {"unit_amount": "3.50", "unit": "repas", "when": {"every_months": 1, "due": "arrears"}, "prorata": "days"},
            "sans parts",
        ),
        ({"amount": "1.00", "on": "2022-06-15", "only": ["2022"]}, "only choisit entre plusieurs fois"),
        ({"amount": "1.00", "when": {"on": "06-15"}, "only": ["1"]}, "comme « 2027 »"),
        ({"amount": "1.00", "when": {"every_months": 3, "due": "advance"}, "only": ["2022"]}, "comme « 1 »"),
        ({"amount": "1.00", "starts": "early-end", "repays": "price"}, "repays nomme un autre paiement"),
        ({"starts": "effective", "repays": "grant", "prorata": "days"}, 'starts = "early-end"'),
        ({"amount": "1.00", "starts": "early-end", "repays": "grant", "prorata": "days"}, "son montant se calcule"),
    ],
)
def test_an_amount_that_says_two_things_is_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        paper(price(**said))
    assert words in str(wrong.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amounts": [*TABLE, {"year": 2031, "amount": "1"}], "when": {"on": "06-15"}}, "une année de 2022 à 2024"),
        (
            {"amounts": [{"year": 4, "amount": "1"}], "when": {"every_months": 12, "due": "advance"}},
            "une année de 1 à 3",
        ),
        ({"amounts": TABLE, "needs": ["report/2023"]}, "le nommer sans année"),
        ({"amounts": TABLE, "needs": ["visit"]}, "attend ce qui revient chaque année"),
        ({"amount": "1.00", "starts": "early-end", "repays": "nothing"}, "n’est pas un paiement du fichier"),
        ({"amount": "1.00", "starts": "early-end", "repays": "grant"}, "ne se rembourse pas par town"),
        (
            {"unit_amount": "1.00", "unit": "repas", "when": {"day": 5}, "owed_by": "each"},
            "un paiement pour chaque partie",
        ),
    ],
)
def test_an_amount_that_does_not_fit_the_convention_is_refused(said: dict[str, Any], words: str) -> None:
    others = [price(id="grant", amount="5.00", starts="last-signature")]
    terms = paper(price(**said), *others, duty=[REPORT, duty("visit")])
    assert [one for one in problems_of(terms) if words in one]


# -- by the unit, set by a fact -----------------------------------------------------------------------------------------------

MEALS = {"unit_amount": "3,50 €", "unit": "repas", "when": {"day": 10, "next_month": True}}


def test_the_sum_of_what_is_counted_is_known_once_it_is() -> None:
    terms = paper(price(**MEALS))
    waits = sums(lived(terms, "2022-02-01"))[0]
    assert told([waits]) == {"price/2022-01": "Prix (janvier 2022) : 3,50 € par repas"}
    assert waits.standing is not None
    assert waits.standing.fr == "montant : attend le décompte (repas)"
    count = UnitsCounted(on=d("2022-02-01"), payment="price", about="2022-01", number="412,5")
    found = sums(lived(terms, "2022-02-01", count))[0]
    assert told([found]) == {"price/2022-01": "Prix (janvier 2022) : 412,5 × 3,50 € = 1 443,75 €"}
    assert (found.standing, found.certainty) == (None, Certainty.CERTAIN)
    none = lived(terms, "2022-02-01", count.model_copy(update={"number": "0"}))
    assert sums(none)[0].state is State.CANCELLED


def test_a_price_revised_is_that_of_the_times_that_begin_from_that_day() -> None:
    begins = dossier(price(**MEALS))
    take(
        begins,
        AmountRevised(on=d("2022-02-01"), payment="price", amount="3.60", effect=d("2022-03-10")),
        UnitsCounted(on=d("2022-02-01"), payment="price", about="2022-01", number="10"),
    )
    found = told(sums(seen(begins.convention, tuple(begins.facts), "2022-02-02")))
    assert found["price/2022-01"].endswith("10 × 3,50 € = 35,00 €")
    assert found["price/2022-03"].endswith("3,60 € par repas")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (UnitsCounted(on=d("2022-02-01"), payment="rent", about="2022-01", number="1"), "le paiement à l’unité"),
        (UnitsCounted(on=d("2022-02-01"), payment="price", number="1"), "la fois (about)"),
        (UnitsCounted(on=d("2022-02-01"), payment="price", about="2031-01", number="1"), "la fois (about)"),
        (UnitsCounted(on=d("2022-02-02"), payment="price", about="2022-01", number="2"), "déjà enregistré, le mardi 1"),
        (AmountSet(on=d("2022-02-02"), payment="price", about="2022-01", amount="2"), "le paiement sans montant"),
        (AmountSet(on=d("2022-02-02"), payment="balance", about="1", amount="2"), "la fois (about)"),
    ],
)
def test_the_door_takes_a_count_once_of_what_is_counted(fact: Fact, words: str) -> None:
    rent = price(id="rent", amount="5.00", when={"day": 1})
    begins = dossier(price(**MEALS), rent, price(id="balance", needs=["report"]), duty=[REPORT])
    take(begins, UnitsCounted(on=d("2022-02-01"), payment="price", about="2022-01", number="1"))
    assert words in refused(begins, fact).replace("1er", "1")


def test_an_amount_that_the_text_does_not_give_is_set_by_a_fact() -> None:
    begins = dossier(price(starts="works-received", delay={"days": 30}))
    take(begins, AmountSet(on=d("2022-02-01"), payment="price", amount="1 234,50 €"))
    (found,) = sums(seen(begins.convention, tuple(begins.facts), "2022-02-02"))
    assert told([found]) == {"price": "Prix : 1 234,50 €"}
    assert "montant arrêté le 01/02/2022" in found.trace


# -- only ---------------------------------------------------------------------------------------------------------------------


def test_only_the_times_named_are_due() -> None:
    first = price(amount="100.00", when={"every_months": 12, "due": "advance"}, only=["1"])
    assert [*told(sums(lived(paper(first), "2022-02-01")))] == ["price/1"]
    grant = price(total="100.00", every_year="civil", only=["2023"], instalments=SHARES)
    assert [*told(sums(lived(paper(grant, duty=[REPORT]), "2022-02-01")))] == ["price/2023-1", "price/2023-2"]
    once = {**REPORT, "only": ["2023"]}
    agenda = lived(paper(duty=[once]), "2022-02-01")
    assert [one.key for one in agenda.items if one.series == "report"] == ["report/2023"]


def test_a_time_named_that_the_convention_does_not_cover_is_told() -> None:
    rent = price(amount="100.00", when={"every_months": 12, "due": "advance"}, only=["1", "7"])
    agenda = lived(paper(rent, duty=[{**REPORT, "only": ["2031"]}]), "2022-02-01")
    assert [one.id for one in agenda.warnings if one.id.startswith("only/")] == ["only/report", "only/price"]
    assert "only nomme 7, que la convention ne couvre pas" in next(
        one.text.fr for one in agenda.warnings if one.id == "only/price"
    )


def test_only_goes_with_days_of_the_calendar() -> None:
    with pytest.raises(ValidationError) as wrong:
        convention(duty=[duty(only=["2022"])])
    assert "il va avec when" in str(wrong.value)


# -- paid back ----------------------------------------------------------------------------------------------------------------

GRANT = price(id="grant", title="Subvention", amount="1200.00", starts="last-signature", delay={"days": 30})
BACK = price(
    id="back", title="Remboursement", owed_by="agency", owed_to="town", starts="early-end", delay={"months": 2}, repays="grant",
)  # fmt: skip
PAID = DutyDone(on=d("2022-01-20"), item="grant")
ENDED = LetterPosted(on=d("2022-09-28"), rule="leave", by="town")


def of_a_year(*said: dict[str, Any], **changes: Any) -> Convention:
    return paper(*said, **{"term": {"months": 12, "clauses": ["A1"]}, "termination": [NOTICE], **changes})


def back(terms: Convention, today: str, *facts: Fact) -> Item:
    return next(one for one in sums(lived(terms, today, *facts)) if one.key == "back")


def test_what_the_time_after_an_early_end_makes_of_what_was_paid_is_paid_back() -> None:
    terms = of_a_year(GRANT, {**BACK, "prorata": "days"})
    waits = back(terms, "2022-02-01", PAID)
    assert (waits.state, waits.trace, waits.title.fr) == (State.WAITING, "attend une fin anticipée", "Remboursement")
    found = back(terms, "2022-10-05", PAID, ENDED)
    end = lived(terms, "2022-10-05", PAID, ENDED).ends_on
    assert end == d("2022-10-28")
    assert found.legal_last_day == d("2022-12-28")
    assert told([found]) == {"back": "Remboursement : 210,41 €"}  # 64 days of 365
    assert "64 jours après le 28/10/2022 sur 365" in found.trace
    by_thirtieths = back(of_a_year(GRANT, {**BACK, "prorata": "thirtieths"}), "2022-10-05", PAID, ENDED)
    assert told([by_thirtieths]) == {"back": "Remboursement : 206,67 €"}


def test_nothing_is_paid_back_of_what_was_not_paid_or_after_a_whole_term() -> None:
    terms = of_a_year(GRANT, {**BACK, "prorata": "days"})
    assert back(terms, "2022-10-05", ENDED).state is State.CANCELLED
    over = back(terms, "2023-01-05", PAID)
    assert (over.state, over.trace) == (State.CANCELLED, "la convention a fini à son terme : rien à rembourser")


def test_what_is_to_be_paid_back_is_written_or_set_by_a_fact() -> None:
    assert told([back(of_a_year(GRANT, {**BACK, "amount": "50.00"}), "2022-10-05", PAID, ENDED)]) == {
        "back": "Remboursement : 50,00 €"
    }
    begins = begun(of_a_year(GRANT, {**BACK, "starts": "under-spent"}))
    take(begins, AmountSet(on=d("2022-06-01"), payment="back", amount="80"))
    (found,) = [one for one in sums(seen(begins.convention, tuple(begins.facts), "2022-06-02")) if one.key == "back"]
    assert (found.state, told([found])) == (State.WAITING, {"back": "Remboursement : 80,00 €"})


def test_a_breach_starts_it_once_nothing_prevents_the_end_any_more() -> None:
    breach = fault(against=["agency"])
    breach["steps"] = [{**one, "who": "agency" if one["does"] == "cure" else "town"} for one in breach["steps"]]
    terms = of_a_year(GRANT, {**BACK, "starts": "terminated-for-breach"}, breach=[breach])
    notice = BreachStep(on=d("2022-02-28"), breach="fault", step="formal-notice", delivered_on=d("2022-03-01"))
    before, after = (back(terms, day, PAID, notice) for day in ("2022-03-10", "2022-04-10"))
    assert (before.state, before.trace) == (State.WAITING, "attend une résiliation pour faute")
    assert after.legal_last_day is not None
    assert "fin anticipée" in after.trace


# -- an end that is not made yet, or came before what was paid ----------------------------------------------------------------


def test_a_breach_that_may_still_be_cured_makes_later_sums_to_be_confirmed_and_takes_none_away() -> None:
    breach = fault(against=["agency"])
    breach["steps"] = [{**one, "who": "agency" if one["does"] == "cure" else "town"} for one in breach["steps"]]
    rent = price(id="rent", amount="90.00", when={"every_months": 3, "due": "advance"}, prorata="days")
    terms = of_a_year(price(amount="10.00", on=d("2022-11-15")), rent, breach=[breach])
    notice = BreachStep(on=d("2022-02-28"), breach="fault", step="formal-notice", delivered_on=d("2022-03-01"))
    threatened = {one.key: one for one in sums(lived(terms, "2022-03-10", notice))}
    assert [*threatened] == ["rent/1", "rent/2", "rent/3", "rent/4", "price"]
    sure = {key: one.certainty is Certainty.CERTAIN for key, one in threatened.items()}
    assert sure == {"rent/1": True, "rent/2": False, "rent/3": False, "rent/4": False, "price": False}
    assert "si rien ne l’empêche" in threatened["price"].trace
    assert lived(terms, "2022-03-10", notice).questions == ()
    ended = lived(terms, "2022-04-20", notice)
    assert [one.id for one in ended.questions] == ["owed-after-end/price"]


def test_a_period_paid_ahead_that_begins_after_an_early_end_stays_to_be_confirmed() -> None:
    rent = price(amount="90.00", when={"every_months": 3, "due": "advance"}, prorata="days")
    terms = of_a_year(rent, term={"months": 24, "clauses": ["A1"]})
    facts = (DutyDone(on=d("2022-09-20"), item="price/5"), ENDED)
    found = {one.key: one for one in sums(lived(terms, "2022-10-05", *facts))}
    assert [*found] == ["price/1", "price/2", "price/3", "price/4", "price/5"]
    ahead = found["price/5"]
    assert (ahead.state, ahead.certainty) == (State.DONE, Certainty.CONTESTED)
    assert ahead.standing is not None
    assert (
        ahead.standing.fr.replace("\u00a0", " ")
        == "payé d’avance pour un temps après la fin : plus dû, à rembourser peut-être"
    )


def test_a_period_paid_before_an_early_end_keeps_the_amount_of_its_year_or_of_its_revision() -> None:
    yearly = price(amounts=TABLE, when={"every_months": 12, "due": "advance"})
    terms = of_a_year(yearly, term={"months": 24, "clauses": ["A1"]})
    (paid,) = sums(lived(terms, "2022-10-05", DutyDone(on=d("2022-01-20"), item="price/1"), ENDED))
    assert (paid.state, paid.certainty) == (State.DONE, Certainty.CONTESTED)
    assert told([paid]) == {"price/1": "Prix (du 01/01/2022 au 31/12/2022) : 12 000,00 €"}
    assert paid.standing is not None  # 64 days of 365 come after the end
    assert "part de la période après la fin : 2 104,11 €" in paid.standing.fr.replace("\u00a0", " ").replace(
        "\u202f", " "
    )

    rent = price(amount="90.00", when={"every_months": 3, "due": "advance"}, prorata="days")
    facts = (
        AmountRevised(on=d("2022-03-20"), payment="price", amount="120.00"),
        DutyDone(on=d("2022-09-20"), item="price/4"),
    )
    last = sums(lived(of_a_year(rent), "2022-10-05", *facts, ENDED))[-1]
    assert told([last]) == {"price/4": "Prix (du 01/10/2022 au 31/12/2022) : 120,00 €"}
    assert last.standing is not None  # 64 days of 92
    assert "part de la période après la fin : 83,48 €" in last.standing.fr.replace("\u00a0", " ")


def test_equal_parts_without_a_time_left_are_to_be_confirmed() -> None:
    said = price(total="1000.00", parts=4, when={"every_months": 12, "due": "advance"})
    found = sums(lived(paper(said), "2022-02-01"))
    assert [one.certainty is Certainty.CONTESTED for one in found] == [False, False, False, True]


def test_a_period_cut_by_an_end_that_comes_no_later_says_so() -> None:
    term = {"earlier_of": [{"months": 14}, {"event": "works-received"}], "clauses": ["A1"]}
    rent = price(amount="90.00", when={"every_months": 12, "due": "advance"}, prorata="days")
    found = sums(lived(paper(rent, term=term), "2022-02-01"))
    assert "où la convention finit au plus tard" in found[-1].trace
    assert [one.certainty for one in found] == [Certainty.CERTAIN, Certainty.CONTESTED]


def test_a_time_that_an_early_end_takes_away_is_no_fault_of_the_file() -> None:
    """« only » names 2024, that the term covers: a letter of 2022 ends it first, nobody is told to check the file."""
    report = {**REPORT, "when": {"on": "10-15"}, "only": ["2022", "2024"]}
    yearly = price(total="1000.00", every_year="civil", only=["2022", "2024"], instalments=SHARES)
    rent = price(id="rent", amount="300.00", when={"every_months": 12, "due": "advance"}, only=["1", "3"])
    terms = paper(yearly, rent, duty=[report], termination=[NOTICE])
    assert not [one.id for one in lived(terms, "2022-02-01").warnings if one.id.startswith("only/")]
    ended = lived(terms, "2022-06-01", LetterPosted(rule=str(NOTICE["id"]), by="town", on=d("2022-03-01")))
    assert ended.ends_on is not None
    assert ended.ends_on < d("2023-01-01")
    assert not [one.id for one in ended.warnings if one.id.startswith("only/")]


def test_a_day_of_a_year_that_an_early_end_cuts_is_for_the_parties_to_settle() -> None:
    terms = paper(price(amount="100.00", when={"on": "12-15"}), termination=[NOTICE])
    agenda = lived(terms, "2022-06-01", LetterPosted(rule=str(NOTICE["id"]), by="town", on=d("2022-03-01")))
    (said,) = [one.text for one in agenda.warnings if one.id == "due-after-end/price"]
    assert "à régler entre les parties" in said.fr
    assert "l’écrire à part" not in said.fr


def test_where_there_is_no_day_nobody_says_how_sure_it_is() -> None:
    terms = paper(price(starts="works-received", delay={"days": 30}))

    def shown(today: str, *facts: Fact) -> tuple[str, str, str]:
        row = item_row(
            situation(terms, recorded(*signed("2022-01-01"), *facts), at(today)),
            sums(lived(terms, today, *facts))[0],
            "fr",
        )
        return row.certainty, row.certainty_at_length, row.state

    assert shown("2022-02-01") == ("", "", "en attente")
    happened = Happened(event="works-received", on=d("2022-03-01"))
    assert shown("2022-03-02", happened) == ("certain", "certain", "à faire")
