"""A feed as a calendar file: the same dossiers on the same day give the same bytes."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Final

from echeancier.adapters.calendar.ics_feed import feed as calendar_file
from echeancier.domain.agenda.item_row import ItemRow, item_row
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail import DeadlineEvent, Mailbox, MeetingEvent
from echeancier.domain.model import Text
from echeancier.domain.overview.feed import (
    Coverage,
    Deadline,
    Feed,
    Mark,
    Meeting,
    Scope,
    deadlines,
    last_change,
    meetings,
    revision,
)
from echeancier.domain.typography import in_language, said

_DOMAIN: Final = "echeancier.example"
"""Right side of the identifiers: fixed, because a calendar must know an entry again whatever the settings become."""

_MARKS: Final[dict[Mark, Text]] = {
    "late": Text(fr="En retard", en="Late"),
    "missed": Text(fr="Manqué", en="Missed"),
    "done": Text(fr="Fait", en="Done"),
    "running": Text(fr="Délai des tiers", en="Others’ delay"),
}
_TITLES: Final[dict[Coverage, Text]] = {
    "deadlines": Text(fr="Échéances", en="Deadlines"),
    "all": Text(fr="Échéances et réunions", en="Deadlines and meetings"),
}
_ABOUT: Final = Text(
    fr="Lu par votre agenda toutes les quelques heures, parfois moins souvent : une vue, jamais un rappel. Les courriels "
    "restent la règle.",
    en="Read by your calendar every few hours, sometimes less often: a view, never a reminder. The mails remain the rule.",
)
_NOBODY: Final = Mailbox(address=f"agenda@{_DOMAIN}")
"""A model needs an organizer; a published calendar names none."""


def calendar(feed: Feed, coverage: Coverage, contexts: Iterable[Context], desk_url: str = "") -> bytes:
    """Return the file of a feed.

    Args:
        feed: whose it is; its label and its secret stay out of the file.
        coverage: what the subscriber chose.
        contexts: the conventions it may be about, as they stand today.
        desk_url: public address of the desk; linked only where the reader works for the side that runs it.
    """
    ordered = sorted(contexts, key=lambda ctx: ctx.s.convention.reference)
    days = [_entry(ctx, one, feed, desk_url) for ctx in ordered for one in deadlines(ctx, feed.scope, coverage)]
    hours = [_meeting(ctx, one, feed, desk_url) for ctx in ordered for one in meetings(ctx, feed.scope)]
    language = feed.language
    return calendar_file(
        title(feed.scope, coverage, language),
        f"{_mark(feed)}.{coverage}@{_DOMAIN}",
        days,
        hours if coverage == "all" else (),
        description=said(_ABOUT, language),
    )


def title(scope: Scope, coverage: Coverage, language: str) -> str:
    """Return the calendar's name: of the convention or of the service; of a person, nothing that names it."""
    about = "" if scope.kind == "person" else f" – {scope.name}"
    return in_language(_TITLES[coverage].in_language(language) + about, language)


def _mark(feed: Feed) -> str:
    """Tells two feeds apart without telling anything of the secret behind either."""
    return hashlib.sha256(f"feed\n{feed.digest}".encode()).hexdigest()[:32]


def _entry(ctx: Context, one: Deadline, feed: Feed, desk_url: str) -> DeadlineEvent:
    row, language = item_row(ctx.s, one.item, feed.language), feed.language
    named = f"{ctx.agenda.reference}\u00a0· {row.title}{_limit(row)}"
    return DeadlineEvent(
        uid=f"{one.item.key}.{ctx.agenda.reference}@{_DOMAIN}",
        day=one.day,
        summary=_labelled(_MARKS[one.mark].in_language(language), named, language) if one.mark else named,
        description="\n".join(_lines(row)),
        dtstamp=last_change(ctx.dossier),
        sequence=revision(ctx.dossier),
        url=_link(ctx, feed.scope, desk_url),
    )


def _meeting(ctx: Context, one: Meeting, feed: Feed, desk_url: str) -> MeetingEvent:
    row, language, fixed = item_row(ctx.s, one.item, feed.language), feed.language, one.fixed
    video = Text(fr="Visioconférence : le lien est dans l’invitation.", en="By video: the link is in the invitation.")
    lines = [_labelled(row.article, row.says, language)]
    lines += [said(video, language)] if fixed.video_link else []
    return MeetingEvent(
        uid=one.uid,
        sequence=one.sequence,
        dtstamp=one.stamp,
        starts_at=fixed.starts_at,
        ends_at=fixed.starts_at.astimezone(UTC) + timedelta(minutes=fixed.minutes),
        time_zone=ctx.s.convention.place.time_zone,
        summary=f"{ctx.agenda.reference}\u00a0· {row.title}",
        location=fixed.place,
        description="\n".join(lines),
        organizer=_NOBODY,
        url=_link(ctx, feed.scope, desk_url),
    )


def _limit(row: ItemRow) -> str:
    """The last day in the title too where it is not the day of the entry, and the hour: a telephone shows nothing else."""
    item, english = row.item, row.language == "en"
    if item.legal_last_day is None or item.done_on is not None:
        return ""
    if item.safe_day in (None, item.legal_last_day):
        return f" ({'by' if english else 'au plus tard à'} {row.last_hour})" if row.last_hour else ""
    return f" ({'last day' if english else 'dernier jour'} {row.last})"


def _lines(row: ItemRow) -> list[str]:
    language, sure = row.language, row.certainty
    safe, last = Text(fr="Jour prudent", en="Safe day"), Text(fr="Dernier jour permis", en="Last day allowed")
    lines = [row.who_by_name]
    if row.safe_at_length:
        lines.append(_labelled(safe.in_language(language), row.safe_at_length, language))
    if row.last_at_length:
        lines.append(_labelled(last.in_language(language), f"{row.last_at_length} ({sure})", language))
    else:
        lines.append(
            f"{said(Text(fr='Aucun dernier jour n’est écrit', en='No last day is written'), language)} ({sure})"
        )
    if row.done_at_length:
        lines.append(f"{'Done on' if language == 'en' else 'Fait le'} {row.done_at_length}")
    return [*lines, _labelled(row.article, row.says, language), *([row.rule] if row.rule else [])]


def _labelled(label: str, value: str, language: str) -> str:
    return in_language(f"{label}: {value}", language)


def _link(ctx: Context, scope: Scope, desk_url: str) -> str:
    ours = scope.kind != "person" or any(
        contact.party == ctx.s.convention.us and contact.address.casefold() == scope.key
        for contact in ctx.s.convention.roles.values()
    )
    return f"{desk_url.rstrip('/')}/conventions/{ctx.agenda.reference}" if desk_url and ours else ""
