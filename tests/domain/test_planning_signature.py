"""The paper goes round: in order or together, chased, refused, out of time, and round again."""

from datetime import date
from itertools import pairwise

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import State
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.signing import SignatureCirculated, SignatureRefused, Signed
from echeancier.domain.messages.order import MessageOrder
from tests.domain.builders import at, convention, d, duty, item, seen
from tests.domain.builders_life import Life, life

ACT = {"party": "town", "body": "conseil municipal"}
VOTED = (
    ActAdopted(on=d("2022-01-03")),
    ActPublished(on=d("2022-01-05")),
    ActTransmitted(on=d("2022-01-05")),
)
"""Executory on Wednesday the 5th: signed safely from Thursday the 6th."""

REFUSAL = SignatureRefused(on=d("2022-01-12"), party="agency", reason="le préavis ne convient pas")
BLANK = {
    "id": "number", "kind": "blank", "answer": "text", "ask": "coordinator", "clauses": ["A1"],
    "about": "Quel numéro ?", "about_en": "What number?",
}  # fmt: skip


def voted(**changes: object) -> Life:
    """A convention whose act is executory on 5 January 2022, registered two days before, with a duty."""
    terms = convention(act=ACT, duty=[duty()], **changes)
    started = life(terms, VOTED[:1], "2022-01-03")
    started.record(*VOTED[1:], when=at("2022-01-05", 11))
    return started


def stopped(lived: Life) -> list[MessageOrder]:
    return lived.of("unsigned")


def test_those_who_sign_together_are_all_asked_at_once() -> None:
    lived = voted().until(at("2022-01-06", 9))
    found = agenda(lived.dossier.convention, tuple(lived.dossier.facts), at("2022-01-06"))
    assert {item(found, f"signature/{p}").state for p in ("town", "agency")} == {State.OPEN}


def test_in_order_the_second_is_asked_only_once_the_first_has_signed() -> None:
    lived = voted(signing={"order": ["agency", "town"]}).until(at("2022-01-20"))
    assert lived.told("signature/town", "coordinator") == []
    lived.record(Signed(on=d("2022-01-20"), party="agency"))
    assert [stage for _, stage in lived.told("signature/town", "coordinator")][:1] == ["notice"]
    found = agenda(lived.dossier.convention, tuple(lived.dossier.facts), at("2022-01-20", 12))
    assert item(found, "signature/town").safe_day == d("2022-02-03")


def test_whoever_signs_before_his_turn_is_recorded_and_said() -> None:
    lived = voted(signing={"order": ["agency", "town"]})
    lived.record(Signed(on=d("2022-01-07"), party="town"), when=at("2022-01-07"))
    lived.record(Signed(on=d("2022-01-10"), party="agency"), when=at("2022-01-10"))
    found = agenda(lived.dossier.convention, tuple(lived.dossier.facts), at("2022-01-11"))
    assert "signed-out-of-order/town" in {w.id for w in found.warnings}


def test_each_reminder_says_who_has_signed_and_when_and_who_has_not() -> None:
    lived = voted()
    lived.record(Signed(on=d("2022-01-07"), party="town"), when=at("2022-01-07"))
    lived.until(at("2022-01-20"))
    _, last = lived.to("partner")[-1]
    (line,) = [one for one in last.lines if one.item == "signature/agency"]
    assert line.standing is not None
    assert "1 signature sur 2 : Ville d’essai (07/01/2022) ; manque : Agence d’essai" in line.standing.fr


def test_a_missing_signature_is_asked_for_again_every_two_weeks_after_the_manager_knew() -> None:
    lived = voted().until(at("2022-03-31"))
    days = [day for day, stage in lived.told("signature/agency", "partner") if stage == "overdue"]
    gaps = [(after - before).days for before, after in pairwise(days[1:])]
    assert len(days) > 3
    assert set(gaps) == {14}


def test_what_is_still_blank_in_the_paper_is_said_before_anybody_signs() -> None:
    lived = voted(question=[BLANK]).until(at("2022-01-06"))
    found = seen(lived.dossier.convention, tuple(lived.dossier.facts), "2022-01-06")
    (warning,) = [w for w in found.warnings if w.id == "blank-before-signature"]
    assert "Quel numéro ?" in warning.text.fr
    standing = item(found, "signature/town").standing
    assert standing is not None
    assert "encore en blanc dans le texte : 1 point" in standing.fr
    lived.record(QuestionAnswered(on=d("2022-01-06"), question="number", text="42"))
    found = seen(lived.dossier.convention, tuple(lived.dossier.facts), "2022-01-06")
    assert "blank-before-signature" not in {w.id for w in found.warnings}


def test_a_refusal_is_told_with_its_reason_to_the_coordinator_and_the_manager_and_nobody_else() -> None:
    lived = voted()
    lived.record(REFUSAL, when=at("2022-01-12"))
    assert sorted(o.to.role for o in stopped(lived)) == ["coordinator", "manager"]
    said = stopped(lived)[0].detail
    assert said is not None
    assert "Agence d’essai a refusé de signer le 12/01/2022 : le préavis ne convient pas" in said.fr


def test_after_a_refusal_nobody_is_asked_to_sign_nor_to_answer_a_question() -> None:
    lived = voted(question=[BLANK])
    lived.record(REFUSAL, when=at("2022-01-12"))
    before = len(lived.sent)
    lived.until(at("2023-06-30"))
    later = [(o.kind, o.to.role) for _, o in lived.sent[before:]]
    assert later == [("closed", "coordinator"), ("closed", "manager")]  # no file closes in silence


def test_whoever_had_been_asked_to_sign_hears_that_it_no_longer_stands() -> None:
    lived = voted()
    lived.record(REFUSAL, when=at("2022-01-12"))
    corrected = [o for o in lived.of("correction", "partner") for line in o.lines if line.stage == "gone"]
    assert len(corrected) == 1
    assert lived.of("correction", "coordinator") == []  # the news of the refusal already said it


def test_signatures_not_gathered_by_the_day_the_coordinator_set_are_told_the_morning_after() -> None:
    lived = voted()
    lived.record(SignatureCirculated(on=d("2022-01-05"), gather_by=d("2022-02-01")))
    lived.until(at("2022-06-30"))
    assert [o.at.date() for o in stopped(lived)] == [d("2022-02-02")] * 2
    said = stopped(lived)[0].detail
    assert said is not None
    assert "01/02/2022 (jour fixé par la coordination)" in said.fr


def test_without_a_day_set_our_own_policy_ends_the_wait() -> None:
    lived = voted().until(at("2022-12-31"))
    assert {o.at.date() for o in stopped(lived)} == {date(2022, 4, 7)}  # the 6th of January and ninety days


def test_it_goes_round_again_and_both_are_asked_afresh() -> None:
    lived = voted()
    lived.record(REFUSAL, when=at("2022-01-12"))
    lived.record(SignatureCirculated(on=d("2022-03-01"), gather_by=d("2022-04-15")), when=at("2022-03-01"))
    lived.until(at("2022-03-11"))
    heard = [stage for day, stage in lived.told("signature/agency", "partner") if day >= d("2022-03-01")]
    assert heard[:2] == ["notice", "reminder"]


@pytest.mark.parametrize(("new_text", "missing"), [(False, {"agency"}), (True, {"town", "agency"})])
def test_a_signature_already_given_counts_unless_the_text_changed(new_text: bool, missing: set[str]) -> None:
    lived = voted()
    lived.record(Signed(on=d("2022-01-07"), party="town"), when=at("2022-01-07"))
    lived.record(REFUSAL, when=at("2022-01-12"))
    lived.record(SignatureCirculated(on=d("2022-03-01"), new_text=new_text), when=at("2022-03-01"))
    found = agenda(lived.dossier.convention, tuple(lived.dossier.facts), at("2022-03-02"))
    opened = {k.key.partition("/")[2] for k in found.items if k.kind == "signature" and k.state is not State.DONE}
    assert opened == missing


def test_a_party_that_signs_after_all_lifts_its_refusal() -> None:
    lived = voted()
    lived.record(REFUSAL, when=at("2022-01-12"))
    lived.record(Signed(on=d("2022-01-14"), party="agency"), when=at("2022-01-14"))
    found = agenda(lived.dossier.convention, tuple(lived.dossier.facts), at("2022-01-14", 12))
    assert item(found, "signature/town").state is State.OPEN


def test_the_refusal_told_once_is_not_told_again_after_an_outage() -> None:
    lived = voted()
    lived.record(REFUSAL, when=at("2022-01-12"))
    lived.asleep_until("2022-05-01")
    lived.until(at("2022-06-01"))
    assert len(stopped(lived)) == 2


def test_whoever_signs_after_the_day_set_to_gather_them_all_has_no_day_before_its_turn() -> None:
    lived = voted(signing={"order": ["agency", "town"]})
    lived.record(SignatureCirculated(on=d("2022-01-06"), gather_by=d("2022-01-14")), when=at("2022-01-06"))
    lived.record(Signed(on=d("2022-01-22"), party="agency"), when=at("2022-01-24"))
    found = item(agenda(lived.dossier.convention, tuple(lived.dossier.facts), at("2022-01-25")), "signature/town")
    assert (found.opens_on, found.safe_day, found.state) == (d("2022-01-22"), d("2022-01-24"), State.CANCELLED)
