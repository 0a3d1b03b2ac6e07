"""Invitations: what the guests were last told against what is true now; every difference is a new revision."""

import hashlib
from datetime import date, datetime, timedelta

from domain.contacts import people
from domain.dossier import MeetingRevision, Told
from domain.facts import MeetingCancelled
from domain.items import Item, State
from domain.messages import Guest, MeetingNotice, MessageKind, Recipient
from domain.model import Text
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.procedures.meeting import MEETINGS, Arrangement, arrangement, preferences_of

_NOT_HELD = frozenset({State.DONE, State.CANCELLED, State.SUSPENDED, State.NOT_DUE})
"""States in which a date still to come will not be kept (a meeting recorded as held was held on another day)."""


def invitations(ctx: Context) -> list[Draft]:
    """Return the messages of every meeting whose last revision no longer says what is true."""
    if not ctx.may_send:
        return []
    drafts: list[Draft] = []
    for item in ctx.agenda.items:
        if item.kind in MEETINGS:
            drafts += _for_item(ctx, item)
    return [*drafts, *_of_items_that_left(ctx)]


def uid_of(ctx: Context, item: str) -> str:
    """Return the meeting's identifier: opaque, without any date, the same for its whole life."""
    seed = f"{ctx.dossier.convention.reference}\x1f{item}\x1f{ctx.dossier.registered_at.isoformat()}"
    mark = hashlib.sha256(seed.encode()).hexdigest()
    return f"{mark[:8]}-{mark[8:12]}-{mark[12:16]}-{mark[16:20]}-{mark[20:32]}"


def guests_of(ctx: Context, item: Item) -> tuple[Recipient, ...]:
    """Return the people invited: the coordinator first, who chairs, then those the preferences name, else those who owe it."""
    prefs = preferences_of(ctx.s, item.key)
    return people(ctx.s, (ctx.s.convention.coordinator, *(prefs.invite or item.responsible)))


def _for_item(ctx: Context, item: Item) -> list[Draft]:
    fixed = arrangement(ctx.s, item.key)
    last = ctx.last_revision(uid_of(ctx, item.key))
    if fixed is None or item.state in _NOT_HELD or _is_after_an_early_end(ctx, fixed):
        return _cancel(ctx, item.title, last)
    return _request(ctx, item, fixed, last) if fixed.starts_at > ctx.now else []


def _is_after_an_early_end(ctx: Context, fixed: Arrangement) -> bool:
    end = ctx.agenda.ends_on
    return ctx.s.ended_early and end is not None and fixed.starts_at.date() > end


def _of_items_that_left(ctx: Context) -> list[Draft]:
    """A meeting whose item left the agenda (the convention ended first) is cancelled too."""
    left = {
        m.meeting.item: m.meeting
        for m in ctx.dossier.outbox
        if m.meeting is not None and m.meeting.item not in ctx.items
    }
    drafts: list[Draft] = []
    for key, revision in left.items():
        drafts += _cancel(ctx, _title(ctx, key), ctx.last_revision(revision.uid))
    return drafts


def cancel_all(ctx: Context) -> list[Draft]:
    """Cancel every meeting to come: the convention was registered by mistake."""
    if not ctx.may_send:
        return []
    known = {m.meeting.uid: m.meeting for m in ctx.dossier.outbox if m.meeting is not None}
    return [d for uid, r in known.items() for d in _cancel(ctx, _title(ctx, r.item), ctx.last_revision(uid))]


def _title(ctx: Context, key: str) -> Text:
    duty = next((d for d in ctx.s.convention.duty if d.id == key.split("/", maxsplit=1)[0]), None)
    return Text(fr=duty.title, en=duty.title_en) if duty else Text(fr="Rencontre", en="Meeting")


def _stamp(ctx: Context, last: MeetingRevision | None) -> datetime:
    """Return the instant of a new revision: now, and strictly after the former one."""
    now = ctx.now.replace(microsecond=0)
    return now if last is None else max(now, last.dtstamp + timedelta(seconds=1))


def _request(ctx: Context, item: Item, fixed: Arrangement, last: MeetingRevision | None) -> list[Draft]:
    guests = guests_of(ctx, item)
    revision = MeetingRevision(
        item=item.key, uid=uid_of(ctx, item.key), sequence=0 if last is None else last.sequence + 1,
        dtstamp=_stamp(ctx, last), method="REQUEST", starts_at=fixed.starts_at, minutes=fixed.minutes,
        place=fixed.place, video_link=fixed.video_link, guests=tuple(g.address for g in guests),
    )  # fmt: skip
    if last is None or last.method == "CANCEL":
        return [
            _draft(ctx, guest, "invitation", revision, _notice(ctx, revision, item.title, None))
            for guest in guests
        ]
    if revision.says_the_same_as(last):
        return []
    if revision.says_the_same_as(last.model_copy(update={"guests": revision.guests})):
        return _other_guests(ctx, item, guests, revision.model_copy(update={"sequence": last.sequence}), last)
    notice = _notice(ctx, revision, item.title, last)
    return [
        *(_draft(ctx, guest, "meeting-moved", revision, notice) for guest in guests),
        *_removed(ctx, last, revision),
    ]


def _other_guests(
    ctx: Context, item: Item, guests: tuple[Recipient, ...], revision: MeetingRevision, last: MeetingRevision
) -> list[Draft]:
    """Only the guests differ: the new ones are invited, the former ones cancelled, whoever chairs gets the list.

    The others keep their invitation: it has the same number, so it is not replaced, only followed (RFC 5546 §3.2.2).
    """
    notice = _notice(ctx, revision, item.title, None)
    drafts = [_draft(ctx, g, "invitation", revision, notice) for g in guests if g.address not in last.guests]
    chair = guests[0]
    if chair.address in last.guests:
        drafts.append(_draft(ctx, chair, "meeting-moved", revision, notice))
    return [*drafts, *_removed(ctx, last, revision)]


def _removed(ctx: Context, last: MeetingRevision, new: MeetingRevision) -> list[Draft]:
    """Somebody no longer invited gets a cancellation of his own (RFC 5546 §3.2.5)."""
    gone = [address for address in last.guests if address not in new.guests]
    revision = new.model_copy(update={"method": "CANCEL", "guests": tuple(gone)})
    notice = _notice(ctx, revision, ctx.items[new.item].title, None)
    former = [person for address in gone if (person := ctx.person(address)) is not None]
    return [_draft(ctx, person, "meeting-cancelled", revision, notice) for person in former]


def _cancel(ctx: Context, title: Text, last: MeetingRevision | None) -> list[Draft]:
    if last is None or last.method == "CANCEL" or last.starts_at <= ctx.now:
        return []
    revision = last.model_copy(
        update={"method": "CANCEL", "sequence": last.sequence + 1, "dtstamp": _stamp(ctx, last)}
    )
    notice = _notice(ctx, revision, title, None)
    guests = [person for address in last.guests if (person := ctx.person(address)) is not None]
    return [_draft(ctx, person, "meeting-cancelled", revision, notice) for person in guests]


def _notice(
    ctx: Context, revision: MeetingRevision, title: Text, moved_from: MeetingRevision | None
) -> MeetingNotice:
    guests = [person for address in revision.guests if (person := ctx.person(address)) is not None]
    chair = ctx.s.convention.roles[ctx.s.convention.coordinator].address.casefold()
    moved = moved_from is not None and moved_from.starts_at != revision.starts_at
    return MeetingNotice(
        item=revision.item, uid=revision.uid, sequence=revision.sequence, dtstamp=revision.dtstamp,
        method=revision.method, title=title, starts_at=revision.starts_at, minutes=revision.minutes,
        time_zone=ctx.s.convention.place.time_zone, place=revision.place, video_link=revision.video_link,
        guests=tuple(
            Guest(function=guest.function, address=guest.address, chairs=guest.address.casefold() == chair)
            for guest in guests
        ),
        previous_start=moved_from.starts_at if moved_from is not None and moved else None,
        reason=_reason(ctx, revision.item) if revision.method == "CANCEL" else "",
        next_dates=_next_dates(ctx, revision),
    )  # fmt: skip


def _reason(ctx: Context, key: str) -> str:
    cancelled = [f.reason for _, f in ctx.s.of(MeetingCancelled) if f.item == key and f.reason]
    return cancelled[-1] if cancelled else ""


def _next_dates(ctx: Context, revision: MeetingRevision) -> tuple[date, ...]:
    same = [
        i.safe_day for i in ctx.agenda.items
        if i.key.split("/")[0] == revision.item.split("/")[0] and i.key != revision.item
        and i.safe_day is not None and i.safe_day > revision.starts_at.date()
    ]  # fmt: skip
    return tuple(sorted(same)[:3])


def _draft(
    ctx: Context, to: Recipient, kind: MessageKind, revision: MeetingRevision, notice: MeetingNotice
) -> Draft:
    told = [Told(about=f"meeting/{revision.item}", stage=f"{revision.method}-{revision.sequence}")]
    content = Content(
        kind, meeting=notice, told=told, others=[g.function for g in notice.guests], revision=revision
    )
    return draft(ctx, to, content, ctx.slot)
