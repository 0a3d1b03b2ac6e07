"""Mail that no person wrote: out of office, read receipts, lists (RFC 3834 §2, RFC 8098)."""

import re
from email.message import Message

from adapters.reply_headers import field, in_words

_ANY_OF = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply")
_PRECEDENCE = frozenset({"auto_reply", "bulk", "junk", "list"})
_SUBJECT = re.compile(
    r"(?:réponse automatique|réponse d’absence|message d’absence|notification d’absence|absent\(?e?\)? du bureau"
    r"|absence du bureau|automatic reply|auto(?:matic)?[- ]?reply|out of (?:the )?office)\b",
    re.IGNORECASE,
)


def why_automatic(mail: Message) -> str:
    """Return in French how a mail shows that no person wrote it; empty when nothing shows it.

    The subject comes last, and only by its first words: people write « absence » too.
    """
    if "disposition-notification" in str(mail.get("Content-Type", "")).casefold():
        return "accusé de lecture"
    submitted = field(mail, "Auto-Submitted").partition(";")[0].strip().casefold()
    if submitted not in ("", "no"):
        return "réponse automatique"
    if any(mail.get(name) is not None for name in _ANY_OF):
        return "réponse automatique"
    if field(mail, "Precedence").casefold() in _PRECEDENCE:
        return "envoi automatique ou de liste"
    if _SUBJECT.match(in_words(mail, "Subject").replace("'", "’")):
        return "réponse automatique, d’après son objet"
    return ""
