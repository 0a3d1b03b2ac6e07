"""A paper that a payment waits for: at the door."""

from echeancier.domain.agenda.items import State
from echeancier.domain.declared import both
from echeancier.domain.facts.money import AmountRevised, AmountSet, PaperReceived, UnitsCounted
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.money import (
    Receipt,
    counted_for,
    papers_awaited,
    papers_of_each_year,
    received,
    set_for,
    statements,
    sums_of,
    years_of,
)
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import Payment
from echeancier.domain.terms.owing import EACH


def papers(s: Situation) -> tuple[str, ...]:
    """Return the name of every paper that a payment waits for."""
    owed = s.convention.titles_of_owed
    return tuple(dict.fromkeys(name for one in s.convention.payment for name in papers_awaited(one, owed)))


@check
def check_paper(case: CheckContext, fact: PaperReceived) -> None:
    """Refuse a paper that no payment waits for, one received already, or a statement that could be of two periods."""
    known = papers(case.s)
    if fact.what not in known:
        raise unknown(both("la pièce reçue (what)", "the paper received (what)"), fact.what, known)
    before = received(case.s, fact.what)
    payment = next((one for one in case.convention.payment if one.id == fact.what), None)
    if fact.what in papers_of_each_year(case.s):
        _of_its_year(case.s, fact)
        _not_twice(fact, before)
        return
    sums = () if payment is None else sums_of(case.s, payment)
    if payment is None or len(sums) == 1 or fact.about is not None:
        _not_twice(fact, before)
    if payment is None:
        _of_no_period(fact)
        return
    if (awaited := [one.name for one in sums if one.falling.asked_for]) != [""]:
        _names_its_instalment(
            fact, payment, [name for name in awaited if name not in statements(case.s, payment)], awaited
        )
        return
    _names_its_period(fact, payment, before)
    _not_paid_ahead(case, payment, before)


def _not_twice(fact: PaperReceived, before: tuple[Receipt, ...]) -> None:
    same = next((one for one in before if one.about == (fact.about or "")), None)
    if same is None or (fact.about is None and len(before) > 1):
        return
    which, which_en = (f" ({fact.about})", f" ({fact.about})") if fact.about else ("", "")
    more = ' S’il s’agit d’une autre période, la nommer (about), comme about = "2024".' if fact.about is None else ""
    more_en = ' If it is of another period, name it (about), as in about = "2024".' if fact.about is None else ""
    raise refusal(
        f"« {fact.what} »{which} est déjà reçu, le {fr(same.on)} ; pour changer cette date, corriger {same.fact}.{more}",
        f"“{fact.what}”{which_en} is received already, on {en(same.on)}; to change that date, correct {same.fact}.{more_en}",
    )


def _of_its_year(s: Situation, fact: PaperReceived) -> None:
    """A paper that a payment needs each year says of which."""
    payments = [p for p in s.convention.payment if any(fact.what in one.needs for one in p.fallings)]
    years = tuple(dict.fromkeys(f"{year}" for payment in payments if payment.yearly for year in years_of(s, payment)))
    if fact.about not in years:
        raise unknown(both("l’année de la pièce (about)", "the year of the paper (about)"), fact.about or "", years)


def _of_no_period(fact: PaperReceived) -> None:
    if fact.about is not None:
        raise refusal(
            f"« {fact.what} » se reçoit une fois, sans période : ôter about.",
            f"“{fact.what}” is received once, without a period: leave about out.",
        )


def _names_its_instalment(fact: PaperReceived, payment: Payment, left: list[str], awaited: list[str]) -> None:
    """One of the instalments that wait for a statement; the only one left need not be named."""
    if fact.about is None and len(left) == 1:
        return
    if fact.about is None and left:
        raise refusal(
            f"lequel ? « {payment.title} » attend un mémoire pour les versements {', '.join(left)} : le nommer (about), comme "
            f'about = "{left[0]}".',
            f"which one? “{payment.title_en}” waits for a statement for instalments {', '.join(left)}: name it (about), as in "
            f'about = "{left[0]}".',
        )
    if fact.about not in left:
        raise unknown(both("le versement (about)", "the instalment (about)"), fact.about or "", left or awaited)


def _names_its_period(fact: PaperReceived, payment: Payment, before: tuple[Receipt, ...]) -> None:
    if fact.about is None and before:
        known = ", ".join(one.about or payment.id for one in before)
        raise refusal(
            f'lequel ? « {payment.title} » a déjà reçu : {known}. Nommer la période de celui-ci (about), comme about = "2024".',
            f"which one? “{payment.title_en}” received already: {known}. Name the period of this one (about), as in "
            'about = "2024".',
        )


def _not_paid_ahead(case: CheckContext, payment: Payment, before: tuple[Receipt, ...]) -> None:
    """What was paid before any statement came answers none of them."""
    item = case.agenda.item(key_of(payment.id))
    if not before and item is not None and item.state is State.DONE and item.done_on is not None:
        raise refusal(
            f"« {payment.title} » est déjà payé, le {fr(item.done_on)}, sans mémoire : annuler ce fait, enregistrer la pièce, "
            "puis le paiement.",
            f"“{payment.title_en}” is already paid, on {en(item.done_on)}, without a statement: cancel that fact, record the "
            "paper, then the payment.",
        )


def may_be_revised(payment: Payment) -> bool:
    """Whether an amount comes back that a clause may revise: one written year by year changes by an amendment."""
    return payment.when is not None and payment.parts is None and not payment.amounts


def may_be_set(payment: Payment) -> bool:
    """Whether a fact may say how much it is: the text gives no amount, or a vote of the credits may cut the one it gives."""
    if payment.owed_by == EACH or payment.unit_amount is not None:
        return False
    return payment.hangs_on_vote or not (payment.amount or payment.total or payment.amounts)


@check
def check_counted(case: CheckContext, fact: UnitsCounted) -> None:
    """Refuse the count of what has no price for each, of a time that is not there, or one told twice."""
    known = {one.id: one for one in case.convention.payment if one.unit_amount is not None}
    if fact.payment not in known:
        raise unknown(
            both("le paiement à l’unité (payment)", "the payment by the unit (payment)"), fact.payment, tuple(known)
        )
    _of_a_time(case, fact.payment, fact.about, counted_for(case.s, fact.payment, fact.about or ""))


@check
def check_set(case: CheckContext, fact: AmountSet) -> None:
    """Refuse an amount of what the text has one for, of a time that is not there, or one told twice."""
    known = {one.id: one for one in case.convention.payment if may_be_set(one)}
    if fact.payment not in known:
        raise unknown(
            both("le paiement sans montant (payment)", "the payment without an amount (payment)"),
            fact.payment,
            tuple(known),
        )
    _of_a_time(case, fact.payment, fact.about, set_for(case.s, fact.payment, fact.about or ""))


def _of_a_time(
    case: CheckContext, payment: str, about: str | None, told: tuple[str, UnitsCounted | AmountSet] | None
) -> None:
    """One of the times that the agenda shows, not told already; the only one need not be named."""
    times = [item.occurrence for item in case.agenda.items if item.series == payment]
    if (about or "") not in times:
        raise unknown(both("la fois (about)", "the time (about)"), about or "", tuple(one for one in times if one))
    if told is not None:
        raise refusal(
            f"c’est déjà enregistré, le {fr(told[1].on)} ; pour le changer, corriger {told[0]}.",
            f"it is recorded already, on {en(told[1].on)}; to change it, correct {told[0]}.",
        )


@check
def check_revised(case: CheckContext, fact: AmountRevised) -> None:
    """Refuse a revision of what does not come back, one told twice, one that changes nothing or nothing that is still owed."""
    again = {one.id: one for one in case.convention.payment if may_be_revised(one)}
    payment = again.get(fact.payment)
    if payment is None:
        raise unknown(
            both("le paiement qui revient (payment)", "the payment that comes back (payment)"),
            fact.payment,
            tuple(again),
        )
    told = {x.begins: fact_id for fact_id, x in case.s.of(AmountRevised) if x.payment == fact.payment}
    same = told.get(fact.begins)
    if same is not None:
        raise refusal(
            f"« {payment.title} » est déjà révisé au {fr(fact.begins)} ; pour changer ce montant, corriger {same}.",
            f"“{payment.title_en}” is revised already on {en(fact.begins)}; to change that amount, correct {same}.",
        )
    start = case.in_force("on ne révise pas encore ce montant", "it cannot be revised yet")
    if fact.begins < start or (case.s.ends_on is not None and fact.begins > case.s.ends_on):
        last = case.s.ends_on
        until, until_en = (f" jusqu’au {fr(last)}", f" until {en(last)}") if last is not None else ("", "")
        raise refusal(
            f"un montant se révise tant que la convention est en vigueur : un jour à partir du {fr(start)}{until} serait "
            "accepté.",
            f"an amount is revised while the convention is in force: a day from {en(start)}{until_en} would be accepted.",
        )
