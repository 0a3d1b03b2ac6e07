"""Renewal: the road back from the last day to the council session that must vote what comes next."""

from datetime import date

from domain import facts as f
from domain.convention import Clause
from domain.delays import add_months, renewal_plan
from domain.items import Certainty, Item, State, Warning
from domain.model import Text
from domain.procedures.shape import Found, opening, state_of
from domain.situation import Situation
from domain.words import figures

_TITLES = {
    "kick-off": Text(fr="Renouvellement : lancer la préparation", en="Renewal: start preparing"),
    "committee": Text(fr="Renouvellement : le comité de pilotage en prépare les termes", en="Renewal: the committee prepares it"),
    "text-agreed": Text(fr="Renouvellement : texte arrêté entre les parties", en="Renewal: text agreed by both sides"),
    "vote": Text(fr="Renouvellement : vote de l’assemblée", en="Renewal: vote of the assembly"),
    "executory": Text(fr="Renouvellement : délibération publiée et transmise", en="Renewal: act published and transmitted"),
    "signatures": Text(fr="Renouvellement : toutes les signatures", en="Renewal: all signatures"),
}  # fmt: skip

_WHY = {
    "kick-off": "6 mois avant",
    "committee": "4 mois avant",
    "text-agreed": "2 mois avant",
    "vote": "1 mois avant",
    "executory": "vote + 7 jours, avant",
    "signatures": "dernier jour ouvré avant",
}


def renewal(s: Situation) -> Found:
    """Yield the back-planning from the natural end; nothing once the convention ends early or is left to lapse."""
    end = s.natural_end
    if end is None or s.ended_early:
        return
    decision = s.last(f.RenewalDecided)
    plan = renewal_plan(end, s.calendar)
    days = {
        "kick-off": plan.kick_off, "committee": plan.committee, "text-agreed": plan.text_agreed,
        "vote": plan.vote, "executory": plan.executory, "signatures": plan.signatures,
    }  # fmt: skip
    given_up = decision is not None and decision.decision == "let-lapse"
    if s.convention.act is None:
        days = {name: day for name, day in days.items() if name not in ("vote", "executory")}
    for name, day in days.items():
        yield _step(s, name, day, end, given_up=given_up)
    yield from _nothing_renews_by_itself(s, end)


def _step(s: Situation, name: str, day: date, end: date, *, given_up: bool) -> Item:
    key = f"renewal/{end.year}/{name}"
    done = s.done_on(key) or (_committee_held(s, end) if name == "committee" else None)
    legal = end if name == "signatures" else None
    opens = opening(day, s.policy.leads_for("renewal").notice)
    state = state_of(s, opens_on=opens, last_day=legal or day, done_on=done)
    if given_up and state is not State.DONE:
        state = State.CANCELLED
    elif state is State.LATE and s.is_over:  # nothing can be renewed any more (C. civ. art. 1213)
        state = State.ELAPSED
    return Item(
        key=key, kind="renewal", title=_TITLES[name], clause=_clause(s),
        owed_by=s.convention.us if name in ("kick-off", "vote", "executory") else "both", owed_to="both",
        opens_on=opens, legal_last_day=legal, safe_day=day, rule="renewal_plan",
        trace=f"{_WHY[name]} le {figures(end)}, dernier jour en vigueur → {figures(day)}, jour ouvré (choix de conduite)",
        certainty=Certainty.POLICY, state=state, done_on=done,
        responsible=(s.convention.coordinator,),
        informed=(s.convention.manager,) if name in ("vote", "signatures") else (),
    )  # fmt: skip


def _committee_held(s: Situation, end: date) -> date | None:
    """Return the day of a meeting of the last year whose own clause says that it prepares the renewal."""
    keys = tuple(f"{duty.id}/" for duty in s.convention.duty if duty.prepares_renewal)
    held = [fact.on for _, fact in s.of(f.MeetingHeld) if fact.item.startswith(keys) and fact.on > add_months(end, -12)]
    return held[0] if keys and held else None


def _clause(s: Situation) -> Clause:
    rule = s.convention.renewal
    return s.clause(rule.clauses or s.convention.term.clauses)


def _nothing_renews_by_itself(s: Situation, end: date) -> Found:
    rule = s.convention.renewal
    if rule.how != "not-provided":
        return
    yield Warning(
        id="no-tacit-renewal",
        text=Text(
            fr=f"Aucune clause ne renouvelle la convention : sans nouvel acte voté et signé, elle s’éteint le "
            f"{figures(end)} à minuit.",
            en=f"No clause renews this convention: without a new act, voted and signed, it lapses on {end} at midnight.",
        ),
        clause=_clause(s),
    )
