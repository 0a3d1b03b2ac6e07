"""The same thing said to the same person for the same day is the same message, whoever says it again, and when."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.facts.dossier import Message, Told
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.messages.identity import Saying, identity
from tests.domain import builders as b
from tests.domain.builders_life import Life, life

SAYINGS = st.builds(
    Saying,
    about=st.sampled_from(("point/2022-01", "data/2022-01", "question/day")),
    stage=st.sampled_from(("notice", "reminder", "overdue")),
    day=st.none() | st.dates(date(2022, 1, 1), date(2022, 2, 1)),
    before=st.integers(0, 2),
)
WHOLE = st.tuples(
    st.sampled_from(("SQF-P", "SQF-O", "2026-W48")), st.sampled_from(("reminders", "opening")),
    st.sampled_from(("a@ville.example", "b@ville.example")), st.lists(SAYINGS, max_size=3),
)  # fmt: skip


@given(WHOLE, WHOLE)
def test_two_messages_have_one_identity_when_all_that_they_say_is_the_same_and_only_then(
    one: tuple[str, str, str, list[Saying]], other: tuple[str, str, str, list[Saying]]
) -> None:
    same = one[:3] == other[:3] and sorted(map(repr, one[3])) == sorted(map(repr, other[3]))
    assert (identity(*one) == identity(*other)) is same


@given(WHOLE, st.randoms(use_true_random=False))
def test_neither_the_order_nor_capitals_matter(whole: tuple[str, str, str, list[Saying]], random: object) -> None:
    scope, kind, address, sayings = whole
    random.shuffle(shuffled := list(sayings))  # type: ignore[attr-defined]
    assert identity(scope, kind, address.upper(), shuffled) == identity(scope, kind, address, sayings)


def _said(message: Message) -> tuple[str, str, tuple[Told, ...]]:
    return message.kind, message.address, tuple(sorted(message.told, key=repr))


def _by_saying(messages: Iterable[Message]) -> dict[tuple[str, str, tuple[Told, ...]], list[str]]:
    found: dict[tuple[str, str, tuple[Told, ...]], list[str]] = {}
    for message in messages:
        found.setdefault(_said(message), []).append(message.id)
    return found


def _lived() -> Life:
    terms = b.convention(duty=[b.duty(), b.meeting_duty()], question=[b.BLANK])
    return life(terms, b.signed("2021-12-15"), "2022-01-03")


@pytest.mark.parametrize("later", [timedelta(seconds=7), timedelta(minutes=95), timedelta(hours=5)])
def test_after_an_old_copy_is_put_back_the_same_sayings_leave_under_the_same_ids(later: timedelta) -> None:
    lived = _lived().until("2022-02-01")
    copy, kept = lived.dossier.model_copy(deep=True), len(lived.dossier.outbox)
    meeting = MeetingArranged(item="point/2022-07", starts_at=b.at("2022-09-13"))
    lived.record(meeting, when=b.at("2022-06-07"))
    lived.until("2022-12-01")
    again = _lived()
    again.dossier, again.now, again.orders = copy, b.at("2022-02-01") + later, dict(lived.orders)
    again.record(meeting, when=b.at("2022-06-07") + later)
    again.until("2022-12-01")
    first, second = (_by_saying(one.dossier.outbox[kept:]) for one in (lived, again))
    shared = first.keys() & second.keys()
    assert len(shared) > 20
    assert {said: first[said] for said in shared} == {said: second[said] for said in shared}


def test_what_is_said_again_later_is_another_message() -> None:
    outbox = _lived().until("2022-12-31").dossier.outbox
    assert any(len(ids) > 1 for ids in _by_saying(outbox).values())
    assert len({message.id for message in outbox}) == len(outbox)
