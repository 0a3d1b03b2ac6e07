"""What may come after the term: an amendment, the same terms again, the parent's own extension, or a new convention."""

from typing import Literal

from domain import facts as f
from domain import parents
from domain.convention import Clause
from domain.items import Warning
from domain.model import Text
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.words import figures

Way = Literal["new-convention", "replaced", "amendment", "same-terms", "with-parent", "none"]
"""``replaced``: an amendment would be the text's way, but the text itself forbids another one."""

PREFIX = {
    "new-convention": Text(fr="Renouvellement", en="Renewal"),
    "replaced": Text(fr="Nouvelle convention", en="New convention"),
    "amendment": Text(fr="Renouvellement par avenant", en="Renewal by amendment"),
    "same-terms": Text(fr="Reconduction aux mêmes conditions", en="Renewal on the same terms"),
    "with-parent": Text(fr="Reconduction avec la convention mère", en="Renewal with the parent"),
}


def way(s: Situation) -> Way:
    """Return the way the text leaves open at the natural end."""
    rule = s.convention.renewal
    if cap_reached(s):
        return "replaced"
    if rule.how == "amendment":
        return "replaced" if _used(s) else "amendment"
    if rule.how == "with-parent":
        return "with-parent" if parents.extended_to(s) is not None else "none"
    return "same-terms" if rule.how == "same-terms" else "new-convention"


def lives_with_its_parent(s: Situation) -> bool:
    """Whether it is an annex that ends with a parent we know and has no renewal clause of its own.

    Nobody prepares here the renewal of a parent that is not on file: its annex keeps its own road.
    """
    term, parent = s.convention.term, s.convention.parent
    on_file = parent is not None and parent.reference is not None and not parents.cites_another(s)
    tied = on_file and (term.within_parent or term.with_parent)
    return tied and s.convention.renewal.how == "not-provided" and s.natural_end == s.parent_end


def cap_reached(s: Situation) -> bool:
    """Whether no amendment may carry the convention beyond its present end."""
    return s.cap is not None and s.natural_end is not None and s.cap <= s.natural_end


def _used(s: Situation) -> bool:
    times = s.convention.renewal.times
    return times is not None and sum(fact.ends_on is not None for _, fact in s.of(f.Amended)) >= times


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
                fr=f"Le texte plafonne la durée au {figures(end)} : aucun avenant ne peut aller au-delà, il faut une "
                "nouvelle convention.",
                en=f"The text caps the term at {end}: no amendment may go beyond it; a new convention is needed.",
            ),
            clause=s.clause(s.convention.term.clauses),
        )
    elif rule.how == "amendment" and _used(s):
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
    if rule.how == "not-provided":
        yield Warning(
            id="no-tacit-renewal",
            text=Text(
                fr=f"Aucune clause ne renouvelle la convention : sans nouvel acte voté et signé, elle s’éteint le "
                f"{figures(end)} à minuit.",
                en=f"No clause renews this convention: without a new act, voted and signed, it lapses on {end} at midnight.",
            ),
            clause=clause_of(s),
        )
