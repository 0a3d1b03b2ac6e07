"""A line of a digest: the thing, its day, who owes it, the form that settles it; and the lines that say the same as one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from echeancier.domain.agenda.item_row import side
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.short_titles import short_title
from echeancier.domain.attention.reminder_stages import due_stage
from echeancier.domain.dates.words import hour, in_words
from echeancier.domain.messages import compose
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import About, DeskForm, DigestLine, SectionName
from echeancier.domain.model import Text
from echeancier.domain.overview.digest_readers import Share
from echeancier.domain.standing.people import recipient
from echeancier.domain.typography import NBSP

AHEAD: Final = timedelta(days=30)
"""How far the digest looks for what is simply due."""

MOST_ASKING: Final = 3
"""Conventions whose questions have a line each; those of more have one together."""

LATE: Final = frozenset({State.LATE, State.MISSED})


@dataclass(frozen=True)
class DigestSpan:
    """What one digest looks at.

    Attributes:
        today: the local day it is written for.
        before: the day of the one before: what began to stand on it or after it is new.
        until: the last day of what is to be done before the next one, or of the month it tells.
        in_full: reference and name of what the same mail asks in its own words.
    """

    today: date
    before: date
    until: date
    in_full: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Found:
    """A line and where it stands.

    Attributes:
        sort: the day it is sorted by.
        new: the digest before did not tell it.
        questions: how many wait, of a line about questions.
    """

    section: SectionName
    sort: date
    line: DigestLine
    new: bool = True
    questions: int = 0


def line_of(share: Share, item: Item, span: DigestSpan, *, more: int = 0) -> DigestLine:
    """Return the line of an item; what the reader's own side owes is said without a name.

    Args:
        share: its convention, and the roles of the reader.
        item: of its agenda.
        span: of the digest.
        more: of the same series, how many more are late.
    """
    ctx = share.ctx
    owing = ctx.s.convention.named_by(item.owed_by)
    name = side(ctx.s, item.owed_by).short
    day, last = day_of(item), item.legal_last_day
    still = day is not None and day < span.today and last is not None and last >= span.today
    return DigestLine(
        of=(about_item(share, item),),
        what=short_title(ctx.s, item),
        day=None if still else last if item.state in LATE and last is not None else day,
        who=None if share.parties & set(owing) or not name else Text(fr=name, en=name),
        then=_allowed_until(last, span.today) if still and last is not None else _at_the_latest(ctx, item),
        more=more,
    )


def about_item(share: Share, item: Item) -> About:
    """Return of which item a line speaks, with what its reader may record of it."""
    s, role = share.ctx.s, share.role
    his = recipient(s, role).role if share.roles else ""
    due = due_stage(s, item)
    missed = item.traits.is_meeting and item.state in LATE
    told = compose.line(s, item, "held" if missed else "now" if due is None else due.stage, role)
    return About(reference=s.convention.reference, item=item.key, role=his, line=told)


def _allowed_until(last: date, today: date) -> Text:
    """The day to act by is over, the last day is not: the thing is to be done at once, and that day is said."""
    return Text(
        fr=f"permis jusqu’au {short_day(last, today, 'fr')}", en=f"allowed until {short_day(last, today, 'en')}"
    )


def _at_the_latest(ctx: Context, item: Item) -> Text | None:
    """The hour of the last day, where hours count."""
    if item.legal_last_instant is None:
        return None
    local = item.legal_last_instant.astimezone(ctx.s.zone)
    return Text(fr=f"à {hour(local)} au plus tard", en=f"by {hour(local, 'en')}")


def short_day(day: date, today: date, language: str, *, weekday: bool = False) -> str:
    """Return « vendredi 30 juin »; with its year where it is not that of today."""
    words = in_words(day, language, weekday=weekday)
    return words if day.year != today.year else words.rpartition(NBSP)[0]


def day_of(item: Item) -> date | None:
    """Return the day to act by: that of an arranged meeting, else the safe day."""
    return item.meeting_at.date() if item.meeting_at is not None else item.safe_day or item.legal_last_day


def was_due(item: Item) -> date:
    """Return the last day of what is late."""
    return item.legal_last_day or item.safe_day or date.min


def about(ctx: Context, name: str, form: DeskForm | None) -> tuple[About, ...]:
    """Return of what a line speaks that is no dated thing."""
    return (About(reference=ctx.agenda.reference, item=name, form=form),)


def _order(found: Found) -> tuple[int, str, str]:
    of = found.line.of[0]
    return found.sort.toordinal() * (-1 if found.section == "late" else 1), of.reference, of.item


def grouped(found: Iterable[Found]) -> list[Found]:
    """Return the lines by day (of what is late, the last first), each thing once.

    Those that say the same of the same day in several conventions are one; so is an address that refuses, since the first day.
    """
    seen: set[tuple[str, str]] = set()
    groups: dict[tuple[object, ...], Found] = {}
    for one in sorted(found, key=_order):
        line, of = one.line, one.line.of[0]
        if (of.reference, of.item) in seen:
            continue
        seen.add((of.reference, of.item))
        alone = of.reference if one.section == "questions" else ""
        same = (
            one.section,
            alone,
            line.what.fr,
            None if one.section == "mails" else line.day,
            line.who and line.who.fr,
            line.then and line.then.fr,
            line.why,
        )
        if (first := groups.get(same)) is None:
            groups[same] = one
            continue
        both = first.line.model_copy(update={"of": (*first.line.of, of), "more": first.line.more + line.more})
        groups[same] = replace(first, line=both, new=first.new or one.new)
    return _with_few_of_questions(list(groups.values()))


def _with_few_of_questions(found: list[Found]) -> list[Found]:
    """Return the lines with those about questions as one, where many conventions have some."""
    asking = [one for one in found if one.section == "questions"]
    if len(asking) <= MOST_ASKING:
        return found
    line = DigestLine(
        of=tuple(about for one in asking for about in one.line.of), what=waiting(sum(one.questions for one in asking))
    )
    return [*(one for one in found if one.section != "questions"), replace(asking[0], line=line)]


def waiting(questions: int) -> Text:
    """Return « 3 questions attendent une réponse »."""
    if questions == 1:
        return Text(fr="une question attend une réponse", en="a question waits for an answer")
    return Text(fr=f"{questions} questions attendent une réponse", en=f"{questions} questions wait for an answer")
