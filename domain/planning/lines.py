"""An item as a line of a message."""

from datetime import UTC, date

from domain.contacts import people
from domain.items import Item
from domain.links.sayable import acts_of
from domain.messages import Line
from domain.model import Text
from domain.procedures.meeting import MEETINGS, proposal
from domain.procedures.shape import side_name
from domain.situation import Situation


def line(s: Situation, item: Item, stage: str, reader: str, *, former_day: date | None = None) -> Line:
    """Return an item as told to a reader (a role) at a stage."""
    mine = s.convention.roles[reader].party
    language = s.convention.roles[reader].language
    return Line(
        item=item.key,
        kind=item.kind,
        stage=stage,  # type: ignore[arg-type]
        title=item.title,
        article=item.clause.article,
        says=s.once("says", item.key, item, lambda: says(item)),
        who=side_name(s, item.owed_by, language),
        to_whom=side_name(s, item.owed_to, language),
        ours=item.owed_by in ("both", mine),
        legal_last_day=item.legal_last_day,
        safe_day=item.safe_day,
        legal_last_instant=item.legal_last_instant,
        certainty=item.certainty.value,
        rule=item.rule,
        trace=item.trace,
        quota=item.quota_en if language == "en" else item.quota,
        standing=item.standing,
        former_day=former_day,
        proposed=proposal(s, item)
        if item.kind in MEETINGS and item.meeting_at is None and item.done_on is None
        else None,
        meeting_at=item.meeting_at,
        acts=acts_of(s, item, reader),
        hours_left=_hours_left(s, item),
        tell=_to_tell(s, item) if mine == item.owed_by else (),
    )


def _hours_left(s: Situation, item: Item) -> int | None:
    if item.legal_last_instant is None:
        return None
    left = item.legal_last_instant.astimezone(UTC) - s.now.astimezone(UTC)
    return max(0, int(left.total_seconds() // 3600))


def _to_tell(s: Situation, item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((person.function, person.address) for person in people(s, item.tell))


def says(item: Item) -> Text:
    """Return what the clause says, in both languages."""
    return Text(fr=item.clause.says, en=item.clause.says_en or item.clause.says)
