"""Mail that no person wrote: out of office, read receipts, lists (RFC 3834 §2, RFC 8098)."""

import re
from email.message import Message
from itertools import islice

from echeancier.adapters.inbox.headers import MOST_CHARACTERS, MOST_PARTS, field, in_words, sender

_ANY_OF = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply")
_PRECEDENCE = frozenset({"auto_reply", "bulk", "junk", "list"})
_SERVERS = ("mailer-daemon@", "postmaster@")
_AWAY = re.compile(
    r"(?:réponse automatique|réponse d’absence|message d’absence|notification d’absence|absent\(?e?\)? du bureau"
    r"|absence du bureau|automatic reply|auto(?:matic)?[- ]?reply|auto:|out of (?:the )?office)(?!\w)",
    re.IGNORECASE,
)
_FAILURE = re.compile(
    r"undeliver|non[- ]?deliver|deliver(?:y|ing)[^.]{0,40}(?:fail|problem|delay|status|report|error)"
    r"|fail(?:ed|ure) (?:to )?deliver"
    r"|returned (?:mail|to sender)|mail (?:system )?error|could not be (?:sent|delivered)|non[- ]remi|échec"
    r"|retour[^.]{0,20}expéditeur"
    r"|n’a pu être remis|impossible de remettre|rejet",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"no longer|left (?:the|our) |does(?:n’t| not) exist|ne fait plus partie|n’est plus|n’existe plus|n’existe pas|a quitté"
    r"|plus (?:valide|utilisée|consultée|relevée)|nouvelle adresse|new address",
    re.IGNORECASE,
)


def speaks_of_a_failure(mail: Message) -> bool:
    """Whether a mail that is no report looks like one: by who sends it, by a field of Exim's, by its subject."""
    if sender(mail).startswith(_SERVERS) or mail.get("X-Failed-Recipients") is not None:
        return True
    return _FAILURE.search(_plain(in_words(mail, "Subject"))) is not None and _says_automatic(mail) != ""


def says_it_is_automatic(mail: Message) -> bool:
    """Whether a mail says that no person wrote it."""
    return _says_automatic(mail) != "" or _receipt(mail) is not None


def speaks_of_a_departure(words: str) -> bool:
    """Whether words say that an address or its holder is gone: machines write so without saying that they are."""
    return _GONE.search(_plain(words)) is not None


def why_automatic(mail: Message, *, came_back: bool) -> str:
    """Return in French how a mail shows that no person wrote it; empty when nothing shows it.

    The subject comes last, and only by its first words: people write « absence » too.

    Args:
        mail: it was no report and no answer.
        came_back: it came to the return address of a message of ours. There only an absence and a receipt are surely
            automatic: a failure in words of its own says « Auto-Submitted » as well.
    """
    if (receipt := _receipt(mail)) is not None:
        return "accusé de lecture" if not came_back or receipt in ("displayed", "processed") else ""
    if speaks_of_a_failure(mail) or speaks_of_a_departure(_text(mail)):
        return ""
    if _AWAY.match(_plain(in_words(mail, "Subject"))):
        return "réponse automatique, d’après son objet"
    if any(mail.get(name) is not None for name in _ANY_OF) or "vacation" in field(mail, "Auto-Submitted").casefold():
        return "réponse automatique"
    return "" if came_back else _says_automatic(mail)


def _says_automatic(mail: Message) -> str:
    submitted = field(mail, "Auto-Submitted").partition(";")[0].strip().casefold()
    if submitted not in ("", "no"):
        return "réponse automatique"
    if field(mail, "Precedence").casefold() in _PRECEDENCE:
        return "envoi automatique ou de liste"
    return ""


def _receipt(mail: Message) -> str | None:
    """What a receipt says became of a mail (RFC 8098 §3.2.6), empty when it does not say; None for no receipt."""
    if "disposition-notification" not in str(mail.get("Content-Type", "")).casefold():
        return None
    for part in islice(mail.walk(), MOST_PARTS):
        content = part.get_payload()
        if part.get_content_subtype() in ("disposition-notification", "global-disposition-notification"):
            inner = content[0] if isinstance(content, list) and content else part
            if isinstance(inner, Message):
                return field(inner, "Disposition").rpartition(";")[2].partition("/")[0].strip().casefold()
    return ""


def _text(mail: Message) -> str:
    """The beginning of the words of a mail, its own and not those it returns."""
    parts = mail.get_payload() if mail.is_multipart() else [mail]
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, Message) and part.get_content_type() == "text/plain":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content[:MOST_CHARACTERS].decode("utf-8", "replace")
    return ""


def _plain(words: str) -> str:
    return words.replace("'", "’").replace("\u00a0", " ")
