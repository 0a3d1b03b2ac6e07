"""How the paper goes round: since when, until when, who signed, who refused, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from echeancier.domain.facts.signing import SignatureCirculated, SignatureRefused, Signed
from echeancier.domain.standing.deliberations import all_executory, first_executory, of_party, prudent_day
from echeancier.domain.standing.parent import parent_signed_on

if TYPE_CHECKING:
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

Outcome = Literal["waiting", "going-round", "gathered", "refused", "expired"]
"""What a circulation came to: not begun, under way, signed by all, refused by somebody, or out of time."""


@dataclass(frozen=True)
class RefusedSignature:
    """A party that will not sign."""

    fact: str
    party: str
    on: date
    reason: str


@dataclass(frozen=True)
class Circulation:
    """The paper's way round, the last one if there were several.

    Attributes:
        number: 1 for the first.
        since: first day on which somebody may sign it, None while what must come before is not recorded.
        gather_by: the last day to gather the signatures, None while an assembly is still awaited; ``chosen`` when the
            coordinator set it.
        signed: (fact id, signature) of those that count for this paper, in recording order.
        refusals: of parties that did not sign after all.
        stopped_on: the day it came to nothing, None otherwise.
    """

    number: int
    since: date | None
    gather_by: date | None
    chosen: bool
    signed: tuple[tuple[str, Signed], ...]
    refusals: tuple[RefusedSignature, ...]
    outcome: Outcome
    stopped_on: date | None = None

    @property
    def has_stopped(self) -> bool:
        """Whether it came to nothing: nobody is asked to sign until the paper goes round again."""
        return self.outcome in ("refused", "expired")

    def refusal_of(self, party: str) -> RefusedSignature | None:
        """Return the refusal of a party, None if it did not refuse."""
        return next((one for one in self.refusals if one.party == party), None)


def may_sign_since(s: TermsAndFacts, party: str) -> date | None:
    """Return the first day on which a party may sign: once its own assembly's act is executory, whoever else still votes.

    A party without an act of its own may sign as soon as anybody may; None while nobody may.
    """
    return _since(s, waited_for(s, party))


def waited_for(s: TermsAndFacts, party: str) -> date | None:
    """Return the day on which what a party waits for is executory: its own acts, else the first of the others’."""
    own = of_party(party, s.deliberations)
    return all_executory(own) if own else first_executory(s.deliberations)


def circulation(s: TermsAndFacts) -> Circulation:
    """Return how the paper goes round, from the facts in recording order."""
    rounds = s.of(SignatureCirculated)
    last = rounds[-1][1] if rounds else None
    signed, refused = _count(s)
    since, whole = _since(s, first_executory(s.deliberations)), _since(s, s.executory_on)
    gather_by = last.gather_by if last else None
    chosen = gather_by is not None
    if gather_by is None and whole is not None:
        gather_by = whole + timedelta(days=s.policy.signature_expiry_days)
    missing = [party for party in s.convention.parties if party not in {one.party for _, one in signed}]
    outcome: Outcome = "going-round" if since is not None else "waiting"
    stopped = None
    if not missing:
        outcome = "gathered"
    elif refused:
        outcome, stopped = "refused", max(one.on for one in refused)
    elif gather_by is not None and s.today > gather_by:
        outcome, stopped = "expired", gather_by + timedelta(days=1)
    return Circulation(max(1, len(rounds)), since, gather_by, chosen, signed, refused, outcome, stopped)


def _since(s: TermsAndFacts, executory_on: date | None) -> date | None:
    """The executory act comes first; an annex that may not precede its parent waits for that signature too.

    A text that nobody says was sent round is taken to go round from the day after its registration: on the day itself,
    what is signed already is still being typed in, and nobody is to be asked for it.
    """
    last = s.last(SignatureCirculated)
    registered = s.registered_on and s.calendar.next_open(s.registered_on + timedelta(days=1))
    sent = last.on if last else registered
    voted = None if executory_on is None else prudent_day(executory_on, s.calendar)
    earliest = voted if s.convention.act else sent
    if earliest is None:
        return None
    if s.convention.effect.not_before_parent_signature:
        parent = parent_signed_on(s)
        if parent is None:
            return None
        earliest = max(earliest, parent)
    return max(earliest, last.on) if last else earliest


def _count(s: TermsAndFacts) -> tuple[tuple[tuple[str, Signed], ...], tuple[RefusedSignature, ...]]:
    """Return the signatures and refusals that count for the paper that goes round now."""
    signed: dict[str, tuple[str, Signed]] = {}
    refused: dict[str, RefusedSignature] = {}
    for record in s.records:
        match record.fact:
            case SignatureCirculated(new_text=new_text):
                refused = {}
                signed = {} if new_text else signed
            case SignatureRefused(party=party, on=on, reason=reason):
                refused[party] = RefusedSignature(record.id, party, on, reason)
            case Signed() as fact:
                signed[fact.party] = (record.id, fact)
                refused.pop(fact.party, None)
            case _:
                pass
    return tuple(signed.values()), tuple(refused.values())
