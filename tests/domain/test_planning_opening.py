"""The first message: what comes within a year, each thing once, to whoever has a use for it now."""

from collections import Counter

from echeancier.domain.messages.order import MessageOrder
from tests.domain.builders import convention, d, duty, end_duty, meeting_duty, signed
from tests.domain.builders_life import Life, days, life

STARTED = signed("2021-12-15")
MONTHLY = duty("data", kind="data", rhythm={"every_months": 1})


def opened(*duties: dict[str, object], months: int = 36) -> Life:
    terms = convention(duty=list(duties), end_duty=[end_duty()], term={"months": months, "clauses": ["A1"]})
    return life(terms, STARTED, "2022-01-03").until("2022-01-03")


def opening(lived: Life, role: str = "partner") -> MessageOrder:
    (order,) = lived.of("opening", role)
    return order


def test_it_lists_what_falls_within_a_year() -> None:
    order = opening(opened(duty(), meeting_duty()))
    assert [line.item for line in order.lines] == ["point/2022-01", "point/2022-07", "report/2022"]


def test_it_lists_at_least_the_next_three_things_however_far() -> None:
    order = opening(opened(duty(rhythm={"every_months": 12}), months=60))
    assert [line.item for line in order.lines] == ["report/2022", "report/2023", "report/2024"]


def test_a_duty_that_comes_back_every_month_is_listed_a_few_times_only() -> None:
    order = opening(opened(MONTHLY, duty()))
    assert Counter(line.item.split("/")[0] for line in order.lines) == {"data": 4, "report": 1}


def test_what_is_listed_beyond_a_few_times_is_reminded_of_in_its_time() -> None:
    lived = opened(MONTHLY).until("2022-12-31")
    assert [stage for _, stage in lived.told("data/2022-06", "partner")][:1] == ["notice"]


def test_who_only_has_duties_of_the_end_hears_of_it_six_months_before() -> None:
    lived = opened(duty())
    assert lived.to("partner-data") == []
    lived.until("2024-12-31")
    assert days(lived.to("partner-data"))[:1] == [d("2024-07-01")]


def test_it_names_those_who_get_it_and_not_those_who_will_when_the_end_is_near() -> None:
    assert set(opening(opened(duty(), meeting_duty())).told) == {
        "Fonction coordinator",
        "Fonction manager",
        "Fonction referent",
    }


def test_who_waits_for_the_end_is_written_to_once_when_it_is_near() -> None:
    lived = opened(duty()).until("2024-12-31")
    assert [order.kind for _, order in lived.to("partner-data")] == ["opening"]
