"""Mails that come back, to read: recorded ones, and small ones written here."""

from pathlib import Path

from echeancier.adapters.inbox.parser import parsed
from echeancier.domain.answers.reply import ItipAnswer, Parsed, return_token
from echeancier.domain.messages.tokens import LinkKey

FIXTURES = Path(__file__).parents[1] / "fixtures" / "replies"
UID = "0b7d9c52-5f7c-4a5e-9f0e-2d1c3b4a5968"
GUEST = "agence@operateur.example"


def recorded(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


KEY = LinkKey(bytes(range(32)))
MARK = "9b74c9897bac770f"
RETURN = f"bounces+{MARK}{KEY.return_mark(MARK)}@ville.example"
"""The return address of a message of ours."""


class FixedKeys:
    """The one key of these tests."""

    def current(self) -> LinkKey:
        return KEY

    def trusted(self) -> dict[str, LinkKey]:
        return {KEY.id: KEY}


def return_address(message_id: str, key: LinkKey = KEY) -> str:
    """Return the address to which a message of ours comes back."""
    return f"bounces+{return_token(message_id, key)}@ville.example"


def parse(raw: bytes, authserv_id: str = "") -> Parsed:
    return parsed(raw, (KEY,), authserv_id)


def mail(
    body: str = "",
    *,
    sender: str = GUEST,
    content_type: str = "text/plain",
    message_id: str = "<reponse-1@operateur.example>",
    **fields: str,
) -> bytes:
    """Return a mail; a field such as ``auto_submitted`` is written Auto-Submitted."""
    head = {
        "From": f"Agence <{sender}>",
        "To": "agenda@ville.example",
        "Message-ID": message_id,
        "Content-Type": f"{content_type}; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        **{name.replace("_", "-").title(): value for name, value in fields.items()},
    }
    return ("".join(f"{name}: {value}\r\n" for name, value in head.items()) + f"\r\n{body}\r\n").encode()


def calendar(*lines: str, method: str = "REPLY", without: str = "", partstat: str = "ACCEPTED") -> str:
    """Return the file of an answer; ``lines`` are added, those that begin with ``without`` left out."""
    event = [
        f"UID:{UID}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{GUEST}",
        "DTSTAMP:20261122T105935Z",
        "DTSTART:20270114T090000Z",
        "SEQUENCE:2",
    ]
    kept = [line for line in event if not without or not line.startswith(without)]
    whole = ["BEGIN:VCALENDAR", f"METHOD:{method}", "VERSION:2.0", "PRODID:-//x//y//FR", "BEGIN:VEVENT"]
    return "\r\n".join([*whole, *kept, *lines, "END:VEVENT", "END:VCALENDAR", ""])


def reply(
    *lines: str, sender: str = GUEST, method: str = "REPLY", without: str = "", partstat: str = "ACCEPTED"
) -> bytes:
    """Return the mail of an answer."""
    body = calendar(*lines, method=method, without=without, partstat=partstat)
    return mail(body, sender=sender, content_type="text/calendar")


def answer(raw: bytes, authserv_id: str = "") -> ItipAnswer:
    found = parse(raw, authserv_id)
    assert found.answer is not None, found.why
    return found.answer


def failure(fields: str, *, to: str = RETURN, **more: str) -> bytes:
    """Return a delivery report with the fields of its one recipient."""
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nEchec.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.ville.example\r\n\r\n"
        f"{fields}\r\n\r\n--b--"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="b"'
    fields_of_mail = {
        "to": to,
        "auto_submitted": "auto-replied",
        "sender": "MAILER-DAEMON@mail.ville.example",
        **more,
    }
    return mail(body, content_type=kind, **fields_of_mail)
