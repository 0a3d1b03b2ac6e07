"""A real IMAP server on this machine, for one module of tests: Dovecot, where it is installed."""

import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from echeancier.engine.ports import LOOPBACK, free_port

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

USER, PASSWORD = "reponses", "secret-de-test"

_CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = {host}
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{home}/mail
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """A server with one account.

    Attributes:
        home: its directory; to make the mailbox anew, empty it.
    """

    host: str
    port: int
    home: Path

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        """A session of ours, to put mail and to look."""
        with imaplib.IMAP4(self.host, self.port, timeout=10) as client:
            client.login(USER, PASSWORD)
            yield client

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        """Deliver a mail."""
        with self.session() as client:
            status, said = client.append(folder, "", "", raw)
            assert status == "OK", said

    def ids(self, folder: str) -> list[str]:
        """The Message-IDs of a folder, in order; none where there is no such folder."""
        with self.session() as client:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            _, data = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            return [part[1].decode().partition(":")[2].strip() for part in data if isinstance(part, tuple)]

    def unread(self, folder: str = "INBOX") -> int:
        """How many mails of a folder nobody has read."""
        with self.session() as client:
            client.select(folder, readonly=True)
            return len(client.search(None, "UNSEEN")[1][0].split())

    def begin_again(self) -> None:
        """Remove every mail and folder: the mailbox is made anew, with another UIDVALIDITY."""
        shutil.rmtree(self.home / "mail", ignore_errors=True)
        _mail_directory(self.home)


@contextmanager
def imap_server(more: str = "") -> Iterator[ImapServer]:
    """Start the server, and stop it.

    Args:
        more: lines for the end of its configuration, as a namespace of its own.
    """
    assert PROGRAM is not None
    # Not pytest's own directory: as root the server reads mail as another user, who must reach it.
    with tempfile.TemporaryDirectory(prefix="imap-", ignore_cleanup_errors=True) as made:
        home = Path(made)
        home.chmod(0o755)
        uid, gid = _mail_directory(home)
        root = os.getuid() == 0
        mine = pwd.getpwuid(os.getuid()).pw_name
        port = free_port()
        text = _CONFIGURATION.format(
            home=home, host=LOOPBACK, port=port, uid=uid, gid=gid,
            internal="dovecot" if root else mine, internal_group="dovecot" if root else mine,
            login="dovenull" if root else mine,
        )  # fmt: skip
        (home / "dovecot.conf").write_text(text + more)
        (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        for name in ("run", "state"):
            (home / name).mkdir()
        with (home / "out").open("wb") as out:
            process = subprocess.Popen([PROGRAM, "-F", "-c", str(home / "dovecot.conf")], stdout=out, stderr=out)
        try:
            server = ImapServer(LOOPBACK, port, home)
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def _mail_directory(home: Path) -> tuple[int, int]:
    """Make the directory of the mails; return whose it is: never root's, whom the server refuses."""
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    mail = home / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    return owner.pw_uid, owner.pw_gid


def _wait_for(server: ImapServer, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 30
    while True:
        try:
            with server.session():
                return
        except (OSError, imaplib.IMAP4.error) as error:
            if process.poll() is not None or time.monotonic() > give_up:
                said = "".join(p.read_text() for n in ("out", "log") if (p := server.home / n).exists())
                raise AssertionError(f"the IMAP server does not start: {said}") from error
        time.sleep(0.05)
