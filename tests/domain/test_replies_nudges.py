"""Guests who have not answered, asked again once before their meeting; what the coordinator hears of the answers."""

from datetime import date

import pytest

from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.terms.policy import Policy
from tests.domain.builders import ADDRESSES, at, convention, d, meeting_duty, signed
from tests.domain.builders_life import Life, accept_all, days, life

POINT = "point/2022-01"
LISTENING = Policy(nudge_days=7)


def refuse_the_partner(order: MessageOrder) -> str:
    return "refused" if order.to.address == ADDRESSES["partner"] else "accepted"


def invited(policy: Policy = LISTENING, day: str = "2022-03-15", **options: object) -> Life:
    """Return a life in which a meeting was convened on 1 February."""
    terms = convention(duty=[meeting_duty()])
    lived = life(terms, signed("2021-12-15"), "2022-01-03", policy=policy, **options)
    lived.record(MeetingArranged(item=POINT, starts_at=at(day)), when=at("2022-02-01"))
    return lived


def answered(lived: Life, *roles: str, answer: str = "accepted", **changes: object) -> None:
    for role in roles:
        values = {"on": lived.now.date(), "item": POINT, "role": role, "answer": answer, **changes}
        lived.record(InvitationAnswered.model_validate(values))


def nudged(lived: Life, role: str) -> list[date]:
    return days([(when, order) for when, order in lived.to(role) if order.kind == "answers"])


def test_silent_guests_are_asked_again_a_week_before_the_meeting_and_once() -> None:
    lived = invited().until("2022-03-16")
    assert nudged(lived, "referent") == nudged(lived, "partner") == [d("2022-03-08")]


def test_who_answered_is_not_asked_again() -> None:
    lived = invited()
    answered(lived, "partner", answer="tentative")
    lived.until("2022-03-16")
    assert nudged(lived, "partner") == []
    assert nudged(lived, "referent") == [d("2022-03-08")]


def test_the_coordinator_hears_what_everybody_answered_and_who_was_asked_again() -> None:
    lived = invited()
    answered(lived, "partner", answer="declined")
    (order,) = lived.until("2022-03-16").of("answers", "coordinator")
    assert [(function, says.fr) for function, says in order.answers] == [
        ("Fonction referent", "pas de réponse"),
        ("Fonction partner", "refuse"),
    ]
    assert order.told == ("Fonction referent",)


def test_nothing_is_sent_when_everybody_has_answered() -> None:
    lived = invited()
    answered(lived, "partner", "referent")
    assert lived.until("2022-03-16").of("answers") == []


def test_nobody_is_called_silent_where_nobody_listens() -> None:
    assert invited(Policy()).until("2022-03-16").of("answers") == []


def test_the_invitation_is_not_sent_again() -> None:
    lived = invited().until("2022-03-16")
    assert len(lived.of("invitation", "partner")) == 1
    assert all(m.meeting is None for m in lived.dossier.outbox if m.kind == "answers")


def test_a_meeting_moved_after_an_answer_asks_for_a_new_one() -> None:
    lived = invited()
    answered(lived, "partner", "referent")
    lived.record(MeetingArranged(item=POINT, starts_at=at("2022-03-22")), when=at("2022-02-10"))
    assert nudged(lived.until("2022-03-23"), "partner") == [d("2022-03-15")]


def test_a_meeting_moved_after_the_guests_were_asked_again_asks_once_more() -> None:
    lived = invited().until("2022-03-09")
    lived.record(MeetingArranged(item=POINT, starts_at=at("2022-03-29")), when=at("2022-03-09"))
    assert nudged(lived.until("2022-03-30"), "partner") == [d("2022-03-08"), d("2022-03-22")]


def test_guests_invited_late_have_two_working_days_before_they_are_asked_again() -> None:
    lived = invited(day="2022-02-08").until("2022-02-09")
    assert nudged(lived, "partner") == [d("2022-02-03")]


@pytest.mark.parametrize("day", ["2022-02-02", "2022-02-03"])
def test_guests_invited_on_the_eve_are_not_asked_again(day: str) -> None:
    assert invited(day=day).until("2022-02-07").of("answers") == []


def test_a_meeting_called_off_asks_for_nothing() -> None:
    lived = invited()
    lived.record(MeetingCancelled(on=d("2022-02-10"), item=POINT), when=at("2022-02-10"))
    assert lived.until("2022-03-16").of("answers") == []


def test_a_guest_whose_invitation_was_refused_is_not_asked_again() -> None:
    lived = invited(answer=refuse_the_partner)
    lived.until("2022-03-05").answer = accept_all
    assert nudged(lived.until("2022-03-16"), "partner") == []


def test_after_an_outage_until_the_day_itself_nobody_is_asked_again() -> None:
    assert invited().asleep_until(at("2022-03-15", 9)).of("answers") == []


def test_a_date_proposed_by_mail_is_told_at_once_to_the_coordinator_and_once() -> None:
    lived = invited(Policy())
    proposal = {"proposed_at": at("2022-03-17"), "address": ADDRESSES["partner"]}
    answered(lived, "partner", answer="counter", **proposal)
    (order,) = lived.until("2022-03-16").of("answers")
    assert order.to.role == "coordinator"
    assert "17\u00a0mars\u00a02022" in dict(order.answers)["Fonction partner"].fr
    assert nudged(lived, "coordinator") == [d("2022-02-01")]


def test_a_proposal_recorded_by_hand_is_not_told_to_whoever_recorded_it() -> None:
    lived = invited(Policy())
    answered(lived, "partner", answer="counter", proposed_at=at("2022-03-17"))
    assert lived.until("2022-03-16").of("answers") == []
