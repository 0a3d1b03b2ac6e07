"""A feed as a calendar file: the same dossiers on the same day give the same bytes."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Final

from echeancier.adapters.calendar.ics_feed import feed as calendar_file
from echeancier.adapters.files.plan_format import clause_words, words
from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.labels import CERTAINTIES
from echeancier.domain.dates.rules import rule_in_words
from echeancier.domain.dates.words import figures, in_words, moment
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
from echeancier.domain.typography import in_language

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
        description=in_language(_ABOUT.in_language(language), language),
    )


def title(scope: Scope, coverage: Coverage, language: str) -> str:
    """Return the calendar's name: of the convention or of the service; of a person, nothing that names it."""
    about = "" if scope.kind == "person" else f" – {scope.name}"
    return in_language(_TITLES[coverage].in_language(language) + about, language)


def _mark(feed: Feed) -> str:
    """Tells two feeds apart without telling anything of the secret behind either."""
    return hashlib.sha256(f"feed\n{feed.digest}".encode()).hexdigest()[:32]


def _entry(ctx: Context, one: Deadline, feed: Feed, desk_url: str) -> DeadlineEvent:
    item, language = one.item, feed.language
    named = f"{ctx.agenda.reference}\u00a0· {words(item.title, language)}{_limit(item, language)}"
    return DeadlineEvent(
        uid=f"{item.key}.{ctx.agenda.reference}@{_DOMAIN}",
        day=one.day,
        summary=_labelled(_MARKS[one.mark].in_language(language), named, language) if one.mark else named,
        description="\n".join(_lines(ctx, item, language)),
        dtstamp=last_change(ctx.dossier),
        sequence=revision(ctx.dossier),
        url=_link(ctx, feed.scope, desk_url),
    )


def _meeting(ctx: Context, one: Meeting, feed: Feed, desk_url: str) -> MeetingEvent:
    language, fixed = feed.language, one.fixed
    video = Text(fr="Visioconférence : le lien est dans l’invitation.", en="By video: the link is in the invitation.")
    lines = [_clause(one.item, language)]
    lines += [in_language(video.in_language(language), language)] if fixed.video_link else []
    return MeetingEvent(
        uid=one.uid,
        sequence=one.sequence,
        dtstamp=one.stamp,
        starts_at=fixed.starts_at,
        ends_at=fixed.starts_at.astimezone(UTC) + timedelta(minutes=fixed.minutes),
        time_zone=ctx.s.convention.place.time_zone,
        summary=f"{ctx.agenda.reference}\u00a0· {words(one.item.title, language)}",
        location=fixed.place,
        description="\n".join(lines),
        organizer=_NOBODY,
        url=_link(ctx, feed.scope, desk_url),
    )


def _limit(item: Item, language: str) -> str:
    """The last day in the title too, where it is not the day of the entry: a telephone shows nothing else."""
    last = item.legal_last_day
    if last is None or item.safe_day in (None, last) or item.done_on is not None:
        return ""
    day = last.isoformat() if language == "en" else figures(last)
    return f" ({'last day' if language == 'en' else 'dernier jour'} {day})"


def _lines(ctx: Context, item: Item, language: str) -> list[str]:
    say = Text.in_language
    safe, last = Text(fr="Jour prudent", en="Safe day"), Text(fr="Dernier jour permis", en="Last day allowed")
    lines = [_who(ctx, item, language)]
    if item.safe_day is not None:
        lines.append(_labelled(say(safe, language), in_words(item.safe_day, language), language))
    sure = CERTAINTIES[item.certainty].in_language(language)
    if item.legal_last_instant is not None:
        until = moment(item.legal_last_instant, ctx.s.calendar.time_zone, language)
        lines.append(_labelled(say(last, language), f"{until} ({sure})", language))
    elif item.legal_last_day is not None:
        until = in_words(item.legal_last_day, language)
        lines.append(_labelled(say(last, language), f"{until} ({sure})", language))
    else:
        none = Text(fr="Aucun dernier jour n’est écrit", en="No last day is written")
        lines.append(f"{in_language(say(none, language), language)} ({sure})")
    if item.done_on is not None:
        done = Text(fr="Fait le", en="Done on")
        lines.append(f"{say(done, language)} {in_words(item.done_on, language)}")
    rule = rule_in_words(item.rule, language)
    return [*lines, _clause(item, language), *([rule] if rule else [])]


def _clause(item: Item, language: str) -> str:
    clause = clause_words(item.clause, language)
    return _labelled(clause.article, clause.says, language)


def _who(ctx: Context, item: Item, language: str) -> str:
    by, to = (_side(ctx, key, language) for key in (item.owed_by, item.owed_to))
    return by if by == to else f"{by} → {to}"


def _side(ctx: Context, key: str, language: str) -> str:
    """An institution by its name: the reader may be of either side."""
    if key == "both":
        return "Together" if language == "en" else "Ensemble"
    return in_language(ctx.s.convention.parties[key].name_on(ctx.s.today).split(",")[0], "fr")


def _labelled(label: str, value: str, language: str) -> str:
    return in_language(f"{label}: {value}", language)


def _link(ctx: Context, scope: Scope, desk_url: str) -> str:
    ours = scope.kind != "person" or any(
        contact.party == ctx.s.convention.us and contact.address.casefold() == scope.key
        for contact in ctx.s.convention.roles.values()
    )
    return f"{desk_url.rstrip('/')}/conventions/{ctx.agenda.reference}" if desk_url and ours else ""
