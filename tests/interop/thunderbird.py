"""Thunderbird with one account, driven through Marionette (Mozilla's remote protocol), on a screen that nobody sees."""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from echeancier.engine.ports import LOOPBACK, free_port
from tests.interop.mail_host import PASSWORD, MailHost, wait_for_port
from tests.interop.marionette import Marionette

PROGRAMS = ("thunderbird", "Xvfb", "dbus-run-session")

_PREFERENCES: dict[str, object] = {
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.server.server1.type": "imap",
    "mail.server.server1.hostname": LOOPBACK,
    "mail.server.server1.name": "interop",
    "mail.server.server1.socketType": 0,
    "mail.server.server1.authMethod": 3,
    "mail.server.server1.login_at_startup": False,
    "mail.server.server1.check_new_mail": False,
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.valid": True,
    "mail.identity.id1.fcc": False,
    "mail.identity.id1.compose_html": False,
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.hostname": LOOPBACK,
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mail.rights.version": 1,
    "mail.provider.suppress_dialog_on_startup": True,
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "app.donation.eoy.version.viewed": 999,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.update.enabled": False,
    "calendar.timezone.useSystemTimezone": False,
    "calendar.timezone.local": "Europe/Paris",
    "calendar.itip.compatSendMode": 0,
    "calendar.itip.newInvitationDisplay": False,
    "calendar.notifications.times": "",
    "security.nocertdb": True,
}

_CALENDAR = """
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
for (const one of cal.manager.getCalendars()) cal.manager.unregisterCalendar(one);
const made = cal.manager.createCalendar("storage", Services.io.newURI("moz-storage-calendar://"));
made.name = "interop";
made.setProperty("imip.identity.key", "id1");
cal.manager.registerCalendar(made);
"""

_SIGN_IN = """
const [password] = arguments;
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
MailServices.accounts.getAccount("account1").incomingServer.password = password;
"""

_FETCH = """
const [done] = arguments;
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const root = MailServices.accounts.getAccount("account1").incomingServer.rootFolder;
const inbox = root.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
if (!inbox) {
  MailServices.accounts.getAccount("account1").incomingServer.performExpand(null);
  done(-1);
} else {
  inbox.getNewMessages(null, { OnStartRunningUrl() {}, OnStopRunningUrl() { done(inbox.getTotalMessages(false)); } });
}
"""

_SHOW = """
const [id] = arguments;
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const inbox = MailServices.accounts.getAccount("account1").incomingServer.rootFolder
  .getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
if (!inbox) return false;
const found = [...inbox.messages].find(one => one.messageId == id);
if (!found) return false;
const tabs = window.document.getElementById("tabmail");
tabs.switchToTab(0);
const pane = tabs.currentAbout3Pane;
if (pane.gFolder != inbox) { pane.displayFolder(inbox.URI); return false; }
const at = pane.gDBView.findIndexOfMsgHdr(found, true);
if (at == 0xffffffff) return false;
pane.threadTree.selectedIndex = at;
return true;
"""

_BAR = """
const about = window.document.getElementById("tabmail").currentAboutMessage;
if (!about || !about.gMessage) return null;
const bar = about.document.querySelector(".calendar-notification-bar");
if (!bar) return null;
const buttons = about.calImipBar.getButtons().filter(one => !one.hidden).map(one => one.id);
return { id: about.gMessage.messageId, says: bar.messageText?.textContent || bar.label || bar.textContent, buttons };
"""

_ACT = """
const [action] = arguments;
window.document.getElementById("tabmail").currentAboutMessage.calImipBar.executeAction(action, "AUTO");
"""

_EVENTS = """
const [done] = arguments;
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
(async () => {
  const made = cal.manager.getCalendars().find(one => one.name == "interop");
  const items = await made.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
  return items.map(one => ({
    uid: one.id, title: one.title, status: one.status, sequence: one.getProperty("SEQUENCE"),
    start: one.startDate.icalString, zone: one.startDate.timezone.tzid,
    answers: one.getAttendees().map(a => a.participationStatus),
  }));
})().then(done, error => done({ failed: String(error) }));
"""


def missing_programs() -> list[str]:
    """Return the programs that must be installed first."""
    return [one for one in PROGRAMS if shutil.which(one) is None]


@dataclass(frozen=True)
class Event:
    """A meeting as Thunderbird's calendar has it; ``start`` is a local time such as ``20220915T100000``."""

    uid: str
    title: str
    status: str | None
    sequence: str | None
    start: str
    zone: str
    answers: list[str]


@dataclass(frozen=True)
class Bar:
    """What Thunderbird says above an invitation, and the ids of the buttons it offers."""

    id: str
    says: str
    buttons: list[str]


@dataclass(frozen=True)
class Thunderbird:
    """A running Thunderbird."""

    marionette: Marionette

    def show(self, message_id: str, offering: str) -> Bar:
        """Fetch mail until a message has come, select it, and return what is said above it, once a button is offered."""
        wanted = message_id.strip("<>")
        until(lambda: self._fetch() > 0 and self._chrome(_SHOW, wanted))
        bar: Bar = until(lambda: self._bar(wanted, offering))
        return bar

    def act(self, action: str) -> None:
        """Press a button of the bar: ``ACCEPTED``, ``DECLINED``, ``""`` for what takes no answer."""
        self._chrome(_ACT, action)

    def events(self) -> list[Event]:
        """Return what the calendar holds."""
        return [Event(**one) for one in self._chrome_async(_EVENTS)]

    def photograph(self, path: Path) -> None:
        """Keep a picture of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.marionette.ask("WebDriver:TakeScreenshot", {"full": False})))

    def _bar(self, wanted: str, offering: str) -> Bar | None:
        """The bar of the message shown before stays for a moment: only the button that is waited for is a sure sign."""
        found = self._chrome(_BAR)
        return Bar(**found) if found and found["id"] == wanted and offering in found["buttons"] else None

    def _fetch(self) -> int:
        return int(self._chrome_async(_FETCH))

    def _chrome(self, script: str, *arguments: object) -> Any:
        return self.marionette.execute(script, *arguments)

    def _chrome_async(self, script: str, *arguments: object) -> Any:
        return self.marionette.execute(script, *arguments, waiting=True)


def until(look: Callable[[], Any], seconds: float = 60) -> Any:
    """Return what `look` finds, as soon as it finds something."""
    give_up = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > give_up:
            raise AssertionError("Thunderbird does not come to it")
        time.sleep(0.2)


@contextmanager
def thunderbird(host: MailHost, address: str, name: str) -> Iterator[Thunderbird]:
    """Start Thunderbird for one account of a mail host, and end it."""
    with tempfile.TemporaryDirectory(prefix="thunderbird-", ignore_cleanup_errors=True) as made:
        profile, port = Path(made), free_port()
        mine = {
            "mail.server.server1.port": host.imap,
            "mail.server.server1.userName": address,
            "mail.smtpserver.smtp1.port": host.smtp,
            "mail.identity.id1.useremail": address,
            "mail.identity.id1.fullName": name,
            "marionette.port": port,
        }
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in (_PREFERENCES | mine).items())
        (profile / "user.js").write_text("\n".join(lines))
        with _screen() as display, _program(profile, display):
            wait_for_port(port)
            marionette = Marionette(port)
            try:
                running = Thunderbird(marionette)
                until(lambda: running._chrome("return !!window.document.getElementById('tabmail')?.currentAbout3Pane"))
                running._chrome(_CALENDAR)
                running._chrome(_SIGN_IN, PASSWORD)
                yield running
            finally:
                marionette.close()


@contextmanager
def _screen() -> Iterator[str]:
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield f":{said.readline().strip()}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def _program(profile: Path, display: str) -> Iterator[None]:
    """Run the program in a group of its own: ending the bus alone would leave it alive."""
    with (profile / "out").open("wb") as out:
        process = subprocess.Popen(
            ["dbus-run-session", "thunderbird", "-profile", str(profile), "--marionette",
             "-remote-allow-system-access", "-no-remote"],
            env={**os.environ, "DISPLAY": display, "HOME": str(profile), "MOZ_CRASHREPORTER_DISABLE": "1"},
            stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
