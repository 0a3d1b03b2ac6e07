"""A council that voted a shorter time than the convention lasts: a new vote, before what it voted runs out."""

from datetime import date, timedelta

from domain.delays import renewal_plan, term_last_day
from domain.items import Certainty, Item, State
from domain.model import Text
from domain.procedures.shape import Found, opening, state_of
from domain.situation import Situation
from domain.words import figures

WHOLE_TERM = "three-years"


def authority(s: Situation) -> Found:
    """Yield one new vote for each time that the authority voted runs out before the term.

    Contested: authorising the signature may have approved the whole text. The prudent reading runs until the question
    of the paper is answered; a question answered the other way takes these items away.
    """
    act, end = s.convention.act, s.natural_end
    if (
        act is None
        or act.authorises_months is None
        or s.effect_on is None
        or end is None
        or authority_is_whole(s)
    ):
        return
    if s.convention.effect.rule != "fixed":  # an annex signed later: its parent's file asks for the same vote
        return
    settled = s.reading(act.clauses, ("one-year", WHOLE_TERM), "one-year").settled
    times = 1
    while (runs_out := term_last_day(s.effect_on, act.authorises_months * times)) < end:
        yield _new_vote(s, runs_out, settled=settled)
        times += 1


def authority_is_whole(s: Situation) -> bool:
    """Whether it was answered that the vote covers the whole term."""
    act = s.convention.act
    if act is None:
        return True
    reading = s.reading(act.clauses, ("one-year", WHOLE_TERM), "one-year")
    return reading.settled and reading.id == WHOLE_TERM


def _new_vote(s: Situation, runs_out: date, *, settled: bool) -> Item:
    act = s.convention.act
    assert act is not None  # noqa: S101 - the caller looked
    key = f"authority/{runs_out.year}"
    safe = renewal_plan(runs_out, s.calendar).vote
    opens = opening(safe, s.policy.leads_for("renewal").notice)
    done = s.done_on(key)
    state = state_of(s, opens_on=opens, last_day=runs_out, done_on=done)
    if s.ends_on is not None and s.ends_on <= runs_out and state is not State.DONE:
        state = State.CANCELLED
    return Item(
        key=key, kind="renewal",
        title=Text(
            fr=f"Nouveau vote : l’habilitation votée s’arrête le {figures(runs_out)}",
            en=f"New vote: the authority voted runs out on {runs_out}",
        ),
        clause=s.clause(act.clauses) if act.clauses else s.clause(s.convention.term.clauses), owed_by=act.party, owed_to="both",
        opens_on=opens, legal_last_day=runs_out, safe_day=safe, rule="authority_runs_out",
        trace=f"{act.authorises_months} mois votés par période → {figures(runs_out)} ; vote un mois avant, rendu exécutoire dans "
        f"la semaine, donc avant le {figures(runs_out + timedelta(days=1))}",
        certainty=Certainty.CERTAIN if settled else Certainty.CONTESTED, state=state, done_on=done,
        responsible=(s.convention.coordinator,), informed=(s.convention.manager,),
    )  # fmt: skip
