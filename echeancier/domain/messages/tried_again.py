"""When a mail that did not leave is handed over again, and when no more: put off, cut short, held, refused in a row, replaced."""

from datetime import datetime, timedelta

from echeancier.domain.agenda.items import SETTLED
from echeancier.domain.facts.dossier import Message
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.policy import RANKS

WAITS = (timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
"""Waits after the first tries (greylisting wants at least five minutes); then once a day."""

PATIENCE = timedelta(days=5)
"""As long as that the relay may put off one recipient; then the message counts as refused, and somebody is told."""

MOST_UNKNOWN = 2
"""Copies whose acceptance nobody knows: then a person is asked, rather than a third one sent."""

AFTER_UNKNOWN = timedelta(minutes=10)
"""How long after the first of them the second one leaves: a relay that scans, or is restarted, has settled by then."""

MOST_CUTS = 9
"""Rounds cut short before anything left (a full disk, an engine that does not answer): about five days of them."""


def retries(ctx: Context) -> tuple[str, ...]:
    """Return the ids of messages to hand to the relay now, oldest first; the mail of the day is tried by its own round."""
    row = ctx.outbox.refused_in_a_row
    return tuple(m.id for m in ctx.outbox.unsettled if not m.mail and (m.id in row or _is_due(ctx, m)))


def _is_due(ctx: Context, message: Message) -> bool:
    if message.status == "deferred" and message.stored:
        return ctx.may_send and not ctx.policy.sending_stopped
    return (due := due_at(message)) is not None and due <= ctx.now


def due_at(message: Message) -> datetime | None:
    """Return when a message is to be handed to the relay (again), None when nothing more is to be tried."""
    if message.status == "to-send":  # a try was cut short
        days = timedelta(days=max(0, message.cuts - len(WAITS)))
        return (message.next_try or message.at) + sum(WAITS[: message.cuts], days)
    return message.next_try if message.status == "deferred" else None


def next_try_after(written_at: datetime, tries: int, now: datetime, *, ours: bool = False) -> datetime | None:
    """Return when to try a put-off message again after ``tries`` tries, None when our patience is over.

    A relay that takes nothing from us (`ours`) says nothing of a recipient: the message waits for as long as it may leave.
    """
    again = now + (WAITS[tries - 1] if 0 < tries <= len(WAITS) else timedelta(days=1))
    return again if ours or again - written_at <= PATIENCE else None


def fallen(ctx: Context) -> tuple[str, ...]:
    """Return the ids of unsent calls for something that is done by now, or over: nobody is reminded of that.

    What else they told is said anew. One that may have arrived already is left as it is: its rest would be said twice.
    Of what no longer stands at all, a message of its own tells.
    """
    return tuple(
        m.id
        for m in ctx.outbox.unsettled
        if m.waits and not m.mail and not m.unknown
        and any(told.stage in RANKS and _is_moot(ctx, told.about) for told in m.told)
    )  # fmt: skip


def _is_moot(ctx: Context, about: str) -> bool:
    item = ctx.items.get(about)
    return item is not None and item.state in SETTLED


def superseded(ctx: Context, new: tuple[Message, ...]) -> tuple[str, ...]:
    """Return the ids of unsent meeting revisions that a newer one replaces: an old one must never arrive after it."""
    newest: dict[str, int] = {}
    for message in (*ctx.outbox.of_meetings, *new):
        if message.meeting is not None:
            uid = message.meeting.uid
            newest[uid] = max(newest.get(uid, 0), message.meeting.sequence)
    return tuple(
        m.id
        for m in ctx.outbox.of_meetings
        if m.meeting is not None and m.waits and m.meeting.sequence < newest[m.meeting.uid]
    )
