"""Reports of mail servers about a message of ours (RFC 3464, and RFC 6533 for the internationalised ones): for good, or late."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_string
from email.message import Message
from itertools import islice

from echeancier.adapters.inbox.headers import MOST_PARTS, addresses, field
from echeancier.domain.answers.reply import DeliveryReport, Parsed, mark_of
from echeancier.domain.messages.tokens import LinkKey

_RETURN_TOKEN = re.compile(r"\+([0-9a-f]{32})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_BLANK = re.compile(r"\r?\n[ \t]*\r?\n")


def return_mark(mail: Message, keys: Iterable[LinkKey]) -> str:
    """Return the mark of the message whose return address a mail came to; empty unless our own key made that address."""
    trusted = tuple(keys)
    tokens = (token for address in addresses(mail, *_TO) for token in _RETURN_TOKEN.findall(address))
    return next((mark for token in tokens if (mark := mark_of(token, trusted))), "")


def delivery_report(mail: Message, mark: str) -> Parsed | None:
    """Return what a report says; None when the mail is no report.

    Anybody can write a report. It is believed only at the return address of the message it speaks of, and nothing of its
    words is kept.

    Args:
        mail: as received.
        mark: of the message whose return address it came to, empty for none.
    """
    blocks = list(_blocks(mail))
    if not blocks:
        return None
    actions = {field(block, "Action").casefold() for block in blocks} - {""}
    statuses = [found[0] for block in blocks if (found := _STATUS.search(field(block, "Status")))]
    outcome = _outcome(actions, statuses)
    if outcome == "delivered":
        return Parsed(sort="automatic", why="avis de remise")
    if not outcome or not mark:
        what = "qui n’est venu à aucune de nos adresses de retour" if not mark else "sans résultat lisible"
        return Parsed(sort="unreadable", why=f"avis de non-remise {what}")
    report = DeliveryReport(
        outcome="failed" if outcome == "failed" else "delayed", status=statuses[0] if statuses else ""
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
    """The blocks of fields of each delivery report in the mail; what a report returns to us is not looked into."""
    for part in islice(mail.walk(), MOST_PARTS):
        content = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(content, list):
            yield from (block for block in content if isinstance(block, Message))
        elif part.get_content_type() == "message/global-delivery-status":
            yield from (message_from_string(block) for block in _BLANK.split(_words(part)) if block.strip())


def _words(part: Message) -> str:
    """The text of a part that the library takes for a mail in a mail, encoded or not (RFC 6533 §4)."""
    content = part.get_payload()
    text = (
        "".join(inner.as_string() for inner in content if isinstance(inner, Message))
        if isinstance(content, list)
        else str(content)
    )
    if str(part.get("Content-Transfer-Encoding", "")).strip().casefold() not in (
        "base64",
        "quoted-printable",
    ):
        return text
    encoded = Message()
    encoded["Content-Transfer-Encoding"] = str(part["Content-Transfer-Encoding"]).strip()
    encoded.set_payload(text.strip())
    decoded = encoded.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
