"""Does a convention hang together? Checked before anything is computed, so that a typing mistake is said, not lived."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel

from echeancier.domain.dates.delay import Delay, plus
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.first_term import TermLength, first_term
from echeancier.domain.dates.words import figures
from echeancier.domain.declared import both
from echeancier.domain.model import Text
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import Duty
from echeancier.domain.terms.gates import NEVER_RECORDED
from echeancier.domain.terms.money_checks import needs_of_payments
from echeancier.domain.terms.owing import BOTH, EACH, EITHER, OTHER, refused
from echeancier.domain.terms.when import times_at_most

YEARS: Final = 50
"""Further from today, a year can only be a slip of the keyboard."""

_PLANNED_YEARS: Final = 10
"""As many years of a term without a last day are held against its due dates."""

_DAY: Final = timedelta(days=1)
_ANY_DAY: Final = date(2001, 1, 1)
"""A first day for a length whose own is not known yet."""

_SHORTEST_MONTH: Final = 28
"""Days that any month has."""

_A_SLIP: Final = 0.9
"""As near as that, a name is a slip of the keyboard rather than an event of its own."""

MOST_DATES: Final = 1000
"""Twice a week for ten years; the weekly digest of the whole register would drown before."""


def too_many_dates(convention: Convention, today: date) -> Text | None:
    """Return that a convention makes more due dates than any paper, before one of them is computed; None when it does not."""
    term, first = convention.term, convention.effect.on or convention.effect.not_before or today
    length = term.length
    if term.unlimited or term.events:
        length = TermLength("years", _PLANNED_YEARS)  # planned a year ahead of today: ten years of it are kept in sight
    months = (
        length.months_at_most if length else ((term.ends_on.year - first.year + 1) * 12 if term.ends_on else YEARS * 12)
    )
    wanted = sum(months * d.rhythm.count // d.rhythm.every_months for d in convention.duty if d.rhythm is not None)
    comes_back = [one.when for one in convention.duty] + [one.when for one in convention.payment]
    wanted += sum(times_at_most(when, months) for when in comes_back if when is not None)
    if wanted <= MOST_DATES:
        return None
    return both(
        f"elle ferait {wanted} échéances, {MOST_DATES} au plus : espacer, ou abréger la durée",
        f"it would make {wanted} due dates, {MOST_DATES} at most: space them, or shorten the term",
    )


def problems_of(convention: Convention) -> list[str]:
    """Return every inconsistency, each as a French sentence that says what would be right."""
    return [
        *_unknown_names(convention),
        *_two_ends(convention),
        *_repeated_ids(convention),
        *_no_last_day(convention),
        *_ends_at_an_event(convention),
        *_school_years(convention),
        *_prolonged_with_its_parent(convention),
        *_hours_of_the_house(convention),
        *_empty_windows(convention),
        *_after_the_end(convention),
        *_more_times_than_days(convention),
        *_tacit(convention),
        *_by_an_act(convention),
        *needs_of_payments(convention, _first_end(convention)),
        *_paid_far_away(convention),
        *_ahead_of(convention),
        *_gates(convention),
        *_never_in_time(convention),
        *_clauses(convention),
        *_parent_rules(convention),
    ]


def _owed(c: Convention) -> list[Any]:
    """Return whatever somebody owes somebody."""
    return [one for one in _elements(c) if "owed_by" in type(one).model_fields]


def _unknown_names(c: Convention) -> Iterator[str]:
    yield from _people(c)
    yield from _sides(c)
    yield from _named(c)
    yield from _against(c)
    yield from _asked(c)
    yield from _acts(c)


def _acts(c: Convention) -> Iterator[str]:
    """Several acts, or several of one assembly, are told apart by their ids."""
    if len(c.act) > 1 and any(act.id is None for act in c.act):
        yield 'plusieurs délibérations : donner à chaque [[act]] un id, comme id = "2026-118", que les faits nommeront'
    for name, count in Counter(act.id for act in c.act if act.id is not None).items():
        if count > 1:
            yield f"act : l’identifiant « {name} » sert {count} fois ; chaque délibération a le sien"


def _two_ends(c: Convention) -> Iterator[str]:
    """A length and a last day that disagree are two readings: neither is chosen; one day apart, which one counts is asked."""
    effect, length, ends = c.effect.on, c.term.length, c.term.ends_on
    if effect is None or length is None or ends is None:
        return
    if abs(((counted := first_term(effect, length)) - ends).days) > 1:
        yield (
            f"term : {length.words.fr} depuis le {figures(effect)} finissent le {figures(counted)}, ends_on dit le "
            f"{figures(ends)} : n’en laisser qu’un, ou laisser l’un et l’autre à une question"
        )


def _no_last_day(c: Convention) -> Iterator[str]:
    """A term without a last day is not renewed, nor capped."""
    if c.term.unlimited and (c.renewal.how != "none" or c.renewal.cap is not None or c.renewal.cap_on is not None):
        yield (
            "renewal : une durée indéterminée (term.unlimited) n’a pas de fin à renouveler ni à plafonner : dire la durée, ou "
            'how = "none" sans plafond'
        )
    if c.term.unlimited and c.suspension is not None and c.suspension.extends:
        yield (
            "suspension : une durée indéterminée (term.unlimited) n’a pas de fin à prolonger : ôter extends, ou dire la durée"
        )


def _ends_at_an_event(c: Convention) -> Iterator[str]:
    """An event says one thing: it begins the convention, ends it, or saves it; a term that waits for one has no end to renew."""
    if c.renewal.is_tacit and (c.term.event is not None or c.term.two_ends):
        said = "event" if c.term.event is not None else "earlier_of" if c.term.earlier_of else "later_of"
        yield (
            f"renewal : une durée qui attend un événement (term.{said}) ne se reconduit pas d’elle-même : dire la durée "
            '(months, ends_on), ou écrire how = "express" ou "none"'
        )
    ends = (*c.term.events, *(end.event for end in c.automatic_end))
    if c.effect.event is not None and c.effect.event in ends:
        yield (
            f"effect.event : « {c.effect.event} » la fait commencer et la fait finir : nommer deux événements différents"
        )
    if len(set(c.term.events)) < len(c.term.events):
        said = "earlier_of" if c.term.earlier_of else "later_of"
        yield (
            f"term.{said} : deux fois le même événement (« {c.term.events[0]} ») : nommer deux fins différentes, ou écrire "
            f'event = "{c.term.events[0]}"'
        )
    for end in c.automatic_end:
        if end.unless == end.event:
            yield (
                f"« {end.id} » : la fin qu’apporte « {end.event} » ne peut pas être sauvée par ce même événement : nommer dans "
                "unless un autre événement, ou l’ôter"
            )


def _school_years(c: Convention) -> Iterator[str]:
    """The paper says when its school years end: a notice for that day means the same one, and must say it."""
    ends = c.term.school_year_ends
    for rule in c.termination:
        if ends is not None and rule.until == "school-year-end" and rule.on is None:
            yield (
                f"résiliation « {rule.id} » : le texte fait finir l’année scolaire le {ends}, un préavis sans on la ferait finir "
                f'le 31 août : écrire on = "{ends}", ou "08-31" si c’est bien ce jour'
            )


def _prolonged_with_its_parent(c: Convention) -> Iterator[str]:
    if c.suspension is not None and c.suspension.extends and c.term.with_parent:
        yield (
            "suspension : extends ne prolonge pas une durée qui finit avec sa mère (with_parent) : ôter l’un des deux, ou "
            "écrire within_parent"
        )


def _hours_of_the_house(c: Convention) -> Iterator[str]:
    if c.place.hours is None and any(isinstance(one, Delay) and one.open_hours is not None for one in _elements(c)):
        yield 'place : des heures ouvrées se comptent de quelle heure à quelle heure ? Écrire hours = ["09:00", "17:00"]'


def _empty_windows(c: Convention) -> Iterator[str]:
    """A window that opens when it closes: no day is left in it."""
    windows = [(one.id, one.delay) for one in c.window]
    windows += [
        (one.id, one.delay)
        for one in c.event_duty
        if one.direction == "before" and one.delay is not None and one.delay.bound == "at_most"
    ]
    for name, delay in windows:
        if delay.is_nothing:
            yield f"« {name} » : une fenêtre de « {delay_in_words(delay)} » n’a aucun jour : dire combien de temps avant"


def _after_the_end(c: Convention) -> Iterator[str]:
    """A day printed after the end of a term that nothing renews: a slip, or something that outlives the convention."""
    last, begins = _first_end(c) if c.renewal.how == "none" and c.effect.on is not None else (None, _ANY_DAY)
    for one in c.one_off:
        from_the_effect = one.after is not None and one.event in (None, "effective")
        day = plus(begins, one.after, c.place.calendar()) if from_the_effect and one.after is not None else one.on
        if last is not None and day is not None and day > last and not one.outlives:
            yield (
                f"« {one.id} » : dû le {figures(day)}, après la fin de la convention ({figures(last)}) : vérifier ce jour, ou "
                "dire qu’il lui survit (outlives = true)"
            )


def _paid_far_away(c: Convention) -> Iterator[str]:
    """A day of payment more than a year out of the term: a slip; nearer, it is to be confirmed in the agenda."""
    last, begins = _first_end(c)
    if c.effect.on is None:
        return
    year = timedelta(days=366)
    for payment in c.payment:
        for day in (one.on for one in payment.fallings if one.on is not None):
            if day < begins - year:
                yield (
                    f"« {payment.id} » : dû le {figures(day)}, plus d’un an avant la prise d’effet ({figures(begins)}) : "
                    "vérifier ce jour"
                )
            if last is not None and c.renewal.how == "none" and day > last + year:
                yield (
                    f"« {payment.id} » : dû le {figures(day)}, plus d’un an après la fin de la convention ({figures(last)}) : "
                    "vérifier ce jour"
                )


def _more_times_than_days(c: Convention) -> Iterator[str]:
    last, begins = _first_end(c) if c.renewal.how == "none" else (None, _ANY_DAY)
    for duty in c.duty:
        if duty.rhythm is None:
            continue
        days = _SHORTEST_MONTH * duty.rhythm.every_months
        days = days if last is None else min(days, (last - begins).days + 1)
        if duty.rhythm.count > days:
            yield (
                f"« {duty.id} » : {duty.rhythm.count} fois en {duty.rhythm.every_months} mois, plus souvent qu’il n’y a de jours "
                f"({days} au plus) : vérifier every_months et count"
            )


_TACIT: Final = re.compile(r"\btacite(?:ment)?\b", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"\b(?:sans|aucune?|jamais par|exclu(?:t|ant|e)|exclusion de|interdi(?:t|sant)|ni|non) (?:toute |la |par )?tacite"
    r"|\b(?:pas|jamais) (?:être )?(?:reconduite?|renouvelée?|prorogée?) (?:par )?tacite"
    r"|\btacite reconduction (?:est |étant )?(?:exclu|interdi|impossible)"
    r"|\btacite reconduction n’est pas ",
    re.IGNORECASE,
)
"""Only what says it in so many words: « reconduite tacitement si aucune partie ne la dénonce » renews itself."""


def _tacit(c: Convention) -> Iterator[str]:
    """What the paper says of a tacit renewal, what the file says, and the letter that stops it: the three must agree."""
    if not c.renewal.is_tacit:
        for clause in c.clause:
            if _TACIT.search(clause.says) and not _DENIED.search(clause.says):
                yield (
                    f"renewal : la clause « {clause.id} » parle de tacite reconduction : la convention se renouvelle-t-elle "
                    'd’elle-même ? Si oui, écrire how = "tacit" ; si le texte l’exclut, l’écrire ainsi : « sans tacite '
                    "reconduction »"
                )
    denials = [rule.id for rule in c.termination if rule.until == "term"]
    if denials and not c.renewal.is_tacit:
        yield (
            f"résiliation « {denials[0]} » : until = « term » dénonce une tacite reconduction, et la convention ne se reconduit "
            'pas d’elle-même (renewal.how = "tacit") : dire un autre jour, ou any-day'
        )
    if c.renewal.is_tacit and (c.term.with_parent or (c.term.within_parent and not c.term.said)):
        yield "renewal : une durée qui est celle de la mère (with_parent) ne se reconduit pas d’elle-même : dire sa propre durée"


def _by_an_act(c: Convention) -> Iterator[str]:
    """Who renews it, and what must be done before."""
    if c.renewal.who is not None and c.renewal.who not in c.parties:
        yield f"renewal.who = « {c.renewal.who} » n’est pas une des parties ({', '.join(sorted(c.parties))})"
    known = c.titles_of_duties
    yield from (
        f"renewal.needs : « {need} » n’est pas un devoir du fichier" for need in c.renewal.needs if need not in known
    )
    apart = {owed.id for owed in _owed(c) if owed.owed_by == EACH}
    yield from (
        f"renewal.needs : « {need} » est dû par chacune de son côté (each), et rien ne dit si une seule suffit : nommer ce "
        f"qu’une partie doit, ou toutes ensemble ({c.together})"
        for need in c.renewal.needs
        if need in apart
    )


def _ahead_of(c: Convention) -> Iterator[str]:
    """What must come before a duty, each time, and the duty it must precede."""
    for duty in c.duty:
        others = sorted(other.id for other in c.duty if other.id != duty.id)
        if duty.ahead_of is not None and duty.ahead_of not in others:
            yield (
                f"« {duty.id} » : ahead_of = « {duty.ahead_of} » n’est pas un autre devoir du fichier"
                + (f" (au choix : {', '.join(others)})" if others else " : l’ôter")
            )


def _gates(c: Convention) -> Iterator[str]:
    """A gate keeps waiting something that can happen, behind something else that can be done."""
    for gate in c.gate:
        for name in sorted({*gate.opens} & {*gate.needs}):
            yield f"« {gate.id} » : « {name} » ne peut pas se précéder lui-même : l’ôter de opens, ou de needs"
        for name in (*gate.opens, *gate.needs):
            yield from _at_a_gate(c, gate.id, name)
        behind = [one.id for one in c.gate if {*gate.needs} & {*one.opens} and {*gate.opens} & {*one.needs}]
        if behind and gate.id < behind[0]:
            yield f"« {gate.id} » et « {behind[0]} » s’attendent l’un l’autre : ôter l’un des deux"


def _at_a_gate(c: Convention, gate: str, name: str) -> Iterator[str]:
    """What a gate names is a duty whose doing is recorded, or an event: not a sum, nor a day that the dates give."""
    known = c.titles_of_duties
    events = {*(one.event for one in c.event_duty), *(one.event for one in c.one_off)}
    if name in known or name in events - {*NEVER_RECORDED}:
        return
    if name in c.titles_of_owed:
        yield (
            f"« {gate} » : « {name} » n’est pas un devoir (duty, event_duty, one_off) : une somme attend ce qu’elle nomme dans "
            "needs, le reste a ses propres jours"
        )
    elif name in NEVER_RECORDED:
        yield f"« {gate} » : « {name} » se déduit des dates, personne ne l’enregistre : nommer un devoir ou un événement"
    elif near := get_close_matches(name, known, 1, _A_SLIP):
        yield f"« {gate} » : « {name} » n’est pas un devoir du fichier ; vouliez-vous écrire « {near[0]} » ?"


def _never_in_time(c: Convention) -> Iterator[str]:
    """A notice longer than the term: a letter posted on its first day would come too late for its end."""
    last, begins = _first_end(c)
    for rule in c.termination:
        at_most = rule.length is not None and rule.length.bound == "at_most"
        renews = c.renewal.is_tacit and rule.until != "term"  # it may serve in a later period
        if last is None or rule.length is None or at_most or renews:
            continue
        if plus(begins, rule.length, c.place.calendar()) > last + _DAY:
            serves = "empêcher la première reconduction" if rule.until == "term" else "servir avant la fin"
            yield (
                f"résiliation « {rule.id} » : un préavis de {delay_in_words(rule.length)} est plus long que la durée, aucune "
                f"lettre ne pourrait jamais {serves} : vérifier l’un et l’autre ; un préavis plus court que la durée serait "
                "accepté"
            )


def _first_end(c: Convention) -> tuple[date | None, date]:
    """Return the last day of the first term where it can be told before the signature, and the first day it is counted from."""
    effect, length = c.effect.on, c.term.length
    if effect is not None and c.term.ends_on is not None:
        return c.term.ends_on, effect
    begins = effect or _ANY_DAY
    whole = length is not None and length.unit in ("months", "years", "weeks", "days")
    counted = length is not None and c.term.ends_on is None and (effect is not None or whole)
    return (first_term(begins, length) if counted and length is not None else None), begins


def _people(c: Convention) -> Iterator[str]:
    parties, roles = set(c.parties), set(c.roles)
    if c.us not in parties:
        yield f"us = « {c.us} » n’est pas une des parties ({', '.join(sorted(parties))})"
    for name, value in (("coordinator", c.coordinator), ("manager", c.manager)):
        if value not in roles:
            yield f"{name} = « {value} » n’est pas un des rôles ({', '.join(sorted(roles))})"
    for key, role in c.roles.items():
        if role.party not in parties:
            yield f"rôle « {key} » : party = « {role.party} » n’est pas une des parties"
        if role.substitute is not None and (role.substitute not in roles or role.substitute == key):
            yield f"rôle « {key} » : substitute = « {role.substitute} » doit être un autre rôle du fichier"


def _sides(c: Convention) -> Iterator[str]:
    parties, roles = set(c.parties), set(c.roles)
    for duty in _owed(c):
        meets = isinstance(duty, Duty) and duty.traits.is_meeting
        by, to = refused(duty.owed_by, c.parties, each=not meets), refused(duty.owed_to, c.parties, each=False)
        if meets and duty.owed_by == EACH:
            by = f"une rencontre se tient ensemble : écrire {c.together}, ou la partie qui la doit"
        yield from (f"« {duty.id} » : {name} : {why}" for name, why in (("owed_by", by), ("owed_to", to)) if why)
        for role_key in (*duty.responsible, *duty.informed):
            if role_key not in roles:
                yield f"« {duty.id} » : « {role_key} » n’est pas un des rôles"
    for party in c.signing.order:
        if party not in parties:
            yield f"signing.order : « {party} » n’est pas une des parties ({', '.join(sorted(parties))})"
    if len(set(c.signing.order)) < len(c.signing.order):
        yield "signing.order : une partie y est deux fois"
    for rule in c.termination:
        yield from (
            f"résiliation « {rule.id} » : who : {_not_a_party(c, who, EITHER, 'l’une ou l’autre')}"
            for who in rule.who
            if who not in parties and rule.who != (EITHER,)
        )
        if rule.on_exit is not None and c.together == BOTH:
            yield (
                f"résiliation « {rule.id} » : on_exit dit ce que deviennent les autres parties quand l’une sort ; à deux, la "
                "convention prend fin : l’ôter"
            )


def _not_a_party(c: Convention, word: str, instead: str, says: str) -> str:
    if word == instead:
        return f"{instead} ({says}) se dit seul, sans nommer de partie à côté"
    return f"« {word} » n’est pas une partie ({', '.join(sorted(c.parties))}) : en nommer une, ou écrire {instead} ({says})"


def _against(c: Convention) -> Iterator[str]:
    """Whom a breach is held against, and who takes its steps: named, or « l’une … l’autre », known once somebody acts."""
    for breach in c.breach:
        either = breach.against == (OTHER,)
        yield from (
            f"manquement « {breach.id} » : against : {_not_a_party(c, word, OTHER, 'l’autre')}"
            for word in breach.against
            if word not in c.parties and not either
        )
        for step in breach.steps:
            if step.who not in c.parties and step.who != EITHER:
                why = _not_a_party(c, step.who, EITHER, "l’une des parties")
                yield f"manquement « {breach.id} », étape {step.does} : who : {why}"
            elif (step.who == EITHER) != either:
                yield (
                    f"manquement « {breach.id} », étape {step.does} : « l’une des parties … l’autre » se dit tout entier, "
                    f'against = "{OTHER}" et who = "{EITHER}" à chaque étape'
                )


def _named(c: Convention) -> Iterator[str]:
    """What the blocks about meetings, personal data and territories name."""
    parties, roles = set(c.parties), set(c.roles)
    meetings = [(duty.id, duty.meeting) for duty in c.duty if duty.meeting is not None]
    invited = [(name, "chair", of.chair) for name, of in meetings if of.chair is not None]
    invited += [(name, "invite", role) for name, of in meetings for role in of.invite]
    yield from (
        f"« {name} » : meeting.{key} : « {r} » n’est pas un des rôles" for name, key, r in invited if r not in roles
    )
    for duty in c.event_duty:
        yield from (f"« {duty.id} » : tell = « {r} » n’est pas un des rôles" for r in duty.tell if r not in roles)
    named = [("data_protection.controllers", p) for p in (c.data_protection.controllers if c.data_protection else ())]
    named += [("territory.party", c.territory.party)] if c.territory else []
    yield from (f"{place} : « {name} » n’est pas une partie" for place, name in named if name not in parties)


def _asked(c: Convention) -> Iterator[str]:
    for question in c.question:
        if question.ask not in c.roles:
            yield f"question « {question.id} » : ask = « {question.ask} » n’est pas un des rôles"
    asked = {q.id for q in c.question}
    for name, id, wanted in (  # noqa: A001 - the word of the file
        ("effect", c.effect.question, ("date",)),
        ("term", c.term.question, ("date", "months")),
    ):
        if id is None:
            continue
        if not any(q.id == id and q.kind == "blank" and q.answer in wanted for q in c.question):
            expected = " ou ".join(f"answer = « {one} »" for one in wanted)
            yield f"{name}.question = « {id} » doit être une question du fichier, kind = « blank », {expected}"
    for one in c.one_off:
        if one.question is not None and one.question not in asked:
            yield f"« {one.id} » : la question « {one.question} » n’existe pas dans le fichier"


def _repeated_ids(c: Convention) -> Iterator[str]:
    names = (
        [end.id for end in c.automatic_end]
        + [owed.id for owed in _owed(c)]
        + [rule.id for rule in c.termination]
        + [breach.id for breach in c.breach]
    )
    for name, count in Counter(names).items():
        if count > 1:
            yield f"l’identifiant « {name} » sert {count} fois ; chacun doit être unique dans le fichier"
    for name, count in Counter(cl.id for cl in c.clause).items():
        if count > 1:
            yield f"la clause « {name} » est écrite {count} fois"


def _clauses(c: Convention) -> Iterator[str]:
    known = {cl.id for cl in c.clause}
    used = set(cited_clauses(c))
    yield from (f"la clause « {name} » est citée mais n’est pas écrite" for name in sorted(used - known))
    yield from (
        f"la clause « {name} » est écrite mais ne change rien : la citer, ou l’ôter" for name in sorted(known - used)
    )


def _parent_rules(c: Convention) -> Iterator[str]:
    needs_parent = c.term.within_parent or c.term.with_parent or c.effect.not_before_parent_signature
    if needs_parent and c.parent is None:
        yield "la durée ou l’effet dépend d’une convention mère : ajouter le bloc [parent]"


def cited_clauses(c: Convention) -> Iterator[str]:
    """Yield the id of every clause that an element of the convention cites."""
    for element in _elements(c):
        yield from getattr(element, "clauses", ())


def _elements(of: BaseModel) -> Iterator[BaseModel]:
    """Yield every block of a convention, however deep, in the order of the file."""
    for _, value in of:
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                yield one
                yield from _elements(one)
