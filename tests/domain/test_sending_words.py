"""When the guests hear of a meeting fixed, moved or cancelled just now."""

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.messages.invitations import when_guests_hear
from tests.domain.builders import at, convention


def test_in_office_hours_the_guests_are_told_now() -> None:
    assert "maintenant" in when_guests_hear(situation(convention(), (), at("2022-03-01", 10))).fr


def test_on_friday_evening_they_are_told_on_monday_morning_and_that_is_said() -> None:
    said = when_guests_hear(situation(convention(), (), at("2022-03-04", 19)))
    assert "lundi\u00a07\u00a0mars\u00a02022, 8\u00a0h\u00a030" in said.fr
    assert "Monday\u00a07\u00a0March\u00a02022, 08:30" in said.en
