"""The letter about the end: what the text allows after it and by when to act, or that nothing will follow."""

from collections.abc import Iterator
from typing import Literal

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import TO_DO, Agenda
from echeancier.domain.agenda.renewal import SERIES, decided, occasion, way
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import also_to_write_to, is_open, usual_addressee
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, letter_words
from echeancier.domain.standing.item_keys import key_of, series_of
from echeancier.domain.standing.posted_letters import Posting, has_left
from echeancier.domain.standing.situation import Situation

_STEPS = {
    "committee": "réunion du comité de pilotage", "text-agreed": "texte arrêté entre les parties",
    "vote": "vote de l’assemblée délibérante", "executory": "délibération publiée et transmise au contrôle de légalité",
    "signatures": "signature par toutes les parties",
}  # fmt: skip


class RenewalLetter(Letter):
    """The end comes: what happens next must be decided together, or nothing will come next.

    Attributes:
        lapses: it was decided to let the convention lapse.
    """

    WORDS = letter_words(
        ("lettre sur la suite à donner au terme", "letter about what follows the term"),
        "ce qui suivra le terme : ce que permet le texte, calendrier proposé ; ou l’absence de suite, une fois décidée",
    )
    ASKS = ("deadline",)
    LINK = " de la "

    kind: Literal["renewal"] = "renewal"
    ends_on: str
    way: Literal["new-convention", "replaced", "amendment", "by-one", "with-parent"]
    steps: tuple[tuple[str, str], ...]
    deadline: str
    lapses: bool = False

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the letter that proposes to prepare what comes after the term.

        Raises:
            LetterRefusedError: the end is unknown, past, or early; or the text leaves no way open for now.
        """
        end, found = s.natural_end, way(s)
        if about and series_of(about) != SERIES:
            raise LetterRefusedError(f"« {about} » n’est pas un renouvellement : laisser --about de côté.")
        if end is None and s.renews_itself:
            raise LetterRefusedError(
                "La convention se reconduit d’elle-même : il n’y a rien à renouveler tant qu’elle n’est pas dénoncée."
            )
        if end is None and s.convention.term.unlimited:
            raise LetterRefusedError("Cette convention n’a pas de dernier jour : il n’y a rien à renouveler.")
        if end is None:
            raise LetterRefusedError(
                "La fin de la convention n’est pas connue : il n’y a pas encore de renouvellement à préparer."
            )
        if s.is_over or s.ended_early:
            raise LetterRefusedError(
                f"La convention prend fin le {figures(s.ends_on or end)} : elle ne se renouvelle plus."
            )
        decision = decided(s)
        lapses = decision is not None and decision.decision == "let-lapse"
        if s.convention.renewal.nothing_follows and not lapses:
            raise LetterRefusedError("Le texte dit que rien ne la suit : il n’y a pas de suite à proposer.")
        if found == "none" and not lapses:
            raise LetterRefusedError(
                "Sa suite est celle de sa convention mère : rien à proposer ici, la lettre est celle de la convention mère."
            )
        party = s.convention.others[0]
        cited = s.convention.renewal.clauses or s.convention.term.clauses
        return LetterDraft(
            about=key_of(SERIES, occasion(s)), subject="Absence de suite au terme" if lapses else "Suite à donner au terme",
            says=cls(
                ends_on=in_words(end, weekday=False), way="new-convention" if found == "none" else found,
                steps=() if lapses else _steps(s),
                deadline=in_words(fields.deadline) if fields.deadline and not lapses else "", lapses=lapses,
            ),
            cited=(*s.convention.term.clauses[:1], *cited), sending="plain", to=usual_addressee(s, party),
            remarks=(
                "Aucune clause n’oblige à l’écrire : c’est une courtoisie, et une date certaine." if lapses
                else "Les jours proposés sont les nôtres (choix de conduite) ; seule la fin vient du texte.",
                *also_to_write_to(s, fields.to or party),
            ),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """The letter about the end: before the text has to be agreed, or once it was decided to let it lapse."""
        end, decision = s.natural_end, decided(s)
        if end is None or s.is_over or s.ended_early:
            return
        about = key_of(SERIES, occasion(s))
        lapses = decision is not None and decision.decision == "let-lapse"
        if has_left(posted, "renewal", about, since=decision.on if decision else None):
            return
        if lapses:
            yield Call(letter="renewal", about=about, by=end)
            return
        if decision is not None or way(s) == "none":
            return
        # The letter opens with the preparation: later, the text would already have to be agreed.
        steps = [i for i in agenda.items if i.series == SERIES and i.occurrence == occasion(s)]
        first = next((i for i in steps if i.state in TO_DO), None)
        agreed = next((i for i in steps if i.step in ("text-agreed", "signatures")), None)
        if first is not None and is_open(s, first) and agreed is not None and agreed.state in TO_DO:
            yield Call(letter="renewal", about=about, item=first.key, by=agreed.safe_day)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The term, while it is ahead."""
        end = s.natural_end
        if end is not None and not s.is_over and not s.ended_early:
            yield Subject(key_of(SERIES, occasion(s)), (end,))


def _steps(s: Situation) -> tuple[tuple[str, str], ...]:
    found = []
    for item in agenda_of(s).items:
        name = item.step
        if (
            item.series == SERIES
            and item.occurrence == occasion(s)
            and name in _STEPS
            and item.state in TO_DO
            and item.safe_day
            and item.safe_day >= s.today
        ):
            found.append((_STEPS[name], in_words(item.safe_day, weekday=False)))
    return tuple(found)
