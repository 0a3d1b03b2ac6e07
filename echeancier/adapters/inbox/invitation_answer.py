"""Answers to invitations (iTIP, RFC 5546, carried by iMIP, RFC 6047), whoever's program wrote them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from itertools import islice

from icalendar import Calendar, Event, vCalAddress

from echeancier.adapters.inbox.authentication import is_proven
from echeancier.adapters.inbox.headers import MOST_PARTS, sender
from echeancier.domain.answers.reply import ItipAnswer, Parsed
from echeancier.domain.facts.mail import AnswerWord

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


def calendar_answer(mail: Message, authserv_id: str = "") -> Parsed | None:
    """Return the answer that a mail carries; None when it carries no calendar file.

    The same answer usually comes twice, as a part and as a file; two different ones are put aside. Whatever type the file
    has; a mail that the answer carries back is read only when nothing else answers.

    Args:
        mail: as received.
        authserv_id: the name of our own mail server, empty for none.
    """
    found = _found(mail, authserv_id, returned=False)
    if not any(parsed.sort == "answer" for parsed in found):
        found += _found(mail, authserv_id, returned=True)
    answers = [parsed for parsed in found if parsed.sort in ("answer", "refresh")]
    if len(answers) > 1:
        return Parsed(
            sort="unreadable",
            why="réponse d’agenda illisible\u00a0: deux réponses différentes dans un courriel",
        )
    # An invitation of ours that comes back beside an answer says nothing; one that nobody can read does.
    unread = [parsed for parsed in found if parsed.sort == "unreadable"]
    return next(iter([*answers, *unread, *found]), None)


def _found(mail: Message, authserv_id: str, *, returned: bool) -> list[Parsed]:
    """What each different calendar file says: of the mail itself, or of the mails that it carries."""
    found: list[Parsed] = []
    proven = is_proven(mail, authserv_id)
    for content in _files(mail, returned=returned):
        try:
            parsed = _read(content, sender(mail), proven=proven and not returned)
        except _UnusableError as problem:
            parsed = Parsed(sort="unreadable", why=f"réponse d’agenda illisible\u00a0: {problem}")
        if parsed not in found:
            found.append(parsed)
    return found


def _files(mail: Message, *, returned: bool) -> Iterator[str | None]:
    """The text of each calendar file, None for one that is too big to be an answer."""
    inner = {id(part) for part in _returned_parts(mail)}
    for part in islice(mail.walk(), MOST_PARTS):
        if part.is_multipart() or (id(part) in inner) is not returned:
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and _is_calendar(part, content):
            yield _text(content, part.get_content_charset()) if len(content) <= LARGEST else None


def _returned_parts(mail: Message) -> Iterator[Message]:
    """Every part of the mails that a mail carries."""
    for part in islice(mail.walk(), MOST_PARTS):
        if part is not mail and part.get_content_maintype() == "message" and part.is_multipart():
            yield from islice(part.walk(), MOST_PARTS)


def _is_calendar(part: Message, content: bytes) -> bool:
    """Gateways send the file of an answer under any type at all: its name, or its first words, say what it is."""
    if part.get_content_type() in ("text/calendar", "application/ics"):
        return True
    if str(part.get_filename("")).casefold().endswith((".ics", ".ical", ".icalendar")):
        return True
    return content[:100].lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR")


def _text(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")


def _read(content: str | None, written_by: str, *, proven: bool) -> Parsed:
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
        return Parsed(sort="other", why=f"fichier d’agenda qui n’est pas une réponse ({method[:20] or 'sans METHOD'})")
    answer = _answer(calendar, method, written_by, proven=proven)
    return Parsed(sort="answer", why="réponse à une invitation", answer=answer)


def _answer(calendar: Calendar, method: str, written_by: str, *, proven: bool) -> ItipAnswer:
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
    word: AnswerWord | None = "counter" if method == "COUNTER" else _ANSWERS.get(_parameter(guest, "PARTSTAT").upper())
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
        declared=address != written_by or not proven,
        by_another=address != written_by,
    )


def _guest(event: Event, method: str, written_by: str) -> vCalAddress:
    """The one who answers. Of several only the sender can be meant, and only in a proposal or a delegation."""
    given = event.get("ATTENDEE", [])
    guests = [guest for guest in (given if isinstance(given, list) else [given]) if isinstance(guest, vCalAddress)]
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
