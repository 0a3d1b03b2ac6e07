"""Meetings at the door: arranged, cancelled, held."""

from datetime import UTC, date, datetime

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld
from echeancier.domain.terms.convention import Place
from tests.support.door import at, new, refused, running, small, take


def arranged(
    year: int, month: int, day: int, hour: int, minute: int = 0, *, item: str = "meeting/2022-01"
) -> MeetingArranged:
    local = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local time, as typed
    return MeetingArranged(item=item, starts_at=local)


def in_january(fact: MeetingArranged, dossier: Dossier | None = None) -> str:
    return refused(dossier or running(), fact, told=at(2022, 1, 10))


def test_a_date_to_come_on_an_open_day_is_taken() -> None:
    assert take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10)).facts[-1].id == "f6"


def test_a_past_date_asks_for_the_meeting_held_instead() -> None:
    assert "meeting-held" in in_january(arranged(2022, 1, 7, 10))


def test_a_holiday_is_refused_by_its_name_with_the_days_around_it() -> None:
    words = refused(running(), arranged(2022, 5, 26, 10, item="meeting/2022-04"), told=at(2022, 4, 4))
    assert "férié (Ascension)" in words
    assert "mercredi 25 mai 2022" in words
    assert "vendredi 27 mai 2022" in words


def test_a_saturday_is_refused() -> None:
    assert "n’est pas un jour ouvré" in in_january(arranged(2022, 2, 12, 10))


def test_a_day_the_service_is_closed_is_refused() -> None:
    closed = Place.model_validate({"closed": [date(2022, 2, 8)]})
    assert "fermeture du service" in in_january(arranged(2022, 2, 8, 10), running(small(place=closed)))


def test_an_hour_that_does_not_exist_is_refused_with_one_that_does() -> None:
    words = in_january(arranged(2022, 3, 27, 2, 30))
    assert "n’existe pas" in words
    assert "3 h 30" in words


def test_an_hour_that_exists_twice_asks_which_one() -> None:
    words = refused(running(), arranged(2022, 10, 30, 2, 30, item="meeting/2022-10"), told=at(2022, 9, 1))
    assert "2022-10-30T02:30:00+02:00 pour 2 h 30 (heure d’été)" in words
    assert "2022-10-30T02:30:00+01:00 pour 2 h 30 (heure d’hiver)" in words


def test_an_hour_with_its_offset_is_read_in_the_place() -> None:
    late = MeetingArranged(item="meeting/2022-01", starts_at=datetime(2022, 2, 11, 23, 30, tzinfo=UTC))
    assert "samedi 12 février 2022" in in_january(late)


def test_a_meeting_after_the_end_is_refused() -> None:
    words = refused(running(), arranged(2023, 1, 10, 10, item="meeting/2022-10"), told=at(2022, 12, 1))
    assert "samedi 31 décembre 2022" in words


def test_a_meeting_of_another_period_names_the_right_item() -> None:
    assert "« meeting/2022-01 »" in in_january(arranged(2022, 2, 8, 10, item="meeting/2022-04"))


def test_a_notice_that_could_not_be_received_in_time_is_refused_with_the_first_day_that_can() -> None:
    # Received on Monday 10 January, fifteen clear days run from the 11th to the 25th.
    words = in_january(arranged(2022, 1, 25, 10))
    assert "15 jours avant" in words
    assert "mercredi 26 janvier 2022" in words


def test_the_first_day_named_for_the_notice_is_taken() -> None:
    assert take(running(), arranged(2022, 1, 26, 10), told=at(2022, 1, 10)).facts[-1].id == "f6"


def test_an_invitation_that_only_leaves_the_next_morning_counts_from_there() -> None:
    assert "mardi 11 janvier 2022" in refused(running(), arranged(2022, 1, 26, 10), told=at(2022, 1, 10, 19))


def test_a_meeting_is_not_arranged_for_what_is_not_one() -> None:
    assert "n’est pas une rencontre" in in_january(arranged(2022, 2, 8, 10, item="data/2022-01"))


def test_a_meeting_is_not_arranged_before_the_convention_is_signed() -> None:
    assert "pas encore en vigueur" in in_january(arranged(2022, 2, 8, 10), new(small()))


def test_a_meeting_already_held_is_not_arranged_again() -> None:
    dossier = take(running(), MeetingHeld(item="meeting/2022-01", on=date(2022, 1, 6)))
    assert "déjà tenu" in in_january(arranged(2022, 2, 8, 10), dossier)


def test_a_meeting_can_be_moved() -> None:
    dossier = take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10))
    assert take(dossier, arranged(2022, 2, 15, 10), told=at(2022, 1, 12)).facts[-1].id == "f7"


def test_another_room_at_the_same_hour_needs_no_new_notice() -> None:
    dossier = take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10))
    moved = arranged(2022, 2, 8, 10).model_copy(update={"place": "salle des mariages"})
    assert take(dossier, moved, told=at(2022, 2, 7)).facts[-1].id == "f7"


def test_another_hour_needs_its_notice_again() -> None:
    dossier = take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10))
    assert "15 jours avant" in refused(dossier, arranged(2022, 2, 8, 14), told=at(2022, 2, 7))


def test_only_an_arranged_meeting_is_cancelled() -> None:
    fact = MeetingCancelled(item="meeting/2022-01", on=date(2022, 1, 12))
    assert "rien à annuler" in refused(running(), fact)


def test_a_meeting_whose_hour_is_past_may_be_said_not_to_have_been_held() -> None:
    dossier = take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10))
    fact = MeetingCancelled(item="meeting/2022-01", on=date(2022, 2, 9))
    assert take(dossier, fact, told=at(2022, 2, 9, 11)).facts[-1].id == "f7"


def test_a_meeting_that_was_held_is_not_cancelled() -> None:
    dossier = take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10))
    take(dossier, MeetingHeld(item="meeting/2022-01", on=date(2022, 2, 8)), told=at(2022, 2, 9))
    fact = MeetingCancelled(item="meeting/2022-01", on=date(2022, 2, 9))
    assert "s’est déjà tenu" in refused(dossier, fact, told=at(2022, 2, 9, 11))


def test_a_meeting_held_before_the_convention_is_in_force_is_refused() -> None:
    fact = MeetingHeld(item="meeting/2022-01", on=date(2021, 12, 20))
    assert "pas encore en vigueur" in refused(running(), fact)


def test_a_meeting_held_in_another_period_names_the_right_item() -> None:
    fact = MeetingHeld(item="meeting/2022-01", on=date(2022, 4, 5))
    assert "« meeting/2022-04 »" in refused(running(), fact)


def test_a_meeting_held_late_counts_when_that_was_its_arranged_day() -> None:
    dossier = take(running(), arranged(2022, 4, 5, 10), told=at(2022, 3, 1))
    assert take(dossier, MeetingHeld(item="meeting/2022-01", on=date(2022, 4, 5))).facts[-1].id == "f7"


def test_a_meeting_held_another_day_of_its_period_is_taken() -> None:
    dossier = take(running(), arranged(2022, 2, 8, 10), told=at(2022, 1, 10))
    assert take(dossier, MeetingHeld(item="meeting/2022-01", on=date(2022, 2, 9))).facts[-1].id == "f7"


def test_a_meeting_is_not_held_twice() -> None:
    dossier = take(running(), MeetingHeld(item="meeting/2022-01", on=date(2022, 2, 8)))
    assert "déjà tenu" in refused(dossier, MeetingHeld(item="meeting/2022-01", on=date(2022, 2, 9)))
