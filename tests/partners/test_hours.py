"""A delay in hours by a link: the page shows its hour, takes one, and is accepted until the very instant and after."""

from datetime import datetime, timedelta

import pytest

from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from tests.desk.html import read
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.domain.test_planning_hours import BREACH
from tests.partners.conftest import Kept, Office, office_of
from tests.partners.reading import words

LIMIT = b.at("2022-03-06", 7)


def path(office: Office) -> str:
    return office.path("done", "referent", "urgent")


def recorded(office: Office) -> DutyDone:
    fact = office.register.dossiers["TEST-1"].facts[-1].fact
    assert isinstance(fact, DutyDone)
    return fact


@pytest.mark.parametrize(
    "now",
    [
        b.at("2022-03-04", 19, 5),
        LIMIT - timedelta(days=1),
        b.at("2022-03-06", 0),
        LIMIT - timedelta(seconds=1),
        LIMIT,
        LIMIT + timedelta(seconds=1),
        LIMIT + timedelta(days=1),
    ],
    ids=[
        "at once",
        "the eve",
        "the last midnight",
        "a second before",
        "at the instant",
        "a second after",
        "the morrow",
    ],
)
async def test_one_click_is_taken_whatever_the_hour_and_keeps_it(hours: Office, now: datetime) -> None:
    hours.at(now)
    answer = await hours.web.post(path(hours), data={"on": now.date().isoformat()})
    assert "C’est enregistré" in words(answer)
    assert (recorded(hours).on, recorded(hours).at) == (now.date(), now)


async def test_the_page_shows_the_hour_and_proposes_the_present_one(hours: Office) -> None:
    hours.at(b.at("2022-03-06", 6, 41))
    shown = await hours.web.get(path(hours))
    assert "dimanche 6 mars 2022, 7 h" in words(shown)
    assert 'name="hour" type="time" required value="06:41"' in shown.text
    english = await hours.web.get(path(hours) + "?lang=en")
    assert "Sunday 6 March 2022, 07:00" in words(english)


@pytest.mark.parametrize("hour", ["06:59", "07:00"])
async def test_the_hour_that_is_given_is_kept_and_shown(hours: Office, hour: str) -> None:
    hours.at(LIMIT + timedelta(hours=3))
    answer = await hours.web.post(path(hours), data={"on": "2022-03-06", "hour": hour})
    assert recorded(hours).at == datetime.fromisoformat(f"2022-03-06T{hour}:00+01:00")
    assert "fait le dimanche 6 mars 2022, " in words(answer)


async def test_an_hour_to_come_before_the_event_or_missing_on_another_day_is_refused_in_words(
    hours: Office,
) -> None:
    hours.at(LIMIT + timedelta(days=1))
    for given, says in (
        ({"on": "2022-03-07", "hour": "23:00"}, "n’est pas encore venue"),
        ({"on": "2022-03-04", "hour": "18:00"}, "précéderait"),
        ({"on": "2022-03-06"}, "indiquer aussi l’heure"),
    ):
        answer = await hours.web.post(path(hours), data=given)
        assert answer.status_code == 422
        assert says in words(answer)
    assert hours.recorded == []


async def test_what_runs_in_days_asks_for_no_hour(late: Office) -> None:
    shown = await late.web.get(late.path("done", "partner", "reminders"))
    assert 'name="hour"' not in shown.text
    assert read(shown.text).text


async def test_an_hour_that_the_clocks_show_twice_offers_both_and_keeps_the_one_chosen() -> None:
    found = b.at("2022-10-28", 19)
    lived = life(b.convention(event_duty=[BREACH], duty=[b.duty()]), b.signed("2021-12-15")).until("2022-10-28")
    lived.record(Happened(event="breach-found", on=found.date(), at=found), when=found)
    made, web = office_of(lived, Kept())
    async with web:
        made.at(b.at("2022-10-30", 5))
        given = {"on": "2022-10-30", "hour": "02:30"}
        asked = await web.post(path(made), data=given)
        assert asked.status_code == 422
        assert "2 h 30 (heure d’été)" in words(asked)
        assert "2 h 30 (heure d’hiver)" in words(asked)
        assert read(asked.text).problems == []
        winter = "2022-10-30T02:30:00+01:00"
        assert f'value="{winter}"' in asked.text
        await web.post(path(made), data={**given, "meant": winter})
        assert recorded(made).at == datetime.fromisoformat(winter)


async def test_only_the_first_of_the_two_is_behind_us_while_the_second_is_to_come() -> None:
    found = b.at("2022-10-28", 19)
    lived = life(b.convention(event_duty=[BREACH], duty=[b.duty()]), b.signed("2021-12-15")).until("2022-10-28")
    lived.record(Happened(event="breach-found", on=found.date(), at=found), when=found)
    made, web = office_of(lived, Kept())
    async with web:
        made.at(datetime.fromisoformat("2022-10-30T02:45:00+02:00"))
        await web.post(path(made), data={"on": "2022-10-30", "hour": "02:30"})
        assert recorded(made).at == datetime.fromisoformat("2022-10-30T02:30:00+02:00")
