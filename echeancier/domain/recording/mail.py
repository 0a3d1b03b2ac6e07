"""What came back by mail, an answer to an invitation or a failure: at the door."""

from echeancier.domain.agenda.meetings import arrangement, guests
from echeancier.domain.dates.words import moment
from echeancier.domain.declared import both
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.refusal import refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.standing.people import recipient


@check
def check_answered(case: CheckContext, fact: InvitationAnswered) -> None:
    """Refuse the answer of somebody who is not invited, to a meeting that has no date, or dated ahead."""
    item = case.item(fact.item)
    if not item.traits.is_meeting:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas une rencontre : personne n’y est invité.",
            f"“{item.title.en}” ({item.key}) is not a meeting: nobody is invited to it.",
        )
    if arrangement(case.s, item.key) is None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’a pas de date fixée : il n’y a rien à quoi répondre. Enregistrer "
            "d’abord meeting-arranged.",
            f"“{item.title.en}” ({item.key}) has no date: there is nothing to answer. Record meeting-arranged first.",
        )
    _invited(case, fact)
    if fact.proposed_at is not None and fact.answer != "counter":
        raise refusal(
            "proposed_at ne s’écrit qu’avec answer = counter : les autres réponses ne proposent pas de date.",
            "proposed_at goes with answer = counter only: the other answers propose no date.",
        )
    if fact.at is not None and fact.at > case.s.now:
        zone = case.s.calendar.time_zone
        raise refusal(
            f"l’instant de la réponse, {moment(fact.at, zone)}, n’est pas encore venu.",
            f"the instant of the answer, {moment(fact.at, zone, 'en')}, has not come yet.",
        )


@check
def check_undelivered(case: CheckContext, fact: MailUndelivered) -> None:
    """Refuse the failure of a message that was never written, or never left."""
    message = next((m for m in case.outbox if m.id == fact.message), None)
    if message is None:
        raise refusal(
            f"aucun message « {fact.message} » n’a été écrit pour cette convention ; le journal donne l’identifiant de "
            "chacun.",
            f"no message “{fact.message}” was written for this convention; the journal gives the id of each.",
        )
    if message.tries == 0 or message.status == "superseded":
        raise refusal(
            f"le message « {fact.message} » n’est pas parti : il ne peut pas revenir.",
            f"the message “{fact.message}” has not left: it cannot come back.",
        )


def _invited(case: CheckContext, fact: InvitationAnswered) -> None:
    roles = case.convention.roles
    if fact.role not in roles:
        raise unknown(both("le rôle", "the role"), fact.role, roles)
    invited = guests(case.s, fact.item)
    fixed = arrangement(case.s, fact.item)
    day = None if fixed is None else fixed.starts_at.date()
    holds = recipient(case.s, fact.role, day).address.casefold()
    if holds in {guest.address.casefold() for guest in invited}:
        return
    shown = ", ".join(guest.role for guest in invited)
    raise refusal(
        f"le rôle « {fact.role} » n’est pas invité à cette rencontre ; le sont : {shown}.",
        f"the role “{fact.role}” is not invited to that meeting; those invited: {shown}.",
    )
