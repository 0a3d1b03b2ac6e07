"""Mail that goes elsewhere: held by the emergency stop, or to the one mailbox of a trial."""

import email
from email.policy import default

from echeancier.adapters.relay.held_or_redirected import HeldMail, RedirectedMail
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from tests.smtpd import ScriptedServer

RAW = b"Date: Mon, 3 Jan 2022 09:00:00 +0100\r\nTo: agence@operateur.example\r\nSubject: essai\r\n\r\nBonjour\r\n"
TRIAL, SENDER = "essai@ville.example", "agenda@ville.example"


def carrier(relay: ScriptedServer) -> SmtpTransport:
    return SmtpTransport(SmtpSettings(host=relay.host, port=relay.port, security="none", timeout=2))


async def test_the_emergency_stop_hands_nothing_over_and_sets_no_time_to_try_again() -> None:
    held = await HeldMail().deliver(RAW, SENDER, "agence@operateur.example")
    assert (held.outcome, held.stored) == ("deferred", True)


async def test_in_a_trial_only_the_mailbox_of_the_trial_receives() -> None:
    async with ScriptedServer() as relay:
        said = await RedirectedMail(carrier(relay), TRIAL, SENDER).deliver(RAW, SENDER, "agence@operateur.example")
    (received,) = relay.received
    assert received.recipients == (TRIAL,)
    assert said.outcome == "accepted"
    assert said.detail.startswith("redirigé vers la boîte d’essai")


async def test_a_redirected_mail_reads_as_it_would_have_been_read_and_says_where_it_went() -> None:
    async with ScriptedServer() as relay:
        redirected = RedirectedMail(carrier(relay), TRIAL, SENDER)
        for _ in range(2):
            await redirected.deliver(RAW, SENDER, "agence@operateur.example")
    first, again = (received.content for received in relay.received)
    assert first == again
    assert first.endswith(RAW)
    read = email.message_from_bytes(first, policy=default)
    assert (read["Resent-To"], read["To"]) == (TRIAL, "agence@operateur.example")
    assert read["Resent-Date"] == read["Date"]
