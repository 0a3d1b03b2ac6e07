"""What an SMTP failure means for the mail: try again, give up, or ask the operator.

The class of an exception is not enough. It matters how far the exchange had gone: before the content left, a
lost connection is harmless; after, the mail may have arrived. And what is refused before the recipient was
named says nothing about the recipient.
"""

import re
import ssl
from enum import IntEnum

import aiosmtplib

from domain.mail import Delivery, Outcome


class Stage(IntEnum):
    """How far the exchange with the relay had gone when it failed."""

    CONNECTION = 0
    SENDER = 1
    RECIPIENT = 2
    DATA = 3
    CONTENT = 4
    """The content is on its way: without an answer, nobody knows whether the relay took it."""


_WHAT = {
    Stage.CONNECTION: "la connexion",
    Stage.SENDER: "l’expéditeur",
    Stage.RECIPIENT: "le destinataire",
    Stage.DATA: "le message",
    Stage.CONTENT: "le message",
}
_ADDRESS = re.compile(r"<[^<>]*>|[^\s<>()\"',;:]+@[^\s<>()\"',;]+")
_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")


def failure(error: Exception, stage: Stage, private: tuple[str, ...] = ()) -> Delivery:
    """Return what `error`, met at `stage`, means; the addresses in `private` stay out of the explanation."""
    if isinstance(error, aiosmtplib.SMTPResponseException) and 200 <= error.code < 600:
        return _refusal(error, stage, private)
    if stage is Stage.CONTENT:
        return Delivery(
            outcome="ambiguous",
            detail="le message est parti mais le serveur n’a pas répondu\u00a0: il est peut-être arrivé",
        )
    for reason in (error, error.__cause__):
        if isinstance(reason, ssl.SSLError):
            return Delivery(outcome="misconfigured", detail=_tls_detail(reason))
    if isinstance(error, aiosmtplib.SMTPConnectTimeoutError):
        hint = "vérifier aussi le port et le mode de sécurité"
        return Delivery(outcome="deferred", detail=f"le serveur de courriel n’a pas répondu à temps ({hint})")
    if isinstance(error, (OSError, TimeoutError)):
        lost = "la connexion au serveur de courriel a échoué ou s’est rompue"
        return Delivery(outcome="deferred", detail=lost)
    # What remains: an extension the relay does not offer (STARTTLS, AUTH), or a value the library refuses.
    words = "réglage du courriel à revoir\u00a0: " + _scrubbed(str(error), private)
    return Delivery(outcome="misconfigured", detail=words)


def _refusal(error: aiosmtplib.SMTPResponseException, stage: Stage, private: tuple[str, ...]) -> Delivery:
    outcome = _by_code(error, stage)
    what = "l’identification" if isinstance(error, aiosmtplib.SMTPAuthenticationError) else _WHAT[stage]
    verb = "diffère" if outcome == "deferred" else "refuse"
    words = f"le serveur {verb} {what}\u00a0: {error.code} {_scrubbed(error.message, private)}"
    return Delivery(outcome=outcome, code=error.code, detail=words.rstrip())


def _by_code(error: aiosmtplib.SMTPResponseException, stage: Stage) -> Outcome:
    code, message = error.code, error.message
    if code < 500:
        return "deferred"
    subject, detail = _enhanced(message)
    full = (subject, detail) == (2, 2)
    if full or (code == 552 and stage is Stage.RECIPIENT):
        # A full mailbox empties (RFC 3463, X.2.2); 552 for a recipient reads as 452 (RFC 5321, 4.5.3.1.10).
        return "deferred"
    if stage < Stage.RECIPIENT or code in {530, 552}:
        return "misconfigured"
    if subject == 7 and "relay" in message.lower():
        # « Relay access denied »: the relay does not know us; the recipient has nothing to do with it.
        return "misconfigured"
    return "refused"


def _enhanced(message: str) -> tuple[int, int]:
    """Return subject and detail of the enhanced status code (RFC 3463), zeros when there is none."""
    match = _ENHANCED.match(message)
    return (int(match[2]), int(match[3])) if match else (0, 0)


def _tls_detail(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"le certificat du serveur de courriel n’est pas reconnu\u00a0: {error.verify_message}"
    return "le chiffrement avec le serveur de courriel échoue (port ou mode de sécurité à vérifier)"


def _scrubbed(words: str, private: tuple[str, ...]) -> str:
    """Return the relay's words on one line, shortened, without any address nor the name in front of ours."""
    text = " ".join(words.split())
    for address in private:
        local = address.partition("@")[0]
        text = re.sub(rf"(?<!\w){re.escape(address)}(?!\w)", "[adresse]", text, flags=re.IGNORECASE)
        text = re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", "[adresse]", text, flags=re.IGNORECASE)
    return _ADDRESS.sub("[adresse]", text)[:200]
