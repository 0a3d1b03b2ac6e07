"""How much one sum of money is, and how that is known: written, of its year, counted, set by a fact, or part of a time cut short.

Amounts are cents. Nothing is computed beyond what the paper writes: what is not known is said to be awaited.
"""

from datetime import date
from typing import NamedTuple

from echeancier.domain.agenda.after_the_end import early_end
from echeancier.domain.agenda.items import Question
from echeancier.domain.agenda.turns import Turn
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.proof import EFFECT, END, Proof, given, note
from echeancier.domain.dates.words import euros
from echeancier.domain.euros import cents_of, prorated, thirtieths, thirtieths_of, times_unit
from echeancier.domain.model import Text
from echeancier.domain.standing.coverage import end_as_agreed
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.money import (
    amount_asked,
    counted_for,
    revised_on,
    set_for,
    statements,
    sums_of,
    years_of,
)
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import OneSum, Payment
from echeancier.domain.terms.when import PeriodDay

_YEAR = 12


class Amount(NamedTuple):
    """How much a sum is.

    Attributes:
        cents: None while it is not known, or where the text never says.
        says: as it stands after the title; empty where nothing is known of it.
        proof: how it is known, said after the day.
        waits: what its amount waits for.
        contested: the text does not say which amount is meant.
        is_nothing: it was counted, or computed, and nothing is due.
    """

    cents: int | None
    says: Text
    proof: Proof = ()
    waits: Text | None = None
    contested: bool = False
    is_nothing: bool = False


_UNKNOWN = Text(fr="", en="")


def amount_of(s: Situation, payment: Payment, one: OneSum, occurrence: str, turn: Turn | None = None) -> Amount:
    """Return how much a sum is.

    Args:
        s: the situation.
        payment: what it is one sum of.
        one: the sum.
        occurrence: what tells it from the others of its payment, as facts name it.
        turn: the time of the calendar that it is due for, where there is one.
    """
    if payment.unit_amount is not None:
        return _counted(s, payment, occurrence, turn)
    if payment.repays is not None and payment.prorata is not None:
        return _set(s, payment, occurrence) or _unused(s, payment)
    known = _of_the_year(s, payment, one, turn) if payment.amounts else _written(s, payment, one, turn)
    if known.cents is not None and not payment.hangs_on_vote:
        return known
    told = _set(s, payment, occurrence)
    return known if told is None else _cut(known, told)


def _cut(known: Amount, told: Amount) -> Amount:
    """The amount that a fact sets; beside the one of the text, where the credits voted are not those that it gives."""
    if known.cents is None or known.cents == told.cents:
        return told
    return told._replace(proof=(*told.proof, note(f", au lieu de {euros(known.cents)}")))


def _said(cents: int) -> Text:
    return Text(fr=euros(cents), en=euros(cents))


def _written(s: Situation, payment: Payment, one: OneSum, turn: Turn | None) -> Amount:
    """The amount of the text, or the one it was revised to before the time begins; of a period cut short, its share."""
    proof: Proof = ()
    if turn is not None and payment.parts is None and payment.when is not None:
        one, proof = _revised(s, payment, one, turn)
    cents = cents_due(payment, one, turn)
    return Amount(cents, _UNKNOWN if cents is None else _said(cents), (*proof, *_share_in_words(payment, turn)))


def _revised(s: Situation, payment: Payment, one: OneSum, turn: Turn) -> tuple[OneSum, Proof]:
    """The sum with the amount revised before its period begins, and what is said of it."""
    begins = turn.stretch[0] if turn.stretch is not None else turn.day
    found = revised_on(s, payment, begins)
    if found is None:
        return one, ()
    fact_id, revision = found
    cents = cents_of(revision.amount)
    return one._replace(cents=cents), (given(revision.begins, fact_id, f" ; montant révisé le {{}} : {euros(cents)}"),)


def _counted(s: Situation, payment: Payment, occurrence: str, turn: Turn | None) -> Amount:
    """So many units at their price, once they are counted; until then, the price and what is awaited."""
    unit, proof = OneSum(None, payment, cents_of(payment.unit_amount or "0")), Proof()
    if turn is not None and payment.when is not None:
        unit, proof = _revised(s, payment, unit, turn)
    each, found = unit.cents or 0, counted_for(s, payment.id, occurrence)
    price = Text(fr=f"{euros(each)} par {payment.unit}", en=f"{euros(each)} per {payment.unit}")
    if found is None:
        waits = Text(
            fr=f"montant : attend le décompte ({payment.unit})", en=f"amount: waits for the count ({payment.unit})"
        )
        return Amount(None, price, (*proof, note(f" ; {waits.fr}")), waits)
    fact_id, count = found
    cents, number = times_unit(each, count.number), count.number.replace(".", ",")
    counted = given(count.on, fact_id, f" ; décompte du {{}} : {number} × {euros(each)} = {euros(cents)}")
    return Amount(
        cents, Text(fr=f"{number} × {euros(each)} = {euros(cents)}", en=f"{count.number} × {euros(each)} = {euros(cents)}"),
        (*proof, counted), is_nothing=not cents,
    )  # fmt: skip


def _set(s: Situation, payment: Payment, occurrence: str) -> Amount | None:
    """The amount that a fact sets, where the text gives none."""
    found = set_for(s, payment.id, occurrence)
    if found is None:
        return None
    fact_id, fact = found
    cents = cents_of(fact.amount)
    return Amount(cents, _said(cents), (given(fact.on, fact_id, f" ; montant arrêté le {{}} : {euros(cents)}"),))


def _of_the_year(s: Situation, payment: Payment, one: OneSum, turn: Turn | None) -> Amount:
    """The amount that the text, or an answer, gives of its year; none where neither does."""
    year, straddles = (one.year, False) if one.year is not None else _year_of(s, payment, turn)
    if year is None:
        return Amount(None, _UNKNOWN)
    total = payment.written_for(year)
    answer = s.answer(amount_asked(payment.id, year)) if total is None else None
    proof: Proof = ()
    if answer is not None and answer.amount is not None:
        total = cents_of(answer.amount)
        proof = (given(answer.on, amount_asked(payment.id, year), f" ; montant répondu le {{}} : {euros(total)}"),)
    if total is None:
        waits = Text(fr=f"montant non donné pour {_named(year)}", en=f"no amount given for {_named(year, 'en')}")
        return Amount(None, _UNKNOWN, (note(f" ; {waits.fr}"),), waits)
    cents = total if one.number is None else payment.shared_out(total)[one.number - 1]
    due = cents_due(payment, one._replace(cents=cents), turn)
    said: Proof = (*proof, *_share_in_words(payment, turn))
    if straddles:
        said = (
            *said,
            note(f" ; montant de {_named(year)}, où la période commence : le texte ne dit pas si c’est celui-là"),
        )
    return Amount(due, _said(due or 0), said, contested=straddles)


def _named(year: int, language: str = "fr") -> str:
    """« 2027 », « la 2e année »."""
    if year > _YEAR * _YEAR:
        return f"{year}"
    return f"year {year}" if language == "en" else f"la {'1re' if year == 1 else f'{year}e'} année"


def _year_of(s: Situation, payment: Payment, turn: Turn | None) -> tuple[int | None, bool]:
    """The year whose amount a time has, that of its first day; and whether it ends in another one."""
    if turn is None or s.effect_on is None:
        return None, False
    first, last = turn.stretch or turn.covers or (turn.day, turn.day)
    if not payment.ranked:
        return first.year, first.year != last.year
    ranks = [_rank(s.effect_on, day) for day in (first, last)]
    return ranks[0], ranks[0] != ranks[1]


def _rank(effect: date, day: date) -> int:
    rank = 1
    while add_months(effect, _YEAR * rank) <= day:
        rank += 1
    return rank


def years_asked(s: Situation, payment: Payment, made: tuple[Turn, ...]) -> tuple[Question, ...]:
    """Return a question for each year that the convention covers and for which a table of amounts has none.

    Args:
        s: the situation.
        payment: the payment.
        made: the times due on days of the calendar; none of a payment that comes back year by year.
    """
    if not payment.amounts:
        return ()
    covered = years_of(s, payment) if payment.yearly is not None else [_year_of(s, payment, turn)[0] for turn in made]
    blank = dict.fromkeys(year for year in covered if year is not None and payment.written_for(year) is None)
    return tuple(_asked(s, payment, year) for year in blank)


def _asked(s: Situation, payment: Payment, year: int) -> Question:
    answer = s.answer(amount_asked(payment.id, year))
    return Question(
        id=amount_asked(payment.id, year), kind="blank", answer="amount", ask=s.convention.coordinator,
        about=Text(
            fr=f"« {payment.title} » : combien pour {_named(year)} ? Le texte donne un montant par année, et pas celui-là.",
            en=f"“{payment.title_en}”: how much for {_named(year, 'en')}? The text gives an amount by year, and not this one.",
        ),
        clause=s.clause(payment.clauses),
        answered=euros(cents_of(answer.amount)) if answer is not None and answer.amount is not None else None,
    )  # fmt: skip


# -- a part of a period ---------------------------------------------------------------------------------------------------------


def days_of_part(payment: Payment, turn: Turn) -> tuple[int, int]:
    """Return how many days its part of the period is, and how many the period."""
    assert turn.stretch is not None and turn.whole is not None  # noqa: S101, PT018 - a part of a period
    if payment.prorata == "thirtieths" and isinstance(payment.when, PeriodDay):
        whole = thirtieths_of(payment.when.every_months)
        return min(thirtieths(*turn.stretch), whole), whole
    part, whole = ((last - first).days + 1 for first, last in (turn.stretch, turn.whole))
    return part, whole


def cents_due(payment: Payment, one: OneSum, turn: Turn | None) -> int | None:
    """Return how much is due, in cents: of a period that the effect or the end cuts, its share; None where the text says none."""
    if one.cents is None or not is_shared(payment, turn) or turn is None or payment.prorata == "full":
        return one.cents
    return prorated(one.cents, days_of_part(payment, turn))


def is_shared(payment: Payment, turn: Turn | None) -> bool:
    """Whether what is due of a time is the part of it that the convention covers."""
    return (
        turn is not None and turn.is_partial and isinstance(payment.when, PeriodDay)
        and payment.parts is None and payment.unit_amount is None
    )  # fmt: skip


def _share_in_words(payment: Payment, turn: Turn | None) -> Proof:
    if turn is None or not is_shared(payment, turn):
        return ()
    if payment.prorata == "full":
        return (note(" ; période entamée, due en entier"),)
    part, whole = days_of_part(payment, turn)
    unit = ("trentième de mois", "trentièmes de mois") if payment.prorata == "thirtieths" else ("jour", "jours")
    silent = " (le texte ne dit pas comment partager une période entamée)" if payment.prorata is None else ""
    return (note(f" ; {part} {unit[part > 1]} sur {whole}{silent}"),)


# -- what is paid back ----------------------------------------------------------------------------------------------------------


def _unused(s: Situation, payment: Payment) -> Amount:
    """The part of what was paid that the time after an early end makes; what was paid, and the time, as recorded."""
    end, begins, agreed = early_end(s), s.effect_on, end_as_agreed(s)
    if end is None or begins is None or agreed is None:
        return Amount(None, _UNKNOWN)
    paid = _paid(s, next(one for one in s.convention.payment if one.id == payment.repays))
    if paid is None:
        waits = Text(fr="montant : ce qui a été versé n’est pas chiffré", en="amount: what was paid has no figure")
        return Amount(None, _UNKNOWN, (note(f" ; {waits.fr}"),), waits)
    by = payment.prorata == "thirtieths"
    left = thirtieths(begins, agreed) - thirtieths(begins, end) if by else (agreed - end).days
    whole = thirtieths(begins, agreed) if by else (agreed - begins).days + 1
    cents = prorated(paid, (left, whole))
    unit = "trentièmes de mois" if by else "jours"
    proof: Proof = (
        given(begins, EFFECT, " ; du {}"), given(agreed, "terms", " au {}, fin convenue"),
        given(end, END, f", {left} {unit} après le {{}} sur {whole}"),
        note(f" ; versé : {euros(paid)}, à rendre : {euros(cents)}"),
    )  # fmt: skip
    return Amount(cents, _said(cents), proof, is_nothing=not cents)


def _paid(s: Situation, payment: Payment) -> int | None:
    """What was paid of a payment, in cents; None where some of it has no amount."""
    told = statements(s, payment)
    named = [
        (one, about)
        for one in sums_of(s, payment)
        for about in ([one.name or each.about for each in told.get(one.name, ())] or [one.name])
    ]
    paid = [
        amount_of(s, payment, one, about).cents
        for one, about in named
        if s.done_on(key_of(payment.id, about)) is not None
    ]
    return None if None in paid else sum(cents for cents in paid if cents is not None)
