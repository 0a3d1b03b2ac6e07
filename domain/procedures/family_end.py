"""The parent ends early, or is extended: what that does to this convention, by its own words or by the reading kept."""

from domain import facts as f
from domain import parents
from domain.items import Question, ReadingShown, Warning
from domain.model import Text
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.words import figures


def parent_ended(s: Situation) -> Found:
    """Say what its parent's early end does to it; where its own words are silent, ask, and let the prudent reading run."""
    parent, silent = s.convention.parent, parents.fate(s)
    assert parent is not None  # noqa: S101 - the caller looked
    gone = parents.terminated_on(s)
    if gone is None:
        if parent.on_parent_end == "unstated" and silent is not None and silent.asked is None:
            yield _unsaid(s)
        return
    if parent.on_parent_end == "unstated" and silent is not None and silent.asked is None:
        yield _does_it_end_too(s, figures(gone))
    ends = s.falls_with_its_parent
    yield Warning(
        id="parent-ended",
        text=Text(
            fr=f"La convention mère prend fin par anticipation le {figures(gone)} : "
            + (
                "celle-ci finit avec elle, sans lettre."
                if ends
                else "celle-ci garde sa propre date, par son texte ou par la lecture retenue."
            ),
            en=f"The parent ends early, on {gone}: "
            + (
                "this convention ends with it, without a letter."
                if ends
                else "this convention keeps its own date, by its text or by the reading kept."
            ),
        ),
        clause=s.clause(parent.clauses),
    )


def _does_it_end_too(s: Situation, ended: str) -> Question:
    parent = s.convention.parent
    assert parent is not None  # noqa: S101 - the caller looked
    answer = s.answer(parents.PARENT_ENDED)
    return Question(
        id=parents.PARENT_ENDED, kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr=f"La convention mère prend fin par anticipation le {ended} ; le texte ne dit pas ce que devient "
            "celle-ci. Finit-elle aussi ?",
            en=f"The parent ends early, on {ended}; the text does not say what becomes of this one. Does it end too?",
        ),
        readings=(
            ReadingShown(
                id=parents.ENDS_TOO, says=Text(fr="elle finit avec sa mère", en="it ends with its parent"),
                changes=Text(fr=f"dernier jour en vigueur le {ended}", en=f"its last day in force is {ended}"),
            ),
            ReadingShown(
                id=parents.OWN_DATE, says=Text(fr="elle garde sa propre date", en="it keeps its own date"),
                changes=Text(fr="pour l’arrêter plus tôt, il faut une lettre", en="to stop it earlier, a letter is needed"),
            ),
        ),
        prudent=parents.ENDS_TOO, clause=s.clause(parent.clauses),
        answered=answer.reading if answer else None,
    )  # fmt: skip


def _unsaid(s: Situation) -> Warning:
    parent = s.convention.parent
    assert parent is not None  # noqa: S101 - the caller looked
    return Warning(
        id="parent-end-unsaid",
        text=Text(
            fr="Le texte ne dit pas ce que devient cette convention si sa mère est résiliée : la question sera posée.",
            en="The text does not say what becomes of it if its parent is terminated: the question will be put.",
        ),
        clause=s.clause(parent.clauses),
    )


def parent_extended(s: Situation) -> Found:
    """An annex that « pourra être reconduite » does not follow an extension by itself: somebody must renew it."""
    parent, later = s.convention.parent, parents.extended_to(s)
    assert parent is not None  # noqa: S101 - the caller looked
    told = s.last(f.ParentEnds)
    if later is not None and s.natural_end is not None:
        yield Warning(
            id="parent-extended",
            text=Text(
                fr=f"La convention mère est prorogée jusqu’au {figures(later)} ; celle-ci finit toujours le "
                f"{figures(s.natural_end)} "
                "tant que sa propre reconduction n’est pas signée.",
                en=f"The parent is extended to {later}; this one still ends on {s.natural_end} until its own renewal is signed.",
            ),
            clause=s.clause(parent.clauses),
        )
    elif told is not None and told.why == "extended" and parent.on_parent_extended == "unstated":
        yield Warning(
            id="parent-extended",
            text=Text(
                fr=f"La convention mère est prorogée jusqu’au {figures(told.on)} ; le texte ne dit pas ce que cela "
                "change ici : rien "
                "n’est déplacé.",
                en=f"The parent is extended to {told.on}; the text does not say what that changes here: nothing is moved.",
            ),
            clause=s.clause(parent.clauses),
        )
