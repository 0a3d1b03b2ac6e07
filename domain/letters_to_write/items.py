"""Finding the dated thing a letter is about."""

from collections.abc import Callable

from domain.agenda import agenda_of
from domain.items import Item
from domain.letters_to_write.refusal import LetterRefusedError
from domain.situation import Situation

_SHOWN = 8


def item_of(s: Situation, key: str) -> Item:
    """Return the item of that key.

    Raises:
        LetterRefusedError: there is none, or no key is given.
    """
    if not key:
        raise LetterRefusedError(
            "De quelle échéance s’agit-il ? Donner sa clé avec --about (plan --format json)."
        )
    found = agenda_of(s).item(key)
    if found is None:
        raise LetterRefusedError(f"« {key} » n’est pas une clé de l’agenda (plan --format json les donne).")
    return found


def item_among(s: Situation, key: str, fits: Callable[[Item], bool], what: str) -> Item:
    """Return the item of that key, or the only one that fits when no key is given.

    Args:
        s: the situation.
        key: of the item; empty to look for the only one.
        fits: whether an item is one this letter can be about.
        what: what is looked for, in French, for the refusal.

    Raises:
        LetterRefusedError: none fits, several do, or the one named does not.
    """
    fitting = [item for item in agenda_of(s).items if fits(item)]
    keys = ", ".join(item.key for item in fitting[:_SHOWN])
    if key:
        named = next((item for item in fitting if item.key == key), None)
        if named is None:
            choice = f" ; au choix : {keys}" if fitting else ""
            raise LetterRefusedError(f"« {key} » n’est pas {what}{choice}.")
        return named
    if not fitting:
        raise LetterRefusedError(f"L’agenda ne contient pas {what} : enregistrer d’abord ce qui est arrivé.")
    if len(fitting) > 1:
        raise LetterRefusedError(f"Plusieurs possibilités ; choisir avec --about : {keys}.")
    return fitting[0]
