"""Answers to invitations, from the programs people use."""

from datetime import UTC, datetime

import pytest

from echeancier.adapters.inbox.invitation_answer import LARGEST
from tests.adapters.replies import GUEST, UID, answer, calendar, mail, parse, recorded, reply

SENT = datetime(2026, 11, 22, 10, 59, 35, tzinfo=UTC)


def test_the_answer_of_thunderbird_is_read_once_though_it_comes_twice() -> None:
    found = answer(recorded("thunderbird-reply.eml"))
    assert (found.uid, found.address, found.answer) == (UID, "referent@operateur.example", "accepted")
    assert found.at == datetime(2026, 11, 22, 13, 54, 32, tzinfo=UTC)
    assert not found.by_another


def test_the_answer_of_exchange_is_read_without_organizer_and_in_mixed_case() -> None:
    ics = recorded("exchange-reply.ics").decode()
    found = answer(mail(ics, content_type="text/calendar; method=REPLY", sender="Agence@Operateur.example"))
    assert (found.uid, found.address, found.answer, found.sequence) == (UID, GUEST, "accepted", 0)
    assert (found.at, found.by_another) == (SENT, False)


def test_a_file_without_the_calendar_part_is_read_too() -> None:
    assert answer(mail(calendar(), content_type="application/ics; name=invite.ics")).sequence == 2


def test_the_method_of_the_file_counts_and_not_that_of_the_part() -> None:
    assert parse(mail(calendar(method="REQUEST"), content_type="text/calendar; method=REPLY")).sort == "other"


@pytest.mark.parametrize(
    ("partstat", "word"),
    [
        ("ACCEPTED", "accepted"),
        ("declined", "declined"),
        ("TENTATIVE", "tentative"),
        ("DELEGATED", "delegated"),
    ],
)
def test_each_answer_has_its_word(partstat: str, word: str) -> None:
    assert answer(reply(partstat=partstat)).answer == word


def test_a_counter_proposal_gives_its_instant_whatever_its_time_zone() -> None:
    ics = recorded("exchange-reply.ics").decode().replace("METHOD:REPLY", "METHOD:COUNTER")
    found = answer(mail(ics, content_type="text/calendar"))
    assert found.answer == "counter"
    assert found.proposed_at == datetime(2027, 1, 14, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("start", ["DTSTART:20270114T090000", "DTSTART;VALUE=DATE:20270114"])
def test_a_proposal_without_a_true_instant_is_kept_without_one(start: str) -> None:
    found = answer(reply(start, method="COUNTER", without="DTSTART"))
    assert (found.answer, found.proposed_at) == ("counter", None)


def test_an_answer_is_not_a_proposal_though_it_repeats_the_date() -> None:
    assert answer(reply()).proposed_at is None


def test_a_request_to_send_again_is_set_aside() -> None:
    assert parse(reply(method="REFRESH")).sort == "refresh"


def test_an_answer_sent_by_somebody_else_is_declared() -> None:
    assert answer(reply(sender="secretariat@operateur.example")).declared


def test_an_answer_with_two_senders_is_declared() -> None:
    two = mail(calendar(), content_type="text/calendar", **{"from": f"{GUEST}, autre@operateur.example"})
    assert answer(two).declared


def test_an_address_kept_in_a_parameter_is_found() -> None:
    line = f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={GUEST}:urn:uuid:5f7c"
    assert answer(reply(line, without="ATTENDEE")).address == GUEST


def test_whoever_delegates_is_the_one_who_sends() -> None:
    lines = (
        f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:b@operateur.example":mailto:{GUEST}',
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:b@operateur.example",
    )
    assert answer(reply(*lines, without="ATTENDEE")).answer == "delegated"


def test_a_missing_number_is_that_of_the_first_invitation() -> None:
    assert answer(reply(without="SEQUENCE")).sequence == 0


def test_a_missing_instant_is_unknown() -> None:
    assert answer(reply(without="DTSTAMP")).at is None


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (reply(without="UID"), "sans identifiant"),
        (reply(without="ATTENDEE"), "0 participants"),
        (reply("ATTENDEE;PARTSTAT=DECLINED:mailto:b@operateur.example"), "2 participants"),
        (reply(partstat="NEEDS-ACTION"), "ni oui, ni non"),
        (reply("DTSTAMP:hier", without="DTSTAMP"), "champs illisibles"),
        (reply("SEQUENCE:beaucoup", without="SEQUENCE"), "illisible"),
        (reply("SEQUENCE:-1", without="SEQUENCE"), "numéro de révision"),
        (reply("RECURRENCE-ID:20270114T090000Z"), "occurrence"),
        (reply("END:VEVENT", "BEGIN:VEVENT", "UID:autre"), "2 rencontres"),
        (mail("BEGIN:VCALENDAR", content_type="text/calendar"), "norme"),
        (mail("", content_type="text/calendar"), "norme"),
        (mail("END:VEVENT", content_type="text/calendar"), "norme"),
        (reply(method=""), "sans METHOD"),
        (mail(calendar() + "X" * LARGEST, content_type="text/calendar"), "trop gros"),
    ],
)
def test_what_cannot_be_believed_is_for_a_person_with_its_reason(raw: bytes, why: str) -> None:
    parsed = parse(raw)
    assert parsed.sort in ("unreadable", "other")
    assert parsed.answer is None
    assert why in parsed.why


def test_two_different_answers_in_one_mail_are_for_a_person() -> None:
    parts = "".join(
        f"--b\r\nContent-Type: text/calendar\r\n\r\n{calendar(partstat=word)}\r\n" for word in ("ACCEPTED", "DECLINED")
    )
    both = mail(parts + "--b--", content_type='multipart/mixed; boundary="b"')
    assert "deux réponses différentes" in parse(both).why


def test_a_broken_copy_beside_a_good_one_does_no_harm() -> None:
    parts = "".join(
        f"--b\r\nContent-Type: {kind}\r\n\r\n{content}\r\n"
        for kind, content in (("text/calendar", "BEGIN:VCALENDAR"), ("application/ics", calendar()))
    )
    assert answer(mail(parts + "--b--", content_type='multipart/mixed; boundary="b"')).answer == "accepted"
