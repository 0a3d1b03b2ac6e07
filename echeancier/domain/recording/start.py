"""Before a convention is registered: what its terms may not say."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.first_term import first_term
from echeancier.domain.declared import both
from echeancier.domain.facts import events as e
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.model import Text
from echeancier.domain.recording.events import known_events
from echeancier.domain.standing.money import papers_awaited
from echeancier.domain.terms.checks import YEARS, problems_of, too_many_dates
from echeancier.domain.terms.convention import Convention

_CHARACTERS = 300_000
"""Fifty times the longest convention known to us; a whole dossier travels in one message of the engine (2 MB)."""

_FAR = 2 * YEARS * 12
"""As many months as need be counted to see that renewals lead too far."""


def check_start(convention: Convention, registered_at: datetime) -> None:
    """Check that a convention can be registered; one that began, or even ended, long ago can.

    Args:
        convention: its terms.
        registered_at: aware instant, from the clock of the door.

    Raises:
        Refusal: an empty term, a term beyond its own cap, a parent that is itself, a name that nothing
            defines, or dates that cannot be computed; every problem is said at once.
    """
    if registered_at.utcoffset() is None:
        raise refusal(
            "l’heure d’enregistrement doit porter son décalage.",
            "the hour of registration must carry its offset.",
        )
    if problems := problems_at_the_door(convention, registered_at.date()):
        raise refusal(" ; ".join(p.fr for p in problems) + ".", "; ".join(p.en for p in problems) + ".")
    try:
        s = situation(convention, (), registered_at)
        agenda_of(situation(convention, (), registered_at, registered_on=s.today))
    except (ValueError, OverflowError) as error:
        raise refusal(
            f"le calendrier de cette convention ne peut pas être calculé : {error}. Vérifier ses dates.",
            f"the calendar of this convention cannot be computed: {error}. Check its dates.",
        ) from error


def problems_at_the_door(convention: Convention, today: date) -> list[Text]:
    """Return what the terms of a convention may not say, each with what would be right; nothing where they hang together."""
    return [
        *(both(problem, problem) for problem in problems_of(convention)),
        *_term(convention, today),
        *_names(convention),
        *_events(convention),
        *_named_events(convention),
        *_size(convention, today),
    ]


def _term(c: Convention, today: date) -> Iterator[Text]:
    term, length = c.term, c.term.length
    effect = c.effect.on or c.effect.not_before
    printed = [day for day in (term.ends_on, *(end.ends_on for end in term.two_ends)) if day is not None]
    for last in printed:
        if effect is not None and last < effect:
            yield both(
                f"la durée est vide : effet au {fr(effect)}, dernier jour au {fr(last)}",
                f"the term is empty: effect on {en(effect)}, last day on {en(last)}",
            )
    months = length.months if length is not None else None
    yield from _cap(c)
    ends = [day.year for day in (effect, *printed, c.renewal.cap_on) if day is not None]
    if (months or 0) > YEARS * 12 or any(abs(year - today.year) > YEARS for year in ends):
        yield both(
            f"la convention commencerait ou finirait à plus de {YEARS} ans d’ici : vérifier ses dates",
            f"it would begin or end more than {YEARS} years from now: check its dates",
        )
    elif (last_of_all := _renewed_until(c, today)) is not None and last_of_all - today.year > YEARS:
        yield both(
            f"renouvelée autant de fois que le texte le permet, elle finirait à plus de {YEARS} ans d’ici : vérifier times et "
            "period (renewal)",
            f"renewed as often as the text allows, it would end more than {YEARS} years from now: check times and "
            "period (renewal)",
        )
    if c.parent is not None and c.parent.reference == c.reference:
        yield both("une convention ne peut pas être sa propre mère", "a convention cannot be its own parent")


def _renewed_until(c: Convention, today: date) -> int | None:
    """Return the year in which it ends once renewed as often as its text allows; None where no number of times says it."""
    rule, begins = c.renewal, c.effect.on or c.effect.not_before or today
    if rule.times is None or rule.period is None:
        return None
    length = c.term.length
    first = c.term.ends_on or (first_term(begins, length) if length is not None else begins)
    last = add_months(first, min(rule.times * rule.period.length().months_at_most, _FAR))
    return min(day.year for day in (last, rule.cap_day(begins)) if day is not None)


def _cap(c: Convention) -> Iterator[Text]:
    """A term longer than its own cap."""
    term, length, cap = c.term, c.term.length, c.renewal.cap
    months, capped = (length.months if length is not None else None), (cap.length if cap is not None else None)
    if length is not None and months is not None and capped is not None and months > (capped.months or 0):
        yield both(
            f"la durée ({length.words.fr}) dépasse son propre plafond ({capped.words.fr})",
            f"the term ({length.words.en}) goes beyond its own cap ({capped.words.en})",
        )
        return
    fixed = c.effect.on
    day = c.renewal.cap_day(fixed)
    counted = first_term(fixed, length) if fixed is not None and length is not None else None
    last = term.ends_on or counted
    if last is not None and day is not None and last > day:
        yield both(
            f"le dernier jour ({fr(last)}) dépasse le plafond ({fr(day)})",
            f"the last day ({en(last)}) goes beyond the cap ({en(day)})",
        )


def _size(c: Convention, today: date) -> Iterator[Text]:
    """What is beyond any paper: thousands of dates, a book instead of a convention."""
    if (many := too_many_dates(c, today)) is not None:
        yield many
    length = len(c.model_dump_json())
    if length > _CHARACTERS:
        yield both(
            f"ses termes font {length} caractères, {_CHARACTERS} au plus : résumer les clauses",
            f"its terms hold {length} characters, {_CHARACTERS} at most: sum the clauses up",
        )


def _events(c: Convention) -> Iterator[Text]:
    """An event that begins or ends a convention happens outside it."""
    term = c.term
    for event in (c.effect.event, *term.events, *(end.event for end in c.automatic_end)):
        if event in e.OF_THE_CONVENTION or event in e.DERIVED:
            yield both(
                f"« {event} » est un jour de la convention elle-même : nommer un événement qui lui est extérieur",
                f"“{event}” is a day of the convention itself: name an event outside it",
            )
    for payment in c.payment:
        for starts in {one.starts for one in payment.fallings} & e.DERIVED:
            yield both(
                f"{payment.id}.starts : « {starts} » se déduit d’autres faits, rien ne se paie à partir de là : nommer "
                "un événement à enregistrer",
                f"{payment.id}.starts: “{starts}” follows from other facts, nothing is paid from there: name an event to "
                "record",
            )


def _named_events(c: Convention) -> Iterator[Text]:
    """What the file calls by name, once, is an event or a paper that it waits for."""
    owed = c.titles_of_owed
    awaited = {*known_events(c), *e.DERIVED, *(name for one in c.payment for name in papers_awaited(one, owed))}
    for name, count in Counter(one.id for one in c.event).items():
        if count > 1:
            yield both(f"[[event]] « {name} » est écrit {count} fois", f"[[event]] “{name}” is written {count} times")
        if name not in awaited:
            near = ", ".join(get_close_matches(name, sorted(awaited), 1) or sorted(awaited)) or "—"
            yield both(
                f"[[event]] « {name} » : rien dans le fichier n’attend cet événement ; l’ôter, ou écrire : {near}",
                f"[[event]] “{name}”: nothing in the file waits for that event; take it away, or write: {near}",
            )


def _names(c: Convention) -> Iterator[Text]:
    parties, roles, ends = set(c.parties), set(c.roles), {d.id for d in c.end_duty}
    used: list[tuple[str, str, set[str]]] = []
    used += [(f"act[{number}].party", act.party, parties) for number, act in enumerate(c.act, start=1)]
    used += [(f"{rule.id}.letter_to", rule.letter_to, roles) for rule in c.termination if rule.letter_to is not None]
    used += [
        (f"{duty.id}.meeting.invite", role, roles) for duty in c.duty if duty.meeting for role in duty.meeting.invite
    ]
    used += [
        (f"{duty.id}.capped_by_end_duty", duty.capped_by_end_duty, ends)
        for duty in c.event_duty
        if duty.capped_by_end_duty is not None
    ]
    for place, name, known in used:
        if name not in known:
            shown = ", ".join(sorted(known)) or "—"
            yield both(
                f"{place} : « {name} » n’existe pas (sont connus : {shown})",
                f"{place}: “{name}” does not exist (known: {shown})",
            )
