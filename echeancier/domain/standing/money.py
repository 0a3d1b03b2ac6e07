"""What the facts say of money: the statements received, the papers and duties needed, what was counted, set or revised."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from echeancier.domain.dates.delays import add_months
from echeancier.domain.facts.money import AmountRevised, AmountSet, PaperReceived, UnitsCounted
from echeancier.domain.standing.coverage import last_day
from echeancier.domain.standing.item_keys import key_of, series_of, within_series
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import Falling, OneSum, Payment


class Receipt(NamedTuple):
    """A statement, or another paper, that arrived.

    Attributes:
        fact: the id of the fact.
        about: the period it names, empty without one.
    """

    fact: str
    on: date
    about: str


def received(s: Situation, what: str) -> tuple[Receipt, ...]:
    """Return the receipts of a paper, or of the statements of a payment, in recording order."""
    return tuple(Receipt(id, x.on, x.about or "") for id, x in s.of(PaperReceived) if x.what == what)  # noqa: A001 - of a fact


def statements(s: Situation, payment: Payment) -> dict[str, tuple[Receipt, ...]]:
    """Return the statements received by the name of the sum they make due: all of them, where the payment has but one sum.

    One that names no instalment is that of the only one which awaited it.
    """
    told = received(s, payment.id)
    awaited = [one.name for one in sums_of(s, payment) if one.falling.asked_for]
    if awaited == [""]:
        return {"": told}
    found = {one.about: (one,) for one in told if one.about}
    left = [name for name in awaited if name not in found]
    return {**found, **{name: (one,) for name, one in zip(left, (one for one in told if not one.about), strict=False)}}


class Needed(NamedTuple):
    """One thing that a payment needs.

    Attributes:
        name: as the file has it.
        on: the day it was there, None while it is awaited.
        source: the fact, or the item done.
        one_of_several: it comes back, and the file does not say which time is meant: the first one done.
    """

    name: str
    on: date | None
    source: str = ""
    one_of_several: bool = False


def needed(s: Situation, needs: tuple[str, ...]) -> Iterator[Needed]:
    """Yield each thing needed: a duty, from when it is done; a paper, from when it is received."""
    owed = s.convention.titles_of_owed
    again = {d.id for d in s.convention.duty} | {d.id for d in s.convention.event_duty}
    again |= {p.id for p in s.convention.payment if p.asked_for or p.instalments}
    for need in needs:
        if series_of(need) in owed:
            days = sorted((day, key) for key, day in s.kept_on.items() if f"{key}/".startswith(f"{need}/"))
            on, source = days[0] if days else (None, "")
            yield Needed(need, on, source, one_of_several=need in again and on is not None)
        else:
            about = within_series(need)
            papers = [one for one in received(s, series_of(need)) if one.about == about]
            yield Needed(need, papers[0].on, papers[0].fact) if papers else Needed(need, None)


def sums_of(s: Situation, payment: Payment) -> tuple[OneSum, ...]:
    """Return the sums that a payment makes due; of one that comes back each year, those of each year that is covered."""
    if payment.yearly is None:
        return payment.sums
    return tuple(
        one._replace(falling=_of_its_year(s, one.falling, year))
        for year in years_of(s, payment)
        for one in payment.sums_in(year)
    )


def years_of(s: Situation, payment: Payment) -> tuple[int, ...]:
    """Return the years of which a payment that comes back each year makes sums due, those paid ahead of an early end included."""
    begins = s.effect_on
    if begins is None:
        return ()
    covered, paid = years_to(s, payment, last_day(s)), max((last_day(s), s.natural_end or begins))
    ahead = [year for year in years_to(s, payment, paid) if year not in covered and _any_paid(s, payment, year)]
    return tuple(one for one in (*covered, *ahead) if not payment.only or f"{one}" in payment.only)


def years_to(s: Situation, payment: Payment, last: date) -> tuple[int, ...]:
    """Return the years, civil or of the contract, that a payment which comes back each year has until a day."""
    begins = s.effect_on
    if begins is None:
        return ()
    if payment.yearly == "civil":
        return tuple(range(begins.year, last.year + 1))
    many = (last.year - begins.year) * 12 + last.month - begins.month
    return tuple(one for one in range(1, many // 12 + 2) if add_months(begins, 12 * (one - 1)) <= last)


def _any_paid(s: Situation, payment: Payment, year: int) -> bool:
    return any(s.done_on(key_of(payment.id, one.name, payment.whose)) for one in payment.sums_in(year))


def _of_its_year(s: Situation, falling: Falling, year: int) -> Falling:
    """What it needs that comes each year too is that of the same year; a paper is one of that year."""
    if not falling.needs:
        return falling
    again = {one.id for one in s.convention.duty if one.when is not None}
    again |= {one.id for one in s.convention.payment if one.yearly is not None}
    owed = s.convention.titles_of_owed
    needs = tuple(f"{need}/{year}" if need in again or series_of(need) not in owed else need for need in falling.needs)
    return falling.model_copy(update={"needs": needs})


def papers_of_each_year(s: Situation) -> frozenset[str]:
    """Return the papers of which a payment needs one each year."""
    owed = s.convention.titles_of_owed
    yearly = [one for one in s.convention.payment if one.yearly is not None]
    return frozenset(need for one in yearly for f in one.fallings for need in f.needs if series_of(need) not in owed)


def papers_awaited(payment: Payment, owed: dict[str, str]) -> tuple[str, ...]:
    """Return the papers that a payment waits for, its own statements by its name.

    Args:
        payment: the payment.
        owed: the titles of whatever is owed, by id: what it needs that is not among them is a paper.
    """
    own = (payment.id,) if any(one.asked_for for one in payment.fallings) else ()
    needs = dict.fromkeys(need for one in payment.fallings for need in one.needs)
    return (*own, *(need for need in needs if series_of(need) not in owed))


def revised_on(s: Situation, payment: Payment, begins: date) -> tuple[str, AmountRevised] | None:
    """Return the revision whose amount a period beginning on a day has, with the id of its fact; None before any."""
    told = [(fact_id, fact) for fact_id, fact in s.of(AmountRevised) if fact.payment == payment.id]
    begun = [(fact_id, fact) for fact_id, fact in told if fact.begins <= begins]
    return max(begun, default=None, key=lambda one: one[1].begins)


def counted_for(s: Situation, payment: str, about: str) -> tuple[str, UnitsCounted] | None:
    """Return the count of one time of a payment, with the id of its fact; None while it is awaited."""
    told = (one for one in s.of(UnitsCounted) if one[1].payment == payment and (one[1].about or "") == about)
    return next(told, None)


def set_for(s: Situation, payment: str, about: str) -> tuple[str, AmountSet] | None:
    """Return the amount set of one time of a payment, with the id of its fact; None while none is."""
    told = (one for one in s.of(AmountSet) if one[1].payment == payment and (one[1].about or "") == about)
    return next(told, None)


def amount_asked(payment: str, year: int) -> str:
    """Return the id of the question that asks how much is due of a year for which the text gives no amount."""
    return f"amount/{payment}/{year}"
