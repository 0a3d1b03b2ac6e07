"""What holds of every agenda, whatever the convention, the facts and the day it is looked at."""

from datetime import date, timedelta
from random import Random  # noqa: TID251 - hypothesis gives it, seeded

from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, seen
from tests.support.whole import Happening, Life, lived, lives, plots

Drawn = tuple[Convention, tuple[Recorded, ...], date]


@st.composite
def situations(draw: st.DrawFn) -> Drawn:
    """Draw a life, and a day to look at it, with what was told by then."""
    life = draw(lives())
    day = life.begins + timedelta(days=draw(st.integers(-60, 1500)))
    return life.convention, life.told_by(at(day)), day


@given(situations())
def test_the_safe_day_is_a_closed_day_only_for_a_delay_in_hours_or_where_no_other_is_left(drawn: Drawn) -> None:
    terms, records, day = drawn
    calendar = terms.place.calendar()
    for item in seen(terms, records, at(day)).items:
        if item.safe_day is None or item.legal_last_instant is not None or calendar.is_workable(item.safe_day):
            continue
        assert item.safe_day == item.legal_last_day, item.key
        started = max(
            one for one in (item.anchor, item.opens_on, seen(terms, records, at(day)).effect_on) if one is not None
        )
        assert calendar.prev_workable(item.safe_day) < started, item.key


@given(situations())
def test_the_same_input_gives_the_same_agenda(drawn: Drawn) -> None:
    terms, records, day = drawn
    assert seen(terms, records, at(day)) == seen(terms.model_copy(deep=True), tuple(records), at(day))


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_does_not_matter(drawn: Drawn, chance: Random) -> None:
    terms, records, day = drawn
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert seen(terms, tuple(shuffled), at(day)) == seen(terms, records, at(day))


@given(situations())
def test_no_recurring_duty_is_owed_after_the_end_nor_before_the_effect(drawn: Drawn) -> None:
    terms, records, day = drawn
    agenda = seen(terms, records, at(day))
    for item in agenda.items:
        if item.key.split("/")[0] in ("report", "point") and item.legal_last_day is not None:
            assert agenda.effect_on is not None
            if agenda.bound_until is not None:  # unknown while a suspension that prolongs it runs
                assert agenda.effect_on <= item.legal_last_day <= agenda.bound_until


@given(situations())
def test_no_recurring_duty_opens_before_the_convention_is_operational_unless_its_own_day_is_earlier(
    drawn: Drawn,
) -> None:
    terms, records, day = drawn
    agenda = seen(terms, records, at(day))
    start = agenda.operational_from
    for item in agenda.items:
        if item.key.split("/")[0] in ("report", "point") and item.state in (
            State.OPEN,
            State.LATE,
            State.MISSED,
        ):
            assert start is not None
            assert item.opens_on is not None
            assert item.safe_day is not None
            assert item.opens_on >= min(start, item.safe_day)


@given(situations())
def test_nothing_runs_late_before_the_last_signature(drawn: Drawn) -> None:
    terms, records, day = drawn
    agenda = seen(terms, records, at(day))
    if agenda.operational_from is None:
        late = [
            i.key
            for i in agenda.items
            if i.state in (State.LATE, State.MISSED)
            and not i.event
            and i.kind not in ("act", "signature", "review")
            and i.series not in {one.id for one in terms.one_off}  # a day printed is owed whatever was signed
        ]
        assert [key for key in late if not key.startswith("renewal/")] == []


@given(situations())
def test_a_fact_recorded_by_mistake_leaves_no_trace(drawn: Drawn) -> None:
    terms, records, day = drawn
    if not records:
        return
    mistake = records[-1].model_copy(update={"version": 2, "cancelled": True})
    assert seen(terms, (*records, mistake), at(day)) == seen(terms, records[:-1], at(day))


@given(lives(), plots())
def test_a_corrected_fact_counts_as_if_it_had_always_been_right(life: Life, other: tuple[Happening, ...]) -> None:
    records, others = life.records, lived(life.convention, life.begins, other).records
    pairs = [(a, b) for a, b in zip(records, others, strict=False) if a.fact.kind == b.fact.kind]
    if not pairs:
        return
    wrong, right = pairs[0]
    again = lived(life.convention, life.begins, ())
    for record in records:
        again.tell(right.fact if record is wrong else record.fact, record.recorded_at)
    if again.refused:
        return  # the door would not let it be corrected so
    late = life.begins + timedelta(days=1600)
    corrected = right.model_copy(update={"id": wrong.id, "version": 2, "recorded_at": at(late)})
    now = at(late + timedelta(days=1))
    assert seen(life.convention, (*records, corrected), now) == seen(life.convention, again.records, now)
