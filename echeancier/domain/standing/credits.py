"""The yearly vote of the credits that pay, or its refusal: whose, of which year, on which day; as recorded, never computed."""

from datetime import date
from typing import NamedTuple

from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.money import CREDITS_REFUSED, CREDITS_VOTED


class Vote(NamedTuple):
    """The vote of the credits of one year.

    Attributes:
        source: the id of the fact, or of the question whose answer it is.
    """

    on: date
    source: str


def payers_under_vote(convention: Convention) -> tuple[str, ...]:
    """Return the parties that owe money which hangs on the yearly vote of their credits, in the order of the file."""
    voted = [one for one in convention.payment if one.hangs_on_vote]
    return tuple(dict.fromkeys(share.owed_by for one in voted for share in convention.shares(one)))


def vote_of(s: Situation, payer: str, year: int) -> Vote | None:
    """Return the vote of the credits of a civil year: the first recorded, else the one answered; None while neither is there.

    Args:
        s: the situation.
        payer: whose vote; the fact that names no party is that of the only payer.
        year: of the credits, whatever the day of the vote.
    """
    told = _told(s, CREDITS_VOTED, payer, year)
    if told:
        return min(told)
    answer = s.answer(vote_asked(payer, year))
    return None if answer is None or answer.day is None else Vote(answer.day, vote_asked(payer, year))


def refusal_of(s: Situation, payer: str, year: int) -> Vote | None:
    """Return the vote by which a payer refused the credits of a civil year; None once they were voted after all."""
    told = _told(s, CREDITS_REFUSED, payer, year)
    return max(told) if told and vote_of(s, payer, year) is None else None


def _told(s: Situation, event: str, payer: str, year: int) -> list[Vote]:
    payers = payers_under_vote(s.convention)
    alone = payers[0] if len(payers) == 1 else None
    return [
        Vote(fact.on, fact_id)
        for fact_id, fact in s.of_event(event)
        if fact.label == f"{year}" and (fact.party or alone) == payer
    ]


def vote_asked(payer: str, year: int) -> str:
    """Return the id of the question that asks on which day the credits of a year were voted."""
    return f"{CREDITS_ASKED}{payer}/{year}"


CREDITS_ASKED = "credits/"
"""How the id of that question begins."""
