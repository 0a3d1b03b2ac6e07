"""The agenda of a convention, line by line, with the reasoning behind each date."""

from dataclasses import dataclass
from datetime import date

from echeancier.desk.facts.actions import meeting, on_item
from echeancier.desk.facts.forms import Form
from echeancier.desk.words import sayer
from echeancier.domain.agenda.items import TO_DO, Item, State
from echeancier.domain.agenda.labels import CERTAINTIES, STATES
from echeancier.domain.dates.rules import rule_in_words
from echeancier.domain.dates.words import hour, how_far, shown
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.convention import Clause
from echeancier.domain.typography import said

SETTLED = frozenset({State.DONE, State.CANCELLED, State.NOT_DUE, State.PAST, State.ELAPSED})
"""Nothing is expected of anybody any more."""


@dataclass(frozen=True)
class AgendaLine:
    """One dated thing in words.

    Attributes:
        level: ``late``, ``soon`` or nothing: the colour that goes with the words.
        trace: the computation, in French.
        rule: the rule behind it, in a sentence.
        standing: how far it is, beyond its dates; empty once nothing is expected.
    """

    item: Item
    safe: str
    last: str
    how_far: str
    level: str
    title: str
    kind: str
    who: str
    article: str
    says: str
    certainty: str
    state: str
    trace: str
    rule: str
    opens: str
    reach: str
    standing: str


def agenda_groups(ctx: Context, language: str) -> dict[str, tuple[AgendaLine, ...]]:
    """Return every line in one of three groups, ``late``, ``ahead`` and ``settled``, each by the day to act."""
    found: dict[str, list[AgendaLine]] = {"late": [], "ahead": [], "settled": []}
    for item in ctx.agenda.items:
        found[_group(ctx, item)].append(agenda_line(ctx, item, language))
    return {name: tuple(lines) for name, lines in found.items()}


def _group(ctx: Context, item: Item) -> str:
    if item.state in (State.LATE, State.MISSED):
        return "late"
    over = item.state is State.BEST_EFFORT and (item.legal_last_day or ctx.s.today) < ctx.s.today
    return "settled" if over or item.state in SETTLED else "ahead"


def agenda_line(ctx: Context, item: Item, language: str) -> AgendaLine:
    """Return one line."""
    article, says = clause_words(item.clause, language)
    level, far = _urgency(ctx, item, language)
    return AgendaLine(
        item=item,
        safe=shown(item.safe_day, language),
        last=_last(ctx, item, language),
        how_far=far,
        level=level,
        title=said(item.title, language),
        kind=said(item.traits.called, language),
        who=_who(ctx, item, language),
        article=article,
        says=says,
        certainty=said(CERTAINTIES[item.certainty], language),
        state=_state(item, language),
        trace=said(item.trace, "fr"),
        rule=said(rule_in_words(item.rule, language), language),
        opens=shown(item.opens_on, language, ""),
        reach=_reach(item, language),
        standing=said(item.standing, language) if item.standing is not None and item.state not in SETTLED else "",
    )


def item_forms(ctx: Context, item: Item, language: str, back: str) -> tuple[Form, ...]:
    """Return the forms that settle an item; none when it is settled, or has a page of its own."""
    if item.state in SETTLED or not item.traits.has_form:
        return ()
    mark = f"a-{item.key.replace('/', '-')}"
    if item.traits.is_meeting:
        return meeting(ctx, item, language, mark, back, late=item.state in (State.LATE, State.MISSED))
    return on_item(ctx, item, language, mark, back) if item.state in TO_DO else ()


def clause_words(clause: Clause | None, language: str) -> tuple[str, str]:
    """Return an article and what it says."""
    if clause is None:
        return "", ""
    says = clause.says_en if language == "en" and clause.says_en else said(clause.says, "fr")
    return said(clause.article, language), says


def party_words(ctx: Context, key: str, language: str) -> str:
    """Return a side in words: « nous », « ensemble », or the other institution up to its first comma."""
    say = sayer(language)
    if key == "both":
        return say("ensemble", "together")
    if key == ctx.dossier.convention.us:
        return say("nous", "us")
    return said(ctx.s.convention.parties[key].name_on(ctx.s.today).split(",")[0], language)


def _who(ctx: Context, item: Item, language: str) -> str:
    by, to = party_words(ctx, item.owed_by, language), party_words(ctx, item.owed_to, language)
    return by if by == to else f"{by} → {to}"


def _last(ctx: Context, item: Item, language: str) -> str:
    limit = item.legal_last_instant
    day = shown(item.legal_last_day, language)
    return day if limit is None else f"{day}, {hour(limit.astimezone(ctx.s.zone), language)}"


def _state(item: Item, language: str) -> str:
    words = said(STATES[item.state], language)
    if item.state is State.DONE and item.done_on is not None:
        return f"{words} {shown(item.done_on, language)}"
    if item.meeting_at is not None:
        return f"{words} {shown(item.meeting_at.date(), language)}, {hour(item.meeting_at, language)}"
    return words


def _urgency(ctx: Context, item: Item, language: str) -> tuple[str, str]:
    if item.state is State.MISSED:
        return "late", ""
    day: date | None = item.safe_day or item.legal_last_day
    if day is None or item.state not in TO_DO or item.state is State.BEST_EFFORT:
        return "", ""
    far = (day - ctx.s.today).days
    if item.state is State.LATE:
        return "late", how_far(far, language)
    return ("soon" if far <= 30 else ""), how_far(far, language) if far >= 0 else ""


def _reach(item: Item, language: str) -> str:
    reach = item.effect_range
    if reach is None:
        return ""
    first, middle, last = (shown(d, language) for d in (reach.earliest, reach.expected, reach.latest))
    return sayer(language)(
        f"fin au plus tôt le {first}, attendue le {middle}, au plus tard le {last}",
        f"end on {first} at the earliest, {middle} expected, {last} at the latest",
    )
