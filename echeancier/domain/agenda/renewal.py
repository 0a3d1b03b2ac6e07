"""Renewal: what may come after the term, and the road back from the last day to the council session that must vote it."""

from datetime import date, timedelta
from typing import Final, Literal

from echeancier.domain.agenda.adoption import convocation_step
from echeancier.domain.agenda.express import (
    days_to_renew,
    deadline_in_words,
    last_day_to_renew,
    renewed_in_time,
    waits_for,
)
from echeancier.domain.agenda.items import Item, Nature, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, state_of
from echeancier.domain.agenda.tacit import decided_about
from echeancier.domain.dates.delays import RenewalPlan, add_months, renewal_plan
from echeancier.domain.dates.proof import (
    POLICY,
    WANTED,
    Proof,
    before_the_end,
    by_our_choice,
    cited,
    eve,
    given,
    kept,
    months,
    note,
    without_words,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.end import FollowedBy, RenewalDecided
from echeancier.domain.model import Text
from echeancier.domain.standing import parent as parents
from echeancier.domain.standing.amendments import new_ends
from echeancier.domain.standing.item_keys import key_of, series_of
from echeancier.domain.standing.renewals import cut_in_doubt, period_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause

SERIES, DECISION, ACT = "renewal", "decision", "act"
"""The series of the steps to what follows the end, the step that decides it, and the one by which a party renews it alone."""

WITH_PARENT: Final = "with-parent"
"""The step of an annex whose renewal is its parent's: it says so where the annex is read, and is no deadline."""

Way = Literal["new-convention", "replaced", "amendment", "by-one", "with-parent", "none"]
"""``replaced``: an amendment would be the text's way, but the text itself forbids another one; ``by-one``: one party decides."""

PREFIX = {
    "new-convention": Text(fr="Renouvellement", en="Renewal"),
    "replaced": Text(fr="Nouvelle convention", en="New convention"),
    "amendment": Text(fr="Renouvellement par avenant", en="Renewal by amendment"),
    "by-one": Text(fr="Reconduction", en="Renewal"),
    "with-parent": Text(fr="Reconduction avec la convention mère", en="Renewal with the parent"),
}


def planned_for(s: Situation) -> date | None:
    """Return the day by which what follows must be there: the end, or the latest it may be; None while neither is known.

    Where nobody said whether a last renewal that the cap cuts short takes place: the end without it, as long as it is ahead.
    """
    end, ends = s.latest_end, s.period_ends
    if end is None or ends is None or not cut_in_doubt(s):
        return end
    return max((one for one in ends if s.today <= one < end), default=end)


def occasion(s: Situation) -> str:
    """Return which end the steps are about: its year, with its month where a period is shorter than a year; "" without any."""
    end, period = planned_for(s), period_of(s)
    if end is None:
        return ""
    return f"{end:%Y-%m}" if period is not None and (period.months or 12) < 12 else str(end.year)


def way(s: Situation) -> Way:
    """Return the way the text leaves open at the natural end, to be prepared here: none where its parent's road leads there."""
    rule = s.convention.renewal
    if rule.nothing_follows or lives_with_its_parent(s):
        return "none"
    if cap_reached(s):
        return "replaced"
    if rule.how == "express":
        if _used(s):
            return "replaced"
        return "by-one" if rule.done_by == "one" else "amendment"
    if rule.how == "with-parent":
        return "with-parent" if parents.extended_to(s) is not None else "none"
    return "new-convention"


def lives_with_its_parent(s: Situation) -> bool:
    """Whether it is an annex that ends on the last day of a parent we know, and has no renewal of its own.

    Its parent's road leads to what comes next for both. Nobody prepares here the renewal of a parent that is not on file: its
    annex keeps its own road, as does one whose parent was extended beyond it.
    """
    parent = s.convention.parent
    if parent is None or parent.reference is None or parents.cites_another(s) or parents.extended_to(s) is not None:
        return False
    shared = s.natural_end is not None and s.natural_end == s.parent_end
    return shared and not s.convention.renewal.is_its_own


def cap_reached(s: Situation) -> bool:
    """Whether no amendment may carry the convention beyond its present end."""
    return s.cap is not None and s.natural_end is not None and s.cap <= s.natural_end


def _used(s: Situation) -> bool:
    times = s.convention.renewal.times
    return times is not None and s.extensions + len(s.renewed_on) >= times


def clause_of(s: Situation) -> Clause:
    """Return the clause to quote about what comes after the term."""
    rule = s.convention.renewal
    return s.clause(rule.clauses or s.convention.term.clauses)


def nothing_renews_by_itself(s: Situation, end: date) -> Found:
    """Warn of what the text does not do by itself, and of what it forbids."""
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
    if rule.nothing_follows:
        yield Warning(
            id="nothing-follows",
            text=Text(
                fr=f"Elle ne se renouvelle pas et rien n’est à préparer : elle s’éteint le {figures(end)} à minuit.",
                en=f"It is not renewed and nothing is prepared after it: it lapses on {end} at midnight.",
            ),
            clause=clause_of(s),
        )
    elif rule.how == "none":
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
    ACT: Text(fr="prendre l’acte qui la renouvelle", en="take the act that renews it"),
}  # fmt: skip

_BY_NO_COMMITTEE = Text(fr="en préparer les termes", en="prepare its terms")
"""The same step where the convention has no committee: a room let to an association, say."""

_WHY = {
    "kick-off": "6 mois avant",
    "committee": "4 mois avant",
    "decision": "3 mois avant",
    "text-agreed": "2 mois avant",
    "vote": "1 mois avant",
    "executory": "vote + 7 jours, avant",
    "signatures": "dernier jour ouvré avant",
    ACT: "à prendre au plus tard",
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
    """Yield the back-planning from the natural end, or from the latest day it may be; nothing once it ends early or is let go.

    Where the text forbids an amendment, the same road leads to a new convention. A family renews as one: an annex that ends with
    its parent has one line, of which nobody is told, and its parent's road; once the parent is extended and the annex is not, it
    decides and signs. One that nothing follows has no road.
    """
    end = planned_for(s)
    if end is None or s.ended_early:
        return
    if s.natural_end is not None:
        yield from nothing_renews_by_itself(s, end)
    yield from renewed_in_time(s)
    if lives_with_its_parent(s):
        yield _with_the_parent(s, end)
        return
    road = way(s)
    if road == "none":
        return
    decision = decided(s)
    given_up = decision is not None and decision.decision == "let-lapse"
    plan = renewal_plan(_target(s, road, end), s.calendar)
    for name, day in _days(s, road, plan, end).items():
        if name == "vote":
            yield _convocation(s, road, day, given_up=given_up)
        step = _step(s, road, name, day, end, given_up=given_up)
        yield waits_for(s, step) if name in ("signatures", ACT) else step


_BY_AN_ACT = ("amendment", "by-one")
"""The roads on which the text may set a last day to renew it."""


def _target(s: Situation, road: Way, end: date) -> date:
    """The day to be ready for: the end, or the last day on which the text lets it be renewed."""
    return last_day_to_renew(s, end) if road in _BY_AN_ACT else end


def _days(s: Situation, road: Way, plan: RenewalPlan, end: date) -> dict[str, date]:
    """The steps of a road and the day of each; of what another party decides alone, its act only."""
    target = _target(s, road, end)
    limits = days_to_renew(s, end) if road in _BY_AN_ACT else None
    safe = limits.safe if limits is not None else None
    if road == "by-one":
        own = {
            "kick-off": plan.kick_off,
            "decision": s.calendar.prev_workable(add_months(target, -3)),
            "vote": plan.vote,
        }
        own |= {"executory": plan.executory} if s.convention.act else {}
        last = {ACT: safe or s.calendar.prev_workable(target - timedelta(days=1))}
        steps = {**own, **last} if s.convention.renewal.who == s.convention.us else last
    else:
        steps = {
            "kick-off": plan.kick_off, "committee": plan.committee,
            "decision": s.calendar.prev_workable(add_months(target, -3)), "text-agreed": plan.text_agreed, "vote": plan.vote,
            "executory": plan.executory, "signatures": plan.signatures if safe is None else safe,
        }  # fmt: skip
    skipped: tuple[str, ...] = () if s.convention.act else ("vote", "executory")
    if parents.extended_to(s) is not None:  # the family prepared and voted it with the parent
        skipped = _OF_THE_FAMILY
    return {name: day for name, day in steps.items() if name not in skipped}


_OF_THE_FAMILY = ("kick-off", "committee", "text-agreed", "vote", "executory")


def _title(s: Situation, road: Way, name: str) -> Text:
    prefix, step = PREFIX[road], _TITLES[name]
    if name == "committee" and not any(duty.kind == "committee" or duty.prepares_renewal for duty in s.convention.duty):
        step = _BY_NO_COMMITTEE
    return Text(fr=f"{prefix.fr} : {step.fr}", en=f"{prefix.en}: {step.en}")


def _convocation(s: Situation, road: Way, vote: date, *, given_up: bool) -> Item:
    title, done = _title(s, road, "convocation"), s.done_on(key_of(SERIES, occasion(s), "convocation"))
    found = convocation_step(s, vote, SERIES, occasion(s), title=title, done=done)
    return found.model_copy(update={"state": _settled(s, found.state, given_up=given_up)})


def _settled(s: Situation, state: State, *, given_up: bool) -> State:
    if given_up and state is not State.DONE:
        return State.CANCELLED
    # Once it is over nothing can be renewed any more (C. civ. art. 1213).
    return State.ELAPSED if state is State.LATE and s.is_over else state


def _step(s: Situation, road: Way, name: str, day: date, end: date, *, given_up: bool) -> Item:
    done = s.done_on(key_of(SERIES, occasion(s), name)) or (_committee_held(s, end) if name == "committee" else None)
    if name == "decision" and (decision := decided(s)) is not None:
        done = decision.on
    target = _target(s, road, end)
    legal = end if name == "signatures" else target if name == ACT else None
    opens = opening(day, s.policy.leads_for("renewal").notice)
    state = _settled(s, state_of(s, opens_on=opens, last_day=legal or day, done_on=done), given_up=given_up)
    follow_on = s.last(FollowedBy) if name in _CARRIED_ON else None
    if follow_on is not None and done is None:
        state = State.CANCELLED  # the new convention has its own act to publish and its own signatures to gather
    return Item(
        series=SERIES, occurrence=occasion(s), step=name, settled_by=_SETTLED_BY.get(name, "done"),
        kind="renewal", title=_title(s, road, name), clause=clause_of(s),
        owed_by=_owed_by(s, road, name), owed_to=s.convention.together,
        opens_on=opens, legal_last_day=legal, safe_day=day, anchor=end, rule="renewal_plan",
        proof=_proof(s, road, name, day, end, legal),
        certainty=_certainty(s, name, end), state=state, done_on=done,
        responsible=(s.convention.coordinator,),
        informed=(s.convention.manager,) if name in ("decision", "vote", "signatures") else (),
        standing=_followed(s, name),
    )  # fmt: skip


_SETTLED_BY = {DECISION: "renewal-decided", ACT: "renewed"}


def _proof(s: Situation, road: Way, name: str, day: date, end: date, legal: date | None) -> Proof:  # noqa: PLR0917
    """The day to be ready for, then so many months before it: our own choice, on a day we work."""
    days = days_to_renew(s, end) if road in _BY_AN_ACT else None
    deadline, target = s.convention.renewal.deadline, _target(s, road, end)
    ready: Proof = (given(end, WANTED, ""),)
    if days is not None and deadline is not None:
        ready = *ready, *before_the_end(end, deadline, days, cited(s.convention.renewal.clauses))
    said = note(f"{_WHY[name]} le "), kept(target, "{}"), note(f", {_what(s, target, end)}")
    back = _MONTHS_BEFORE.get(name)
    if back is not None:
        sums = _months_before(s, target, back)
    elif name == "executory":
        vote = s.calendar.prev_workable(add_months(target, -1))
        sums = *_months_before(s, target, 1), *without_words(by_our_choice(vote, _EXECUTORY_DAYS, s.calendar))
    elif days is not None:
        sums = ()
    else:
        sums = eve(target), worked("prev_workable", target - timedelta(days=1), day, gives="")
    last = () if legal is None else (kept(legal, gives="legal"),)
    ours = "" if name == ACT and days is not None else " (choix de conduite)"
    return *ready, *said, *sums, *last, kept(day, f" → {{}}, jour ouvré{ours}", "safe")


_MONTHS_BEFORE = {"kick-off": 6, "committee": 4, "decision": 3, "text-agreed": 2, "vote": 1}
_EXECUTORY_DAYS = 7


def _months_before(s: Situation, target: date, number: int) -> Proof:
    due = add_months(target, -number)
    return months(target, -number, POLICY, due), worked("prev_workable", due, s.calendar.prev_workable(due), gives="")


def _certainty(s: Situation, name: str, end: date) -> Certainty:
    """The steps are ours; the last day of the act that one party takes is the text's."""
    if name != ACT:
        return Certainty.POLICY
    days = days_to_renew(s, end)
    return Certainty.CONTESTED if days is not None and days.contested else Certainty.CERTAIN


def _owed_by(s: Situation, road: Way, name: str) -> str:
    if road == "by-one":
        return s.convention.renewal.who or s.convention.us
    return s.convention.us if name in ("kick-off", "vote", "executory") else s.convention.together


def _what(s: Situation, target: date, end: date) -> str:
    said = deadline_in_words(s, end)
    if said and target != end:
        return f"dernier jour pour la renouveler ({said})"
    if end == s.natural_end:
        return "dernier jour en vigueur"
    return "fin si la dernière reconduction n’a pas lieu" if cut_in_doubt(s) else "fin au plus tard"


def decided(s: Situation) -> RenewalDecided | None:
    """Return what was decided about the present end, None while nothing was.

    A decision that led to an amendment of the end, or to the act that renews it, is used up: the new end calls for another one.
    """
    if s.is_tacit and s.natural_end is not None:
        return decided_about(s, s.natural_end)
    decision = s.latest(RenewalDecided)
    moved = max((*(end.signed for end in new_ends(s)), *s.renewed_on), default=None)
    return None if decision is None or (moved is not None and decision.on <= moved) else decision


def deciding_steps(s: Situation) -> tuple[str, ...]:
    """Return the keys of the steps that settle what follows the present end: the decision, then the vote that makes it good."""
    about = occasion(s)
    return tuple(key_of(SERIES, about, name) for name in ("decision", "vote")) if about else ()


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


def _with_the_parent(s: Situation, end: date) -> Item:
    """The one line of an annex that ends with its parent: shown, never chased; the parent's road leads to what comes next."""
    parent = s.convention.parent
    assert parent is not None  # noqa: S101 - it ends with its parent
    name = parent.reference or parent.cited_as
    decision = decided(s)
    given_up = decision is not None and decision.decision == "let-lapse"
    over = State.ELAPSED if s.today > end else State.RUNNING
    return Item(
        series=SERIES, occurrence=occasion(s), step=WITH_PARENT, kind="renewal", nature=Nature.RUNNING, settled_by=None,
        title=Text(
            fr=f"Renouvelée avec {name} : sa suite se prépare avec celle de sa convention mère",
            en=f"Renewed with {name}: what follows is prepared with its parent convention",
        ),
        clause=clause_of(s), owed_by=s.convention.together, owed_to=s.convention.together,
        legal_last_day=end, rule="renewal_plan",
        proof=(
            note("dernier jour de sa convention mère comme le sien : "), given(end, "parent", "le {}", "legal"),
            note(f" ; le renouvellement de {name} prépare aussi sa suite"),
        ),
        certainty=Certainty.POLICY, state=State.CANCELLED if given_up else over,
    )  # fmt: skip


def _committee_held(s: Situation, end: date) -> date | None:
    """Return the day of a meeting of the last year whose own clause says that it prepares the renewal."""
    preparing = {duty.id for duty in s.convention.duty if duty.prepares_renewal}
    held = [on for item, on in s.meetings_held.items() if series_of(item) in preparing and on > add_months(end, -12)]
    return held[0] if held else None
