"""Amendments that contradict one another: which one is in force is asked, one that another leaves no time to is told."""

from echeancier.domain.agenda.items import Question, ReadingShown, Warning
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.amendments import NewEnd
from echeancier.domain.standing.situation import Situation


def amended(s: Situation) -> Found:
    """Yield the question of which amendment gives the last day, where nothing says it; warn of those left out."""
    for dead in s.amendments.dead:
        yield _begins_too_late(s, dead)
    rivals = s.amendments.rivals
    if not rivals:
        return
    shortest = rivals[0]
    answer, day = s.answer(shortest.question), figures(shortest.effect)
    yield Question(
        id=shortest.question, kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr=f"Deux avenants d’effet au {day}, que leur numéro ne distingue pas, donnent deux derniers jours. Lequel compte ?",
            en=f"Two amendments effective on {day}, whose numbers do not tell them apart, give two last days. Which one counts?",
        ),
        readings=tuple(_reading(end) for end in rivals),
        prudent=shortest.reading, clause=s.clause(s.convention.term.clauses),
        answered=answer.reading if answer else None,
    )  # fmt: skip


def _begins_too_late(s: Situation, dead: NewEnd) -> Warning:
    named, end = named_so(dead), s.agreed_end
    assert end is not None  # noqa: S101 - it begins after it
    return Warning(
        id=f"amendment-after-end/{dead.effect}/{dead.number}/{dead.ends_on}",
        text=Text(
            fr=f"L’{named.fr}, commencerait après le dernier jour que donnent les autres ({figures(end)}) : il n’est pas "
            "compté. Corriger celui qui est faux ; si les deux sont justes, il faut une nouvelle convention.",
            en=f"The {named.en}, would begin after the last day that the others give ({end}): it is not counted. Correct "
            "the one that is wrong; if both are right, a new convention is needed.",
        ),
        clause=s.clause(s.convention.term.clauses),
    )


def _reading(end: NewEnd) -> ReadingShown:
    named = named_so(end)
    return ReadingShown(
        id=end.reading,
        says=Text(
            fr=f"celui qui va jusqu’au {figures(end.ends_on)} ({named.fr})",
            en=f"the one until {end.ends_on} ({named.en})",
        ),
        changes=Text(fr=f"dernier jour en vigueur le {figures(end.ends_on)}", en=f"its last day in force is {end.ends_on}"),
    )  # fmt: skip


def named_so(end: NewEnd) -> Text:
    """Return the amendment of an end as sentences name it: its number, its effect where it says one, its last signature."""
    number, number_en = (f" n° {end.number}", f" no. {end.number}") if end.number else ("", "")
    effect, effect_en = (
        (f", d’effet le {figures(end.effect)}", f", effective on {end.effect}") if end.says_its_effect else ("", "")
    )
    return Text(
        fr=f"avenant{number}{effect}, signé le {figures(end.signed)}",
        en=f"amendment{number_en}{effect_en}, signed on {end.signed}",
    )
