"""Text that is safe in a mail header, and addresses a French relay will deliver to."""

import re
import unicodedata

from echeancier.domain.characters import is_stray

_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}
# Bidirectional marks reorder what the reader sees: in a name or a subject they only serve to deceive.
_BIDI = {chr(point) for point in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
# Made of signs a name may have, but whoever reads the header would decode it (RFC 2047): nobody could be written to so.
_ENCODED_WORD = re.compile(r"=\?[^?]+\?[QqBb]\?[^?]*\?=")
_INVALID = "adresse de courriel invalide\u00a0: "
# Two hyphens in third and fourth place are kept for encoded labels (RFC 5891, 4.2.3.1): only « xn-- » is one.
_LABEL = re.compile(r"(?!(?!xn).{2}--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def one_line(text: str) -> str:
    """Return `text` on one line, without control, separator, surrogate or bidirectional characters.

    Each of them becomes a space, runs of ordinary spaces become one; non-breaking spaces are kept, since
    French typography needs them. A title pasted from a word processor often holds a line separator (U+2028),
    which the mail library refuses: without this, one pasted character would stop a reminder.
    """
    spaced = "".join(
        "" if char in _BIDI or is_stray(char) else " " if unicodedata.category(char) in _UNPRINTABLE else char
        for char in text
    )
    return re.sub(" {2,}", " ", spaced).strip()


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut at a word and ended by « … » when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    word_end = cut.rfind(" ")
    return (cut[:word_end] if word_end > limit // 2 else cut).rstrip() + "…"


def ascii_file_name(name: str) -> str:
    """Return a file name of ASCII letters, digits, dots, hyphens and underscores, accents removed."""
    decomposed = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9._-]+", "-", decomposed).strip("-.") or "document"


def checked_address(address: str) -> str:
    """Return `address` with its domain in lower-case ASCII (an accented domain becomes its `xn--` form).

    Only the plain form `name@domain` is accepted: no quoted name, no domain literal, no accent before the « @
    » (RFC 6531 addresses exist, but few relays deliver to them). The message never repeats the address, so
    that it may be logged.

    Raises:
        ValueError: The address cannot be used; the message says why, in French.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        raise ValueError(_INVALID + "la forme attendue est nom@domaine")
    if not local.isascii():
        raise ValueError(_INVALID + "pas d’accent avant le «\u00a0@\u00a0»")
    if _ENCODED_WORD.search(local):
        raise ValueError(_INVALID + "la partie avant le «\u00a0@\u00a0» se lirait comme un mot codé")
    if len(local) > 64 or not _LOCAL_PART.fullmatch(local):
        raise ValueError(_INVALID + "la partie avant le «\u00a0@\u00a0» n’est pas correcte")
    ascii_domain = _ascii_domain(domain)
    labels = ascii_domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(_INVALID + "le domaine après le «\u00a0@\u00a0» n’est pas correct")
    if len(local) + 1 + len(ascii_domain) > 254:
        raise ValueError(_INVALID + "plus de 254 caractères")
    return f"{local}@{ascii_domain}"


def _ascii_domain(domain: str) -> str:
    """Return the domain in ASCII; both forms of each label are checked, since either may be typed."""
    try:
        ascii_domain = unicodedata.normalize("NFC", domain).encode("idna").decode("ascii").lower()
        readable = ascii_domain.encode("ascii").decode("idna")
        same = readable.encode("idna").decode("ascii") == ascii_domain
    except UnicodeError:
        same, ascii_domain, readable = False, "", ""
    if not same or any(label.startswith("-") or label.endswith("-") for label in readable.split(".")):
        raise ValueError(_INVALID + "domaine impossible à écrire")
    return ascii_domain
