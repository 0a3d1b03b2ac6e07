"""Towards anything that is not this machine, mail is encrypted unless somebody wrote that it must not be."""

from pathlib import Path

import pytest

from echeancier.adapters.settings import Settings, WrongSettingsError, load_settings

HOSTS = [
    "relais.ville.example",
    "192.0.2.1",
    "mailpit",
    "2001:db8::1",
    "localhost.ville.example",
    "127.0.0.1.example",
]


@pytest.fixture(autouse=True)
def _nothing_else_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def settings(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in given.items():
        monkeypatch.setenv(f"ECHEANCIER_{name}", value)
    return load_settings()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("more", [{}, {"SMTP__SECURITY": ""}])
def test_a_relay_named_by_its_host_alone_is_spoken_to_over_tls(
    monkeypatch: pytest.MonkeyPatch, host: str, more: dict[str, str]
) -> None:
    relay = settings(monkeypatch, SMTP__HOST=host, **more).smtp
    assert relay is not None
    assert (relay.security, relay.effective_port) == ("starttls", 587)
    assert relay.tls_context() is not None
    assert not relay.in_clear


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("more", [{}, {"IMAP__SECURITY": ""}])
def test_so_is_a_mailbox(monkeypatch: pytest.MonkeyPatch, host: str, more: dict[str, str]) -> None:
    given = {"IMAP__HOST": host, "IMAP__USERNAME": "agenda", "IMAP__PASSWORD": "x", **more}
    mailbox = settings(monkeypatch, **given).imap
    assert mailbox is not None
    assert (mailbox.security, mailbox.effective_port) == ("tls", 993)
    with pytest.raises(WrongSettingsError, match="partirait en clair"):
        settings(monkeypatch, **{**given, "IMAP__SECURITY": "none"})


@pytest.mark.parametrize("host", HOSTS)
def test_clear_text_that_somebody_asked_for_is_said(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    relay = settings(monkeypatch, SMTP__HOST=host, SMTP__SECURITY="none").smtp
    assert relay is not None
    assert relay.in_clear
    with pytest.raises(WrongSettingsError, match="partirait en clair"):
        settings(monkeypatch, SMTP__USERNAME="agenda")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_on_this_machine_clear_text_crosses_no_network(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    relay = settings(monkeypatch, SMTP__HOST=host, SMTP__SECURITY="none").smtp
    assert relay is not None
    assert not relay.in_clear
