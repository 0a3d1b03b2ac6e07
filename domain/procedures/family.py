"""A convention that hangs from another: whose end it follows, and what to ask when the paper does not say."""

from domain import parents
from domain.items import Question, ReadingShown, Warning
from domain.model import Text
from domain.parents import parent_signed_on
from domain.procedures.family_end import parent_ended, parent_extended
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.words import figures

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
    own = s.fixed_effect if effect.rule == "fixed" else s.last_signature
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
