"""The mailbox of the answers against a real server."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr, ValidationError

from echeancier.adapters.inbox import imap
from echeancier.adapters.inbox.imap import ImapMailbox
from echeancier.adapters.inbox.imap_settings import ImapSettings
from echeancier.domain.answers.reply import Cursor
from echeancier.domain.errors import MailboxError
from echeancier.domain.ports import Incoming
from echeancier.engine.ports import LOOPBACK, free_port
from tests.adapters.replies import mail
from tests.support.dovecot import PASSWORD, PROGRAM, USER, ImapServer, imap_server

needs_dovecot = pytest.mark.skipif(PROGRAM is None, reason="no IMAP server here: apt install dovecot-imapd")
NOTHING_READ = Cursor()


def settings(port: int | None, **changes: object) -> ImapSettings:
    values = {
        "host": LOOPBACK,
        "port": port,
        "security": "none",
        "username": USER,
        "password": SecretStr(PASSWORD),
    }
    return ImapSettings.model_validate({**values, **changes})


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    running.begin_again()
    return running


@pytest.fixture
def mailbox(server: ImapServer) -> ImapMailbox:
    return ImapMailbox(settings(server.port))


def numbered(number: int) -> bytes:
    return mail(f"Courriel {number}", message_id=f"<m{number}@operateur.example>")


def put(server: ImapServer, *numbers: int) -> None:
    for number in numbers:
        server.put(numbered(number))


def everything(mailbox: ImapMailbox, after: Cursor = NOTHING_READ) -> list[Incoming]:
    return list(mailbox.mails(mailbox.waiting(after)[1]))


@needs_dovecot
def test_mails_are_read_in_order_byte_for_byte(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1, 2)
    assert [one.raw for one in everything(mailbox)] == [numbered(1), numbered(2)]


@needs_dovecot
def test_reading_leaves_no_trace(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1)
    everything(mailbox)
    assert server.unread() == 1


@needs_dovecot
def test_a_mail_has_its_size_and_the_instant_it_was_received(server: ImapServer, mailbox: ImapMailbox) -> None:
    with server.session() as client:
        client.append("INBOX", "", '"22-Nov-2026 14:43:00 +0100"', numbered(1))
    (one,) = everything(mailbox)
    assert (one.size, one.received_at) == (len(numbered(1)), datetime(2026, 11, 22, 13, 43, tzinfo=UTC))


@needs_dovecot
def test_an_empty_mailbox_has_nothing_waiting(mailbox: ImapMailbox) -> None:
    validity, waiting = mailbox.waiting(NOTHING_READ)
    assert validity > 0
    assert waiting == ()


@needs_dovecot
def test_what_was_read_before_is_not_waiting(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1, 2)
    validity, (first, second) = mailbox.waiting(NOTHING_READ)
    assert mailbox.waiting(Cursor(uid_validity=validity, uid=first))[1] == (second,)
    assert mailbox.waiting(Cursor(uid_validity=validity, uid=second))[1] == ()


@needs_dovecot
def test_a_mailbox_made_anew_is_read_from_its_beginning(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1)
    validity, (uid,) = mailbox.waiting(NOTHING_READ)
    assert mailbox.waiting(Cursor(uid_validity=validity + 1, uid=uid))[1] == (uid,)


@needs_dovecot
def test_mails_go_to_two_folders_that_are_made_when_missing(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1, 2, 3)
    validity, (first, second, _) = mailbox.waiting(NOTHING_READ)
    mailbox.file(validity, [first], "done")
    mailbox.file(validity, [second], "to-read")
    assert server.ids("INBOX") == ["<m3@operateur.example>"]
    assert server.ids("Trait&AOk-") == ["<m1@operateur.example>"]
    assert server.ids("&AMA- voir") == ["<m2@operateur.example>"]


# Prefix, separator: a server that has its folders under the inbox; one that has them nowhere else, with another separator;
# one that has them beside the inbox.
NAMESPACES = [("INBOX.", "."), ("INBOX/", "/"), ("Courrier/", "/"), ("", "/"), ("", ".")]


@needs_dovecot
@pytest.mark.parametrize(("prefix", "separator"), NAMESPACES)
@pytest.mark.parametrize("spelt", ["as a person says it", "as the server says it"])
def test_folders_are_made_where_the_server_has_its_own(prefix: str, separator: str, spelt: str) -> None:
    namespace = f"namespace inbox {{\n inbox = yes\n prefix = {prefix}\n separator = {separator}\n}}\n"
    wanted = {"done": "Fait", "to_read": "Robot/Lire"}
    if spelt == "as the server says it":
        wanted = {"done": f"{prefix}Fait", "to_read": f"{prefix}Robot{separator}Lire"}
    with imap_server(namespace) as server:
        mailbox = ImapMailbox(settings(server.port, **wanted))
        put(server, 1, 2)
        validity, (first, second) = mailbox.waiting(NOTHING_READ)
        for _ in range(2):
            mailbox.file(validity, [first], "done")
            mailbox.file(validity, [second], "to-read")
        assert server.ids(f"{prefix}Fait") == ["<m1@operateur.example>"]
        assert server.ids(f"{prefix}Robot{separator}Lire") == ["<m2@operateur.example>"]


@needs_dovecot
def test_a_folder_that_cannot_be_made_is_said_as_such_with_its_name(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1)
    validity, uids = mailbox.waiting(NOTHING_READ)
    bad = ImapMailbox(settings(server.port, done="a//b"))
    with pytest.raises(MailboxError, match="«\u00a0a//b\u00a0»"):
        bad.file(validity, uids, "done")
    assert mailbox.waiting(NOTHING_READ)[1] == uids


@needs_dovecot
def test_filing_twice_does_no_harm(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1)
    validity, uids = mailbox.waiting(NOTHING_READ)
    for _ in range(2):
        mailbox.file(validity, uids, "done")
    assert server.ids("Trait&AOk-") == ["<m1@operateur.example>"]


@needs_dovecot
def test_mails_of_a_mailbox_made_anew_are_not_moved_by_their_old_numbers(
    server: ImapServer, mailbox: ImapMailbox
) -> None:
    put(server, 1)
    validity, uids = mailbox.waiting(NOTHING_READ)
    with pytest.raises(MailboxError):
        mailbox.file(validity + 1, uids, "done")
    assert server.ids("INBOX") == ["<m1@operateur.example>"]


@needs_dovecot
def test_a_mail_gone_meanwhile_is_left_out(server: ImapServer, mailbox: ImapMailbox) -> None:
    put(server, 1)
    _, uids = mailbox.waiting(NOTHING_READ)
    assert [one.uid for one in mailbox.mails([*uids, uids[-1] + 10])] == list(uids)


@needs_dovecot
def test_of_a_mail_that_is_too_big_only_the_fields_are_fetched(
    server: ImapServer, mailbox: ImapMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 100)
    put(server, 1)
    (one,) = everything(mailbox)
    assert b"Message-ID" in one.raw
    assert b"Courriel 1" not in one.raw
    assert one.size == len(numbered(1))


@needs_dovecot
@pytest.mark.parametrize("password", ["faux", "é"])
def test_a_wrong_password_is_final_and_is_not_repeated(server: ImapServer, password: str) -> None:
    with pytest.raises(MailboxError) as refused:
        ImapMailbox(settings(server.port, password=SecretStr(password))).waiting(NOTHING_READ)
    assert refused.value.final
    assert password not in str(refused.value).replace("réponses", "")
    assert USER not in str(refused.value)


@needs_dovecot
def test_a_server_without_the_encryption_asked_for_is_not_spoken_to(server: ImapServer) -> None:
    with pytest.raises(MailboxError) as refused:
        ImapMailbox(settings(server.port, security="starttls")).waiting(NOTHING_READ)
    assert not refused.value.final


def test_a_server_that_does_not_answer_may_answer_later() -> None:
    with pytest.raises(MailboxError) as refused:
        ImapMailbox(settings(free_port())).waiting(NOTHING_READ)
    assert not refused.value.final


def test_a_password_never_travels_in_clear_over_a_network() -> None:
    with pytest.raises(ValidationError, match="en clair"):
        settings(143, host="imap.ville.example")


def test_the_three_folders_are_different() -> None:
    with pytest.raises(ValidationError, match="différents"):
        settings(143, to_read="INBOX")


@pytest.mark.parametrize(("security", "port"), [("tls", 993), ("starttls", 143)])
def test_the_usual_port_goes_with_the_security(security: str, port: int) -> None:
    assert settings(None, security=security, host="imap.ville.example").effective_port == port
