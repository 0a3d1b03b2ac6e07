"""From the face of a convention to the search attributes to publish: only what changed."""

from datetime import UTC, date, datetime, time
from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from echeancier.domain.messages.search import Attributes
from workflows import search_attributes as sa

_WORDS: tuple[tuple[SearchAttributeKey[str], str], ...] = (
    (sa.CONVENTION_STATUS, "status"),
    (sa.CONVENTION_KIND, "kind"),
    (sa.PARTNER, "partner"),
    (sa.SERVICE, "service"),
    (sa.PARENT_REFERENCE, "parent"),
    (sa.FOLLOWS_REFERENCE, "follows"),
    (sa.LAST_INSTANT, "last_instant"),
)
_DAYS: tuple[tuple[SearchAttributeKey[datetime], str], ...] = (
    (sa.END_OF_TERM, "end_of_term"),
    (sa.NEXT_POSTING_DAY, "next_posting_day"),
    (sa.NEXT_SAFE_DAY, "next_safe_day"),
)


def changes(before: Attributes | None, face: Attributes) -> list[SearchAttributeUpdate[Any]]:
    """Return what differs between the face last published (None: nothing yet) and the one of now."""
    found: list[SearchAttributeUpdate[Any]] = []
    for word, name in _WORDS:
        text: str = getattr(face, name)
        if text != (getattr(before, name) if before is not None else ""):
            found.append(word.value_set(text))
    for key, name in _DAYS:
        day: date | None = getattr(face, name)
        former: date | None = getattr(before, name) if before is not None else None
        if day != former:
            found.append(key.value_set(_instant(day)) if day is not None else key.value_unset())
    if before is None or before.has_alert != face.has_alert:
        found.append(sa.HAS_ALERT.value_set(face.has_alert))
    # Not published until it is true: most conventions never renew themselves.
    if face.renews_itself != (before is not None and before.renews_itself):
        found.append(sa.RENEWS_ITSELF.value_set(face.renews_itself))
    return found


def _instant(day: date) -> datetime:
    """A day is published as midnight UTC, whatever the place: it is read back as a day."""
    return datetime.combine(day, time(0), tzinfo=UTC)


def crosses_a_boundary(before: Attributes | None, face: Attributes) -> bool:
    """Whether the convention just came into force or just ended: a good place to begin a new run."""
    return before is not None and before.status != face.status and face.status in ("in-force", "ended")
