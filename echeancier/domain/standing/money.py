"""What the facts say of money: the statements received, the papers and duties that a payment needs."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from echeancier.domain.facts.money import AmountRevised, PaperReceived
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import Payment


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
    awaited = [one.name for one in payment.sums if one.falling.asked_for]
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
            papers = received(s, need)
            yield Needed(need, papers[0].on, papers[0].fact) if papers else Needed(need, None)


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
