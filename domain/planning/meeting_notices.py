"""One revision of a meeting put into an order: what every guest is told, and the clause behind it."""

from datetime import date, datetime

from domain.contacts import recipient
from domain.dossier import MeetingRevision, Told
from domain.enclosures import Enclosure, packed
from domain.facts import MeetingCancelled
from domain.items import TO_DO
from domain.messages import Change, Guest, Line, MeetingNotice, MessageKind, Reason, Recipient
from domain.model import Text
from domain.pack import pack_of
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.planning.lines import line


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
    chair = recipient(ctx.s, ctx.s.convention.coordinator, revision.starts_at.date()).address.casefold()
    return MeetingNotice(
        item=revision.item, uid=revision.uid, sequence=revision.sequence, dtstamp=revision.dtstamp,
        method=revision.method, title=title, starts_at=revision.starts_at, minutes=revision.minutes,
        time_zone=ctx.s.convention.place.time_zone, place=revision.place, video_link=revision.video_link,
        guests=tuple(
            Guest(function=guest.function, address=guest.address, chairs=guest.address.casefold() == chair)
            for guest in guests
        ),
        previous_start=moved_from, next_dates=_next_dates(ctx, revision), changed=changed,
    )  # fmt: skip


def reason_given(ctx: Context, key: str) -> str:
    """Return why it was called off, in the words of whoever recorded it."""
    cancelled = [f.reason for _, f in ctx.s.of(MeetingCancelled) if f.item == key and f.reason]
    return cancelled[-1] if cancelled else ""


def _next_dates(ctx: Context, revision: MeetingRevision) -> tuple[date, ...]:
    same = [
        i.safe_day for i in ctx.agenda.items
        if i.key.split("/")[0] == revision.item.split("/")[0] and i.key != revision.item
        and i.safe_day is not None and i.safe_day > revision.starts_at.date() and i.state in TO_DO
    ]  # fmt: skip
    return tuple(sorted(same)[:3])


def revision_draft(
    ctx: Context,
    to: Recipient,
    kind: MessageKind,
    revision: MeetingRevision,
    notice: MeetingNotice,
    *,
    because: Reason = "",
) -> Draft:
    """Return the order that tells one person of a revision."""
    told = [Told(about=f"meeting/{revision.item}", stage=f"{revision.method}-{revision.sequence}")]
    content = Content(
        kind,
        _why(ctx, revision.item, to),
        meeting=notice,
        told=told,
        others=[g.function for g in notice.guests],
        revision=revision,
        reason=because,
        enclosures=session_file(ctx, revision) if kind != "meeting-cancelled" else (),
    )
    return draft(ctx, to, content, ctx.slot)


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
    return ctx.s.once("session-file", revision.item, revision, lambda: (_session_file(ctx, revision),))


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
