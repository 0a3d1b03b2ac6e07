"""A convention that hangs from another.

Whose end it follows, what an early end or an extension of the parent does, what to ask when the paper is silent; and which
annexes the steps of a parent concern too.
"""

from echeancier.domain.agenda.items import SETTLED, Item, Question, ReadingShown, Warning
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.model import Text
from echeancier.domain.standing import parent as parents
from echeancier.domain.standing.parent import parent_signed_on
from echeancier.domain.standing.situation import Situation


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
    told = s.last(ParentEnds)
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


__all__ = ["family", "parent_signed_on"]


def family(s: Situation) -> Found:
    """Yield the questions and warnings of an annex about its parent."""
    parent = s.convention.parent
    if parent is None:
        return
    if parent.reference is None or parents.cites_another(s):
        yield _orphan(s)
    if parent.contradictory:
        yield _wrong_parent(s)
    yield from _before_its_parent(s)
    yield from parent_ended(s)
    yield from parent_extended(s)


def _orphan(s: Situation) -> Question:
    parent = s.convention.parent
    assert parent is not None  # noqa: S101 - the caller looked
    return Question(
        id="parent-end", kind="blank", answer="date", ask=s.convention.coordinator,
        about=Text(
            fr=f"La durée ne peut excéder celle d’une convention mère ({parent.cited_as}) qui n’est pas au dossier : quel est "
            "son dernier jour ? Rien de ce qui dépend de la fin n’est calculé d’ici là.",
            en=f"It may not outlive a parent convention ({parent.cited_as}) that is not on file: what is its last day? "
            "Nothing that depends on the end is computed until then.",
        ),
        clause=s.clause(parent.clauses), answered=figures(s.parent_end) if s.parent_end else None,
    )  # fmt: skip


def _wrong_parent(s: Situation) -> Question:
    parent = s.convention.parent
    assert parent is not None  # noqa: S101 - the caller looked
    answer = s.answer("which-parent")
    return Question(
        id="which-parent", kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr=f"Le texte cite {parent.cited_as}, qui n’est pas la convention {parent.reference}. Laquelle est la mère ?",
            en=f"The text cites {parent.cited_as}, which is not convention {parent.reference}. Which one is the parent?",
        ),
        readings=(
            ReadingShown(
                id="ours", says=Text(fr=f"la mère est {parent.reference}", en=f"the parent is {parent.reference}"),
                changes=Text(fr="la fin est plafonnée à la sienne", en="the end is capped by its end"),
            ),
            ReadingShown(
                id="cited", says=Text(fr="la mère est celle que le texte cite", en="the parent is the one the text cites"),
                changes=Text(fr="la fin attend la date de cette convention", en="the end waits for that convention’s date"),
            ),
        ),
        prudent="ours", clause=s.clause(parent.clauses), answered=answer.reading if answer else None,
    )  # fmt: skip


def _before_its_parent(s: Situation) -> Found:
    signed, effect = parent_signed_on(s), s.convention.effect
    own = s.own_effect
    if not effect.not_before_parent_signature or own is None:
        return
    if signed is None:
        yield Warning(
            id="annex-waits-for-parent",
            text=Text(
                fr="Le texte interdit qu’elle prenne effet avant la signature de sa convention mère, qui n’est pas enregistrée : "
                "sa prise d’effet attend.",
                en="The text forbids it to take effect before its parent is signed, which is not recorded: its effect waits.",
            ),
            clause=s.clause(effect.clauses),
        )
    elif own < signed:
        yield Warning(
            id="annex-before-parent",
            text=Text(
                fr=f"Effet au {figures(own)}, antérieur à la signature de la convention mère ({figures(signed)}) : "
                "le texte l’exclut.",
                en=f"Takes effect on {own}, before its parent was signed ({signed}): the text forbids it.",
            ),
            clause=s.clause(s.convention.effect.clauses),
            permanent=True,
        )


def naming_annexes(s: Situation, items: list[Item]) -> list[Item]:
    """Return the items of a parent, those that end it or decide what follows naming the annexes that they concern too.

    Of the steps to what follows, the one that decides it: the others lead to it. Each annex still applies its own clauses.
    """
    if not s.annexes:
        return items
    said = _covers(s.annexes)
    return [item.saying(said) if _reaches(item) else item for item in items]


def _reaches(item: Item) -> bool:
    decides = item.settled_by != "done"  # a preparatory step is done; a decision, an act, a letter have their own facts
    return item.traits.reaches_annexes and decides and item.state not in SETTLED


def _covers(annexes: tuple[str, ...]) -> Text:
    if len(annexes) == 1:
        return Text(
            fr=f"vaut aussi, sauf clause contraire, pour l’annexe {annexes[0]}",
            en=f"also for annex {annexes[0]}, unless its clauses say otherwise",
        )
    *first, last = annexes
    return Text(
        fr=f"vaut aussi, sauf clause contraire, pour les annexes {', '.join(first)} et {last}",
        en=f"also for annexes {', '.join(first)} and {last}, unless their clauses say otherwise",
    )
