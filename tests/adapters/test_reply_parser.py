"""Reports of mail servers, automatic mail, mail for a person, and bytes meant to hurt."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.adapters.inbox.parser import LARGEST
from echeancier.domain.answers.reply import Parsed
from echeancier.domain.messages.tokens import LinkKey
from tests.adapters.replies import KEY, MARK, RETURN, calendar, failure, mail, parse, recorded, reply

FAILED = "Final-Recipient: rfc822; a@operateur.example\r\nAction: failed\r\nStatus: 5.1.1"


def test_a_failure_reported_by_postfix_is_matched_by_the_return_address_we_made() -> None:
    raw = recorded("postfix-failure.eml").replace(MARK.encode(), f"{MARK}{KEY.return_mark(MARK)}".encode())
    found = parse(raw)
    assert (found.sort, found.mark) == ("undelivered", MARK)
    assert found.report is not None
    assert (found.report.outcome, found.report.status) == ("failed", "5.1.1")


STRANGER = LinkKey(bytes(32))


@pytest.mark.parametrize(
    "to",
    [
        "agenda@ville.example",
        f"agenda+{MARK}@ville.example",
        f"agenda+{MARK}{'0' * 16}@ville.example",
        f"agenda+{MARK}{STRANGER.return_mark(MARK)}@ville.example",
        f"agenda+{'0' * 16}{KEY.return_mark(MARK)}@ville.example",
        f"agenda+{MARK}{KEY.person('SQF-P', 'partner', 'a@b.example').hex()}@ville.example",
    ],
)
def test_a_report_that_came_to_no_return_address_of_ours_says_nothing_of_any_message(to: str) -> None:
    raw = failure(FAILED, to=to)
    raw = raw.replace(b"Reporting-MTA", f"Original-Envelope-Id: {MARK}\r\nReporting-MTA".encode())
    found = parse(raw)
    assert (found.sort, found.mark, found.report) == ("unreadable", "", None)


def test_no_word_of_a_server_is_kept() -> None:
    said = f"{FAILED}\r\nDiagnostic-Code: smtp; 550 5.1.1 Call us: https://aide.example/?id=7"
    parsed = parse(failure(said))
    assert parsed.report is not None
    assert "aide.example" not in parsed.model_dump_json()
    assert "Call us" not in parsed.model_dump_json()


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ("Action: failed\r\nStatus: 5.1.1", "failed"),
        ("Action: delayed\r\nStatus: 4.4.1", "delayed"),
        ("Action: failed\r\nStatus: 4.4.7", "failed"),
        ("Status: 5.2.2", "failed"),
        ("Status: 4.2.2", "delayed"),
        ("Action: failed\r\nStatus: 5.1.1\r\n\r\nAction: delayed\r\nStatus: 4.4.1", "failed"),
    ],
)
def test_the_word_of_the_report_decides_then_its_code(fields: str, outcome: str) -> None:
    report = parse(failure(fields)).report
    assert report is not None
    assert report.outcome == outcome


@pytest.mark.parametrize("fields", ["Action: delivered\r\nStatus: 2.0.0", "Action: relayed", "Status: 2.1.5"])
def test_a_confirmation_of_delivery_is_no_failure(fields: str) -> None:
    assert parse(failure(fields)).sort == "automatic"


@pytest.mark.parametrize(
    "raw",
    [
        failure(FAILED, to="agenda@ville.example"),
        failure("Action: surprising"),
        failure("X-Nothing: here"),
        mail("Votre message n’a pu être remis.", sender="MAILER-DAEMON@mail.ville.example"),
    ],
)
def test_a_report_we_cannot_match_or_read_is_for_a_person(raw: bytes) -> None:
    assert parse(raw).sort == "unreadable"


@pytest.mark.parametrize(
    "fields",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated; type=vacation"},
        {"x_autoreply": "yes"},
        {"precedence": "bulk"},
        {"subject": "Out of Office: congés"},
        {"subject": "=?utf-8?q?R=C3=A9ponse_automatique_=3A_cong=C3=A9s?="},
        {"subject": "Absence du bureau"},
    ],
)
def test_an_automatic_mail_is_recognised(fields: dict[str, str]) -> None:
    assert parse(mail("Je suis absent.", **fields)).sort == "automatic"


def test_a_read_receipt_is_automatic() -> None:
    kind = 'multipart/report; report-type=disposition-notification; boundary="b"'
    assert parse(mail("--b\r\n\r\nLu.\r\n--b--", content_type=kind)).why == "accusé de lecture"


@pytest.mark.parametrize("fields", [{}, {"auto_submitted": "no"}, {"subject": "Absence de deux agents le 14 janvier"}])
def test_what_a_person_writes_is_for_a_person(fields: dict[str, str]) -> None:
    assert parse(mail("Bonjour, je serai en retard.", **fields)).sort == "other"


def test_the_answer_of_a_meeting_room_is_an_answer_though_it_is_automatic() -> None:
    raw = reply().replace(b"To:", b"Auto-Submitted: auto-generated\r\nTo:", 1)
    assert parse(raw).sort == "answer"


GLOBAL = FAILED.replace("\r\n", "\r\n") + "\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown"


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@relais.example", "noreply@relais.example"])
@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable"])
def test_an_internationalised_report_is_read_whoever_sends_it(sender: str, coding: str) -> None:
    fields = f"Reporting-MTA: dns; relais.example\r\n\r\n{GLOBAL}\r\n"
    if coding == "base64":
        fields = base64.encodebytes(fields.encode()).decode()
    if coding == "quoted-printable":
        fields = quopri.encodestring(fields.encode()).decode()
    head = "--b\r\nContent-Type: text/plain\r\n\r\nEchec.\r\n--b\r\n"
    kind = f"Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
    returned = "--b\r\nContent-Type: message/global\r\n\r\nMessage-ID: <1@ville.example>\r\n\r\n--b--"
    report = 'multipart/report; report-type=delivery-status; boundary="b"'
    raw = mail(
        f"{head}{kind}{fields}\r\n{returned}", sender=sender, content_type=report, to=RETURN, auto_submitted="auto-replied"
    )  # fmt: skip
    found = parse(raw)
    assert found.report is not None
    assert (found.mark, found.report.outcome, found.report.status) == (MARK, "failed", "5.1.1")


@pytest.mark.parametrize(
    "fields",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated"},
        {"precedence": "bulk"},
        {"auto_submitted": "auto-replied", "x_failed_recipients": "a@operateur.example"},
        {
            "auto_submitted": "auto-replied",
            "x_autoreply": "yes",
            "x_failed_recipients": "a@operateur.example",
        },
        {"auto_submitted": "auto-replied", "x_autoreply": "yes", "subject": "Mail delivery failed"},
        {"auto_submitted": "auto-replied", "subject": "Undeliverable: Rappels"},
        {"auto_submitted": "auto-replied", "subject": "=?utf-8?q?=C3=89chec_de_la_remise?="},
        {
            "auto_submitted": "auto-replied",
            "x_autoreply": "yes",
            "body": "Cette adresse n'est plus utilisée.",
        },
        {"auto_submitted": "auto-replied", "x_autoreply": "yes", "body": "The user no longer works here."},
        {"subject": "Votre message"},
    ],
)
def test_what_comes_back_to_a_return_address_is_read_by_a_person_unless_it_is_surely_automatic(
    fields: dict[str, str],
) -> None:
    given = dict(fields)
    found = parse(mail(given.pop("body", "Bonjour"), to=RETURN, **given))
    assert found.sort in ("unreadable", "other", "reply")
    assert found.reply is None or found.reply.said is None
    assert found.mark == MARK


@pytest.mark.parametrize(
    "fields",
    [
        {"auto_submitted": "auto-replied", "subject": "Absence du bureau"},
        {"auto_submitted": "auto-replied", "subject": "Auto: Rappels"},
        {"auto_submitted": "auto-replied (vacation)", "subject": "Re: Rappels"},
        {"auto_submitted": "auto-replied", "x_autoreply": "yes"},
    ],
)
def test_an_absence_is_automatic_at_a_return_address_too(fields: dict[str, str]) -> None:
    assert parse(mail("Je suis en congés jusqu’au 3.", to=RETURN, **fields)).sort == "automatic"


def receipt(disposition: str, to: str) -> bytes:
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nLu\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Final-Recipient: rfc822;a@operateur.example\r\nDisposition: manual-action/MDN-sent-manually; {disposition}\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Invitation\r\nContent-Type: text/calendar; method=REQUEST\r\n"
        f"\r\n{calendar(method='REQUEST')}\r\n--b--"
    )
    return mail(body, to=to, content_type='multipart/report; report-type=disposition-notification; boundary="b"')


@pytest.mark.parametrize(
    ("disposition", "to", "sort"),
    [
        ("displayed", RETURN, "automatic"),
        ("displayed", "agenda@ville.example", "automatic"),
        ("deleted/error", "agenda@ville.example", "automatic"),
    ],
)
def test_a_receipt_is_automatic_though_it_returns_our_invitation(disposition: str, to: str, sort: str) -> None:
    assert parse(receipt(disposition, to)).sort == sort


def test_a_receipt_of_a_mail_deleted_unread_is_for_a_person_at_a_return_address() -> None:
    found = parse(receipt("deleted", RETURN))
    assert (found.sort != "automatic", found.mark) == (True, MARK)


def mixed(*parts: tuple[str, str], **fields: str) -> bytes:
    body = "".join(f"--b\r\nContent-Type: {kind}\r\n\r\n{content}\r\n" for kind, content in parts)
    return mail(f"{body}--b--", content_type='multipart/mixed; boundary="b"', **fields)


def test_an_absence_that_carries_our_invitation_back_is_automatic() -> None:
    parts = [("text/plain", "Absent"), ("text/calendar; method=REQUEST", calendar(method="REQUEST"))]
    assert parse(mixed(*parts, auto_submitted="auto-replied", subject="Absence du bureau")).sort == "automatic"
    assert parse(mixed(*parts)).sort == "other"


@pytest.mark.parametrize(
    "kind",
    [
        "text/calendar",
        "application/ics",
        "application/octet-stream; name=invite.ics",
        "application/octet-stream",
        'application/x-download; name="Reponse.ICS"',
        "text/plain; name=reponse.ics",
    ],
)
@pytest.mark.parametrize("automatic", ["no", "auto-replied"])
def test_an_answer_is_an_answer_under_any_type(kind: str, automatic: str) -> None:
    raw = mixed(("text/plain", "oui"), (kind, calendar()), auto_submitted=automatic)
    assert parse(raw).sort == "answer"


@pytest.mark.parametrize(
    "ours",
    [
        ("text/calendar; method=REQUEST", calendar(method="REQUEST", partstat="NEEDS-ACTION")),
        (
            "application/octet-stream; name=invitation.ics",
            calendar(method="REQUEST", partstat="NEEDS-ACTION"),
        ),
        ("message/rfc822", f"Subject: x\r\nContent-Type: text/calendar\r\n\r\n{calendar(method='REQUEST')}"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_an_answer_that_carries_our_own_invitation_back_is_an_answer(ours: tuple[str, str], first: bool) -> None:
    own = ("text/calendar; method=REPLY", calendar(partstat="DECLINED"))
    found = parse(mixed(*((ours, own) if first else (own, ours))))
    assert found.answer is not None
    assert found.answer.answer == "declined"


@pytest.mark.parametrize("first", [True, False])
def test_a_former_answer_that_a_mail_carries_back_neither_counts_beside_its_own_nor_is_proven(first: bool) -> None:
    own = ("text/calendar; method=REPLY", calendar(partstat="DECLINED"))
    former = ("message/rfc822", f"Subject: x\r\nContent-Type: text/calendar\r\n\r\n{calendar()}")
    server = "mx.ville.example"
    vouched = {"authentication_results": f"{server}; dmarc=pass header.from=operateur.example"}
    both = parse(mixed(*((former, own) if first else (own, former)), **vouched), server).answer
    assert both is not None
    assert (both.answer, both.declared) == ("declined", False)
    alone = parse(mixed(("text/plain", "Voir la réponse jointe."), former, **vouched), server).answer
    assert alone is not None
    assert (alone.answer, alone.declared) == ("accepted", True)


def test_a_damaged_file_that_its_name_calls_a_calendar_is_for_a_person_though_it_is_automatic() -> None:
    damaged = ("application/octet-stream; name=reponse.ics", "\r\n" * 60 + calendar().replace("UID", "XID"))
    assert parse(mixed(damaged, auto_submitted="auto-replied")).sort == "unreadable"


def test_a_mail_gives_its_id() -> None:
    assert parse(reply()).message_id == "<reponse-1@operateur.example>"


def test_a_mail_of_twenty_megabytes_is_for_a_person_and_keeps_its_id() -> None:
    parsed = parse(mail("x" * (2 * LARGEST)))
    assert (parsed.sort, parsed.message_id) == ("unreadable", "<reponse-1@operateur.example>")
    assert "20\u00a0Mo" in parsed.why


HOSTILE = [
    b"",
    b"\x00" * 100,
    b"From: " + b"(" * 5000 + b"\r\n\r\n",
    b"From: \xff\xfe\r\nSubject: =?utf-8?b?/////?=\r\nMessage-ID: \xff\r\n\r\n\xff",
    b"Content-Type: text/calendar; charset=nowhere\r\n\r\n\xff\xfe",
    b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n",
    b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)),
    b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: \xff",
    b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n====",
    b"Auto-Submitted: " + b"x" * 100_000 + b"\r\n\r\n",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_bytes_meant_to_hurt_give_no_answer_and_no_error(raw: bytes) -> None:
    assert parse(raw).answer is None


SAMPLES = [
    recorded("postfix-failure.eml"), recorded("thunderbird-reply.eml"), reply(), reply(method="COUNTER"),
    mail(recorded("exchange-reply.ics").decode(), content_type="text/calendar"), failure(FAILED),
]  # fmt: skip


@given(st.sampled_from(SAMPLES), st.data())
def test_a_mail_cut_short_never_raises(raw: bytes, draw: st.DataObject) -> None:
    start, end = sorted((draw.draw(st.integers(0, len(raw))), draw.draw(st.integers(0, len(raw)))))
    assert isinstance(parse(raw[start:end]), Parsed)


@given(st.sampled_from(SAMPLES), st.data())
def test_a_mail_spoilt_on_its_way_never_raises(raw: bytes, draw: st.DataObject) -> None:
    spoilt = bytearray(raw)
    for place, value in draw.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=40)):
        spoilt[place] = value
    assert isinstance(parse(bytes(spoilt)), Parsed)


@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_read(raw: bytes) -> None:
    assert parse(raw).sort in ("other", "automatic", "unreadable")
