"""Attempts are counted per name, and those refused are told when to come back."""

from datetime import timedelta

import pytest

from echeancier.adapters.web.rate_limits import RateLimits, client_of
from echeancier.engine.gateway import utc_now


def test_what_stays_within_the_rate_is_allowed() -> None:
    limits = RateLimits("3/hour")
    assert [limits.hit("client", "192.0.2.1") for _ in range(3)] == [None, None, None]


def test_one_attempt_too_many_is_told_when_to_come_back() -> None:
    limits = RateLimits("2/hour")
    before = utc_now()
    again = [limits.hit("a") for _ in range(3)][-1]
    assert again is not None
    assert before < again <= utc_now() + timedelta(hours=1)


def test_every_rate_must_be_kept_and_the_longest_wait_is_told() -> None:
    limits = RateLimits("1/minute;2/hour")
    limits.hit("a")
    within_the_hour = limits.hit("a")
    over_the_hour = limits.hit("a")
    assert within_the_hour is not None
    assert over_the_hour is not None
    assert over_the_hour > within_the_hour + timedelta(minutes=30)


def test_another_name_is_not_held_back() -> None:
    limits = RateLimits("1/hour")
    limits.hit("a", "b")
    assert limits.hit("a", "b") is not None
    assert limits.hit("ab") is None
    assert limits.hit("a", "c") is None


def test_asking_does_not_count() -> None:
    limits = RateLimits("1/hour")
    assert [limits.blocked("a") for _ in range(5)] == [None] * 5
    limits.hit("a")
    assert limits.blocked("a") is not None


def test_whoever_has_shown_that_it_may_begins_again() -> None:
    limits = RateLimits("1/hour;5/day")
    limits.hit("a")
    limits.forget("a")
    assert limits.hit("a") is None


def test_neither_an_address_nor_a_token_stays_in_memory() -> None:
    limits = RateLimits("5/hour")
    limits.hit("client", "192.0.2.77")
    assert "192.0.2.77" not in repr(limits._limiter.storage.__dict__)


def test_rates_written_otherwise_are_refused() -> None:
    with pytest.raises(ValueError, match="couldn't parse"):
        RateLimits("often")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_visitor_is_named_by_its_network(address: str, named: str) -> None:
    assert client_of(address) == named
