"""Reports of mail servers about a message of ours (RFC 3464): for good, or late."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from adapters.reply_headers import addresses, field, sender
from domain.replies.reading import DeliveryReport, Parsed

MOST_PARTS = 200

_RETURN_MARK = re.compile(r"\+([0-9a-f]{16})@")
_ENVELOPE_MARK = re.compile(r"[0-9a-f]{16}")
_HEADER_MARK = re.compile(r"<([0-9a-f]{32})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_SERVERS = ("mailer-daemon@", "postmaster@")
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


def delivery_report(mail: Message) -> Parsed | None:
    """Return what a report says; None when the mail is no report."""
    blocks = list(_blocks(mail))
    if not blocks:
        # Some servers write a failure in plain words: a person must see it, and we do not guess.
        if sender(mail).startswith(_SERVERS):
            return Parsed(
                sort="unreadable", why="avis d’un serveur de courriel, sans rapport que nous sachions lire"
            )
        return None
    actions = {field(block, "Action").casefold() for block in blocks} - {""}
    statuses = [found[0] for block in blocks if (found := _STATUS.search(field(block, "Status")))]
    outcome = _outcome(actions, statuses)
    if outcome == "delivered":
        return Parsed(sort="automatic", why="avis de remise")
    marks = tuple(dict.fromkeys(_marks(mail, blocks)))
    if not outcome or not marks:
        what = "sans résultat lisible" if not outcome else "qui ne nomme aucun de nos messages"
        return Parsed(sort="unreadable", why=f"avis de non-remise {what}")
    report = DeliveryReport(
        marks=marks,
        outcome="failed" if outcome == "failed" else "delayed",
        status=statuses[0] if statuses else "",
    )
    return Parsed(sort="undelivered", why="avis de non-remise", report=report)


def _outcome(actions: set[str], statuses: list[str]) -> str:
    """The word of the report decides: a server that gave up on a 4.x.x has failed for good (RFC 3464 §2.3.3).

    Without it the class of the status does: 5 is for good, 4 is not (RFC 3463).
    """
    for word in ("failed", "delayed"):
        if word in actions:
            return word
    if actions:
        return "delivered" if actions <= {"delivered", "relayed", "expanded"} else ""
    by_class = {"5": "failed", "4": "delayed", "2": "delivered"}
    return by_class[max(status[0] for status in statuses)] if statuses else ""


def _blocks(mail: Message) -> Iterator[Message]:
    """The blocks of fields of each delivery report in the mail."""
    for part in islice(mail.walk(), MOST_PARTS):
        content = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(content, list):
            yield from (block for block in content if isinstance(block, Message))


def _marks(mail: Message, blocks: list[Message]) -> Iterator[str]:
    """Every mark of a message of ours, the surest first: the address the report came to, which we made."""
    for address in addresses(mail, *_TO):
        yield from _RETURN_MARK.findall(address)
    for block in blocks:
        envelope = field(block, "Original-Envelope-Id").casefold()
        if _ENVELOPE_MARK.fullmatch(envelope):
            yield envelope
    for part in islice(mail.walk(), MOST_PARTS):
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield from _HEADER_MARK.findall(_message_id_line(content.decode("utf-8", "replace")))
        elif part is not mail and part.get("Message-ID") is not None:
            yield from _HEADER_MARK.findall(field(part, "Message-ID"))


def _message_id_line(fields: str) -> str:
    found = re.search(r"^message-id:\s*(<[^>\s]{1,300}>)", fields, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""
