"""A mail host nobody here wrote: Postfix receives, hands to Dovecot over LMTP, and answers what it cannot deliver."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from echeancier.engine.ports import LOOPBACK, free_port

PASSWORD = "secret-de-test"

_MASTER = """\
{smtp} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
flush unix n - n 1000? 0 flush
showq unix n - n - - showq
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""

_MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {home}/maillog
maillog_file_prefixes = /tmp, /var
myhostname = mail.interop.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
recipient_delimiter = +
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
default_transport = error:this host knows only its own mailboxes
smtpd_recipient_restrictions = permit_mynetworks, reject
"""

_DOVECOT = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u
recipient_delimiter = +
postmaster_address = postmaster@interop.example
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {home}/users
  override_fields = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
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
class MailHost:
    """Postfix and Dovecot with some accounts; the password of each is `PASSWORD`.

    Attributes:
        smtp: port of Postfix, without encryption, for this machine only.
        imap: port of Dovecot.
        home: where both keep their files and their logs.
    """

    smtp: int
    imap: int
    home: Path


def missing_programs() -> list[str]:
    """Return what must be installed first, and said if we may not run a mail host."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    missing = [p for p in ("postfix", "dovecot") if shutil.which(p, path=path) is None]
    return missing if os.getuid() == 0 else [*missing, "root (Postfix starts as root)"]


@contextmanager
def mail_host(accounts: Sequence[str]) -> Iterator[MailHost]:
    """Start both servers, and stop them."""
    with tempfile.TemporaryDirectory(prefix="mail-host-", ignore_cleanup_errors=True) as made:
        home = Path(made)
        home.chmod(0o755)
        host = MailHost(free_port(), free_port(), home)
        lmtp = free_port()
        with _dovecot(host, lmtp, accounts), _postfix(host, lmtp, accounts):
            yield host


@contextmanager
def _dovecot(host: MailHost, lmtp: int, accounts: Sequence[str]) -> Iterator[None]:
    home, owner = host.home, pwd.getpwnam("nobody")
    for name in ("run", "state", "mail"):
        (home / name).mkdir()
    os.chown(home / "mail", owner.pw_uid, owner.pw_gid)
    (home / "users").write_text("".join(f"{one}:{{PLAIN}}{PASSWORD}::::::\n" for one in accounts))
    (home / "dovecot.conf").write_text(
        _DOVECOT.format(home=home, imap=host.imap, lmtp=lmtp, uid=owner.pw_uid, gid=owner.pw_gid)
    )
    with (home / "dovecot.out").open("wb") as out:
        process = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", str(home / "dovecot.conf")], stdout=out, stderr=out
        )
    try:
        for port in (host.imap, lmtp):
            wait_for_port(port, home)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def _postfix(host: MailHost, lmtp: int, accounts: Sequence[str]) -> Iterator[None]:
    home, owner = host.home, pwd.getpwnam("postfix")
    domains = " ".join(sorted({one.partition("@")[2] for one in accounts}))
    configuration = home / "postfix"
    for name in ("postfix", "queue", "data"):
        (home / name).mkdir()
    os.chown(home / "data", owner.pw_uid, owner.pw_gid)
    (configuration / "main.cf").write_text(_MAIN.format(home=home, domains=domains, lmtp=lmtp))
    (configuration / "master.cf").write_text(_MASTER.format(smtp=f"127.0.0.1:{host.smtp}"))
    command = ["/usr/sbin/postfix", "-c", str(configuration)]
    with (home / "postfix.out").open("wb") as out:
        subprocess.run([*command, "start"], check=True, stdout=out, stderr=out)
    try:
        wait_for_port(host.smtp, home)
        yield
    finally:
        subprocess.run([*command, "abort"], check=False, capture_output=True)


def wait_for_port(port: int, home: Path | None = None) -> None:
    """Wait until something listens; say what the logs say if nothing does within half a minute."""
    give_up = time.monotonic() + 30
    while True:
        try:
            with socket.create_connection((LOOPBACK, port), timeout=5):
                return
        except OSError as error:
            if time.monotonic() > give_up:
                logs = sorted(home.glob("*log")) + sorted(home.glob("*.out")) if home else []
                said = "".join(p.read_text(errors="replace") for p in logs)
                raise AssertionError(f"nothing listens on {port}: {said}") from error
        time.sleep(0.1)
