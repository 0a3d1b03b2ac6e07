"""A litigation that opens or closes: at the door."""

from echeancier.domain.facts.litigation import LitigationClosed, LitigationOpened
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs


@check
def check_litigation_opened(case: CheckContext, fact: LitigationOpened) -> None:
    """Refuse a second litigation while one is open: one hold is enough, its end must be unambiguous."""
    if case.s.in_litigation:
        since = case.s.of(LitigationOpened)[-1][1].on
        raise refusal(
            f"un contentieux est déjà ouvert depuis le {fr(since)} : il suspend déjà la destruction. "
            f"N’enregistrer "
            "litigation-closed que lorsque tous sont finis.",
            f"a litigation is already open since {en(since)}: destruction is already suspended. Record "
            f"litigation-closed "
            "only once all are over.",
        )
    del fact


@check
def check_litigation_closed(case: CheckContext, fact: LitigationClosed) -> None:
    """Refuse the end of a litigation that is not open, or before it began."""
    if not case.s.in_litigation:
        raise refusal(
            "aucun contentieux n’est ouvert : enregistrer d’abord litigation-opened.",
            "no litigation is open: record litigation-opened first.",
        )
    since = case.s.of(LitigationOpened)[-1][1].on
    if fact.on < since:
        raise refusal(
            f"le contentieux a commencé le {fr(since)} ; il ne peut pas finir le {fr(fact.on)}.",
            f"the litigation began on {en(since)}; it cannot end on {en(fact.on)}.",
        )


@hangs
def closing_hangs(fact: LitigationClosed, change: Change) -> bool:  # noqa: ARG001 - they are counted
    """Each litigation closed hangs on one that was opened."""
    return len(change.after.of(LitigationOpened)) < len(change.after.of(LitigationClosed))
