"""One way in: from a situation and a kind of letter to what the letter says."""

from collections.abc import Callable, Mapping
from typing import Final, get_args

from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
from echeancier.domain.letters.account_manager import account_manager_letter
from echeancier.domain.letters.breach import comments, formal_notice, termination_reasons
from echeancier.domain.letters.content import LetterContent
from echeancier.domain.letters.data import destruction_letter, incident_letter
from echeancier.domain.letters.dispute import amicable_letter
from echeancier.domain.letters.frame import Draft, framed
from echeancier.domain.letters.renewal import renewal_letter
from echeancier.domain.letters.request import request_letter
from echeancier.domain.letters.termination import termination_letter
from echeancier.domain.standing.situation import Situation

KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)
"""The kinds of letters, as they are asked for."""

_DRAFTS: Final[Mapping[LetterKind, Callable[[Situation, str, LetterFields], Draft]]] = {
    "termination": termination_letter,
    "formal-notice": formal_notice,
    "termination-reasons": termination_reasons,
    "comments": comments,
    "account-manager": account_manager_letter,
    "request": request_letter,
    "destruction": destruction_letter,
    "incident": incident_letter,
    "renewal": renewal_letter,
    "amicable": amicable_letter,
}


def letter_for(s: Situation, kind: LetterKind, about: str = "", fields: LetterFields | None = None) -> LetterContent:
    """Return a letter of ``kind`` for a convention as it stands. Pure: the same situation gives the same letter.

    Args:
        s: terms, facts and the instant the letter is written at.
        kind: which letter.
        about: the key of an agenda item, the id of a clause block, or ``question/ID``; it may be left out where only
            one thing fits.
        fields: what neither the convention nor its facts can know.

    Raises:
        LetterRefusedError: the letter cannot be written; the French message says what to add.
    """
    given = fields or LetterFields()
    return framed(s, kind, _DRAFTS[kind](s, about, given), given)
