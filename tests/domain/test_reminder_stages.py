"""The stage that is due and the next one, found without working out all five: the same as by looking at all of them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.attention.reminder_stages import Due, stages, stages_around_now
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at, convention, d, duty, recorded, signed
from tests.domain.examples_seen import seen_by


def _by_looking_at_all(s: Situation, item: Item) -> tuple[Due | None, datetime | None]:
    whole = list(stages(s, item))
    due = [one for one in whole if one.at <= s.now]
    return due[-1] if due else None, min((one.at for one in whole if one.at > s.now), default=None)


def _found(s: Situation, item: Item) -> tuple[Due | None, datetime | None]:
    due, coming = stages_around_now(s, item)
    return due, coming.at if coming is not None else None


@pytest.mark.parametrize("name", ["sqf-p", "mtz-p", "mtz-a", "ida-o", "tcm-d", "bri-o"])
@pytest.mark.parametrize("now", ["2021-06-01", "2022-03-07", "2023-01-31", "2024-10-15"])
def test_the_stage_due_and_the_next_are_those_of_the_whole_list(name: str, now: str) -> None:
    s = seen_by(name, now)
    items = agenda_of(s).items
    assert [_found(s, item) for item in items] == [_by_looking_at_all(s, item) for item in items]


@pytest.mark.parametrize("now", ["2022-05-16", "2022-06-03", "2022-06-20", "2022-12-02"])
@pytest.mark.parametrize("day", [d("2022-06-01"), d("2022-11-30")])
def test_what_is_overdue_before_it_may_be_announced_is_not_forgotten(now: str, day: date) -> None:
    begins_late = convention(duty=[duty()], effect={"rule": "fixed", "on": d("2022-12-01"), "clauses": ["A1"]})
    s = situation(begins_late, recorded(*signed("2022-05-02")), at(now))
    report = next(item for item in agenda_of(s).items if item.series == "report")
    before = report.model_copy(update={"safe_day": day, "legal_last_day": day, "state": State.OPEN})
    assert _found(s, before) == _by_looking_at_all(s, before)
