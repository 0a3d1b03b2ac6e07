"""What is no hurry waits for the digest of whoever reads one each week; what calls leaves on its day."""

from datetime import date, timedelta

import pytest

from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest_wait import waits_until
from echeancier.domain.messages.letter_news import LetterNews
from echeancier.domain.messages.mail_kind import Draft
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.outbox import IN_A_ROW, OutboxLookup
from echeancier.domain.messages.plan import Plan, make_plan
from echeancier.domain.model import Text
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from tests.adapters.orders import line
from tests.domain import builders as b
from tests.domain.test_digest_compose import dossier

WEEKLY = DEFAULT_POLICY.model_copy(update={"one_mail_a_day": True, "digest_ours": "weekly"})
NONE = WEEKLY.model_copy(update={"digest_ours": "none"})
FRIDAY, MONDAY = "2022-01-07", "2022-01-10"
PUBLICISED = ContractPublicised(on=b.d("2021-12-20"))
"""Without it something would be late from the first day on, and nothing would wait."""


def planned(day: str, policy: Policy = WEEKLY) -> Plan:
    return make_plan(dossier(PUBLICISED), b.at(day, 8, 30), policy)


def to(plan: Plan, role: str) -> list[MessageOrder]:
    return [one for one in plan.posts if one.to.role == role]


def test_the_first_message_waits_for_the_digest_of_our_own_people_and_leaves_with_it() -> None:
    friday = planned(FRIDAY)
    assert to(friday, "coordinator") == []
    assert [one.kind for one in to(friday, "partner")] == ["opening"]
    assert friday.wake_at is not None
    assert friday.wake_at <= b.at(MONDAY, 8, 30)
    assert [one.kind for one in to(planned(MONDAY), "coordinator")] == ["opening"]


def test_without_a_digest_nothing_waits() -> None:
    assert [one.kind for one in to(planned(FRIDAY, NONE), "coordinator")] == ["opening"]


def test_a_digest_day_that_is_not_worked_is_the_next_one_that_is() -> None:
    assert to(planned("2022-04-15"), "coordinator") == []  # the Friday before Easter
    assert planned("2022-04-18").posts == ()
    assert [one.kind for one in to(planned("2022-04-19"), "coordinator")] == ["opening"]
    assert to(planned("2022-04-20"), "coordinator") == []


def test_what_has_hardly_any_day_left_does_not_wait() -> None:
    days = [date(2022, 12, 20) + timedelta(days=n) for n in range(4)]
    told = {day: to(planned(day.isoformat()), "coordinator") for day in days}
    assert all(told.values()), "the last day of the year is near: none of these mornings is a Monday"


def test_addresses_that_refused_the_mail_of_the_day_on_several_days_are_no_row_to_try_again() -> None:
    refused = [
        Message(
            id=f"{n}", kind="reminders", role="partner", address=f"p{n}@operateur.example", at=b.at(FRIDAY),
            status="refused", fault="address", answered_at=b.at(FRIDAY), tries=1, mail=mail,
        )
        for n, mail in enumerate(["m"] * IN_A_ROW)
    ]  # fmt: skip
    assert OutboxLookup().plus(refused).refused_in_a_row == frozenset()
    alone = [one.model_copy(update={"mail": ""}) for one in refused]
    assert len(OutboxLookup().plus(alone).refused_in_a_row) == IN_A_ROW


@pytest.mark.parametrize(
    ("state", "by", "waits"),
    [("draft", "2022-01-14", True), ("draft", "2022-01-13", False), ("validated", "2022-06-01", False)],
)
def test_a_draft_of_a_letter_waits_while_there_is_time_to_post_it(state: str, by: str, waits: bool) -> None:
    (order,), (entry, *_) = to(planned(MONDAY), "coordinator"), planned(MONDAY).post_entries
    letter = LetterNews.model_validate(
        {"letter": "renewal", "about": "end", "state": state, "title": Text(fr="Suite", en="Next"), "by": b.d(by)}
    )
    carried = order.model_copy(update={"lines": (), "letters": (letter,)})
    ctx = Context(dossier(PUBLICISED), b.at(FRIDAY, 8, 30), WEEKLY)
    mine = entry.model_copy(update={"role": "coordinator"})
    assert (waits_until(ctx, Draft(mail_of(order.kind), carried, mine)) is not None) is waits


@pytest.mark.parametrize(
    ("stake", "left", "waits"), [("soft", 2, True), ("soft", 1, False), ("hard", 4, True), ("hard", 3, False)]
)
def test_a_call_waits_while_there_are_days_left_after_it_fewer_where_little_is_at_stake(
    stake: str, left: int, waits: bool
) -> None:
    ctx = Context(dossier(PUBLICISED, duty=[b.duty(stake=stake)]), b.at(FRIDAY, 8, 30), WEEKLY)
    item = next(one for one in ctx.agenda.items if one.series == "report")
    (order,), (entry, *_) = to(planned(MONDAY), "coordinator"), planned(MONDAY).post_entries
    day = date.fromisoformat(MONDAY) + timedelta(days=left)
    call = line(item=item.key, stage="reminder", safe_day=day, legal_last_day=day)
    called = order.model_copy(update={"lines": (call,), "letters": ()})
    mine = entry.model_copy(update={"role": "coordinator"})
    assert (waits_until(ctx, Draft(mail_of("reminders"), called, mine)) is not None) is waits
