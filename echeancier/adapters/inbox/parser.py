"""A mail of the reply mailbox, from its bytes: a delivery report, an answer to an invitation, an automatic mail, or another.

Whatever the bytes, an answer is given: what cannot be read is for a person to read.
"""

from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from typing import Protocol

from echeancier.adapters.inbox.automatic_mail import says_it_is_automatic, speaks_of_a_failure, why_automatic
from echeancier.adapters.inbox.delivery_report import delivery_report, return_mark
from echeancier.adapters.inbox.headers import field
from echeancier.adapters.inbox.invitation_answer import calendar_answer
from echeancier.adapters.inbox.written_reply import written_reply
from echeancier.domain.answers.reply import Parsed
from echeancier.domain.messages.tokens import LinkKey

LARGEST = 10 * 1024 * 1024
"""Bytes of a mail that is looked into; an answer with its pictures stays far below."""


class TrustedKeys(Protocol):
    """Whoever knows the keys that make our return addresses."""

    def trusted(self) -> Mapping[str, LinkKey]:
        """Return every key to believe, by id."""
        ...


class MimeReplyParser:
    """Implements the port of the same name.

    Args:
        keys: those that make our return addresses; read for each mail.
        authserv_id: the name of our own mail server in « Authentication-Results », empty for none.
    """

    def __init__(self, keys: TrustedKeys, authserv_id: str = "") -> None:
        self._keys = keys
        self._authserv_id = authserv_id

    def parse(self, raw: bytes) -> Parsed:
        """Return what a mail is; never raises, whatever the bytes."""
        return parsed(raw, tuple(self._keys.trusted().values()), self._authserv_id)


def parsed(raw: bytes, keys: tuple[LinkKey, ...], authserv_id: str = "") -> Parsed:
    """Return what a mail is, from nothing but its bytes, our keys and the name of our own mail server; never raises."""
    if len(raw) <= LARGEST:
        return _safely(raw, keys, authserv_id)
    head = _safely(raw[:65536], keys, authserv_id, only_fields=True)
    why = f"courriel de {len(raw) >> 20}\u00a0Mo, trop gros"
    return head.model_copy(update={"sort": "unreadable", "why": why})


def _safely(raw: bytes, keys: tuple[LinkKey, ...], authserv_id: str, *, only_fields: bool = False) -> Parsed:
    try:
        mail = message_from_bytes(raw)
        mark = return_mark(mail, keys)
        found = Parsed(sort="other") if only_fields else _recognised(mail, mark, authserv_id)
        return found.model_copy(update={"message_id": field(mail, "Message-ID"), "mark": mark})
    # What the library raises on hostile bytes is not documented; nested parts end in a RecursionError.
    except (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RecursionError) as error:
        return Parsed(sort="unreadable", why=f"courriel que l’on ne sait pas lire ({type(error).__name__})")


def _recognised(mail: Message, mark: str, authserv_id: str) -> Parsed:
    """Reports come first: they say Auto-Submitted too, and so do the answers of meeting rooms.

    Our own invitation, sent back with an absence or a receipt, is no answer. What is not surely automatic is for a person.
    """
    if (report := delivery_report(mail, mark)) is not None:
        return report
    answer = calendar_answer(mail, authserv_id)
    if answer is not None and answer.sort != "other":
        return answer
    if why := why_automatic(mail, came_back=mark != ""):
        return Parsed(sort="automatic", why=why)
    if speaks_of_a_failure(mail):
        # Some servers write a failure in plain words: a person must see it, and we do not guess.
        why = "avis d’un serveur de courriel, sans rapport que nous sachions lire"
        return Parsed(sort="unreadable", why=why)
    person = answer is None and mark and not says_it_is_automatic(mail)
    if person and (written := written_reply(mail, authserv_id)) is not None:
        return Parsed(sort="reply", why="réponse à un de nos courriels", reply=written)
    return answer or Parsed(sort="other", why="à lire")
