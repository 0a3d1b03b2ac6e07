"""One convention in words: its terms, its people, its letters, its meetings, its facts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from echeancier.adapters.report.story import Story
from echeancier.desk.facts.labels import title_of_kind, value_word
from echeancier.desk.form.shapes import ROOT, shape_of
from echeancier.desk.words import sayer
from echeancier.domain.agenda.item_row import ItemRow, clause_in_words, item_row, side
from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.meetings import answers_for, arrangement
from echeancier.domain.dates.words import hour, shown
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.search import status
from echeancier.domain.messages.undelivered import as_delivered
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import Entry, function_of, journal, result_of
from echeancier.domain.standing.ending_letters import EndingLetter
from echeancier.domain.typography import said

STATUSES = {
    "preparation": Text(fr="en préparation", en="in preparation"),
    "in-force": Text(fr="en vigueur", en="in force"),
    "ending": Text(fr="fin anticipée en cours", en="ending early"),
    "denied": Text(fr="dénoncée", en="denied"),
    "ended": Text(fr="terminée", en="ended"),
    "withdrawn": Text(fr="retirée", en="withdrawn"),
}
KINDS = shape_of(ROOT, "kind").values


@dataclass(frozen=True)
class MeetingLine:
    """A meeting: fixed, held or missed, with what its guests were sent and what they answered.

    Attributes:
        guests: function, answer in words, what was sent last.
    """

    row: ItemRow
    place: str
    guests: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class LetterLine:
    """A registered letter and its proofs."""

    letter: EndingLetter
    by: str
    article: str
    proofs: tuple[tuple[str, str], ...]
    effect: str


@dataclass(frozen=True)
class FactLine:
    """A fact in force, as it can be put right."""

    id: str
    day: str
    title: str
    detail: tuple[str, ...]
    told: str
    by: str


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal, in local time."""

    at: datetime
    day: str
    hour: str
    sort: str
    who: str
    what: str
    why: str
    result: str


def story_of(ctx: Context, language: str) -> Story:
    """Return a convention as the picture of a life takes it: what is lived is what is planned."""
    dossier = ctx.dossier
    return Story(dossier, ctx.agenda, ctx.agenda, dossier.registered_at, ctx.now, "", language=language)


def status_words(ctx: Context, language: str) -> str:
    """Return where a convention stands, in words."""
    return said(STATUSES[status(ctx)], language)


def meeting_lines(ctx: Context, language: str) -> tuple[MeetingLine, ...]:
    """Return every meeting that has, or had, a date."""
    return tuple(
        _meeting(ctx, item, language)
        for item in ctx.agenda.items
        if item.traits.is_meeting and (item.meeting_at or item.done_on)
    )


def _meeting(ctx: Context, item: Item, language: str) -> MeetingLine:
    fixed = arrangement(ctx.s, item.key)
    sent = {
        message.address.casefold(): _sent(ctx, message, language)
        for message in as_delivered(ctx.dossier).outbox
        if message.meeting is not None and message.meeting.item == item.key
    }
    guests = tuple(
        (
            said(guest.function, language),
            "" if guest.chairs else said(guest.says, language),
            sent.get(guest.address.casefold(), ""),
        )
        for guest in answers_for(ctx.s, item.key)
    )
    where = " · ".join(part for part in (fixed.place, fixed.video_link) if part) if fixed else ""
    return MeetingLine(item_row(ctx.s, item, language), where, guests)


def _sent(ctx: Context, message: Message, language: str) -> str:
    assert message.meeting is not None  # noqa: S101 - the caller looked
    say = sayer(language)
    what = say("annulation", "cancellation") if message.meeting.method == "CANCEL" else say("invitation", "invitation")
    day = shown(message.at.astimezone(ctx.s.zone).date(), language)
    return f"{what} {day}, {said(result_of(message), language)}"


def letter_lines(ctx: Context, language: str) -> tuple[LetterLine, ...]:
    """Return the registered letters with the days that prove them."""
    return tuple(_letter(ctx, letter, language) for letter in ctx.s.letters)


def _letter(ctx: Context, letter: EndingLetter, language: str) -> LetterLine:
    say = sayer(language)
    effect = letter.effect
    proofs = [
        (say("postée", "posted"), letter.posted.on),
        (say("présentée", "presented"), letter.presented_on),
        (say("remise", "delivered"), letter.delivered_on),
    ]
    shown_proofs = [(name, shown(day, language)) for name, day in proofs if day]
    if letter.posted.tracking:
        shown_proofs.append((say("suivi", "tracking"), letter.posted.tracking))
    if letter.outcome:
        outcome = said(value_word("letter-returned", "outcome", letter.outcome), language)
        shown_proofs.append((say("revenue", "returned"), outcome))
    days = [shown(d, language) for d in (effect.earliest, effect.expected, effect.latest)]
    if letter.withdrawn:
        words = say("retirée d’un commun accord", "withdrawn by agreement")
    elif effect.useless:
        words = say("sans effet : le terme vient avant", "no effect: the term comes first")
    elif letter.alone and letter.own_end:
        last = shown(letter.own_end, language)
        words = say(
            f"sortie de cette partie le {last} ; les autres poursuivent",
            f"that party leaves on {last}; the others go on",
        )
    elif len(set(days)) == 1:
        words = say(f"dernier jour en vigueur : {days[0]}", f"last day in force: {days[0]}")
    else:
        words = say(
            f"dernier jour en vigueur : entre le {days[0]} et le {days[2]}, attendu le {days[1]}",
            f"last day in force: between {days[0]} and {days[2]}, {days[1]} expected",
        )
    article, _ = clause_in_words(ctx.s.clause(letter.rule.clauses), language)
    return LetterLine(
        letter, said(side(ctx.s, letter.posted.by).seen_from_us(), language), article, tuple(shown_proofs), words
    )


def fact_lines(ctx: Context, language: str) -> tuple[FactLine, ...]:
    """Return the facts in force, latest day first."""
    lines = sorted(ctx.s.records, key=lambda r: (day_of(r.fact), r.recorded_at), reverse=True)
    return tuple(_fact(ctx, record, language) for record in lines)


def _fact(ctx: Context, record: Recorded, language: str) -> FactLine:
    return FactLine(
        id=record.id,
        day=shown(day_of(record.fact), language),
        title=title_of_kind(record.fact.kind, language),
        detail=tuple(_details(ctx, record.fact, language)),
        told=shown(record.recorded_at.astimezone(ctx.s.zone).date(), language),
        by=function_of(ctx.dossier, record.recorded_by),
    )


def _details(ctx: Context, fact: Fact, language: str) -> list[str]:
    found: list[str] = []
    item = ctx.agenda.item(getattr(fact, "item", ""))
    if item is not None:
        found.append(said(item.title, language))
    question = next((q for q in ctx.agenda.questions if q.id == getattr(fact, "question", "")), None)
    if question is not None:
        found.append(said(question.about, language))
    party = getattr(fact, "party", None)
    if party in ctx.s.convention.parties:
        found.append(said(ctx.s.convention.parties[party].name_on(day_of(fact)), language))
    if (starts := getattr(fact, "starts_at", None)) is not None:
        found.append(hour(starts, language))
    if isinstance(fact, DutyDone | Happened) and fact.at is not None:
        found.append(hour(fact.at.astimezone(ctx.s.zone), language))
    for name in (
        "number",
        "place",
        "reason",
        "reading",
        "months",
        "text",
        "event",
        "decision",
        "tracking",
        "note",
    ):
        value = getattr(fact, name, None)
        if value not in (None, ""):
            found.append(said(value_word(fact.kind, name, str(value)), language))
    return found


def journal_lines(ctx: Context, language: str, latest: int | None = None) -> tuple[JournalLine, ...]:
    """Return the journal, latest first; only so many lines when asked."""
    entries = list(reversed(journal(ctx.dossier)))
    return tuple(_journal(ctx, entry, language) for entry in entries[:latest])


def joined(lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """Return one line for the messages that say the same at the same time, their readers together."""
    found: dict[tuple[object, ...], JournalLine] = {}
    for line in lines:
        alike = (line.at, line.sort, line.what, line.why, line.result)
        known = found.get(alike)
        found[alike] = line if known is None else replace(known, who=f"{known.who}\u00a0; {line.who}")
    return tuple(found.values())


def _journal(ctx: Context, entry: Entry, language: str) -> JournalLine:
    local = entry.at.astimezone(ctx.s.zone)
    return JournalLine(
        at=local,
        day=shown(local.date(), language),
        hour=hour(local, language),
        sort=entry.sort,
        who=said(entry.who, language),
        what=_with_questions(ctx, said(entry.what, language), language),
        why=said(entry.why, language),
        result=said(entry.result, language),
    )


def _with_questions(ctx: Context, what: str, language: str) -> str:
    """Put the words of a question in place of its key."""
    for question in sorted(ctx.agenda.questions, key=lambda q: -len(q.id)):
        what = what.replace(f"question/{question.id}", said(question.about, language))
    return what
