"""The letter that tells the other side of a data breach or of a complaint, within the hours that the text gives."""

from domain import facts as f
from domain.duties import EventDuty
from domain.items import Item
from domain.letters_to_write.fields import LetterFields
from domain.letters_to_write.frame import Draft, usual_addressee
from domain.letters_to_write.items import item_among
from domain.letters_to_write.says import IncidentSays
from domain.letters_to_write.wording import delay_in_words
from domain.situation import Situation
from domain.words import NBSP, in_words, moment

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
    item = item_among(s, about, lambda i: i.key.split("/")[0] in duties, "un incident à notifier par nous")
    known = fields.paragraphs(
        fields.known, "Dire ce qui est connu de l’incident, avec --known (autant de fois qu’il faut)."
    )
    duty = duties[item.key.split("/")[0]]
    subject, what, verb = _WHAT.get(
        duty.starts_on,
        ("Notification d’un incident", f"un incident («{NBSP}{duty.title}{NBSP}»)", "constaté"),
    )
    fact = _fact(s, item, duty)
    contact = next(
        r for r in (*duty.responsible, s.convention.coordinator) if s.convention.roles[r].party == us
    )
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
    fact_id = item.key.split("/", 1)[1]
    return next(fact for one, fact in s.of_event(duty.starts_on) if one == fact_id)
