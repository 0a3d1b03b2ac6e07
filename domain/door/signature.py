"""A signature at the door: who, not twice, not too early, not on an empty term."""

from domain import facts as f
from domain.door.case import Case
from domain.door.gate import gate
from domain.door.refusal import en, fr, refusal
from domain.parents import parent_signed_on


def check_signed(case: Case, fact: f.Signed) -> None:
    """Refuse a signature that is unknown, repeated, irregular without saying so, or that begins nothing."""
    case.party(fact.party)
    _not_twice(case, fact)
    _regular_or_said(case, fact)
    _parent_first(case, fact)
    _something_left(case, fact)


def check_publicised(case: Case, fact: f.ContractPublicised) -> None:
    """Refuse to publicise a convention that is not signed by all yet, or twice."""
    last = case.s.last_signature
    if last is None:
        missing = [p for p in case.convention.parties if p not in case.s.signatures]
        raise refusal(
            "on publie l’avis d’une convention signée par toutes ses parties ; signatures à enregistrer "
            "d’abord : "
            f"{', '.join(missing)}.",
            f"a convention is publicised once signed by all; record these signatures first: "
            f"{', '.join(missing)}.",
        )
    if fact.on < last:
        raise refusal(
            f"la publicité du {fr(fact.on)} précéderait la dernière signature ({fr(last)}) ; une date à "
            f"partir de ce jour "
            "serait acceptée.",
            f"publicity on {en(fact.on)} would precede the last signature ({en(last)}); a date from that day "
            f"on would be "
            "accepted.",
        )
    if known := case.s.of(f.ContractPublicised):
        raise refusal(
            f"la publicité de la convention est déjà enregistrée au {fr(known[-1][1].on)} ; corriger "
            f"{known[-1][0]}.",
            f"publicity is already recorded on {en(known[-1][1].on)}; correct {known[-1][0]}.",
        )


def _not_twice(case: Case, fact: f.Signed) -> None:
    known = [(fact_id, x) for fact_id, x in case.s.circulation.signed if x.party == fact.party]
    if known and (fact.irregular or not known[-1][1].irregular):
        fact_id, signed = known[-1]
        raise refusal(
            f"la signature de « {fact.party} » est déjà enregistrée au {fr(signed.on)} ({fact_id}) ; pour "
            f"changer sa date, "
            f"corriger {fact_id}.",
            f"the signature of “{fact.party}” is already recorded on {en(signed.on)} ({fact_id}); to change "
            f"its date, "
            f"correct {fact_id}.",
        )


def _regular_or_said(case: Case, fact: f.Signed) -> None:
    problem = gate(case.s, fact)
    if problem is not None and not fact.irregular:
        raise refusal(
            f"{problem.fr} Si la signature a déjà eu lieu, l’enregistrer avec irregular = true : l’alerte "
            f"restera.",
            f"{problem.en} If it has already been signed, record it with irregular = true: the alert will "
            f"stay.",
        )
    if problem is None and fact.irregular:
        raise refusal(
            f"la signature du {fr(fact.on)} est régulière au vu des dates de l’acte : l’enregistrer sans "
            f"irregular.",
            f"the signature of {en(fact.on)} is regular given the dates of the act: record it without "
            f"irregular.",
        )


def _parent_first(case: Case, fact: f.Signed) -> None:
    effect = case.convention.effect
    if not effect.not_before_parent_signature:
        return
    parent = parent_signed_on(case.s)
    if parent is None:
        raise refusal(
            f"cette convention ne peut être signée avant sa mère ({case.quote(effect.clauses)}), dont la "
            f"signature n’est pas "
            "connue : enregistrer d’abord parent-signed.",
            f"it cannot be signed before its parent ({case.quote_en(effect.clauses)}), whose signature is "
            f"not known: record "
            "parent-signed first.",
        )
    if fact.on < parent:
        raise refusal(
            f"une signature du {fr(fact.on)} précéderait celle de la convention mère ({fr(parent)}), ce que "
            f"le texte exclut "
            f"({case.quote(effect.clauses)}) ; une signature à partir de ce jour serait acceptée.",
            f"a signature of {en(fact.on)} would precede that of the parent ({en(parent)}), which the text "
            f"forbids "
            f"({case.quote_en(effect.clauses)}); a signature from that day on would be accepted.",
        )


def _something_left(case: Case, fact: f.Signed) -> None:
    s, term = case.s, case.convention.term
    end = s.natural_end
    if (term.within_parent or term.with_parent) and s.parent_end is not None and s.parent_end < fact.on:
        raise refusal(
            f"la convention mère a fini le {fr(s.parent_end)} : signée le {fr(fact.on)}, celle-ci n’aurait "
            f"aucune durée. "
            "Il faut d’abord une nouvelle convention mère, ou sa prolongation (parent-ends).",
            f"its parent ended on {en(s.parent_end)}: signed on {en(fact.on)}, it would have no term at all. "
            f"A new parent, "
            "or its extension (parent-ends), must come first.",
        )
    if end is not None and end < fact.on:
        raise refusal(
            f"le dernier jour au texte est le {fr(end)} ({case.quote(term.clauses)}) : signée le "
            f"{fr(fact.on)}, la convention "
            f"n’aurait aucune durée. Une signature au plus tard ce jour-là serait acceptée ; sinon il faut "
            f"une nouvelle "
            "convention.",
            f"the last day of the text is {en(end)} ({case.quote_en(term.clauses)}): signed on "
            f"{en(fact.on)}, it would have "
            "an empty term. A signature on that day at the latest would be accepted; otherwise a new "
            "convention is needed.",
        )
