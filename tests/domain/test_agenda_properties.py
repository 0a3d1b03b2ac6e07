"""What holds of every agenda, whatever the convention, the facts and the day it is looked at."""

from datetime import date
from random import Random  # noqa: TID251 - hypothesis gives it, seeded

from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.rules import RULES
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, seen
from tests.domain.builders_any import admitted, conventions, facts_of, situations

Drawn = tuple[Convention, tuple[Recorded, ...], date]

NOT_OURS = frozenset({"recourse"})
"""Delays that others have against us: they have no safe day of ours."""


@given(situations())
def test_the_safe_day_never_comes_after_the_legal_one(drawn: Drawn) -> None:
    terms, records, day = drawn
    wrong = [
        i.key
        for i in seen(terms, records, at(day)).items
        if i.safe_day and i.legal_last_day and i.safe_day > i.legal_last_day
    ]
    assert wrong == []


@given(situations())
def test_the_safe_day_is_never_a_closed_day_except_for_a_delay_in_hours(drawn: Drawn) -> None:
    terms, records, day = drawn
    calendar = terms.place.calendar()
    for item in seen(terms, records, at(day)).items:
        if item.safe_day is not None and item.legal_last_instant is None:
            assert calendar.is_workable(item.safe_day), item.key


@given(situations())
def test_every_key_is_used_once(drawn: Drawn) -> None:
    terms, records, day = drawn
    keys = [i.key for i in seen(terms, records, at(day)).items]
    assert len(keys) == len(set(keys))


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
            if i.state in (State.LATE, State.MISSED) and i.kind not in ("act", "signature", "answer", "review")
        ]
        assert [key for key in late if not key.startswith("renewal/")] == []


@given(situations())
def test_an_event_starts_nothing_before_itself(drawn: Drawn) -> None:
    terms, records, day = drawn
    days = {r.id: r.fact.on for r in records if r.fact.kind == "event"}
    for item in seen(terms, records, at(day)).items:
        if item.key.startswith("answer/"):
            assert item.legal_last_day is not None
            assert item.legal_last_day >= days[item.key.split("/")[1]]


@given(situations())
def test_periods_are_counted_from_the_effect_and_never_chained(drawn: Drawn) -> None:
    terms, records, day = drawn
    agenda = seen(terms, records, at(day))
    rhythm = terms.duty[0].rhythm
    assert rhythm is not None
    if agenda.effect_on is None or rhythm.year == "civil":
        return
    lasts = sorted({i.legal_last_day for i in agenda.items if i.key.startswith("report/") and i.legal_last_day})
    firsts = [add_months(agenda.effect_on, rhythm.every_months * n).toordinal() - 1 for n in range(1, len(lasts))]
    assert [last.toordinal() for last in lasts[:-1]] == firsts


@given(situations())
def test_every_item_is_explained_by_a_known_rule(drawn: Drawn) -> None:
    terms, records, day = drawn
    unexplained = [i.rule for i in seen(terms, records, at(day)).items if i.rule not in RULES or not i.trace]
    assert unexplained == []


@given(situations())
def test_a_fact_recorded_by_mistake_leaves_no_trace(drawn: Drawn) -> None:
    terms, records, day = drawn
    if not records:
        return
    mistake = records[-1].model_copy(update={"version": 2, "cancelled": True})
    assert seen(terms, (*records, mistake), at(day)) == seen(terms, records[:-1], at(day))


@given(st.data())
def test_a_corrected_fact_counts_as_if_it_had_always_been_right(data: st.DataObject) -> None:
    terms = data.draw(conventions())
    records = admitted(terms, data.draw(facts_of()))
    others = admitted(terms, data.draw(facts_of()))
    pairs = [(a, b) for a, b in zip(records, others, strict=False) if a.fact.kind == b.fact.kind]
    if not pairs:
        return
    wrong, right = pairs[0]
    instead = [right.fact if r is wrong else r.fact for r in records]
    if len(admitted(terms, instead)) < len(records):
        return  # the door would not let it be corrected so
    corrected = right.model_copy(update={"id": wrong.id, "version": 2, "recorded_at": at("2028-01-03")})
    before = tuple(
        right.model_copy(update={"id": r.id, "recorded_at": r.recorded_at}) if r is wrong else r for r in records
    )
    assert seen(terms, (*records, corrected), at("2023-03-01")) == seen(terms, before, at("2023-03-01"))
