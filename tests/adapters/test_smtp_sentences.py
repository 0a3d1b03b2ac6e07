"""What real relays say when they refuse, played by a real server: whose fault is it?

Sentences of Postfix, Exchange, Microsoft 365, Gmail, OVH, Orange, Free, Zimbra, Exim, Sendmail, qmail and Yahoo, with
invented names. Only an answer that names the recipient is held against the recipient.
"""

import pytest

from echeancier.adapters.relay.smtp import SmtpSession, SmtpSettings
from echeancier.domain.messages.mail import Delivery
from tests.smtpd import Script, ScriptedServer, Step

US = "agenda+0123456789abcdef@commune.example"
THEM = "agence@operateur.example"
RAW = b"From: agenda@commune.example\r\nTo: agence@operateur.example\r\nSubject: x\r\n\r\nx\r\n"

OURS: list[tuple[Step, str]] = [
    ("RCPT", "553 5.7.1 <agenda@commune.example>: Sender address rejected: not owned by user robot"),
    ("RCPT", "550 5.1.0 <agenda@commune.example>: Sender address rejected: User unknown in virtual mailbox table"),
    ("RCPT", "550 5.1.1 <agenda@commune.example>: Sender address rejected: undeliverable address: no such user"),
    ("RCPT", "550 5.1.8 <agenda@commune.example>: Sender address rejected: Domain not found"),
    ("RCPT", "554 5.7.1 <robot[192.0.2.4]>: Client host rejected: Access denied"),
    ("RCPT", "550 5.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.4]"),
    ("RCPT", "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"),
    ("RCPT", "550 5.7.1 <localhost>: Helo command rejected: Host not found"),
    ("RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.example"),
    ("RCPT", "554 5.7.1 <agence@operateur.example>: Relay access denied"),
    ("RCPT", "554 5.7.1 <agence@operateur.example>: Recipient address rejected: Access denied"),
    ("RCPT", "550 5.7.1 <agence@operateur.example>: Recipient address rejected: please authenticate"),
    ("RCPT", "550 5.7.23 SPF check failed for agenda@commune.example"),
    ("RCPT", "550 5.7.1 Unauthenticated email is not accepted due to domain's DMARC policy"),
    ("RCPT", "530 5.7.1 Client was not authenticated"),
    ("RCPT", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"),
    ("RCPT", "550 5.7.1 Unable to relay for agence@operateur.example"),
    ("RCPT", "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy"),
    ("RCPT", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"),
    ("RCPT", "550 5.7.606 Access denied, banned sending IP [192.0.2.4]"),
    ("RCPT", "550 relay not permitted"),
    ("RCPT", "551 5.7.1 Relaying denied. Proper authentication required"),
    ("RCPT", "550 relaying to <agence@operateur.example> prohibited by administrator"),
    ("RCPT", "550 Sender verify failed"),
    ("RCPT", "550-Verification failed for <agenda@commune.example>\r\n550-No Such User Here\r\n550 Sender verify failed"),
    ("RCPT", "550 Administrative prohibition"),
    ("RCPT", "550 Please turn on SMTP Authentication in your mail client"),
    ("RCPT", "550 JunkMail rejected - robot [192.0.2.4] is in an RBL"),
    ("RCPT", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
    ("RCPT", "550 5.7.1 <agence@operateur.example>... Relaying denied. IP name lookup failed [192.0.2.4]"),
    ("RCPT", "553 5.1.8 <agenda@commune.example>... Domain of sender address does not exist"),
    ("RCPT", "501 5.5.4 Invalid HELO/EHLO argument"),
    ("RCPT", "503 5.5.1 AUTH required first"),
    ("RCPT", "550 Too many recipients in this session"),
    ("RCPT", "550 Rejected"),
    ("RCPT", "550 5.1.1 <agenda@commune.example>: unknown user"),
    ("RCPT", "550 <agenda+0123456789abcdef@commune.example>: no such user here"),
    ("CONTENT", "550 5.4.5 Daily user sending limit exceeded. For more information see help"),
    ("CONTENT", "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message"),
    ("CONTENT", "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"),
    ("CONTENT", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
    ("CONTENT", "554 5.2.252 SendAsDenied; agenda@commune.example not allowed to send as agenda@commune.example"),
    ("CONTENT", "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP"),
    ("CONTENT", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled"),
    ("CONTENT", "550 5.7.515 Access denied, sending domain commune.example does not meet the required authentication level"),
    ("CONTENT", "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\r\n550 5.7.26 See help"),
    ("CONTENT", "550 5.7.1 [192.0.2.4] Our system has detected that this message is likely unsolicited mail"),
    ("CONTENT", "550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]"),
    ("CONTENT", "552 5.3.4 Message size exceeds fixed limit"),
    ("CONTENT", "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"),
    ("CONTENT", "554 5.4.6 Too many hops"),
    ("CONTENT", "550 5.7.1 Command rejected"),
    ("CONTENT", "554 5.7.1 Message rejected: quota d’envoi horaire atteint pour ce compte".replace("’", " ")),
    ("CONTENT", "521 5.2.1 Message blocked: IP on a blacklist"),
]  # fmt: skip

THEIRS: list[tuple[Step, str]] = [
    ("RCPT", "550 5.1.1 <agence@operateur.example>: Recipient address rejected: User unknown in virtual mailbox table"),
    ("RCPT", "550 5.1.1 <agence@operateur.example>: Recipient address rejected: User unknown in relay recipient table"),
    ("RCPT", "550 5.1.1 <agence@operateur.example>: Recipient address rejected: undeliverable address"),
    ("RCPT", "550 5.1.2 <agence@operateur.example>: Recipient address rejected: Domain not found"),
    ("RCPT", "550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550 5.1.1 again"),
    ("RCPT", "550 5.2.1 The email account that you tried to reach is disabled."),
    ("RCPT", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
    ("RCPT", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"),
    ("RCPT", "550 5.4.1 Recipient address rejected: Access denied"),
    ("RCPT", "550 5.5.0 Requested action not taken: mailbox unavailable"),
    ("RCPT", "501 5.1.3 Bad recipient address syntax"),
    ("RCPT", "550 5.1.6 Recipient no longer on server"),
    ("RCPT", "556 5.1.10 Recipient address has a null MX"),
    ("RCPT", "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]"),
    ("RCPT", "550 5.2.1 This mailbox has been blocked due to inactivity"),
    ("RCPT", "550 Unrouteable address"),
    ("RCPT", "550 No Such User Here"),
    ("RCPT", "550 <agence@operateur.example>: utilisateur inconnu"),
    ("RCPT", "550 #5.1.0 <agence@operateur.example> address rejected"),
    ("RCPT", "553 5.3.0 <agence@operateur.example>... User unknown"),
    ("RCPT", "551 User not local; please try another address"),
    ("RCPT", "550 sorry, no mailbox here by that name. (#5.1.1)"),
    ("CONTENT", "554 delivery error: dd This user doesn't have an operateur.example account"),
    ("CONTENT", "550 5.1.1 <agence@operateur.example> User doesn't exist"),
]  # fmt: skip

CONTENT: list[tuple[Step, str]] = [
    ("CONTENT", "571 5.7.1 Message contains spam or virus"),
    ("CONTENT", "552 5.7.0 This message was blocked because its content presents a potential security issue"),
    ("CONTENT", "550 5.7.1 spam detected"),
    ("CONTENT", "554 5.7.1 Message infected by a virus"),
]

LATER: list[tuple[Step, str]] = [
    ("RCPT", "552 5.2.2 mailbox full"),
    ("RCPT", "550 mailbox is full, quota exceeded"),
    ("RCPT", "552 5.2.2 Over quota"),
    ("RCPT", "554 5.2.2 STOREDRV.Deliver.Exception:QuotaExceededException; mailbox full"),
    ("RCPT", "550 5.7.1 Greylisted, please try again in 300 seconds"),
    ("RCPT", "450 4.7.1 Greylisting in effect"),
    ("RCPT", "451 4.3.2 Please try again later"),
    ("CONTENT", "552 5.2.2 <agence@operateur.example>: user is over quota"),
]


async def said(step: Step, sentence: str) -> Delivery:
    async with ScriptedServer(Script(replies={step: sentence})) as server:
        session = SmtpSession(
            SmtpSettings(host=server.host, port=server.port, security="none", helo_name="client.example")
        )
        try:
            return await session.deliver(RAW, US, THEM)
        finally:
            await session.close()


@pytest.mark.parametrize(("step", "sentence"), OURS)
async def test_what_our_settings_are_blamed_for_is_kept_and_told_as_a_fault_of_the_settings(
    step: Step, sentence: str
) -> None:
    result = await said(step, sentence)
    assert (result.outcome, result.fault) == ("misconfigured", "settings")


@pytest.mark.parametrize(("step", "sentence"), THEIRS)
async def test_an_answer_that_names_the_recipient_refuses_for_good(step: Step, sentence: str) -> None:
    result = await said(step, sentence)
    assert (result.outcome, result.fault) == ("refused", "address")


@pytest.mark.parametrize(("step", "sentence"), CONTENT)
async def test_a_message_refused_for_its_content_is_not_held_against_the_address(step: Step, sentence: str) -> None:
    result = await said(step, sentence)
    assert (result.outcome, result.fault) == ("refused", "content")


@pytest.mark.parametrize(("step", "sentence"), LATER)
async def test_what_passes_with_time_is_put_off(step: Step, sentence: str) -> None:
    result = await said(step, sentence)
    assert (result.outcome, result.fault) == ("deferred", "")


@pytest.mark.parametrize(("step", "sentence"), [*OURS, *THEIRS])
async def test_the_same_sentence_about_the_sender_is_never_the_recipients_fault(step: Step, sentence: str) -> None:
    del step
    assert (await said("MAIL", sentence)).fault == "settings"


@pytest.mark.parametrize(("step", "sentence"), [*OURS, *THEIRS, *CONTENT])
async def test_no_address_and_no_link_of_a_relay_is_repeated(step: Step, sentence: str) -> None:
    result = await said(step, f"{sentence} https://aide.example/refus?id=7 www.aide.example")
    assert "@" not in result.detail
    assert "aide.example" not in result.detail
