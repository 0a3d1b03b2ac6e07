"""Personal data.

A breach (the authority within seventy-two hours, the persons, the record) and a person's request (GDPR articles 12,
33 and 34).
"""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found, roles_of, state_of
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delays import add_months, ext642, plus_hours
from echeancier.domain.dates.proof import (
    LAW,
    Proof,
    by_our_choice,
    day_given,
    day_of,
    given,
    hours,
    instant,
    note,
    worked,
)
from echeancier.domain.dates.proof import months as in_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures, moment
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.personal_data import AnswerExtended, IncidentAssessed
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause
from echeancier.domain.terms.duties import EventDuty

AUTHORITY_HOURS = 72
"""GDPR art. 33.1."""

LAW_AUTHORITY = Clause(
    id="RGPD-33",
    article="RGPD, art. 33, par. 1",
    says="notifier à la CNIL « 72 heures au plus tard » après en avoir pris connaissance, sauf si aucun risque n’est "
    "vraisemblable pour les personnes ; plus tard, avec les motifs du retard",
    says_en="notify the supervisory authority “not later than 72 hours” after becoming aware of it, unless a risk to "
    "people is unlikely; later, with the reasons for the delay",
)
LAW_PERSONS = Clause(
    id="RGPD-34",
    article="RGPD, art. 34, par. 1",
    says="risque élevé : le dire aux personnes concernées « dans les meilleurs délais »",
    says_en="high risk: tell the persons concerned “without undue delay”",
)
LAW_RECORD = Clause(
    id="RGPD-33-5",
    article="RGPD, art. 33, par. 5",
    says="documenter toute violation : les faits, ses effets, les mesures prises",
    says_en="document every breach: the facts, its effects, the measures taken",
)


def data_incident(s: Situation) -> Found:
    """Yield, for each breach found, what the GDPR asks of us as a controller and the closing report.

    Where the other side found it, its own hours are its own affair: a warning says when ours would begin.
    """
    rule = s.convention.data_protection
    if rule is None:
        return
    for fact_id, fact in s.of_event(rule.breach):
        if (fact.party or s.convention.us) != s.convention.us:
            yield _theirs(fact_id, fact)
            continue
        if s.convention.us in rule.controllers:
            risk = risk_of(s, fact_id)
            yield _authority(s, fact_id, fact, risk)
            if risk == "high":
                yield _persons(s, fact_id)
        yield _report(s, fact_id, fact)


def risk_of(s: Situation, fact_id: str) -> str:
    """Return what was last judged of a breach, empty while nobody judged it."""
    judged = [x for _, x in reversed(s.of(IncidentAssessed)) if x.incident == fact_id]
    return max(judged, key=attrgetter("on")).risk if judged else ""


def told_at(s: Situation, key: str) -> str:
    """Return when something in hours was recorded as told, in words; empty while it was not, or without an hour."""
    done = [x for _, x in s.of(DutyDone) if x.item == key and x.at is not None]
    return moment(done[-1].at, s.calendar.time_zone) if done and done[-1].at is not None else ""


def _start(s: Situation, fact: Happened) -> datetime:
    """The instant it was found; without its hour, the first of that day, which leaves less time."""
    return fact.at or datetime(fact.on.year, fact.on.month, fact.on.day, tzinfo=s.zone)


def _ours(s: Situation) -> tuple[str, ...]:
    """Whoever answers for it on our side: those the contract's own clause names, else the coordinator."""
    rule = s.convention.data_protection
    named = [
        role for duty in s.convention.event_duty if rule and duty.event == rule.breach for role in duty.responsible
        if s.convention.roles[role].party == s.convention.us
    ]  # fmt: skip
    return tuple(dict.fromkeys(named)) or roles_of(s, s.convention.us, ())


def _authority(s: Situation, fact_id: str, fact: Happened, risk: str) -> Item:
    key, zone = key_of("authority-notice", fact_id), s.calendar.time_zone
    start = _start(s, fact)
    limit = plus_hours(start, AUTHORITY_HOURS, zone)
    day, done = limit.astimezone(s.zone).date(), s.done_on(key)
    state = state_of(s, opens_on=fact.on, last_day=day, done_on=done)
    if state is State.OPEN and s.now > limit:
        state = State.LATE
    says = " + {o1} réelles → {} (ni nuit, ni week-end, ni changement d’heure ne les suspendent)"
    proof: Proof = (
        instant(start.astimezone(s.zone), fact_id),
        hours(
            "instant_plus", start.astimezone(s.zone), Delay(hours=AUTHORITY_HOURS), LAW, limit.astimezone(s.zone), says
        ),
        *day_of(limit.astimezone(s.zone), day),
    )
    if risk == "unlikely" and done is None:
        state, unsaid = State.CANCELLED, " ; jugé sans risque vraisemblable : rien à notifier, à documenter"
        proof = *proof, note(unsaid)
    if words := told_at(s, key):
        proof = *proof, note(f" ; notifié le {words}")
    what = f" ({fact.label})" if fact.label else ""
    return Item(
        series="authority-notice", occurrence=fact_id, kind="incident", event=fact_id, holds_open=True,
        title=Text(fr=f"Notifier la violation de données à la CNIL{what}", en=f"Notify the data breach to the CNIL{what}"),
        clause=LAW_AUTHORITY, owed_by=s.convention.us, owed_to=s.convention.us, opens_on=fact.on, legal_last_day=day,
        safe_day=day, anchor=fact.on, legal_last_instant=limit, rule="gdpr_72_hours", proof=proof,
        certainty=Certainty.CERTAIN, state=state, done_on=done, responsible=_ours(s),
        informed=(s.convention.manager, s.convention.coordinator),
    )  # fmt: skip


def _persons(s: Situation, fact_id: str) -> Item:
    judged = max(x.on for _, x in s.of(IncidentAssessed) if x.incident == fact_id and x.risk == "high")
    safe, done = s.calendar.next_workable(judged), s.done_on(key_of("persons-told", fact_id))
    return Item(
        series="persons-told", occurrence=fact_id, kind="incident", event=fact_id, holds_open=True,
        title=Text(fr="Prévenir les personnes concernées par la violation", en="Tell the persons concerned by the breach"),
        clause=LAW_PERSONS, owed_by=s.convention.us, owed_to=s.convention.us, opens_on=judged, safe_day=safe, anchor=judged,
        rule="without_delay", proof=(
            given(judged, fact_id, "risque jugé élevé le {} ; la loi ne chiffre pas le délai"),
            worked("next_workable", judged, safe),
        ),
        certainty=Certainty.POLICY, state=State.DONE if done else State.OPEN, done_on=done, responsible=_ours(s),
        informed=(s.convention.manager, s.convention.coordinator),
    )  # fmt: skip


def _report(s: Situation, fact_id: str, fact: Happened) -> Item:
    key, days = key_of("incident-report", fact_id), s.policy.incident_report_days
    proof = given(fact.on, fact_id, "violation du {}"), *by_our_choice(fact.on, days, s.calendar)
    safe, done = day_given(proof, "safe"), s.done_on(key)
    return Item(
        series="incident-report", occurrence=fact_id, kind="report", event=fact_id, holds_open=True,
        title=Text(fr="Clore le registre de la violation : faits, effets, mesures", en="Close the record of the breach"),
        clause=LAW_RECORD, owed_by=s.convention.us, owed_to=s.convention.us, opens_on=fact.on, safe_day=safe, anchor=fact.on,
        rule="incident_report_policy", certainty=Certainty.POLICY,
        proof=proof,
        state=state_of(s, opens_on=fact.on, last_day=safe, done_on=done), done_on=done, responsible=_ours(s),
        informed=(s.convention.coordinator,),
    )  # fmt: skip


def _theirs(fact_id: str, fact: Happened) -> Warning:
    return Warning(
        id=f"breach-found-by-them/{fact_id}",
        text=Text(
            fr=f"Violation trouvée par l’autre partie le {figures(fact.on)}. Si elle touche un traitement dont nous sommes "
            "responsables, nos propres 72 heures courent dès que nous le savons : enregistrer alors la violation à notre nom.",
            en=f"Breach found by the other side on {fact.on}. If it concerns a processing of ours, our own 72 hours run from "
            "the moment we know: record the breach as ours then.",
        ),
        clause=LAW_AUTHORITY,
    )


MORE_MONTHS = 2
"""How many months may be added at most (GDPR art. 12.3)."""


@dataclass(frozen=True)
class Longer:
    """What the GDPR adds to the month of the clause.

    Attributes:
        legal: the last day, extension included once it was announced.
        announced: the extension was announced to the person.
    """

    legal: date
    proof: Proof
    announced: bool


def is_of_a_person(s: Situation, duty: EventDuty) -> bool:
    """Whether a duty is the answer to a person whose data are processed."""
    rule = s.convention.data_protection
    return (
        rule is not None and duty.event == rule.request and duty.delay is not None and duty.delay.units == ("months",)
    )


def extension_of(s: Situation, key: str) -> AnswerExtended | None:
    """Return the announcement that the answer to a person takes longer, None while none was made."""
    found = [x for _, x in s.of(AnswerExtended) if x.item == key]
    return found[-1] if found else None


def extended(s: Situation, duty: EventDuty, key: str, fact: Happened) -> Longer | None:
    """Return the last day to answer a person and how it is counted beside the clause; None for any other duty.

    A period of the Union goes on to the next working day (Regulation 1182/71, art. 3.4): that is said, not lived by.
    """
    if not is_of_a_person(s, duty):
        return None
    assert duty.delay is not None  # noqa: S101 - `is_of_a_person` looked
    months = duty.delay.months or 0
    first = add_months(fact.on, months)
    told = extension_of(s, key)
    if told is None:
        last, eu = first, ext642(first, s.calendar)
        more = add_months(fact.on, months + MORE_MONTHS)
        told_before = " si la personne en est informée, avec les motifs, au plus tard le {} (RGPD, art. 12, par. 3)"
        proof: Proof = (
            in_months(fact.on, months + MORE_MONTHS, LAW, more, " ; prolongeable jusqu’au {}"),
            given(last, LAW, told_before, "legal"), worked("prev_workable", last, s.calendar.prev_workable(last)),
        )  # fmt: skip
        if eu != last:
            proof = (
                *proof,
                worked("next_open", last, eu, " ; le délai européen va jusqu’au {}, celui de la clause non", ""),
            )
        return Longer(last, proof, announced=False)
    last = add_months(fact.on, months + told.months)
    says = f" ; prolongé de {told.months} mois, annoncé à la personne le {{}}"
    unsaid = " → {} ; la clause, elle, ne prévoit pas de prolongation"
    proof = (
        given(told.on, "extension", says),
        in_months(fact.on, months + told.months, "extension", last, unsaid, "legal"),
        worked("prev_workable", last, s.calendar.prev_workable(last)),
    )  # fmt: skip
    return Longer(last, proof, announced=True)
