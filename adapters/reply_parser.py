"""A mail of the reply mailbox, from its bytes: a delivery report, an answer to an invitation, an automatic mail, or another.

Whatever the bytes, an answer is given: what cannot be read is for a person to read.
"""

from email import message_from_bytes
from email.message import Message

from adapters.reply_automatic import why_automatic
from adapters.reply_dsn import delivery_report
from adapters.reply_headers import field
from adapters.reply_itip import calendar_answer
from domain.replies.reading import Parsed

LARGEST = 10 * 1024 * 1024
"""Bytes of a mail that is looked into; an answer with its pictures stays far below."""


class ReplyParser:
    """Implements the port of the same name."""

    def parse(self, raw: bytes) -> Parsed:
        """Return what a mail is; never raises, whatever the bytes."""
        if len(raw) > LARGEST:
            head = _safely(raw[:65536], only_fields=True)
            return head.model_copy(
                update={"sort": "unreadable", "why": f"courriel de {len(raw) >> 20}\u00a0Mo, trop gros"}
            )
        return _safely(raw)


def _safely(raw: bytes, *, only_fields: bool = False) -> Parsed:
    try:
        mail = message_from_bytes(raw)
        parsed = Parsed(sort="other") if only_fields else _recognised(mail)
        return parsed.model_copy(update={"message_id": field(mail, "Message-ID")})
    # What the library raises on hostile bytes is not documented; nested parts end in a RecursionError.
    except (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RecursionError) as error:
        return Parsed(sort="unreadable", why=f"courriel que l’on ne sait pas lire ({type(error).__name__})")


def _recognised(mail: Message) -> Parsed:
    """Reports come first: they say Auto-Submitted too, and so do the answers of meeting rooms."""
    known = delivery_report(mail) or calendar_answer(mail)
    if known is not None:
        return known
    if why := why_automatic(mail):
        return Parsed(sort="automatic", why=why)
    return Parsed(sort="other", why="à lire")
