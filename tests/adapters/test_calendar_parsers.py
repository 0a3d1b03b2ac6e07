"""Our calendar files as read by programs nobody here wrote; skipped, with the reason, where they are not installed."""

import datetime as dt
from collections.abc import Callable

import pytest

from echeancier.adapters.calendar.ics_feed import deadline_file, feed
from echeancier.adapters.calendar.ics_meeting import meeting_cancel, meeting_request
from tests.adapters.mails import PARIS, PARTNER, deadline, meeting
from tests.adapters.rehearsed import lived
from tests.support.calendars import PARSERS, ical_js, libical, missing
from tests.support.calendars.parts import calendar_files

pytestmark = pytest.mark.slow

AWKWARD = 'Réunion «\u00a0n°\u00a042\u00a0» ; salle A, B\\C : "accès" 😀 ' + "très long " * 30
MOVED = meeting(sequence=1, starts_at=dt.datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=PARIS),
                ends_at=dt.datetime(2027, 10, 31, 3, 30, tzinfo=PARIS))  # fmt: skip

FILES = {
    "invitation": meeting_request(meeting()),
    "moved to the hour that comes twice": meeting_request(MOVED),
    "in another zone": meeting_request(meeting(time_zone="America/Cayenne")),
    "awkward words": meeting_request(meeting(summary=AWKWARD, description=AWKWARD, location=AWKWARD)),
    "cancelled": meeting_cancel(meeting(sequence=2)),
    "one guest left out": meeting_cancel(meeting(sequence=1), removed=[PARTNER.address]),
    "feed": feed("Conventions – échéances", "feed-7@commune.example", [deadline()], [meeting()]),
    "empty feed": feed("Échéances", "f@commune.example", []),
    "one deadline": deadline_file(deadline()),
}
BAD = {
    "no guest": FILES["invitation"].replace(b"\r\nATTENDEE", b"\r\nX-GUEST"),
    "no stamp": FILES["invitation"].replace(b"DTSTAMP:20261122T100000Z\r\n", b""),
    "no such day": FILES["invitation"].replace(b"20270114T100000", b"2027-01-14"),
    "cut short": FILES["invitation"].partition(b"END:VEVENT")[0],
}


@pytest.fixture(params=sorted(PARSERS))
def problems(request: pytest.FixtureRequest) -> Callable[[dict[str, bytes]], list[str]]:
    """What one parser finds wrong in files."""
    if why := missing(request.param):
        pytest.skip(why)
    found: Callable[[dict[str, bytes]], list[str]] = PARSERS[request.param].problems
    return found


def test_each_sort_of_calendar_file_is_without_fault(
    problems: Callable[[dict[str, bytes]], list[str]],
) -> None:
    assert problems(FILES) == []


def test_every_calendar_file_of_a_year_of_mails_is_without_fault(
    problems: Callable[[dict[str, bytes]], list[str]],
) -> None:
    files = {f"{name}/{n}": raw for name, _, mail in lived().mails for n, raw in enumerate(calendar_files(mail))}
    assert len(files) > 10
    assert problems(files) == []


@pytest.mark.parametrize("name", ["no stamp", "cut short"])
def test_a_bad_file_is_seen(problems: Callable[[dict[str, bytes]], list[str]], name: str) -> None:
    assert problems({name: BAD[name]}) != []


def test_the_rules_between_programs_are_those_of_libical() -> None:
    if why := missing("libical"):
        pytest.skip(why)
    assert any("ATTENDEE" in said for said in libical.problems({"no guest": BAD["no guest"]}))


def test_ical_js_refuses_a_day_that_is_no_day() -> None:
    if why := missing("ical.js"):
        pytest.skip(why)
    assert any("invalid date-time" in said for said in ical_js.problems({"no such day": BAD["no such day"]}))


def test_ical_js_reads_the_instants_the_guests_and_the_words_that_were_meant() -> None:
    if why := missing("ical.js"):
        pytest.skip(why)
    seen = ical_js.read(FILES)
    (first,) = seen["invitation"]["events"]
    assert (first["start"], first["end"]) == ("2027-01-14T09:00:00.000Z", "2027-01-14T10:30:00.000Z")
    assert first["attendees"] == [
        "mailto:referente@partenaire.example",
        "mailto:coordination@commune.example",
    ]
    assert [seen[name]["method"] for name in ("invitation", "cancelled", "feed")] == [
        "REQUEST",
        "CANCEL",
        "PUBLISH",
    ]
    assert seen["cancelled"]["events"][0]["status"] == "CANCELLED"
    assert seen["awkward words"]["events"][0]["summary"] == " ".join(AWKWARD.split(" ")).strip()
    assert [e["start"] for e in seen["feed"]["events"]] == ["2026-12-31", "2027-01-14T09:00:00.000Z"]
    assert seen["moved to the hour that comes twice"]["events"][0]["start"] == "2027-10-31T01:30:00.000Z"
