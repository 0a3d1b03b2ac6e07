"""The letter that says why before we end a convention for a breach."""

from collections.abc import Iterator
from typing import Literal

from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import accused_of, breaches_of_ours, our_step, time_given, usual_addressee
from echeancier.domain.letters.letter import Letter, LetterDraft, Subject, letter_words
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Breach


class TerminationReasonsLetter(Letter):
    """We mean to end the convention for a breach, and say why before deciding."""

    WORDS = letter_words(
        ("motifs d’une résiliation envisagée", "reasons of a termination meant"),
        "information préalable des motifs, première étape d’un manquement",
        give="`--reasons`",
        about="id de la clause `[[breach]]`",
    )
    ASKS = ("reasons",)

    kind: Literal["termination-reasons"] = "termination-reasons"
    grounds: str
    reasons: tuple[str, ...]
    within: str

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the letter that states our reasons before we end the convention for a breach.

        Raises:
            LetterRefusedError: the clause gives that step to the other side, or the reasons are missing.
        """
        breach = _breach(s, about, "inform-reasons")
        step = our_step(s, breach, "inform-reasons")
        reasons = fields.paragraphs(fields.reasons, "La lettre dit les motifs : les donner avec --reasons.")
        comment = next((x for x in breach.steps if x.does == "comment"), None)
        return LetterDraft(
            about=breach.id, subject="Information préalable des motifs d’une résiliation envisagée",
            says=cls(grounds=breach.grounds, reasons=reasons, within=time_given(comment)),
            cited=(*breach.clauses, *step.clauses, *(comment.clauses if comment else ())),
            sending="lr" if step.form == "lr" else "lrar", to=usual_addressee(s, accused_of(s, breach)),
            remarks=(
                "Le texte ne demande pas d’avis de réception ; il prouverait pourtant le départ du délai.",
            ) if step.form == "lr" else (),
        )  # fmt: skip

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The breaches whose clause gives us that step."""
        yield from breaches_of_ours(s, "inform-reasons")


def _breach(s: Situation, about: str, does: str) -> Breach:
    having = {b.id: b for b in s.convention.breach if any(x.does == does for x in b.steps)}
    if about in having:
        return having[about]
    if not about and len(having) == 1:
        return next(iter(having.values()))
    if not having:
        raise LetterRefusedError("Aucune clause de manquement de la convention ne prévoit cette lettre.")
    raise LetterRefusedError(f"Quelle clause de manquement ? Au choix : {', '.join(having)} (--about).")
