"""What a parent's end does to its annex, by the annex's own clause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from echeancier.domain.facts.end import Amended, RenewalDecided
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.standing.readings import Chosen, chosen

if TYPE_CHECKING:
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

ENDS_TOO, OWN_DATE = "ends-too", "own-date"
OURS, CITED = "ours", "cited"
PARENT_END, WHICH_PARENT, PARENT_ENDED = "parent-end", "which-parent", "parent-ended"


def parent_signed_on(s: TermsAndFacts) -> date | None:
    """Return the day the parent was signed by all, None while unknown."""
    fact = s.last(ParentSigned)
    return fact.on if fact else None


def terminated_on(s: TermsAndFacts) -> date | None:
    """Return the parent's last day when it was ended early, None when it was not or goes on after all."""
    told = s.last(ParentEnds)
    return told.on if told is not None and told.why == "terminated" and not cites_another(s) else None


def parent_end(s: TermsAndFacts) -> date | None:
    """Return the parent's last day as it binds this annex, None while unknown.

    An extension binds at once an annex that is merely capped; one that « pourra être reconduite » keeps the former
    end until its own renewal is recorded.
    """
    parent = s.convention.parent
    answered = _answered(s)
    if parent is None or cites_another(s):
        return answered
    told = s.of(ParentEnds)
    if not told:
        return answered
    last = told[-1][1]
    if last.why == "extended" and parent.on_parent_extended == "may-renew" and not _renewed(s):
        former = [fact.on for _, fact in told if fact.why != "extended"]
        return former[-1] if former else last.on
    return last.on


def extended_to(s: TermsAndFacts) -> date | None:
    """Return the new end of an extended parent when this annex does not follow it by itself, None otherwise."""
    told, parent = s.last(ParentEnds), s.convention.parent
    if parent is None or told is None or told.why != "extended" or told.on == parent_end(s):
        return None
    return told.on if parent.on_parent_extended == "may-renew" else None


def cites_another(s: TermsAndFacts) -> bool:
    """Whether somebody answered that the parent is the other convention that the text cites."""
    answer = s.answer(WHICH_PARENT)
    parent = s.convention.parent
    return parent is not None and parent.contradictory and answer is not None and answer.reading == CITED


def fate(s: TermsAndFacts) -> Chosen | None:
    """Return what becomes of it if its parent is ended early, where its own words are silent or disputed.

    None when its own clause says it plainly (it ends, or it is capped).
    """
    parent = s.convention.parent
    if parent is None or parent.on_parent_end in ("ends", "capped"):
        return None
    plain = parent.on_parent_end == "own-date"
    default = OWN_DATE if plain else ENDS_TOO
    found = chosen(s.convention, s.records, parent.clauses, (ENDS_TOO, OWN_DATE), default)
    if found.asked is None and plain:
        return Chosen(OWN_DATE, settled=True, asked=None)
    answer = s.answer(PARENT_ENDED)
    if found.asked is None and answer is not None and answer.reading in (ENDS_TOO, OWN_DATE):
        return Chosen(str(answer.reading), settled=True, asked=None)
    return found


def falls_on(s: TermsAndFacts) -> date | None:
    """Return the day this annex ends because its parent was ended early, None when it does not."""
    gone = terminated_on(s)
    if gone is None:
        return None
    silent = fate(s)
    return gone if silent is None or silent.id == ENDS_TOO else None


def _answered(s: TermsAndFacts) -> date | None:
    answer = s.answer(PARENT_END)
    return answer.day if answer else None


def _renewed(s: TermsAndFacts) -> bool:
    return any(fact.decision == "renew" for _, fact in s.of(RenewalDecided)) or bool(s.of(Amended))
