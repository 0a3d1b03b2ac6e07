"""The certificate of a destruction that we owed."""

from collections.abc import Iterator
from typing import Literal

from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import addressed_to, item_among, usual_addressee
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, items_that, letter_words
from echeancier.domain.standing.posted_letters import Posting, has_left
from echeancier.domain.standing.situation import Situation


class DestructionLetter(Letter):
    """We certify that data were destroyed."""

    WORDS = letter_words(
        ("attestation de destruction", "certificate of destruction"),
        "attestation de destruction, à signer",
        give="`--means` ; la destruction enregistrée, ou `--done-on` ; `--known` : quelles données",
        about="clé d’agenda, s’il y en a plusieurs",
    )
    ASKS = ("done_on", "means", "known")

    kind: Literal["destruction"] = "destruction"
    what: str
    done_on: str
    last_day: str
    ended_on: str
    means: str
    reasons: tuple[str, ...]

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the certificate of a destruction that we owed and that was done.

        Raises:
            LetterRefusedError: not ours, suspended by a litigation, not done yet, done in the future, or the means unsaid.
        """
        item = item_among(s, about, lambda i: _is_ours(s, i), "une destruction qui nous incombe")
        if item.state is State.SUSPENDED:
            raise LetterRefusedError("Un contentieux est en cours : rien n’est à détruire, ni donc à attester.")
        done = item.done_on or fields.done_on
        if done is None:
            raise LetterRefusedError(
                f"La destruction « {item.key} » n’est pas enregistrée comme faite : l’enregistrer, ou dire le jour avec "
                "--done-on."
            )
        if done > s.today:
            raise LetterRefusedError(f"On n’atteste pas d’avance : le {figures(done)} n’est pas passé.")
        means = fields.words(fields.means, "Dire par quel moyen les données ont été détruites, avec --means.")
        late = item.legal_last_day is not None and done > item.legal_last_day
        return LetterDraft(
            about=item.key, subject="Attestation de destruction de données",
            says=cls(
                what=item.title.fr, done_on=in_words(done, weekday=False),
                last_day=in_words(item.legal_last_day, weekday=False) if item.legal_last_day and not late else "",
                ended_on=in_words(s.ends_on, weekday=False) if s.is_over and s.ends_on else "",
                means=means, reasons=fields.known,
            ),
            cited=s.cited(item.clause), sending="plain",
            to=usual_addressee(s, addressed_to(s, item.owed_to)),
            remarks=(
                "Une personne atteste ce qu’elle a vérifié : copies, sauvegardes et sous-traitants compris.",
                *((f"Fait le {figures(done)}, après le dernier jour ({figures(item.legal_last_day)}).",)
                  if late and item.legal_last_day else ()),
            ),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """Once data of the other side were destroyed, it is told so by whoever did it."""
        for item in agenda.items:
            if not _is_ours(s, item) or item.done_on is None:
                continue
            before = s.registered_on is not None and item.done_on < s.registered_on
            if not before and not has_left(posted, "destruction", item.key):
                yield Call(letter="destruction", about=item.key, item=item.key)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The destructions we owe."""
        yield from items_that(agenda, lambda i: _is_ours(s, i))


def _is_ours(s: Situation, item: Item) -> bool:
    return item.kind == "destruction" and s.convention.is_ours(item.owed_by)
