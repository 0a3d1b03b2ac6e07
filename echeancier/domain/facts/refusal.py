"""A refusal at the door, in two languages: why, and what would be accepted."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from echeancier.domain.dates.delays import local_instants
from echeancier.domain.dates.words import hour, hour_of_two, in_words
from echeancier.domain.declared import both
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Text


class Refusal(EcheancierError):  # noqa: N818 - it is no fault of the program
    """Something was not accepted; the dossier is exactly as it was.

    Attributes:
        text: why, and what would be accepted; the exception's own message is the French one.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.fr)

    def __reduce__(self) -> "tuple[type[Refusal], tuple[Text]]":
        return Refusal, (self.text,)


def refusal(fr: str, en: str) -> Refusal:
    """Return a refusal said in both languages."""
    return Refusal(both(fr, en))


def fr(day: date) -> str:
    """Return a day as a French refusal names it: « vendredi 16 avril 2021 »."""
    return in_words(day)


def en(day: date) -> str:
    """Return a day as an English refusal names it."""
    return in_words(day, "en")


def nearest(given: str, known: Iterable[str], how_many: int = 3) -> tuple[str, ...]:
    """Return the known names that look most like the one given, best first; none when nothing does."""
    names = sorted(set(known))
    return tuple(get_close_matches(given, names, n=how_many, cutoff=0.55))


def unknown(what: Text, given: str, known: Iterable[str]) -> Refusal:
    """Return the refusal of a name that does not exist: the nearest ones, else the whole list.

    Args:
        what: what was named, with its article, as in « le rôle » / “the role”.
        given: the name as given.
        known: the names that exist.
    """
    names = sorted(set(known))
    if not names:
        return refusal(
            f"{what.fr} « {given} » n’existe pas : cette convention ne prévoit rien de tel.",
            f"{what.en} “{given}” does not exist, and this convention has none.",
        )
    if not given:
        return refusal(
            f"dire {what.fr} ; sont connus : {', '.join(names)}.",
            f"say {what.en}; known: {', '.join(names)}.",
        )
    near = nearest(given, names)
    if near:
        shown = " ou ".join(f"« {name} »" for name in near)
        shown_en = " or ".join(f"“{name}”" for name in near)
        return refusal(
            f"{what.fr} « {given} » n’existe pas ; vouliez-vous écrire {shown} ?",
            f"{what.en} “{given}” does not exist; did you mean {shown_en}?",
        )
    return refusal(
        f"{what.fr} « {given} » n’existe pas ; sont connus : {', '.join(names)}.",
        f"{what.en} “{given}” does not exist; known: {', '.join(names)}.",
    )


def one_instant(told: datetime, zone: str) -> datetime:
    """Return the instant of an hour, which is that of a place when it carries no offset.

    Raises:
        Refusal: the clocks of that place never show that hour, or show it twice.
    """
    found = (told,) if told.tzinfo is not None else local_instants(told, zone)
    if len(found) == 1:
        return found[0]
    day = told.date()
    if not found:
        later = told + timedelta(hours=1)
        raise refusal(
            f"le {fr(day)}, {hour(told)} n’existe pas : les horloges avancent d’une heure cette nuit-là ; "
            f"{hour(later)} serait accepté.",
            f"on {en(day)} {hour(told, 'en')} does not exist: clocks go forward that night; "
            f"{hour(later, 'en')} would be accepted.",
        )
    shown = " ou ".join(f"{instant.isoformat()} pour {hour_of_two(instant)}" for instant in found)
    shown_en = " or ".join(f"{instant.isoformat()} for {hour_of_two(instant, 'en')}" for instant in found)
    raise refusal(
        f"le {fr(day)}, {hour(told)} existe deux fois (changement d’heure) : préciser {shown}.",
        f"on {en(day)} {hour(told, 'en')} exists twice (clocks go back): say {shown_en}.",
    )
