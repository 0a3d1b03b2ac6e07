"""Whether our own mail server vouches for the sender of a mail (RFC 8601): what anybody can write proves nothing."""

import re
from email.message import Message

from echeancier.adapters.inbox.headers import MOST_CHARACTERS, sender
from echeancier.domain.text import one_line

_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_RESULT = re.compile(r"\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)(?=\s|$)", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z]+\.[a-z0-9-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)


def is_proven(mail: Message, authserv_id: str) -> bool:
    """Whether our mail server says that the domain of From sent the mail: DMARC, else DKIM or SPF aligned with it.

    Only the topmost field of that server counts: a server adds its own on top (RFC 8601 §4), and those further down came
    with the mail. A failed DMARC outweighs the rest.
    """
    domain = sender(mail).rpartition("@")[2]
    if not authserv_id or not domain:
        return False
    results = _topmost(mail, authserv_id.casefold())
    dmarc = [(result, of) for method, result, of in results if method == "dmarc"]
    if len(dmarc) > 1 or any(result == "fail" for result, _ in dmarc):
        return False  # said twice: what a stranger wrote is repeated in the field, unquoted
    if any(result == "pass" and of.get("header.from", "") == domain for result, of in dmarc):
        return True
    passed = [(method, of) for method, result, of in results if result == "pass"]
    return any(
        (method == "dkim" and _covers(_domain(of.get("header.d", of.get("header.i", ""))), domain))
        or (method == "spf" and _covers(domain, _domain(of.get("smtp.mailfrom", ""))))
        for method, of in passed
    )


def _topmost(mail: Message, authserv_id: str) -> list[tuple[str, str, dict[str, str]]]:
    """Each (method, result, properties) of the first field that our server added; nothing when it added none."""
    for written in mail.get_all("Authentication-Results", []):
        text = _QUOTED.sub(" ", one_line(str(written)[:MOST_CHARACTERS]))
        while (bare := _COMMENT.sub(" ", text)) != text:
            text = bare
        name, *parts = text.split(";")
        words = name.split()
        if not words or words[0].casefold() != authserv_id:
            continue
        found = ((match, part) for part in parts if (match := _RESULT.match(part)))
        return [
            (
                match[1].casefold(),
                match[2].casefold(),
                {key.casefold(): value.casefold() for key, value in _PROPERTY.findall(part)},
            )
            for match, part in found
        ]
    return []


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("<>")


def _covers(parent: str, child: str) -> bool:
    """Whether two domains are aligned: the same, or the second one below the first."""
    return "." in parent and (child == parent or child.endswith(f".{parent}"))
