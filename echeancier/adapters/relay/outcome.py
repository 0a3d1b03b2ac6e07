"""What an SMTP failure means for the mail: try again, give up, or ask the operator.

The class of an exception is not enough. It matters how far the exchange had gone: before the content left, a
lost connection is harmless; after, the mail may have arrived. And what is refused before the recipient was
named says nothing about the recipient.
"""

import re
import ssl
from enum import IntEnum

import aiosmtplib

from echeancier.domain.messages.mail import Delivery, Outcome
from echeancier.domain.running.mail_fault import OF_THE_ADDRESS, Fault, said_of, subject_and_detail


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


class ExchangeStage(IntEnum):
    """How far the exchange with the relay had gone when it failed."""

    CONNECTION = 0
    SENDER = 1
    RECIPIENT = 2
    DATA = 3
    CONTENT = 4
    """The content is on its way: without an answer, nobody knows whether the relay took it."""


_WHAT = {
    ExchangeStage.CONNECTION: "la connexion",
    ExchangeStage.SENDER: "l’expéditeur",
    ExchangeStage.RECIPIENT: "le destinataire",
    ExchangeStage.DATA: "le message",
    ExchangeStage.CONTENT: "le message",
}
_ADDRESS = re.compile(r"<[^<>]*>|[^\s<>()\"',;:]+@[^\s<>()\"',;]+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_ENHANCED = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")

_LATER = _any_of("gr[ea]y-? ?list", "try again (?:later|in )", "réessayer")
_FULL = _any_of(
    r"(?:mail|in)box (?:is )?(?:over)?full", "over ?quota", "quota (?:is |has been )?exceeded",
    "exceeded (?:its |the )?(?:storage|mailbox)", "boîte (?:aux lettres )?pleine",
)  # fmt: skip
_OURS = _any_of(
    "sender", "expéditeur", "helo", "relay(?!(?:ed)? recipient)", "rcpthosts", "client", r"\bip\b", "block(?:ed)? (?:using|by)",
    "(?:black|block|deny)-?list", r"\brbl\b", "dnsbl", "spamhaus", r"\bspf\b", "dkim", "dmarc", r"\bauth", "unauthenticated",
    "log ?in", "reputation", "limit", "too many", r"\brate\b", "quota", "policy", "prohibit", "permission", "hostname",
    r"\bsize\b", "sending", "unsolicited",
)  # fmt: skip
_SURELY_OURS = _any_of(
    "sender (?:address|verify|domain)", "helo command", "client host", "relay(?:ing)? (?:access )?(?:denied|not|prohibited)",
    "unable to relay", "(?:black|block)-?list", r"\brbl\b", "block(?:ed)? using",
    r"\bip\b.{0,20}(?:black|block|banned|list)",
)  # fmt: skip
_PERSON = "(?:user|recipient|mailbox|address|account|destination|destinataire)"
_NAMES_THE_RECIPIENT = _any_of(
    f"{_PERSON} (?:is |was )?(?:unknown|not (?:found|known|available)|unavailable|disabled|inactive|invalid)",
    f"(?:unknown|invalid|no such|unrouteable|undeliverable|bad) (?:local )?{_PERSON}",
    "(?:utilisateur|destinataire|adresse|boîte)(?: aux lettres)? (?:inconnue?|inexistante?|invalide)",
    f"{_PERSON}[^.]{{0,60}}(?:does(?:n.?t| not) (?:exist|have)|n.existe pas)", "no mailbox here",
    "not a valid (?:user|recipient|mailbox)", "user not local", "recipient address rejected",
    "does(?:n.?t| not) accept mail", "null mx",
)  # fmt: skip
_CONTENT = _any_of("spam", "virus", "malware", "infect", "phish", "content", "attachment", "contenu", "pièce jointe")


def failure(error: Exception, stage: ExchangeStage, private: tuple[str, ...] = ()) -> Delivery:
    """Return what `error`, met at `stage`, means; the addresses in `private` stay out of the explanation."""
    if isinstance(error, aiosmtplib.SMTPResponseException) and 200 <= error.code < 600:
        return _refusal(error, stage, private)
    if stage is ExchangeStage.CONTENT:
        return Delivery(
            outcome="ambiguous",
            detail="le message est parti mais le serveur n’a pas répondu\u00a0: il est peut-être arrivé",
        )
    for reason in (error, error.__cause__):
        if isinstance(reason, ssl.SSLError):
            return Delivery(outcome="misconfigured", fault="settings", detail=_tls_detail(reason))
    if isinstance(error, aiosmtplib.SMTPConnectTimeoutError):
        hint = "vérifier aussi le port et le mode de sécurité"
        return Delivery(outcome="deferred", detail=f"le serveur de courriel n’a pas répondu à temps ({hint})")
    if isinstance(error, (OSError, TimeoutError)):
        lost = "la connexion au serveur de courriel a échoué ou s’est rompue"
        return Delivery(outcome="deferred", detail=lost)
    # What remains: an extension the relay does not offer (STARTTLS, AUTH), or a value the library refuses.
    words = "réglage du courriel à revoir\u00a0: " + _scrubbed(str(error), private)
    return Delivery(outcome="misconfigured", fault="settings", detail=words)


def _refusal(error: aiosmtplib.SMTPResponseException, stage: ExchangeStage, private: tuple[str, ...]) -> Delivery:
    enhanced = _ENHANCED.search(error.message)
    status = enhanced[0] if enhanced else ""
    outcome, fault = _judged(error.code, status, error.message, stage, private)
    if outcome == "refused":
        said = said_of(fault, status, error.code).fr
        return Delivery(outcome=outcome, code=error.code, detail=said, fault=fault)
    what = "l’identification" if isinstance(error, aiosmtplib.SMTPAuthenticationError) else _WHAT[stage]
    if outcome == "deferred":
        codes = f"{error.code} {status}".rstrip()
        return Delivery(outcome=outcome, code=error.code, detail=f"le serveur diffère {what} ({codes})")
    # Whoever mends a setting needs the relay's own words.
    words = f"le serveur refuse {what}\u00a0: {error.code} {_scrubbed(error.message, private)}"
    return Delivery(outcome=outcome, code=error.code, detail=words.rstrip(), fault=fault)


def _judged(
    code: int, status: str, message: str, stage: ExchangeStage, private: tuple[str, ...]
) -> tuple[Outcome, Fault]:
    """Hold against the recipient only what names the recipient; the rest is ours, and is tried again."""
    parts, words = subject_and_detail(status), _ADDRESS.sub("<>", message)
    if code < 500:
        return "deferred", ""
    if stage < ExchangeStage.RECIPIENT:
        return "misconfigured", "settings"
    if _about_us(message, private) and not _LATER.search(words):
        return "misconfigured", "settings"
    return _about_the_recipient(code, parts, words, stage, names=_names_the_recipient(message, private))


def _about_the_recipient(
    code: int, parts: tuple[int, int], words: str, stage: ExchangeStage, *, names: bool
) -> tuple[Outcome, Fault]:
    if parts == (2, 2) or _LATER.search(words):
        return "deferred", ""
    if parts in OF_THE_ADDRESS:
        return "refused", "address"
    blamed = _OURS.search(words)
    if stage is ExchangeStage.CONTENT and _CONTENT.search(words) and not blamed:
        return "refused", "content"
    if _FULL.search(words) or (code == 552 and stage is ExchangeStage.RECIPIENT):
        # A full mailbox empties (RFC 3463, X.2.2); 552 for a recipient reads as 452 (RFC 5321, 4.5.3.1.10).
        return "deferred", ""
    named = parts[0] != 7 and not blamed and code in _MAY_NAME and names
    return ("refused", "address") if named else ("misconfigured", "settings")


_MAY_NAME = frozenset({550, 551, 553, 554, 556})


def _about_us(message: str, private: tuple[str, ...]) -> bool:
    """Whether an answer is surely about who sends: it says so, or the only address it names is our own."""
    if _SURELY_OURS.search(message):
        return True
    named = [_untagged(address.strip("<>")) for address in _ADDRESS.findall(message)]
    them, us = (_untagged(address) for address in private) if len(private) == 2 else ("", "")
    return us in named and them not in named


def _names_the_recipient(message: str, private: tuple[str, ...]) -> bool:
    them = private[0].casefold() if private else ""
    return bool(them and them in message.casefold()) or _NAMES_THE_RECIPIENT.search(message) is not None


def _untagged(address: str) -> str:
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _tls_detail(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"le certificat du serveur de courriel n’est pas reconnu\u00a0: {error.verify_message}"
    return "le chiffrement avec le serveur de courriel échoue (port ou mode de sécurité à vérifier)"


def _scrubbed(words: str, private: tuple[str, ...]) -> str:
    """Return the relay's words on one line, shortened, without any link, any address nor the name in front of ours."""
    text = " ".join(words.split())
    for address in private:
        local = address.partition("@")[0]
        text = re.sub(rf"(?<!\w){re.escape(address)}(?!\w)", "[adresse]", text, flags=re.IGNORECASE)
        text = re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", "[adresse]", text, flags=re.IGNORECASE)
    return _LINK.sub("…", _ADDRESS.sub("[adresse]", text))[:200]
