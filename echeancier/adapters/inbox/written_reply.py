"""What a person answers in a few closed words to a mail of ours: « fait le 12 », « reçu », « vu », « pas avant le 20 ».

Only the words above whatever is quoted are looked at, in the plain text; a greeting before them, a closing and a signature after
them are passed over. Anything else, however clear it may be, is for a person to read.
"""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from echeancier.adapters.inbox.authentication import is_proven
from echeancier.adapters.inbox.automatic_mail import speaks_of_a_departure
from echeancier.adapters.inbox.headers import MOST_PARTS, sender
from echeancier.domain.answers.reply import ClosedWords, WrittenReply

MOST_READ = 20_000
"""Characters of the text that are looked at."""

_MOST_LINES, _LONGEST = 10, 90
"""Of what stands below a closing and is taken for a signature."""

_FRENCH = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre")
_ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
)
_MONTHS = {name: number for names in (_FRENCH, _ENGLISH) for number, name in enumerate(names, start=1)} | {
    "décembre": 12, "december": 12, "fevrier": 2, "aout": 8, "decembre": 12,
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(_MONTHS) + ")"
_YEAR = r"(?P<year>\d{4})"

_DAYS_FR = (
    rf"le (?P<day>\d{{1,2}}|1er)(?: {_MONTH}(?: {_YEAR})?)?",
    rf"le (?P<day>\d{{1,2}})/(?P<figure>\d{{1,2}})(?:/{_YEAR})?",
)
_DAYS_EN = (
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: (?:of )?{_MONTH}(?:,? {_YEAR})?)?",
    rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?",
)
"""No figures with a stroke: 3/4 is a day of March to some and of April to others."""

_SAID = (
    ("done", r"(?:c’est )?(?:bien )?fait", r" DAY", _DAYS_FR),
    ("received", r"(?:c’est )?(?:bien )?reçue?s?", r" DAY", _DAYS_FR),
    ("seen", r"vu|(?:vu,? )?je m’en (?:charge|occupe)", "", ()),
    ("later", r"pas avant DAY", "", _DAYS_FR),
    ("done", r"(?:it(?: is|’s) )?done", r" on DAY", _DAYS_EN),
    ("received", r"(?:well )?received", r" on DAY", _DAYS_EN),
    ("seen", r"seen|(?:seen,? )?i(?:’ll| will) take care of it", "", ()),
    ("later", r"not before DAY", "", _DAYS_EN),
)
"""What may be said, without a day, then with one."""


def _forms() -> Iterator[tuple[str, re.Pattern[str]]]:
    for act, said, with_day, days in _SAID:
        if "DAY" not in said:
            yield act, re.compile(said)
        for day in days:
            yield act, re.compile((said if "DAY" in said else f"(?:{said}){with_day}").replace("DAY", day))


_FORMS = tuple(_forms())

_GREETING = re.compile(
    r"(?:bonjour|bonsoir|madame|monsieur|hello|hi|dear|good (?:morning|afternoon))\b[^.!?]{0,40}?(?:[,.!]|$)\s*"
)
_CLOSING = re.compile(
    r"(?:bien )?(?:cordialement|à vous|respectueusement)|cdt|cdlt|merci(?: d’avance| beaucoup| à vous)?"
    r"|bonne (?:journée|soirée|réception|fin de journée)|(?:sincères |meilleures )?salutations"
    r"|(?:best |kind |warm )?regards|many thanks|thanks|thank you|best|yours sincerely"
)
_SECOND_THOUGHT = re.compile(r"(?:p\.?-?s\.?|n\.?b\.?)\b|.*\?")
_QUOTE = re.compile(
    r">|-{3,} ?(?:message d’origine|original message|message transféré|forwarded message)|_{10,}|(?:de|from) ?: .*@?"
    r"|le .{5,200} a écrit ?:|on .{5,200} wrote ?:"
)
_SIGNATURE = re.compile(r"--|envoyé (?:de|depuis) mon |sent from my |télécharger outlook|get outlook")


def written_reply(mail: Message, authserv_id: str) -> WrittenReply | None:
    """Return what a person answered to a mail of ours; None for words that say, as machines do, that somebody is gone.

    Args:
        mail: neither a report, nor an answer to an invitation, nor automatic.
        authserv_id: the name of our own mail server, empty for none.
    """
    text = _plain_text(mail)
    if text is not None and speaks_of_a_departure(" ".join(_above_the_quote(text))):
        return None
    said = None if text is None else closed_words(text)
    why = "sans texte simple, ou avec une pièce jointe" if text is None else "en mots libres"
    return WrittenReply(
        address=sender(mail), proven=is_proven(mail, authserv_id), said=said, why="" if said is not None else why
    )


def closed_words(text: str) -> ClosedWords | None:
    """Return what the words above the quoted mail say, None for anything but the closed forms."""
    lines = list(_above_the_quote(text))
    while lines and (greeting := _GREETING.match(lines[0])):
        lines[0] = lines[0][greeting.end() :]
        lines = lines[0 if lines[0] else 1 :]
    if not lines or not _only_ends(lines[1:]):
        return None
    words = lines[0].rstrip(" .!")
    for act, form in _FORMS:
        if found := form.fullmatch(words):
            return _in_figures(act, found.groupdict())
    return None


def _in_figures(act: str, found: dict[str, str | None]) -> ClosedWords | None:
    day, month, figure, year = (found.get(name) for name in ("day", "month", "figure", "year"))
    return ClosedWords.model_validate(
        {
            "act": act,
            "day": None if day is None else int(day.removesuffix("er")),
            "month": _MONTHS[month] if month else int(figure) if figure else None,
            "year": int(year) if year else None,
        }
    )


def _only_ends(lines: list[str]) -> bool:
    """Whether what follows is a closing, and below it what looks like a signature: no second thought, no question."""
    if not lines:
        return True
    if not _CLOSING.fullmatch(lines[0].rstrip(" ,.!")):
        return False
    return len(lines) <= _MOST_LINES and not any(
        len(line) > _LONGEST or _SECOND_THOUGHT.match(line) for line in lines[1:]
    )


def _above_the_quote(text: str) -> Iterator[str]:
    lines = [_plain(line) for line in text[:MOST_READ].splitlines()]
    for number, line in enumerate(lines):
        # Programs fold « Le …, … a écrit : » over two lines.
        both = f"{line} {lines[number + 1]}" if number + 1 < len(lines) else line
        if _QUOTE.match(line) or _SIGNATURE.match(line) or (line.startswith(("le ", "on ")) and _QUOTE.fullmatch(both)):
            return
        if line:
            yield line


def _plain(line: str) -> str:
    return " ".join(line.replace("'", "’").split()).casefold()


def _plain_text(mail: Message) -> str | None:
    """The words of a mail; None where it has none in plain text, or carries a file that somebody must look at."""
    text = None
    for part in islice(mail.walk(), MOST_PARTS):
        sort = part.get_content_maintype()
        if part.get_content_disposition() == "attachment" or sort not in ("text", "multipart", "image"):
            return None
        if text is None and part.get_content_type() == "text/plain":
            text = part
    content = None if text is None else text.get_payload(decode=True)
    if text is None or not isinstance(content, bytes):
        return None
    try:
        return content.decode(text.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")
