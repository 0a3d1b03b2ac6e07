"""What holds of every convention that renews itself, whatever its clause leaves open and whatever happened to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.standing.renewals import TIMES_OR_CAP, TIMES_RULE, answered, denial_of, period_of
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at
from tests.support.long import how_many
from tests.support.whole import Life, lives

LOOKS = st.dates(date(2019, 1, 1), date(2034, 12, 31))


def stands(life: Life, day: date) -> Situation:
    """Return where it stands on a day, with the facts told by then."""
    return situation(life.convention, life.told_by(at(day)), at(day))


def words_of(found: Agenda) -> Iterator[str]:
    """Yield every sentence of an agenda."""
    if found.renews is not None:
        yield from (found.renews.fr, found.renews.en)
    for item in found.items:
        yield from (item.title.fr, item.title.en, item.trace)
        yield from (item.standing.fr, item.standing.en) if item.standing is not None else ()
    for question in found.questions:
        yield from (question.about.fr, question.about.en)
        yield from (text for one in question.readings for text in (one.says.fr, one.changes.fr))
    for warning in found.warnings:
        yield from (warning.text.fr, warning.text.en)


def nobody_is_told_that_it_lapses(s: Situation) -> None:
    for said in words_of(agenda_of(s)):
        assert "s’éteint " not in said
        assert "it lapses" not in said


def it_is_over_only_after_its_last_end_or_by_a_letter(s: Situation) -> None:
    early = s.ends_by_breach or s.ended_of_right or s.falls_with_its_parent
    if s.is_over and not early and not any(letter.ends_on == s.ends_on for letter in s.letters):
        assert s.natural_end is not None
        assert s.today > s.natural_end
    if s.ends_on is not None and s.natural_end is not None:
        assert s.ends_on <= s.natural_end
    if s.runs_at_least is None:
        assert all(s.ends_on is not None and s.ends_on <= one.ends_on for one in s.letters if one.ends_on is not None)


def the_period_that_runs_and_what_binds_are_not_behind_us(s: Situation) -> None:
    if s.period_end is None or s.is_over:
        return
    assert s.bound_until is not None
    assert s.period_end <= s.bound_until
    if s.ends_on is None and period_of(s) is None:
        return  # no further end is known
    if s.convention.term.within_parent and s.parent_end is None:
        return  # how long it may last depends on a parent whose end is not known
    assert s.today <= s.period_end
    rule = denial_of(s.convention)
    if s.ends_on is None and rule is not None and s.effect_on is not None and s.bound_until >= s.effect_on:
        advice = s.notice(rule)
        last = s.bound_until if advice.at_most else advice.latest_start(s.bound_until, s.calendar)
        assert last >= s.today or s.bound_until == s.natural_end


def the_ends_rise_and_nothing_outlives_the_cap(s: Situation) -> None:
    if s.period_ends is None:
        return
    ends = list(islice(s.period_ends, 30))
    assert all(one < then for one, then in pairwise(ends))
    number_rules = answered(s, TIMES_OR_CAP) == TIMES_RULE
    if s.cap is not None and not number_rules and s.prolonged is not None and not s.prolonged.counted:
        assert ends[-1] <= max(s.cap, ends[0])
    if s.natural_end is not None:
        assert max(ends) <= s.natural_end or len(ends) == 1


def each_day_to_act_lies_between_its_opening_and_its_last_day(s: Situation) -> None:
    for item in agenda_of(s).items:
        days = [one for one in (item.opens_on, item.safe_day, item.legal_last_day) if one is not None]
        assert days == sorted(days), (item.key, days)


def what_the_end_starts_has_no_day_before_the_end_is_settled(s: Situation) -> None:
    for item in agenda_of(s).items:
        if item.owed_by in s.exits:
            continue  # what the exit of one party starts is dated from its own last day
        if item.series in ("destruction", "end") and s.ends_on is None:
            assert (item.legal_last_day, item.safe_day, item.opens_on) == (None, None, None)
            assert item.state in (State.WAITING, State.SUSPENDED) or item.done_on is not None


def no_duty_that_comes_back_is_dated_beyond_what_binds(s: Situation) -> None:
    found = agenda_of(s)
    for item in found.items:
        if item.series in ("report", "point") and item.legal_last_day is not None and found.bound_until is not None:
            assert item.legal_last_day <= found.bound_until


def the_proof_of_the_end_leads_to_the_day_that_is_printed(s: Situation) -> None:
    (end,) = [item for item in agenda_of(s).items if item.series == "end"]
    if end.legal_last_day is not None:
        assert f"{end.legal_last_day:%d/%m/%Y}" in end.trace


def as_time_passes_nothing_that_binds_comes_back(now: Situation, later: int) -> None:
    then = situation(now.convention, now.records, at(now.today + timedelta(days=later)))
    if now.runs_at_least is not None:
        return  # a suspension that runs prolongs it day after day
    for before, after in ((now.period_end, then.period_end), (now.bound_until, then.bound_until)):
        assert before is None or (after is not None and after >= before)
    names = {item.key: item for item in agenda_of(now).items if item.key.startswith("notice/denial/")}
    later_ones = {item.key: item for item in agenda_of(then).items}
    for key, item in names.items():
        if then.ends_on is None:
            assert later_ones[key].legal_last_day == item.legal_last_day


HOLDS = (
    nobody_is_told_that_it_lapses, it_is_over_only_after_its_last_end_or_by_a_letter,
    the_period_that_runs_and_what_binds_are_not_behind_us, the_ends_rise_and_nothing_outlives_the_cap,
    each_day_to_act_lies_between_its_opening_and_its_last_day, what_the_end_starts_has_no_day_before_the_end_is_settled,
    no_duty_that_comes_back_is_dated_beyond_what_binds, the_proof_of_the_end_leads_to_the_day_that_is_printed,
)  # fmt: skip


@pytest.mark.timeout(900)  # a machine that others keep busy is no fault
@settings(max_examples=how_many(200))
@given(lives(tacit=True, least=4), st.lists(LOOKS, min_size=3, max_size=3, unique=True), st.integers(1, 500))
def test_what_holds_of_every_life_of_a_tacit_convention(life: Life, days: list[date], later: int) -> None:
    for day in days:
        s = stands(life, day)
        for holds in HOLDS:
            holds(s)
        as_time_passes_nothing_that_binds_comes_back(s, later)
