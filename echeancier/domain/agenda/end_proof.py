"""The proof of a last day in force: the term as it is said, its amendments, suspensions and renewals, or what ends it early."""

from datetime import date, timedelta
from itertools import takewhile
from typing import Final

from echeancier.domain.agenda.amendments import named_so
from echeancier.domain.agenda.end_sentence import end_sentence
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.first_term import TermLength, first_term, other_end, other_reading, term_sum
from echeancier.domain.dates.proof import (
    EFFECT,
    LAW,
    ONE_DAY,
    Operand,
    Proof,
    Step,
    cited,
    given,
    kept,
    literally,
    months,
    note,
    plus,
    worked,
)
from echeancier.domain.dates.term_ends import TermEnds
from echeancier.domain.facts.event_words import event_quoted
from echeancier.domain.standing import renewals
from echeancier.domain.standing.amendments import NewEnd, is_settled
from echeancier.domain.standing.automatic_ends import EndedOfRight
from echeancier.domain.standing.first_ends import day_of_end
from echeancier.domain.standing.situation import WHICH_END, Situation
from echeancier.domain.standing.suspension import Prolonged, prolonged
from echeancier.domain.terms.term import TermEnd
from echeancier.domain.typography import NBSP

_LAST: Final = "{}, à minuit"


def end_proof(s: Situation, end: date | None, why: str) -> Proof:
    """Return how the last day in force follows from the term and from what happened, or why it is unknown.

    Args:
        s: the situation.
        end: the last day in force, None while it is unknown or may still be renewed.
        why: what ends it early, where something does.
    """
    if end is None:
        sentence = end_sentence(s)
        return _unknown(s) if sentence is None else (note(sentence.fr),)
    return *_sums(s, end, why), kept(end, gives="legal"), worked("prev_workable", end, s.calendar.prev_workable(end))


def _sums(s: Situation, end: date, why: str) -> Proof:
    if (of_right := s.ended_of_right) is not None:
        return _of_right(s, of_right)
    if s.ended_early:
        return (given(end, why, f"{why} : dernier jour en vigueur le {_LAST}"),)
    if s.own_end != end and s.parent_end == end:
        return (given(end, "parent", "ne peut dépasser la convention mère, qui finit le {}"),)
    agreed = s.agreed_end or end
    said = _amended(s, s.amendment, agreed) if s.amendment is not None else _term(s, agreed)
    if s.prolonged is None or end == agreed:
        return *said, *other_sum(s)
    capped = (given(end, _cap_source(s), " ; plafonnée au {}"),) if end < agreed else ()
    return *said, *_given_back(s, s.prolonged, agreed, end), *_renewed(s, end), *capped, *other_sum(s)


def _cap_source(s: Situation) -> str:
    return cited(s.convention.renewal.clauses or s.convention.term.clauses)


def _of_right(s: Situation, ended: EndedOfRight) -> Proof:
    """An event that ends it by itself, and what would have saved it."""
    rule = ended.rule
    begun = given(ended.on, rule.event, f"de plein droit : {_quoted(s, rule.event)} le {{}}")
    after = () if rule.after is None else (plus(ended.on, rule.after, cited(rule.clauses), ended.ends_on, " + {o1}"),)
    saved = (
        ""
        if rule.unless is None
        else f", rien de ce qui l’évite ({event_quoted(s.convention, rule.unless).fr}) n’étant enregistré"
    )
    return begun, *after, kept(ended.ends_on, f" → {_LAST}"), note(saved)


def _quoted(s: Situation, event: str) -> str:
    """An event as it stands in the words of a step."""
    return literally(event_quoted(s.convention, event).fr)


def _given_back(s: Situation, given_back: Prolonged, agreed: date, end: date) -> Proof:
    """What suspensions gave back to the period that was suspended."""
    if not given_back.counted:
        return ()
    days = sum(((last or s.today) - first).days + 1 for first, last in given_back.counted)
    before = given_back.at_least - timedelta(days=days)
    period = (given(before, "term", ""),) if before != agreed else ()
    total = plus(before, Delay(days=days), "suspension", given_back.at_least, " : {o1}")
    begun = *period, note(" ; prolongée d’autant ("), *_paused(given_back), note(")"), total
    if s.is_tacit and agreed != s.agreed_end:
        return begun
    shown = *begun, kept(given_back.at_least, " → {}")
    return (*shown, given(end, _cap_source(s), ", plafonnée au {}")) if given_back.at_least > end else shown


def _renewed(s: Situation, end: date) -> Proof:
    """How many times it renewed itself, for how long each time, and what cuts the last one short."""
    ends, period = s.period_ends, renewals.period_of(s)
    if ends is None or period is None or ends.renewals is None:
        return ()
    times = sum(1 for one in ends if one <= end) - 1
    if times < 1:
        return ()
    longer = ends.shortened_from
    several = "tacites reconductions" if s.is_tacit else "renouvellements"
    one = "une tacite reconduction" if s.is_tacit else "un renouvellement"
    many = f"{times} {several}" if times > 1 else one
    says = f" ; {many} de {period.words.fr}{NBSP}→ {{}}"
    reached = _one_after_the_other(s, ends, period, end if longer is None else longer, says)
    return reached if longer is None else (*reached, given(end, _cap_source(s), ", plafonnée au {}"))


def _one_after_the_other(s: Situation, ends: TermEnds, period: TermLength, end: date, says: str) -> Proof:
    """The end that renewals lead to: months from the effect, or whole periods from the last end that something moved."""
    source = cited(s.convention.renewal.clauses or s.convention.term.clauses)
    more = sum(1 for one in takewhile(lambda one: one <= end, ends.without_cap().following()))
    lived = sum(1 for one in ends.lived if one < end) if more == 0 else len(ends.lived) - 1
    if period.months is not None and ends.effect is not None:
        whole = TermLength("months", ends.months + period.months * (lived + more))
        return (Step("term", (Operand(ends.effect, EFFECT), Operand(whole, source)), end, says),)
    if more == 0:  # a suspension or an amendment moved it since
        return (given(end, "term", says),)
    morrow = ends.last + timedelta(days=1)
    whole = TermLength(period.unit, period.number * more, period.ends)
    return (
        given(ends.last, "term", ""),
        plus(ends.last, ONE_DAY, LAW, morrow, ""),
        Step("term", (Operand(morrow), Operand(whole, source)), end, says),
    )


def other_sum(s: Situation) -> Proof:
    """Return what a day written in the paper leaves out: the length printed beside it, the days suspended before an amendment."""
    if s.agreed_end is None or (s.counted_beside is not None and s.answer(WHICH_END) is not None):
        return ()
    if s.amendment is None:
        length, written = s.first_length, s.convention.term.ends_on
        if length is None or s.effect_on is None or written is None:
            return ()
        beside = first_term(s.effect_on, length)
        taken = Operand(s.effect_on, EFFECT), Operand(length, cited(s.convention.term.clauses))
        return () if beside == written else (Step("term", taken, beside, " ; la durée imprimée donnerait le {}"),)
    all_given_back = prolonged(s, TermEnds((s.agreed_end,)), None).at_least
    if s.is_tacit or s.own_end is None or all_given_back <= s.own_end or (s.cap is not None and all_given_back > s.cap):
        return ()
    says = " ; autre lecture, les jours suspendus avant l’avenant rendus aussi : le {}"
    return (plus(s.agreed_end, Delay(days=(all_given_back - s.agreed_end).days), "suspension", all_given_back, says),)


def _unknown(s: Situation) -> Proof:
    """Why there is no last day; what is known of it while a suspension that prolongs the term still runs."""
    if s.prolonged is None or s.prolonged.end is not None:
        return (note("fin inconnue : elle dépend d’une date qui n’est pas enregistrée"),)
    return (
        note("fin inconnue : prolongée d’autant que dure la suspension ("), *_paused(s.prolonged), note(") ; "),
        given(s.prolonged.at_least, "suspension", "au moins jusqu’au {}"),
    )  # fmt: skip


def _paused(given_back: Prolonged) -> Proof:
    found: list[Step] = []
    for number, (first, last) in enumerate(given_back.counted):
        begun = ", " if number else ""
        if last is None:
            found.append(given(first, "suspension", f"{begun}suspendue depuis le {{}}"))
        else:
            found += [given(first, "suspension", f"{begun}suspendue du {{}}"), given(last, "resumption", " au {}")]
    return tuple(found)


def counted(s: Situation) -> tuple[date, TermLength] | None:
    """Return the effect and the length that give the end agreed, None where it is written, answered or amended."""
    length, effect = s.first_length, s.effect_on
    if length is None or effect is None or s.amendment is not None:
        return None
    return (effect, length) if first_term(effect, length) == s.agreed_end else None


def _term(s: Situation, end: date) -> Proof:
    """The first term as the paper says it, or as a person answered where it is blank."""
    question = s.convention.term.question
    answer = s.answer(question) if question else None
    if question is not None and answer is not None and answer.day is not None:
        return given(answer.on, question, "répondu le {}"), given(end, question, f" : {_LAST}")
    told = () if answer is None or question is None else (given(answer.on, question, " (durée répondue le {})"),)
    if (read := _on_the_anniversary(s, end)) is not None:
        return *read, *told
    if (said := _until_an_event(s, end)) is not None:
        return said
    found, source = counted(s), question or cited(s.convention.term.clauses)
    if found is None:
        return (given(end, source, f"jour écrit au texte : {_LAST}"),)
    taken = Operand(found[0], EFFECT), Operand(found[1], source)
    return Step("term", taken, end, f"{term_sum(*found)} → {_LAST}"), *told, *_read_otherwise(s, found, end)


def _read_otherwise(s: Situation, found: tuple[date, TermLength], end: date) -> Proof:
    """The anniversary instead of its eve; or the year begun late that does not count."""
    effect, length = found
    as_agreed = s.ends_on == s.own_end == s.agreed_end
    if s.anniversary_end is not None and s.anniversary_end != end and as_agreed and not s.term_reading.settled:
        says, source = " ; l’autre lecture : le {}", cited(s.convention.term.clauses)
        return (months(effect, length.months or 0, source, s.anniversary_end, says),)
    other = other_end(effect, length)
    silent = note(other_reading(effect, length))
    if other is None:
        return (silent,)
    longer = TermLength(length.unit, length.number + 1, length.ends)
    return Step("term", (Operand(effect, EFFECT), Operand(longer, LAW)), other), silent


def _on_the_anniversary(s: Situation, end: date) -> Proof | None:
    """« Un an à compter de la signature », answered to end on the anniversary; None where it is not read so."""
    length, effect = s.first_length, s.effect_on
    if length is None or effect is None or s.anniversary_end != end or s.term_reading.id != "anniversary":
        return None
    says = f" + {length.words.fr} → {_LAST} (lecture retenue)"
    return given(effect, EFFECT, "effet le {}"), months(
        effect, length.months or 0, cited(s.convention.term.clauses), end, says
    )


def _until_an_event(s: Situation, end: date) -> Proof | None:
    """A term that ends on an event, or on the first or the last of two days; None for any other."""
    term = s.convention.term
    if term.event is not None:
        return (given(end, term.event, f"{_quoted(s, term.event)} le {_LAST}"),)
    if s.two_ends is None:
        return None
    which = "le premier de : " if term.earlier_of else "le dernier de : "
    first, second = (_one_of_two(s, one) for one in term.two_ends)
    days = tuple(day for one in term.two_ends if (day := day_of_end(s, one)) is not None)
    ruling = (min if term.earlier_of else max)(days, default=None)
    if ruling == end:
        chosen = Step("earliest" if term.earlier_of else "last_of", tuple(map(Operand, days)), end, f" → {_LAST}")
    else:  # nothing may outlive that day, and what is awaited has not come
        chosen = given(end, _cap_source(s), f" → {_LAST}")
    return note(which), *first, note(" et "), *second, chosen


def _one_of_two(s: Situation, one: TermEnd) -> Proof:
    day, source = day_of_end(s, one), cited(s.convention.term.clauses)
    if one.event is not None:
        told = (
            note(f"{event_quoted(s.convention, one.event).fr} (pas encore arrivé)")
            if day is None
            else given(day, one.event, f"{_quoted(s, one.event)} ({{}})")
        )
        return (told,)
    if day is None or one.length is None or s.effect_on is None:
        return (note("pas encore arrivé") if day is None else given(day, source),)
    return (Step("term", (Operand(s.effect_on, EFFECT), Operand(one.length, source)), day, "{o1} ({})"),)


def _amended(s: Situation, ruling: NewEnd, end: date) -> Proof:
    """The amendment that gives the end; what it takes the place of is not counted any more."""
    rivals = [rival.ends_on for rival in s.amendments.rivals if rival.ends_on != end]
    told: list[Step] = []
    if rivals and not is_settled(s):
        first, *others = rivals
        told = [given(first, "amendment", " ; l’autre avenant de même effet : le {}")]
        told += [given(day, "amendment", ", le {}") for day in others]
    dated = given(ruling.effect, "amendment", ""), given(ruling.signed, "amendment", "")
    return *dated, given(end, "amendment", f"{named_so(ruling).fr} → {_LAST}"), *told
