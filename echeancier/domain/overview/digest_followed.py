"""What a convention tells whoever coordinates or manages it: all that is asked, each thing in its section."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from echeancier.domain.agenda.items import TO_DO, Item, Question
from echeancier.domain.agenda.renewal import deciding_steps
from echeancier.domain.attention.reminder_stages import due_stage
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.digest import DeskForm, DigestLine, SectionName
from echeancier.domain.model import Text
from echeancier.domain.overview.digest_lines import (
    DigestSpan,
    Found,
    about,
    about_item,
    line_of,
    short_day,
    waiting,
    was_due,
)
from echeancier.domain.overview.digest_readers import Share
from echeancier.domain.overview.journal import function_of
from echeancier.domain.overview.todo import Todo, decide_by, todos
from echeancier.domain.running.mail_fault import OF_SETTINGS, said_of
from echeancier.domain.typography import NBSP

FAR: Final = timedelta(days=183)
"""How far the digest looks for what takes months to prepare: an end, a notice to post."""

NEAR: Final = timedelta(days=60)
"""From how long before its day something is to be decided, and no longer only to be foreseen."""

SHORT: Final = 10
"""Words of a question that stands in a line; a longer one is counted, and read where it is answered."""


def followed(share: Share, span: DigestSpan) -> Iterator[Found]:
    """Yield the lines of a convention for whoever follows the whole of it."""
    ctx = share.ctx
    steps, late = deciding_steps(ctx.s), False
    questions = []
    for todo in todos(ctx):
        item = todo.item
        if todo.question is not None:
            if (ctx.s.convention.reference, f"question/{todo.question.id}") not in span.in_full:
                questions.append(todo.question)
        elif todo.message is not None:
            yield _mail(ctx, todo, span)
        elif todo.letter is not None:
            yield from _letter(ctx, todo, span)
        elif item is not None and item.key in steps and todo.late:
            late = True
            yield _item(share, todo, item, span)
        elif item is not None and item.key not in steps and not item.traits.has_decision_line:
            yield _item(share, todo, item, span)
    yield from _questions(ctx, questions)
    yield from _decisions(share, span, late=late)


def _item(share: Share, todo: Todo, item: Item, span: DigestSpan) -> Found:
    ctx, line, day = share.ctx, line_of(share, item, span, more=todo.older), todo.day or date.max
    if todo.declared:
        form = DeskForm(says="confirm", kind="invitation-answered", given=(("item", item.key),))
        what = Text(fr=f"réponses à confirmer{NBSP}: {line.what.fr}", en=f"answers to confirm: {line.what.en}")
        changes = {"of": about(ctx, f"answers/{item.key}", form), "what": what}
        return Found("week", day, line.model_copy(update=changes))
    if todo.late:
        return Found("late", day, line, new=was_due(item) >= span.before)
    if day <= span.until:
        return Found("week", day, line)
    due = due_stage(ctx.s, item)
    return Found("ahead", day, line, new=due is not None and due.at.date() > span.before)


def _mail(ctx: Context, todo: Todo, span: DigestSpan) -> Found:
    """An address that refuses, once however many mails came back; mail held back by our own settings."""
    message, day = todo.message, todo.day or span.today
    assert message is not None  # noqa: S101 - the caller looked
    held = message.fault in OF_SETTINGS
    reader = function_of(ctx.dossier, message.role)
    form = None if held else DeskForm(says="address", kind="role-changed", given=(("role", message.role),))
    line = DigestLine(
        of=about(ctx, f"address/{message.address.casefold()}", form),
        what=Text(fr="Courriels retenus", en="Mail held back") if held else Text(fr=reader, en=reader),
        day=day,
        more=todo.older,
        # A relay's words about our settings are for the desk only.
        why=said_of(message.fault).fr if held else message.detail,
    )
    return Found("mails", day, line, new=day >= span.before)


def _letter(ctx: Context, todo: Todo, span: DigestSpan) -> Iterator[Found]:
    """A letter with a day to post it by; one that is only a right has the line of its notice."""
    one = todo.letter
    assert one is not None  # noqa: S101 - the caller looked
    if one.by is None or one.call is None or one.call.optional:
        return
    to = (("to", one.to),) if one.to else ()
    form = DeskForm(says="letter", kind=one.letter, given=(("about", one.about), *to))
    name = LETTERS[one.letter].WORDS.name
    line = DigestLine(of=about(ctx, f"letter/{one.letter}/{one.about}", form), what=name, day=one.by)
    section: SectionName = "late" if todo.late else "week" if one.by <= span.until else "ahead"
    yield Found(section, one.by, line, new=span.before <= one.by <= span.until)


def _questions(ctx: Context, questions: list[Question]) -> Iterator[Found]:
    """Each question in its words where they are few; else how many wait."""
    short = [one for one in questions if len(one.about.fr.split()) <= SHORT and len(one.about.en.split()) <= SHORT]
    if len(short) != len(questions) or len(questions) > 2:
        short = []
    for one in short:
        line = DigestLine(of=about(ctx, f"question/{one.id}", _answer(one)), what=one.about)
        yield Found("questions", date.max, line, new=False, questions=1)
    if questions and not short:
        line = DigestLine(of=about(ctx, "questions", _answer(questions[0])), what=waiting(len(questions)))
        yield Found("questions", date.max, line, new=False, questions=len(questions))


def _answer(question: Question) -> DeskForm:
    return DeskForm(says="answer", kind="question-answered", given=(("question", question.id),))


# -- what is to be decided -------------------------------------------------------------------------------------------


def _decisions(share: Share, span: DigestSpan, *, late: bool) -> Iterator[Found]:
    """What follows the end, on the day it is to be decided; and the letters of whoever wants to leave."""
    ctx = share.ctx
    end, by = ctx.agenda.end, decide_by(ctx)
    notices = [
        (item, item.safe_day)
        for item in ctx.agenda.items
        if item.kind == "notice" and item.state in TO_DO and item.safe_day is not None
        if span.today <= item.safe_day <= span.today + FAR
    ]
    for item, day in notices:
        yield _decision(span, day, line_of(share, item, span))
    if late or end.day is None or not span.today <= end.day <= span.today + FAR:
        return
    if end.renews_itself and notices:
        return  # the letter is the decision
    if by is not None:
        step = _step_to_do(ctx)
        of = about(ctx, "end", None) if step is None else (about_item(share, step),)
        yield _decision(span, by, DigestLine(of=of, what=_DECIDE, day=by, then=_then(ctx, by)))
    elif not end.renews_itself:
        line = DigestLine(of=about(ctx, "end", None), what=_ENDS, day=end.day)
        yield Found("ahead", end.day, line, new=end.day - FAR >= span.before)


_DECIDE: Final = Text(fr="Décider de la suite", en="Decide what follows")
_ENDS: Final = Text(fr="Fin de la convention", en="End of the convention")


def _decision(span: DigestSpan, day: date, line: DigestLine) -> Found:
    near = day <= span.today + NEAR
    return Found("decide" if near else "ahead", day, line, new=day - (NEAR if near else FAR) >= span.before)


def _step_to_do(ctx: Context) -> Item | None:
    """The decision, or the vote once it is taken."""
    steps = (ctx.items.get(key) for key in deciding_steps(ctx.s))
    return next((item for item in steps if item is not None and item.state in TO_DO), None)


def _then(ctx: Context, by: date) -> Text | None:
    """The vote that the decision takes, with its day; else the end it is about."""
    steps, end = deciding_steps(ctx.s), ctx.agenda.end.day
    vote = ctx.items.get(steps[-1]) if steps else None
    if vote is not None and vote.state in TO_DO and vote.safe_day is not None and vote.safe_day > by:
        fr, en = (short_day(vote.safe_day, ctx.s.today, one) for one in ("fr", "en"))
        return Text(fr=f"vote au plus tard le {fr}", en=f"vote by {en}")
    if end is None:
        return None
    fr, en = (short_day(end, ctx.s.today, one) for one in ("fr", "en"))
    return Text(fr=f"fin le {fr}", en=f"ends {en}")
