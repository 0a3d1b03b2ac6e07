"""What becomes of a message that the relay refuses or puts off."""

from datetime import timedelta
from itertools import pairwise

from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.tried_again import PATIENCE, WAITS
from tests.domain.builders import ADDRESSES, at, convention, d, duty, meeting_duty, signed
from tests.domain.builders_life import Life, accept_all, life

STARTED = signed("2021-12-15")


def refusing(*roles: str, status: str = "refused") -> Life:
    refused = {ADDRESSES[role] for role in roles}

    def answer(order: MessageOrder) -> str:
        return status if order.to.address in refused else "accepted"

    return life(convention(duty=[duty(), meeting_duty()]), STARTED, "2022-01-03", answer=answer)


def test_a_refused_message_is_an_alarm_to_the_coordinator_once() -> None:
    lived = refusing("partner").until("2022-01-31")
    assert [o.to.role for o in lived.of("undelivered")] == ["coordinator"]


def dead_for_a_year() -> Life:
    """Return the life of a convention of which one address refuses every mail, month after month."""
    refused = ADDRESSES["partner"]
    terms = convention(duty=[duty(rhythm={"every_months": 1})])
    answer = lambda order: "refused" if order.to.address == refused else "accepted"  # noqa: E731 - read by Life
    return life(terms, STARTED, "2022-01-03", answer=answer).until("2022-06-30")


def test_an_address_that_refuses_is_one_alarm_however_many_messages_it_refuses() -> None:
    lived = dead_for_a_year()
    refused = [m for m in lived.dossier.outbox if m.status == "refused"]
    assert len(refused) > 10
    assert [o.to.role for o in lived.of("undelivered")] == ["coordinator"]


def test_once_a_mail_has_arrived_there_a_new_refusal_is_told_again() -> None:
    lived = dead_for_a_year()
    refusing_again, lived.answer = lived.answer, accept_all
    lived.until("2022-07-31")
    lived.answer = refusing_again
    lived.until("2022-12-31")
    assert len(lived.of("undelivered")) == 2


def test_what_was_refused_is_not_written_again_to_the_same_address() -> None:
    lived = refusing("partner").until("2022-01-31")
    assert len([o for _, o in lived.tried if o.to.role == "partner"]) == 1


def test_the_alarm_names_the_function_and_never_the_address() -> None:
    alarm = refusing("partner").until("2022-01-31").of("undelivered")[0]
    assert alarm.detail is not None
    assert "Fonction partner" in alarm.detail.fr
    assert "@" not in alarm.detail.fr + alarm.detail.en


def test_several_refusals_of_one_moment_make_one_alarm() -> None:
    lived = refusing("partner", "referent").until("2022-01-03")
    (alarm,) = lived.of("undelivered")
    assert alarm.detail is not None
    assert alarm.detail.fr.count("n’arrivent pas depuis") == 2


def test_the_manager_hears_of_it_when_the_coordinator_is_the_one_refused() -> None:
    lived = refusing("coordinator").until("2022-01-31")
    assert [o.to.role for o in lived.of("undelivered")] == ["manager"]


def test_an_alarm_that_the_coordinator_cannot_receive_goes_to_the_manager() -> None:
    lived = refusing("coordinator", "partner").until("2022-01-31")
    heard = "\n".join(o.detail.fr for o in lived.of("undelivered", "manager") if o.detail)
    assert heard.count("Fonction partner") == 1
    assert "Fonction coordinator" in heard


def test_nobody_left_to_tell_ends_in_an_alert_and_not_in_a_loop() -> None:
    lived = refusing("coordinator", "manager", "partner", "referent").until("2022-01-31")
    assert lived.of("undelivered") == []
    assert len(lived.wakes) < 20
    assert lived.last is not None
    assert lived.last.attributes.has_alert


def test_a_corrected_address_gets_what_the_former_one_could_not() -> None:
    lived = refusing("partner").until("2022-01-31")
    roles = {**lived.dossier.convention.roles}
    roles["partner"] = roles["partner"].model_copy(update={"address": "nouvelle-agence@operateur.example"})
    lived.dossier.convention = lived.dossier.convention.model_copy(update={"roles": roles})
    lived.settle()
    assert [o.kind for _, o in lived.to("partner")] == ["opening"]


def test_a_message_put_off_is_tried_again_after_longer_and_longer_waits() -> None:
    lived = refusing("partner", status="deferred").until("2022-01-12")
    tries = [when for when, o in lived.tried if o.to.role == "partner"]
    waits = [later - sooner for sooner, later in pairwise(tries)]
    assert tuple(waits[: len(WAITS)]) == WAITS
    assert set(waits[len(WAITS) :]) == {timedelta(days=1)}


def test_a_message_put_off_for_too_long_is_given_up_and_told() -> None:
    lived = refusing("partner", status="deferred").until("2022-01-31")
    tries = [when for when, o in lived.tried if o.to.role == "partner"]
    assert PATIENCE - timedelta(days=1) < tries[-1] - tries[0] <= PATIENCE
    assert [o.to.role for o in lived.of("undelivered")] == ["coordinator"]


def test_a_message_put_off_is_tried_at_night_too_since_it_was_written_by_day() -> None:
    lived = refusing("partner", status="deferred").until("2022-01-05")
    assert at("2022-01-03", 18, 40) in [when for when, _ in lived.tried]


def test_an_older_revision_of_a_meeting_is_dropped_when_a_newer_one_is_to_be_sent() -> None:
    lived = refusing("partner", status="deferred").until("2022-01-10")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-15", 14)), when=at("2022-01-11"))
    invitations = [m for m in lived.dossier.outbox if m.meeting is not None and m.role == "partner"]
    assert [(m.meeting.sequence, m.status) for m in invitations if m.meeting] == [
        (0, "superseded"),
        (1, "deferred"),
    ]


def test_a_dropped_revision_is_never_tried_again() -> None:
    lived = refusing("partner", status="deferred").until("2022-01-10")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 14)))
    lived.record(MeetingCancelled(item="point/2022-01", on=d("2022-01-11")), when=at("2022-01-11"))
    before = len(lived.tried)
    lived.until("2022-01-20")
    later = [o.meeting.sequence for _, o in lived.tried[before:] if o.meeting is not None]
    assert set(later) == {1}


def saying(word: str, *roles: str) -> Life:
    """A life whose relay says one thing of the messages to some roles, and takes the others."""
    named = {ADDRESSES[role] for role in roles}

    def answer(order: MessageOrder) -> str:
        return word if order.to.address in named else "accepted"

    return life(convention(duty=[duty(), meeting_duty()]), STARTED, "2022-01-03", answer=answer)


EVERYBODY = ("coordinator", "manager", "partner", "referent")


def test_several_people_refused_in_a_row_are_a_fault_of_the_settings_and_are_tried_again() -> None:
    lived = saying("unknown", *EVERYBODY).until("2022-01-06")
    held = [m for m in lived.dossier.outbox if m.kind == "opening"]
    assert {(m.status, m.fault) for m in held} == {("deferred", "in-a-row")}
    lived.answer = lambda _: "accepted"
    lived.until("2022-01-10")
    assert {m.status for m in lived.dossier.outbox} == {"accepted"}


def test_one_dead_address_among_others_is_refused_for_good() -> None:
    lived = saying("unknown", "partner").until("2022-01-31")
    (message,) = [m for m in lived.dossier.outbox if m.role == "partner"]
    assert (message.status, message.tries) == ("refused", 1)
    assert "refuse nos messages depuis" in next(o.detail.fr for o in lived.of("undelivered") if o.detail)


def test_what_our_settings_hold_back_blames_nobody_and_is_told_by_one_message_that_leaves_with_the_rest() -> None:
    lived = saying("settings", *EVERYBODY).until("2022-01-06")
    assert lived.sent == []
    told = [m for m in lived.dossier.outbox if m.kind == "undelivered"]
    assert [(m.role, m.status) for m in told] == [("coordinator", "deferred")]
    lived.answer = lambda _: "accepted"
    lived.until("2022-01-10")
    assert {m.status for m in lived.dossier.outbox} == {"accepted"}
    (alarm,) = lived.of("undelivered")
    assert alarm.detail is not None
    assert "Les destinataires n’y sont pour rien" in alarm.detail.fr


def test_what_our_settings_hold_back_is_given_up_after_days_without_blaming_the_address() -> None:
    lived = saying("settings", "partner").until("2022-01-31")
    (message,) = [m for m in lived.dossier.outbox if m.role == "partner"]
    assert message.status == "refused"
    said = [o.detail.fr for o in lived.of("undelivered") if o.detail]
    assert len(said) == 2
    assert not any("refuse nos messages" in one for one in said)


def test_a_call_that_the_relay_put_off_does_not_leave_once_the_thing_is_done() -> None:
    lived = life(convention(duty=[duty()]), STARTED, "2022-01-03").until("2022-11-01")
    lived.answer = lambda order: "deferred" if order.to.address == ADDRESSES["partner"] else "accepted"
    while not any(m.waits and m.kind == "reminders" for m in lived.dossier.outbox):
        lived.until(lived.now + timedelta(days=1))
    (waiting,) = (m for m in lived.dossier.outbox if m.waits)
    lived.record(DutyDone(item="report/2022", on=lived.now.date()))
    assert [m.status for m in lived.dossier.outbox if m.id == waiting.id] == ["superseded"]
    before = len(lived.tried)
    lived.answer = accept_all
    lived.until(lived.now + timedelta(days=10))
    assert [o.kind for _, o in lived.tried[before:] if o.to.role == "partner"] == []


def test_what_else_such_a_call_told_is_said_anew() -> None:
    lived = life(convention(duty=[duty(), duty("minutes")]), STARTED, "2022-01-03").until("2022-11-01")
    lived.answer = lambda order: "deferred" if order.to.address == ADDRESSES["partner"] else "accepted"
    while not any(m.waits and len(m.told) == 2 for m in lived.dossier.outbox):
        lived.until(lived.now + timedelta(days=1))
    lived.answer = accept_all
    lived.record(DutyDone(item="report/2022", on=lived.now.date()))
    ((_, said),) = [(when, o) for when, o in lived.sent if o.to.role == "partner" and when == lived.now]
    assert [line.item for line in said.lines] == ["minutes/2022"]
