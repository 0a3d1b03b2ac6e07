"""An event that a clause waits for: at the door."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from echeancier.domain.dates.delay import plus
from echeancier.domain.dates.words import moment
from echeancier.domain.declared import both
from echeancier.domain.facts import events as e
from echeancier.domain.facts.event_words import event_quoted
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.recording.credits import check_vote
from echeancier.domain.recording.gates import check_gates
from echeancier.domain.standing.first_ends import day_of_end
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.money import ASKED_FOR, EARLY_END, LAST_SIGNATURE

_NONE = timedelta(0)
_NO_EVENT = (*e.OF_THE_CONVENTION, LAST_SIGNATURE, EARLY_END, *e.DERIVED, *ASKED_FOR)
"""What starts a payment and is not recorded as an event."""


def known_events(c: Convention) -> tuple[str, ...]:
    """Return every event of a convention that may be recorded: a duty, a payment or a procedure waits for it."""
    found = [duty.event for duty in c.event_duty if duty.event not in e.DERIVED]
    found += [one.event for one in c.one_off if one.event is not None and one.event not in e.OF_THE_CONVENTION]
    found += [
        one.starts for p in c.payment for one in p.fallings if one.starts is not None and one.starts not in _NO_EVENT
    ]
    if _documents(c):
        found.append(e.DOCUMENT_SIGNED)
    return tuple(dict.fromkeys((*found, *e.events_read(c))))


def may_be_ahead(case: CheckContext, fact: Happened) -> bool:
    """Whether an event may lie ahead: a duty is owed *before* it, so it is recorded when it is planned."""
    c = case.convention
    before = [d.event for d in c.event_duty if d.direction == "before"]
    return fact.event in (*before, *(one.event for one in c.one_off if one.before is not None))


@check
def check_happened(case: CheckContext, fact: Happened) -> None:
    """Refuse an event no clause waits for, or without its hour where hours count, or with two days."""
    events = known_events(case.convention)
    if fact.event in e.DERIVED:
        raise refusal(
            f"« {fact.event} » se déduit d’autres faits (une absence, un départ, une procédure de "
            f"manquement) : c’est eux "
            "qu’il faut enregistrer.",
            f"“{fact.event}” follows from other facts (an absence, a departure, a breach procedure): record those.",
        )
    if fact.event not in events and fact.event.startswith("statement-received-"):
        raise refusal(
            "un mémoire reçu ne s’écrit plus ainsi : l’enregistrer par le fait received (what : le paiement, about : la "
            "période).",
            "a statement received is no longer written so: record a received fact (what = the payment, about = the period).",
        )
    if fact.event in ASKED_FOR:
        raise refusal(
            f"« {fact.event} » est une pièce reçue : l’enregistrer par le fait received (what : le paiement).",
            f"“{fact.event}” is a paper received: record a received fact (what = the payment).",
        )
    if fact.event not in events:
        raise unknown(both("l’événement", "the event"), fact.event, events)
    if fact.event == e.DOCUMENT_SIGNED and fact.label.upper() not in (documents := _documents(case.convention)):
        raise unknown(both("le document (label)", "the document (label)"), fact.label, documents)
    if fact.party is not None:
        case.party(fact.party)
    check_gates(case, fact.event, fact.on)
    check_vote(case, fact)
    _not_before_it_begins(case, fact)
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


def _not_before_it_begins(case: CheckContext, fact: Happened) -> None:
    """Refuse an event that would end the convention before its effect, where the effect is known.

    Of two ends of which the last rules, and of an end that comes some time after the event, the day it gives is what counts.
    """
    begins = case.s.effect_on
    if begins is None or not any(day < begins for day in _ends_given(case, fact)):
        return
    said = event_quoted(case.convention, fact.event)
    raise refusal(
        f"{said.fr} le {fr(fact.on)} met fin à la convention : elle finirait avant de commencer (prise d’effet le "
        f"{fr(begins)}). Vérifier le jour.",
        f"{said.en} on {en(fact.on)} ends the convention: it would end before it begins (effect on {en(begins)}). Check "
        "the day.",
    )


def _ends_given(case: CheckContext, fact: Happened) -> Iterator[date]:
    """Yield each last day that an event gives to the convention."""
    term = case.convention.term
    if fact.event == term.event or fact.event in [end.event for end in term.earlier_of]:
        yield fact.on
    if fact.event in [end.event for end in term.later_of]:
        others = [day_of_end(case.s, end) for end in term.later_of if end.event != fact.event]
        yield max(fact.on, *(date.max if day is None else day for day in others))
    for rule in case.convention.automatic_end:
        if fact.event == rule.event:
            yield fact.on if rule.after is None else plus(fact.on, rule.after, case.s.calendar)


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


def _documents(c: Convention) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(doc for p in c.payment for one in p.fallings for doc in one.documents if doc != c.reference)
    )
