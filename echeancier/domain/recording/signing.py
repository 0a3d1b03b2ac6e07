"""The paper at the front door: it goes round, a party signs (not twice, not too early, not on an empty term) or refuses.

A signature before the act is voted, published and transmitted is refused here (`too_early`; CGCT L.2131-1).
"""

import re
from datetime import date

from echeancier.domain.dates.first_term import first_effect
from echeancier.domain.declared import both
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.facts.signing import ContractPublicised, SignatureCirculated, SignatureRefused, Signed
from echeancier.domain.model import Text
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.standing.deliberations import Deliberation, all_executory, of_party, prudent_day
from echeancier.domain.standing.parent import parent_signed_on
from echeancier.domain.standing.situation import Situation

_HOUR = re.compile(r"\b([01]?\d|2[0-3])\s*(?:h|:)\s*([0-5]\d)?")


def too_early(s: Situation, signed: Signed) -> Text | None:
    """Return why a signature is irregular, with the first prudent day where it is known; None when regular.

    Nobody signs before a vote; a party signs only once the act of its own assembly is executory, whatever the others still
    wait for. Signing on the very day it became executory is contested (TA Montpellier, 7 Nov. 2002, n° 01-4224): irregular
    unless the note gives two hours, that of the prefecture's receipt and, later, that of the signature.
    """
    party, own = s.convention.parties.get(signed.party), of_party(signed.party, s.deliberations)
    for act in own:
        problem = _before_the_vote(s, signed, act.adopted_on, named(act))
        if problem is None and party is not None and party.is_local_authority:
            problem = _authority(s, act, signed)
        if problem is not None:
            return problem
    return _before_the_vote(s, signed, s.adopted_on) if s.convention.act and not own else None


def _before_the_vote(s: Situation, signed: Signed, voted: date | None, which: str = "") -> Text | None:
    if voted is None:
        return both(
            f"le vote de l’assemblée n’est pas enregistré{which} ; enregistrer d’abord act-adopted, act-published et "
            "act-transmitted.",
            f"the assembly’s vote is not recorded{which}; record act-adopted, act-published and act-transmitted first.",
        )
    if signed.on >= voted:
        return None
    first = _from_when(s, signed.party)
    return both(
        f"une signature du {fr(signed.on)} précéderait le vote du {fr(voted)}, et un vote ne régularise "
        f"pas une signature antérieure. {first.fr}",
        f"a signature of {en(signed.on)} would precede the vote of {en(voted)}, and a vote does not cure "
        f"an earlier signature. {first.en}",
    )


def named(act: Deliberation) -> str:
    """Return how a sentence tells an act from the others of the convention; nothing where it is the only one."""
    return "" if act.alone else f" (act = {act.name})"


def _authority(s: Situation, act: Deliberation, signed: Signed) -> Text | None:
    voted = act.adopted_on
    assert voted is not None  # noqa: S101 - the caller looked
    published = act.published_on if act.published_on and act.published_on >= voted else None
    transmitted = act.transmitted_on if act.transmitted_on and act.transmitted_on >= voted else None
    which, first = named(act), _from_when(s, signed.party)
    if published is None or transmitted is None:
        missing = [
            kind for kind, day in (("act-published", published), ("act-transmitted", transmitted)) if day is None
        ]
        return both(
            "l’acte n’est pas encore exécutoire (publié et transmis au préfet), l’autorité ne peut pas "
            f"signer ; enregistrer d’abord : {', '.join(missing)}{which}.",
            "the act is not executory yet (published and transmitted to the prefect), the authority cannot "
            f"sign; record first: {', '.join(missing)}{which}.",
        )
    executory = max(published, transmitted)
    if signed.on < executory:
        return both(
            f"une signature du {fr(signed.on)} précéderait le caractère exécutoire de l’acte "
            f"({fr(executory)}), et une "
            f"transmission tardive ne la régularise pas (CE, avis, 10 juin 1996). {first.fr}",
            f"a signature of {en(signed.on)} would precede the day the act became executory "
            f"({en(executory)}), and late "
            f"transmission does not cure it (CE, opinion, 10 June 1996). {first.en}",
        )
    if signed.on == executory and not receipt_came_first(signed.note):
        return both(
            f"signer le {fr(signed.on)}, jour même où l’acte devient exécutoire, est contesté (TA "
            f"Montpellier, "
            f"7 novembre 2002) : dire dans note l’heure de l’accusé de réception puis celle, postérieure, de "
            f"la signature, "
            f"comme « AR à 9 h 12, signature à 16 h 30 ». {first.fr}",
            f"signing on {en(signed.on)}, the very day the act becomes executory, is contested: give in note "
            f"the hour of "
            f"the prefecture’s receipt, then the later hour of the signature, as in “receipt 9:12, signature "
            f"16:30”. "
            f"{first.en}",
        )
    return None


def receipt_came_first(note: str) -> bool:
    """Whether a note gives two hours: the prefecture's receipt, then, later, the signature."""
    hours = [(int(h), int(m or 0)) for h, m in _HOUR.findall(note)]
    return len(hours) == 2 and hours[0] < hours[1]


def _from_when(s: Situation, party: str) -> Text:
    acts = of_party(party, s.deliberations) or s.deliberations
    executory_on = all_executory(acts)
    if executory_on is None or any(one.adopted_on is None or executory_on < one.adopted_on for one in acts):
        return both(
            "La première date prudente sera connue une fois l’acte publié et transmis.",
            "The first prudent day will be known once the act is published and transmitted.",
        )
    day = prudent_day(executory_on, s.calendar)
    return both(f"Première date prudente : {fr(day)}.", f"First prudent day: {en(day)}.")


@check
def check_signed(case: CheckContext, fact: Signed) -> None:
    """Refuse a signature that is unknown, repeated, irregular without saying so, or that begins nothing."""
    case.party(fact.party)
    _not_twice(case, fact)
    _regular_or_said(case, fact)
    _parent_first(case, fact)
    _something_left(case, fact)


@check
def check_publicised(case: CheckContext, fact: ContractPublicised) -> None:
    """Refuse to publicise a convention that is not signed by all yet, or twice."""
    last = case.s.last_signature
    if last is None:
        missing = [p for p in case.convention.parties if p not in case.s.signatures]
        raise refusal(
            "on publie l’avis d’une convention signée par toutes ses parties ; signatures à enregistrer "
            "d’abord : "
            f"{', '.join(missing)}.",
            f"a convention is publicised once signed by all; record these signatures first: {', '.join(missing)}.",
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
    if known := case.s.of(ContractPublicised):
        raise refusal(
            f"la publicité de la convention est déjà enregistrée au {fr(known[-1][1].on)} ; corriger {known[-1][0]}.",
            f"publicity is already recorded on {en(known[-1][1].on)}; correct {known[-1][0]}.",
        )


def _not_twice(case: CheckContext, fact: Signed) -> None:
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


def _regular_or_said(case: CheckContext, fact: Signed) -> None:
    problem = too_early(case.s, fact)
    if problem is not None and not fact.irregular:
        raise refusal(
            f"{problem.fr} Si la signature a déjà eu lieu, l’enregistrer avec irregular = true : l’alerte restera.",
            f"{problem.en} If it has already been signed, record it with irregular = true: the alert will stay.",
        )
    if problem is None and fact.irregular:
        raise refusal(
            f"la signature du {fr(fact.on)} est régulière au vu des dates de l’acte : l’enregistrer sans irregular.",
            f"the signature of {en(fact.on)} is regular given the dates of the act: record it without irregular.",
        )


def _parent_first(case: CheckContext, fact: Signed) -> None:
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


def _something_left(case: CheckContext, fact: Signed) -> None:
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
    effect = case.convention.effect
    begins = first_effect(fact.on, effect.from_, effect.not_before)
    if end is not None and fact.on <= end < begins:
        raise refusal(
            f"signée le {fr(fact.on)}, la convention prendrait effet le {fr(begins)} ({case.quote(effect.clauses)}), après son "
            f"dernier jour ({fr(end)}) : elle n’aurait aucune durée. Une signature dont l’effet ne passe pas ce jour serait "
            "acceptée ; sinon il faut une nouvelle convention.",
            f"signed on {en(fact.on)}, it would take effect on {en(begins)} ({case.quote_en(effect.clauses)}), after its last "
            f"day ({en(end)}): an empty term. A signature whose effect is not after that day would be accepted; otherwise a new "
            "convention is needed.",
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


@check
def check_circulated(case: CheckContext, fact: SignatureCirculated) -> None:
    """Refuse to send round what nobody voted, what all have signed, or a day to gather by that is no use."""
    s = case.s
    _voted(case, fact)
    if s.circulation.outcome == "gathered":
        raise refusal(
            "toutes les parties ont signé : il n’y a plus rien à faire signer. Un changement se fait par avenant "
            "(amended) ; une signature enregistrée par erreur s’annule par son numéro.",
            "every party has signed: there is nothing left to sign. A change is an amendment (amended); a signature "
            "recorded by mistake is cancelled by its number.",
        )
    if fact.gather_by is None:
        return
    first = max(d for d in (fact.on, case.today, s.circulation.since) if d is not None)
    if fact.gather_by < first:
        raise refusal(
            f"les signatures ne peuvent pas être recueillies avant le {fr(fact.gather_by)} : on ne signe qu’à partir du "
            f"{fr(first)} ; un jour à partir de celui-ci serait accepté.",
            f"signatures cannot be gathered by {en(fact.gather_by)}: nobody signs before {en(first)}; a day from that "
            "one on would be accepted.",
        )


@check
def check_refused(case: CheckContext, fact: SignatureRefused) -> None:
    """Refuse a refusal of what was not voted, was signed already, or was refused already; it needs its reason."""
    s = case.s
    case.party(fact.party)
    _voted(case, fact)
    if not fact.reason.strip():
        raise refusal(
            "dire le motif du refus (reason), tel qu’il est donné : c’est lui que liront la coordination et la direction.",
            "give the reason of the refusal (reason), as it was given: the coordinator and the manager will read it.",
        )
    if fact.party in s.signatures:
        raise refusal(
            f"« {fact.party} » a signé le {fr(s.signatures[fact.party])} : une signature donnée ne se refuse plus. Pour en "
            "sortir, la résiliation ; si la signature a été enregistrée par erreur, l’annuler.",
            f"“{fact.party}” signed on {en(s.signatures[fact.party])}: what is signed is not refused any more. The way out "
            "is termination; if the signature was recorded by mistake, cancel it.",
        )
    known = s.circulation.refusal_of(fact.party)
    if known is not None:
        raise refusal(
            f"le refus de « {fact.party} » est déjà enregistré au {fr(known.on)} ({known.fact}) ; pour le changer, corriger "
            f"{known.fact} ; pour faire signer de nouveau, enregistrer signature-circulated.",
            f"the refusal of “{fact.party}” is already recorded on {en(known.on)} ({known.fact}); to change it, correct "
            f"{known.fact}; to have it signed again, record signature-circulated.",
        )


def _voted(case: CheckContext, fact: SignatureCirculated | SignatureRefused) -> None:
    voted = case.s.adopted_on
    if not case.convention.act:
        return
    if voted is None:
        raise refusal(
            "rien n’est encore à signer : le vote de l’assemblée n’est pas enregistré (act-adopted).",
            "there is nothing to sign yet: the vote of the assembly is not recorded (act-adopted).",
        )
    if fact.on < voted:
        raise refusal(
            f"le {fr(fact.on)}, l’assemblée n’avait pas encore voté (elle l’a fait le {fr(voted)}) ; un jour à partir de "
            "celui-ci serait accepté.",
            f"on {en(fact.on)} the assembly had not voted yet (it did on {en(voted)}); a day from that one on would be "
            "accepted.",
        )


def check_signatures_stay_regular(before: Situation, after: Situation) -> None:
    """Refuse an act whose date would make a signature, recorded as regular, irregular without saying so.

    A new vote after an irregular signature touches no signature already given.

    Raises:
        Refusal: with the way out (cancel the signature, then record it as what it is).
    """
    if any(len(one.votes) > 1 for one in after.deliberations):
        return
    for fact_id, signed in after.of(Signed):
        if signed.irregular or (problem := too_early(after, signed)) is None or too_early(before, signed) is not None:
            continue
        raise refusal(
            f"la signature du {fr(signed.on)} ({fact_id}) est enregistrée comme régulière et ne le serait "
            f"plus : "
            f"{problem.fr} Annuler d’abord {fact_id}, enregistrer la date de l’acte, puis la signature avec "
            f"irregular = true.",
            f"the signature of {en(signed.on)} ({fact_id}) is recorded as regular and would no longer be: "
            f"{problem.en} Cancel {fact_id} first, record the act’s date, then the signature with irregular "
            f"= true.",
        )


@hangs
def signature_hangs(fact: Signed, change: Change) -> bool:
    """A signature hangs on the act that let it be given, and on that of the parent where the text says so."""
    before, after = change.before, change.after
    if not fact.irregular and too_early(before, fact) is None and too_early(after, fact) is not None:
        return True
    parent_first = after.convention.effect.not_before_parent_signature
    return parent_first and parent_signed_on(before) is not None and parent_signed_on(after) is None


@hangs
def publicity_hangs(fact: ContractPublicised, change: Change) -> bool:  # noqa: ARG001 - it is of the convention
    """The notice of the signature hangs on the last signature."""
    return change.before.last_signature is not None and change.after.last_signature is None
