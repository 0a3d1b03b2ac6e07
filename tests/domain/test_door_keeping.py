"""Numbers, corrections and cancellations."""

from datetime import date, datetime

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.facts.dossier import Dossier, Withdrawal
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.litigation import LitigationOpened
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.facts.signing import ContractPublicised, Signed
from echeancier.domain.recording import Refusal, admit, cancel, check_correction, correct
from tests.support.door import at, example, refused, running, take

NOW = at(2022, 7, 4)


def undone(dossier: Dossier, fact_id: str, told: datetime = NOW) -> Dossier:
    dossier.facts.append(cancel(dossier, fact_id, told, "coordinator"))
    return dossier


def put_right(dossier: Dossier, fact_id: str, told: datetime = NOW, **changes: object) -> Dossier:
    dossier.facts.append(correct(dossier, fact_id, changes, told, "coordinator"))
    return dossier


def why_not_undone(dossier: Dossier, fact_id: str) -> str:
    with pytest.raises(Refusal) as caught:
        cancel(dossier, fact_id, NOW, "coordinator")
    return str(caught.value)


def why_not_put_right(dossier: Dossier, fact_id: str, **changes: object) -> str:
    with pytest.raises(Refusal) as caught:
        check_correction(dossier, fact_id, changes, NOW)
    return str(caught.value)


def posted() -> LetterPosted:
    return LetterPosted(on=date(2022, 3, 1), rule="notice", by="commune")


def test_a_fact_is_kept_with_the_role_the_instant_and_the_request() -> None:
    fact = LitigationOpened(on=date(2022, 2, 1))
    record = admit(running(), fact, NOW, "manager", request="r-1")
    assert (record.id, record.version, record.recorded_at, record.recorded_by, record.request) == (
        "f6", 1, NOW, "manager", "r-1",
    )  # fmt: skip


def test_a_number_is_never_used_again() -> None:
    dossier = undone(take(running(), LitigationOpened(on=date(2022, 2, 1))), "f6")
    assert admit(dossier, LitigationOpened(on=date(2022, 2, 1)), NOW, "manager").id == "f7"


def test_a_correction_is_a_new_version_and_the_old_one_is_kept() -> None:
    dossier = put_right(take(running(), DutyDone(item="data/2022-01", on=date(2022, 6, 20))), "f6", on="2022-06-21")
    assert [(r.version, day_of(r.fact)) for r in dossier.facts if r.id == "f6"] == [
        (1, date(2022, 6, 20)),
        (2, date(2022, 6, 21)),
    ]


def test_a_correction_is_checked_as_if_the_old_version_did_not_exist() -> None:
    dossier = put_right(running(), "f4", on=date(2021, 12, 16))
    assert in_force(tuple(dossier.facts))[3].version == 2


def test_a_correction_that_the_door_would_refuse_is_refused() -> None:
    assert "prudente" in why_not_put_right(running(), "f4", on=date(2021, 12, 8))


def test_a_correction_keeps_the_kind() -> None:
    assert "annuler f4" in why_not_put_right(running(), "f4", kind="amended")


def test_a_correction_of_an_unknown_field_names_the_nearest() -> None:
    assert "party" in why_not_put_right(running(), "f4", partie="operator")


def test_a_correction_that_changes_nothing_is_refused() -> None:
    assert "ne change rien" in why_not_put_right(running(), "f4", on="2021-12-15")


def test_a_field_given_back_as_none_takes_its_default() -> None:
    letter = posted().model_copy(update={"effect_wanted": date(2022, 4, 30)})
    fact = check_correction(take(running(), letter), "f6", {"effect_wanted": None}, NOW)
    assert fact == posted()


def test_the_room_of_an_arranged_meeting_is_put_right_on_the_eve() -> None:
    when = MeetingArranged(item="meeting/2022-01", starts_at=datetime(2022, 2, 8, 10))  # noqa: DTZ001 - local
    dossier = take(running(), when, told=at(2022, 1, 10))
    assert put_right(dossier, "f6", at(2022, 2, 7), place="salle des mariages").facts[-1].version == 2


def test_the_note_that_opened_the_gate_is_not_taken_away() -> None:
    dossier = take(running(), ContractPublicised(on=date(2021, 12, 20)))
    put_right(dossier, "f4", on=date(2021, 12, 9), note="AR à 9 h 12, signature à 16 h 30")
    assert "contesté" in why_not_put_right(dossier, "f4", note="")


def test_an_act_whose_new_date_makes_a_signature_irregular_is_refused_with_the_way_out() -> None:
    assert "Annuler d’abord f4" in why_not_put_right(running(), "f3", on=date(2021, 12, 20))


def test_the_way_out_of_a_late_transmission_works() -> None:
    dossier = put_right(undone(running(), "f4"), "f3", on=date(2021, 12, 20))
    take(dossier, Signed(on=date(2021, 12, 15), party="commune", irregular=True), told=NOW)
    found = agenda(dossier.convention, tuple(dossier.facts), NOW)
    assert "signed-irregularly/commune" in [w.id for w in found.warnings]


def test_a_posting_cannot_be_moved_after_its_delivery() -> None:
    dossier = take(running(), posted(), LetterDelivered(letter="f6", on=date(2022, 3, 4)))
    assert "se contredisent" in why_not_put_right(dossier, "f6", on=date(2022, 3, 7))


def test_a_fact_recorded_by_mistake_no_longer_counts() -> None:
    dossier = undone(take(running(), posted()), "f6")
    found = agenda(dossier.convention, tuple(dossier.facts), NOW)
    assert found.ends_on == date(2022, 12, 31)


def test_a_fact_is_not_cancelled_twice() -> None:
    dossier = undone(take(running(), posted()), "f6")
    assert "déjà été annulé" in why_not_undone(dossier, "f6")


def test_an_unknown_fact_is_refused_with_the_nearest() -> None:
    assert "f5" in why_not_undone(running(), "f55")


def test_a_letter_delivered_is_not_cancelled_before_its_delivery_is() -> None:
    dossier = take(running(), posted(), LetterDelivered(letter="f6", on=date(2022, 3, 4)))
    assert "f7 (letter-delivered)" in why_not_undone(dossier, "f6")


def test_a_publication_is_not_cancelled_under_a_regular_signature() -> None:
    assert "f4 (signed)" in why_not_undone(running(), "f2")


def test_a_signature_is_not_cancelled_under_a_letter() -> None:
    assert "f6 (letter-posted)" in why_not_undone(take(running(), posted()), "f4")


def test_an_arrangement_is_cancelled_although_the_meeting_was_held() -> None:
    when = MeetingArranged(item="meeting/2022-01", starts_at=datetime(2022, 2, 8, 10))  # noqa: DTZ001 - local
    dossier = take(running(), when, told=at(2022, 1, 10))
    take(dossier, MeetingHeld(item="meeting/2022-01", on=date(2022, 2, 8)))
    assert undone(dossier, "f6").facts[-1].cancelled


def test_an_event_is_not_cancelled_under_what_was_done_about_it() -> None:
    dossier = take(example("tcm-d"), DutyDone(item="delivery-deletion/f7", on=date(2020, 2, 3)))
    assert "f8 (done)" in why_not_undone(dossier, "f7")


def test_a_chosen_rhythm_is_not_cancelled_under_what_was_done_in_it() -> None:
    dossier = take(example("sqf-p"), QuestionAnswered(on=date(2021, 5, 3), question="rhythm/company-moves", months=6))
    take(dossier, DutyDone(item="company-moves/2021-07", on=date(2021, 9, 1)))
    assert "f7 (done)" in why_not_undone(dossier, "f6")


def test_the_signature_of_a_parent_is_not_cancelled_under_its_annex() -> None:
    assert "f6 (signed)" in why_not_undone(example("mtz-a"), "f4")


def test_a_withdrawn_dossier_takes_nothing() -> None:
    dossier = running()
    dossier.withdrawn = Withdrawal(at=NOW, by="coordinator", why="doublon")
    assert "doublon" in refused(dossier, LitigationOpened(on=date(2022, 2, 1)))


def test_a_closed_dossier_takes_no_correction_and_no_cancellation() -> None:
    dossier = running()
    dossier.closed_at = NOW
    assert "clos" in why_not_undone(dossier, "f5")
    assert "clos" in why_not_put_right(dossier, "f5", on=date(2021, 12, 16))
