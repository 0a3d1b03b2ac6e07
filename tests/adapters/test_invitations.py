"""Invitations and cancellations, against our own rules and against a parser nobody here wrote."""

import datetime as dt
import unicodedata
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from echeancier.adapters.calendar.ics_meeting import meeting_cancel, meeting_request
from echeancier.adapters.calendar.vtimezone import PARIS_RULES
from echeancier.domain.messages.mail import Attendee, Mailbox
from tests.adapters.itip_rules import event_of, invitation_problems, syntax_problems, unfolded
from tests.adapters.mails import PARIS, PARTNER, meeting

GOLDEN_REQUEST = """BEGIN:VCALENDAR
PRODID:-//Echeancier//Agenda des conventions//FR
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REQUEST
{zone}
BEGIN:VEVENT
UID:5f0c1e9a@commune.example
SEQUENCE:0
DTSTAMP:20261122T100000Z
DTSTART;TZID=Europe/Paris:20270114T100000
DTEND;TZID=Europe/Paris:20270114T113000
SUMMARY:Réunion de suivi – convention n°\u00a0042
LOCATION:Hôtel de ville\\, salle 2
DESCRIPTION:Ordre du jour\u00a0:\\n1. Suivi\u00a0\\; suites à donner
CLASS:PUBLIC
STATUS:CONFIRMED
TRANSP:OPAQUE
ORGANIZER;CN="Commune de Lorval – agenda":mailto:agenda@commune.example
ATTENDEE;CN="Référente du partenaire";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:\
mailto:referente@partenaire.example
ATTENDEE;CN=Coordinatrice;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=CHAIR;RSVP=TRUE:\
mailto:coordination@commune.example
X-MICROSOFT-DISALLOW-COUNTER:TRUE
END:VEVENT
END:VCALENDAR"""


def parsed(raw: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    assert event.errors == []
    return event


def test_an_invitation_reads_as_expected_line_by_line() -> None:
    expected = GOLDEN_REQUEST.format(zone=PARIS_RULES.strip())
    assert unfolded(meeting_request(meeting())) == expected.split("\n")


@pytest.mark.parametrize("raw", [meeting_request(meeting()), meeting_cancel(meeting(sequence=1))])
def test_invitations_and_cancellations_follow_the_rules(raw: bytes) -> None:
    assert invitation_problems(raw) == []


def test_the_rules_see_what_is_wrong_in_a_bad_invitation() -> None:
    bad = meeting_request(meeting()).replace(b"METHOD:REQUEST", b"METHOD:PUBLISH").replace(b";RSVP=TRUE", b"")
    bad = bad.replace(b"SEQUENCE:0\r\n", b"RRULE:FREQ=MONTHLY\r\n").replace(b"TZID:Europe/Paris", b"TZID:Paris")
    problems = " ".join(invitation_problems(bad))
    for expected in ("METHOD", "SEQUENCE appears 0", "RRULE is forbidden", "zones used"):
        assert expected in problems


def test_another_parser_reads_the_same_instants() -> None:
    event = parsed(meeting_request(meeting()))
    assert event.start == dt.datetime(2027, 1, 14, 9, 0, tzinfo=dt.UTC)
    assert event.end == dt.datetime(2027, 1, 14, 10, 30, tzinfo=dt.UTC)


def test_the_same_meeting_gives_the_same_bytes_once_through_json() -> None:
    event = meeting()
    again = type(event).model_validate_json(event.model_dump_json())
    assert meeting_request(again) == meeting_request(event)
    assert meeting_cancel(again) == meeting_cancel(event)


def test_a_cancellation_keeps_the_identity_and_the_date_of_the_meeting() -> None:
    request, cancel = parsed(meeting_request(meeting())), parsed(meeting_cancel(meeting(sequence=1)))
    for name in ("UID", "DTSTART", "DTEND", "ORGANIZER"):
        assert cancel[name].to_ical() == request[name].to_ical()
    assert (cancel["SEQUENCE"], cancel["STATUS"]) == (1, "CANCELLED")


def test_removing_one_participant_names_only_that_one_and_does_not_cancel_the_meeting() -> None:
    raw = meeting_cancel(meeting(sequence=1), removed=[PARTNER.address.upper()])
    assert invitation_problems(raw) == []
    assert parsed(raw)["ATTENDEE"] == f"mailto:{PARTNER.address}"
    assert not any(line.startswith("STATUS") for line in event_of(raw))


def test_an_invitation_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="participant"):
        meeting_request(meeting(attendees=()))


def test_a_cancelled_meeting_is_not_announced() -> None:
    with pytest.raises(ValueError, match="annulée"):
        meeting_request(meeting(status="CANCELLED"))


def test_a_cancellation_that_concerns_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="participant"):
        meeting_cancel(meeting(), removed=["absent@partenaire.example"])


def test_a_meeting_elsewhere_is_written_in_utc_without_a_zone() -> None:
    raw = meeting_request(meeting(time_zone="America/Cayenne"))
    assert b"DTSTART:20270114T090000Z" in raw
    assert b"VTIMEZONE" not in raw


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_keeps_its_instant(fold: int) -> None:
    starts = dt.datetime(2027, 10, 31, 2, 30, fold=fold, tzinfo=PARIS).astimezone(dt.UTC)
    event = parsed(meeting_request(meeting(starts_at=starts, ends_at=starts + dt.timedelta(minutes=10))))
    assert event.start == starts


@given(st.integers(min_value=946_684_800, max_value=2_840_140_800))  # 2000 to 2060
def test_any_instant_is_read_back_by_another_parser(seconds: int) -> None:
    starts = dt.datetime.fromtimestamp(seconds, dt.UTC)
    event = parsed(meeting_request(meeting(starts_at=starts, ends_at=starts + dt.timedelta(hours=2))))
    assert event.start == starts
    assert event.end == starts + dt.timedelta(hours=2)


@given(st.text(), st.text(alphabet='aé€😀,;\\\n":^ ', min_size=1))
def test_any_text_keeps_the_file_well_formed_and_is_read_back(description: str, title: str) -> None:
    summary = "Réunion " + title
    event = meeting(summary=summary, description=description, location=description)
    raw = meeting_request(event)
    assert syntax_problems(raw) == []
    assert invitation_problems(raw) == []
    assert str(parsed(raw)["SUMMARY"]) == event.summary


@given(st.text() | st.text(alphabet='a\\;,:="^\r\n\x85\u2028\x1b\x7f\u202e', min_size=1))
@example("\\")
@example("Service\\")
@example("a\\;b\\,c\\nd\\\\")
def test_no_name_can_add_a_property_or_a_parameter(name: str) -> None:
    guest = Mailbox(name=name, address="invite@partenaire.example")
    raw = meeting_request(meeting(attendees=(Attendee(mailbox=guest),)))
    assert invitation_problems(raw) == []
    attendee = parsed(raw)["ATTENDEE"]
    assert attendee == "mailto:invite@partenaire.example"
    assert set(attendee.params) == {"CUTYPE", "ROLE", "PARTSTAT", "RSVP", "CN"}
    written = next(line for line in unfolded(raw) if line.startswith("ATTENDEE"))
    assert "\\" not in written  # a lenient parser would take it for an escape
    assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in written)


def test_the_rules_for_paris_agree_with_the_time_zone_database_over_twenty_years() -> None:
    rules = icalendar.Timezone.from_ical(PARIS_RULES)
    assert isinstance(rules, icalendar.Timezone)
    zone = rules.to_tz()
    official = ZoneInfo("Europe/Paris")
    hour = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    while hour.year < 2041:
        assert hour.astimezone(zone).utcoffset() == hour.astimezone(official).utcoffset(), hour
        hour += dt.timedelta(hours=6 if hour.month not in (3, 10) else 1)


def test_the_zone_is_short_enough_for_outlook_to_read_one_rule_each_way() -> None:
    lines = PARIS_RULES.splitlines()
    assert len(lines) == 17
    assert [line for line in lines if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]
