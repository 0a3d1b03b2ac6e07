"""How much attention the robot asks for: the mails of eleven whole lives, how many, how long, and whether they say what matters.

`python -m bench.attention` also says what makes most of them.
"""

import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from multiprocessing import get_context

from bench.lines import NO_AIM, Line
from bench.many import EXAMPLES
from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.adapters.mail.digest import TemplateDigestWriter
from echeancier.adapters.mail.links import MailLinks
from echeancier.adapters.mail.rendering import Renderer
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.mail import Mailbox
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.tokens import LinkKey
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.rehearsal.lives import Lives, Sent, zone_of
from echeancier.domain.rehearsal.player import Diligent, script_of

ELEVEN = ("sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "mtz-f", "bri-p", "bri-o", "ida-o", "tcm-p", "tcm-d")
"""The ten conventions and the financial annex of Metz."""

DESK, LINKS = "https://bureau.ville.example", "https://reponses.ville.example"


@dataclass(frozen=True)
class Read:
    """What one mail asks of its reader.

    Attributes:
        kinds: of what it says; ``digest`` among them where it is one.
        words: of its plain text, addresses of pages apart.
        before: words before the first thing to do, None where it names none.
        whole: its subject is short enough not to be cut, says what, and which day where it is about one.
        forbidden: which forbidden words it has.
        calls: the kind and the stage of each dated thing it is about.
    """

    convention: str
    address: str
    day: date
    kinds: tuple[str, ...]
    alone: bool
    words: int
    before: int | None
    whole: bool
    forbidden: tuple[str, ...]
    calls: tuple[str, ...]

    @property
    def is_digest(self) -> bool:
        """Whether it is a digest, whatever else it carries."""
        return "digest" in self.kinds


@dataclass
class Attention:
    """What some lives asked for.

    Attributes:
        alike: likeness of each two successive mails on one thing to one person, from 0 to 1.
    """

    read: list[Read] = field(default_factory=list)
    alike: list[float] = field(default_factory=list)

    def add(self, other: "Attention") -> "Attention":
        """Count others too."""
        self.read += other.read
        self.alike += other.alike
        return self

    @property
    def mails(self) -> list[Read]:
        """Every mail that is no digest."""
        return [one for one in self.read if not one.is_digest]


# -- the lives --------------------------------------------------------------------------------------------------------


class _Keys:
    """One key, always the same."""

    def current(self) -> LinkKey:
        """Return it."""
        return LinkKey(bytes(range(32)))


@cache
def _writers(*, links: bool) -> tuple[Renderer, TemplateDigestWriter]:
    sender = Mailbox(name="Échéancier", address="echeancier@ville.example")
    made = MailLinks(LINKS, _Keys()) if links else None
    desk = DESK if links else ""
    renderer = Renderer(sender, "retours@ville.example", "ville.example", desk or None, keys=_Keys(), links=made)
    return renderer, TemplateDigestWriter(
        sender, "ville.example", desk, parts=lambda told: renderer.told_inside(tuple(told)), links=made
    )


def lived(name: str, *, answering: bool) -> Lives:
    """Live an example to its end: everybody does their part, or nobody answers after the facts of its file."""
    convention = load_convention(EXAMPLES / f"{name}.toml")
    known = as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), convention.place.time_zone)
    script = script_of(known)
    lives = Lives(min(r.recorded_at for r in known).astimezone(zone_of(convention)), hours=DigestHours())
    lives.enter(convention, player=Diligent(convention, script) if answering else script)
    return lives.to_their_ends()


def attention_of(name: str, *, answering: bool) -> dict[bool, Attention]:
    """Live an example and read its mails, as they are with links and without."""
    lives = lived(name, answering=answering)
    return {links: _read(name, lives, links=links) for links in (True, False)}


def _read(name: str, lives: Lives, *, links: bool) -> Attention:
    found = Attention()
    last: dict[tuple[str, str], list[str]] = {}
    for sent in lives.sent:
        subject, text = _words_of(sent, links=links)
        read = _counted(name, sent, subject, text)
        found.read.append(read)
        if read.is_digest:
            continue
        words = _plain_words(text)
        for item in {line.item for _, line in sent.lines()}:
            before = last.get((sent.address, item))
            if before is not None:
                found.alike.append(SequenceMatcher(None, before, words, autojunk=False).ratio())
            last[sent.address, item] = words
    return found


def _words_of(sent: Sent, *, links: bool) -> tuple[str, str]:
    renderer, digests = _writers(links=links)
    if not isinstance(sent.mail, DayMail):
        mail = renderer.render(sent.mail)
    elif sent.mail.digest is None:
        mail = renderer.render_day(sent.mail)
    else:
        mail = digests.day_mail(sent.mail)
    return mail.subject, mail.text


# -- what is counted --------------------------------------------------------------------------------------------------

_PAGE = re.compile(r"https?://\S+")
_SPACES = re.compile(r"\s+")
_A_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d)"
_ENGLISH = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
FORBIDDEN = {
    "a command": re.compile(r"\becheancier [a-z]"),
    "« Calcul »": re.compile(r"\bCalcul\b|\bComputation\b"),
    "« Certitude »": re.compile(r"\bCertitude\b|\bCertainty\b"),
    "« avant le » a day": re.compile(rf"(?<![Pp]as )\b[Aa]vant le {_A_DAY}|(?<![Nn]ot )\b[Bb]efore (?:{_ENGLISH}|\d)"),
}
"""What no mail may say, and how it is found; « pas avant le » names a first day, and may."""

SUBJECT_ROOM = 70
_CALLING = ("reminders", "urgent", "correction")


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text)


def _plain_words(text: str) -> list[str]:
    return [word for word in _PAGE.sub("", text).split() if any(sign.isalnum() for sign in word)]


def _counted(name: str, sent: Sent, subject: str, text: str) -> Read:
    kinds = tuple(dict.fromkeys(part.kind for part in sent.parts))
    plain = _plain(text)
    return Read(
        convention=name, address=sent.address, day=sent.at.date(), alone=sent.leaves_alone,
        kinds=kinds if sent.digest is None else ("digest", *kinds), words=len(_plain_words(text)),
        before=_before_the_first(sent, plain), whole=_is_whole(sent, _plain(subject)),
        forbidden=tuple(what for what, words in FORBIDDEN.items() if words.search(plain)),
        calls=tuple(f"{line.kind} {line.stage}" for part in sent.parts if part.kind in _CALLING for line in part.lines),
    )  # fmt: skip


def _days_said(part: MessageOrder) -> set[str]:
    """Return how the days of what is to be done may be said."""
    days = {
        day for line in part.lines for day in (line.safe_day, line.legal_last_day, line.proposed) if day is not None
    }
    days |= {line.meeting_at.date() for line in part.lines if line.meeting_at is not None}
    days |= {part.meeting.starts_at.date()} if part.meeting is not None else set()
    return {
        _plain(said).rsplit(" ", 1)[0] for day in days for said in (in_words(day, part.to.language, weekday=False),)
    } | {figures(day) for day in days}


def _before_the_first(sent: Sent, plain: str) -> int | None:
    """Return how many words stand before the first thing to do: its title, or its day; None where nothing is to be done."""
    named: set[str] = set()
    for part in sent.parts:
        named |= {line.title.in_language(part.to.language) for line in part.lines} | _days_said(part)
        named |= {asked.about.in_language(part.to.language) for asked in part.questions}
    text = plain.casefold()
    places = [text.find(_plain(one).casefold()) for one in named]
    found = min((place for place in places if place >= 0), default=None)
    return None if found is None else len(_plain_words(plain[:found]))


def _is_whole(sent: Sent, subject: str) -> bool:
    if len(subject) > SUBJECT_ROOM or "…" in subject:
        return False
    days = {day for part in sent.parts for day in _days_said(part)}
    return not days or any(day in subject for day in days)


# -- the figures ------------------------------------------------------------------------------------------------------


def eleven(names: Iterable[str] = ELEVEN) -> dict[tuple[bool, bool], Attention]:
    """Return what the eleven ask for, by (everybody does their part, links are set up)."""
    tasks = [(name, answering) for name in names for answering in (True, False)]
    found = {(answering, links): Attention() for answering in (True, False) for links in (True, False)}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for (_, answering), both in zip(tasks, pool.map(_task, tasks), strict=True):
            for links, attention in both.items():
                found[answering, links].add(attention)
    return found


def _task(task: tuple[str, bool]) -> dict[bool, Attention]:
    name, answering = task
    return attention_of(name, answering=answering)


def measure() -> list[Line]:
    """Live the eleven and measure what they ask for."""
    return lines_of(eleven())


def lines_of(found: dict[tuple[bool, bool], Attention]) -> list[Line]:
    """Return the figures beside their aims."""
    lines = []
    for answering, most in ((True, 380), (False, 650)):
        count = len(found[answering, True].mails)
        who = "everybody does their part" if answering else "nobody answers"
        lines.append(_line(f"mails of eleven lives, {who}", f"{count:,}", f"≤ {most}", met=count <= most))
    for links in (True, False):
        both = Attention().add(found[True, links]).add(found[False, links])
        lines += _of_texts(both, "with links" if links else "without links")
    return [*lines, *_of_days([found[True, True], found[False, True]])]


def _line(name: str, figure: str, aim: str, *, met: bool) -> Line:
    return Line(name, figure, aim, met)


def _of_texts(both: Attention, said: str) -> list[Line]:
    words = sorted(one.words for one in both.mails)
    median, p90, most = statistics.median(words), words[len(words) * 9 // 10], words[-1]
    before = sorted(one.before for one in both.mails if one.before is not None)
    late = before[len(before) * 9 // 10]
    whole = _share(both.mails, lambda one: one.whole)
    wrong = Counter(what for one in both.read for what in one.forbidden)
    alike = statistics.median(both.alike)
    long = sorted(one.words for one in both.read if one.is_digest)
    return [
        _line(f"words of a mail {said}: median, p90, most", f"{median:.0f}, {p90}, {most}", "≤ 90, 150, 400",
              met=median <= 90 and p90 <= 150 and most <= 400),
        _line(f"words of a digest {said}: median, p90, most",
              f"{statistics.median(long):.0f}, {long[len(long) * 9 // 10]}, {long[-1]}" if long else "none", NO_AIM, met=True),
        _line(f"words before the first thing to do {said}: p90", f"{late} (median {statistics.median(before):.0f})", "≤ 15",
              met=late <= 15),
        _line(f"subjects that say the whole thing {said}", f"{whole:.0%}", "≥ 95 %", met=whole >= 0.95),
        _line(f"mails with forbidden words {said}", ", ".join(f"{what} {n}" for what, n in wrong.items()) or "0", "0",
              met=not wrong),
        _line(f"likeness of two successive mails on one thing {said}", f"{alike:.0%}", "≤ 85 %", met=alike <= 0.85),
    ]  # fmt: skip


def _share(mails: list[Read], holds: Callable[[Read], bool]) -> float:
    return sum(1 for one in mails if holds(one)) / len(mails)


def _of_days(lives: list[Attention]) -> list[Line]:
    of_a_day = [Counter((o.convention, o.address, o.day) for o in one.read if not o.alone) for one in lives]
    of_a_week = [
        Counter((o.convention, o.address, o.day.isocalendar()[:2]) for o in one.read if o.is_digest) for one in lives
    ]
    most, most_weekly = (max(max(count.values(), default=0) for count in counts) for counts in (of_a_day, of_a_week))
    digests = " and ".join(f"{count.total():,}" for count in of_a_week)
    return [
        _line("most mails of the day to one person in one day", f"{most}", "≤ 1", met=most <= 1),
        _line("most digests to one person in one week", f"{most_weekly}", "≤ 1", met=most_weekly <= 1),
        _line("digests, everybody and nobody", digests, NO_AIM, met=True),
    ]


def _told(found: dict[tuple[bool, bool], Attention]) -> Iterable[str]:
    """What makes the most mails and the most words."""
    for answering, said in ((True, "everybody does their part"), (False, "nobody answers")):
        mails = found[answering, True].mails
        yield f"\n{said}: {len(mails)} mails"
        for what, key in (("kind", lambda one: "+".join(one.kinds)), ("convention", lambda one: one.convention),
                          ("person", lambda one: one.address)):  # fmt: skip
            count = Counter(key(one) for one in mails)
            yield f"  by {what}: " + ", ".join(f"{name} {n}" for name, n in count.most_common(12))
        alone = Counter(" and ".join(sorted(set(one.calls))) for one in mails if one.calls)
        yield "  by what it calls for: " + ", ".join(f"{name} {n}" for name, n in alone.most_common(40))
        longest = Counter[str]()
        for one in mails:
            longest["+".join(one.kinds)] = max(longest["+".join(one.kinds)], one.words)
        yield "  longest, words: " + ", ".join(f"{name} {n}" for name, n in longest.most_common(8))
        cut = Counter("+".join(one.kinds) for one in mails if not one.whole)
        yield "  subjects not whole: " + ", ".join(f"{name} {n}" for name, n in cut.most_common(8))


if __name__ == "__main__":
    seen = eleven(sys.argv[1:] or ELEVEN)
    for one in (*lines_of(seen), *_told(seen)):
        print(one)
