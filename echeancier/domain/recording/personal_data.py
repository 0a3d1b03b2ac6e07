"""Personal data at the door: how grave an incident is, a longer time to answer, certificates, holds reviewed."""

from echeancier.domain.agenda.items import State
from echeancier.domain.agenda.personal_data import MORE_MONTHS, extension_of, is_of_a_person
from echeancier.domain.declared import both
from echeancier.domain.facts.personal_data import AnswerExtended, CertificateReceived, HoldReviewed, IncidentAssessed
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.standing.litigation import last_looked_at, opened_on


@check
def check_assessed(case: CheckContext, fact: IncidentAssessed) -> None:
    """Refuse to judge a breach that is not recorded, or before it was found."""
    rule = case.convention.data_protection
    known = dict(case.s.of_event(rule.breach)) if rule is not None else {}
    if fact.incident not in known:
        raise unknown(both("la violation de données", "the data breach"), fact.incident, known)
    found = known[fact.incident].on
    if fact.on < found:
        raise refusal(
            f"la violation n’a été trouvée que le {fr(found)} : son risque ne peut pas être jugé le {fr(fact.on)}.",
            f"the breach was found on {en(found)} only: its risk cannot be judged on {en(fact.on)}.",
        )


@check
def check_extended(case: CheckContext, fact: AnswerExtended) -> None:
    """Refuse an extension for anything but the answer to a person, announced after the month, or twice (GDPR art. 12.3)."""
    item = case.item(fact.item)
    duty = next((d for d in case.convention.event_duty if d.id == item.series), None)
    if duty is None or not is_of_a_person(case.s, duty):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas la réponse à une personne concernée : son délai ne se prolonge pas.",
            f"“{item.title.en}” ({item.key}) is not an answer to a data subject: its time is not extended.",
        )
    if item.state is State.DONE:
        raise refusal(
            "il a déjà été répondu à cette personne : rien n’est à prolonger.",
            "this person was answered already: nothing is to be extended.",
        )
    if extension_of(case.s, item.key) is not None:
        raise refusal(
            "le délai de cette réponse a déjà été prolongé ; il ne l’est qu’une fois. Corriger le fait s’il est inexact.",
            "the time of this answer was extended already, and is only once. Correct the fact if it is wrong.",
        )
    if fact.months > MORE_MONTHS:
        raise refusal(
            f"le délai ne se prolonge que de {MORE_MONTHS} mois au plus (RGPD, art. 12, par. 3), et non de {fact.months}.",
            f"the time is extended by {MORE_MONTHS} months at most (GDPR, art. 12.3), not by {fact.months}.",
        )
    asked, last = item.anchor, item.legal_last_day
    if asked is not None and fact.on < asked:
        raise refusal(
            f"la demande n’est arrivée que le {fr(asked)} : sa prolongation ne peut pas être annoncée avant.",
            f"the request came on {en(asked)} only: its extension cannot be announced before.",
        )
    if last is not None and fact.on > last:
        raise refusal(
            f"la prolongation s’annonce à la personne dans le mois de sa demande, au plus tard le {fr(last)} (RGPD, art. 12, "
            f"par. 3) ; annoncée le {fr(fact.on)}, elle ne prolonge rien : répondre sans attendre.",
            f"the extension is told to the person within the month of the request, by {en(last)} at the latest (GDPR, art. "
            f"12.3); told on {en(fact.on)} it extends nothing: answer at once.",
        )


@check
def check_certificate(case: CheckContext, fact: CertificateReceived) -> None:
    """Refuse the certificate of what is no destruction, or of one that had no reason to happen yet."""
    item = case.item(fact.item)
    if item.kind != "destruction":
        keys = [i.key for i in case.agenda.items if i.kind == "destruction"]
        raise unknown(both("la destruction attestée", "the destruction certified"), fact.item, keys)
    destroyed = fact.destroyed_on or item.done_on or fact.on
    if destroyed > fact.on:
        raise refusal(
            f"une attestation du {fr(fact.on)} ne peut pas dire une destruction du {fr(destroyed)} : on n’atteste pas d’avance.",
            f"a certificate of {en(fact.on)} cannot tell of a destruction on {en(destroyed)}: nothing is certified ahead.",
        )
    if item.opens_on is not None and destroyed < item.opens_on:
        raise refusal(
            f"ces données ne sont à détruire qu’à partir du {fr(item.opens_on)} : l’attestation parle d’autres données, ou le "
            f"jour du {fr(destroyed)} est une erreur.",
            f"these data are to be destroyed from {en(item.opens_on)} on: the certificate is about other data, or the day "
            f"{en(destroyed)} is a slip.",
        )


@check
def check_hold(case: CheckContext, fact: HoldReviewed) -> None:
    """Refuse to review a hold that does not run, or before it was last looked at."""
    if not case.s.in_litigation:
        raise refusal(
            "aucun contentieux ne suspend la destruction : enregistrer d’abord litigation-opened.",
            "no litigation holds destruction back: record litigation-opened first.",
        )
    if fact.on < last_looked_at(case.s):
        raise refusal(
            f"le contentieux a commencé le {fr(opened_on(case.s))} et la suspension a été vue le "
            f"{fr(last_looked_at(case.s))} : un examen du {fr(fact.on)} la précéderait.",
            f"the litigation began on {en(opened_on(case.s))} and the hold was looked at on {en(last_looked_at(case.s))}: a "
            f"review of {en(fact.on)} would come before.",
        )
