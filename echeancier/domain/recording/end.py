"""What changes or follows the term, at the front door.

Amendments, the decision about renewal, the convention that follows.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from echeancier.domain.agenda.express import lacking_for_renewal, last_day_to_renew
from echeancier.domain.agenda.items import SETTLED, Item
from echeancier.domain.agenda.moved import may_move
from echeancier.domain.dates.first_term import first_term
from echeancier.domain.facts.end import Amended, FollowedBy, RenewalDecided, RenewedByAct
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.recording.changes import check_changes
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.standing.amendments import amending, effect_of, end_before
from echeancier.domain.standing.renewals import period_of
from echeancier.domain.typography import NBSP

_AT_THE_DOOR: Final = "at-the-door"
"""The id of a fact that is not recorded yet."""


@check
def check_amended(case: CheckContext, fact: Amended) -> None:
    """Refuse an amendment told twice, one after the end, or an end that the text, its cap or its parent does not allow."""
    s = case.s
    told = {"on", "ends_on", "effect", "number", "label", "moves", "moved_to", "changes"}
    for fact_id, known in s.of(Amended):
        if known.model_dump(include=told) == fact.model_dump(include=told):
            raise refusal(
                f"cet avenant du {fr(fact.on)} est déjà enregistré ({fact_id}) ; un autre du même jour se distingue par son "
                "numéro ou son libellé.",
                f"this amendment of {en(fact.on)} is recorded already ({fact_id}); another one of that day has another number "
                "or label.",
            )
    start = case.in_force("on n’amende pas encore cette convention", "it cannot be amended yet")
    if s.last_signature is not None and fact.on < s.last_signature:
        raise refusal(
            f"un avenant du {fr(fact.on)} précéderait la signature de la convention ({fr(s.last_signature)}).",
            f"an amendment of {en(fact.on)} would precede the signature of the convention ({en(s.last_signature)}).",
        )
    if s.ends_on is not None and fact.on > s.ends_on:
        raise refusal(
            f"la convention a pris fin le {fr(s.ends_on)} : on ne prolonge pas ce qui n’existe plus (C. "
            f"civ., art. 1213). Il "
            "faut une nouvelle convention, votée puis signée.",
            f"the convention ended on {en(s.ends_on)}: what no longer exists is not extended (C. civ., art. "
            f"1213). A new "
            "convention, voted then signed, is needed.",
        )
    _effect_while_it_lives(case, fact)
    if fact.ends_on is not None:
        _new_end(case, fact, fact.ends_on, start)
    if fact.moves is not None and fact.moved_to is not None:
        _another_day(case, fact, fact.moves, fact.moved_to)
    if fact.changes is not None:
        check_changes(
            case, Recorded(id=_AT_THE_DOOR, fact=fact, recorded_at=s.now, recorded_by=case.convention.coordinator)
        )


def _another_day(case: CheckContext, fact: Amended, key: str, day: date) -> None:
    """Refuse another day for what no amendment moves, a day that is over, beyond the end or its own already, a rival move."""
    item = case.item(key)
    named, named_en = f"« {item.title.fr} » ({item.key})", f"“{item.title.en}” ({item.key})"
    if not may_move(case.s, item):
        why, why_en = _why_not(case, item)
        raise refusal(
            f"un avenant ne déplace pas {named} : {why}.", f"an amendment does not move {named_en}: {why_en}."
        )
    now, first, end = item.legal_last_day or item.safe_day, max(fact.on, effect_of(fact)), case.s.ends_on
    if day == now:
        raise refusal(f"{named} a déjà ce dernier jour.", f"{named_en} has that last day already.")
    if day < first:
        raise refusal(
            f"{named} ne se déplace pas au {fr(day)} par un avenant qui compte du {fr(first)} ; un jour à partir de là serait "
            "accepté.",
            f"{named_en} is not moved to {en(day)} by an amendment that counts from {en(first)}; a day from then on would be "
            "accepted.",
        )
    if end is not None and now is not None and now <= end < day:
        raise refusal(
            f"{named} ne se déplace pas après la fin ({fr(end)}) ; un jour jusque-là serait accepté. Si l’avenant prolonge la "
            "convention, enregistrer d’abord sa nouvelle fin.",
            f"{named_en} is not moved after the end ({en(end)}); a day until then would be accepted. If the amendment prolongs "
            "the convention, record its new end first.",
        )
    for fact_id, known in case.s.of(Amended):
        if known.moves == key and (effect_of(known), known.number or 0) == (effect_of(fact), fact.number or 0):
            raise refusal(
                f"{named} est déjà déplacée par un avenant du même jour ({fact_id}), que rien ne distingue de celui-ci : donner "
                "le numéro, ou la date d’effet.",
                f"{named_en} is moved already by an amendment of the same day ({fact_id}) that nothing tells from this one: "
                "give its number, or its effect.",
            )


def _why_not(case: CheckContext, item: Item) -> tuple[str, str]:
    if item.series not in case.convention.titles_of_owed:
        return (
            "ce n’est pas un devoir du texte (une nouvelle fin se donne par ends_on)",
            "it is no duty of the text (a new end is given by ends_on)",
        )
    if item.legal_last_instant is not None:
        return "son délai se compte en heures", "its time counts in hours"
    if item.state in SETTLED:
        return "elle est réglée", "it is settled"
    return "elle n’a pas encore de jour", "it has no day yet"


def _effect_while_it_lives(case: CheckContext, fact: Amended) -> None:
    """Refuse an amendment that would begin when what it amends, with the amendments before it, is over."""
    s = case.s
    if s.effect_on is not None and fact.effect is not None and fact.effect < s.effect_on:
        raise refusal(
            f"un avenant ne prend pas effet avant la convention ({fr(s.effect_on)}) : une date d’effet à partir de ce jour "
            "serait acceptée.",
            f"an amendment does not take effect before the convention ({en(s.effect_on)}): an effect from that day would be "
            "accepted.",
        )
    term = case.convention.term
    ends = [end_before(s, effect_of(fact))]
    ends += [s.parent_end] if term.within_parent or term.with_parent else []
    ends += [s.ends_on] if s.ended_early else []
    end = min((day for day in ends if day is not None), default=s.ends_on)
    if fact.effect is not None and end is not None and fact.effect > end:
        raise refusal(
            f"un avenant d’effet le {fr(fact.effect)} commencerait après la fin de la convention ({fr(end)}) : une date "
            f"d’effet jusqu’au {fr(end)} serait acceptée. Si un autre avenant l’a prolongée entre-temps, l’enregistrer d’abord ; "
            "sinon il faut une nouvelle convention, votée puis signée.",
            f"an amendment effective on {en(fact.effect)} would begin after the end of the convention ({en(end)}): an effect "
            f"until {en(end)} would be accepted. If another amendment prolonged it meanwhile, record that one first; "
            "otherwise a new convention, voted then signed, is needed.",
        )


@check
def check_renewed(case: CheckContext, fact: RenewedByAct) -> None:
    """Refuse a renewal that the text does not provide for, one too many, one too late, or one that waits for something."""
    s, rule = case.s, case.convention.renewal
    case.in_force("on ne la renouvelle pas encore", "it cannot be renewed yet")
    if rule.how != "express" or rule.period is None:
        raise refusal(
            "le texte ne la renouvelle pas par un acte pour une période : enregistrer un avenant (amended) avec son nouveau "
            "dernier jour, ou rectifier les termes (renewal, period).",
            "the text does not renew it by an act for a period: record an amendment (amended) with its new last day, or correct "
            "the terms (renewal, period).",
        )
    end = s.natural_end
    if end is None:
        raise refusal(
            "sa fin n’est pas connue : répondre d’abord à la question qui la donne.",
            "its end is not known: answer the question that gives it first.",
        )
    last = last_day_to_renew(s, end) if rule.done_by == "one" else end
    if s.ended_early or fact.on > last:
        told = s.ends_on if s.ended_early and s.ends_on is not None else last
        raise refusal(
            f"il fallait la renouveler au plus tard le {fr(told)} ({case.quote(rule.clauses or case.convention.term.clauses)}) : "
            "un acte plus tardif ne la prolonge pas. Il faut une nouvelle convention, ou un avenant signé par tous avant la fin.",
            f"it had to be renewed by {en(told)} ({case.quote_en(rule.clauses or case.convention.term.clauses)}): a later act "
            "does not extend it. A new convention is needed, or an amendment signed by all before the end.",
        )
    begun = [day for day in (s.period_ends or ()) if day < end]
    if s.renewed_on and begun and fact.on <= begun[-1]:
        raise refusal(
            f"un acte du {fr(s.renewed_on[-1])} l’a déjà renouvelée jusqu’au {fr(end)} : le suivant se prend une fois cette "
            "période commencée.",
            f"an act of {en(s.renewed_on[-1])} already renewed it until {en(end)}: the next one is taken once that period has "
            "begun.",
        )
    _renewals_left(case, end, end)
    if s.cap is not None and s.cap <= end:
        raise refusal(
            f"elle va déjà jusqu’au plafond ({fr(s.cap)}) : rien ne peut la renouveler au-delà.",
            f"it already runs until its cap ({en(s.cap)}): nothing can renew it beyond.",
        )
    if lacking := lacking_for_renewal(s):
        named = " ; ".join(f"« {title} »" for title in lacking)
        raise refusal(
            f"le texte ne la renouvelle qu’une fois fait : {named}. L’enregistrer d’abord.",
            f"the text renews it only once this is done: {named}. Record it first.",
        )


@check
def check_renewal(case: CheckContext, fact: RenewalDecided) -> None:
    """Refuse a decision about renewal taken after the end."""
    end = case.s.ends_on
    if end is not None and fact.on > end:
        raise refusal(
            f"la convention a pris fin le {fr(end)} : une décision du {fr(fact.on)} vient trop tard pour "
            f"elle ; une nouvelle "
            "convention s’enregistre à part.",
            f"the convention ended on {en(end)}: a decision of {en(fact.on)} comes too late; a new "
            f"convention is registered "
            "on its own.",
        )


def _new_end(case: CheckContext, fact: Amended, ends_on: date, start: date) -> None:
    s, term, rule = case.s, case.convention.term, case.convention.renewal
    first = max(start + timedelta(days=1), fact.on, effect_of(fact))
    if ends_on < first:
        raise refusal(
            f"un avenant du {fr(fact.on)} ne peut pas faire finir la convention le {fr(ends_on)} ; un "
            f"dernier jour à partir du "
            f"{fr(first)} serait accepté.",
            f"an amendment of {en(fact.on)} cannot make the convention end on {en(ends_on)}; a last day from "
            f"{en(first)} on "
            "would be accepted.",
        )
    if term.with_parent:
        raise refusal(
            f"la fin de cette convention est celle de sa mère ({case.quote(term.clauses)}) : un avenant ne "
            f"la fixe pas ; "
            "enregistrer la nouvelle fin de la mère par parent-ends.",
            f"it ends with its parent ({case.quote_en(term.clauses)}): an amendment does not set that day; "
            f"record the "
            "parent’s new end by parent-ends.",
        )
    if s.cap is not None and ends_on > s.cap:
        quoted, quoted_en = case.quote(rule.clauses or term.clauses), case.quote_en(rule.clauses or term.clauses)
        said = f"à {rule.cap.length.words.fr}{NBSP}" if rule.cap is not None else ""
        said_en = f" at {rule.cap.length.words.en}" if rule.cap is not None else ""
        raise refusal(
            f"le texte plafonne la durée {said}({quoted}) : le dernier jour possible est le {fr(s.cap)}. Au-delà, il faut une "
            "nouvelle convention.",
            f"the text caps the term{said_en} ({quoted_en}): the last possible day is {en(s.cap)}. Beyond it a new convention "
            "is needed.",
        )
    if term.within_parent and s.parent_end is not None and ends_on > s.parent_end:
        raise refusal(
            f"cette convention ne peut pas durer plus que sa mère, qui finit le {fr(s.parent_end)} "
            f"({case.quote(term.clauses)}) ; un dernier jour jusqu’à cette date serait accepté.",
            f"it may not outlive its parent, which ends on {en(s.parent_end)} "
            f"({case.quote_en(term.clauses)}); a last day up "
            "to that date would be accepted.",
        )
    if s.own_end is not None and ends_on > s.own_end and not s.is_tacit:  # an amended period keeps its number
        _renewals_left(case, s.own_end, ends_on)


def _renewals_left(case: CheckContext, own_end: date, ends_on: date) -> None:
    rule = case.convention.renewal
    clauses = rule.clauses or case.convention.term.clauses
    done = case.s.extensions + len(case.s.renewed_on)
    if rule.times is not None and done >= rule.times:
        raise refusal(
            f"le texte limite les reconductions à {rule.times} ({case.quote(clauses)}) et il y en a eu "
            f"{done} : "
            f"la convention s’achève le {fr(own_end)}, et la suite demande une nouvelle convention.",
            f"the text limits renewals to {rule.times} ({case.quote_en(clauses)}), already used: it ends on "
            f"{en(own_end)}, and what follows needs a new convention.",
        )
    if rule.period is not None and ends_on > (limit := _renewed_until(case, own_end)):
        length = rule.period.length().words
        raise refusal(
            f"le texte reconduit pour {length.fr} ({case.quote(clauses)}) : le dernier jour possible est le {fr(limit)}.",
            f"the text renews for {length.en} ({case.quote_en(clauses)}): the last possible day is {en(limit)}.",
        )


def _renewed_until(case: CheckContext, own_end: date) -> date:
    period = period_of(case.s)
    assert period is not None  # noqa: S101 - the caller looked
    return first_term(own_end + timedelta(days=1), period)


@check
def check_followed(case: CheckContext, fact: FollowedBy) -> None:
    """Refuse a follow-on that is the convention itself, or a second one."""
    own = case.convention.reference
    if fact.reference == own:
        raise refusal(
            f"{own} ne peut pas se suivre elle-même : donner la référence de la nouvelle convention.",
            f"{own} cannot follow itself: give the reference of the new convention.",
        )
    if known := case.s.of(FollowedBy):
        fact_id, first = known[-1]
        raise refusal(
            f"{own} a déjà une suite, {first.reference}, enregistrée au {fr(first.on)} ({fact_id}) ; pour la changer, "
            f"corriger {fact_id}.",
            f"{own} already has a follow-on, {first.reference} ({fact_id}); to change it, correct {fact_id}.",
        )


@hangs
def renewed_hangs(fact: RenewedByAct, change: Change) -> bool:
    """Nothing renews a convention that is not in force, nor too late, nor before what the text wants done."""
    if change.out_of_force:
        return True
    after = change.after
    others = tuple(r for r in after.records if not (isinstance(r.fact, RenewedByAct) and r.fact.on >= fact.on))
    before = replace(after, records=others)
    end = before.natural_end
    if end is None:
        return True
    one = after.convention.renewal.done_by == "one"
    return fact.on > (last_day_to_renew(before, end) if one else end) or bool(lacking_for_renewal(before))


@hangs
def amendment_hangs(fact: Amended, change: Change) -> bool:
    """Nothing amends a convention that is not in force, nor terms that another amendment no longer gives it."""
    return change.out_of_force or any(one.by._replace(fact="") == amending(fact) for one in change.after.versions.unfit)
