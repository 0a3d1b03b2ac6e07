"""A mail as bytes: the same model always gives the same bytes.

Written out here rather than left to the library's generator: that one draws boundaries at random, folds some
French subjects so that they do not read back the same, and may change between two releases, that is between
two attempts.

Shape (checked in Thunderbird; other shapes lose the answer buttons): the calendar is the last alternative,
and comes again as an attachment for the programs that want a file. Sources: RFC 5322, 2045, 2047, 6047
(calendar part), 3834 (Auto-Submitted).
"""

import base64
import binascii
import hashlib
import re
from email.utils import format_datetime

from domain.mail import Mailbox, OutgoingMail

_CRLF = b"\r\n"
# 64 characters per encoded word leave room for the longest field name on a line of 76 (RFC 2047, 2).
_WORD_ROOM = 64 - len("=?utf-8?q??=")
_LITERAL = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")


def to_bytes(mail: OutgoingMail) -> bytes:
    """Return the whole mail, headers and parts, in 7-bit ASCII with CRLF line ends.

    An invitation (REQUEST or CANCEL) gets no Reply-To and no threading header: its answers belong to the
    organizer.
    """
    return _CRLF.join([*_headers(mail), _body(mail)])


def _headers(mail: OutgoingMail) -> list[bytes]:
    invitation = mail.calendar is not None and mail.calendar.is_invitation
    lines = [f"From: {_mailbox(mail.sender)}", f"To: {_mailbox(mail.recipient)}"]
    if mail.reply_to is not None and not invitation:
        lines.append(f"Reply-To: {_mailbox(mail.reply_to)}")
    lines += [
        f"Subject: {_unstructured(mail.subject)}",
        f"Date: {format_datetime(mail.date)}",
        f"Message-ID: {mail.message_id}",
    ]
    if mail.thread_root not in (None, mail.message_id) and not invitation:
        lines += [f"References: {mail.thread_root}", f"In-Reply-To: {mail.thread_root}"]
    lines += [
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        f"Content-Language: {mail.language}",
        "MIME-Version: 1.0",
    ]
    return [line.encode("ascii") for line in lines]


def _body(mail: OutgoingMail) -> bytes:
    # « =_ » can appear neither in quoted-printable nor in base64, so no content can hold the boundary.
    seed = "=_" + hashlib.sha256(mail.message_id.encode()).hexdigest()[:24]
    alternatives = [_text_part("plain", mail.text), _text_part("html", mail.html)]
    files = []
    if mail.calendar is not None:
        calendar = mail.calendar
        inline = f'text/calendar; charset="utf-8"; method={calendar.method}'
        alternatives.append(_base64_part(inline, calendar.content))
        files.append(_file_part("application/ics", calendar.attachment_name, calendar.content))
    files += [_file_part(file.mime_type, file.filename, file.content) for file in mail.attachments]
    body = _multipart("alternative", f"{seed}_alternative", alternatives)
    return _multipart("mixed", f"{seed}_mixed", [body, *files]) if files else body


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    delimiter = b"--" + boundary.encode()
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'.encode()
    inside = b"".join(_CRLF + delimiter + _CRLF + part for part in parts)
    return head + inside + _CRLF + delimiter + b"--" + _CRLF


def _text_part(subtype: str, text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    encoded = binascii.b2a_qp(lines.encode("utf-8", "replace"), istext=True).replace(b"\n", _CRLF)
    kind = f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
    return kind.encode() + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + encoded


def _file_part(mime_type: str, filename: str, content: bytes) -> bytes:
    disposition = f'Content-Disposition: attachment; filename="{filename}"\r\n'
    return disposition.encode() + _base64_part(f'{mime_type}; name="{filename}"', content)


def _base64_part(content_type: str, content: bytes) -> bytes:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(content).replace(b"\n", _CRLF)


def _unstructured(text: str) -> str:
    if text.isascii() and len(text) <= 64 and "=?" not in text:
        return text
    return "\r\n ".join(_encoded_words(text))


def _mailbox(mailbox: Mailbox) -> str:
    if not mailbox.name:
        return mailbox.address
    if mailbox.name.isascii() and len(mailbox.name) <= 56 and "=?" not in mailbox.name:
        name = '"' + re.sub(r'(["\\])', r"\\\1", mailbox.name) + '"'
    else:
        name = "\r\n ".join(_encoded_words(mailbox.name))
    return f"{name}\r\n <{mailbox.address}>"


def _encoded_words(text: str) -> list[str]:
    """Cut between characters; spaces stay inside the words, so readers join them back exactly."""
    words, current = [], ""
    for char in text:
        encoded = "".join(
            "_" if byte == 0x20 else chr(byte) if byte in _LITERAL else f"={byte:02X}"
            for byte in char.encode("utf-8", "replace")
        )
        if len(current) + len(encoded) > _WORD_ROOM:
            words.append(current)
            current = ""
        current += encoded
    words.append(current)
    return [f"=?utf-8?q?{word}?=" for word in words]
