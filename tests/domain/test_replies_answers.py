"""What each guest of a meeting answered, as recorded by hand or read from a mailbox."""

from dataclasses import replace

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.meetings import GuestAnswer, answers_for
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import ADDRESSES, at, convention, d, meeting_duty, signed

POINT = "point/2022-01"
FIXED = MeetingArranged(item=POINT, starts_at=at("2022-03-15"))
MOVED = MeetingArranged(item=POINT, starts_at=at("2022-03-22"))


def situation_of(*told: tuple[str, Fact]) -> Situation:
    """Return the situation in which facts were told on the given days, a meeting fixed on 1 February."""
    facts = [*((("2021-12-15"), fact) for fact in signed("2021-12-15")), ("2022-02-01", FIXED), *told]
    records = tuple(
        Recorded(id=f"f{n}", fact=fact, recorded_at=at(day), recorded_by="coordinator")
        for n, (day, fact) in enumerate(facts, start=1)
    )
    return situation(convention(duty=[meeting_duty()]), records, at("2022-03-01"))


def answered(answer: str = "accepted", day: str = "2022-02-03", **changes: object) -> tuple[str, Fact]:
    values = {"on": d(day), "item": POINT, "role": "partner", "answer": answer, **changes}
    return day, InvitationAnswered.model_validate(values)


def of_partner(*told: tuple[str, Fact]) -> GuestAnswer:
    (found,) = (a for a in answers_for(situation_of(*told), POINT) if a.role == "partner")
    return found


def test_nobody_has_answered_yet() -> None:
    found = answers_for(situation_of(), POINT)
    assert [(a.role, a.says.fr) for a in found] == [
        ("coordinator", "pas de réponse"), ("referent", "pas de réponse"), ("partner", "pas de réponse"),
    ]  # fmt: skip


def test_the_answers_of_the_guests_are_awaited_and_not_that_of_who_convenes() -> None:
    assert [a.role for a in answers_for(situation_of(), POINT) if a.is_awaited] == ["referent", "partner"]


def test_a_meeting_without_a_date_has_no_answers() -> None:
    assert answers_for(situation_of(), "point/2022-07") == ()


def test_an_answer_is_shown_for_its_guest_only() -> None:
    found = answers_for(situation_of(answered("declined")), POINT)
    assert {a.role: a.answer for a in found} == {
        "coordinator": "none",
        "referent": "none",
        "partner": "declined",
    }


def test_the_last_answer_counts() -> None:
    found = of_partner(answered("declined"), answered("accepted", "2022-02-04"))
    assert (found.answer, found.is_awaited) == ("accepted", False)


def test_an_answer_by_hand_before_the_date_moved_is_to_be_confirmed_again() -> None:
    found = of_partner(answered(), ("2022-02-10", MOVED))
    assert found.to_reconfirm
    assert found.is_awaited
    assert "à reconfirmer" in found.says.fr


def test_an_answer_read_late_to_a_former_date_is_to_be_confirmed_again() -> None:
    read = answered(day="2022-02-11", meeting_at=at("2022-03-15"), sequence=0)
    assert of_partner(("2022-02-10", MOVED), read).to_reconfirm


def test_an_answer_to_the_date_now_fixed_stands() -> None:
    read = answered(day="2022-02-11", meeting_at=at("2022-03-22"), sequence=1)
    assert not of_partner(("2022-02-10", MOVED), read).to_reconfirm


def test_another_room_needs_no_new_answer() -> None:
    elsewhere = MeetingArranged(item=POINT, starts_at=FIXED.starts_at, place="Salle 2")
    assert not of_partner(answered(), ("2022-02-10", elsewhere)).to_reconfirm


def test_a_proposal_is_shown_with_its_hour_and_moves_nothing() -> None:
    s = situation_of(answered("counter", proposed_at=at("2022-03-17", 14)))
    found = next(a for a in answers_for(s, POINT) if a.role == "partner")
    assert "jeudi\u00a017\u00a0mars\u00a02022, 14\u00a0h" in found.says.fr
    assert found.proposed_at == at("2022-03-17", 14)
    assert found.to_reconfirm is False


def test_what_somebody_else_declares_is_shown_as_such() -> None:
    found = of_partner(answered("accepted", declared=True, by_another=True))
    assert found.declared
    assert found.is_awaited
    assert not of_partner(answered("accepted", declared=True)).is_awaited
    assert "déclarée, à confirmer" in found.says.fr


def test_what_somebody_else_declares_never_hides_what_the_guest_said() -> None:
    assert of_partner(answered("declined"), answered("accepted", "2022-02-04", declared=True)).answer == "declined"


def test_the_answer_of_a_former_holder_of_the_role_is_not_that_of_the_new_one() -> None:
    s = situation_of(answered(address="ancienne@operateur.example"))
    assert next(a for a in answers_for(s, POINT) if a.role == "partner").answer == "none"


def test_the_case_of_an_address_does_not_matter() -> None:
    assert of_partner(answered(address=ADDRESSES["partner"].upper())).answer == "accepted"


def test_an_answer_recorded_by_mistake_no_longer_counts() -> None:
    s = situation_of(answered())
    cancelled = s.records[-1].model_copy(update={"version": 2, "cancelled": True})
    s = replace(s, records=in_force((*s.records, cancelled)))
    assert next(a for a in answers_for(s, POINT) if a.role == "partner").answer == "none"
