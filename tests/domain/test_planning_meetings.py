"""Invitations: one meeting is one event that moves, is cancelled, comes back; nobody hears what did not change."""

import pytest

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld
from echeancier.domain.messages.order import MeetingNotice, MessageOrder
from tests.domain.builders import ADDRESSES, NOTICE, at, convention, d, meeting_duty, signed
from tests.domain.builders_life import Life, life

KEY = "point/2022-01"
GUESTS = [ADDRESSES[role] for role in ("coordinator", "referent", "partner")]


def arranged(day: str, **more: object) -> MeetingArranged:
    return MeetingArranged.model_validate({"item": KEY, "starts_at": at(day, 14), **more})


def cancelled(day: str, reason: str = "") -> MeetingCancelled:
    return MeetingCancelled(item=KEY, on=d(day), reason=reason)


def started() -> Life:
    lived = life(convention(duty=[meeting_duty()], termination=[NOTICE]), signed("2021-12-15"), "2022-01-03")
    lived.until("2022-01-10")
    return lived


def meetings(lived: Life) -> list[MessageOrder]:
    return [o for _, o in lived.sent if o.meeting is not None]


def revisions(lived: Life) -> list[tuple[str, int]]:
    return list(dict.fromkeys((o.meeting.method, o.meeting.sequence) for o in meetings(lived) if o.meeting))


def last_notice(lived: Life) -> MeetingNotice:
    notice = meetings(lived)[-1].meeting
    assert notice is not None
    return notice


def test_a_meeting_arranged_is_an_invitation_to_every_guest_with_one_identifier() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    assert [o.to.address for o in meetings(lived)] == GUESTS
    assert {(o.kind, o.meeting.uid, o.meeting.sequence) for o in meetings(lived) if o.meeting} == {
        ("invitation", last_notice(lived).uid, 0)
    }


def test_every_guest_of_a_revision_is_sent_the_same_revision() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    assert len({o.meeting.model_dump_json() for o in meetings(lived) if o.meeting}) == 1


def test_the_coordinator_chairs() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    assert [g.address for g in last_notice(lived).guests if g.chairs] == [ADDRESSES["coordinator"]]


def test_a_meeting_moved_is_a_new_revision_of_the_same_event() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    first = last_notice(lived)
    lived.record(arranged("2022-03-15"), when=at("2022-01-12"))
    moved = last_notice(lived)
    assert (moved.uid, moved.sequence, moved.previous_start) == (first.uid, 1, at("2022-03-08", 14))
    assert moved.dtstamp > first.dtstamp
    assert {o.kind for o in meetings(lived)[3:]} == {"meeting-moved"}


def test_two_revisions_of_the_same_second_still_differ() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    first = last_notice(lived)
    lived.record(arranged("2022-03-15"))
    assert last_notice(lived).dtstamp > first.dtstamp


@pytest.mark.parametrize("change", [{"place": "Salle 2"}, {"minutes": 90}, {"video_link": "https://visio.example/1"}])
def test_another_place_duration_or_room_is_a_new_revision_without_a_former_date(
    change: dict[str, object],
) -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(arranged("2022-03-08", **change))
    assert (last_notice(lived).sequence, last_notice(lived).previous_start) == (1, None)


def test_the_same_date_recorded_again_says_nothing() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(arranged("2022-03-08"))
    assert revisions(lived) == [("REQUEST", 0)]


def test_a_meeting_cancelled_is_told_to_every_guest_with_the_reason() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(cancelled("2022-01-12", "salle prise"), when=at("2022-01-12"))
    assert [(o.kind, o.to.address) for o in meetings(lived)[3:]] == [("meeting-cancelled", g) for g in GUESTS]
    notice = last_notice(lived)
    assert (notice.method, notice.sequence, notice.reason, notice.starts_at) == (
        "CANCEL",
        1,
        "salle prise",
        at("2022-03-08", 14),
    )


def test_a_meeting_that_comes_back_keeps_its_identifier_and_goes_on_counting() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(cancelled("2022-01-11"))
    lived.record(arranged("2022-03-22"), when=at("2022-01-12"))
    assert revisions(lived) == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    assert len({o.meeting.uid for o in meetings(lived) if o.meeting}) == 1
    assert meetings(lived)[-1].kind == "invitation"


def test_a_meeting_arranged_at_night_is_told_in_the_morning() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"), when=at("2022-01-14", 23))
    assert meetings(lived) == []
    lived.until("2022-01-18")
    assert {when for when, o in lived.sent if o.meeting} == {at("2022-01-17", 8, 30)}


def test_a_meeting_already_past_when_it_is_recorded_invites_nobody() -> None:
    lived = started().until("2022-03-15")
    lived.record(arranged("2022-03-08"))
    assert meetings(lived) == []


def test_a_meeting_past_is_not_cancelled_afterwards() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(cancelled("2022-03-10"), when=at("2022-03-10"))
    assert revisions(lived) == [("REQUEST", 0)]


def test_a_meeting_after_an_early_end_is_cancelled() -> None:
    lived = started()
    lived.record(arranged("2022-03-22"))
    lived.record(LetterPosted(on=d("2022-02-01"), rule="leave", by="town"), when=at("2022-02-01"))
    assert revisions(lived) == [("REQUEST", 0), ("CANCEL", 1)]


def test_a_meeting_of_a_period_that_an_early_end_wipes_out_is_cancelled() -> None:
    lived = started()
    lived.record(MeetingArranged(item="point/2022-07", starts_at=at("2022-09-13", 14)))
    lived.record(LetterPosted(on=d("2022-02-01"), rule="leave", by="town"), when=at("2022-02-01"))
    assert revisions(lived) == [("REQUEST", 0), ("CANCEL", 1)]


def test_a_meeting_before_an_early_end_stands() -> None:
    lived = started()
    lived.record(arranged("2022-02-22"))
    lived.record(LetterPosted(on=d("2022-02-01"), rule="leave", by="town"), when=at("2022-02-01"))
    assert revisions(lived) == [("REQUEST", 0)]


def test_a_meeting_held_earlier_than_its_date_frees_the_date() -> None:
    lived = started()
    lived.record(arranged("2022-03-22"))
    lived.record(MeetingHeld(item=KEY, on=d("2022-03-01")), when=at("2022-03-02"))
    assert revisions(lived) == [("REQUEST", 0), ("CANCEL", 1)]


def test_an_invitation_quotes_the_clause_behind_the_meeting() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lines = [line for order in meetings(lived) for line in order.lines]
    assert [(line.item, line.article, line.stage) for line in lines] == [(KEY, "art. 1", "now")] * 3


def test_a_revision_says_what_it_changes() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    assert last_notice(lived).changed == ()
    lived.record(arranged("2022-03-15", place="Salle 2"))
    assert last_notice(lived).changed == ("start", "place")


@pytest.mark.parametrize(
    ("what", "because"),
    [
        (MeetingCancelled(item=KEY, on=d("2022-02-01"), reason="salle prise"), "called-off"),
        (MeetingHeld(item=KEY, on=d("2022-01-31")), "held-before"),
        (LetterPosted(on=d("2022-02-01"), rule="leave", by="town"), "ended"),
    ],
)
def test_a_cancellation_says_which_case_it_is(what: Fact, because: str) -> None:
    lived = started()
    lived.record(arranged("2022-03-22"))
    lived.record(what, when=at("2022-02-01"))
    assert {o.reason for o in lived.of("meeting-cancelled")} == {because}


def test_a_reason_given_for_a_former_date_is_not_given_for_another() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    lived.record(cancelled("2022-01-11", "salle prise"))
    lived.record(arranged("2022-03-22"), when=at("2022-01-12"))
    lived.record(MeetingHeld(item=KEY, on=d("2022-01-31")), when=at("2022-02-01"))
    assert last_notice(lived).reason == ""


def test_the_invitation_says_the_next_dates() -> None:
    lived = started()
    lived.record(arranged("2022-03-08"))
    assert last_notice(lived).next_dates == (d("2022-12-30"),)


def test_a_meeting_that_was_simply_not_held_is_asked_about_no_more_and_is_to_be_held_again() -> None:
    lived = life(convention(duty=[meeting_duty()]), signed("2021-12-15"), "2021-12-20").until("2022-01-10")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=at("2022-03-08", 10)), when=at("2022-01-10"))
    lived.record(MeetingCancelled(item="point/2022-01", on=d("2022-03-09")), when=at("2022-03-09"))
    lived.until(at("2022-07-15"))
    asked = [line.stage for _, o in lived.to("coordinator") for line in o.lines if line.item == "point/2022-01"]
    assert "held" not in asked
    assert asked[-1] == "overdue"
    assert lived.of("meeting-cancelled") == []  # its hour was past: nobody's calendar is changed
