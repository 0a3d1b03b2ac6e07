"""Silence is never loss, and nobody is reminded of what is done: over random lives of small conventions, outages and all.

For everything legal or hard to undo: a mail that names it with its day was taken by the relay an open day before its safe day at
the latest, to somebody who has to see to it, unless it was known later (then in the first mail possible); what is not done after
its day went up to the manager; nothing is reminded of once it is recorded or has fallen; nobody gets two mails of the day on one
day, the day after an outage included.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import pytest
from hypothesis import Phase, find, given, settings

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.plan import Plan, make_plan
from echeancier.domain.terms.policy import Policy
from tests.support.lives import Lives, Outages, end_of
from tests.support.long import how_many
from tests.support.silence import losses
from tests.support.small_lives import Drawn, drawn, lived

BEFORE: Final = {"notice", "reminder", "last-call", "now"}


@settings(max_examples=how_many(1000))
@given(drawn())
def test_whoever_has_to_know_is_told_in_time_and_of_nothing_that_is_done(one: Drawn) -> None:
    assert losses(lived(one)) == []


# -- the same lives with a robot that lacks one rule -----------------------------------------------------------------


def _without(order_is_kept: Callable[[MessageOrder], bool]) -> Callable[[Dossier, datetime, Policy], Plan]:
    """A planner whose orders are only partly heard of."""

    def planned(dossier: Dossier, now: datetime, policy: Policy) -> Plan:
        plan = make_plan(dossier, now, policy)
        kept = [(o, e) for o, e in zip(plan.orders, plan.entries, strict=True) if order_is_kept(o)]
        return plan.model_copy(update={"orders": tuple(o for o, _ in kept), "entries": tuple(e for _, e in kept)})

    return planned


def _calls_before(line: Line) -> bool:
    return line.stage in BEFORE


def says_nothing_before_the_day(one: Drawn) -> Lives:
    return lived(one, _without(lambda order: not any(map(_calls_before, order.lines))))


def forgets_the_manager(one: Drawn) -> Lives:
    return lived(one, _without(lambda order: order.to.role != "manager"))


def does_not_look_again_before_it_writes(one: Drawn) -> Lives:
    """The plan is made of what was known yesterday."""

    def planned(dossier: Dossier, now: datetime, policy: Policy) -> Plan:
        yesterday = [r for r in dossier.facts if (now - r.recorded_at).days >= 1]
        return make_plan(dossier.model_copy(update={"facts": yesterday}), now, policy)

    return lived(one, planned)


def believes_what_the_relay_did_not_take(one: Drawn) -> Lives:
    lives = lived(replace(one, outages=Outages()))
    lives.outages = one.outages
    lives.sent = [sent for sent in lives.sent if end_of(one.outages.relay, sent.at) is None]
    return lives


def writes_whenever_there_is_something(one: Drawn) -> Lives:
    class Talkative(Lives):
        def _was_served_today(self, _address: str) -> bool:
            return False

    return lived(one, of=Talkative)


BROKEN: Final[dict[Callable[[Drawn], Lives], str]] = {
    says_nothing_before_the_day: "nobody responsible was told",
    forgets_the_manager: "the manager was not told",
    does_not_look_again_before_it_writes: "moot by then",
    believes_what_the_relay_did_not_take: "was",
    writes_whenever_there_is_something: "mails of the day",
}


@pytest.mark.parametrize("robot", BROKEN, ids=lambda robot: robot.__name__)
def test_a_robot_that_lacks_one_rule_is_found_out(robot: Callable[[Drawn], Lives]) -> None:
    def loses(one: Drawn) -> bool:
        return any(BROKEN[robot] in said for said in losses(robot(one)))

    find(drawn(), loses, settings=settings(max_examples=300, phases=[Phase.generate], derandomize=True))
