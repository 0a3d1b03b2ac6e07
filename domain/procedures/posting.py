"""Letters that left otherwise than they were read: nobody had validated them, or they were posted on another day."""

from datetime import date

from domain.facts import LetterValidated
from domain.items import Warning
from domain.model import Text
from domain.postings import Posting, postings
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.words import figures


def posting(s: Situation) -> Found:
    """Warn of each letter of ours that nobody validated before it was posted, and of an end computed from another day.

    What left before the convention was registered here is left in peace.
    """
    validated: dict[tuple[str, str], LetterValidated] = {}
    gone = {one.id: one for one in postings(s)}
    for record in s.records:
        if isinstance(record.fact, LetterValidated):
            validated[record.fact.letter, record.fact.about.split("/")[0]] = record.fact
        elif (one := gone.get(record.id)) is not None:
            read = validated.pop((one.letter, one.about.split("/")[0]), None)
            if s.registered_on is None or one.on >= s.registered_on:
                yield from _warned(one, read)


def _warned(one: Posting, read: LetterValidated | None) -> Found:
    if read is None:
        yield _unread(one)
        return
    meant = read.posted or read.dated
    if one.letter == "termination" and meant is not None and meant != one.on:
        yield _another_day(one, meant)


def _unread(one: Posting) -> Warning:
    return Warning(
        id=f"letter-not-validated/{one.id}",
        text=Text(
            fr=f"La lettre postée le {figures(one.on)} n’avait été validée par personne ici : garder la copie de ce qui est "
            "parti, et vérifier ce qu’elle annonce.",
            en=f"Nobody had validated here the letter posted on {one.on}: keep a copy of what left, and check what it "
            "announces.",
        ),
    )


def _another_day(one: Posting, meant: date) -> Warning:
    return Warning(
        id=f"letter-another-day/{one.id}",
        text=Text(
            fr=f"La lettre validée pour un envoi le {figures(meant)} a été postée le {figures(one.on)} : le dernier jour "
            "qu’elle annonce est à comparer avec celui du calendrier.",
            en=f"The letter validated to be posted on {meant} was posted on {one.on}: compare the last day it announces "
            "with the calendar.",
        ),
    )
