"""Open days, workable days and the places they belong to."""

from datetime import date

import pytest
from pydantic import TypeAdapter

from echeancier.domain.dates.calendar import Calendar, JointDays, WorkingDays, union

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)


def test_good_friday_is_a_holiday_only_where_the_commune_has_it() -> None:
    good_friday = date(2021, 4, 2)

    assert METZ.holiday_name(good_friday) == "Vendredi saint"
    assert not WorkingDays("ALSACE-MOSELLE").is_holiday(good_friday)
    assert not FRANCE.is_holiday(good_friday)


def test_good_friday_outside_alsace_moselle_is_refused_and_says_what_would_be_right() -> None:
    with pytest.raises(ValueError, match=r"ALSACE-MOSELLE.*fermetures locales \(extra_closed\)"):
        WorkingDays("GUADELOUPE", good_friday=True)


def test_an_unknown_zone_is_refused_with_the_list_of_known_ones() -> None:
    with pytest.raises(ValueError, match=r"Zone inconnue.*Zones admises.*SAINT-MARTIN"):
        WorkingDays("METZ")  # type: ignore[arg-type]


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="Fuseau horaire inconnu"):
        WorkingDays(time_zone="Europe/Metz")


@pytest.mark.parametrize(
    ("zone", "time_zone"),
    [("FR", "Europe/Paris"), ("REUNION", "Indian/Reunion"), ("SAINT-MARTIN", "America/Marigot")],
)
def test_a_place_keeps_its_own_local_time(zone: str, time_zone: str) -> None:
    place = TypeAdapter(WorkingDays).validate_python({"zone": zone})

    assert place.time_zone == time_zone


def test_saturday_is_not_open() -> None:
    assert not FRANCE.is_open(date(2023, 9, 30))


def test_an_extension_chains_over_consecutive_closed_days() -> None:
    assert FRANCE.next_open(date(2018, 5, 20)) == date(2018, 5, 22)  # Sunday, then Whit Monday


def test_whit_monday_stays_a_holiday_in_the_years_it_was_worked_for_solidarity() -> None:
    assert FRANCE.holiday_name(date(2006, 6, 5)) == "Lundi de Pentecôte"


@pytest.mark.parametrize(("year", "closed"), [(1959, True), (1973, False), (1981, False), (1982, True)])
def test_the_eighth_of_may_is_a_holiday_only_while_a_law_says_so(year: int, closed: bool) -> None:
    assert FRANCE.is_holiday(date(year, 5, 8)) is closed


def test_two_feasts_on_one_day_are_both_named() -> None:
    assert FRANCE.holiday_name(date(2008, 5, 1)) == "Fête du Travail et Ascension"


def test_an_ordinary_day_has_no_holiday_name() -> None:
    assert FRANCE.holiday_name(date(2021, 6, 15)) is None


def test_a_local_closure_moves_our_safe_day_back() -> None:
    bridge = WorkingDays(extra_closed=(date(2021, 5, 14),))

    assert bridge.prev_workable(date(2021, 5, 14)) == date(2021, 5, 12)  # the 13th is Ascension


def test_a_local_closure_never_extends_a_legal_period() -> None:
    bridge = WorkingDays(extra_closed=(date(2021, 5, 14),))

    assert bridge.next_open(date(2021, 5, 13)) == date(2021, 5, 14)
    assert not bridge.is_holiday(date(2021, 5, 14))


def test_the_next_day_we_can_act_skips_local_closures() -> None:
    bridge = WorkingDays(extra_closed=(date(2021, 5, 14),))

    assert bridge.next_workable(date(2021, 5, 13)) == date(2021, 5, 17)


def test_working_days_in_number_do_not_count_the_first() -> None:
    assert FRANCE.add_open(date(2024, 5, 3), 2) == date(2024, 5, 7)


def test_a_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="négatif"):
        FRANCE.add_open(date(2024, 5, 3), -1)


def test_local_closures_are_kept_sorted_and_unique() -> None:
    first, second = date(2021, 5, 14), date(2021, 7, 15)

    assert WorkingDays(extra_closed=(second, first, second)).extra_closed == (first, second)


def test_equal_places_hash_alike() -> None:
    assert len({METZ, WorkingDays("ALSACE-MOSELLE", good_friday=True)}) == 1


@pytest.mark.parametrize(
    "place", [METZ, WorkingDays("REUNION", extra_closed=(date(2024, 5, 10),))], ids=["metz", "reunion"]
)
def test_a_place_survives_a_trip_through_json(place: WorkingDays) -> None:
    adapter = TypeAdapter(WorkingDays)

    assert adapter.validate_json(adapter.dump_json(place)) == place


def test_two_places_together_are_closed_when_either_is() -> None:
    both = union(FRANCE, METZ)

    assert both.prev_workable(date(2021, 4, 2)) == date(2021, 4, 1)
    assert both.holiday_name(date(2021, 4, 2)) == "Vendredi saint"


def test_two_places_together_keep_the_closures_of_each() -> None:
    both = union(WorkingDays(extra_closed=(date(2021, 6, 15),)), METZ)

    assert not both.is_workable(date(2021, 6, 15))
    assert both.is_open(date(2021, 6, 15))


def test_two_places_together_keep_the_local_time_of_the_first() -> None:
    both = union(WorkingDays("REUNION"), FRANCE)

    assert isinstance(both, JointDays)
    assert both.time_zone == "Indian/Reunion"


def test_a_place_joined_with_itself_is_that_place() -> None:
    assert union(METZ, METZ) == METZ


def test_joining_joined_places_adds_them_up_once() -> None:
    reunion = WorkingDays("REUNION")

    assert union(union(FRANCE, METZ), union(METZ, reunion)) == JointDays((FRANCE, METZ, reunion))


def test_no_place_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="au moins un lieu"):
        JointDays(())


def test_saint_martin_closes_both_disputed_days() -> None:
    island: Calendar = WorkingDays("SAINT-MARTIN")

    assert island.holiday_name(date(2024, 5, 27)) == "Abolition de l’esclavage (date contestée)"
    assert island.holiday_name(date(2024, 5, 28)) == "Abolition de l’esclavage"
