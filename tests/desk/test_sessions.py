"""How long a session lasts, what ends it, and what survives a restart."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from echeancier.desk.sign_in.sessions import ATTEMPT_LIFE, Sessions, mark_of

HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    return Sessions(tmp_path / "desk" / "sessions.db", clock, HOUR, 10 * HOUR)


def test_a_session_that_does_nothing_ends(sessions: Sessions, clock: Clock) -> None:
    secret = sessions.begin("holder", "token")
    clock.pass_(HOUR + timedelta(seconds=1))
    assert sessions.find(secret) is None


def test_a_session_that_is_used_goes_on_but_not_for_ever(sessions: Sessions, clock: Clock) -> None:
    secret = sessions.begin("holder", "token")
    for _ in range(11):
        clock.pass_(timedelta(minutes=50))
        assert sessions.find(secret) is not None
    clock.pass_(timedelta(minutes=51))
    assert sessions.find(secret) is None


def test_what_is_over_is_forgotten_at_the_next_sign_in(sessions: Sessions, clock: Clock) -> None:
    sessions.begin("a-holder-long-gone", "token")
    clock.pass_(2 * HOUR)
    sessions.begin("another", "token")
    assert sessions.end_all() == 1


def test_everybody_can_be_signed_out_from_another_process(sessions: Sessions, tmp_path: Path, clock: Clock) -> None:
    secrets = [sessions.begin("holder", "token") for _ in range(3)]
    other = Sessions(tmp_path / "desk" / "sessions.db", clock, HOUR, 10 * HOUR)
    assert other.end_all() == 3
    assert [sessions.find(secret) for secret in secrets] == [None] * 3


def test_a_restart_keeps_people_signed_in(sessions: Sessions, tmp_path: Path, clock: Clock) -> None:
    secret = sessions.begin("holder", "token")
    sessions.close()
    found = Sessions(tmp_path / "desk" / "sessions.db", clock, HOUR, 10 * HOUR).find(secret)
    assert found is not None
    assert found.holder == "holder"


def test_whoever_reads_the_file_cannot_sign_in_with_it(sessions: Sessions, tmp_path: Path) -> None:
    secret = sessions.begin("holder", "token")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "desk").iterdir())
    assert secret.encode() not in kept
    assert mark_of(secret).encode() in kept
    assert sessions.find(mark_of(secret)) is None


def test_the_file_is_its_owners_only(sessions: Sessions, tmp_path: Path) -> None:
    sessions.begin("holder", "token")
    assert stat.S_IMODE((tmp_path / "desk").stat().st_mode) == 0o700
    for path in (tmp_path / "desk").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_way_in_serves_once_in_one_browser_for_ten_minutes(sessions: Sessions, clock: Clock) -> None:
    attempt = sessions.open("browser", "/page")
    assert sessions.take(attempt.state, "another browser") is None
    opened = sessions.take(attempt.state, "browser")
    assert opened is not None
    assert opened.attempt == attempt
    assert opened.path == "/page"
    assert sessions.take(attempt.state, "browser") is None
    late = sessions.open("browser", "/page")
    clock.pass_(ATTEMPT_LIFE + timedelta(seconds=1))
    assert sessions.take(late.state, "browser") is None
