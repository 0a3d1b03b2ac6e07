"""The calendar files that a mail carries, as its reader's program finds them."""

from email import message_from_bytes, policy
from pathlib import Path


def calendar_files(mail: bytes) -> list[bytes]:
    """Return every calendar file of a mail, its copies (beside the text and attached) once."""
    found = [
        content
        for part in message_from_bytes(mail, policy=policy.default).walk()
        if part.get_content_type() in ("text/calendar", "application/ics")
        if isinstance(content := part.get_payload(decode=True), bytes)
    ]
    return list(dict.fromkeys(found))


def files_of(mails: Path) -> dict[str, bytes]:
    """Return every calendar file of the mails below a directory, by the name of the mail and its place in it."""
    return {
        f"{path.name}/{number}": raw
        for path in sorted(mails.rglob("*.eml"))
        for number, raw in enumerate(calendar_files(path.read_bytes()))
    }
