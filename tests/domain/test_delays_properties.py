"""What holds for every date, against an independent month arithmetic."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.dates import delay, delays
from echeancier.domain.dates.calendar import ZONES, Calendar, JointDays, WorkingDays
from echeancier.domain.dates.delay import Delay

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(0, 36)
WALL_TIMES = st.datetimes(datetime.fromisoformat("2015-01-01"), datetime.fromisoformat("2035-01-01"))
ONE_DAY = timedelta(days=1)
HUITAINE = Delay(days=8, named="huitaine")


@st.composite
def places(draw: st.DrawFn) -> WorkingDays:
    """Any zone, with a few local closures."""
    zone = draw(st.sampled_from(ZONES))
    good_friday = zone == "ALSACE-MOSELLE" and draw(st.booleans())
    return WorkingDays(zone, good_friday=good_friday, extra_closed=tuple(draw(st.lists(DAYS, max_size=8))))


CALENDARS: st.SearchStrategy[Calendar] = st.one_of(
    places(), st.builds(lambda a, b: JointDays((a, b)), places(), places())
)


@given(DAYS, st.integers(-120, 120))
def test_months_agree_with_an_independent_arithmetic(d: date, n: int) -> None:
    assert delays.add_months(d, n) == d + relativedelta(months=n)


@given(DAYS, MONTHS)
def test_the_latest_trigger_is_the_largest_that_still_expires_in_time(end: date, n: int) -> None:
    trigger = delay.latest(end, Delay(months=n), WorkingDays())

    assert trigger + relativedelta(months=n) <= end
    assert trigger + ONE_DAY + relativedelta(months=n) > end


@given(DAYS, MONTHS, CALENDARS)
def test_a_safe_trigger_is_workable_and_never_after_the_legal_maximum(end: date, n: int, calendar: Calendar) -> None:
    safe = calendar.prev_workable(delay.minus(end, Delay(months=n), calendar))

    assert safe <= delay.latest(end, Delay(months=n), calendar)
    assert calendar.is_workable(safe)


@given(DAYS, CALENDARS)
def test_our_safe_day_is_the_nearest_workable_day_before_the_legal_one(d: date, calendar: Calendar) -> None:
    bounds = delays.ours(d, calendar)

    assert bounds.safe <= bounds.legal
    assert calendar.is_workable(bounds.safe)
    skipped = (bounds.legal - bounds.safe).days
    assert not any(calendar.is_workable(bounds.safe + timedelta(k)) for k in range(1, skipped + 1))


@given(DAYS, st.integers(0, 40), CALENDARS)
def test_word_before_a_meeting_is_safe_on_a_workable_day(event: date, n: int, calendar: Calendar) -> None:
    safe = delay.before_event(event, Delay(days=n), calendar).safe

    assert safe is not None
    assert calendar.is_workable(safe)
    assert (event - safe).days > n


@given(DAYS, CALENDARS)
def test_a_huitaine_is_safe_on_a_workable_day_before_the_eighth(d: date, calendar: Calendar) -> None:
    found = delay.after(d, HUITAINE, calendar)

    assert found.safe is not None
    assert calendar.is_workable(found.safe)
    assert found.safe < d + timedelta(8) == found.legal


@given(DAYS, MONTHS, CALENDARS)
def test_a_clear_period_ends_on_an_open_day_after_the_month(d: date, n: int, calendar: Calendar) -> None:
    last = delays.franc_months(d, n, calendar)

    assert calendar.is_open(last)
    assert last > d + relativedelta(months=n)


@given(DAYS, CALENDARS)
def test_an_extension_lands_on_the_first_open_day(d: date, calendar: Calendar) -> None:
    last = delays.ext642(d, calendar)

    assert calendar.is_open(last)
    assert not any(calendar.is_open(d + timedelta(k)) for k in range((last - d).days))


@given(DAYS, st.integers(1, 60))
def test_a_term_is_followed_by_its_anniversary_or_by_the_first_of_a_month(effect: date, n: int) -> None:
    anniversary = effect + relativedelta(months=n)
    following = delays.term_last_day(effect, n) + ONE_DAY

    assert following == anniversary if anniversary.day == effect.day else following.day == 1


@given(DAYS, st.integers(1, 60), st.integers(1, 12), places())
def test_periods_cover_the_term_without_gap_or_overlap(effect: date, term: int, n: int, calendar: WorkingDays) -> None:
    last = delays.term_last_day(effect, term)
    found = delays.periods(effect, last, n, calendar)

    assert found[0].first == effect
    assert found[-1].last == last
    assert all(before.last + ONE_DAY == after.first for before, after in pairwise(found))
    assert all(period.due <= period.last and calendar.is_workable(period.due) for period in found)


@given(DAYS, CALENDARS)
def test_a_renewal_goes_forward_on_workable_days_and_ends_before_the_term(end: date, calendar: Calendar) -> None:
    plan = delays.renewal_plan(end, calendar)
    steps = [plan.kick_off, plan.committee, plan.text_agreed, plan.vote, plan.executory, plan.signatures]

    assert steps == sorted(steps)
    assert all(calendar.is_workable(step) for step in steps)
    assert plan.signatures < plan.absolute_limit == end


@given(
    WALL_TIMES,
    st.sampled_from(["Europe/Paris", "Indian/Reunion"]),
)
def test_a_local_time_resolves_to_instants_that_show_it(naive: datetime, zone: str) -> None:
    found = delays.local_instants(naive, zone)

    assert all(instant.replace(tzinfo=None, fold=0) == naive.replace(fold=0) for instant in found)
    assert sorted(instant.timestamp() for instant in found) == [instant.timestamp() for instant in found]


@given(WALL_TIMES, st.integers(0, 1000))
def test_hours_are_elapsed_time(naive: datetime, hours: int) -> None:
    start = naive.replace(tzinfo=ZoneInfo("Europe/Paris"))
    end = delays.plus_hours(start, hours, "Europe/Paris")

    assert end.timestamp() - start.timestamp() == hours * 3600
