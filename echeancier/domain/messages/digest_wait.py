"""What is no hurry waits for the morning on which its reader's digest leaves: whoever reads one each week lives on it."""

from datetime import date, datetime, timedelta
from typing import Final

from echeancier.domain.attention.stake import is_hard
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.letter_news import LetterNews
from echeancier.domain.messages.mail_kind import Draft
from echeancier.domain.messages.order import Line
from echeancier.domain.standing.when_mail_may_leave import morning
from echeancier.domain.terms.policy import AFTER_A_MEETING, RANKS

_LATE: Final = RANKS["last-call"]
"""From this stage on a call leaves on its own day."""

_ROOM: Final = timedelta(days=4)
"""Days that must be left between that morning and the day to act by: the last call has its own."""

_SOFT_ROOM: Final = timedelta(days=2)
"""The same where nothing is lost by a day's delay: there is no other call."""


def waits_until(ctx: Context, one: Draft) -> datetime | None:
    """Return the instant of the digest morning for which a part of the mail of the day waits, None when it leaves today.

    Only for the people of our own side who read a digest each week, and on no digest morning.
    """
    if not one.mail.may_wait or not _reads_each_week(ctx, one.message.role):
        return None
    today = ctx.s.today
    day = _digest_morning(ctx, today - timedelta(days=7))
    while day < today:
        day = _digest_morning(ctx, day)
    calm = all(_can_wait(ctx, line, day) for line in one.order.lines)
    if day == today or not calm or not all(_is_far(letter, day) for letter in one.order.letters):
        return None
    return morning(ctx.s, day)


def _reads_each_week(ctx: Context, role: str) -> bool:
    c = ctx.s.convention
    if role not in c.roles or c.roles[role].party != c.us:
        return False
    return (c.roles[role].digest or c.digest or ctx.policy.digest_ours) == "weekly"


def _digest_morning(ctx: Context, after: date) -> date:
    """The first digest morning after a day: the weekday of the digest, or the next day that is worked."""
    ahead = (ctx.policy.digest_weekday - after.weekday() - 1) % 7 + 1
    wanted = after + timedelta(days=ahead)
    found = ctx.s.calendar.next_workable(wanted)
    before = ctx.s.calendar.next_workable(wanted - timedelta(days=7))
    return before if before > after else found


def _can_wait(ctx: Context, line: Line, until: date) -> bool:
    day = min((one for one in (line.safe_day, line.legal_last_day) if one is not None), default=date.max)
    called = line.stage in AFTER_A_MEETING or RANKS.get(line.stage, -1) >= _LATE
    return not called and line.legal_last_instant is None and (line.stage == "past" or day - until >= _room(ctx, line))


def _room(ctx: Context, line: Line) -> timedelta:
    item = ctx.agenda.item(line.item)
    return _ROOM if item is None or is_hard(ctx.s, item) else _SOFT_ROOM


def _is_far(letter: LetterNews, until: date) -> bool:
    """A draft to read may wait, while there is time to post it; that a letter was validated, or is a draft again, may not."""
    return letter.state == "draft" and (letter.by is None or letter.by - until >= _ROOM)
