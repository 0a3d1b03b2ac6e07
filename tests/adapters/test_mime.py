"""A mail as bytes, read back by the standard library."""

import datetime as dt
import email
import email.policy
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.adapters.calendar.ics_meeting import meeting_cancel, meeting_request
from echeancier.adapters.mail.mime import to_bytes
from echeancier.domain.messages.mail import SUBJECT_LIMIT, Attachment, CalendarPart, Mailbox, OutgoingMail
from tests.adapters.mails import AGENDA, COORDINATOR, PARTNER, mail, meeting

FRENCH = st.text(alphabet="abcdeéèàçùœÉ ’«»–—:;!?°€().,'\"\\=_-9876543210\u00a0\u202f", min_size=1, max_size=140)
PDF = Attachment(filename="Lettre de préavis.pdf", mime_type="application/pdf", content=bytes(range(256)))
INVITATION = CalendarPart(method="REQUEST", content=meeting_request(meeting()))


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert part.defects == []
    return message


def shape(message: Any) -> Any:
    if message.is_multipart():
        return (message.get_content_type(), *(shape(part) for part in message.iter_parts()))
    return message.get_content_type()


def subject_of(raw: bytes) -> str:
    value = email.message_from_bytes(raw, policy=email.policy.compat32)["Subject"]
    return str(make_header(decode_header(value.replace("\r\n", ""))))


def name_of(raw: bytes) -> str:
    # The modern reader puts a space between two encoded words of a name, against RFC 2047 (6.2).
    value = email.message_from_bytes(raw, policy=email.policy.compat32)["To"]
    return str(make_header(decode_header(parseaddr(value.replace("\r\n", ""))[0])))


def test_a_mail_without_files_is_two_alternatives() -> None:
    assert shape(read(to_bytes(mail()))) == ("multipart/alternative", "text/plain", "text/html")


def test_a_mail_with_a_file_is_mixed() -> None:
    raw = to_bytes(mail(attachments=(PDF,)))
    alternatives = ("multipart/alternative", "text/plain", "text/html")
    assert shape(read(raw)) == ("multipart/mixed", alternatives, "application/pdf")


def test_an_invitation_has_the_shape_that_shows_answer_buttons() -> None:
    raw = to_bytes(mail(calendar=INVITATION, attachments=(PDF,)))
    alternatives = ("multipart/alternative", "text/plain", "text/html", "text/calendar")
    assert shape(read(raw)) == ("multipart/mixed", alternatives, "application/ics", "application/pdf")


@pytest.mark.parametrize(
    ("method", "content", "name"),
    [
        ("REQUEST", meeting_request(meeting()), "invitation.ics"),
        ("CANCEL", meeting_cancel(meeting()), "annulation.ics"),
    ],
)
def test_the_calendar_comes_inline_and_as_a_file_with_the_same_bytes(method: Any, content: bytes, name: str) -> None:
    message = read(to_bytes(mail(calendar=CalendarPart(method=method, content=content))))
    inline = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    (file,) = message.iter_attachments()
    assert inline["Content-Type"].params["method"] == method
    assert inline["Content-Disposition"] is None
    assert inline.get_payload(decode=True) == file.get_payload(decode=True) == content
    assert file.get_filename() == name


def test_a_calendar_of_another_method_is_refused() -> None:
    with pytest.raises(ValueError, match="METHOD:CANCEL"):
        CalendarPart(method="CANCEL", content=INVITATION.content)


def test_files_arrive_byte_for_byte_under_an_ascii_name() -> None:
    (file,) = read(to_bytes(mail(attachments=(PDF,)))).iter_attachments()
    assert file.get_payload(decode=True) == PDF.content
    assert file.get_filename() == "Lettre-de-preavis.pdf"


def test_the_same_mail_gives_the_same_bytes_once_through_json() -> None:
    whole = mail(calendar=INVITATION, attachments=(PDF,), reply_to=(COORDINATOR,))
    again = OutgoingMail.model_validate_json(whole.model_dump_json())
    assert to_bytes(again) == to_bytes(whole)


def test_every_mail_says_that_a_program_wrote_it() -> None:
    message = read(to_bytes(mail()))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Content-Language"] == "fr"


def test_the_date_keeps_the_offset_it_was_given() -> None:
    assert b"\r\nDate: Sat, 31 Oct 2026 08:30:00 +0100\r\n" in to_bytes(mail())


def test_a_reminder_joins_the_thread_of_its_convention() -> None:
    message = read(to_bytes(mail(thread_root="<conv-042@commune.example>", reply_to=(COORDINATOR,))))
    assert message["References"] == message["In-Reply-To"] == "<conv-042@commune.example>"
    assert message["Reply-To"].addresses[0].addr_spec == COORDINATOR.address


@pytest.mark.parametrize("name", ["Coordination", "Coordination, à la mairie", "=?utf-8?q?a?=", ""])
def test_an_answer_may_go_to_several_addresses_whatever_their_names(name: str) -> None:
    both = (
        Mailbox(name=name, address="coordination@ville.example"),
        Mailbox(name="Agenda", address="retours+a1@ville.example"),
    )
    field = read(to_bytes(mail(reply_to=both)))["Reply-To"]
    assert [one.addr_spec for one in field.addresses] == [one.address for one in both]
    assert [one.display_name for one in field.addresses] == [name, "Agenda"]


def test_the_longest_identifiers_are_written_as_they_are() -> None:
    long, root = f"<{'a' * 200}@{'b' * 47}>", f"<{'c' * 200}@{'d' * 47}>"
    raw = to_bytes(mail(message_id=long, thread_root=root))
    lines = raw.split(b"\r\n")
    for line in (f"Message-ID: {long}", f"References: {root}", f"In-Reply-To: {root}"):
        assert line.encode() in lines
    assert max(map(len, lines)) <= 998


def test_the_first_mail_of_a_thread_does_not_answer_itself() -> None:
    first = mail(message_id="<conv-042@commune.example>", thread_root="<conv-042@commune.example>")
    assert b"References" not in to_bytes(first)


def test_an_invitation_is_neither_threaded_nor_answered_elsewhere() -> None:
    raw = to_bytes(mail(calendar=INVITATION, thread_root="<conv-042@commune.example>", reply_to=(COORDINATOR,)))
    message = read(raw)
    assert [message[name] for name in ("References", "In-Reply-To", "Reply-To")] == [None, None, None]


@given(FRENCH)
def test_any_french_subject_reads_back_the_same(words: str) -> None:
    sent = mail(subject="Échéance " + words)
    raw = to_bytes(sent)
    assert subject_of(raw) == sent.subject
    assert read(raw)["Subject"] == sent.subject


@pytest.mark.parametrize("words", ['préavis\u202f"5\u202f"', "=?utf-8?q?loyer?=", "x" * 130, "é " * 65])
def test_a_subject_that_is_hard_to_fold_reads_back_the_same_in_short_lines(words: str) -> None:
    sent = mail(subject="Objet " + words)
    raw = to_bytes(sent)
    assert subject_of(raw) == read(raw)["Subject"] == sent.subject
    assert all(len(line) <= 76 for line in raw.partition(b"Subject")[2].partition(b"Date")[0].split(b"\r\n"))


@given(st.text(min_size=1))
def test_no_subject_or_name_can_add_a_header(words: str) -> None:
    sent = mail(subject="Objet " + words, recipient=Mailbox(name=words, address=PARTNER.address))
    message = read(to_bytes(sent))
    assert message.keys() == read(to_bytes(mail())).keys()
    (recipient,) = message["To"].addresses
    assert recipient.addr_spec == PARTNER.address
    assert name_of(to_bytes(sent)) == sent.recipient.name


@given(st.text(), st.text())
def test_any_text_is_seven_bit_in_short_lines_and_reads_back(text: str, html: str) -> None:
    sent = mail(text=text, html=html)
    raw = to_bytes(sent)
    assert raw.isascii()
    assert all(len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    plain = next(part for part in read(raw).walk() if part.get_content_type() == "text/plain")
    expected = sent.text.replace("\r\n", "\n").replace("\r", "\n")
    got = plain.get_payload(decode=True)
    assert isinstance(got, bytes)
    assert got.decode().replace("\r\n", "\n").rstrip("\n") == expected.rstrip("\n")


def test_a_subject_pasted_with_line_separators_becomes_one_line() -> None:
    sent = mail(subject="Réunion\u2028du\r\nBcc: x@y.example\x0bcomité")
    assert sent.subject == "Réunion du Bcc: x@y.example comité"
    assert "Bcc" not in read(to_bytes(sent))


def test_an_endless_subject_is_cut_at_a_word() -> None:
    subject = mail(subject="échéance " * 100).subject
    assert len(subject) <= SUBJECT_LIMIT
    assert subject.endswith("échéance…")


def test_a_mail_without_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="objet"):
        mail(subject=" \u2028 ")


def test_a_mail_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        mail(date=dt.datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "value", ["a@b.example", "<a@b.example>\r\nBcc: x@y.example", "<a b@c.example>", "<é@b.example>"]
)
def test_an_identifier_that_is_not_one_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="identifiant"):
        mail(message_id=value)


def test_a_name_with_a_comma_stays_one_person() -> None:
    someone = Mailbox(name='Service "Emploi", accueil', address=PARTNER.address)
    (recipient,) = read(to_bytes(mail(recipient=someone)))["To"].addresses
    assert (recipient.display_name, recipient.addr_spec) == (someone.name, PARTNER.address)


def test_a_person_without_a_name_is_written_by_address_alone() -> None:
    raw = to_bytes(mail(recipient=Mailbox(address=PARTNER.address), sender=AGENDA))
    assert b"\r\nTo: referente@partenaire.example\r\n" in raw
