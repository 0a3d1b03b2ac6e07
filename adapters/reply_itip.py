"""Answers to invitations (iTIP, RFC 5546, carried by iMIP, RFC 6047), whoever's program wrote them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from itertools import islice

from icalendar import Calendar, Event, vCalAddress

from adapters.reply_dsn import MOST_PARTS
from adapters.reply_headers import sender
from domain.mail_facts import AnswerWord
from domain.replies.reading import ItipAnswer, Parsed

LARGEST = 512 * 1024
"""Bytes of a calendar file; a true answer has a few thousand."""

_ANSWERS: dict[str, AnswerWord] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "DELEGATED": "delegated",
}
_LAST_SEQUENCE = 1_000_000


class _UnusableError(ValueError):
    """A calendar file that must not be believed; the message says why, in French."""


def calendar_answer(mail: Message) -> Parsed | None:
    """Return the answer that a mail carries; None when it carries no calendar file.

    The same answer usually comes twice, as a part and as a file; two different ones are put aside.
    """
    files = list(_files(mail))
    if not files:
        return None
    found: list[Parsed] = []
    for content in files:
        try:
            parsed = _read(content, sender(mail))
        except _UnusableError as problem:
            parsed = Parsed(sort="unreadable", why=f"réponse d’agenda illisible\u00a0: {problem}")
        if parsed not in found:
            found.append(parsed)
    usable = [parsed for parsed in found if parsed.sort != "unreadable"]
    if len(usable) > 1:
        return Parsed(
            sort="unreadable",
            why="réponse d’agenda illisible\u00a0: deux réponses différentes dans un courriel",
        )
    return usable[0] if usable else found[0]


def _files(mail: Message) -> Iterator[str | None]:
    """The text of each calendar file, None for one that is too big to be an answer."""
    for part in islice(mail.walk(), MOST_PARTS):
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield _text(content, part.get_content_charset()) if len(content) <= LARGEST else None


def _text(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")


def _read(content: str | None, written_by: str) -> Parsed:
    if content is None:
        raise _UnusableError("fichier trop gros")
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, LookupError, ArithmeticError, TypeError, AttributeError) as error:
        raise _UnusableError("le fichier ne suit pas la norme") from error
    if not isinstance(calendar, Calendar):
        raise _UnusableError("le fichier ne suit pas la norme")
    method = str(calendar.get("METHOD", "")).upper()
    if method == "REFRESH":
        return Parsed(sort="refresh", why="demande de renvoi d’une invitation, sans suite")
    if method not in ("REPLY", "COUNTER"):
        return Parsed(
            sort="other", why=f"fichier d’agenda qui n’est pas une réponse ({method[:20] or 'sans METHOD'})"
        )
    answer = _answer(calendar, method, written_by)
    return Parsed(sort="answer", why="réponse à une invitation", answer=answer)


def _answer(calendar: Calendar, method: str, written_by: str) -> ItipAnswer:
    events = calendar.walk("VEVENT")
    if len(events) != 1 or not isinstance(events[0], Event):
        raise _UnusableError(f"{len(events)} rencontres au lieu d’une")
    event = events[0]
    if broken := [str(name) for name, _ in (*calendar.errors, *event.errors)]:
        raise _UnusableError("champs illisibles\u00a0: " + ", ".join(broken)[:100])
    uid = str(event.get("UID", ""))
    if not uid or len(uid) > 255:
        raise _UnusableError("sans identifiant de rencontre")
    if "RECURRENCE-ID" in event:
        raise _UnusableError("porte sur une occurrence d’une série, et nos rencontres n’en sont pas")
    guest = _guest(event, method, written_by)
    word: AnswerWord | None = (
        "counter" if method == "COUNTER" else _ANSWERS.get(_parameter(guest, "PARTSTAT").upper())
    )
    if word is None:
        raise _UnusableError("ne dit ni oui, ni non, ni peut-être")
    address = _address(guest)
    return ItipAnswer(
        uid=uid,
        address=address,
        answer=word,
        sequence=_sequence(event),
        at=_instant(event, "DTSTAMP"),
        proposed_at=_instant(event, "DTSTART") if method == "COUNTER" else None,
        declared=address != written_by,
    )


def _guest(event: Event, method: str, written_by: str) -> vCalAddress:
    """The one who answers. Of several only the sender can be meant, and only in a proposal or a delegation."""
    given = event.get("ATTENDEE", [])
    guests = [
        guest for guest in (given if isinstance(given, list) else [given]) if isinstance(guest, vCalAddress)
    ]
    if len(guests) == 1:
        return guests[0]
    own = [guest for guest in guests if _address(guest) == written_by]
    if len(own) == 1 and (method == "COUNTER" or _parameter(own[0], "PARTSTAT").upper() == "DELEGATED"):
        return own[0]
    raise _UnusableError(f"{len(guests)} participants au lieu d’un")


def _address(guest: vCalAddress) -> str:
    scheme, colon, rest = str(guest).partition(":")
    # Some programs put the address in a parameter and something else in its place (RFC 7986 §6.2).
    address = rest if colon and scheme.casefold() == "mailto" else _parameter(guest, "EMAIL")
    return address.strip().casefold()


def _parameter(guest: vCalAddress, name: str) -> str:
    return str(guest.params.get(name, ""))


def _sequence(event: Event) -> int:
    try:
        sequence = int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError) as error:
        raise _UnusableError("numéro de révision illisible") from error
    if not 0 <= sequence <= _LAST_SEQUENCE:
        raise _UnusableError("numéro de révision illisible")
    return sequence


def _instant(event: Event, name: str) -> datetime | None:
    """An aware instant, in UTC; None for a bare day, or a time that belongs to no zone."""
    value = getattr(event.get(name), "dt", None)
    if not isinstance(value, datetime) or value.utcoffset() is None:
        return None
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return None
