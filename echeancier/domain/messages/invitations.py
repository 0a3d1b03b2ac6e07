"""Invitations.

What the guests were last told against what is true now; every difference is a new revision, put into an order here.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from echeancier.domain.agenda.items import TO_DO, Item, State
from echeancier.domain.agenda.meetings import Arrangement, arrangement, chair_of, is_after_the_end, preferences_of
from echeancier.domain.dates.words import moment
from echeancier.domain.facts.dossier import MeetingRevision, Told
from echeancier.domain.facts.meetings import MeetingCancelled, MeetingHeld
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.letters.committee_file import pack_of
from echeancier.domain.messages.age import AGE
from echeancier.domain.messages.compose import line
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.enclosures import Enclosure, packed
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.offers import Offer, answers
from echeancier.domain.messages.order import Change, Guest, Line, MeetingNotice, MessageOrder, Reason
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.people import Recipient, people, recipient
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.when_mail_may_leave import next_slot
from echeancier.domain.typography import NBSP


def notice_of(
    ctx: Context,
    revision: MeetingRevision,
    title: Text,
    changed: tuple[Change, ...],
    moved_from: datetime | None = None,
) -> MeetingNotice:
    """Return a revision as its guests are told of it.

    Args:
        ctx: the dossier at this instant.
        revision: what is true now.
        title: of the meeting.
        changed: what the revision changes.
        moved_from: when it was to start, if that changed.
    """
    guests = [person for address in revision.guests if (person := ctx.person(address)) is not None]
    chair = recipient(ctx.s, chair_of(ctx.s, revision.item), revision.starts_at.date()).address.casefold()
    wanted = preferences_of(ctx.s, revision.item)
    return MeetingNotice(
        item=revision.item, uid=revision.uid, sequence=revision.sequence, dtstamp=revision.dtstamp,
        method=revision.method, title=title, starts_at=revision.starts_at, minutes=revision.minutes,
        time_zone=ctx.s.convention.place.time_zone, place=revision.place, video_link=revision.video_link,
        guests=tuple(
            Guest(function=guest.function, address=guest.address, chairs=guest.address.casefold() == chair)
            for guest in guests
        ),
        topics=wanted.spoken_of, indicators=wanted.looked_at,
        previous_start=moved_from, next_dates=_next_dates(ctx, revision), changed=changed,
    )  # fmt: skip


def reason_given(ctx: Context, key: str) -> str:
    """Return why it was called off, in the words of whoever recorded it."""
    cancelled = [f.reason for _, f in ctx.s.of(MeetingCancelled) if f.item == key and f.reason]
    return cancelled[-1] if cancelled else ""


def _next_dates(ctx: Context, revision: MeetingRevision) -> tuple[date, ...]:
    same = [
        i.safe_day for i in ctx.agenda.items
        if i.series == series_of(revision.item) and i.key != revision.item
        and i.safe_day is not None and i.safe_day > revision.starts_at.date() and i.state in TO_DO
    ]  # fmt: skip
    return tuple(sorted(same)[:3])


def _told_to(
    ctx: Context,
    to: Recipient,
    mail: type[MailKind],
    revision: MeetingRevision,
    notice: MeetingNotice,
    *,
    because: Reason = "",
) -> tuple[Recipient, Content]:
    """Return what tells one person of a revision."""
    told = [Told(about=f"meeting/{revision.item}", stage=f"{revision.method}-{revision.sequence}")]
    return to, Content(
        mail,
        _why(ctx, revision.item, to),
        meeting=notice,
        told=told,
        others=[g.function for g in notice.guests],
        revision=revision,
        reason=because,
        enclosures=session_file(ctx, revision) if mail is not InvitationWithdrawn else (),
    )


def _why(ctx: Context, key: str, to: Recipient) -> list[Line]:
    """Return the clause behind a meeting and the period it serves, while its item stands."""
    item, roles = ctx.items.get(key), ctx.s.convention.roles
    reader = to.role if to.role in roles else ctx.s.convention.coordinator
    return [] if item is None else [line(ctx.s, item, "now", reader)]


def session_file(ctx: Context, revision: MeetingRevision) -> tuple[Enclosure, ...]:
    """Return the file of a committee's session, as known now; both sides get the same one. None for other meetings."""
    item = ctx.items.get(revision.item)
    if item is None or item.kind != "committee":
        return ()
    return ctx.s.computed_once("session-file", revision.item, revision, lambda: (_session_file(ctx, revision),))


def _session_file(ctx: Context, revision: MeetingRevision) -> Enclosure:
    day = revision.starts_at.astimezone(ctx.s.zone).date()
    return Enclosure(
        kind="pack",
        filename=f"dossier-de-seance-{ctx.dossier.convention.reference}-{day}.pdf",
        says=Text(
            fr="dossier de séance (PDF) : ce qu’il faut décider, ce que la convention demande d’évaluer, ce que chacun "
            "a tenu, ce qui vient",
            en="file of the session (PDF, in French): what is to be decided, what the convention asks to evaluate, "
            "what each side kept, what comes next",
        ),
        packed=packed(pack_of(ctx.s, item=revision.item)),
        at=ctx.slot.replace(microsecond=0),
    )


_NOT_HELD: dict[State, Reason] = {
    State.DONE: "held-before",
    State.CANCELLED: "called-off",
    State.SUSPENDED: "suspended",
    State.NOT_DUE: "called-off",
}
"""States in which a date still to come will not be kept, and why (a meeting held was held on another day)."""


class _Revision(MailKind):
    """One revision of a meeting, to each of its guests. A meeting makes all three sorts at once: `InvitationMade` plans them."""

    tells = ("meeting/",)
    alone = True
    is_event = True

    @classmethod
    def good_until(cls, at: datetime, content: Content) -> datetime:
        """Until the meeting begins: the same bytes make the same event. What cancels it still clears a calendar later."""
        meeting = content.meeting
        assert meeting is not None  # noqa: S101 - it is what such a message is about
        return meeting.starts_at if meeting.method == "REQUEST" else max(meeting.starts_at, at + AGE)

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:
        """Return what a guest may answer; nothing to a cancellation."""
        return answers(order)


class InvitationMade(_Revision):
    """A meeting is fixed."""

    kind = "invitation"
    name = Text(fr="Invitation", en="Invitation")

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return the messages of every meeting whose last revision no longer says what is true."""
        for item in now.ctx.agenda.items:
            if item.traits.is_meeting:
                yield from _for_item(now.ctx, item)
        yield from _of_items_that_left(now.ctx)


class InvitationRevised(_Revision):
    """It has another date or place, or other guests."""

    kind = "meeting-moved"
    name = Text(fr="Réunion déplacée", en="Meeting moved")


class InvitationWithdrawn(_Revision):
    """It will not take place, or without the reader."""

    kind = "meeting-cancelled"
    name = Text(fr="Réunion annulée", en="Meeting cancelled")

    @classmethod
    def when_withdrawn(cls, ctx: Context) -> Iterator[tuple[Recipient, Content]]:
        """Return the cancellation of every meeting to come."""
        known = {m.meeting.uid: m.meeting for m in ctx.outbox.of_meetings if m.meeting is not None}
        for uid, r in known.items():
            yield from _cancel(ctx, _title(ctx, r.item), ctx.last_revision(uid), "withdrawn")


def uid_of(ctx: Context, item: str) -> str:
    """Return the meeting's identifier: opaque, without any date, the same for its whole life.

    Held without its quorum, it is in the calendars as it took place: the one to come is another event.
    """
    seed = f"{ctx.dossier.convention.reference}\x1f{item}\x1f{ctx.dossier.registered_at.isoformat()}"
    in_vain = sum(held.item == item and not ctx.s.had_quorum(held) for _, held in ctx.s.of(MeetingHeld))
    if in_vain:
        seed += f"\x1f{in_vain}"
    mark = hashlib.sha256(seed.encode()).hexdigest()
    return f"{mark[:8]}-{mark[8:12]}-{mark[12:16]}-{mark[16:20]}-{mark[20:32]}"


def guests_of(ctx: Context, item: Item, day: date) -> tuple[Recipient, ...]:
    """Return the people invited: whoever chairs first, then those the preferences name, else those who owe it.

    They are those who hold these roles, or stand in for them, on the day of the meeting.
    """
    prefs = preferences_of(ctx.s, item.key)
    return people(ctx.s, (chair_of(ctx.s, item.key), *(prefs.invite or item.responsible)), day)


def _for_item(ctx: Context, item: Item) -> list[tuple[Recipient, Content]]:
    fixed = arrangement(ctx.s, item.key)
    if fixed is None and item.key not in ctx.invited_to:
        return []
    last = ctx.last_revision(uid_of(ctx, item.key))
    because = _why_not_held(ctx, item, fixed)
    if fixed is None or because:
        return _cancel(ctx, item.title, last, because)
    return _request(ctx, item, fixed, last) if fixed.starts_at > ctx.now else []


def _why_not_held(ctx: Context, item: Item, fixed: Arrangement | None) -> Reason:
    """Return why the date fixed for a meeting will not be kept; empty when it will."""
    if fixed is None:
        return "called-off"
    if is_after_the_end(ctx.s, fixed) or (item.state is State.CANCELLED and ctx.s.ended_early):
        return "ended"
    return _NOT_HELD.get(item.state, "")


def _of_items_that_left(ctx: Context) -> list[tuple[Recipient, Content]]:
    """A meeting whose item left the agenda (the convention ended first) is cancelled too, once that end is sure."""
    if ctx.s.end_is_conditional:
        return []
    left = {
        m.meeting.item: m.meeting
        for m in ctx.outbox.of_meetings
        if m.meeting is not None and m.meeting.item not in ctx.items
    }
    drafts: list[tuple[Recipient, Content]] = []
    for key, revision in left.items():
        because: Reason = "ended" if ctx.s.ended_early else "called-off"
        drafts += _cancel(ctx, _title(ctx, key), ctx.last_revision(revision.uid), because)
    return drafts


def _title(ctx: Context, key: str) -> Text:
    duty = next((d for d in ctx.s.convention.duty if d.id == series_of(key)), None)
    return Text(fr=duty.title, en=duty.title_en) if duty else Text(fr="Rencontre", en="Meeting")


def _stamp(ctx: Context, last: MeetingRevision | None) -> datetime:
    """Return the instant of a new revision: now, and strictly after the former one."""
    now = ctx.now.replace(microsecond=0)
    return now if last is None else max(now, last.dtstamp + timedelta(seconds=1))


def _request(
    ctx: Context, item: Item, fixed: Arrangement, last: MeetingRevision | None
) -> list[tuple[Recipient, Content]]:
    guests = guests_of(ctx, item, fixed.starts_at.date())
    revision = MeetingRevision(
        item=item.key, uid=uid_of(ctx, item.key), sequence=0 if last is None else last.sequence + 1,
        dtstamp=_stamp(ctx, last), method="REQUEST", starts_at=fixed.starts_at, minutes=fixed.minutes,
        place=fixed.place, video_link=fixed.video_link, guests=tuple(g.address for g in guests),
        names=_names(ctx, guests, fixed.starts_at.date()),
    )  # fmt: skip
    if last is None or last.method == "CANCEL":
        return [
            _told_to(ctx, guest, InvitationMade, revision, notice_of(ctx, revision, item.title, ())) for guest in guests
        ]
    changed = _changes(last, revision)
    if not changed:
        return []
    if changed == ("guests",) and not _for_good(ctx, last, guests):
        return _other_guests(ctx, item, guests, revision.model_copy(update={"sequence": last.sequence}), last)
    notice = notice_of(ctx, revision, item.title, changed, last.starts_at if "start" in changed else None)
    known = frozenset(last.guests)
    return [
        *(
            _told_to(ctx, g, InvitationRevised if g.address in known else InvitationMade, revision, notice)
            for g in guests
        ),
        *_removed(ctx, last, revision),
    ]


def _names(ctx: Context, guests: tuple[Recipient, ...], day: date) -> tuple[str, ...]:
    """The institutions and the functions that the calendar event names, as they are called on its day."""
    return (*(p.name_on(day) for p in ctx.s.convention.parties.values()), *sorted(g.function for g in guests))


def _for_good(ctx: Context, last: MeetingRevision, guests: tuple[Recipient, ...]) -> bool:
    """Whether a new guest holds his role for good: then everybody's event is revised, not only his and the chair's."""
    taken_over = {fact.address.casefold() for _, fact in ctx.s.of(RoleChanged)}
    return any(g.address not in last.guests and g.address.casefold() in taken_over for g in guests)


def _changes(last: MeetingRevision, new: MeetingRevision) -> tuple[Change, ...]:
    """Return what a guest must know of that the last revision said otherwise."""
    compared: tuple[tuple[Change, object, object], ...] = (
        ("start", last.starts_at, new.starts_at),
        ("minutes", last.minutes, new.minutes),
        ("place", last.place, new.place),
        ("video-link", last.video_link, new.video_link),
        ("guests", last.guests, new.guests),
        ("names", last.names or new.names, new.names),
    )
    return tuple(name for name, before, after in compared if before != after)


def _other_guests(
    ctx: Context, item: Item, guests: tuple[Recipient, ...], revision: MeetingRevision, last: MeetingRevision
) -> list[tuple[Recipient, Content]]:
    """Only the guests differ: the new ones are invited, the former ones cancelled, whoever chairs gets the list.

    The others keep their invitation: it has the same number, so it is not replaced, only followed (RFC 5546 §3.2.2).
    """
    notice = notice_of(ctx, revision, item.title, ("guests",))
    drafts = [_told_to(ctx, g, InvitationMade, revision, notice) for g in guests if g.address not in last.guests]
    chair = guests[0]
    if chair.address in last.guests:
        drafts.append(_told_to(ctx, chair, InvitationRevised, revision, notice))
    return [*drafts, *_removed(ctx, last, revision)]


def _removed(ctx: Context, last: MeetingRevision, new: MeetingRevision) -> list[tuple[Recipient, Content]]:
    """Somebody no longer invited gets a cancellation of his own (RFC 5546 §3.2.5)."""
    gone = [address for address in last.guests if address not in new.guests]
    revision = new.model_copy(update={"method": "CANCEL", "guests": tuple(gone)})
    notice = notice_of(ctx, revision, ctx.items[new.item].title, ())
    former = [person for address in gone if (person := ctx.person(address)) is not None]
    return [_told_to(ctx, person, InvitationWithdrawn, revision, notice, because="not-invited") for person in former]


def _cancel(
    ctx: Context, title: Text, last: MeetingRevision | None, because: Reason
) -> list[tuple[Recipient, Content]]:
    if last is None or last.method == "CANCEL" or last.starts_at <= ctx.now:
        return []
    revision = last.model_copy(update={"method": "CANCEL", "sequence": last.sequence + 1, "dtstamp": _stamp(ctx, last)})
    said = reason_given(ctx, last.item) if because == "called-off" else ""
    notice = notice_of(ctx, revision, title, ()).model_copy(update={"reason": said})
    guests = [person for address in last.guests if (person := ctx.person(address)) is not None]
    return [_told_to(ctx, person, InvitationWithdrawn, revision, notice, because=because) for person in guests]


def when_guests_hear(s: Situation) -> Text:
    """Return when the invitation, the move or the cancellation recorded now leaves.

    Args:
        s: the situation at the instant of recording.
    """
    leaves = next_slot(s, s.now)
    if leaves == s.now:
        return Text(fr="Les personnes invitées sont prévenues maintenant.", en="The guests are told now.")
    zone = s.calendar.time_zone
    return Text(
        fr=f"Hors des heures d’envoi, les personnes invitées seront prévenues le {moment(leaves, zone)}{NBSP}: "
        "d’ici là, rien ne part.",
        en=f"Outside sending hours, the guests will be told on {moment(leaves, zone, 'en')}: nothing leaves before.",
    )
