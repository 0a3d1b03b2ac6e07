"""A dispute: the amicable phase first, and the day before which nobody should go to court."""

from dataclasses import dataclass
from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, Nature, State
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.dates.delay import Days, after
from echeancier.domain.dates.delays import ext642
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.proof import (
    ONE_DAY,
    POLICY,
    Proof,
    cited,
    counted_after,
    given,
    named_first,
    note,
    plus,
    without_safe,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts import events as e
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Dispute

SERIES = "dispute"


@dataclass(frozen=True)
class Phase:
    """An amicable phase.

    Attributes:
        fact_id: of the fact that raised it.
        raw: its last day by plain counting, None where the text gives no length.
        last: the same, extended to a working day (CPC art. 642, contested for a period of a contract), under the later reading.
        days: what its length gives.
        settled: the day it was settled, None while it was not.
    """

    fact_id: str
    rule: Dispute
    raised: date
    raw: date | None
    last: date | None
    days: Days
    settled: date | None


def dispute(s: Situation) -> Found:
    """Yield, for each dispute raised, its amicable phase and the way to the court after it.

    The phase is a right of the other side: it is never called over before the end of its extended last day.
    """
    rule = s.convention.dispute
    if rule is None:
        return
    for fact_id, fact in s.of_event(e.DISPUTE_RAISED):
        days = after(fact.on, rule.delay, s.calendar) if rule.delay is not None else Days()
        raw = days.legal
        # A right of the other side: the later reading is waited for.
        last = ext642(max(raw, days.other or raw), s.calendar) if raw else None
        phase = Phase(fact_id, rule, fact.on, raw, last, days, s.done_on(key_of(SERIES, fact_id)))
        yield _amicable(s, phase)
        yield _court(s, phase)


def _amicable(s: Situation, p: Phase) -> Item:
    contested = p.raw != p.last
    running = State.RUNNING if p.last is None or s.today <= p.last else State.ELAPSED
    return Item(
        series=SERIES, occurrence=p.fact_id, kind="dispute", event=p.fact_id, nature=Nature.RUNNING,
        title=Text(fr="Différend : phase amiable", en="Dispute: amicable phase"),
        clause=s.clause(p.rule.clauses), owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=p.raised, legal_last_day=p.last,
        effect_range=EffectRange(earliest=p.raw, expected=p.raw, latest=p.last) if p.raw and p.last and contested else None,
        rule="amicable_month" if p.raw else "amicable_without_delay", proof=_as_long_as_it_lasts(p),
        certainty=Certainty.CONTESTED if contested else Certainty.CERTAIN,
        state=State.DONE if p.settled else running, done_on=p.settled,
        responsible=(s.convention.coordinator, s.convention.manager),
    )  # fmt: skip


def _as_long_as_it_lasts(p: Phase) -> Proof:
    if p.raw is None or p.last is None or p.rule.delay is None:
        return (
            given(p.raised, p.fact_id, "différend soulevé le {} ; le texte ne donne pas de durée à la phase amiable"),
        )
    later = max(p.raw, p.days.other or p.raw)
    says = " ; avec le report d’un jour chômé ou l’autre lecture : jusqu’au {} au soir" if p.raw != p.last else ""
    return (
        *named_first(p.rule.delay),
        given(p.raised, p.fact_id, "différend soulevé le {}"),
        *without_safe(counted_after(p.raised, p.rule.delay, p.days, cited(p.rule.clauses))),
        worked("next_open", later, p.last, says, "legal"),
    )


def _court(s: Situation, p: Phase) -> Item:
    opens = p.last + timedelta(days=1) if p.last else None
    court = p.rule.court or "la juridiction compétente"
    waiting = State.WAITING if opens is None else State.UPCOMING if s.today < opens else State.OPEN
    proof: Proof = (note("la phase amiable n’a pas de terme écrit : une personne dit quand elle a échoué"),)
    if p.last and opens:
        phase = given(p.last, key_of(SERIES, p.fact_id), "phase amiable jusqu’au {}")
        proof = phase, plus(p.last, ONE_DAY, POLICY, opens, " → pas avant le {}")
    return Item(
        series=SERIES, occurrence=p.fact_id, step="court", kind="dispute", event=p.fact_id, nature=Nature.FACT, settled_by=None,
        title=Text(
            fr=f"Différend : ne pas saisir {court} avant ce jour",
            en=f"Dispute: do not go to court ({court}) before this day",
        ),
        clause=s.clause(p.rule.clauses), owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=opens, rule="not_before_court",
        proof=proof, certainty=Certainty.POLICY, state=State.CANCELLED if p.settled else waiting,
        responsible=(s.convention.coordinator, s.convention.manager),
    )  # fmt: skip
