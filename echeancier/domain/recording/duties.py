"""Something done: at the door."""

from datetime import date, datetime

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.words import moment
from echeancier.domain.facts import events as e
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.recording.gates import check_gates

_BESIDE_THE_CLAUSE = ("authority-notice", "persons-told", "incident-report")


@check
def check_done(case: CheckContext, fact: DutyDone) -> None:
    """Refuse what does not exist, another kind of fact records, is not owed any more, or is done already."""
    item = case.item(fact.item)
    _is_something_to_do(item)
    if fact.party is not None:
        case.party(fact.party)
    if item.state is State.DONE and item.done_on is not None:
        known = next((r.id for r in reversed(case.s.records) if getattr(r.fact, "item", None) == item.key), "")
        raise refusal(
            f"« {item.title.fr} » ({item.key}) est déjà fait, le {fr(item.done_on)} ; pour changer cette "
            f"date, corriger {known}.",
            f"“{item.title.en}” ({item.key}) is already done, on {en(item.done_on)}; to change that date, "
            f"correct {known}.",
        )
    if item.state in (State.CANCELLED, State.NOT_DUE):
        why = (
            "n’est plus attendu"
            if item.state is State.CANCELLED
            else "n’était pas dû : la convention n’était pas en vigueur"
        )
        why_en = (
            "is no longer expected" if item.state is State.CANCELLED else "was not due: the convention was not in force"
        )
        raise refusal(
            f"« {item.title.fr} » ({item.key}) {why} ; rien n’est à enregistrer.",
            f"“{item.title.en}” ({item.key}) {why_en}; there is nothing to record.",
        )
    check_gates(case, item.series, fact.on)
    _not_before_it_can_be(case, item, fact.on)
    _at_its_hour(case, item, fact)


def _at_its_hour(case: CheckContext, item: Item, fact: DutyDone) -> None:
    """On the last day of a delay in hours, the hour decides; an hour that exists twice carries its offset."""
    limit = item.legal_last_instant
    if fact.at is None:
        if limit is not None and fact.on == limit.astimezone(case.s.zone).date():
            example = limit.replace(minute=0).isoformat()
            raise refusal(
                f"ce délai finit le {moment(limit, case.s.calendar.time_zone)} : ce jour-là l’heure décide ; la donner avec son "
                f"décalage, comme at = {example}.",
                f"this delay ends on {moment(limit, case.s.calendar.time_zone, 'en')}: on that day the hour decides; give it "
                f"with its offset, as in at = {example}.",
            )
        return
    day = fact.at.astimezone(case.s.zone).date()
    if day != fact.on:
        raise refusal(
            f"on = {fact.on} et at ne sont pas le même jour à l’heure du lieu ; on = {day} serait accepté.",
            f"on = {fact.on} and at are not the same local day; on = {day} would be accepted.",
        )
    if fact.at > case.s.now:
        raise refusal(
            f"l’heure donnée, {moment(fact.at, case.s.calendar.time_zone)}, n’est pas encore venue.",
            f"the hour given, {moment(fact.at, case.s.calendar.time_zone, 'en')}, has not come yet.",
        )
    _after_it_was_found(case, item, fact.at)


def _after_it_was_found(case: CheckContext, item: Item, at: datetime) -> None:
    fact_id = item.event
    found = next((r.fact.at for r in case.s.records if r.id == fact_id and isinstance(r.fact, Happened)), None)
    if found is not None and at < found:
        zone = case.s.calendar.time_zone
        raise refusal(
            f"ce qui est dit le {moment(at, zone)} précéderait ce qui l’a causé, le {moment(found, zone)}.",
            f"what is told on {moment(at, zone, 'en')} would come before what caused it, on {moment(found, zone, 'en')}.",
        )


def is_meeting(item: Item) -> bool:
    """Whether an item is kept by holding a meeting, not merely by being done."""
    return item.settled_by == "meeting-held"


def _is_something_to_do(item: Item) -> None:
    if is_meeting(item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) est une rencontre : l’enregistrer par meeting-held.",
            f"“{item.title.en}” ({item.key}) is a meeting: record meeting-held.",
        )
    if item.settled_by is None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) est une date qui passe d’elle-même : il n’y a rien à faire, "
            f"donc rien à "
            "enregistrer comme fait.",
            f"“{item.title.en}” ({item.key}) is a date that passes by itself: nothing is to be done, nothing "
            f"recorded as done.",
        )
    other = item.settled_by
    if other == "event":
        other = f"event ({e.MANAGER_AGREED})"
    if other != "done":
        raise refusal(
            f"« {item.title.fr} » ({item.key}) s’enregistre par le fait {other}.",
            f"“{item.title.en}” ({item.key}) is recorded by a {other} fact.",
        )


def _not_before_it_can_be(case: CheckContext, item: Item, on: date) -> None:
    if item.series == "serve" or item.series in _BESIDE_THE_CLAUSE:
        return
    event_duty = next((d for d in case.convention.event_duty if d.id == item.series), None)
    if event_duty is not None:
        event = next((x.on for r in case.s.records if r.id == item.event and isinstance(x := r.fact, Happened)), None)
        if event is not None and event_duty.direction == "after" and on < event:
            raise refusal(
                f"« {item.title.fr} » ({item.key}) répond à un événement du {fr(event)} : il ne peut pas "
                f"être fait avant.",
                f"“{item.title.en}” ({item.key}) answers an event of {en(event)}: it cannot be done before.",
            )
        return
    start = case.in_force(f"« {item.title.fr} » ne peut pas encore être fait", f"“{item.title.en}” cannot be done yet")
    if on < start:
        raise refusal(
            f"le {fr(on)}, la convention n’était pas encore en vigueur (elle l’est depuis le {fr(start)}) ; "
            f"une date à partir "
            "de ce jour serait acceptée.",
            f"on {en(on)} the convention was not in force yet (it is since {en(start)}); a date from that "
            f"day on would be "
            "accepted.",
        )


@hangs
def done_hangs(fact: DutyDone, change: Change) -> bool:
    """What was done hangs on its being owed."""
    return fact.item in change.lost
