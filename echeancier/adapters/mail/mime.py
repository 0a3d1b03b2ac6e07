"""A mail as bytes: the same model always gives the same bytes.

Shape (checked in Thunderbird; other shapes lose the answer buttons): the calendar is the last alternative,
and comes again as an attachment for the programs that want a file. Sources: RFC 5322, 2045, 2047, 6047
(calendar part), 3834 (Auto-Submitted).
"""

import hashlib
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy
from functools import cache
from typing import Any

from echeancier.domain.messages.mail import Mailbox, OutgoingMail


class _Fields(HeaderRegistry):
    """The library makes a class for each field it is given; one for each name will do."""

    @cache  # noqa: B019 - there is one, for as long as the program lives
    def __getitem__(self, name: str) -> type:
        made: type = super().__getitem__(name)
        return made


class _Policy(EmailPolicy):
    """Fields given as a `Header` are kept as it folds them.

    The newer folding loses or adds a space in French titles, whatever the length of line (a non-breaking
    space before a quote is enough), so that they do not read back the same.
    """

    def header_store_parse(self, name: str, value: object) -> tuple[str, Any]:
        if isinstance(value, Header):
            return name, value.encode(linesep=self.linesep)
        return super().header_store_parse(name, value)


# RFC 2045 (6.7, 6.8) allows 76 characters in a line of text; the other fields are never folded, since the
# library would then encode long identifiers and file names.
_CONTENT = _Policy(linesep="\r\n", max_line_length=76, header_factory=_Fields())
_FIELDS = _CONTENT.clone(max_line_length=998)


def to_bytes(mail: OutgoingMail) -> bytes:
    """Return the whole mail, headers and parts, in 7-bit ASCII with CRLF line ends.

    An invitation (REQUEST or CANCEL) gets no Reply-To and no threading header: its answers belong to the
    organizer.
    """
    message = EmailMessage(policy=_CONTENT)
    _add_fields(message, mail)
    _add_parts(message, mail)
    # Last, because the library moves the Content- fields it finds into the first part.
    message["Content-Language"] = mail.language
    # « =_ » can appear neither in quoted-printable nor in base64, so no content can hold the boundary.
    seed = "=_" + hashlib.sha256(mail.message_id.encode()).hexdigest()[:24]
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(f"{seed}_{part.get_content_subtype()}")
    return message.as_bytes(policy=_FIELDS)


def _add_fields(message: EmailMessage, mail: OutgoingMail) -> None:
    invitation = mail.calendar is not None and mail.calendar.is_invitation
    message["From"] = _person("From", mail.sender)
    message["To"] = _person("To", mail.recipient)
    if mail.reply_to and not invitation:
        message["Reply-To"] = _people("Reply-To", mail.reply_to)
    plain = _is_plain(mail.subject)
    message["Subject"] = mail.subject if plain else _encoded("Subject", mail.subject)
    message["Date"] = mail.date
    message["Message-ID"] = mail.message_id
    if mail.thread_root not in {None, mail.message_id} and not invitation:
        message["References"] = message["In-Reply-To"] = mail.thread_root
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"


def _add_parts(message: EmailMessage, mail: OutgoingMail) -> None:
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    files = [(file.mime_type, file.filename, file.content) for file in mail.attachments]
    if mail.calendar is not None:
        calendar = mail.calendar
        inline = {"charset": "utf-8", "method": calendar.method}
        message.add_alternative(calendar.content, maintype="text", subtype="calendar", params=inline)
        files.insert(0, ("application/ics", calendar.attachment_name, calendar.content))
    for mime_type, filename, content in files:
        maintype, _, subtype = mime_type.partition("/")
        named = {"name": filename}
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=filename, params=named)


def _person(field: str, mailbox: Mailbox) -> Address | Header:
    if _is_plain(mailbox.name):
        return Address(mailbox.name, addr_spec=mailbox.address)
    return _people(field, (mailbox,))


def _people(field: str, mailboxes: tuple[Mailbox, ...]) -> Header:
    """Several people in one field; each name is an encoded word of its own, so that none can add an address."""
    header = Header(maxlinelen=74, header_name=field)
    for count, mailbox in enumerate(mailboxes, start=1):
        if mailbox.name:
            header.append(mailbox.name, "utf-8")
        header.append(f"<{mailbox.address}>" + ("," if count < len(mailboxes) else ""), "us-ascii")
    return header


def _encoded(field: str, text: str) -> Header:
    # 74, for lines of 76 and encoded words of 75 (RFC 2047, 2): `Header` passes its limit by two.
    return Header(text, "utf-8", maxlinelen=74, header_name=field)


def _is_plain(text: str) -> bool:
    # « =? » begins an encoded word: written as it is, it would be decoded.
    return text.isascii() and len(text) <= 64 and "=?" not in text
