"""What a convention tells whoever owes or hears of some of it, and does not follow the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from echeancier.domain.agenda.items import TO_DO, Item
from echeancier.domain.attention.reminder_stages import due_stage, stages
from echeancier.domain.attention.ways import place_of, way
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import SectionName
from echeancier.domain.overview.digest_lines import AHEAD, LATE, DigestSpan, Found, day_of, line_of, was_due
from echeancier.domain.overview.digest_readers import Share


@dataclass
class _Series:
    """What is late of one series: its last one, and how many before it."""

    last: Found
    older: int = 0


def concerned(share: Share, span: DigestSpan) -> Iterator[Found]:
    """Yield the lines of a convention for the roles of a reader: what they owe, and what they are told beside."""
    late: dict[str, _Series] = {}
    for item in share.ctx.agenda.items:
        found = _found(share, item, span)
        if found is None:
            continue
        if found.section == "late":
            before = late.get(item.series)
            late[item.series] = _Series(found, 0 if before is None else before.older + 1)
        else:
            yield found
    for one in late.values():
        yield replace(one.last, line=one.last.line.model_copy(update={"more": one.older}))


def _found(share: Share, item: Item, span: DigestSpan) -> Found | None:
    ctx, day = share.ctx, day_of(item)
    places = {place_of(ctx.s, item, role) for role in share.roles}
    owes = "owes" in places
    if not (owes or "informed" in places) or item.state not in TO_DO or not _is_spoken_of(ctx, item):
        return None
    if day is None or day > max(span.until, span.today + AHEAD):
        return None
    line = line_of(share, item, span)
    late = item.state in LATE
    if not owes:
        # Told once: by the digest whose week, or whose month, it falls in; and by the next one when it is late.
        told_now = was_due(item) >= span.before if late else span.today <= day <= span.until
        return Found("know", day, line) if told_now else None
    section: SectionName = "late" if late else "week" if day <= span.until else "ahead"
    return Found(section, day, line, new=_is_new(share, item, span, section))


def _is_new(share: Share, item: Item, span: DigestSpan, section: SectionName) -> bool:
    """Whether what somebody owes is worth a digest.

    Once a month what falls in it, or became late; else, when it is announced, what no mail of the day tells.
    """
    if share.every == "monthly":
        return section == "week" or (section == "late" and was_due(item) >= span.before)
    due = due_stage(share.ctx.s, item)
    if due is None or due.at.date() < span.before:
        return False
    return any(way(share.ctx.s, item, role, due.stage).way == "know" for role in share.roles)


def _is_spoken_of(ctx: Context, item: Item) -> bool:
    """Whether its people may hear of it: not before their convention is operational, nor of a meeting without its date."""
    if item.traits.is_meeting and item.meeting_at is None:
        return False
    opened = ctx.s.operational_from is not None and ctx.s.today >= ctx.s.operational_from
    return (opened or item.traits.precedes_duties) and next(stages(ctx.s, item), None) is not None
