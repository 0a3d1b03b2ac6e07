"""The vote of the credits of a year, or its refusal, told as an event or as the answer to our question: at the door."""

from datetime import date

from echeancier.domain.declared import both
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext
from echeancier.domain.standing.coverage import last_day
from echeancier.domain.standing.credits import CREDITS_ASKED, Vote, payers_under_vote, refusal_of, vote_of
from echeancier.domain.terms.money import CREDITS_REFUSED, CREDITS_VOTED


def check_vote(case: CheckContext, fact: Happened) -> None:
    """Refuse a vote, or a refusal, of no year that the convention covers, of no payer, on no possible day, or told twice.

    The year of the credits is the ``label`` of the event: a December vote opens those of the next year.

    Raises:
        Refusal: what is wrong, and what would be right.
    """
    if fact.event not in (CREDITS_VOTED, CREDITS_REFUSED):
        return
    begins = case.s.effect_on or min(fact.on, case.today)
    years = [f"{year}" for year in range(begins.year, max(last_day(case.s).year, begins.year + 1) + 1)]
    if fact.label not in years:
        raise unknown(both("l’année des crédits (label)", "the year of the credits (label)"), fact.label, years)
    payers = payers_under_vote(case.convention)
    if payers and fact.party not in payers and (fact.party is not None or len(payers) > 1):
        raise unknown(both("qui vote ces crédits (party)", "who votes these credits (party)"), fact.party or "", payers)
    year = int(fact.label)
    _may_be(fact.on, year)
    if not payers:
        return
    payer = fact.party or payers[0]
    known, refused = vote_of(case.s, payer, year), refusal_of(case.s, payer, year)
    if refused is not None:
        _after_a_refusal(fact, refused, year)
    if known is not None:
        raise refusal(
            f"les crédits de {year} sont déjà votés, le {fr(known.on)} ; pour changer ce jour, corriger {known.source}.",
            f"the credits of {year} are voted already, on {en(known.on)}; to change that day, correct {known.source}.",
        )


def _after_a_refusal(fact: Happened, refused: Vote, year: int) -> None:
    """Credits that were refused may be voted later in their year; nothing else may be told of them."""
    if fact.event == CREDITS_REFUSED or fact.on <= refused.on:
        raise refusal(
            f"les crédits de {year} sont déjà refusés, le {fr(refused.on)} : un vote plus tard dans l’année serait accepté ; "
            f"sinon, corriger {refused.source}.",
            f"the credits of {year} are refused already, on {en(refused.on)}: a later vote would be accepted; otherwise, correct "
            f"{refused.source}.",
        )


def check_vote_answered(case: CheckContext, fact: QuestionAnswered) -> None:
    """Refuse an answer that names a day on which the credits of that year cannot have been voted, or a day to come.

    Raises:
        Refusal: what is wrong, and what would be right.
    """
    if not fact.question.startswith(CREDITS_ASKED) or fact.day is None:
        return
    if fact.day > case.today:
        raise refusal(
            f"le {fr(fact.day)} n’est pas encore venu : un vote s’enregistre une fois qu’il a eu lieu.",
            f"{en(fact.day)} has not come yet: a vote is recorded once it took place.",
        )
    _may_be(fact.day, int(fact.question.rpartition("/")[2]))


def _may_be(day: date, year: int) -> None:
    """From the first day of the year before to the last of the year itself."""
    if not date(year - 1, 1, 1) <= day <= date(year, 12, 31):
        raise refusal(
            f"les crédits de {year} ne se votent pas le {fr(day)} : un jour de {year - 1} ou de {year} serait accepté.",
            f"the credits of {year} are not voted on {en(day)}: a day of {year - 1} or {year} would be accepted.",
        )
