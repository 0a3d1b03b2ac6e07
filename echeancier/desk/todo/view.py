"""The lines of « À faire », in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from echeancier.desk.deliberation.view import address_of, name_of
from echeancier.desk.facts.actions import actions
from echeancier.desk.facts.forms import Form
from echeancier.desk.letters.view import heading, page_of
from echeancier.desk.reading.seen import Seen
from echeancier.desk.todo.once import AskedOnce, once
from echeancier.desk.words import past_safe_day, sayer
from echeancier.domain.agenda.item_row import clause_in_words, item_row, side, title_in_words
from echeancier.domain.agenda.items import State
from echeancier.domain.attention.quiet_words import where_it_stands
from echeancier.domain.dates.words import how_far, shown
from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.letter_fields import without_options
from echeancier.domain.letters.progress import Standing
from echeancier.domain.messages.letters import title_of
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import function_of
from echeancier.domain.overview.todo import Sort, Todo, decide_by, order
from echeancier.domain.running.mail_fault import OF_SETTINGS
from echeancier.domain.typography import said

SORTS = {
    Sort.DUTY: Text(fr="échéance", en="deadline"),
    Sort.MEETING: Text(fr="réunion", en="meeting"),
    Sort.DECISION: Text(fr="décision", en="decision"),
    Sort.LETTER: Text(fr="lettre", en="letter"),
    Sort.QUESTION: Text(fr="question", en="question"),
    Sort.ANSWER: Text(fr="réponse à confirmer", en="answer to confirm"),
    Sort.MAIL: Text(fr="courriel non remis", en="undelivered mail"),
}
PAGE = 40
"""Lines of a page."""


@dataclass(frozen=True)
class TodoLine:
    """One thing to do, as shown.

    Attributes:
        how_far: the day against today, in words.
        level: ``late``, ``soon`` or ``calm``: the colour that goes with the words.
        last_instant: of a delay in hours, the day and hour at which it ends, in words; empty for the rest.
        page: of a letter, where it is read; empty for the rest.
        together: of what is done in one go for several conventions, where that is; empty for the rest.
    """

    todo: Todo
    id: str
    convention: str
    partner: str
    sort: str
    title: str
    who: str
    how_far: str
    level: str
    article: str
    older: str
    note: str
    page: str
    forms: tuple[Form, ...]
    last_instant: str = ""
    together: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under one heading."""

    id: str
    title: str
    lines: tuple[TodoLine, ...]


def asked(seen: Iterable[Seen]) -> list[AskedOnce]:
    """Return what is to be done in some conventions, late first; what is done in one go stands once."""
    found = [(one, todo) for one in seen for todo in one.todos]
    return once(sorted(found, key=lambda pair: order(pair[1])))


def counts(found: Iterable[AskedOnce]) -> Counter[Sort]:
    """Count what is to be done by sort."""
    return Counter(one.todo.sort for one in found)


def sections(found: Sequence[AskedOnce], language: str, back: str) -> tuple[Section, ...]:
    """Return the lines of a page, under the headings of their urgency."""
    say = sayer(language)
    titles = {
        "late": say("En retard ou manqué", "Late or missed"),
        "week": say("Maintenant et d’ici sept jours", "Now and within seven days"),
        "later": say("À préparer", "To prepare"),
        "undated": say("Questions à trancher", "Questions to settle"),
    }
    groups: dict[str, list[TodoLine]] = {name: [] for name in titles}
    for number, one in enumerate(found):
        shown_line = line(one.seen, one.todo, language, f"t{number}", back)
        groups[_group(one.seen, one.todo)].append(_in_one_go(one, shown_line, language) if one.act else shown_line)
    return tuple(Section(name, titles[name], tuple(lines)) for name, lines in groups.items() if lines)


def _group(seen: Seen, todo: Todo) -> str:
    if todo.late:
        return "late"
    if todo.day is None:
        return "undated"
    return "week" if (todo.day - seen.ctx.s.today).days <= 7 else "later"


def line(seen: Seen, todo: Todo, language: str, id: str, back: str) -> TodoLine:  # noqa: A002 - the word of HTML
    """Return one thing to do, in words, with the forms that settle it."""
    ctx = seen.ctx
    convention = ctx.dossier.convention
    far = None if todo.day is None else (todo.day - ctx.s.today).days
    level = "late" if todo.late else "soon" if far is not None and far <= 7 else "calm"
    older = ""
    if todo.older:
        many = "s" if todo.older > 1 else ""
        older = sayer(language)(f"et {todo.older} autre{many} avant", f"and {todo.older} more before")
        if todo.message is not None:
            older = sayer(language)(f"et {todo.older} autre{many}", f"and {todo.older} more")
    about = todo.item or todo.question
    clause = about.clause if about else None
    return TodoLine(
        todo=todo,
        id=id,
        convention=title_in_words(convention, language),
        partner=said(", ".join(convention.parties[key].name_on(ctx.s.today) for key in convention.others), language),
        sort=said(SORTS[todo.sort], language),
        title=_title(seen, todo, language),
        who=_who(seen, todo, language),
        how_far=how_far_words(todo, far, language),
        level=level,
        article=clause_in_words(clause, language).article,
        page=page_of(ctx, todo.letter.letter, todo.letter.about, todo.letter.to) if todo.letter else "",
        older=older,
        note=" ".join(words for words in (_note(todo, language), *_said_of(seen, todo, language)) if words),
        forms=actions(ctx, todo, language, id, back),
        last_instant=_last_instant(seen, todo, language),
    )


def _in_one_go(one: AskedOnce, of_one: TodoLine, language: str) -> TodoLine:
    """The line of what is done in one go for several conventions: it names them, and leads to the page of their act."""
    assert one.act is not None  # noqa: S101 - the caller looked
    where = ", ".join((one.seen.reference, *one.also))
    called = name_of(one.seen.ctx.dossier, one.act, language)
    note = sayer(language)(
        f"À signer de même, délibération « {called} » : {where}.",
        f"To be signed alike, act “{called}”: {where}.",
    )
    return replace(
        of_one, note=f"{note} {of_one.note}".strip(), forms=(), together=address_of(one.seen.reference, one.act)
    )


def _said_of(seen: Seen, todo: Todo, language: str) -> tuple[str, ...]:
    """Who took charge of it, until when nobody is called, which problem there is."""
    return () if todo.item is None else tuple(said(one, language) for one in where_it_stands(seen.ctx.s, todo.item))


def _last_instant(seen: Seen, todo: Todo, language: str) -> str:
    if todo.item is None or todo.item.legal_last_instant is None:
        return ""
    return item_row(seen.ctx.s, todo.item, language).last_in_a_sentence


def how_far_words(todo: Todo, far: int | None, language: str) -> str:
    """Return how far the day to act by is, in words; late is what the law or the contract calls late."""
    if far is None or todo.sort is Sort.MAIL:
        return ""
    if todo.item is not None and todo.item.state is State.MISSED:
        return sayer(language)("manqué", "missed")
    if far < 0 and not todo.late:  # the day to act by is over, the last day is not: nothing is late yet
        return past_safe_day(-far, language)
    return how_far(far, language)


def _title(seen: Seen, todo: Todo, language: str) -> str:
    say = sayer(language)
    if todo.item is not None:
        if todo.item.kind == "end":
            if decide_by(seen.ctx) is None:
                return say("La convention prend fin", "The convention comes to its end")
            return say(
                "Décider de la suite : la convention prend fin",
                "Decide what follows: the convention comes to its end",
            )
        prefix = say("Réponses à confirmer : ", "Answers to confirm: ") if todo.declared else ""
        return prefix + said(todo.item.title, language)
    if todo.question is not None:
        return said(todo.question.about, language)
    if todo.letter is not None:
        return heading(todo.letter, language)
    assert todo.message is not None  # noqa: S101 - one of the four
    return _title_of_mail(seen, todo.message, language)


def _title_of_mail(seen: Seen, message: Message, language: str) -> str:
    say = sayer(language)
    if message.fault in OF_SETTINGS:
        return say(
            "Courriels retenus : réglages de l’envoi en cause",
            "Mail held back: a matter of our sending settings",
        )
    function = function_of(seen.ctx.dossier, message.role)
    return say(f"Courriel non remis à « {function} »", f"Mail not delivered to “{function}”")


def _who(seen: Seen, todo: Todo, language: str) -> str:
    say = sayer(language)
    ctx = seen.ctx
    if todo.item is not None:
        return said(side(ctx.s, todo.item.owed_by).seen_from_us(in_full=True), language)
    if todo.question is not None:
        return say("à ", "to ") + said(function_of(ctx.dossier, todo.question.ask), language)
    if todo.letter is not None:
        return said(title_of(ctx, todo.letter), language)
    return ""


def _note_of_mail(message: Message, language: str) -> str:
    say = sayer(language)
    detail = message.detail or say("refusé par le serveur", "refused by the server")
    if message.fault in OF_SETTINGS:
        return f"{detail}. " + say(
            "Les destinataires n’y sont pour rien : corriger les réglages du courriel ; d’ici là, chaque message est "
            "gardé et présenté de nouveau pendant cinq jours, puis ce qui reste vrai est redit dans un nouveau.",
            "The recipients have nothing to do with it: mend the mail settings; until then each message is kept and "
            "handed over again for five days; what is still true is then said again in a new one.",
        )
    if message.unknown:
        return f"{detail}. " + say("Demander à cette personne si elle l’a.", "Ask that person whether it arrived.")
    return f"{detail}. " + say(
        "Prévenir cette personne autrement, puis donner sa nouvelle adresse.",
        "Tell that person by other means, then give the new address.",
    )


def _note_of_answers(todo: Todo, language: str) -> str:
    given = " ; ".join(f"{one.function} : {said(one.says, language)}" for one in todo.declared)
    return f"{given}. " + sayer(language)(
        "Rien ne prouve qui l’a écrit : le vérifier autrement, puis confirmer.",
        "Nothing proves who wrote it: check by other means, then confirm.",
    )


def _note(todo: Todo, language: str) -> str:
    say = sayer(language)
    if todo.message is not None:
        return _note_of_mail(todo.message, language)
    if todo.letter is not None:
        return _note_of_letter(todo.letter, language)
    if todo.item is not None and todo.item.meeting_at is None and todo.sort is Sort.MEETING and not todo.late:
        last = shown(todo.item.legal_last_day, language)
        return say(
            f"À tenir au plus tard le {last}. Le jour proposé est modifiable.",
            f"To be held by {last}. The proposed day can be changed.",
        )
    if todo.item is not None:
        standing = said(todo.item.standing, language) if todo.item.standing is not None else ""
        return _note_of_answers(todo, language) if todo.declared else standing
    if todo.question is not None and todo.question.kind == "contested":
        return say("En attendant, la lecture prudente s’applique.", "Until then the prudent reading applies.")
    return ""


def _note_of_letter(one: Standing, language: str) -> str:
    say = sayer(language)
    if one.changes:
        return say("Elle avait été validée, mais a changé : ", "It had been validated, but changed: ") + " ; ".join(
            said(change, language) for change in one.changes
        )
    if one.call is not None and one.call.optional and one.validated is None:
        return say(
            "Une faculté, non un devoir : à poster seulement si la décision en est prise.",
            "A right, not a duty: to be posted only if that is what is decided.",
        )
    return said(without_options(one.missing, language), language)
