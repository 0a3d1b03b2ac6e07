"""From what is to be told to an order: its lines, what they count as having told; the same order always has the same id."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime

from echeancier.domain.agenda.destruction import read_by
from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.meetings import proposal
from echeancier.domain.agenda.procedure import others_name, side_name
from echeancier.domain.agenda.short_titles import short_title
from echeancier.domain.attention.reminder_stages import due_stage
from echeancier.domain.attention.ways import audience
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.dossier import MeetingRevision, Message, Told
from echeancier.domain.messages.context import Context, about_of, still_stands, telling
from echeancier.domain.messages.identity import Saying, identity
from echeancier.domain.messages.mail_kind import Content, Draft
from echeancier.domain.messages.offers import acts_of
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.standing.people import Recipient, people, recipient, stands_in_for
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.policy import AFTER_A_MEETING, STAGES


def draft(ctx: Context, to: Recipient, content: Content, at: datetime) -> Draft:
    """Return the order for one person, and its entry in the outbox."""
    convention, agenda = ctx.s.convention, ctx.agenda
    at = at.replace(microsecond=0)
    name = identity(convention.reference, content.mail.kind, to.address, _sayings(ctx, to.address, content))
    asked = recipient(ctx.s, convention.coordinator)
    order = MessageOrder(
        id=name,
        kind=content.mail.kind,
        to=to,
        at=at,
        reference=convention.reference,
        title=convention.called,
        number=convention.number,
        parties=tuple(p.name_on(_named_on(ctx, content)) for p in convention.parties.values()),
        effect_on=agenda.effect_on,
        ends_on=agenda.ends_on,
        bound_until=agenda.end.day if agenda.end.renews_itself else None,
        renews=agenda.renews if agenda.ends_on is None else None,
        operational_from=agenda.operational_from,
        lines=tuple(_told_before(ctx, to, one) for one in content.lines),
        questions=tuple(content.questions),
        meeting=content.meeting,
        told=tuple(dict.fromkeys(name for name in content.others if name != to.function)),
        ask=(asked.function, asked.address),
        warnings=tuple(content.warnings),
        detail=content.detail,
        reason=content.reason,
        answers=tuple(content.answers),
        news=tuple(content.news),
        refusals=tuple(content.refusals),
        stands_in_for=stands_in_for(ctx.s, to.address),
        enclosures=tuple(content.enclosures),
        letters=tuple(content.letters),
    )
    entry = Message(
        id=name, kind=content.mail.kind, role=to.role, address=to.address, at=at, told=tuple(content.told),
        meeting=content.revision, until=content.mail.good_until(at, content),
    )  # fmt: skip
    return Draft(content.mail, order, entry)


def _told_before(ctx: Context, to: Recipient, what: Line) -> Line:
    """Return a line with the last day before today on which its reader was told of the same thing, on its present ground."""
    item = ctx.items.get(what.item)
    if item is None or what.stage in ("past", "gone"):
        return what
    days = [
        (message.accepted_at or message.at).astimezone(ctx.s.zone).date()
        for told, message in ctx.told(to.address, about_of(item))
        if message.is_said and still_stands(told, item) and told.stage in _CALLS
    ]
    before = max((day for day in days if day < ctx.s.today), default=None)
    return what if before is None else what.model_copy(update={"told_on": before})


_CALLS = frozenset({*STAGES, *AFTER_A_MEETING, "again", "hourly"})
"""What counts as having asked for a thing: an opening or a correction only told of its day."""


def _named_on(ctx: Context, content: Content) -> date:
    """Return the day whose names a message gives: a meeting's own, so that one after a change of name says the new one."""
    held = content.meeting.starts_at.astimezone(ctx.s.zone).date() if content.meeting is not None else None
    return max(ctx.s.today, held) if held is not None else ctx.s.today


def _sayings(ctx: Context, address: str, content: Content) -> list[Saying]:
    """Return what a message says, each with how often it was said before, so that a second time is another message.

    What was dropped before it left counts too: its file keeps its name.
    """
    said = Counter(
        part
        for message in ctx.outbox.to(address)
        for part in _identity_parts(message.kind, message.told, message.meeting)
    )
    return [Saying(*one, said[one]) for one in _identity_parts(content.mail.kind, content.told, content.revision)]


def _identity_parts(
    kind: str, told: Sequence[Told], revision: MeetingRevision | None
) -> list[tuple[str, str, date | None]]:
    found = [(one.about, one.stage, one.day or one.basis) for one in told]
    if revision is not None:
        found.append((revision.uid, f"{revision.method}-{revision.sequence}", None))
    return found or [(kind, "", None)]


def line(s: Situation, item: Item, stage: str, reader: str, *, former_day: date | None = None) -> Line:
    """Return an item as told to a reader (a role) at a stage."""
    mine = s.convention.roles[reader].party
    language = s.convention.roles[reader].language
    return Line(
        item=item.key,
        series=item.series,
        occurrence=item.occurrence,
        step=item.step,
        nature=item.nature,
        settled_by=item.settled_by,
        kind=item.kind,
        stage=stage,  # type: ignore[arg-type]
        title=read_by(item.title, owes=mine in s.convention.named_by(item.owed_by)),
        article=item.article,
        says=s.computed_once("says", item.key, item, lambda: item.says),
        who=side_name(s, item.owed_by, language),
        to_whom=others_name(s, item.owed_by, item.owed_to, language),
        ours=mine in s.convention.named_by(item.owed_by),
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
        if item.traits.is_meeting and item.meeting_at is None and item.done_on is None
        else None,
        meeting_at=item.meeting_at,
        acts=acts_of(s, item, reader),
        hours_left=_hours_left(s, item),
        tell=_to_tell(s, item) if mine == item.owed_by else (),
        short=short_title(s, item),
        covers=item.covers,
    )


def _hours_left(s: Situation, item: Item) -> int | None:
    if item.legal_last_instant is None:
        return None
    left = item.legal_last_instant.astimezone(UTC) - s.now.astimezone(UTC)
    return max(0, int(left.total_seconds() // 3600))


def _to_tell(s: Situation, item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((person.function, person.address) for person in people(s, item.tell))


def his_roles(ctx: Context, person: Recipient) -> set[str]:
    """Return every role whose mail a person receives, his own and those he stands in for."""
    known = ctx.s.computed_once("roles", "", ctx.s.convention, lambda: _roles_by_address(ctx.s))
    return known.get(person.address.casefold(), set())


def _roles_by_address(s: Situation) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for role in s.convention.roles:
        found[recipient(s, role).address.casefold()].add(role)
    return found


def ours_of(ctx: Context) -> set[str]:
    """Return the roles of our own side."""
    return {key for key, role in ctx.s.convention.roles.items() if role.party == ctx.s.convention.us}


def about_end(ctx: Context) -> str:
    """Return under what name an early end is told."""
    assert ctx.agenda.ends_on is not None  # noqa: S101 - the caller knows that it ends early
    return f"ended/{figures(ctx.agenda.ends_on)}"


def told_at_present(ctx: Context, item: Item, person: Recipient) -> Told:
    """Return what listing an item tells its reader: the last stage already due that is for him and that he had not heard."""
    his, due = his_roles(ctx, person), due_stage(ctx.s, item)
    if due is None:
        return telling(item, "now")
    first = ctx.rank_told(person.address, item) + 1
    heard = [stage for stage in due.calls[first : due.rank + 1] if his & set(audience(ctx.s, item, stage))]
    return telling(item, heard[-1] if heard else "now")
