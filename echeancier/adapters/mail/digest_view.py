"""A digest in the words of its reader's language: the values that its templates name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from echeancier.adapters.mail.desk_pages import convention_page, form_page, forms_of, letter_page
from echeancier.adapters.mail.links import LinkView
from echeancier.adapters.mail.phrases import words
from echeancier.adapters.mail.robot_view import troubles_in_words
from echeancier.domain.agenda.short_titles import without_details
from echeancier.domain.dates.words import month_in_words
from echeancier.domain.messages.digest import SECTIONS, About, Deeds, Digest, DigestLine, MailYield, SectionName
from echeancier.domain.messages.letters import Letters
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.opening import OpeningMessage
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.questions import Questions
from echeancier.domain.messages.reminders import Reminders
from echeancier.domain.model import Text
from echeancier.domain.overview.digest_lines import short_day
from echeancier.domain.text import shortened
from echeancier.domain.typography import NBSP, in_language

MOST_WORDS: Final = 15
"""Words of a line, its buttons apart: what does not fit is left to the page behind them."""

PRESSING: Final[frozenset[SectionName]] = frozenset(("late", "week", "mails", "decide"))
"""Sections that ask something now: they stand before whatever else the mail of the day asks, the others after it."""

NAMED: Final = 2
"""References that stand in a line that several conventions share; more of them are counted."""

LINKED: Final = 5
"""Conventions of such a line that have a button each."""

MOST_LINKS: Final = 2
"""Buttons of a line."""

SUBJECT_ROOM: Final = 70

ByItem = Mapping[tuple[str, str], tuple[LinkView, ...]]
"""What the reader may say by a link, by the reference and the key of the item."""


@dataclass(frozen=True)
class DigestLineView:
    """One line: its day, what it says after it, and the buttons that settle it; ``many`` has one for each convention."""

    day: str
    says: str
    links: tuple[LinkView, ...]
    many: bool


@dataclass(frozen=True)
class SectionView:
    """A section, and how many things it does not show."""

    name: SectionName
    lines: tuple[DigestLineView, ...]
    cut: int


def values_of(digest: Digest, desk_url: str, by_item: ByItem) -> dict[str, object]:
    """Return every value a template may name.

    Args:
        digest: what is told.
        desk_url: of the desk, empty without one.
        by_item: the links of the things told here, where they may be said by one.
    """
    language = digest.language
    sections = [_section(digest, name, desk_url, by_item) for name in SECTIONS if name in digest.sections]
    return {
        "every": digest.every,
        "function": digest.function,
        "pressing": [one for one in sections if one.name in PRESSING],
        "calm": [one for one in sections if one.name not in PRESSING],
        "deeds": _deeds(digest.deeds, language),
        "troubles": troubles_in_words(digest.robot, language) if digest.robot is not None else (),
        "yields": [_yield(one, language) for one in digest.yields],
        "yields_page": f"{desk_url.rstrip('/')}/courriels" if desk_url and digest.yields else "",
        "desk_url": desk_url if digest.at_the_desk else "",
        "ask": digest.ask,
        "titles": _titles(digest),
    }


# -- the subject -----------------------------------------------------------------------------------------------------


def subject_of(digest: Digest, besides: Sequence[MessageOrder] = ()) -> str:
    """Return the subject: the period, then what matters most in it, in `SUBJECT_ROOM` characters.

    Args:
        digest: what is told.
        besides: what stands in the same mail and the digest does not tell.
    """
    language = digest.language
    period = f"{_period(digest)}{_COLON[language]}"
    called = {"week": sum(len(part.lines) for part in besides if part.kind == Reminders.kind)}
    counts = [
        words for name in ("late", "week", "decide") if (words := _counted(digest, name, more=called.get(name, 0)))
    ]
    counts = (
        counts or [words for name in ("know", "ahead", "mails", "questions") if (words := _counted(digest, name))][:1]
    )
    counts += _beside(besides, language)
    alone = list(_naming_beside(besides, digest) if besides else _naming(digest))
    fewer = [", ".join(counts[:count]) for count in range(len(counts), 0, -1)] or [_otherwise(digest)]
    printed = [in_language(period + said, language) for said in (*alone, *fewer)]
    return next((one for one in printed if len(one) <= SUBJECT_ROOM), "") or shortened(printed[-1], SUBJECT_ROOM)


def _beside(parts: Sequence[MessageOrder], language: str) -> Iterator[str]:
    """The questions of other messages, counted; then what the only other that calls for nothing is, or how many there are."""
    questions = sum(len(part.questions) for part in parts)
    if questions:
        plural = "s" if questions > 1 else ""
        yield f"{questions} question{plural} {'pour vous' if language == 'fr' else 'for you'}"
    others = [part for part in parts if part.kind not in (Questions.kind, Reminders.kind)]
    if len(others) == 1:
        name = (_CALLED.get(others[0].kind) or mail_of(others[0].kind).name).in_language(language)
        yield f"{name[:1].lower()}{name[1:]} ({others[0].reference})"
    elif others:
        yield f"{len(others)} {'autres messages' if language == 'fr' else 'other messages'}"


def _naming(digest: Digest) -> Iterator[str]:
    """The one thing that a digest asks, by its name and its day, where there is no other."""
    if (alone := _alone(digest)) is None:
        return
    (line, name), language = alone, digest.language
    yield from _with_day(_what(line, language), line.day, digest, name)


def _naming_beside(parts: Sequence[MessageOrder], digest: Digest) -> Iterator[str]:
    """The one thing that the reminders beside a digest ask, where the mail asks nothing else."""
    if any(digest.count(name) for name in ("late", "week", "decide")):
        return
    lines = [line for part in parts for line in part.lines if part.kind == Reminders.kind]
    if len(lines) != 1 or len(parts) > 1 or parts[0].questions:
        return
    line, language = lines[0], digest.language
    name = line.short.in_language(language) if line.short else without_details(line.title.in_language(language))
    late = line.stage in ("overdue", "escalation")
    day = (line.legal_last_day if late else None) or line.safe_day or line.legal_last_day
    yield from _with_day(name, day, digest, "late" if late else "week")


def _with_day(what: str, day: date | None, digest: Digest, name: SectionName) -> Iterator[str]:
    """A thing and its day: with the day of the week, without, and in as few words as can be."""
    for weekday in (True, False):
        said = "" if day is None else short_day(day, digest.on, digest.language, weekday=weekday)
        yield f"{what}{_by(name, said, digest.language)}"
    if name == "late":
        yield f"{what}, en retard" if digest.language == "fr" else f"{what}, late"
    elif digest.language == "fr":
        yield f"{what}, pour le {said}" if said else what


_COLON: Final = {"fr": " : ", "en": ": "}


def _period(digest: Digest) -> str:
    month = month_in_words(digest.on, digest.language).partition(NBSP)[0]
    french = {"daily": "Aujourd’hui", "weekly": "Votre semaine", "monthly": f"Votre mois de {month}"}
    english = {"daily": "Today", "weekly": "Your week", "monthly": f"Your month of {month}"}
    if digest.language == "en":
        return english[digest.every]
    return french[digest.every].replace("de a", "d’a").replace("de o", "d’o")


def _alone(digest: Digest) -> tuple[DigestLine, SectionName] | None:
    """The one thing that a digest asks, where there is no other."""
    asked: list[tuple[DigestLine, SectionName]] = [
        (line, name) for name in ("late", "week", "decide") for line in digest.sections.get(name, ())
    ]
    return asked[0] if len(asked) == 1 and len(asked[0][0].of) == 1 and not asked[0][0].more else None


def _by(name: SectionName, day: str, language: str) -> str:
    if not day:
        return ""
    if name == "late":
        return f", en retard depuis le {day}" if language == "fr" else f", late since {day}"
    return f", au plus tard le {day}" if language == "fr" else f", by {day}"


_CALLED: Final[dict[str, Text]] = {
    OpeningMessage.kind: Text(fr="convention en vigueur", en="convention in force"),
    Letters.kind: Text(fr="lettre à suivre", en="letter to follow"),
}
"""Messages whose reader calls them otherwise than the journal does."""

_COUNTED: Final[dict[SectionName, tuple[Text, Text]]] = {
    "late": (Text(fr="1 retard", en="1 late"), Text(fr="{} retards", en="{} late")),
    "week": (Text(fr="1 chose à faire", en="1 thing to do"), Text(fr="{} choses à faire", en="{} things to do")),
    "decide": (Text(fr="1 décision", en="1 decision"), Text(fr="{} décisions", en="{} decisions")),
    "know": (
        Text(fr="1 échéance à connaître", en="1 deadline to know of"),
        Text(fr="{} échéances à connaître", en="{} deadlines to know of"),
    ),
    "ahead": (Text(fr="1 chose à prévoir", en="1 thing ahead"), Text(fr="{} choses à prévoir", en="{} things ahead")),
    "mails": (
        Text(fr="1 courriel qui n’arrive pas", en="1 mail that does not arrive"),
        Text(fr="{} courriels qui n’arrivent pas", en="{} mails that do not arrive"),
    ),
    "questions": (
        Text(fr="des questions attendent une réponse", en="questions wait for an answer"),
        Text(fr="des questions attendent une réponse", en="questions wait for an answer"),
    ),
}


def _counted(digest: Digest, name: SectionName, *, more: int = 0) -> str:
    count = digest.count(name) + more
    one, many = _COUNTED[name]
    return (
        ""
        if not count
        else one.in_language(digest.language)
        if count == 1
        else many.in_language(digest.language).format(count)
    )


def _otherwise(digest: Digest) -> str:
    if digest.robot is not None and digest.robot.is_in_trouble:
        return "the robot needs somebody" if digest.language == "en" else "le robot a besoin de quelqu’un"
    return "what our mails lead to" if digest.language == "en" else "ce que nos courriels produisent"


# -- the lines -------------------------------------------------------------------------------------------------------


def _section(digest: Digest, name: SectionName, desk_url: str, by_item: ByItem) -> SectionView:
    lines = tuple(_line(digest, name, line, desk_url, by_item) for line in digest.sections[name])
    return SectionView(name, lines, digest.cut.get(name, 0))


def _line(digest: Digest, name: SectionName, line: DigestLine, desk_url: str, by_item: ByItem) -> DigestLineView:
    language = digest.language
    day = "" if line.day is None else short_day(line.day, digest.on, language, weekday=name == "week")
    if name == "week" and not day:
        day = "Dès maintenant" if language == "fr" else "Now"
    if day and name in ("late", "mails"):
        day = f"Depuis le {day}" if language == "fr" else f"Since {day}"
    wordings, links = _wordings(digest, line), _links(line, desk_url, by_item, language)
    says = next((one for one in wordings if len(f"{day} {one}".split()) <= MOST_WORDS), wordings[-1])
    return DigestLineView(_capital(day), _capital(says), links, many=len(line.of) > 1)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _what(line: DigestLine, language: str) -> str:
    """The thing; of a letter that nobody has to post, that it is posted only if that is decided."""
    told, what = line.of[0].line, line.what.in_language(language)
    if told is None or told.kind != "notice":
        return what
    return f"{what}, si c’est décidé" if language == "fr" else f"{what}, if so decided"


def _wordings(digest: Digest, line: DigestLine) -> tuple[str, ...]:
    """What a line says, the fullest first."""
    language = digest.language
    what = _what(line, language)
    who = "" if line.who is None else f" ({line.who.in_language(language)})"
    who = "" if what.endswith(who) else who
    where = _where(digest, line)
    more = ""
    if line.more:
        plural = "s" if line.more > 1 else ""
        more = f", et {line.more} autre{plural} avant" if language == "fr" else f", and {line.more} more before"
    then = f", {line.then.in_language(language)}" if line.then is not None else ""
    why = f", {line.why}" if line.why else ""
    return (
        what + who + where + then + more + why,
        what + where + then + more + why,
        what + where + then + more,
        what + where + then,
        what + where,
    )


def _where(digest: Digest, line: DigestLine) -> str:
    """The references, where the reader has several conventions; how many, where there are more than a few."""
    many = len(line.of)
    if many > 1 and (many > NAMED or digest.at_the_desk):  # each has its button there
        return f", {many}{NBSP}conventions"
    if len(digest.references) == 1:
        return ""
    names = (" et " if digest.language == "fr" else " and ").join(about.reference for about in line.of)
    return f", {names}"


def _links(line: DigestLine, desk_url: str, by_item: ByItem, language: str) -> tuple[LinkView, ...]:
    if len(line.of) == 1:
        return _links_of(line.of[0], desk_url, by_item, language)
    if not desk_url:
        return ()
    shown = [
        LinkView(about.reference, found[0].address if (found := _forms(about, desk_url, language)) else page)
        for about in line.of[:LINKED]
        for page in (convention_page(desk_url, about.reference),)
    ]
    if len(line.of) > LINKED:
        shown.append(LinkView("Les autres" if language == "fr" else "The others", f"{desk_url.rstrip('/')}/"))
    return tuple(shown)


def _links_of(about: About, desk_url: str, by_item: ByItem, language: str) -> tuple[LinkView, ...]:
    """What the reader may do at once: at the desk, else by a link; the likeliest first."""
    found = _forms(about, desk_url, language) if desk_url else ()
    return (found or by_item.get((about.reference, about.item), ()))[:MOST_LINKS]


def _forms(about: About, desk_url: str, language: str) -> tuple[LinkView, ...]:
    said = words(language)["desk"]
    if about.line is not None:
        return forms_of(desk_url, about.reference, about.line, said)
    form = about.form
    if form is None:
        return ()
    page = letter_page if form.says == "letter" else form_page
    return (LinkView(said[form.says], page(desk_url, about.reference, form.kind, **dict(form.given))),)


# -- the robot -------------------------------------------------------------------------------------------------------


def _deeds(deeds: Deeds, language: str) -> str:
    """What the robot did by itself, in one sentence; empty for nothing."""
    found = [
        _many(deeds.mails, Text(fr="courriel", en="mail"), Text(fr="courriels", en="mails"), language),
        _many(
            deeds.invitations,
            Text(fr="invitation", en="invitation"),
            Text(fr="invitations", en="invitations"),
            language,
        ),
        _many(
            len(deeds.closed),
            Text(fr="dossier clos", en="file closed"),
            Text(fr="dossiers clos", en="files closed"),
            language,
        ),
    ]
    said = ", ".join(filter(None, found))
    return f"{said} ({', '.join(deeds.closed)})" if deeds.closed else said


def _many(count: int, one: Text, several: Text, language: str) -> str:
    return f"{count}{NBSP}{(several if count > 1 else one).in_language(language)}" if count else ""


def _titles(digest: Digest) -> tuple[str, ...]:
    """The conventions it speaks of, each by its title, with its reference where there are several."""
    said = [(reference, title.in_language(digest.language)) for reference, title in digest.titles]
    several = len(digest.references) > 1
    return tuple(f"{reference} – {title}" if several else title for reference, title in said)


def _yield(one: MailYield, language: str) -> str:
    """« Rappels, dernier appel : 12 % suivis d’effet (3 sur 25) ; à adoucir »."""
    name = one.kind.in_language(language)
    if one.stage is not None:
        name += f", {one.stage.in_language(language)}"
    percent = 100 * one.followed // one.mails
    if language == "en":
        said = f"{name}: {percent}% followed ({one.followed} of {one.mails})"
        return f"{said}; better softened" if one.softer else said
    said = f"{name} : {percent} % suivis d’effet ({one.followed} sur {one.mails})"
    return f"{said} ; à adoucir" if one.softer else said
