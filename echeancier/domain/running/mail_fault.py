"""Whose fault it is when a mail does not arrive, and how that is said: a code and our own words, never those of a server.

The codes are those of RFC 3463 and of IANA's registry of enhanced status codes (RFC 5248).
"""

import re
from typing import Final, Literal

from echeancier.domain.model import Text

Fault = Literal["", "address", "content", "settings", "in-a-row"]
"""``address``: the answer names the recipient; ``content``: a filter refuses what the mail says; ``settings``: ours
(relay, sender's address, identification, quota, size…); ``in-a-row``: several people refused one after the other, which
is no fault of theirs; empty: nobody's, or nothing was said of it."""

OF_SETTINGS: Final[frozenset[Fault]] = frozenset({"settings", "in-a-row"})
"""Faults that the town hall's own operator must mend."""

OF_THE_ADDRESS = frozenset({(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)})
"""Subject and detail of the codes that name the recipient: unknown, of no domain, badly written, moved, of a domain
without mail, disabled."""

_STATUS = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})")
_OURS = frozenset({(1, 7), (1, 8), (1, 90), (2, 3), (3, 4), (4, 5), (4, 6)})
_PARTS: dict[tuple[int, int], Text] = {
    (1, 1): Text(fr="adresse inconnue", en="unknown address"),
    (1, 2): Text(fr="domaine inconnu", en="unknown domain"),
    (1, 3): Text(fr="adresse mal écrite", en="badly written address"),
    (1, 6): Text(fr="adresse abandonnée", en="abandoned address"),
    (1, 10): Text(fr="domaine qui ne reçoit aucun courriel", en="domain that receives no mail"),
    (2, 1): Text(fr="boîte fermée", en="closed mailbox"),
    (2, 2): Text(fr="boîte pleine", en="full mailbox"),
    (4, 7): Text(fr="délai de remise dépassé", en="delivery took too long"),
}
_BY_FAULT: dict[Fault, Text] = {
    "": Text(fr="message non remis", en="message not delivered"),
    "address": Text(fr="destinataire refusé", en="recipient refused"),
    "content": Text(fr="contenu refusé par un filtre", en="content refused by a filter"),
    "settings": Text(fr="réglages de l’envoi en cause", en="a matter of our sending settings"),
    "in-a-row": Text(
        fr="plusieurs destinataires refusés de suite : réglages de l’envoi en cause",
        en="several recipients refused in a row: a matter of our sending settings",
    ),
}


def subject_and_detail(status: str) -> tuple[int, int]:
    """Return the last two numbers of an enhanced status code, zeros when there is none."""
    found = _STATUS.fullmatch(status)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def fault_of(status: str) -> Fault:
    """Return whose fault a report's status code says it is."""
    parts = subject_and_detail(status)
    if parts in OF_THE_ADDRESS:
        return "address"
    return "settings" if status.startswith("5") and (parts[0] in (5, 7) or parts in _OURS) else ""


def said_of(fault: Fault, status: str = "", code: int | None = None) -> Text:
    """Return in our words why a mail did not arrive, with the codes it was said with, as « adresse inconnue (550 5.1.1) »."""
    words = _PARTS.get(subject_and_detail(status)) if fault in ("", "address") else None
    words = words or _BY_FAULT[fault]
    known = status if _STATUS.fullmatch(status) else ""
    numbers = " ".join(part for part in ("" if code is None else str(code), known) if part)
    return Text(fr=f"{words.fr} ({numbers})", en=f"{words.en} ({numbers})") if numbers else words
