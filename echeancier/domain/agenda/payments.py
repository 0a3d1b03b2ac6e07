"""Money due: on a day, from what starts it, or once all that it needs is there; never a day or a sum that is not written."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from echeancier.domain.agenda.after_the_end import (
    NO_LONGER_DUE,
    due_after_end_asked,
    is_left_out,
    left_out,
    still_due,
    will_not_exist,
)
from echeancier.domain.agenda.calendar_duties import before_the_effect, last_day, owed, span_of
from echeancier.domain.agenda.due_day import as_answered, due_day_asked
from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.payment_days import SumDays, days_of_sum
from echeancier.domain.agenda.payment_starts import from_a_paper, start_of
from echeancier.domain.agenda.procedure import Found, opening, roles_of, state_of
from echeancier.domain.agenda.turns import Span, Turn, turns
from echeancier.domain.dates.delay import over_on
from echeancier.domain.dates.proof import (
    OPERATIONAL,
    Proof,
    cited,
    given,
    kept,
    note,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import euros, figures
from echeancier.domain.euros import cents_of, prorated, thirtieths, thirtieths_of
from echeancier.domain.facts.catalogue import day_of as day_of_fact
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.money import Needed, needed, revised_on, statements
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import may_outlive
from echeancier.domain.terms.money import Falling, OneSum, Payment
from echeancier.domain.terms.when import MonthlyDay, PeriodDay, When, YearlyDay


def payments(s: Situation) -> Found:
    """Yield each sum of money due, or awaited."""
    for payment in s.convention.payment:
        if payment.when is not None:
            called = Text(fr=payment.title, en=payment.title_en)
            yield from due_day_asked(s, payment.id, called, payment.when, payment.clauses)
            yield from _not_counted(s, payment)
        shares = tuple(s.convention.shares(payment))
        if any(_is_left_out(s, share, one, one.name) for share in shares for one in share.sums):
            yield due_after_end_asked(s, payment)
        for share in shares:
            yield from _of(s, share)


def _is_left_out(s: Situation, payment: Payment, one: OneSum, occurrence: str) -> bool:
    """Whether an early end comes before the day of a sum not paid yet, or leaves it nothing to wait for."""
    if s.done_on(key_of(payment.id, occurrence, payment.whose)) is not None:
        return False
    return is_left_out(s, one.falling.on) or any(will_not_exist(s, need.name) for need in _missing(s, one.falling))


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


def _of(s: Situation, payment: Payment) -> Found:
    """One item for each sum; of a payment on statements, one for each received, named after its period."""
    if payment.when is not None:
        yield from _each_time(s, payment, as_answered(s, payment.id, payment.when))
        return
    told = statements(s, payment)
    for one in payment.sums:
        receipts = told.get(one.name, ()) if one.falling.asked_for else ()
        for receipt in receipts:
            start = from_a_paper(one.falling, receipt)
            yield _item(s, payment, one, one.name or receipt.about, days_of_sum(s, payment, one.falling, start))
        if not receipts:
            yield _item(
                s, payment, one, one.name, days_of_sum(s, payment, one.falling, start_of(s, payment, one.falling))
            )


def _each_time(s: Situation, payment: Payment, when: When) -> Found:
    """What comes back: the sum of each time that the convention covers; equal parts, one each time until there are no more."""
    if s.effect_on is None:
        return
    span = span_of(s, s.effect_on, cited(payment.clauses))
    made, outlives = [*turns(when, span, s.counted_anew(payment.id))], may_outlive(when)
    times = [*owed(made, s.effect_on, last_day(s), outlives=outlives)]
    if payment.parts is None:
        (one,) = payment.sums
        for turn in (_whole_or_asked(each, span, when) for each in times):
            cents, said = _revised(s, payment, one, turn)
            days, then = _on_its_turn(s, payment, turn, said), _as_paid(s, payment, cents, turn)
            if then is None:
                yield _item(s, payment, cents, turn.about, days, turn)
            else:
                yield _item(s, payment, cents, turn.about, _paid_too_much(payment, cents, days, (then, turn)), then)
        return
    for one, turn in zip_longest(payment.sums, times[: payment.parts]):
        if turn is None:
            waits = note(
                f"la convention n’a que {len(times)} échéances pour {payment.parts} parts : celle-ci n’a pas de date"
            )
            yield _item(s, payment, one, one.name, SumDays("day_of_the_text", (waits,)))
        else:
            yield _item(s, payment, one, one.name, _on_its_turn(s, payment, turn))


def _as_paid(s: Situation, payment: Payment, one: OneSum, turn: Turn) -> Turn | None:
    """A period paid before an early end that cuts it: as it stood on the day it was paid; None where it was the same."""
    done = s.done_on(key_of(payment.id, turn.about, payment.whose))
    if done is None or payment.when is None or not _is_shared(payment, turn):
        return None
    now = datetime.combine(done, time(12), tzinfo=s.zone)
    before = replace(s, records=tuple(one for one in s.records if day_of_fact(one.fact) <= done), now=min(now, s.now))
    if before.effect_on is None:
        return None
    span = span_of(before, before.effect_on, cited(payment.clauses))
    made = turns(as_answered(s, payment.id, payment.when), span, s.counted_anew(payment.id))
    then = next((one for one in made if one.about == turn.about), None)
    return then if then is not None and cents_due(payment, one, then) != cents_due(payment, one, turn) else None


def _paid_too_much(payment: Payment, one: OneSum, days: SumDays, both: tuple[Turn, Turn]) -> SumDays:
    """What the end leaves of a period already paid: whether the rest is paid back, its text does not say."""
    paid, left = (cents_due(payment, one, turn) or 0 for turn in both)
    more = euros(abs(paid - left))
    fr, en = "part de la période après la fin", "part of the period after the end"
    said = Text(fr=f"{fr} : {more}, à rembourser peut-être", en=f"{en}: {more}, perhaps to be paid back")
    if paid < left:
        said = Text(
            fr=f"part de la période en plus : {more}, due peut-être", en=f"more of the period: {more}, perhaps due"
        )
    proof: Proof = (note(f" ; payé : {euros(paid)} ; {said.fr}"),)
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


def _not_counted(s: Situation, payment: Payment) -> Found:
    """Warn of a time that the convention covers, and whose day falls before the effect or after the end: none is due for it."""
    if s.effect_on is None or payment.when is None or payment.parts is not None:
        return
    when = as_answered(s, payment.id, payment.when)
    span = span_of(s, s.effect_on, cited(payment.clauses))
    made = [*turns(when, span, s.counted_anew(payment.id))]
    yield from before_the_effect(s, payment, made)
    over = [one for one in made if one.covers is not None and one.covers[0] <= span.last < one.day]
    if not over or may_outlive(when) or span.is_horizon or span.renews_itself or s.today > over[0].day:
        return
    first = over[0]
    yield Warning(
        id=f"due-after-end/{payment.id}",
        text=Text(
            fr=f"« {payment.title} », pour {first.label.fr} : son jour, le {figures(first.day)}, vient après la fin "
            f"({figures(span.last)}) ; rien n’est compté pour cette fois. Si le texte le veut quand même, l’écrire à part, ou "
            "compter par périodes (every_months, due).",
            en=f"“{payment.title_en}”, about {first.label.en}: its day, {first.day}, comes after the end ({span.last}); nothing "
            "is counted for that time. If the text wants it all the same, write it apart, or by periods (every_months, due).",
        ),
        clause=s.clause(payment.clauses),
    )


def _revised(s: Situation, payment: Payment, one: OneSum, turn: Turn) -> tuple[OneSum, Proof]:
    """The sum with the amount revised before its period begins, and what is said of it."""
    begins = turn.stretch[0] if turn.stretch is not None else turn.day
    found = revised_on(s, payment, begins)
    if found is None:
        return one, ()
    fact_id, revision = found
    cents = cents_of(revision.amount)
    return one._replace(cents=cents), (given(revision.begins, fact_id, f" ; montant révisé le {{}} : {euros(cents)}"),)


def _on_its_turn(s: Situation, payment: Payment, turn: Turn, revised: Proof = ()) -> SumDays:
    """The day of one time: never before the effect; a part of a period is contested where the text does not share it."""
    effect, relied_on = s.effect_on or turn.day, turn.relied_on or turn.legal
    moved = s.calendar.prev_workable(relied_on)
    safe = turn.legal if moved < effect else moved
    by = " ; à payer au plus tard le {}, jour ouvré" if safe != turn.legal else ""
    proof = *turn.proof, worked("prev_workable", relied_on, moved, gives=""), kept(safe, by, "safe")
    opens = min(max(effect, opening(safe, s.policy.leads_for("payment").notice)), safe)
    contested = turn.may_go_on or (turn.contested and (payment.prorata is None or bool(turn.other)))
    return SumDays(
        turn.rule, (*proof, *revised, *_share_in_words(payment, turn), *turn.other), opens, turn.legal, safe,
        s.calendar.next_open(turn.legal) + timedelta(days=1), Certainty.CONTESTED if contested else Certainty.CERTAIN,
    )  # fmt: skip


def _days_of(payment: Payment, turn: Turn) -> tuple[int, int]:
    """How many days its part of the period is, and how many the period."""
    assert turn.stretch is not None and turn.whole is not None  # noqa: S101, PT018 - a part of a period
    if payment.prorata == "thirtieths" and isinstance(payment.when, PeriodDay):
        whole = thirtieths_of(payment.when.every_months)
        return min(thirtieths(*turn.stretch), whole), whole
    part, whole = ((last - first).days + 1 for first, last in (turn.stretch, turn.whole))
    return part, whole


def cents_due(payment: Payment, one: OneSum, turn: Turn | None) -> int | None:
    """Return how much is due, in cents: of a period that the effect or the end cuts, its share; None where the text says none."""
    if one.cents is None or not _is_shared(payment, turn) or turn is None or payment.prorata == "full":
        return one.cents
    return prorated(one.cents, _days_of(payment, turn))


def _is_shared(payment: Payment, turn: Turn | None) -> bool:
    return turn is not None and turn.is_partial and isinstance(payment.when, PeriodDay) and payment.parts is None


def _share_in_words(payment: Payment, turn: Turn) -> Proof:
    if not _is_shared(payment, turn):
        return ()
    if payment.prorata == "full":
        return (note(" ; période entamée, due en entier"),)
    part, whole = _days_of(payment, turn)
    unit = ("trentième de mois", "trentièmes de mois") if payment.prorata == "thirtieths" else ("jour", "jours")
    silent = " (le texte ne dit pas comment partager une période entamée)" if payment.prorata is None else ""
    return (note(f" ; {part} {unit[part > 1]} sur {whole}{silent}"),)


def _named(payment: Payment, one: OneSum, occurrence: str, turn: Turn | None) -> Text:
    """« Subvention, versement 1 sur 2 (60 %) : 14 038,80 € »."""
    cents = cents_due(payment, one, turn)
    amount = f" : {euros(cents)}" if cents is not None else ""
    if turn is not None and turn.label.fr:
        return Text(fr=f"{payment.title} ({turn.label.fr}){amount}", en=f"{payment.title_en} ({turn.label.en}){amount}")
    if one.number is None:
        which = f" ({occurrence})" if occurrence else ""
        return Text(fr=f"{payment.title}{which}{amount}", en=f"{payment.title_en}{which}{amount}")
    share, many = f" ({one.share.replace('.', ',')} %)" if one.share else "", len(payment.sums)
    share_en = f" ({one.share}%)" if one.share else ""
    return Text(
        fr=f"{payment.title}, versement {one.number} sur {many}{share}{amount}",
        en=f"{payment.title_en}, instalment {one.number} of {many}{share_en}{amount}",
    )


def _item(  # noqa: PLR0917 - all that makes it
    s: Situation, payment: Payment, one: OneSum, occurrence: str, days: SumDays, turn: Turn | None = None
) -> Item:
    done = s.done_on(key_of(payment.id, occurrence, payment.whose))
    days = _since_in_force(s, days)
    days = _as_ended(s, payment, days) if _is_left_out(s, payment, one, occurrence) else days
    over = days.legal or days.safe
    if days.legal is not None:
        ours = s.convention.is_ours(payment.owed_by)
        over = over_on(days.legal, days.late_from, ours=ours) - timedelta(days=1)
    return Item(
        series=payment.id, occurrence=occurrence or payment.whose, step=payment.whose if occurrence else "", kind="payment",
        holds_open=True,
        title=_named(payment, one, occurrence, turn),
        clause=s.clause(payment.clauses), owed_by=payment.owed_by, owed_to=payment.owed_to,
        opens_on=days.opens, legal_last_day=days.legal, safe_day=days.safe,
        anchor=days.anchor,
        rule=days.rule, proof=days.proof, certainty=days.certainty, done_on=done, standing=days.waits,
        covers=None if turn is None else turn.about_days,
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
