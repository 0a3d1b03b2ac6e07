"""Our comments on the reasons we were given, within the time that runs against us."""

from collections.abc import Iterator
from typing import Literal

from echeancier.domain.agenda.breach import step_key
from echeancier.domain.agenda.items import TO_DO, Agenda
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import also_to_write_to, usual_addressee
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, letter_words
from echeancier.domain.standing.breach import window_of
from echeancier.domain.standing.breach_cases import BreachRun
from echeancier.domain.standing.posted_letters import Posting
from echeancier.domain.standing.situation import Situation


class CommentsLetter(Letter):
    """We answer the reasons we were given."""

    IS_THE_ITEM = True
    WORDS = letter_words(
        ("observations sur des motifs reçus", "comments on reasons received"),
        "nos observations sur les motifs reçus",
        give="`--reasons` ; la lettre reçue doit être enregistrée (`breach-step`)",
    )
    ASKS = ("reasons",)

    kind: Literal["comments"] = "comments"
    letter_day: str
    reasons: tuple[str, ...]

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return our comments on the reasons we received, within the time that runs against us.

        Raises:
            LetterRefusedError: no such letter was recorded, or the comments are missing.
        """
        running = [c for c in s.breach_cases if c.closed is None and s.convention.us in c.breach.against]
        case = next((c for c in running if about in ("", c.breach.id, c.id, f"{c.breach.id}/{c.id}/comment")), None)
        letter = case.fact("inform-reasons", "formal-notice") if case else None
        if case is None or letter is None:
            raise LetterRefusedError(
                "Aucune lettre de motifs reçue n’est enregistrée : enregistrer d’abord le fait breach-step."
            )
        reasons = fields.paragraphs(fields.reasons, "Dire nos observations, avec --reasons.")
        step = case.defined("comment", "cure")
        return LetterDraft(
            about=f"{case.breach.id}/{case.id}/comment", subject="Observations sur la résiliation envisagée",
            says=cls(letter_day=in_words(letter.on, weekday=False), reasons=reasons),
            cited=step.clauses if step else case.breach.clauses, sending="lrar", to=_author(s, case),
            remarks=(*_last_day(s, case), *also_to_write_to(s, fields.to or _author(s, case))),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """Reasons received, while we may answer them."""
        for case in s.breach_cases:
            step = case.defined("comment", "cure")
            key = step_key(case, step.does) if step else ""
            item = agenda.item(key)
            ours = step is not None and step.who == s.convention.us
            if ours and item is not None and item.state in TO_DO and item.done_on is None:
                yield Call(letter="comments", about=step_key(case, "comment"), item=key, by=item.safe_day)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The breaches held against us that are not settled."""
        for case in s.breach_cases:
            if s.convention.us in case.breach.against and case.closed is None:
                yield Subject(step_key(case, "comment"), (case.breach.grounds,))

    @classmethod
    def left_as(cls, about: str, posted: str) -> bool:
        """Whether they were posted: a step of a breach is recorded under its clause."""
        return about == posted or about.startswith(f"{posted}/")


def _last_day(s: Situation, case: BreachRun) -> tuple[str, ...]:
    window = window_of(s, case)
    if window is None:
        return ()
    over = " : ce jour est passé" if s.today > window.last else ""
    return (f"À poster au plus tard le {figures(window.last)}, lecture la plus prudente{over}.",)


def _author(s: Situation, case: BreachRun) -> str:
    step = case.defined("inform-reasons", "formal-notice")
    return usual_addressee(s, step.who if step else s.convention.others[0])
