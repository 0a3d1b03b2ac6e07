"""What links a convention to the one it follows, decided from the dossier of the former one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from echeancier.domain.afterwards.follow_on import followed_by
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import FollowedBy
from echeancier.domain.terms.convention import Convention


def taken_by(former: Dossier, new: Convention) -> str | None:
    """Return the reference of another convention that already follows, None when the place is free."""
    known = followed_by(situation(former.convention, tuple(former.facts), former.registered_at).records)
    return known if known not in ("", new.reference) else None


def to_record(former: Dossier, new: Convention, now: datetime) -> FollowedBy | None:
    """Return the fact that names the new convention in the former one's file, None when that file takes no more facts."""
    known = followed_by(situation(former.convention, tuple(former.facts), now).records)
    if former.closed_at is not None or former.withdrawn is not None or known == new.reference:
        return None
    day = now.astimezone(ZoneInfo(former.convention.place.time_zone)).date()
    return FollowedBy(on=day, reference=new.reference)


def link_request(new: Convention) -> str:
    """Return the name of the request that links them: asked twice, it is recorded once."""
    return f"followed-by-{new.reference}"
