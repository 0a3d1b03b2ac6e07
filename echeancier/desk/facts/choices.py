"""What a field of a fact can be chosen from, in a given convention: names for people, keys for the door."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from echeancier.desk.facts.labels import event_word, value_word
from echeancier.domain.agenda.item_row import clause_in_words, item_row
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.moved import may_move
from echeancier.domain.attention.quiet import is_called_for
from echeancier.domain.dates.words import shown
from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.event_words import event_in_words
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.model import Text, title_of
from echeancier.domain.overview.journal import function_of
from echeancier.domain.recording import FieldHelp
from echeancier.domain.recording.events import known_events
from echeancier.domain.recording.money import may_be_revised, may_be_set, papers
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.terms.owing import EACH
from echeancier.domain.typography import said

_SETTLED = frozenset({State.DONE, State.CANCELLED, State.NOT_DUE, State.ELAPSED, State.RUNNING})

_LATEST = 60
"""Messages offered, the latest: a report of failure comes within days."""


_EACH = Text(fr="de chaque partie", en="of each party")
_EACH_LEFT = Text(fr="de chaque partie qui le doit encore", en="of each party that still owes it")


@dataclass(frozen=True)
class Choice:
    """One choice: what the door reads, and what people read."""

    value: str
    label: str


def choices(ctx: Context, kind: str, field: FieldHelp, language: str) -> tuple[Choice, ...]:
    """Return what a field can be chosen from; empty when it is typed freely."""
    if field.choices:
        return tuple(Choice(one, said(value_word(kind, field.name, one), language)) for one in field.choices)
    return tuple(_of_the_convention(ctx, kind, field.name, language))


def _of_the_convention(ctx: Context, kind: str, name: str, language: str) -> Iterator[Choice]:  # noqa: C901, PLR0912 - a table
    convention = ctx.dossier.convention
    match kind, name:
        case _, "item":
            yield from (Choice(i.key, _item(ctx, i, language)) for i in ctx.agenda.items if _fits(ctx, kind, i))
        case _, "moves":
            movable = [i for i in ctx.agenda.items if may_move(ctx.s, i)]
            yield from _of_each(ctx, movable, language)
            yield from (Choice(i.key, _item(ctx, i, language)) for i in movable)
        case _, "party" | "against":
            yield from _parties(ctx, tuple(convention.parties), language)
        case "breach-step", "who":
            yield from _parties(ctx, tuple(convention.parties), language)
        case _, "act":
            for act in ctx.s.deliberations:
                if act.name:
                    yield Choice(act.name, f"{act.act.body} ({convention.parties[act.party].name_on(ctx.s.today)})")
        case "letter-posted", "by":
            yield from _parties(
                ctx, tuple(dict.fromkeys(w for r in ctx.s.convention.termination for w in r.who)), language
            )
        case "letter-posted", "rule":
            for rule in convention.termination:
                yield Choice(rule.id, " – ".join(clause_in_words(ctx.s.clause(rule.clauses), language)))
        case _, "letter":
            for fact_id, letter in ctx.s.of(LetterPosted):
                if kind == "notice-withdrawn" and letter.letter != "termination":
                    continue
                posted, called = shown(letter.on, language), LETTERS[letter.letter].WORDS.name
                both = Text(fr=f"{called.fr}, postée le {posted}", en=f"{called.en}, posted on {posted}")
                yield Choice(fact_id, said(both, language))
        case _, "question":
            yield from (Choice(q.id, said(q.about, language)) for q in ctx.agenda.questions)
        case _, "event":
            yield from (Choice(e, said(event_word(convention, e), language)) for e in known_events(convention))
        case _, "what":
            titles = {one.id: title_of(one) for one in convention.owed}
            named = ((one, titles.get(one) or event_in_words(convention, one)) for one in papers(ctx.s))
            yield from (Choice(one, said(words, language)) for one, words in named)
        case "revised", "payment":
            yield from (Choice(p.id, p.title) for p in convention.payment if may_be_revised(p))
        case "counted", "payment":
            yield from (Choice(p.id, p.title) for p in convention.payment if p.unit_amount is not None)
        case "amount-set", "payment":
            yield from (Choice(p.id, p.title) for p in convention.payment if may_be_set(p))
        case _, "role":
            yield from (Choice(key, said(role.function, language)) for key, role in convention.roles.items())
        case _, "message":
            yield from (Choice(m.id, _message(ctx, m, language)) for m in reversed(ctx.dossier.outbox[-_LATEST:]))
        case "appeal-answered", "appellant":
            for appeal in [one for act in ctx.s.deliberations for one in act.appeals]:
                if appeal.answered_on is None:
                    yield Choice(appeal.appellant, f"{appeal.appellant} ({shown(appeal.lodged_on, language)})")
        case _, "breach":
            yield from (Choice(b.id, said(b.grounds, language)) for b in convention.breach)
        case "question-answered", "reading":
            for question in ctx.agenda.questions:
                yield from (Choice(one.id, said(one.says, language)) for one in question.readings)


def _parties(ctx: Context, keys: tuple[str, ...], language: str) -> Iterator[Choice]:
    for key in keys:
        yield Choice(key, said(ctx.s.convention.parties[key].name_on(ctx.s.today), language))


def _of_each(ctx: Context, items: list[Item], language: str) -> Iterator[Choice]:
    """What every party owes on its own, as one choice: those of them that have not settled it."""
    parties = ctx.dossier.convention.parties
    owed: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.step in parties and item.step == item.owed_by:
            owed[item.series, item.occurrence].append(item)
    for (series, occurrence), each in owed.items():
        if len(each) > 1:
            whole = len(each) == len(parties)
            words = said(_EACH if whole else _EACH_LEFT, language)
            title = said(ctx.s.convention.titles_of_owed[series], language)
            yield Choice(key_of(series, occurrence, EACH), f"{title} {occurrence} – {words}")


def _fits(ctx: Context, kind: str, item: Item) -> bool:
    if kind == "acknowledged":
        return is_called_for(ctx.s, item)
    if which := MODELS[kind].ABOUT_A_MEETING:
        fixed = item.meeting_at is not None
        return item.traits.is_meeting and item.state not in _SETTLED and (which == "any" or fixed)
    held = item.settled_by == "meeting-held"
    return item.state not in _SETTLED and item.traits.takes_done and not held


def _message(ctx: Context, message: Message, language: str) -> str:
    day = shown(message.at.astimezone(ctx.s.zone).date(), language)
    return f"{day} · {said(mail_of(message.kind).name, language)} · {function_of(ctx.dossier, message.role)}"


def _item(ctx: Context, item: Item, language: str) -> str:
    row = item_row(ctx.s, item, language)
    last = f", {row.last}, {row.last_hour}" if row.last_hour else ""
    return f"{row.day or '–'}{last if row.day != row.last else last.removeprefix(f', {row.last}')} · {row.title} ({row.state})"
