"""What would be left hanging if a fact went away or changed: the facts that were accepted because of it."""

from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording.check_context import HANGS, Change
from echeancier.domain.standing.situation import Situation


def orphans(gone: Recorded, before: Situation, after: Situation) -> tuple[str, ...]:
    """Return the ids of the facts that hold with ``gone`` and no longer hold without it, in recording order.

    What each kind hangs on stands beside its check. ``after`` lacks ``gone``, or has its corrected version.
    """
    change = Change(gone, before, after)
    kept = [r for r in after.records if r.id != gone.id and type(r.fact) in HANGS]
    return tuple(r.id for r in kept if HANGS[type(r.fact)](r.fact, change))
