"""An event that a clause waits for: at the door."""

from datetime import datetime, timedelta

from echeancier.domain.dates.words import moment
from echeancier.domain.declared import both
from echeancier.domain.facts import events as e
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.refusal import refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check

DOCUMENT_SIGNED = "document-signed"
_NONE = timedelta(0)


def known_events(case: CheckContext) -> tuple[str, ...]:
    """Return every event that may be recorded: a duty, a payment or a procedure waits for it."""
    c = case.convention
    found = [duty.event for duty in c.event_duty if duty.event not in e.DERIVED]
    found += [one.event for one in c.one_off if one.event is not None and one.event not in e.OF_THE_CONVENTION]
    found += [f"statement-received-{p.id}" for p in c.payment if p.due == "statement"]
    if _documents(case):
        found.append(DOCUMENT_SIGNED)
    return tuple(dict.fromkeys((*found, *e.events_read(c))))


def may_be_ahead(case: CheckContext, fact: Happened) -> bool:
    """Whether an event may lie ahead: a duty is owed *before* it, so it is recorded when it is planned."""
    c = case.convention
    before = [d.event for d in c.event_duty if d.direction == "before"]
    return fact.event in (*before, *(one.event for one in c.one_off if one.before is not None))


@check
def check_happened(case: CheckContext, fact: Happened) -> None:
    """Refuse an event no clause waits for, or without its hour where hours count, or with two days."""
    events = known_events(case)
    if fact.event in e.DERIVED:
        raise refusal(
            f"« {fact.event} » se déduit d’autres faits (une absence, un départ, une procédure de "
            f"manquement) : c’est eux "
            "qu’il faut enregistrer.",
            f"“{fact.event}” follows from other facts (an absence, a departure, a breach procedure): record those.",
        )
    if fact.event not in events:
        raise unknown(both("l’événement", "the event"), fact.event, events)
    if fact.event == DOCUMENT_SIGNED and fact.label.upper() not in (documents := _documents(case)):
        raise unknown(both("le document (label)", "the document (label)"), fact.label, documents)
    if fact.party is not None:
        case.party(fact.party)
    if fact.at is None:
        _hour_wanted(case, fact)
        return
    day = fact.at.astimezone(case.s.zone).date()
    if day != fact.on:
        zone = case.s.calendar.time_zone
        raise refusal(
            f"on = {fact.on} et at = {moment(fact.at, zone)} ne sont pas le même jour à l’heure du lieu ; "
            f"on = {day} serait accepté.",
            f"on = {fact.on} and at = {moment(fact.at, zone, 'en')} are not the same local day; on = {day} "
            f"would be accepted.",
        )
    if fact.at > case.s.now and not may_be_ahead(case, fact):
        raise refusal(
            f"l’heure donnée, {moment(fact.at, case.s.calendar.time_zone)}, n’est pas encore venue.",
            f"the hour given, {moment(fact.at, case.s.calendar.time_zone, 'en')}, has not come yet.",
        )


def _hour_wanted(case: CheckContext, fact: Happened) -> None:
    duty = next(
        (d for d in case.convention.event_duty if d.event == fact.event and d.in_hours),
        None,
    )
    if duty is None:
        return
    noon = datetime(fact.on.year, fact.on.month, fact.on.day, 12, tzinfo=case.s.zone)
    hint = hint_en = ""
    if (noon.utcoffset() or _NONE) < (noon.replace(hour=0).utcoffset() or _NONE):
        hint = " Cette nuit-là une heure existe deux fois : le décalage dit laquelle des deux."
        hint_en = " That night one hour exists twice: the offset says which one."
    raise refusal(
        f"le délai de « {duty.title} » se compte en heures ({case.quote(duty.clauses)}) : donner l’heure et "
        f"son décalage, "
        f"comme at = {noon.isoformat()}.{hint}",
        f"the delay of “{duty.title_en}” is counted in hours ({case.quote_en(duty.clauses)}): give the hour "
        f"and its offset, "
        f"as in at = {noon.isoformat()}.{hint_en}",
    )


def _documents(case: CheckContext) -> tuple[str, ...]:
    own = case.convention.reference
    return tuple(dict.fromkeys(doc for p in case.convention.payment for doc in p.documents if doc != own))
