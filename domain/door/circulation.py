"""A paper that goes round for signature, and a refusal to sign, at the door."""

from domain.door.case import Case
from domain.door.refusal import en, fr, refusal
from domain.signing_facts import SignatureCirculated, SignatureRefused


def check_circulated(case: Case, fact: SignatureCirculated) -> None:
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


def check_refused(case: Case, fact: SignatureRefused) -> None:
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


def _voted(case: Case, fact: SignatureCirculated | SignatureRefused) -> None:
    voted = case.s.adopted_on
    if case.convention.act is None:
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
