"""What a mail changes in a dossier: a fact to record, or why there is none. It never changes a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from echeancier.domain.answers.fact_of_words import fact_of_words, is_from_its_reader, marked
from echeancier.domain.answers.reply import Folder, ItipAnswer, Parsed, ReadMail
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, MeetingRevision, Message
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.recorded import in_force


@dataclass(frozen=True)
class Decision:
    """What to do with a mail.

    Attributes:
        folder: where it goes.
        why: in French.
        fact: what to record, None for nothing.
    """

    folder: Folder
    why: str
    fact: Fact | None = None


def names_a_message(parsed: Parsed) -> bool:
    """Whether a mail can be of one convention: an answer, or whatever came to a return address and is not surely automatic."""
    return parsed.sort == "answer" or (parsed.mark != "" and parsed.sort not in ("automatic", "refresh"))


def without_a_dossier(parsed: Parsed) -> Decision | None:
    """Return what becomes of a mail that concerns no dossier; None when a dossier must be looked for."""
    if names_a_message(parsed):
        return None
    match parsed.sort:
        case "automatic" | "refresh":
            return Decision("done", parsed.why)
        case "other" | "unreadable":
            return Decision("to-read", parsed.why)
        case _:
            return None


def concerns(dossier: Dossier, parsed: Parsed) -> bool:
    """Whether a mail answers or returns something that this dossier sent."""
    if parsed.answer is not None:
        return bool(_revisions(dossier, parsed.answer.uid))
    return _returned(dossier, parsed) is not None


def decide_among(dossiers: Sequence[Dossier], reading: ReadMail, now: datetime) -> dict[str, Decision]:
    """Decide on a mail that concerns some dossiers: a day's mail speaks for several conventions, and comes back to each.

    Args:
        dossiers: at least one, as they stand.
        reading: what was read.
        now: aware instant.

    Returns:
        By reference, what to do; what a person answers in words concerns one of them alone.
    """
    parsed = reading.parsed
    if parsed.reply is None or not is_from_its_reader(dossiers, parsed.mark, parsed.reply):
        return {dossier.convention.reference: decide(dossier, reading, now) for dossier in dossiers}
    for dossier in dossiers:
        if dossier.asked(reading.key) is not None:
            return {dossier.convention.reference: Decision("done", "déjà consigné")}
    found = fact_of_words(dossiers, reading, parsed.reply, now)
    if isinstance(found, str):
        reference = dossiers[0].convention.reference
        return {reference: Decision("to-read", f"{found}\u00a0; convention {reference}")}
    reference, fact = found
    return {reference: Decision("done", "réponse consignée", fact)}


def decide(dossier: Dossier, reading: ReadMail, now: datetime) -> Decision:
    """Decide on a mail that concerns a dossier.

    Args:
        dossier: as it stands.
        reading: an answer or a delivery report.
        now: aware instant.
    """
    parsed = reading.parsed
    if any(record.request == reading.key for record in dossier.facts):  # read before, and not filed since
        to_read = parsed.report is None and (parsed.answer is None or parsed.answer.by_another)
        return Decision("to-read" if to_read else "done", "déjà consigné")
    if parsed.answer is not None:
        return _on_answer(dossier, parsed.answer, reading.received_at, now)
    return _on_returned(dossier, parsed, reading.received_at)


def _on_answer(dossier: Dossier, answer: ItipAnswer, received_at: datetime, now: datetime) -> Decision:
    revisions = _revisions(dossier, answer.uid)
    last = max(revisions, key=lambda r: (r.sequence, r.dtstamp, r.method == "REQUEST"))
    if too_late := _too_late(last, now):
        return Decision("done", too_late)
    if answer.sequence > last.sequence:
        return Decision("to-read", "réponse à une invitation que nous n’avons pas envoyée (numéro trop élevé)")
    role = _guest(dossier, last, answer.address)
    if role is None:
        return Decision("to-read", "réponse d’une personne qui n’est pas invitée (invitation transférée\u00a0?)")
    at = received_at if answer.at is None else min(answer.at, received_at)
    if _is_older(dossier, last.item, answer, at):
        return Decision("done", "une réponse plus récente est déjà consignée")
    zone = ZoneInfo(dossier.convention.place.time_zone)
    fact = InvitationAnswered(
        on=received_at.astimezone(zone).date(), item=last.item, role=role, answer=answer.answer,
        address=answer.address, sequence=answer.sequence, at=at, meeting_at=_start_answered(revisions, answer.sequence),
        proposed_at=answer.proposed_at if answer.answer == "counter" else None, declared=answer.declared,
        by_another=answer.by_another,
    )  # fmt: skip
    if answer.declared:
        unproven = "notre serveur de courriel ne répond pas de l’expéditeur"
        why = "l’expéditeur n’est pas l’invité" if answer.by_another else unproven
        folder: Folder = "to-read" if answer.by_another else "done"
        return Decision(folder, f"réponse déclarée, à confirmer\u00a0: {why}", fact)
    return Decision("done", "réponse consignée", fact)


def _too_late(last: MeetingRevision, now: datetime) -> str:
    """Why an answer changes nothing any more; empty when it does."""
    if last.method == "CANCEL":
        return "réponse à une rencontre annulée depuis"
    return "réponse reçue après la rencontre" if last.starts_at <= now else ""


def _on_returned(dossier: Dossier, parsed: Parsed, received_at: datetime) -> Decision:
    """What came to the return address of a message: a report, or what only a person can tell."""
    message, report = _returned(dossier, parsed), parsed.report
    assert message is not None  # noqa: S101 - whoever calls looked at `concerns`
    if report is not None and message.status in ("refused", "superseded"):
        return Decision("done", "message déjà connu comme non remis")
    zone = ZoneInfo(dossier.convention.place.time_zone)
    fact = MailUndelivered(
        on=received_at.astimezone(zone).date(), message=message.id,
        outcome="unclear" if report is None else report.outcome, status="" if report is None else report.status,
    )  # fmt: skip
    if report is None:
        why = f"{parsed.why}\u00a0; convention {dossier.convention.reference}, adresse de retour d’un de ses messages"
        return Decision("to-read", why, fact)
    late = report.outcome == "delayed"
    return Decision("done", "retard de remise consigné" if late else "non-remise consignée", fact)


def _revisions(dossier: Dossier, uid: str) -> list[MeetingRevision]:
    return [m.meeting for m in dossier.outbox if m.meeting is not None and m.meeting.uid == uid]


def _returned(dossier: Dossier, parsed: Parsed) -> Message | None:
    return next(iter(marked(dossier, parsed.mark)), None)


def _guest(dossier: Dossier, last: MeetingRevision, address: str) -> str | None:
    """The role that is invited at an address, None when nobody is."""
    if address not in {guest.casefold() for guest in last.guests}:
        return None
    roles = dossier.convention.roles
    sent_to = [m.role for m in reversed(dossier.outbox) if m.address.casefold() == address and m.role in roles]
    # The message that invited says it best: a role may have had another address than the one of the file.
    return next(iter(sent_to), None) or next((r for r in roles if roles[r].address.casefold() == address), None)


def _start_answered(revisions: list[MeetingRevision], sequence: int) -> datetime | None:
    known = [r for r in revisions if r.method == "REQUEST" and r.sequence <= sequence]
    return max(known, key=lambda r: r.sequence).starts_at if known else None


def _is_older(dossier: Dossier, item: str, answer: ItipAnswer, at: datetime) -> bool:
    """Whether an answer of the same guest to a later revision, or given later, is already there (RFC 5546 §2.1.5).

    What somebody else declared never stands in the way of the guest's own answer.
    """
    roles = dossier.convention.roles
    for record in in_force(tuple(dossier.facts)):
        fact = record.fact
        if not isinstance(fact, InvitationAnswered) or fact.item != item or (fact.declared and not answer.declared):
            continue
        whose = fact.address or (roles[fact.role].address if fact.role in roles else "")
        if whose.casefold() != answer.address:
            continue
        number = answer.sequence if fact.sequence is None else fact.sequence
        if (number, fact.at or record.recorded_at) >= (answer.sequence, at):
            return True
    return False
