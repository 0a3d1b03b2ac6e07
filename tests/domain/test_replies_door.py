"""Answers and failures of delivery at the door."""

from datetime import date, datetime

import pytest

from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingArranged
from tests.support.door import PARIS, at, refused, running, take

MEETING = "meeting/2022-01"
ARRANGED = MeetingArranged(item=MEETING, starts_at=datetime(2022, 3, 15, 10, tzinfo=PARIS))
TOLD = at(2022, 2, 3)


def convened() -> Dossier:
    return take(running(), ARRANGED, told=at(2022, 2, 1))


def answered(**changes: object) -> InvitationAnswered:
    values = {"on": date(2022, 2, 3), "item": MEETING, "role": "referent", "answer": "accepted", **changes}
    return InvitationAnswered.model_validate(values)


def undelivered(dossier: Dossier, **changes: object) -> MailUndelivered:
    message = Message(
        id="m1", kind="invitation", role="referent", address="referent@operateur.example", at=at(2022, 2, 1),
        status="accepted", tries=1,
    )  # fmt: skip
    dossier.outbox.append(message.model_copy(update=changes))
    return MailUndelivered(on=date(2022, 2, 3), message="m1", status="5.1.1")


def test_a_guest_answers() -> None:
    assert take(convened(), answered(), told=TOLD).facts[-1].fact == answered()


def test_who_is_not_invited_cannot_answer() -> None:
    words = refused(convened(), answered(role="manager"), TOLD)
    assert "n’est pas invité" in words
    assert "coordinator, referent" in words


def test_a_role_that_does_not_exist_names_the_nearest() -> None:
    assert "« referent »" in refused(convened(), answered(role="referents"), TOLD)


def test_there_is_nothing_to_answer_before_a_date_is_fixed() -> None:
    assert "meeting-arranged" in refused(running(), answered(), TOLD)


def test_only_a_meeting_has_guests() -> None:
    assert "n’est pas une rencontre" in refused(convened(), answered(item="data/2022-01"), TOLD)


def test_only_a_counter_proposal_proposes_a_date() -> None:
    words = refused(convened(), answered(proposed_at=datetime(2022, 3, 16, 10, tzinfo=PARIS)), TOLD)
    assert "answer = counter" in words


def test_an_answer_is_not_dated_ahead() -> None:
    assert "pas encore venu" in refused(convened(), answered(at=at(2022, 2, 3, 11)), TOLD)


def test_a_message_that_left_can_come_back() -> None:
    dossier = convened()
    fact = undelivered(dossier)
    assert take(dossier, fact, told=TOLD).facts[-1].fact == fact


def test_a_message_nobody_wrote_cannot_come_back() -> None:
    fact = MailUndelivered(on=date(2022, 2, 3), message="autre")
    assert "aucun message" in refused(convened(), fact, TOLD)


@pytest.mark.parametrize("changes", [{"tries": 0, "status": "to-send"}, {"status": "superseded"}])
def test_a_message_that_never_left_cannot_come_back(changes: dict[str, object]) -> None:
    dossier = convened()
    fact = undelivered(dossier, **changes)
    assert "n’est pas parti" in refused(dossier, fact, TOLD)
