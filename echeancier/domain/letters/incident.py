"""The notice of a data breach or of a complaint, told to the other side in the hours the text gives."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.dates.words import in_a_sentence, in_words, moment
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letter_fields import LetterFields
from echeancier.domain.letters.frame import addressed_to, event_duties, is_open, item_among, usual_addressee, within
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, items_that, letter_words
from echeancier.domain.standing.posted_letters import Posting, has_left
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import EventDuty
from echeancier.domain.typography import NBSP

_WHAT = {
    "breach-discovered": (
        "Notification d’une violation de données", "une violation de données à caractère personnel", "constatée"
    ),
    "complaint-received": ("Notification d’une plainte", "une plainte relative aux données échangées", "reçue"),
}  # fmt: skip


class IncidentLetter(Letter):
    """We tell the other side of a data breach, or of a complaint."""

    WORDS = letter_words(
        ("notification d’un incident", "notice of an incident"),
        "violation de données ou plainte, 36 heures",
        give="`--known` ; au besoin `--measures`, `--pending`",
        about="clé d’agenda, s’il y en a plusieurs",
    )
    ASKS = ("known", "measures", "pending")

    kind: Literal["incident"] = "incident"
    what: str
    found_at: str
    told_by: str
    known: tuple[str, ...]
    measures: tuple[str, ...]
    pending: tuple[str, ...]
    contact: str

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the notice of an incident: what is known, since when, what was done, what is still to be found out.

        Raises:
            LetterRefusedError: no incident was recorded, or what is known is not said.
        """
        duties = event_duties(s, _is_incident)
        item = item_among(s, about, lambda i: i.series in duties, "un incident à notifier par nous")
        known = fields.paragraphs(
            fields.known, "Dire ce qui est connu de l’incident, avec --known (autant de fois qu’il faut)."
        )
        duty = duties[item.series]
        subject, what, verb = _WHAT.get(
            duty.event,
            ("Notification d’un incident", f"un incident («{NBSP}{duty.title}{NBSP}»)", "constaté"),
        )
        fact = _fact(s, item, duty)
        contact = next(
            r for r in (*duty.responsible, s.convention.coordinator) if s.convention.roles[r].party == s.convention.us
        )
        role = s.convention.roles[contact]
        zone = s.calendar.time_zone
        found = moment(fact.at, zone) if fact.at else in_words(fact.on)
        limit = item.legal_last_instant
        return LetterDraft(
            about=item.key, subject=subject,
            says=cls(
                what=f"{what}, {verb} le {found}", found_at=found,
                told_by=f"{within(duty.delay)} prévu par la convention" if duty.delay is not None and duty.in_hours else "",
                known=known, measures=fields.measures, pending=fields.pending,
                contact=f"{role.function} – {role.address}",
            ),
            cited=duty.clauses, sending="lrar",
            to=usual_addressee(s, addressed_to(s, duty.owed_to)),
            remarks=(
                *((_told_by(s, limit),) if limit else ()),
                "Un courrier n’arrive pas en quelques heures : l’envoyer d’abord par courriel, la lettre confirme.",
                "Si nous sommes responsable du traitement, penser aux 72 heures de la CNIL (RGPD, art. 33).",
            ),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """An incident that we are to tell of."""
        mine = event_duties(s, _is_incident)
        for item in agenda.items:
            if item.series in mine and is_open(s, item) and not has_left(posted, "incident", item.key):
                yield Call(letter="incident", about=item.key, item=item.key, by=item.safe_day)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The incidents we had to tell of."""
        mine = event_duties(s, _is_incident)
        yield from items_that(agenda, lambda i: i.series in mine)


def _told_by(s: Situation, limit: datetime) -> str:
    over = " : cette heure est passée." if s.now > limit else "."
    return f"À faire savoir au plus tard le {in_a_sentence(limit.astimezone(s.zone))}{over}"


def _is_incident(_s: Situation, duty: EventDuty) -> bool:
    return duty.kind == "incident"


def _fact(s: Situation, item: Item, duty: EventDuty) -> Happened:
    return next(fact for one, fact in s.of_event(duty.event) if one == item.event)
