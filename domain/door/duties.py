"""Something done at the door, and litigations."""

from datetime import date, datetime

from domain import facts as f
from domain.door.case import Case
from domain.door.refusal import en, fr, refusal
from domain.items import Item, State
from domain.procedures.meeting import MEETINGS, duty_of
from domain.procedures.recording import own_fact, passes_by_itself
from domain.words import moment

_BESIDE_THE_CLAUSE = ("authority-notice", "persons-told", "incident-report")


def check_done(case: Case, fact: f.DutyDone) -> None:
    """Refuse what does not exist, another kind of fact records, is not owed any more, or is done already."""
    item = case.item(fact.item)
    _is_something_to_do(case, item)
    if fact.party is not None:
        case.party(fact.party)
    if item.state is State.DONE and item.done_on is not None:
        known = next(
            (r.id for r in reversed(case.s.records) if getattr(r.fact, "item", None) == item.key), ""
        )
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
            "is no longer expected"
            if item.state is State.CANCELLED
            else "was not due: the convention was not in force"
        )
        raise refusal(
            f"« {item.title.fr} » ({item.key}) {why} ; rien n’est à enregistrer.",
            f"“{item.title.en}” ({item.key}) {why_en}; there is nothing to record.",
        )
    _not_before_it_can_be(case, item, fact.on)
    _at_its_hour(case, item, fact)


def _at_its_hour(case: Case, item: Item, fact: f.DutyDone) -> None:
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


def _after_it_was_found(case: Case, item: Item, at: datetime) -> None:
    fact_id = item.key.rpartition("/")[2]
    found = next(
        (r.fact.at for r in case.s.records if r.id == fact_id and isinstance(r.fact, f.Happened)), None
    )
    if found is not None and at < found:
        zone = case.s.calendar.time_zone
        raise refusal(
            f"ce qui est dit le {moment(at, zone)} précéderait ce qui l’a causé, le {moment(found, zone)}.",
            f"what is told on {moment(at, zone, 'en')} would come before what caused it, on {moment(found, zone, 'en')}.",
        )


def is_meeting(case: Case, item: Item) -> bool:
    """Whether an item is kept by holding a meeting (``meeting-held``), not merely by being done."""
    return item.kind in MEETINGS and duty_of(case.s, item.key) is not None


def check_litigation_opened(case: Case, fact: f.LitigationOpened) -> None:
    """Refuse a second litigation while one is open: one hold is enough, its end must be unambiguous."""
    if case.s.in_litigation:
        since = case.s.of(f.LitigationOpened)[-1][1].on
        raise refusal(
            f"un contentieux est déjà ouvert depuis le {fr(since)} : il suspend déjà la destruction. "
            f"N’enregistrer "
            "litigation-closed que lorsque tous sont finis.",
            f"a litigation is already open since {en(since)}: destruction is already suspended. Record "
            f"litigation-closed "
            "only once all are over.",
        )
    del fact


def check_litigation_closed(case: Case, fact: f.LitigationClosed) -> None:
    """Refuse the end of a litigation that is not open, or before it began."""
    if not case.s.in_litigation:
        raise refusal(
            "aucun contentieux n’est ouvert : enregistrer d’abord litigation-opened.",
            "no litigation is open: record litigation-opened first.",
        )
    since = case.s.of(f.LitigationOpened)[-1][1].on
    if fact.on < since:
        raise refusal(
            f"le contentieux a commencé le {fr(since)} ; il ne peut pas finir le {fr(fact.on)}.",
            f"the litigation began on {en(since)}; it cannot end on {en(fact.on)}.",
        )


def _is_something_to_do(case: Case, item: Item) -> None:
    if is_meeting(case, item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) est une rencontre : l’enregistrer par meeting-held.",
            f"“{item.title.en}” ({item.key}) is a meeting: record meeting-held.",
        )
    other = own_fact(case.convention, item)
    if other is not None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) s’enregistre par le fait {other}.",
            f"“{item.title.en}” ({item.key}) is recorded by a {other} fact.",
        )
    if passes_by_itself(item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) est une date qui passe d’elle-même : il n’y a rien à faire, "
            f"donc rien à "
            "enregistrer comme fait.",
            f"“{item.title.en}” ({item.key}) is a date that passes by itself: nothing is to be done, nothing "
            f"recorded as done.",
        )


def _not_before_it_can_be(case: Case, item: Item, on: date) -> None:
    duty_id, _, occurrence = item.key.partition("/")
    if duty_id == "serve":
        return
    event_duty = next((d for d in case.convention.event_duty if d.id == duty_id), None)
    if duty_id in _BESIDE_THE_CLAUSE:
        return
    if event_duty is not None:
        event = next(
            (x.on for r in case.s.records if r.id == occurrence and isinstance(x := r.fact, f.Happened)), None
        )
        if event is not None and event_duty.direction == "after" and on < event:
            raise refusal(
                f"« {item.title.fr} » ({item.key}) répond à un événement du {fr(event)} : il ne peut pas "
                f"être fait avant.",
                f"“{item.title.en}” ({item.key}) answers an event of {en(event)}: it cannot be done before.",
            )
        return
    start = case.in_force(
        f"« {item.title.fr} » ne peut pas encore être fait", f"“{item.title.en}” cannot be done yet"
    )
    if on < start:
        raise refusal(
            f"le {fr(on)}, la convention n’était pas encore en vigueur (elle l’est depuis le {fr(start)}) ; "
            f"une date à partir "
            "de ce jour serait acceptée.",
            f"on {en(on)} the convention was not in force yet (it is since {en(start)}); a date from that "
            f"day on would be "
            "accepted.",
        )
