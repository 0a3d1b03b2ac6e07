"""A dispute: the amicable phase first, and the day before which nobody should go to court."""

from datetime import date, timedelta

from domain import events as e
from domain.delays import add_months, ext642
from domain.items import Certainty, EffectRange, Item, State
from domain.model import Text
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.terms import Dispute
from domain.words import figures


def dispute(s: Situation) -> Found:
    """Yield, for each dispute raised, its amicable phase and the way to the court after it.

    The phase is a right of the other side: it is never called over before the end of its extended last day
    (CPC art. 642, whose use for a period of a contract is contested).
    """
    rule = s.convention.dispute
    if rule is None:
        return
    for fact_id, fact in s.of_event(e.DISPUTE_RAISED):
        key = f"dispute/{fact_id}"
        settled = s.done_on(key)
        raw = add_months(fact.on, rule.months) if rule.months is not None else None
        last = ext642(raw, s.calendar) if raw else None
        yield _phase(s, rule, key, fact.on, raw, last, settled)
        yield _court(s, rule, key, last, settled)


def _phase(
    s: Situation, rule: Dispute, key: str, raised: date, raw: date | None, last: date | None, settled: date | None
) -> Item:
    contested = raw != last
    if raw is None or last is None:
        trace = f"différend soulevé le {figures(raised)} ; le texte ne donne pas de durée à la phase amiable"
    else:
        more = f" ; jour chômé, avec le report : jusqu’au {figures(last)} au soir" if contested else ""
        trace = f"différend soulevé le {figures(raised)} + {rule.months} mois → {figures(raw)}{more}"
    if settled:
        state = State.DONE
    else:
        state = State.RUNNING if last is None or s.today <= last else State.ELAPSED
    return Item(
        key=key, kind="dispute", title=Text(fr="Différend : phase amiable", en="Dispute: amicable phase"),
        clause=s.clause(rule.clauses), owed_by="both", owed_to="both", opens_on=raised, legal_last_day=last,
        effect_range=EffectRange(earliest=raw, expected=raw, latest=last) if raw and last and contested else None,
        rule="amicable_month" if raw else "amicable_without_delay", trace=trace,
        certainty=Certainty.CONTESTED if contested else Certainty.CERTAIN, state=state, done_on=settled,
        responsible=(s.convention.coordinator, s.convention.manager),
    )  # fmt: skip


def _court(s: Situation, rule: Dispute, key: str, last: date | None, settled: date | None) -> Item:
    opens = last + timedelta(days=1) if last else None
    court = rule.court or "la juridiction compétente"
    if settled:
        state = State.CANCELLED
    else:
        state = State.WAITING if opens is None else State.UPCOMING if s.today < opens else State.OPEN
    return Item(
        key=f"{key}/court", kind="dispute",
        title=Text(fr=f"Différend : ne pas saisir {court} avant ce jour", en=f"Dispute: do not go to court ({court}) before this day"),
        clause=s.clause(rule.clauses), owed_by="both", owed_to="both", opens_on=opens, rule="not_before_court",
        trace=f"phase amiable jusqu’au {figures(last)} → pas avant le {figures(opens)}" if last and opens
        else "la phase amiable n’a pas de terme écrit : une personne dit quand elle a échoué",
        certainty=Certainty.POLICY, state=state, responsible=(s.convention.coordinator, s.convention.manager),
    )  # fmt: skip
