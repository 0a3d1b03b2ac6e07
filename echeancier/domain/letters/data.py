"""Letters about personal data.

The breach or complaint told to the other side in the hours the text gives, the certificate of a destruction.
"""

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.words import figures, in_words, moment
from echeancier.domain.facts import recorded as f
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.content import DestructionSays, IncidentSays
from echeancier.domain.letters.frame import Draft, delay_in_words, item_among, usual_addressee
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import EventDuty
from echeancier.domain.typography import NBSP

_WHAT = {
    "breach-discovered": (
        "Notification d’une violation de données", "une violation de données à caractère personnel", "constatée"
    ),
    "complaint-received": ("Notification d’une plainte", "une plainte relative aux données échangées", "reçue"),
}  # fmt: skip


def incident_letter(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return the notice of an incident: what is known, since when, what was done, what is still to be found out.

    Raises:
        LetterRefusedError: no incident was recorded, or what is known is not said.
    """
    us = s.convention.us
    duties = {d.id: d for d in s.convention.event_duty if d.kind == "incident" and d.owed_by in (us, "both")}
    item = item_among(s, about, lambda i: i.series in duties, "un incident à notifier par nous")
    known = fields.paragraphs(
        fields.known, "Dire ce qui est connu de l’incident, avec --known (autant de fois qu’il faut)."
    )
    duty = duties[item.series]
    subject, what, verb = _WHAT.get(
        duty.starts_on,
        ("Notification d’un incident", f"un incident («{NBSP}{duty.title}{NBSP}»)", "constaté"),
    )
    fact = _fact(s, item, duty)
    contact = next(r for r in (*duty.responsible, s.convention.coordinator) if s.convention.roles[r].party == us)
    role = s.convention.roles[contact]
    zone = s.calendar.time_zone
    found = moment(fact.at, zone) if fact.at else in_words(fact.on)
    limit = item.legal_last_instant
    return Draft(
        about=item.key, subject=subject,
        says=IncidentSays(
            what=f"{what}, {verb} le {found}", found_at=found,
            told_by=f"{delay_in_words(duty.delay)} prévu par la convention" if duty.delay.hours else "",
            known=known, measures=fields.measures, pending=fields.pending,
            contact=f"{role.function} – {role.address}",
        ),
        cited=duty.clauses, sending="lrar",
        to=usual_addressee(s, duty.owed_to if duty.owed_to != "both" else s.convention.other),
        remarks=(
            *((f"À faire savoir avant le {moment(limit, zone)}" + (" : cette heure est passée." if s.now > limit else "."),)
              if limit else ()),
            "Un courrier n’arrive pas en quelques heures : l’envoyer d’abord par courriel, la lettre confirme.",
            "Si nous sommes responsable du traitement, penser aux 72 heures de la CNIL (RGPD, art. 33).",
        ),
    )  # fmt: skip


def _fact(s: Situation, item: Item, duty: EventDuty) -> f.Happened:
    return next(fact for one, fact in s.of_event(duty.starts_on) if one == item.event)


def destruction_letter(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return the certificate of a destruction that we owed and that was done.

    Raises:
        LetterRefusedError: not ours, suspended by a litigation, not done yet, done in the future, or the means unsaid.
    """
    us = s.convention.us
    item = item_among(
        s,
        about,
        lambda i: i.kind == "destruction" and i.owed_by in (us, "both"),
        "une destruction qui nous incombe",
    )
    if item.state is State.SUSPENDED:
        raise LetterRefusedError("Un contentieux est en cours : rien n’est à détruire, ni donc à attester.")
    done = item.done_on or fields.done_on
    if done is None:
        raise LetterRefusedError(
            f"La destruction « {item.key} » n’est pas enregistrée comme faite : l’enregistrer, ou dire le jour avec --done-on."
        )
    if done > s.today:
        raise LetterRefusedError(f"On n’atteste pas d’avance : le {figures(done)} n’est pas passé.")
    means = fields.words(fields.means, "Dire par quel moyen les données ont été détruites, avec --means.")
    late = item.legal_last_day is not None and done > item.legal_last_day
    return Draft(
        about=item.key, subject="Attestation de destruction de données",
        says=DestructionSays(
            what=item.title.fr, done_on=in_words(done, weekday=False),
            last_day=in_words(item.legal_last_day, weekday=False) if item.legal_last_day and not late else "",
            ended_on=in_words(s.ends_on, weekday=False) if s.is_over and s.ends_on else "",
            means=means, reasons=fields.known,
        ),
        cited=tuple(c.id for c in s.convention.clause if c == item.clause)[:1], sending="plain",
        to=usual_addressee(s, item.owed_to if item.owed_to != "both" else s.convention.other),
        remarks=(
            "Une personne atteste ce qu’elle a vérifié : copies, sauvegardes et sous-traitants compris.",
            *((f"Fait le {figures(done)}, après le dernier jour ({figures(item.legal_last_day)}).",)
              if late and item.legal_last_day else ()),
        ),
    )  # fmt: skip
