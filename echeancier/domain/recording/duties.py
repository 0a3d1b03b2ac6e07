"""Something done, an event, an answer to a question, a litigation: what each must be to be recorded."""

from datetime import date, datetime, timedelta

from echeancier.domain.agenda.items import Item, Question, State
from echeancier.domain.dates.words import moment
from echeancier.domain.declared import both
from echeancier.domain.facts import events as e
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.litigation import LitigationClosed, LitigationOpened
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.standing.parent import PARENT_END, cites_another

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


@check
def check_litigation_opened(case: CheckContext, fact: LitigationOpened) -> None:
    """Refuse a second litigation while one is open: one hold is enough, its end must be unambiguous."""
    if case.s.in_litigation:
        since = case.s.of(LitigationOpened)[-1][1].on
        raise refusal(
            f"un contentieux est déjà ouvert depuis le {fr(since)} : il suspend déjà la destruction. "
            f"N’enregistrer "
            "litigation-closed que lorsque tous sont finis.",
            f"a litigation is already open since {en(since)}: destruction is already suspended. Record "
            f"litigation-closed "
            "only once all are over.",
        )
    del fact


@check
def check_litigation_closed(case: CheckContext, fact: LitigationClosed) -> None:
    """Refuse the end of a litigation that is not open, or before it began."""
    if not case.s.in_litigation:
        raise refusal(
            "aucun contentieux n’est ouvert : enregistrer d’abord litigation-opened.",
            "no litigation is open: record litigation-opened first.",
        )
    since = case.s.of(LitigationOpened)[-1][1].on
    if fact.on < since:
        raise refusal(
            f"le contentieux a commencé le {fr(since)} ; il ne peut pas finir le {fr(fact.on)}.",
            f"the litigation began on {en(since)}; it cannot end on {en(fact.on)}.",
        )


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


DOCUMENT_SIGNED = "document-signed"
_NONE = timedelta(0)


def known_events(case: CheckContext) -> tuple[str, ...]:
    """Return every event that may be recorded: a duty, a payment or a procedure waits for it."""
    c = case.convention
    found = [duty.starts_on for duty in c.event_duty if duty.starts_on not in e.DERIVED]
    found += [f"statement-received-{p.id}" for p in c.payment if p.due == "statement"]
    if _documents(case):
        found.append(DOCUMENT_SIGNED)
    return tuple(dict.fromkeys((*found, *e.events_read(c))))


def may_be_ahead(case: CheckContext, fact: Happened) -> bool:
    """Whether an event may lie ahead: a duty is owed *before* it, so it is recorded when it is planned."""
    return any(d.starts_on == fact.event and d.direction == "before" for d in case.convention.event_duty)


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
        (d for d in case.convention.event_duty if d.starts_on == fact.event and d.delay.hours is not None),
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


_FIELD = {"reading": "reading", "date": "day", "months": "months", "text": "text"}
_SORT = {
    "reading": both("une des lectures (reading)", "one of the readings (reading)"),
    "date": both("un jour (day)", "a day (day)"),
    "months": both("un nombre de mois (months)", "a number of months (months)"),
    "text": both("un texte (text)", "words (text)"),
}


@check
def check_answered(case: CheckContext, fact: QuestionAnswered) -> None:
    """Refuse the answer to a question nobody asks, or an answer of another sort than the one expected."""
    asked = {q.id: q for q in case.agenda.questions}
    question = asked.get(fact.question)
    if question is None:
        raise unknown(both("la question", "the question"), fact.question, asked)
    if question.id == PARENT_END and case.s.of(ParentEnds) and not cites_another(case.s):
        raise refusal(
            "le dernier jour de la convention mère est déjà connu par un fait parent-ends : en enregistrer un autre.",
            "the parent’s last day is already known by a parent-ends fact: record another one.",
        )
    given = {
        "reading": fact.reading is not None,
        "day": fact.day is not None,
        "months": fact.months is not None,
        "text": bool(fact.text.strip()),
    }
    wanted = _FIELD[question.answer]
    others = [name for name, is_given in given.items() if is_given and name != wanted]
    if not given[wanted] or others:
        raise _wrong_sort(question)
    if fact.reading is not None and fact.reading not in (known := {r.id for r in question.readings}):
        raise unknown(both("la lecture", "the reading"), fact.reading, known)


def _wrong_sort(question: Question) -> Exception:
    sort = _SORT[question.answer]
    readings = ", ".join(f"{r.id} ({r.says.fr})" for r in question.readings)
    readings_en = ", ".join(f"{r.id} ({r.says.en})" for r in question.readings)
    return refusal(
        f"la question « {question.about.fr} » attend {sort.fr} et rien d’autre"
        + (f" : {readings}." if readings else "."),
        f"the question “{question.about.en}” expects {sort.en} and nothing else"
        + (f": {readings_en}." if readings else "."),
    )


@hangs
def done_hangs(fact: DutyDone, change: Change) -> bool:
    """What was done hangs on its being owed."""
    return fact.item in change.lost


@hangs
def closing_hangs(fact: LitigationClosed, change: Change) -> bool:  # noqa: ARG001 - they are counted
    """Each litigation closed hangs on one that was opened."""
    return len(change.after.of(LitigationOpened)) < len(change.after.of(LitigationClosed))
