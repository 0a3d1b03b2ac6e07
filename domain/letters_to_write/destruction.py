"""The certificate that data were destroyed: what, when, how, signed by a person."""

from domain.items import State
from domain.letters_to_write.fields import LetterFields
from domain.letters_to_write.frame import Draft, usual_addressee
from domain.letters_to_write.items import item_among
from domain.letters_to_write.refusal import LetterRefusedError
from domain.letters_to_write.says import DestructionSays
from domain.situation import Situation
from domain.words import figures, in_words


def destruction_letter(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return the certificate of a destruction that we owed and that was done.

    Raises:
        LetterRefusedError: not ours, suspended by a litigation, not done yet, done in the future, or the means unsaid.
    """
    us = s.convention.us
    item = item_among(
        s,
        about,
        lambda i: i.kind == "destruction" and i.owed_by in (us, "both"),
        "une destruction qui nous incombe",
    )
    if item.state is State.SUSPENDED:
        raise LetterRefusedError("Un contentieux est en cours : rien n’est à détruire, ni donc à attester.")
    done = item.done_on or fields.done_on
    if done is None:
        raise LetterRefusedError(
            f"La destruction « {item.key} » n’est pas enregistrée comme faite : l’enregistrer, ou dire le jour avec --done-on."
        )
    if done > s.today:
        raise LetterRefusedError(f"On n’atteste pas d’avance : le {figures(done)} n’est pas passé.")
    means = fields.words(fields.means, "Dire par quel moyen les données ont été détruites, avec --means.")
    late = item.legal_last_day is not None and done > item.legal_last_day
    return Draft(
        about=item.key, subject="Attestation de destruction de données",
        says=DestructionSays(
            what=item.title.fr, done_on=in_words(done, weekday=False),
            last_day=in_words(item.legal_last_day, weekday=False) if item.legal_last_day and not late else "",
            ended_on=in_words(s.ends_on, weekday=False) if s.is_over and s.ends_on else "",
            means=means, reasons=fields.known,
        ),
        cited=tuple(c.id for c in s.convention.clause if c == item.clause)[:1], sending="plain",
        to=usual_addressee(s, item.owed_to if item.owed_to != "both" else s.convention.other),
        remarks=(
            "Une personne atteste ce qu’elle a vérifié : copies, sauvegardes et sous-traitants compris.",
            *((f"Fait le {figures(done)}, après le dernier jour ({figures(item.legal_last_day)}).",)
              if late and item.legal_last_day else ()),
        ),
    )  # fmt: skip
