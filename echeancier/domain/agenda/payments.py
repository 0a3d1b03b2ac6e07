"""Money due: on a day, from what starts it, or once all that it needs is there; never a day or a sum that is not written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Final

from echeancier.domain.agenda.after_the_end import (
    NO_LONGER_DUE,
    due_after_end_asked,
    early_end,
    end_that_may_be_prevented,
    is_left_out,
    left_out,
    still_due,
    will_not_exist,
)
from echeancier.domain.agenda.credits import if_voted, votes_asked
from echeancier.domain.agenda.due_day import as_answered, due_day_asked
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.payment_amounts import Amount, amount_of, years_asked
from echeancier.domain.agenda.payment_days import SumDays, days_of_sum, outside
from echeancier.domain.agenda.payment_starts import from_a_paper, start_of
from echeancier.domain.agenda.payment_times import (
    as_paid,
    not_counted,
    on_its_turn,
    paid_ahead,
    paid_too_much,
    times_of,
    year_turns,
)
from echeancier.domain.agenda.procedure import Found, roles_of, state_of
from echeancier.domain.agenda.turns import Turn
from echeancier.domain.dates.delay import over_on
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.proof import END, OPERATIONAL, given, note
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.model import Text
from echeancier.domain.standing.coverage import last_day
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.money import Needed, needed, statements, sums_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import may_outlive
from echeancier.domain.terms.money import EARLY_END, Falling, OneSum, Payment
from echeancier.domain.terms.when import When

_BOUNDS: Final = {"": ("", ""), "later": (" au moins", " at least"), "sooner": (" au plus", " at most")}
"""What is said, in each language, of the part of a period whose end may still move, by which way it may."""


def payments(s: Situation) -> Found:
    """Yield each sum of money due, or awaited, and the votes of credits that are asked for."""
    found = tuple(_payments(s))
    yield from found
    yield from votes_asked(s, (one for one in found if isinstance(one, Item)))


def _payments(s: Situation) -> Found:
    for payment in s.convention.payment:
        made: tuple[Turn, ...] = ()
        yield from not_counted(s, payment)
        if payment.when is not None:
            called = Text(fr=payment.title, en=payment.title_en)
            yield from due_day_asked(s, payment.id, called, payment.when, payment.clauses)
            made = tuple(one.turn for one in times_of(s, payment, as_answered(s, payment.id, payment.when)))
        yield from years_asked(s, payment, made)
        shares = tuple(s.convention.shares(payment))
        if any(_is_left_out(s, share, one) for share in shares for one in sums_of(s, share)):
            yield due_after_end_asked(s, payment)
        for share in shares:
            yield from (if_voted(s, share, item) for item in _of(s, share))


def _is_left_out(s: Situation, payment: Payment, one: OneSum) -> bool:
    """Whether an early end comes before the day of a sum not paid yet, or leaves it nothing to wait for."""
    if s.done_on(key_of(payment.id, one.name, payment.whose)) is not None:
        return False
    day = one.falling.on if one.year is None else _printed_day(s, payment, one)
    return is_left_out(s, day) or any(will_not_exist(s, need.name) for need in _missing(s, one.falling))


def _printed_day(s: Situation, payment: Payment, one: OneSum) -> date | None:
    """The day of the calendar on which a sum of its year falls due; None where its words let it come after the end."""
    turn = year_turns(s, payment, one.falling).get(one.year or 0)
    when: When | None = getattr(one.falling, "when", None)
    return None if turn is None or may_outlive(when) else turn.day


def _missing(s: Situation, falling: Falling) -> tuple[Needed, ...]:
    return tuple(one for one in needed(s, falling.needs) if one.on is None)


def _as_ended(s: Situation, payment: Payment, days: SumDays) -> SumDays:
    """What an early end makes of a sum due after it: cancelled, still due, or to be confirmed while nobody has said."""
    known = still_due(s, payment)
    if known == NO_LONGER_DUE:
        return replace(days, proof=(*days.proof, *left_out(s)), certainty=Certainty.CERTAIN, cancelled=True)
    if known is not None:
        return replace(days, proof=(*days.proof, *left_out(s, "confirmé dû")))
    unsaid = left_out(s, "à confirmer, le texte ne dit pas si c’est encore dû")
    return replace(days, proof=(*days.proof, *unsaid), certainty=Certainty.CONTESTED)


def _as_threatened(s: Situation, days: SumDays, turn: Turn | None) -> SumDays:
    """What a breach that may still be cured makes of a sum due for after the end it would give: to be confirmed."""
    end, due = end_that_may_be_prevented(s), days.legal or days.safe
    if end is None or due is None or max(due, turn.stretch[1] if turn is not None and turn.stretch else due) <= end:
        return days
    said = given(end, END, " ; à confirmer : la convention finira le {} si rien ne l’empêche")
    certainty = days.certainty if days.certainty is Certainty.POLICY else Certainty.CONTESTED
    return replace(days, proof=(*days.proof, said), certainty=certainty)


def _of(s: Situation, payment: Payment) -> Iterator[Item]:
    """One item for each sum; of a payment on statements, one for each received, named after its period."""
    if payment.when is not None:
        yield from _each_time(s, payment, as_answered(s, payment.id, payment.when))
        return
    told = statements(s, payment)
    for one in sums_of(s, payment):
        if one.year is not None and (turn := year_turns(s, payment, one.falling).get(one.year)) is not None:
            yield _item(s, payment, one, one.name, _in_its_year(s, payment, one, turn))
            continue
        receipts = told.get(one.name, ()) if one.falling.asked_for else ()
        for receipt in receipts:
            days = days_of_sum(s, payment, one.falling, from_a_paper(one.falling, receipt))
            yield _item(s, payment, one, one.name or receipt.about, _of_a_whole_year(s, payment, one, days))
        if not receipts:
            days = days_of_sum(s, payment, one.falling, start_of(s, payment, one.falling, one.year))
            yield _item(s, payment, one, one.name, _of_a_whole_year(s, payment, one, days))


def _in_its_year(s: Situation, payment: Payment, one: OneSum, turn: Turn) -> SumDays:
    """The day of an instalment that comes back each year; before the effect or after the end, to be confirmed, never left out."""
    days = on_its_turn(s, payment, turn)
    when: When | None = getattr(one.falling, "when", None)
    out = () if turn.day > last_day(s) and may_outlive(when) else outside(s, turn.legal)
    certainty = Certainty.CONTESTED if out else days.certainty
    return _of_a_whole_year(s, payment, one, replace(days, proof=(*days.proof, *out), certainty=certainty))


def _of_a_whole_year(s: Situation, payment: Payment, one: OneSum, days: SumDays) -> SumDays:
    """A year that the effect or the end cuts, and of which the text writes no amount: whether all is due, it does not say."""
    year = _days_of_year(s, payment, one)
    if year is None or one.year is None or payment.written_for(one.year) is not None or s.effect_on is None:
        return days
    first, end = year
    known = s.bound_until
    if first >= s.effect_on and (known is None or s.renews_itself or end <= known):
        return days
    silent = note(" ; année entamée : le texte ne dit pas si tout est dû")
    certainty = days.certainty if days.certainty is Certainty.POLICY else Certainty.CONTESTED
    return replace(days, proof=(*days.proof, silent), certainty=certainty)


def _days_of_year(s: Situation, payment: Payment, one: OneSum) -> tuple[date, date] | None:
    """The first and the last day of the year that a sum is of; None of one that does not come back."""
    if one.year is None or s.effect_on is None:
        return None
    if payment.yearly == "civil":
        return date(one.year, 1, 1), date(one.year, 12, 31)
    first = add_months(s.effect_on, 12 * (one.year - 1))
    return first, add_months(s.effect_on, 12 * one.year) - timedelta(days=1)


def _each_time(s: Situation, payment: Payment, when: When) -> Iterator[Item]:
    """What comes back: the sum of each time that the convention covers; equal parts, one each time until there are no more."""
    if s.effect_on is None:
        return
    times = [*times_of(s, payment, when)]
    if payment.parts is None:
        (one,) = payment.sums
        for turn, is_over in times:
            days, then = on_its_turn(s, payment, turn), as_paid(s, payment, one, turn)
            if is_over:
                yield _item(s, payment, one, turn.about, paid_ahead(days), turn)
            elif then is None:
                yield _item(s, payment, one, turn.about, days, turn)
            else:
                yield _item(s, payment, one, turn.about, paid_too_much(s, payment, one, days, (then, turn)), then)
        return
    there = [turn for turn, is_over in times if not is_over]
    for one, turn in zip_longest(payment.sums, there[: payment.parts]):
        if turn is None:
            waits = note(
                f"la convention n’a que {len(there)} échéances pour {payment.parts} parts : celle-ci n’a pas de date"
            )
            days = SumDays("day_of_the_text", (waits,), certainty=Certainty.CONTESTED)
            yield _item(s, payment, one, one.name, days)
        else:
            yield _item(s, payment, one, one.name, on_its_turn(s, payment, turn))


def _named(payment: Payment, one: OneSum, occurrence: str, turn: Turn | None, amount: Amount) -> Text:
    """« Subvention 2027, versement 1 sur 2 (60 %) : 14 038,80 € »."""
    says = f" : {amount.says.fr}" if amount.says.fr else "", f" : {amount.says.en}" if amount.says.en else ""
    if turn is not None and turn.label.fr:
        # Its period may end on another day: who pays in advance must not take the part for what will be owed.
        more = _BOUNDS[turn.may_end] if turn.is_partial and amount.cents else ("", "")
        return Text(
            fr=f"{payment.title} ({turn.label.fr}){says[0]}{more[0]}",
            en=f"{payment.title_en} ({turn.label.en}){says[1]}{more[1]}",
        )
    year = _year_in_words(payment, one.year)
    if one.number is None:
        which = f" ({occurrence})" if occurrence else ""
        fr, en = (f" ({year.fr})", f" ({year.en})") if one.year is not None else (which, which)
        return Text(fr=f"{payment.title}{fr}{says[0]}", en=f"{payment.title_en}{en}{says[1]}")
    share, many = f" ({one.share.replace('.', ',')} %)" if one.share else "", len(payment.sums)
    share_en = f" ({one.share}%)" if one.share else ""
    fr, en = (f" ({year.fr})", f" ({year.en})") if one.year is not None else ("", "")
    return Text(
        fr=f"{payment.title}{fr}, versement {one.number} sur {many}{share}{says[0]}",
        en=f"{payment.title_en}{en}, instalment {one.number} of {many}{share_en}{says[1]}",
    )


def _year_in_words(payment: Payment, year: int | None) -> Text:
    if payment.yearly == "contract":
        return Text(fr=f"{'1re' if year == 1 else f'{year}e'} année", en=f"year {year}")
    return Text(fr=f"{year}", en=f"{year}")


def _with_its_amount(days: SumDays, amount: Amount) -> SumDays:
    """The days of a sum, and what is to be said of its amount."""
    sure = Certainty.CONTESTED if amount.contested else days.certainty
    return replace(
        days, proof=(*days.proof, *amount.proof), certainty=sure, waits=days.waits or amount.waits,
        cancelled=days.cancelled or amount.is_nothing,
    )  # fmt: skip


def _never_early(s: Situation, one: OneSum, days: SumDays) -> SumDays:
    """What an early end makes due, once the convention is over without one: nothing."""
    if one.falling.starts != EARLY_END or not s.is_over or early_end(s) is not None:
        return days
    return replace(
        days, proof=(note("la convention a fini à son terme : rien à rembourser"),), waits=None, cancelled=True
    )


def _item(  # noqa: PLR0917 - all that makes it
    s: Situation, payment: Payment, one: OneSum, occurrence: str, days: SumDays, turn: Turn | None = None
) -> Item:
    done = s.done_on(key_of(payment.id, occurrence, payment.whose))
    amount = amount_of(s, payment, one, occurrence, turn)
    days = _since_in_force(s, _never_early(s, one, _with_its_amount(days, amount)))
    days = _as_ended(s, payment, days) if occurrence == one.name and _is_left_out(s, payment, one) else days
    days = days if done is not None else _as_threatened(s, days, turn)
    over = days.legal or days.safe
    if days.legal is not None:
        ours = s.convention.is_ours(payment.owed_by)
        over = over_on(days.legal, days.late_from, ours=ours) - timedelta(days=1)
    return Item(
        series=payment.id, occurrence=occurrence or payment.whose, step=payment.whose if occurrence else "", kind="payment",
        holds_open=True,
        title=_named(payment, one, occurrence, turn, amount),
        clause=s.clause(payment.clauses), owed_by=payment.owed_by, owed_to=payment.owed_to,
        opens_on=days.opens, legal_last_day=days.legal, safe_day=days.safe,
        anchor=days.anchor,
        rule=days.rule, proof=days.proof, certainty=days.certainty, done_on=done, standing=days.waits,
        covers=_days_of_year(s, payment, one) if turn is None else turn.about_days,
        state=_state(s, days, over, done),
        responsible=roles_of(s, payment.owed_by, payment.responsible),
        informed=tuple(dict.fromkeys((*payment.informed, s.convention.coordinator))),
    )  # fmt: skip


def _since_in_force(s: Situation, days: SumDays) -> SumDays:
    """What was due before the convention was in force is owed all the same, from then on: its text says nothing of it."""
    start, due = s.operational_from, days.legal or days.safe
    if start is None or due is None or due >= start:
        return days
    said = " ; due avant la signature : à payer dès la signature (obligations à partir du {})"
    certainty = days.certainty if days.certainty is Certainty.POLICY else Certainty.CONTESTED
    return replace(days, proof=(*days.proof, given(start, OPERATIONAL, said)), certainty=certainty)


def _state(s: Situation, days: SumDays, over: date | None, done: date | None) -> State:
    """Where it stands: nothing is due before the convention is in force, and what was due by then is owed from that day."""
    if days.cancelled:
        return State.CANCELLED
    start = s.operational_from
    if start is None:
        return State.WAITING if done is None else State.DONE
    last_day = None if over is None else max(over, start)
    return state_of(s, opens_on=days.opens, last_day=last_day, done_on=done)
