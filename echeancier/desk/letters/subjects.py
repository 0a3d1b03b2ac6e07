"""What each letter of a convention can be about: chosen from its clauses, its agenda and its questions."""

from collections.abc import Iterator

from echeancier.desk.facts.choices import Choice
from echeancier.domain.agenda.breach import step_key
from echeancier.domain.agenda.dispute import SERIES as DISPUTE
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.renewal import SERIES
from echeancier.domain.dates.words import shown
from echeancier.domain.facts import events as e
from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.letters.account_manager import EVENTS
from echeancier.domain.letters.write import KINDS
from echeancier.domain.messages.context import Context
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.typography import said

_LATE = frozenset({State.LATE, State.MISSED})
_ASKED = frozenset({State.OPEN, State.LATE, State.MISSED, State.PAST, State.UPCOMING, State.WAITING})
_LATEST = 30


def subjects(ctx: Context, kind: LetterKind, language: str) -> tuple[Choice, ...]:
    """Return what a letter of a kind can be about now, the likeliest first."""
    return tuple(_subjects(ctx, kind, language))[:_LATEST]


def offered(ctx: Context, language: str) -> tuple[LetterKind, ...]:
    """Return the letters that this convention has something to write about."""
    return tuple(kind for kind in KINDS if subjects(ctx, kind, language))


def _subjects(ctx: Context, kind: LetterKind, language: str) -> Iterator[Choice]:  # noqa: C901, PLR0912 - a table
    convention, us = ctx.dossier.convention, ctx.dossier.convention.us
    match kind:
        case "termination":
            for rule in convention.termination:
                if us in rule.who:
                    clause = ctx.s.clause(rule.clauses)
                    yield Choice(rule.id, said(f"{clause.article} – {clause.says}", language))
        case "formal-notice" | "termination-reasons":
            step = "formal-notice" if kind == "formal-notice" else "inform-reasons"
            for breach in convention.breach:
                if any(x.does == step and x.by == us for x in breach.steps):
                    yield Choice(breach.id, said(breach.grounds, language))
            if kind == "formal-notice":
                yield from _items(ctx, language, lambda i: _theirs(ctx, i) and i.state in _LATE)
        case "comments":
            for case in ctx.s.breach_cases:
                if us in case.breach.against and case.closed is None:
                    yield Choice(step_key(case, "comment"), said(case.breach.grounds, language))
        case "account-manager":
            mine = _duties(ctx, tuple(EVENTS))
            yield from _items(ctx, language, lambda i: i.series in mine)
        case "incident":
            mine = {d.id for d in convention.event_duty if d.kind == "incident" and d.owed_by in (us, "both")}
            yield from _items(ctx, language, lambda i: i.series in mine)
        case "request":
            yield from _items(ctx, language, lambda i: _theirs(ctx, i) and i.state in _ASKED)
            for question in ctx.agenda.questions:
                if question.answered is None:
                    yield Choice(f"question/{question.id}", said(question.about, language))
        case "destruction":
            yield from _items(
                ctx,
                language,
                lambda i: i.kind == "destruction" and i.owed_by in (us, "both") and not _theirs(ctx, i),
            )
        case "renewal":
            end = ctx.s.natural_end
            if end is not None and not ctx.s.is_over and not ctx.s.ended_early:
                yield Choice(key_of(SERIES, str(end.year)), shown(end, language))
        case "amicable":
            for fact_id, fact in ctx.s.of_event(e.DISPUTE_RAISED):
                yield Choice(key_of(DISPUTE, fact_id), shown(fact.on, language))


def _duties(ctx: Context, events: tuple[str, ...]) -> set[str]:
    us = ctx.dossier.convention.us
    return {
        d.id for d in ctx.dossier.convention.event_duty if d.starts_on in events and d.owed_by == us and d.owed_to != us
    }


def _theirs(ctx: Context, item: Item) -> bool:
    convention = ctx.dossier.convention
    return item.owed_by in convention.parties and item.owed_by != convention.us and not item.traits.is_meeting


def _items(ctx: Context, language: str, fits: object) -> Iterator[Choice]:
    assert callable(fits)  # noqa: S101 - ours
    for item in ctx.agenda.items:
        if item.traits.letter_may_concern and fits(item):
            day = shown(item.safe_day or item.legal_last_day, language)
            yield Choice(item.key, f"{day} · {said(item.title, language)}")
