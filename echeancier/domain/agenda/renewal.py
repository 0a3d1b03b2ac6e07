"""Renewal: what may come after the term, and the road back from the last day to the council session that must vote it."""

from datetime import date
from typing import Literal

from echeancier.domain.agenda.adoption import convocation_step
from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, state_of
from echeancier.domain.agenda.tacit import decided_about
from echeancier.domain.dates.delays import add_months, renewal_plan
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.end import FollowedBy, RenewalDecided
from echeancier.domain.model import Text
from echeancier.domain.standing import parent as parents
from echeancier.domain.standing.amendments import new_ends
from echeancier.domain.standing.item_keys import key_of, series_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause

SERIES, DECISION = "renewal", "decision"
"""The series of the steps to what follows the end, and the step that decides it."""

Way = Literal["new-convention", "replaced", "amendment", "with-parent", "none"]
"""``replaced``: an amendment would be the text's way, but the text itself forbids another one."""

PREFIX = {
    "new-convention": Text(fr="Renouvellement", en="Renewal"),
    "replaced": Text(fr="Nouvelle convention", en="New convention"),
    "amendment": Text(fr="Renouvellement par avenant", en="Renewal by amendment"),
    "with-parent": Text(fr="Reconduction avec la convention mère", en="Renewal with the parent"),
}


def way(s: Situation) -> Way:
    """Return the way the text leaves open at the natural end."""
    rule = s.convention.renewal
    if cap_reached(s):
        return "replaced"
    if rule.how == "express":
        return "replaced" if _used(s) else "amendment"
    if rule.how == "with-parent":
        return "with-parent" if parents.extended_to(s) is not None else "none"
    return "new-convention"


def lives_with_its_parent(s: Situation) -> bool:
    """Whether it is an annex that ends with a parent we know and has no renewal clause of its own.

    Nobody prepares here the renewal of a parent that is not on file: its annex keeps its own road.
    """
    term, parent = s.convention.term, s.convention.parent
    on_file = parent is not None and parent.reference is not None and not parents.cites_another(s)
    tied = on_file and (term.within_parent or term.with_parent)
    return tied and s.convention.renewal.how == "none" and s.natural_end == s.parent_end


def cap_reached(s: Situation) -> bool:
    """Whether no amendment may carry the convention beyond its present end."""
    return s.cap is not None and s.natural_end is not None and s.cap <= s.natural_end


def _used(s: Situation) -> bool:
    times = s.convention.renewal.times
    return times is not None and s.extensions >= times


def clause_of(s: Situation) -> Clause:
    """Return the clause to quote about what comes after the term."""
    rule = s.convention.renewal
    return s.clause(rule.clauses or s.convention.term.clauses)


def nothing_renews_by_itself(s: Situation) -> Found:
    """Warn of what the text does not do by itself, and of what it forbids."""
    end = s.natural_end
    assert end is not None  # noqa: S101 - the caller looked
    rule = s.convention.renewal
    if cap_reached(s):
        yield Warning(
            id="cap-forbids-amendment",
            text=Text(
                fr=f"Le texte plafonne la durée au {figures(s.cap or end)} : aucun avenant ne peut aller au-delà, il faut une "
                "nouvelle convention.",
                en=f"The text caps the term at {s.cap or end}: no amendment may go beyond it; a new convention is needed.",
            ),
            clause=clause_of(s),
        )
    elif rule.how == "express" and _used(s):
        yield Warning(
            id="renewal-used",
            text=Text(
                fr=f"Le texte permet {rule.times} renouvellement, déjà fait : après le {figures(end)}, il faut une "
                "nouvelle convention.",
                en=f"The text allows {rule.times} renewal, already used: after {end} a new convention is needed.",
            ),
            clause=clause_of(s),
        )
    elif rule.how == "with-parent" and parents.extended_to(s) is None:
        yield Warning(
            id="renewal-with-parent-only",
            text=Text(
                fr=f"Elle finit le {figures(end)} avec sa convention mère et ne peut être reconduite que si celle-ci est "
                "prorogée.",
                en=f"It ends on {end} with its parent and may be renewed only if the parent is extended.",
            ),
            clause=clause_of(s),
        )
    if rule.how == "none":
        yield Warning(
            id="no-tacit-renewal",
            text=Text(
                fr=f"Aucune clause ne renouvelle la convention : sans nouvel acte voté et signé, elle s’éteint le "
                f"{figures(end)} à minuit.",
                en=f"No clause renews this convention: without a new act, voted and signed, it lapses on {end} at midnight.",
            ),
            clause=clause_of(s),
        )


_TITLES = {
    "kick-off": Text(fr="lancer la préparation", en="start preparing"),
    "committee": Text(fr="le comité de pilotage en prépare les termes", en="the committee prepares it"),
    "decision": Text(fr="décider de la suite", en="decide what follows"),
    "text-agreed": Text(fr="texte arrêté entre les parties", en="text agreed by both sides"),
    "convocation": Text(fr="convoquer l’assemblée", en="convene the assembly"),
    "vote": Text(fr="vote de l’assemblée", en="vote of the assembly"),
    "executory": Text(fr="délibération publiée et transmise", en="act published and transmitted"),
    "signatures": Text(fr="toutes les signatures", en="all signatures"),
}  # fmt: skip

_WHY = {
    "kick-off": "6 mois avant",
    "committee": "4 mois avant",
    "decision": "3 mois avant",
    "text-agreed": "2 mois avant",
    "vote": "1 mois avant",
    "executory": "vote + 7 jours, avant",
    "signatures": "dernier jour ouvré avant",
}


_CARRIED_ON = ("executory", "signatures")
"""Steps that the convention that follows, once registered, has as its own."""

DECISIONS = {
    "renew": Text(fr="reconduire aux mêmes conditions", en="renew on the same terms"),
    "amend": Text(fr="prolonger par avenant", en="extend by an amendment"),
    "new-convention": Text(fr="conclure une nouvelle convention", en="conclude a new convention"),
    "let-lapse": Text(fr="laisser la convention s’éteindre", en="let the convention lapse"),
}
"""What may be decided about the end."""


def renewal(s: Situation) -> Found:
    """Yield the back-planning from the natural end; nothing once the convention ends early or is left to lapse.

    Where the text forbids an amendment, the same road leads to a new convention; where an annex may be renewed only
    with its parent, nothing is planned until the parent is extended; an annex that says nothing of its own renewal
    follows its parent's, in one step.
    """
    end = s.natural_end
    if end is None or s.ended_early:
        return
    yield from nothing_renews_by_itself(s)
    road = way(s)
    if road == "none":
        return
    decision = decided(s)
    given_up = decision is not None and decision.decision == "let-lapse"
    plan = renewal_plan(end, s.calendar)
    if lives_with_its_parent(s):
        yield _with_the_parent(s, plan.text_agreed, end, given_up=given_up)
        return
    days = {
        "kick-off": plan.kick_off, "committee": plan.committee, "decision": s.calendar.prev_workable(add_months(end, -3)),
        "text-agreed": plan.text_agreed,
        "vote": plan.vote, "executory": plan.executory, "signatures": plan.signatures,
    }  # fmt: skip
    if s.convention.act is None:
        days = {name: day for name, day in days.items() if name not in ("vote", "executory")}
    for name, day in days.items():
        if name == "vote":
            yield _convocation(s, road, day, end, given_up=given_up)
        yield _step(s, road, name, day, end, given_up=given_up)


def _title(road: Way, name: str) -> Text:
    prefix, step = PREFIX[road], _TITLES[name]
    return Text(fr=f"{prefix.fr} : {step.fr}", en=f"{prefix.en}: {step.en}")


def _convocation(s: Situation, road: Way, vote: date, end: date, *, given_up: bool) -> Item:
    title, done = _title(road, "convocation"), s.done_on(key_of(SERIES, str(end.year), "convocation"))
    found = convocation_step(s, vote, SERIES, str(end.year), title=title, done=done)
    return found.model_copy(update={"state": _settled(s, found.state, given_up=given_up)})


def _settled(s: Situation, state: State, *, given_up: bool) -> State:
    if given_up and state is not State.DONE:
        return State.CANCELLED
    # Once it is over nothing can be renewed any more (C. civ. art. 1213).
    return State.ELAPSED if state is State.LATE and s.is_over else state


def _step(s: Situation, road: Way, name: str, day: date, end: date, *, given_up: bool) -> Item:
    done = s.done_on(key_of(SERIES, str(end.year), name)) or (_committee_held(s, end) if name == "committee" else None)
    if name == "decision" and (decision := decided(s)) is not None:
        done = decision.on
    legal = end if name == "signatures" else None
    opens = opening(day, s.policy.leads_for("renewal").notice)
    state = _settled(s, state_of(s, opens_on=opens, last_day=legal or day, done_on=done), given_up=given_up)
    follow_on = s.last(FollowedBy) if name in _CARRIED_ON else None
    if follow_on is not None and done is None:
        state = State.CANCELLED  # the new convention has its own act to publish and its own signatures to gather
    return Item(
        series=SERIES, occurrence=str(end.year), step=name, settled_by="renewal-decided" if name == DECISION else "done",
        kind="renewal", title=_title(road, name), clause=clause_of(s),
        owed_by=s.convention.us if name in ("kick-off", "vote", "executory") else "both", owed_to="both",
        opens_on=opens, legal_last_day=legal, safe_day=day, anchor=end, rule="renewal_plan",
        trace=f"{_WHY[name]} le {figures(end)}, dernier jour en vigueur → {figures(day)}, jour ouvré (choix de conduite)",
        certainty=Certainty.POLICY, state=state, done_on=done,
        responsible=(s.convention.coordinator,),
        informed=(s.convention.manager,) if name in ("decision", "vote", "signatures") else (),
        standing=_followed(s, name),
    )  # fmt: skip


def decided(s: Situation) -> RenewalDecided | None:
    """Return what was decided about the present end, None while nothing was.

    A decision that led to an amendment of the end is used up: the new end calls for another one.
    """
    if s.is_tacit and s.natural_end is not None:
        return decided_about(s, s.natural_end)
    decision = s.latest(RenewalDecided)
    moved = max((end.signed for end in new_ends(s)), default=None)
    return None if decision is None or (moved is not None and decision.on <= moved) else decision


def deciding_steps(s: Situation) -> tuple[str, ...]:
    """Return the keys of the steps that settle what follows the present end: the decision, then the vote that makes it good."""
    end = s.natural_end
    return (
        ()
        if end is None
        else tuple(key_of(SERIES, str(end.year), name) for name in ("decision", "with-parent", "vote"))
    )


def _followed(s: Situation, name: str) -> Text | None:
    follow_on = s.last(FollowedBy)
    if follow_on is not None and name in (*_CARRIED_ON, "vote", "text-agreed"):
        return Text(
            fr=f"la suite est enregistrée sous la référence {follow_on.reference}",
            en=f"what follows is registered as {follow_on.reference}",
        )
    decision = decided(s) if name == DECISION else None
    if decision is None:
        return None
    return Text(fr=f"décidé : {DECISIONS[decision.decision].fr}", en=f"decided: {DECISIONS[decision.decision].en}")


def _with_the_parent(s: Situation, day: date, end: date, *, given_up: bool) -> Item:
    """The one step of an annex without a renewal clause: its parent's own road leads to what comes next."""
    parent = s.convention.parent
    assert parent is not None  # noqa: S101 - it has a way through its parent
    name = parent.reference or parent.cited_as
    done = s.done_on(key_of(SERIES, str(end.year), "with-parent"))
    opens = opening(day, s.policy.leads_for("renewal").notice)
    state = _settled(s, state_of(s, opens_on=opens, last_day=end, done_on=done), given_up=given_up)
    return Item(
        series=SERIES, occurrence=str(end.year), step="with-parent", kind="renewal",
        title=Text(fr="Suit le renouvellement de la convention mère", en="Follows the renewal of its parent convention"),
        clause=clause_of(s), owed_by="both", owed_to="both",
        opens_on=opens, legal_last_day=end, safe_day=day, rule="renewal_plan",
        trace=f"aucune clause ne la renouvelle ; elle finit le {figures(end)} avec sa convention mère ({name}), dont le "
        f"renouvellement prépare aussi sa suite : à écrire au texte arrêté avec elle, le {figures(day)} au plus tard",
        certainty=Certainty.POLICY, state=state, done_on=done,
        responsible=(s.convention.coordinator,), informed=(s.convention.manager,),
    )  # fmt: skip


def _committee_held(s: Situation, end: date) -> date | None:
    """Return the day of a meeting of the last year whose own clause says that it prepares the renewal."""
    preparing = {duty.id for duty in s.convention.duty if duty.prepares_renewal}
    held = [on for item, on in s.meetings_held.items() if series_of(item) in preparing and on > add_months(end, -12)]
    return held[0] if held else None
