"""The settings of the mailbox, and what they make of a worker."""

from pathlib import Path

import pytest

from echeancier.adapters.inbox.imap import ImapMailbox
from echeancier.adapters.mail.rendering import Renderer
from echeancier.adapters.settings import Settings, WrongSettingsError, load_settings
from echeancier.domain.answers.reply import header_mark, return_token
from echeancier.domain.messages.mail import Mailbox
from tests.adapters.orders import order
from tests.adapters.replies import KEY, FixedKeys
from worker import parts_from

MAILBOX = {
    "ECHEANCIER_IMAP__HOST": "imap.ville.example",
    "ECHEANCIER_IMAP__USERNAME": "agenda",
    "ECHEANCIER_IMAP__PASSWORD": "secret-de-test",
}


class NoTransport:
    """A transport that nothing uses here."""

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str) -> None:
        raise AssertionError(raw, envelope_from, recipient)

    async def trouble(self) -> str:
        return ""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from any `.env`."""
    monkeypatch.chdir(tmp_path)


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_without_a_mailbox_nothing_is_read_and_nobody_is_called_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = parts_from(settings(monkeypatch), NoTransport())  # type: ignore[arg-type]
    assert (parts.mailbox, parts.policy.nudge_days) == (None, 0)


def test_with_a_mailbox_answers_are_read_and_silent_guests_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = parts_from(settings(monkeypatch, **MAILBOX), NoTransport())  # type: ignore[arg-type]
    assert isinstance(parts.mailbox, ImapMailbox)
    assert parts.policy.nudge_days == 7


def test_the_days_before_a_meeting_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, ECHEANCIER_NUDGE_DAYS="3").days_of_nudge == 3
    assert settings(monkeypatch, **MAILBOX, ECHEANCIER_NUDGE_DAYS="0").days_of_nudge == 0


def test_a_mailbox_without_its_password_is_said_by_the_name_of_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(WrongSettingsError, match="ECHEANCIER_IMAP__PASSWORD"):
        settings(monkeypatch, ECHEANCIER_IMAP__HOST="imap.ville.example", ECHEANCIER_IMAP__USERNAME="agenda")


def test_a_message_carries_the_marks_by_which_it_is_known_again() -> None:
    renderer = Renderer(
        Mailbox(address="agenda@ville.example"), "retours@ville.example", "ville.example", keys=FixedKeys()
    )
    one = order()
    assert renderer.return_path(one.id) == f"retours+{return_token(one.id, KEY)}@ville.example"
    assert renderer.render(one).message_id == f"<{header_mark('message', one.id)}@ville.example>"
