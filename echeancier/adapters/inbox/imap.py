"""The mailbox of the answers, by IMAP (RFC 3501): read without a trace, then filed. One connection for each call."""

import imaplib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderCreateError,
    MailboxFolderSelectError,
    MailboxLoginError,
)
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxUnencrypted

from echeancier.adapters.inbox.imap_settings import ImapSettings
from echeancier.domain.answers.reply import Cursor, Folder
from echeancier.domain.errors import MailboxError
from echeancier.domain.ports import Incoming
from echeancier.domain.typography import nbsp

LARGEST = 30 * 1024 * 1024
"""Bytes of a mail that is fetched whole; of a bigger one only the fields are."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NAMESPACE = re.compile(rb'\(\("((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)+)"')
_UNQUOTED = re.compile(r"\\(.)")
_RECEIVED = re.compile(rb'INTERNALDATE "([^"]+)"')


class ImapMailbox:
    """Reads and files mail; implements the port `ReplyMailbox`. Blocking: call it from a thread."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings

    def waiting(self, after: Cursor) -> tuple[int, tuple[int, ...]]:
        """Return UIDVALIDITY, and the UIDs still to be read, oldest first.

        Raises:
            MailboxError: the mailbox cannot be reached, or refuses us.
        """
        with self._open() as box:
            validity = _uid_validity(box)
            first = after.uid + 1 if after.uid_validity == validity else 1
            # « n:* » names the last mail even when it is before n.
            uids = sorted(int(uid) for uid in box.uids(f"UID {first}:*", charset=None))
            return validity, tuple(uid for uid in uids if uid >= first)

    def mails(self, uids: Sequence[int]) -> Iterator[Incoming]:
        """Fetch mails one after the other; one that is gone meanwhile is left out. They stay unread.

        Raises:
            MailboxError: the mailbox cannot be reached, or refuses us.
        """
        with self._open() as box:
            for uid in uids:
                head = _fetched(box, uid, "(RFC822.SIZE INTERNALDATE)")
                size, received = _SIZE.search(head[0]), _RECEIVED.search(head[0])
                if size is None:
                    continue
                whole = int(size[1]) <= LARGEST
                raw = _fetched(box, uid, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])")[1]
                yield Incoming(uid=uid, raw=raw, size=int(size[1]), received_at=_instant(received))

    def file(self, uid_validity: int, uids: Sequence[int], folder: Folder) -> None:
        """Move mails out of the way; the folder is made if it is missing.

        Raises:
            MailboxError: the mailbox cannot be reached or refuses us, or its UIDs mean other mails by now.
        """
        if not uids:
            return
        name = self._settings.done if folder == "done" else self._settings.to_read
        with self._open() as box:
            if _uid_validity(box) != uid_validity:
                raise MailboxError(nbsp("La boîte des réponses a été refaite : ses courriels seront relus."))
            there = _home(box).placed(name)
            if not box.folder.exists(there):
                try:
                    box.folder.create(there)
                except MailboxFolderCreateError as error:
                    raise MailboxError(
                        f"La boîte des réponses refuse de faire le dossier «\u00a0{name}\u00a0»\u00a0: donner un autre nom "
                        "(ECHEANCIER_IMAP__DONE, ECHEANCIER_IMAP__TO_READ).",
                        final=True,
                    ) from error
            box.move([str(uid) for uid in uids], there)

    @contextmanager
    def _open(self) -> Iterator[BaseMailBox]:
        """Open a session on the folder; what goes wrong is told without any name or password."""
        where = f"{self._settings.host}, port {self._settings.effective_port}"
        box: BaseMailBox | None = None
        try:
            box = self._connect()
            if self._settings.security == "starttls":
                # Not the library's own class: refused here, it would leave its connection open.
                box.client.starttls(self._settings.tls_context())
            self._login(box)
            box.folder.set(_home(box).placed(self._settings.folder))
            yield box
        except MailboxLoginError as error:
            raise MailboxError(
                f"La boîte des réponses ({where}) refuse le nom ou le mot de passe.", final=True
            ) from error
        except MailboxFolderSelectError as error:
            raise MailboxError(
                f"La boîte des réponses ({where}) n’a pas de dossier «\u00a0{self._settings.folder}\u00a0» "
                "(ECHEANCIER_IMAP__FOLDER).",
                final=True,
            ) from error
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
            raise MailboxError(f"La boîte des réponses ({where}) ne répond pas ({type(error).__name__}).") from error
        finally:
            if box is not None:
                _leave(box)

    def _connect(self) -> BaseMailBox:
        host, port, timeout = self._settings.host, self._settings.effective_port, self._settings.timeout
        if self._settings.security == "tls":
            return MailBox(host, port, timeout=timeout, ssl_context=self._settings.tls_context())
        return MailBoxUnencrypted(host, port, timeout=timeout)

    def _login(self, box: BaseMailBox) -> None:
        name, password = self._settings.username, self._settings.password.get_secret_value()
        try:
            if (name + password).isascii():
                box.login(name, password, initial_folder=None)
            else:
                box.login_utf8(name, password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:  # what the library's own command raises on a refusal
            raise MailboxLoginError(("NO", []), "OK") from error


@dataclass(frozen=True)
class _Home:
    """Where a server has the folders of an account (RFC 2342): many have them all under the inbox, as ``INBOX.Traité``."""

    prefix: str = ""
    separator: str = "/"

    def placed(self, name: str) -> str:
        """Return the server's own name of a folder, written as it says it or as a person does, with ``/`` between levels."""
        if name.upper() == "INBOX":
            return name
        spelt = name.replace("/", self.separator)
        return spelt if spelt.startswith(self.prefix) else self.prefix + spelt


def _home(box: BaseMailBox) -> _Home:
    """Ask the server; one that does not know the question has its folders beside the inbox, as far as anybody can tell."""
    try:
        # Never by its list of capabilities: before the sign-in many do not name this one.
        said = box.client.namespace()[1][0]
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        said = None
    if isinstance(said, bytes) and (found := _NAMESPACE.match(said)):
        prefix, separator = (_UNQUOTED.sub(r"\1", part.decode("ascii", "replace")) for part in found.groups())
        return _Home(prefix, separator)
    return _Home(separator=next((folder.delim for folder in box.folder.list("", "INBOX")), "/"))


def _uid_validity(box: BaseMailBox) -> int:
    return box.folder.status(box.folder.get(), ["UIDVALIDITY"])["UIDVALIDITY"]


def _fetched(box: BaseMailBox, uid: int, what: str) -> tuple[bytes, bytes]:
    """The answer's own line and its literal; both empty when the mail is gone."""
    status, data = box.client.uid("FETCH", str(uid), what)
    if status != "OK":
        raise imaplib.IMAP4.error("FETCH")
    for part in data:
        if isinstance(part, tuple):
            return bytes(part[0]), bytes(part[1])
        if isinstance(part, bytes) and b"UID" in part:
            return part, b""
    return b"", b""


def _instant(found: re.Match[bytes] | None) -> datetime | None:
    if found is None:
        return None
    try:
        return parsedate_to_datetime(found[1].decode("ascii").strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError):
        box.client.shutdown()
