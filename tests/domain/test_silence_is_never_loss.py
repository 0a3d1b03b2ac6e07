"""Silence is never loss, and nobody is reminded of what is done: over random lives of small conventions, outages and all.

For everything legal or hard to undo: a mail that names it with its day was taken by the relay an open day before its safe day at
the latest, to somebody who has to see to it, unless it was known later (then in the first mail possible); what is not done after
its day went up to the manager. Whoever took charge of it, or put it off, is called once, on the day, and not before. Nothing is
reminded of once it is recorded or has fallen. What is soft is said once before its day and once after; whoever only follows hears
of it when it becomes late, whoever is only informed by no mail. Nobody gets two mails of the day on one day, the day after an
outage included.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import Phase, find, given, settings

from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.plan import Plan, make_plan, plan_of
from echeancier.domain.rehearsal.lives import Lives, Outages, Planner, end_of
from tests.domain.builders import ADDRESSES, at, convention, d, duty, end_duty, recorded, signed
from tests.support.long import how_many
from tests.support.silence import SOFT, losses
from tests.support.small_lives import Drawn, drawn, lived

BEFORE: Final = {"notice", "reminder", "last-call", "now"}


@settings(max_examples=how_many(1000))
@given(drawn())
def test_whoever_has_to_know_is_told_in_time_and_of_nothing_that_is_done(one: Drawn) -> None:
    assert losses(lived(one)) == []


# -- the same lives with a robot that lacks one rule -----------------------------------------------------------------


def _without(order_is_kept: Callable[[MessageOrder], bool]) -> Planner:
    """A planner whose orders are only partly heard of."""

    def planned(ctx: Context) -> Plan:
        plan = plan_of(ctx)
        kept = [(o, e) for o, e in zip(plan.posts, plan.post_entries, strict=True) if order_is_kept(o)]
        posts = {"posts": tuple(o for o, _ in kept), "post_entries": tuple(e for _, e in kept)}
        alone = [(o, e) for o, e in zip(plan.orders, plan.entries, strict=True) if order_is_kept(o)]
        orders = {"orders": tuple(o for o, _ in alone), "entries": tuple(e for _, e in alone)}
        return plan.model_copy(update=posts | orders)

    return planned


def _calls_before(line: Line) -> bool:
    return line.stage in BEFORE


def says_nothing_before_the_day(one: Drawn) -> Lives:
    return lived(one, _without(lambda order: not any(map(_calls_before, order.lines))))


def forgets_the_manager(one: Drawn) -> Lives:
    return lived(one, _without(lambda order: order.to.role != "manager"))


def does_not_hear_that_it_was_seen(one: Drawn) -> Lives:
    def planned(ctx: Context) -> Plan:
        others = [r for r in ctx.dossier.facts if not isinstance(r.fact, Acknowledged)]
        return make_plan(ctx.dossier.model_copy(update={"facts": others}), ctx.now, ctx.policy)

    return lived(one, planned)


def forgets_the_one_call_of_what_was_seen(one: Drawn) -> Lives:
    return lived(one, _without(lambda order: all(line.safe_day != order.at.date() for line in order.lines)))


def does_not_look_again_before_it_writes(one: Drawn) -> Lives:
    """The plan is made of what was known yesterday."""

    def planned(ctx: Context) -> Plan:
        yesterday = [r for r in ctx.dossier.facts if (ctx.now - r.recorded_at).days >= 1]
        return make_plan(ctx.dossier.model_copy(update={"facts": yesterday}), ctx.now, ctx.policy)

    return lived(one, planned)


def believes_what_the_relay_did_not_take(one: Drawn) -> Lives:
    """For six weeks the relay takes nothing, and the robot counts what it wrote as said."""
    down = (at(one.begins, 6), at(one.begins + timedelta(days=42), 6))
    lives = lived(replace(one, outages=Outages()))
    lives.outages = Outages(relay=(down,))
    lives.sent = [sent for sent in lives.sent if end_of((down,), sent.at) is None]
    return lives


def insists_on_what_is_soft(one: Drawn) -> Lives:
    stakes = {"stakes": dict.fromkeys(SOFT, "hard")}
    return lived(one, lambda ctx: make_plan(ctx.dossier, ctx.now, ctx.policy.model_copy(update=stakes)))


def writes_to_whoever_follows_as_to_whoever_owes(one: Drawn) -> Lives:
    """Each mail to a partner has a twin to our manager."""

    def planned(ctx: Context) -> Plan:
        plan = plan_of(ctx)
        manager = ctx.dossier.convention.roles["manager"]
        twin = {"role": "manager", "address": manager.address}
        both = [(o, e) for o, e in zip(plan.posts, plan.post_entries, strict=True) if o.kind == "reminders"]
        posts = [o.model_copy(update={"id": f"{o.id}-2", "to": o.to.model_copy(update=twin)}) for o, _ in both]
        entries = [e.model_copy(update={"id": f"{e.id}-2", **twin}) for _, e in both]
        return plan.model_copy(update={"posts": (*plan.posts, *posts), "post_entries": (*plan.post_entries, *entries)})

    return lived(one, planned)


def writes_whenever_there_is_something(one: Drawn) -> Lives:
    class Talkative(Lives):
        def _was_served_today(self, _address: str) -> bool:
            return False

    return lived(one, of=Talkative)


BROKEN: Final[dict[Callable[[Drawn], Lives], str]] = {
    says_nothing_before_the_day: "nobody responsible was told",
    forgets_the_manager: "the manager was not told",
    does_not_hear_that_it_was_seen: "though quiet",
    forgets_the_one_call_of_what_was_seen: "was called on",
    does_not_look_again_before_it_writes: "moot by then",
    believes_what_the_relay_did_not_take: "told by",
    insists_on_what_is_soft: "of what is soft",
    writes_to_whoever_follows_as_to_whoever_owes: "only follows",
    writes_whenever_there_is_something: "mails of the day",
}


@pytest.mark.parametrize("robot", BROKEN, ids=lambda robot: robot.__name__)
def test_a_robot_that_lacks_one_rule_is_found_out(robot: Callable[[Drawn], Lives]) -> None:
    def loses(one: Drawn) -> bool:
        return any(BROKEN[robot] in said for said in losses(robot(one)))

    find(drawn(), loses, settings=settings(max_examples=300, phases=[Phase.generate], derandomize=True))


# -- thirty conventions of one year -----------------------------------------------------------------------------------

THIRTY: Final = 30
LAST_DAY: Final = d("2022-12-31")


def alike(count: int) -> Lives:
    """So many conventions of one town that all end on the same day, each with something to pay and to destroy; nobody answers."""
    lives = Lives(at("2022-09-01", 9))
    for number in range(count):
        until = {"rule": "fixed", "on": d("2022-10-01"), "clauses": ["A1"]}
        price = duty("price", on=d("2022-12-15"), amount="1000.00")
        del price["rhythm"], price["kind"]
        lives.enter(
            convention(
                reference=f"ANNUELLE-{number:02}", effect=until, term={"ends_on": LAST_DAY, "clauses": ["A1"]},
                renewal={"how": "none", "nothing_follows": True}, payment=[price],
                end_duty=[end_duty(after={"days": 20}, responsible=["referent", "partner"])],
            ),
            recorded(*signed("2022-09-01"), told=[lives.now] * 2),
        )  # fmt: skip
    return lives.until(at("2023-03-01"))


def test_thirty_conventions_that_end_on_the_same_day_make_no_more_mails_than_one_and_nothing_is_lost() -> None:
    one, thirty = alike(1), alike(THIRTY)
    assert losses(thirty) == []
    for role in ("referent", "partner", "coordinator", "manager"):
        mails = thirty.to(ADDRESSES[role])
        assert [sent.at for sent in mails] == [sent.at for sent in one.to(ADDRESSES[role])], role
        assert all(
            len({reference for reference, _ in sent.lines()}) == THIRTY for sent in mails if sent.parts[0].lines
        ), role
