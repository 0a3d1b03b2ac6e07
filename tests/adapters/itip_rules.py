"""Our own reading of the rules an invitation must follow, independent of the code that writes it.

Sources: RFC 5545 (syntax), RFC 5546, 3.2 (what each method must hold), and what mail programs need.
"""

import re

_ONE_EACH = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER")
_FORBIDDEN = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "DURATION")


def unfolded(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n ", "").split("\r\n")[:-1]


def names(lines: list[str]) -> list[str]:
    return [re.split("[;:]", line, maxsplit=1)[0] for line in lines]


def event_of(raw: bytes) -> list[str]:
    lines = unfolded(raw)
    return lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]


def syntax_problems(raw: bytes) -> list[str]:
    """Line ends, folding and balance (RFC 5545, 3.1 and 3.6)."""
    problems = []
    if not raw.endswith(b"\r\n") or re.search(rb"\r(?!\n)|(?<!\r)\n", raw):
        problems.append("line ends are not all CRLF")
    if any(len(line) > 75 for line in raw.split(b"\r\n")):
        problems.append("a line is longer than 75 octets")
    for physical in raw.split(b"\r\n"):
        try:
            physical.decode()
        except UnicodeDecodeError:
            problems.append("a character is cut by folding")
    depth: list[str] = []
    for line in unfolded(raw):
        if line.startswith("BEGIN:"):
            depth.append(line[6:])
        elif line.startswith("END:") and (not depth or depth.pop() != line[4:]):
            problems.append(f"unbalanced {line}")
    return problems + [f"never ended: {name}" for name in depth]


def invitation_problems(raw: bytes) -> list[str]:
    """Everything a REQUEST or a CANCEL must and must not hold; empty when all is well."""
    problems = syntax_problems(raw)
    lines, event = unfolded(raw), event_of(raw)
    calendar = lines[: lines.index("BEGIN:VEVENT")]
    found = names(event)
    methods = [line[7:] for line in calendar if line.startswith("METHOD:")]
    if len(methods) != 1 or methods[0] not in {"REQUEST", "CANCEL"}:
        problems.append(f"METHOD: {methods}")
    problems += [f"{name} appears {found.count(name)} times" for name in _ONE_EACH if found.count(name) != 1]
    problems += [f"{name} is forbidden" for name in _FORBIDDEN if name in found]
    problems += ["an alarm"] if "BEGIN:VALARM" in lines else []
    problems += ["more than one event"] if lines.count("BEGIN:VEVENT") != 1 else []
    problems += (
        ["DTSTAMP is not in UTC"] if not re.search(r"^DTSTAMP:\d{8}T\d{6}Z$", "\n".join(event), re.MULTILINE) else []
    )
    zones = {match[1] for line in event if (match := re.match(r"DT(?:START|END);TZID=([^:]+):", line))}
    given = {line[5:] for line in calendar if line.startswith("TZID:")}
    problems += [] if zones == given else [f"zones used {zones}, zones given {given}"]
    return problems + _people_problems(event, methods[:1] == ["REQUEST"])


def _people_problems(event: list[str], request: bool) -> list[str]:
    attendees = [line for line in event if line.startswith("ATTENDEE")]
    organizer = next((line for line in event if line.startswith("ORGANIZER")), "")
    problems = ["nobody is invited"] if not attendees else []
    mails = [line.rpartition("mailto:")[2].casefold() for line in attendees]
    problems += ["someone is invited twice"] if len(set(mails)) != len(mails) else []
    problems += ["the organizer is invited"] if organizer.rpartition("mailto:")[2].casefold() in mails else []
    for line in attendees if request else []:
        problems += [f"no {part}" for part in ("RSVP=TRUE", "PARTSTAT=NEEDS-ACTION", "ROLE=") if part not in line]
    return problems
