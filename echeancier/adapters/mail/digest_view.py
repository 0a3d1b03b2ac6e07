"""A digest in the words of its reader's language: the values that its templates name."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from echeancier.domain.dates.words import in_words, moment, shown
from echeancier.domain.model import Text
from echeancier.domain.overview.digest import SECTIONS, Digest, DigestLine, Robot, SectionName
from echeancier.domain.overview.digest_day import monday_of
from echeancier.domain.typography import NBSP

_ZONE: Final = "Europe/Paris"


@dataclass(frozen=True)
class DigestLineView:
    """One row of a section.

    Attributes:
        what: the convention and the thing; ``days`` the safe day and the last one, ``who`` who owes it or is asked.
    """

    what: str
    act: str
    last: str
    who: str
    why: str


@dataclass(frozen=True)
class SectionView:
    """A section, and how many of its lines are not shown."""

    name: SectionName
    lines: tuple[DigestLineView, ...]
    count: int
    cut: int


def values_of(digest: Digest, desk_url: str) -> dict[str, object]:
    """Return every value a template may name."""
    language = digest.language
    sections = tuple(_section(digest, name) for name in SECTIONS if name in digest.sections)
    return {
        "week": _week(monday_of(digest.week), language),
        "on": in_words(digest.on, language),
        "function": digest.function,
        "conventions": len(digest.references),
        "sections": {section.name: section for section in sections},
        "late": _count(sections, "late"),
        "waiting": sum(_count(sections, name) for name in ("decisions", "questions", "mails")),
        "to_post": _count(sections, "notices"),
        "robot": _robot(digest.robot, language),
        "troubles": _troubles(digest.robot, language),
        "desk_url": desk_url,
    }


def _count(sections: tuple[SectionView, ...], name: SectionName) -> int:
    return sum(section.count for section in sections if section.name == name)


def _week(monday: date, language: str) -> str:
    """« semaine du 23 novembre », without its year: the mail has its date."""
    return in_words(monday, language, weekday=False).rpartition(NBSP)[0]


def _section(digest: Digest, name: SectionName) -> SectionView:
    lines = digest.sections[name]
    cut = digest.cut.get(name, 0)
    return SectionView(name, tuple(_line(line, digest.language) for line in lines), len(lines) + cut, cut)


def _line(line: DigestLine, language: str) -> DigestLineView:
    what = f"{line.reference} – {line.what.in_language(language)}"
    if line.more:
        more = Text(fr=f"et {line.more} autre{'s' if line.more > 1 else ''} avant", en=f"and {line.more} more before")
        what += f" ({more.in_language(language)})"
    return DigestLineView(
        what=what,
        act=shown(line.day, language),
        last=shown(line.last, language),
        who=line.who.in_language(language),
        why=line.why,
    )


def _robot(robot: Robot, language: str) -> str:
    count = robot.conventions
    many = Text(
        fr=f"{count} convention{'s' if count > 1 else ''} suivie{'s' if count > 1 else ''}",
        en=f"{count} convention{'' if count == 1 else 's'} followed",
    ).in_language(language)
    if robot.since is None:
        alive = Text(fr="Le robot travaille", en="The robot is at work")
    else:
        since = moment(robot.since, _ZONE, language)
        alive = Text(
            fr=f"Le robot travaille sans arrêt depuis le {since}",
            en=f"The robot has worked without a stop since {since}",
        )
    return f"{alive.in_language(language)} ; {many}." if language == "fr" else f"{alive.en}; {many}."


def _troubles(robot: Robot, language: str) -> tuple[str, ...]:
    """What it could not do, one sentence each; empty when it could do everything."""
    found: list[Text] = []
    if robot.unreadable:
        names = ", ".join(robot.unreadable)
        found.append(
            Text(
                fr=f"Dossiers illisibles, absents de ce courriel : {names}.",
                en=f"Files that could not be read and are missing here: {names}.",
            )
        )
    found += [trouble.said for trouble in robot.stuck]
    if robot.mailbox.state == "unread":
        found.append(_unread(robot, language))
    if robot.mailbox.left:
        left = robot.mailbox.left
        found.append(
            Text(
                fr=f"Réponses restées dans la boîte, à lire par une personne : {left}.",
                en=f"Answers left in the mailbox for a person to read: {left}.",
            )
        )
    if robot.refused:
        found.append(
            Text(
                fr=f"Récapitulatifs de la semaine passée qui n’ont pas pu partir : {robot.refused}.",
                en=f"Digests of last week that could not leave: {robot.refused}.",
            )
        )
    return tuple(text.in_language(language) for text in found)


def _unread(robot: Robot, language: str) -> Text:
    if robot.mailbox.read_at is None:
        return Text(
            fr="La boîte des réponses n’est pas lue : les réponses reçues n’y sont pas enregistrées.",
            en="The mailbox of the answers is not being read: what it received is not recorded.",
        )
    since = moment(robot.mailbox.read_at, _ZONE, language)
    return Text(
        fr=f"La boîte des réponses n’est plus lue depuis le {since}.",
        en=f"The mailbox of the answers has not been read since {since}.",
    )
