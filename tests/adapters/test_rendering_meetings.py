"""Invitations and their calendar files."""

from datetime import date

import pytest

from echeancier.domain.messages.mail import CalendarMethod
from echeancier.domain.messages.order import Guest
from echeancier.domain.model import Text
from tests.adapters.orders import COORDINATION, GUESTS, KINDS, MEETING_KINDS, coordinator, meeting
from tests.adapters.test_rendering import mail


@pytest.mark.parametrize(
    ("kind", "method"),
    [("invitation", "REQUEST"), ("meeting-moved", "REQUEST"), ("meeting-cancelled", "CANCEL")],
)
def test_a_meeting_mail_carries_a_file_of_its_own_method(kind: str, method: CalendarMethod) -> None:
    calendar = mail(kind).calendar
    assert calendar is not None
    assert calendar.method == method
    assert f"\r\nMETHOD:{method}\r\n".encode() in calendar.content


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MEETING_KINDS])
def test_no_other_mail_carries_a_calendar_file(kind: str) -> None:
    assert mail(kind).calendar is None


def test_every_guest_receives_the_same_file_whatever_the_language() -> None:
    one, other = mail("invitation"), mail("invitation", "en", id="other", to=coordinator("en"))
    assert one.calendar == other.calendar


def test_the_sender_organises_and_the_guests_attend() -> None:
    calendar = mail("invitation").calendar
    assert calendar is not None
    unfolded = calendar.content.replace(b"\r\n ", b"").decode()
    assert "mailto:agenda@ville.example" in next(x for x in unfolded.split("\r\n") if x.startswith("ORGANIZER"))
    attendees = [x for x in unfolded.split("\r\n") if x.startswith("ATTENDEE")]
    assert [guest.address in found for guest, found in zip(GUESTS, attendees, strict=True)] == [True, True]
    assert "ROLE=CHAIR" in attendees[0]


def test_what_the_text_wants_of_a_meeting_is_in_the_mail_and_in_the_calendar() -> None:
    wanted = meeting(
        topics=(Text(fr="les projets", en="the projects"), Text(fr="la situation", en="the situation")),
        indicators=(Text(fr="le nombre d’entretiens", en="how many interviews"),),
    )
    found = mail("invitation", meeting=wanted)
    assert "Ordre du jour : les projets ; la situation" in found.text.replace("\u00a0", " ")
    assert "Agenda: the projects; the situation" in mail("invitation", "en", meeting=wanted).text.replace("\u00a0", " ")
    assert found.calendar is not None
    said = found.calendar.content.replace(b"\r\n ", b"").decode().replace("\u00a0", " ")
    assert "Ordre du jour :\\n- les projets\\n- la situation\\nIndicateurs :\\n- le nombre d’entretiens" in said


def test_two_functions_with_one_address_are_invited_once() -> None:
    shared = (*GUESTS, Guest(function="Autre fonction", address=GUESTS[0].address.upper()))
    calendar = mail("invitation", meeting=meeting(guests=shared)).calendar
    assert calendar is not None
    assert calendar.content.count(b"\r\nATTENDEE") == 2


def test_a_meeting_nobody_attends_is_an_error_and_not_an_empty_invitation() -> None:
    with pytest.raises(ValueError, match="participant"):
        mail("invitation", meeting=meeting(guests=()))


def test_a_moved_meeting_says_its_former_and_its_new_date() -> None:
    text = mail("meeting-moved").text.replace("\u00a0", " ")
    assert "Nouvelle date : Point référent, mardi 15 juin 2021 à 10 h, au lieu du" in text
    assert "mardi 8 juin 2021 à 14 h 30" in text


def test_a_meeting_whose_place_alone_changes_does_not_claim_another_date() -> None:
    text = mail("meeting-moved", meeting=meeting(sequence=1)).text
    assert "au lieu du" not in text
    assert "Même jour, même heure" in text


def test_the_hours_are_those_of_the_place() -> None:
    away = meeting(time_zone="Indian/Reunion")
    assert "12 h, jusqu’à 13 h (1 h)" in mail("invitation", meeting=away).text.replace("\u00a0", " ")


def test_a_guest_reads_who_else_comes_but_not_their_addresses() -> None:
    text = mail("invitation").text
    assert "Relais Emploi municipal (préside)" in text
    assert not any(guest.address in text for guest in GUESTS)
    assert COORDINATION[1] in text


def test_an_address_that_is_no_web_address_is_words_and_does_not_stop_the_invitation() -> None:
    sent = mail("invitation", meeting=meeting(video_link="salle virtuelle n° 2"))
    assert "salle virtuelle n°\u00a02" in sent.text
    assert sent.calendar is not None
    assert b"\r\nURL:" not in sent.calendar.content


def test_an_invitation_without_its_clause_still_says_where_it_comes_from() -> None:
    assert "Convention de coopération (SQF-P)." in mail("invitation", lines=()).text


def test_next_dates_are_the_days_by_which_the_next_meetings_are_due() -> None:
    text = mail("invitation", to=coordinator(), meeting=meeting(next_dates=(date(2021, 8, 31),))).text
    assert "mardi 31 août 2021" in text.replace("\u00a0", " ")
