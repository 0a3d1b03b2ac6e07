"""« Au vote annuel des crédits », « sous réserve du vote des crédits » : what the recorded votes give, and what is asked."""

from typing import Any

import pytest
from pydantic import ValidationError

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.desk.form.document import file_of
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.credits import days_of_asking_votes
from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.money import AmountSet, PaperReceived
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.questions import Questions
from echeancier.domain.standing.credits import vote_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at, d, recorded, seen, signed
from tests.domain.test_amounts import dossier, lived, sums
from tests.domain.test_money import of, paper, price
from tests.support.door import refused, take
from tests.support.proofs import unproved_items

RESERVED: dict[str, Any] = {"amount": "12000.00", "when": {"on": "03-31"}, "subject_to_vote": True}
COUNTED: dict[str, Any] = {
    "amount": "12000.00",
    "every_year": "civil",
    "starts": "credits-voted",
    "delay": {"days": 30},
}


def vote(on: str, year: int | str, **more: str) -> Happened:
    return Happened(event="credits-voted", on=d(on), label=f"{year}", **more)  # type: ignore[arg-type]


def by_key(agenda: Agenda) -> dict[str, Item]:
    return {one.key: one for one in sums(agenda)}


def looked_at(begins: Dossier, today: str) -> Agenda:
    assert unproved_items(situation(begins.convention, tuple(begins.facts), at(today))) == {}
    return seen(begins.convention, tuple(begins.facts), today)


def asked(agenda: Agenda) -> list[str]:
    return [one.id for one in agenda.questions if one.answered is None]


# -- the days recorded -------------------------------------------------------------------------------------------------------


def of_its_paper(given: dict[str, Any]) -> Any:
    return paper(
        price(amount="12000.00", every_year="civil", starts="credits-voted", delay=given["delay"]),
        effect={"rule": "fixed", "on": d(given["effect"]), "clauses": ["A1"]},
        term={"ends_on": d(given["last"]), "clauses": ["A1"]},
    )


@pytest.mark.parametrize("vector", of("votes"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_votes_are_those_recorded(vector: dict[str, Any]) -> None:
    given = vector["input"]
    told = [vote(day, day[:4]) for day in given["recorded"]]
    s = situation(of_its_paper(given), recorded(*signed(given["effect"]), *told), at(given["last"]))
    found = [vote_of(s, "town", year) for year in range(2026, 2030)]
    assert [f"{one.on}" for one in found if one is not None] == vector["expected"]["votes"]


@pytest.mark.parametrize("vector", of("votes"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_only_the_votes_recorded_give_due_dates(vector: dict[str, Any]) -> None:
    """Through a convention file and the door: no day for the year whose vote nobody recorded, none for one to come."""
    given = vector["input"]
    terms = parse_convention(file_of(of_its_paper(given)), "grant.toml")
    opened = Dossier(convention=terms, registered_at=at("2026-08-20"), registered_by="coordinator")
    first, second = sorted(given["recorded"])
    take(opened, *signed("2026-08-25"), vote(first, first[:4]))
    before = by_key(looked_at(opened, "2027-04-09"))["price/2028"]
    assert (before.legal_last_day, before.safe_day, before.state) == (None, None, State.WAITING)
    assert before.standing is not None
    assert before.standing.fr == "attend le vote des crédits de 2028"
    take(opened, vote(second, second[:4]))
    found = sums(looked_at(opened, "2028-07-03"))
    assert [f"{one.legal_last_day}" for one in found if one.legal_last_day is not None] == vector["expected"]["legal"]
    assert next(one for one in found if one.key == "price/2026").state is State.WAITING


def test_a_december_vote_is_of_the_year_it_names() -> None:
    found = by_key(lived(paper(price(**COUNTED)), "2023-01-02", vote("2022-12-15", 2023)))
    assert [found[f"price/{year}"].legal_last_day for year in (2022, 2023, 2024)] == [None, d("2023-01-14"), None]


def test_an_instalment_may_be_counted_from_it() -> None:
    parts = [{"share": "60", "starts": "credits-voted"}, {"share": "40", "when": {"on": "10-15"}}]
    found = by_key(
        lived(
            paper(price(total="1000.00", every_year="civil", instalments=parts)), "2022-05-02", vote("2022-04-07", 2022)
        )
    )
    assert (found["price/2022-1"].opens_on, found["price/2023-1"].opens_on) == (d("2022-04-07"), None)
    assert found["price/2022-2"].legal_last_day == d("2022-10-15")


# -- under reserve -----------------------------------------------------------------------------------------------------------


def test_a_year_is_to_be_confirmed_until_its_credits_are_voted() -> None:
    terms = paper(price(**RESERVED))
    found = by_key(lived(terms, "2022-02-20", vote("2022-02-15", 2022)))
    assert [one.certainty for one in found.values()] == [Certainty.CERTAIN, Certainty.CONTESTED, Certainty.CONTESTED]
    assert [one.legal_last_day for one in found.values()] == [d("2022-03-31"), d("2023-03-31"), d("2024-03-31")]
    assert found["price/2022"].standing is None
    assert "crédits de 2022 votés le 15/02/2022" in found["price/2022"].trace
    later = found["price/2023"].standing
    assert later is not None
    assert later.fr.replace("\u00a0", " ") == "à confirmer : sous réserve du vote des crédits de 2023"


def test_voted_after_the_day_of_the_text_the_day_is_to_be_confirmed() -> None:
    found = by_key(lived(paper(price(**RESERVED)), "2022-04-12", vote("2022-04-11", 2022)))
    assert found["price/2022"].certainty is Certainty.CONTESTED
    assert "après ce jour : le texte ne dit pas s’il recule" in found["price/2022"].trace.replace("\u00a0", " ")


def test_what_does_not_come_back_by_civil_years_is_of_the_year_of_its_day() -> None:
    terms = paper(price(amount="100.00", on=d("2023-06-15"), subject_to_vote=True))
    assert by_key(lived(terms, "2023-04-20"))["price"].certainty is Certainty.CONTESTED
    assert asked(lived(terms, "2023-04-20")) == ["credits/town/2023"]
    assert asked(lived(terms, "2022-04-20")) == []
    known = by_key(lived(terms, "2023-04-20", vote("2022-12-20", 2023)))["price"]
    assert (known.certainty, known.standing) == (Certainty.CERTAIN, None)


def test_what_is_paid_is_no_longer_under_reserve() -> None:
    agenda = lived(paper(price(**RESERVED)), "2022-04-20", DutyDone(on=d("2022-03-30"), item="price/2022"))
    assert by_key(agenda)["price/2022"].standing is None
    assert asked(agenda) == []


def test_a_sum_on_request_waits_for_both() -> None:
    grant = price(amount="45000.00", every_year="civil", starts="request", subject_to_vote=True)
    begins = take(dossier(grant), PaperReceived(on=d("2022-02-15"), what="price", about="2022"))
    (first, *_) = sums(looked_at(begins, "2022-02-20"))
    assert (first.safe_day, first.certainty) == (d("2022-03-17"), Certainty.POLICY)
    assert first.standing is not None
    take(begins, vote("2022-03-01", 2022))
    assert by_key(looked_at(begins, "2022-03-02"))["price/2022"].standing is None


# -- what is asked -----------------------------------------------------------------------------------------------------------


def test_the_vote_of_the_year_is_asked_for_from_15_april_and_never_before() -> None:
    begins = dossier(price(**RESERVED), price(**COUNTED, id="other"))
    assert asked(looked_at(begins, "2022-04-14")) == []
    (question,) = looked_at(begins, "2022-04-15").questions
    assert (question.id, question.answer, question.ask) == ("credits/town/2022", "date", "coordinator")
    assert "au plus tard le 15 avril, le 30 l’année où son assemblée est renouvelée" in question.about.fr
    assert "L.1612-2" in question.about.en
    take(begins, vote("2022-04-20", 2022))
    assert asked(looked_at(begins, "2022-04-21")) == []
    assert asked(looked_at(begins, "2023-01-10")) == []


def test_the_law_of_local_budgets_is_told_of_local_authorities_alone() -> None:
    terms = paper(price(**RESERVED, owed_by="agency", owed_to="town"))
    (question,) = lived(terms, "2022-04-19").questions
    assert "L.1612-2" not in question.about.fr


def test_its_answer_is_the_vote() -> None:
    begins = dossier(price(**RESERVED))
    answer = QuestionAnswered(on=d("2022-04-19"), question="credits/town/2022", day=d("2022-03-24"))
    take(begins, answer)
    agenda = looked_at(begins, "2023-02-01")
    assert by_key(agenda)["price/2022"].certainty is Certainty.CERTAIN
    assert [(one.id, one.answered) for one in agenda.questions] == [("credits/town/2022", "24/03/2022")]
    assert "déjà votés" in refused(begins, vote("2023-02-01", 2022).model_copy(update={"on": d("2022-12-30")}))


def test_somebody_is_written_to_on_the_day_it_is_asked() -> None:
    begins = dossier(price(**COUNTED))
    s = situation(begins.convention, tuple(begins.facts), at("2022-01-10"))
    assert days_of_asking_votes(s, sums(looked_at(begins, "2022-01-10"))) == tuple(
        map(d, ("2022-04-15", "2023-04-17", "2024-04-15"))
    )
    instants = Questions.next_at(Context(begins, at("2022-01-10"), DEFAULT_POLICY))
    assert min(one.date() for one in instants) == d("2022-04-15")


# -- the door ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (vote("2022-04-07", ""), "dire l’année des crédits (label) ; sont connus : 2022, 2023, 2024"),
        (vote("2022-04-07", "avril"), "l’année des crédits (label) « avril » n’existe pas"),
        (vote("2022-04-07", 2027), "l’année des crédits (label) « 2027 » n’existe pas"),
        (vote("2022-04-07", 2024), "un jour de 2023 ou de 2024 serait accepté"),
        (vote("2022-04-07", 2022, party="agency"), "qui vote ces crédits (party) « agency » n’existe pas"),
        (
            QuestionAnswered(on=d("2022-04-20"), question="credits/town/2022", day=d("2022-04-28")),
            "n’est pas encore venu",
        ),
        (QuestionAnswered(on=d("2022-04-20"), question="credits/town/2022", day=d("2020-04-28")), "de 2021 ou de 2022"),
        (QuestionAnswered(on=d("2022-04-20"), question="credits/town/2022", text="en avril"), "attend un jour"),
    ],
    ids=["no year", "no number", "not covered", "too early", "does not pay", "to come", "too old", "words"],
)
def test_what_is_no_vote_of_these_credits_is_refused(fact: Any, words: str) -> None:
    assert words in refused(dossier(price(**RESERVED)), fact).replace("\u00a0", " ")


def test_a_vote_is_told_once_and_may_be_older_than_the_convention() -> None:
    begins = take(dossier(price(**RESERVED)), vote("2021-12-20", 2022))
    assert "les crédits de 2022 sont déjà votés" in refused(begins, vote("2022-04-07", 2022))


def test_where_several_pay_the_vote_names_its_party() -> None:
    begins = dossier(price(**RESERVED | {"owed_by": "each", "owed_to": "both"}))
    assert "dire qui vote ces crédits (party)" in refused(begins, vote("2022-02-15", 2022))
    take(begins, vote("2022-02-15", 2022, party="agency"))
    found = by_key(looked_at(begins, "2022-02-16"))
    assert found["price/2022/agency"].certainty is Certainty.CERTAIN
    assert found["price/2022/town"].certainty is Certainty.CONTESTED
    assert asked(looked_at(begins, "2022-04-15")) == ["credits/town/2022"]


def test_no_vote_is_recorded_where_no_money_hangs_on_one() -> None:
    assert "credits-voted" in refused(dossier(price(amount="1.00", on=d("2022-06-15"))), vote("2022-02-15", 2022))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": "1.00", "starts": "credits-voted"}, 'ajouter every_year = "civil"'),
        (
            {"amount": "1.00", "starts": "credits-voted", "every_year": "contract"},
            "ce qui revient chaque année est dû par",
        ),
        ({**COUNTED, "subject_to_vote": True}, "ôter subject_to_vote"),
        ({**RESERVED, "owed_by": "both"}, "chacun vote ses crédits"),
    ],
    ids=["once", "years of the contract", "said twice", "together"],
)
def test_a_payment_that_hangs_on_no_yearly_vote_is_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        paper(price(**said))
    assert words in str(wrong.value).replace("\u00a0", " ")


# -- refused, or cut -----------------------------------------------------------------------------------------------------------


def no_credits(on: str, year: int, **more: str) -> Happened:
    return vote(on, year, **more).model_copy(update={"event": "credits-refused"})


@pytest.mark.parametrize("said", [RESERVED, COUNTED], ids=["under reserve", "counted from the vote"])
def test_nothing_is_due_of_a_year_whose_credits_were_refused(said: dict[str, Any]) -> None:
    begins = take(dossier(price(**said)), vote("2022-02-15", 2022), no_credits("2023-04-06", 2023))
    found = by_key(looked_at(begins, "2023-04-20"))
    gone = found["price/2023"]
    assert (gone.state, gone.certainty) == (State.CANCELLED, Certainty.CERTAIN)
    assert "crédits de 2023 refusés le 06/04/2023" in gone.trace.replace("\u00a0", " ")
    assert gone.standing is not None
    assert "refused on 2023-04-06" in gone.standing.en
    assert found["price/2022"].state is not State.CANCELLED
    assert found["price/2024"].state is not State.CANCELLED
    assert asked(looked_at(begins, "2023-04-20")) == []


def test_what_was_paid_before_the_refusal_stays_paid() -> None:
    paid = DutyDone(on=d("2022-03-30"), item="price/2022")
    begins = take(dossier(price(**RESERVED)), paid, no_credits("2022-04-06", 2022))
    assert by_key(looked_at(begins, "2022-04-20"))["price/2022"].state is State.DONE


def test_an_instalment_that_no_vote_pays_stays_due() -> None:
    parts = [{"share": "60", "starts": "credits-voted"}, {"share": "40", "when": {"on": "10-15"}}]
    begins = take(
        dossier(price(total="1000.00", every_year="civil", instalments=parts)), no_credits("2022-04-06", 2022)
    )
    found = by_key(looked_at(begins, "2022-04-20"))
    assert [found[f"price/2022-{one}"].state for one in (1, 2)] == [State.CANCELLED, State.UPCOMING]


def test_credits_refused_may_be_voted_later_and_nothing_else_is_told_of_them() -> None:
    begins = take(dossier(price(**RESERVED)), no_credits("2022-04-06", 2022))
    assert "déjà refusés" in refused(begins, no_credits("2022-04-07", 2022))
    assert "déjà refusés" in refused(begins, vote("2022-04-05", 2022))
    take(begins, vote("2022-06-20", 2022))
    late = by_key(looked_at(begins, "2022-06-21"))["price/2022"]
    assert (late.state, late.certainty) == (State.LATE, Certainty.CONTESTED)
    assert "déjà votés" in refused(begins, no_credits("2022-06-22", 2022))


def test_credits_that_were_cut_pay_what_a_fact_sets() -> None:
    begins = take(dossier(price(**RESERVED)), vote("2022-02-15", 2022))
    take(begins, AmountSet(on=d("2022-02-15"), payment="price", about="2022", amount="8000.00"))
    found = by_key(looked_at(begins, "2022-02-20"))
    shown = {key: one.title.fr.replace("\u00a0", " ").replace("\u202f", " ") for key, one in found.items()}
    assert shown["price/2022"] == "Prix (2022) : 8 000,00 €"
    assert shown["price/2023"] == "Prix (2023) : 12 000,00 €"
    assert "au lieu de 12 000,00 €" in found["price/2022"].trace.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_year_that_went_by_without_an_answer_is_still_asked_about() -> None:
    begins = dossier(price(**RESERVED))
    assert asked(looked_at(begins, "2022-12-31")) == ["credits/town/2022"]
    (question,) = looked_at(begins, "2023-01-01").questions
    assert question.id == "credits/town/2022"
    assert "credits-refused" in question.about.fr
    take(begins, no_credits("2022-04-07", 2022))
    assert asked(looked_at(begins, "2023-01-02")) == []


def test_a_year_over_before_the_convention_was_kept_here_is_not_asked_about() -> None:
    terms = paper(price(**RESERVED))
    kept = situation(terms, recorded(*signed("2022-01-01")), at("2023-06-01"), registered_on=d("2023-02-01"))
    assert [one.id for one in agenda_of(kept).questions if one.answered is None] == ["credits/town/2023"]
