"""The validation of a letter at the door: it holds for exactly the words that were read."""

from domain.door.case import Case
from domain.door.refusal import en, fr, refusal
from domain.facts import LetterValidated
from domain.letters_to_write.content import LetterContent
from domain.letters_to_write.fields import BLANK
from domain.letters_to_write.letter_for import letter_for
from domain.letters_to_write.life import is_about
from domain.letters_to_write.mark import content_mark
from domain.letters_to_write.refusal import LetterRefusedError
from domain.postings import postings


def check_validated(case: Case, fact: LetterValidated) -> None:
    """Refuse to validate what cannot be written, was not read in these words, is not dated, or was validated already."""
    content = _written(case, fact)
    if content.about != fact.about:
        raise refusal(
            f"cette lettre parle de « {content.about} » : l’écrire ainsi dans about (donné : « {fact.about} »).",
            f"this letter is about “{content.about}”: write that in about (given: “{fact.about}”).",
        )
    if fact.letter == "termination" and fact.posted is None and fact.dated is None:
        raise refusal(
            "la fin annoncée dépend du jour d’envoi : donner posted (le jour où la lettre sera postée) ou dated.",
            "the end it announces depends on the day of posting: give posted (the day it will be posted) or dated.",
        )
    if BLANK in content.model_dump_json():
        raise refusal(
            f"il reste « {BLANK} » dans la lettre : compléter d’abord.",
            f"“{BLANK}” is still in the letter: fill it in first.",
        )
    _same_words(fact, content)
    _not_twice(case, fact)


def _written(case: Case, fact: LetterValidated) -> LetterContent:
    try:
        return letter_for(case.s, fact.letter, fact.about, fact.fields)
    except LetterRefusedError as error:
        raise refusal(
            f"cette lettre ne peut pas s’écrire : {error}", f"this letter cannot be written: {error}"
        ) from error


def _same_words(fact: LetterValidated, content: LetterContent) -> None:
    mark = content_mark(content)
    if fact.mark != mark:
        raise refusal(
            f"le texte a changé depuis qu’il a été relu (marque relue : {_short(fact.mark)} ; marque du texte tel qu’il "
            f"s’écrit maintenant : {_short(mark)}). Le relire, puis le valider avec la marque affichée.",
            f"the text has changed since it was read (mark read: {_short(fact.mark)}; mark of the text as it is written "
            f"now: {_short(mark)}). Read it again, then validate it with the mark shown.",
        )


def _short(mark: str) -> str:
    return mark[:12] or "–"


def _not_twice(case: Case, fact: LetterValidated) -> None:
    order = {record.id: place for place, record in enumerate(case.s.records)}
    mine = (fact.letter, fact.about, fact.to)
    same = [(one, x) for one, x in case.s.of(LetterValidated) if (x.letter, x.about, x.to) == mine]
    if not same or same[-1][1].mark != fact.mark:
        return
    fact_id, last = same[-1]
    left = [
        p for p in postings(case.s) if is_about(p, fact.letter, fact.about) and order[p.id] > order[fact_id]
    ]
    if left:
        raise refusal(
            f"cette lettre, validée le {fr(last.on)}, a été postée le {fr(left[-1].on)} ({left[-1].id}) : elle n’est plus à "
            f"valider.",
            f"this letter, validated on {en(last.on)}, was posted on {en(left[-1].on)} ({left[-1].id}): there is nothing left "
            f"to validate.",
        )
    raise refusal(
        f"cette lettre est déjà validée dans ces mots, depuis le {fr(last.on)} ({fact_id}) : il reste à la poster.",
        f"this letter is already validated in these words, since {en(last.on)} ({fact_id}): it remains to be posted.",
    )
