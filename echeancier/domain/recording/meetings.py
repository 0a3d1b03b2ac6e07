"""A meeting at the front door: arranged, cancelled, held, its minutes."""

from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.meetings import arrangement, local, minutes_of, preferences_of
from echeancier.domain.dates.delay import before_event
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.words import hour
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld, MeetingMinutes
from echeancier.domain.facts.refusal import en, fr, one_instant, refusal
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.recording.duties import is_meeting
from echeancier.domain.recording.gates import check_gates
from echeancier.domain.standing.when_mail_may_leave import next_slot


@check
def check_arranged(case: CheckContext, fact: MeetingArranged) -> None:
    """Refuse a date nobody could keep: past, closed, at no hour, outside the term, too soon to invite."""
    item = _meeting(case, fact.item)
    start = case.in_force(
        f"« {item.title.fr} » ne peut pas encore être convoqué", f"“{item.title.en}” cannot be convened yet"
    )
    _still_to_hold(item)
    starts = local(one_instant(fact.starts_at, case.s.calendar.time_zone), case.s.zone)
    day = starts.date()
    if starts <= case.s.now:
        raise refusal(
            f"le {fr(day)} à {hour(starts)} est passé : si la rencontre a eu lieu, enregistrer meeting-held "
            f"; sinon proposer "
            "une date à venir.",
            f"{en(day)} at {hour(starts, 'en')} is past: if the meeting took place, record meeting-held; "
            f"otherwise give a "
            "date to come.",
        )
    _open_day(case, day)
    _within_the_term(case, item, day, start)
    known = arrangement(case.s, item.key)
    if known is None or known.starts_at != starts:  # another room, or a link, needs no new notice
        _notice_kept(case, item, day)


@check
def check_cancelled(case: CheckContext, fact: MeetingCancelled) -> None:
    """Refuse to cancel a meeting that was not arranged, or that was held.

    Once its hour is past it says that the meeting simply was not held, with no new date.
    """
    item = _meeting(case, fact.item)
    arranged = arrangement(case.s, item.key)
    if arranged is None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’a pas de date fixée : il n’y a rien à annuler.",
            f"“{item.title.en}” ({item.key}) has no date: there is nothing to cancel.",
        )
    _still_to_hold(item)
    del fact


@check
def check_held(case: CheckContext, fact: MeetingHeld) -> None:
    """Refuse a meeting held before the convention was in force, twice, or in another period than its own."""
    item = _meeting(case, fact.item)
    if not is_meeting(item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) s’enregistre par le fait done.",
            f"“{item.title.en}” ({item.key}) is recorded by a done fact.",
        )
    check_gates(case, item.series, fact.on)
    start = case.in_force(
        f"« {item.title.fr} » ne peut pas encore se tenir", f"“{item.title.en}” cannot take place yet"
    )
    if fact.on < start:
        raise refusal(
            f"le {fr(fact.on)}, la convention n’était pas encore en vigueur (elle l’est depuis le "
            f"{fr(start)}) : cette "
            "rencontre n’en fait pas partie.",
            f"on {en(fact.on)} the convention was not in force yet (it is since {en(start)}): that meeting "
            f"is not one of its own.",
        )
    _still_to_hold(item)
    arranged = arrangement(case.s, item.key)
    on_its_date = arranged is not None and arranged.starts_at.date() == fact.on
    first, last = item.opens_on or start, item.legal_last_day or fact.on
    if not on_its_date and not first <= fact.on <= last:
        other = _of_that_day(case, item, fact.on)
        raise refusal(
            f"« {item.title.fr} » ({item.key}) couvre la période du {fr(first)} au {fr(last)}, où le "
            f"{fr(fact.on)} n’est pas." + (f" Cette date relève de « {other} »." if other else ""),
            f"“{item.title.en}” ({item.key}) covers {en(first)} to {en(last)}, which {en(fact.on)} is not in."
            + (f" That day belongs to “{other}”." if other else ""),
        )


def _meeting(case: CheckContext, key: str) -> Item:
    item = case.item(key)
    if not item.traits.is_meeting:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas une rencontre : ce qui est fait s’enregistre par le "
            f"fait done.",
            f"“{item.title.en}” ({item.key}) is not a meeting: what is done is recorded by a done fact.",
        )
    return item


def _still_to_hold(item: Item) -> None:
    if item.state is State.DONE and item.done_on is not None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) s’est déjà tenu le {fr(item.done_on)} ; viser la période suivante.",
            f"“{item.title.en}” ({item.key}) already took place on {en(item.done_on)}; aim at the next period.",
        )
    if item.state in (State.NOT_DUE, State.CANCELLED):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas dû : aucune rencontre n’est attendue pour cette période.",
            f"“{item.title.en}” ({item.key}) is not due: no meeting is expected for that period.",
        )


def _open_day(case: CheckContext, day: date) -> None:
    calendar = case.s.calendar
    if calendar.is_workable(day):
        return
    name = calendar.holiday_name(day)
    if name is not None:
        why, why_en = f"est férié ({name})", f"is a public holiday ({name})"
    elif calendar.is_closed_locally(day):
        why, why_en = "est un jour de fermeture du service", "is a day the service is closed"
    else:
        why, why_en = "n’est pas un jour ouvré", "is not a working day"
    before, after = calendar.prev_workable(day), calendar.next_workable(day)
    raise refusal(
        f"le {fr(day)} {why} ; le {fr(before)} ou le {fr(after)} serait accepté.",
        f"{en(day)} {why_en}; {en(before)} or {en(after)} would be accepted.",
    )


def _within_the_term(case: CheckContext, item: Item, day: date, start: date) -> None:
    end = case.s.ends_on
    if end is not None and day > end:
        raise refusal(
            f"la convention s’achève le {fr(end)} : une rencontre le {fr(day)} n’en ferait plus partie.",
            f"the convention ends on {en(end)}: a meeting on {en(day)} would no longer be part of it.",
        )
    first = max(start, item.opens_on) if item.opens_on and is_meeting(item) else start
    if day < first or item.state is State.PAST:
        other = _of_that_day(case, item, day)
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas de la période du {fr(day)}."
            + (
                f" Cette date relève de « {other} »."
                if other
                else f" Une date à partir du {fr(first)} serait acceptée."
            ),
            f"“{item.title.en}” ({item.key}) is not of the period of {en(day)}."
            + (f" That day belongs to “{other}”." if other else f" A date from {en(first)} on would be accepted."),
        )


def _notice_kept(case: CheckContext, item: Item, day: date) -> None:
    notice = preferences_of(case.s, item.key).notice
    if notice is None:
        return

    def in_time(meeting: date) -> bool:
        safe = before_event(meeting, notice, case.s.calendar).safe
        return safe is not None and leaves <= safe

    # The invitation leaves at once, or the next morning on which mail leaves.
    leaves = next_slot(case.s, case.s.now).astimezone(case.s.zone).date()
    if in_time(day):
        return
    possible = day
    while not case.s.calendar.is_workable(possible) or not in_time(possible):
        possible += timedelta(days=1)
    raise refusal(
        f"le texte veut que l’on prévienne {delay_in_words(notice)} avant ({item.clause.article}) : partie le "
        f"{fr(leaves)}, "
        f"l’invitation arriverait trop tard pour le {fr(day)}. Le {fr(possible)} ou après serait accepté.",
        f"the text wants a notice of {delay_in_words(notice, 'en')} ({item.clause.article}): leaving on {en(leaves)}, the "
        f"invitation would come "
        f"too late for {en(day)}. {en(possible)} or later would be accepted.",
    )


def _of_that_day(case: CheckContext, item: Item, day: date) -> str | None:
    """Return the key of the same duty's item, still to be held, whose period covers a day, if any."""
    over = (State.DONE, State.NOT_DUE, State.PAST)
    others = (i for i in case.agenda.items if i.key != item.key and i.series == item.series)
    for other in others:
        first, last = other.opens_on, other.legal_last_day
        if other.state not in over and first is not None and last is not None and first <= day <= last:
            return other.key
    return None


@check
def check_minutes(case: CheckContext, fact: MeetingMinutes) -> None:
    """Refuse the minutes of what is no meeting, was not held, or has its minutes already."""
    item = case.item(fact.item)
    if not is_meeting(item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas une rencontre : elle n’a pas de compte rendu.",
            f"“{item.title.en}” ({item.key}) is not a meeting: it has no minutes.",
        )
    held = case.s.meetings_held.get(item.key)
    if held is None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas enregistré comme tenu : enregistrer d’abord meeting-held.",
            f"“{item.title.en}” ({item.key}) is not recorded as held: record meeting-held first.",
        )
    if fact.on < held:
        raise refusal(
            f"un compte rendu du {fr(fact.on)} précéderait la rencontre, tenue le {fr(held)}.",
            f"minutes of {en(fact.on)} would precede the meeting, held on {en(held)}.",
        )
    known = minutes_of(case.s, item.key)
    if known is not None:
        raise refusal(
            f"le compte rendu de « {item.title.fr} » ({item.key}) est déjà enregistré au {fr(known.on)} ; le corriger.",
            f"the minutes of “{item.title.en}” ({item.key}) are already recorded on {en(known.on)}; correct them.",
        )


@hangs
def held_hangs(fact: MeetingHeld, change: Change) -> bool:
    """A meeting held hangs on its being owed; it holds without its arrangement."""
    return fact.item in change.lost
