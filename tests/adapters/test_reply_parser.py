"""Reports of mail servers, automatic mail, mail for a person, and bytes meant to hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.reply_parser import LARGEST
from domain.replies.reading import Parsed
from tests.adapters.replies import failure, mail, parse, recorded, reply

MARK = "9b74c9897bac770f"
FAILED = "Final-Recipient: rfc822; a@operateur.example\r\nAction: failed\r\nStatus: 5.1.1"


def test_a_failure_reported_by_postfix_is_matched_by_its_marks() -> None:
    report = parse(recorded("postfix-failure.eml")).report
    assert report is not None
    assert report.marks == (MARK, "0cc175b9c0f1b6a831c399e269772661")
    assert (report.outcome, report.status) == ("failed", "5.1.1")


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


def test_the_envelope_id_is_a_mark_too() -> None:
    raw = failure(FAILED, to="agenda@ville.example")
    raw = raw.replace(b"Reporting-MTA", f"Original-Envelope-Id: {MARK}\r\nReporting-MTA".encode())
    report = parse(raw).report
    assert report is not None
    assert report.marks == (MARK,)


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


@pytest.mark.parametrize(
    "fields", [{}, {"auto_submitted": "no"}, {"subject": "Absence de deux agents le 14 janvier"}]
)
def test_what_a_person_writes_is_for_a_person(fields: dict[str, str]) -> None:
    assert parse(mail("Bonjour, je serai en retard.", **fields)).sort == "other"


def test_the_answer_of_a_meeting_room_is_an_answer_though_it_is_automatic() -> None:
    raw = reply().replace(b"To:", b"Auto-Submitted: auto-generated\r\nTo:", 1)
    assert parse(raw).sort == "answer"


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
    for place, value in draw.draw(
        st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=40)
    ):
        spoilt[place] = value
    assert isinstance(parse(bytes(spoilt)), Parsed)


@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_read(raw: bytes) -> None:
    assert parse(raw).sort in ("other", "automatic", "unreadable")
