"""The times at which money comes back on days of the calendar: those the convention covers, those paid ahead of an early end.

A time comes as a `Turn`, with what an early end, made or threatened, does to it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from echeancier.domain.agenda.after_the_end import early_end, end_that_may_be_prevented
from echeancier.domain.agenda.calendar_duties import (
    before_the_effect,
    ended_by_an_event,
    never_comes,
    only_those,
    owed,
    span_of,
    uncovered,
)
from echeancier.domain.agenda.due_day import as_answered
from echeancier.domain.agenda.items import Warning
from echeancier.domain.agenda.payment_amounts import amount_of, is_shared
from echeancier.domain.agenda.payment_days import SumDays
from echeancier.domain.agenda.procedure import Found, opening, side_name
from echeancier.domain.agenda.turns import Span, Turn, turns
from echeancier.domain.dates.proof import Proof, cited, kept, note, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import euros, figures
from echeancier.domain.facts.catalogue import day_of as day_of_fact
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.amendments import moved_to
from echeancier.domain.standing.coverage import end_as_agreed, last_day
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.money import years_to
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import may_outlive
from echeancier.domain.terms.money import Falling, OneSum, Payment
from echeancier.domain.terms.when import MonthlyDay, PeriodDay, When, YearlyDay


class Time(NamedTuple):
    """One time that money is due, or was paid, for.

    Attributes:
        turn: the time, as it stands.
        is_over: it begins after an early end, and was paid ahead of it.
    """

    turn: Turn
    is_over: bool = False


def times_of(s: Situation, payment: Payment, when: When) -> Iterator[Time]:
    """Yield each time of a payment that comes back on days of the calendar, in order.

    While an early end may still be prevented, the times that it would leave out are there, to be confirmed.
    """
    if s.effect_on is None:
        return
    span = span_of(s, s.effect_on, cited(payment.clauses))
    shown = _unless_prevented(s, span)
    anew = s.counted_anew(payment.id)
    made = [*only_those(turns(when, shown, anew), payment.only, anew)]
    there = [*owed(s, payment, made, shown.last, outlives=may_outlive(when))]
    yield from (Time(one if payment.amounts else _whole_or_asked(one, shown, when)) for one in there)
    known, whole = {one.about for one in there}, replace(span, last=max(span.last, s.natural_end or span.last))
    for one in turns(when, whole, anew):
        if one.about not in known and s.done_on(key_of(payment.id, one.about, payment.whose)) is not None:
            yield Time(one, is_over=True)


def year_turns(s: Situation, payment: Payment, falling: Falling) -> dict[int, Turn]:
    """Return the time of each year at which an instalment that comes back falls due, where it does on a day of the calendar."""
    when: When | None = getattr(falling, "when", None)
    if s.effect_on is None or when is None:
        return {}
    span = span_of(s, s.effect_on, cited(payment.clauses))
    span = replace(span, last=max(span.last, s.natural_end or span.last))
    found: dict[int, Turn] = {}
    for number, turn in enumerate(turns(when, span), start=1):
        first = turn.covers or turn.whole
        civil = first[0].year if first is not None else turn.day.year
        found[civil if payment.yearly == "civil" else number] = turn
    return found


def _unless_prevented(s: Situation, span: Span) -> Span:
    threatened = end_that_may_be_prevented(s)
    return span if threatened is None or s.natural_end is None else replace(span, last=max(span.last, s.natural_end))


def as_paid(s: Situation, payment: Payment, one: OneSum, turn: Turn) -> Turn | None:
    """A period paid before an early end that cuts it: as it stood on the day it was paid; None where it was the same."""
    done = s.done_on(key_of(payment.id, turn.about, payment.whose))
    if done is None or payment.when is None or not is_shared(payment, turn):
        return None
    now = datetime.combine(done, time(12), tzinfo=s.zone)
    before = replace(s, records=tuple(one for one in s.records if day_of_fact(one.fact) <= done), now=min(now, s.now))
    if before.effect_on is None:
        return None
    span = span_of(before, before.effect_on, cited(payment.clauses))
    made = turns(as_answered(s, payment.id, payment.when), span, s.counted_anew(payment.id))
    then = next((one for one in made if one.about == turn.about), None)
    return then if then is not None and _cents(s, payment, one, then) != _cents(s, payment, one, turn) else None


def _cents(s: Situation, payment: Payment, one: OneSum, turn: Turn) -> int | None:
    """How much that time is, by the text, its year, or a revision; of a period cut short, its share."""
    return amount_of(s, payment, one, turn.about, turn).cents


def paid_too_much(s: Situation, payment: Payment, one: OneSum, days: SumDays, both: tuple[Turn, Turn]) -> SumDays:
    """What the end leaves of a period already paid: whether the rest is paid back, its text does not say."""
    paid, left = (_cents(s, payment, one, turn) or 0 for turn in both)
    more = euros(abs(paid - left))
    fr, en = "part de la période après la fin", "part of the period after the end"
    said = Text(fr=f"{fr} : {more}, à rembourser peut-être", en=f"{en}: {more}, perhaps to be paid back")
    if paid < left:
        said = Text(
            fr=f"part de la période en plus : {more}, due peut-être", en=f"more of the period: {more}, perhaps due"
        )
    return as_asked(days, said, f" ; payé : {euros(paid)}")


def paid_ahead(days: SumDays) -> SumDays:
    """A time paid ahead that begins after an early end: no longer owed; whether it is paid back, its text does not say."""
    said = Text(
        fr="payé d’avance pour un temps après la fin : plus dû, à rembourser peut-être",
        en="paid ahead for a time after the end: no longer owed, perhaps to be paid back",
    )
    return as_asked(days, said)


def as_asked(days: SumDays, said: Text, before: str = "") -> SumDays:
    """Return the days of a sum of which something is to be confirmed, said on its line and in its proof."""
    proof: Proof = (note(f"{before} ; {said.fr}"),)
    return replace(days, proof=(*days.proof, *proof), waits=said, certainty=Certainty.CONTESTED)


def _whole_or_asked(turn: Turn, span: Span, when: When) -> Turn:
    """A month or a year that the effect or the end cuts: whether all of it is due, its text does not say."""
    if turn.covers is None or not _is_cut(turn.covers, span):
        return turn
    several = isinstance(when, MonthlyDay) and when.every_months > 1
    cut = "année entamée" if isinstance(when, YearlyDay) else "période entamée" if several else "mois entamé"
    silent = note(f" ; {cut} : le texte ne dit pas si tout est dû")
    return turn._replace(contested=True, other=(*turn.other, silent))


def _is_cut(days: tuple[date, date], span: Span) -> bool:
    first, last = days
    return first < span.effect or (last > span.last and not span.is_horizon)


def not_counted(s: Situation, payment: Payment) -> Found:
    """Warn of a time that the convention covers, and whose day falls before the effect or after the end: none is due for it."""
    if s.effect_on is None or payment.parts is not None:
        return
    if payment.yearly is not None:
        covered = {f"{year}" for year in years_to(s, payment, max(last_day(s), end_as_agreed(s) or s.effect_on))}
        missing = [one for one in payment.only if one not in covered]
        if missing and s.bound_until is not None and not s.renews_itself and not ended_by_an_event(s):
            yield uncovered(s, payment, missing)
    if payment.when is None:
        return
    when = as_answered(s, payment.id, payment.when)
    span = span_of(s, s.effect_on, cited(payment.clauses))
    anew = s.counted_anew(payment.id)
    made = [*only_those(turns(when, span, anew), payment.only, anew)]
    yield from never_comes(s, payment, when, span)
    yield from before_the_effect(s, payment, made)
    over = [
        one
        for one in made
        if one.covers is not None
        and one.covers[0] <= span.last < one.day
        and moved_to(s, key_of(payment.id, one.about, s.leaver)) is None
    ]
    if s.leaver and not any(s.leaver in (share.owed_by, share.owed_to) for share in s.convention.shares(payment)):
        return
    if not over or may_outlive(when) or span.is_horizon or span.renews_itself or s.today > over[0].day:
        return
    yield _after_the_end(s, payment, over[0], span.last)


def _after_the_end(s: Situation, payment: Payment, first: Turn, last: date) -> Warning:
    """A day after the end: of the term, the file may have to say more; an early end, or an exit, is for the parties to settle."""
    over, over_en = "la fin", "the end"
    fr = "Si le texte le veut quand même, l’écrire à part, ou compter par périodes (every_months, due)."
    en = "If the text wants it all the same, write it apart, or by periods (every_months, due)."
    if early_end(s) is not None:
        over, over_en = "la fin anticipée", "the early end"
        fr = "Le texte ne dit pas si une part en est due : à régler entre les parties."
        en = "The text does not say whether a part is due: for the parties to settle."
    if s.leaver:
        over, over_en = f"la sortie de {side_name(s, s.leaver)}", f"the exit of {side_name(s, s.leaver, 'en')}"
    return Warning(
        id=f"due-after-end/{payment.id}" + (f"/{s.leaver}" if s.leaver else ""),
        text=Text(
            fr=f"« {payment.title} », pour {first.label.fr} : son jour, le {figures(first.day)}, vient après {over} "
            f"({figures(last)}) ; rien n’est compté pour cette fois. {fr}",
            en=f"“{title_of(payment).en}”, about {first.label.en}: its day, {first.day}, comes after {over_en} ({last}); nothing "
            f"is counted for that time. {en}",
        ),
        clause=s.clause(payment.clauses),
        leaver=s.leaver,
    )


def on_its_turn(s: Situation, payment: Payment, turn: Turn) -> SumDays:
    """The day of one time: never before the effect; a part of a period is contested where the text does not share it."""
    effect, relied_on = s.effect_on or turn.day, turn.relied_on or turn.legal
    moved = s.calendar.prev_workable(relied_on)
    safe = turn.legal if moved < effect else moved
    by = " ; à payer au plus tard le {}, jour ouvré" if safe != turn.legal else ""
    proof = *turn.proof, worked("prev_workable", relied_on, moved, gives=""), kept(safe, by, "safe")
    opens = min(max(effect, opening(safe, s.policy.leads_for("payment").notice)), safe)
    shared = payment.prorata is not None or (payment.unit_amount is not None and isinstance(payment.when, PeriodDay))
    contested = bool(turn.may_end) or (turn.contested and (not shared or bool(turn.other)))
    return SumDays(
        turn.rule, (*proof, *turn.other), opens, turn.legal, safe,
        s.calendar.next_open(turn.legal) + timedelta(days=1), Certainty.CONTESTED if contested else Certainty.CERTAIN,
    )  # fmt: skip
