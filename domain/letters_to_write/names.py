"""How letters, and what a person adds to them, are called."""

import re
from typing import Final

from domain.letters_to_write.content import LetterKind
from domain.model import Text

NAMES: Final[dict[LetterKind, Text]] = {
    "termination": Text(fr="lettre de résiliation", en="termination letter"),
    "formal-notice": Text(fr="mise en demeure", en="formal notice"),
    "termination-reasons": Text(fr="motifs d’une résiliation envisagée", en="reasons of a termination meant"),
    "comments": Text(fr="observations sur des motifs reçus", en="comments on reasons received"),
    "account-manager": Text(
        fr="lettre sur le gestionnaire de comptes", en="letter about the account manager"
    ),
    "request": Text(fr="demande ou relance", en="request or reminder"),
    "destruction": Text(fr="attestation de destruction", en="certificate of destruction"),
    "incident": Text(fr="notification d’un incident", en="notice of an incident"),
    "renewal": Text(fr="lettre sur la suite à donner au terme", en="letter about what follows the term"),
    "amicable": Text(fr="recherche d’un accord amiable", en="search for an amicable settlement"),
}
"""Each letter in a few words, as the middle of a sentence takes it."""

FIELDS: Final[dict[str, Text]] = {
    "dated": Text(fr="Date de la lettre", en="Date of the letter"),
    "posted": Text(fr="Jour d’envoi prévu", en="Day of posting meant"),
    "effect": Text(fr="Dernier jour en vigueur voulu", en="Last day in force wanted"),
    "deadline": Text(fr="Jour laissé à l’autre partie", en="Day given to the other side"),
    "done_on": Text(fr="Fait le", en="Done on"),
    "reasons": Text(fr="Motifs, griefs ou objet", en="Reasons or subject"),
    "known": Text(fr="Ce qui est connu", en="What is known"),
    "measures": Text(fr="Mesures prises", en="Measures taken"),
    "pending": Text(fr="Ce qui reste à établir", en="What is still to be found out"),
    "means": Text(fr="Moyen de la destruction", en="How data were destroyed"),
    "proposed": Text(fr="Fonction proposée", en="Function proposed"),
    "to": Text(fr="Destinataire", en="Addressee"),
    "tracking": Text(fr="Numéro du recommandé", en="Number of the registered letter"),
    "place": Text(fr="Lieu de signature", en="Place of signature"),
    "delegation": Text(fr="Signataire par délégation (qualité)", en="Signed by delegation (quality)"),
    "enclosures": Text(fr="Pièces jointes", en="Enclosed"),
    "copies": Text(fr="Copies", en="Copies to"),
}
"""What a person may add, as a form names it."""

OF_EACH: Final[dict[LetterKind, tuple[str, ...]]] = {
    "termination": ("posted", "effect", "reasons"),
    "formal-notice": ("deadline", "reasons"),
    "termination-reasons": ("reasons",),
    "comments": ("reasons",),
    "account-manager": ("proposed",),
    "request": ("deadline", "reasons"),
    "destruction": ("done_on", "means", "known"),
    "incident": ("known", "measures", "pending"),
    "renewal": ("deadline",),
    "amicable": ("reasons",),
}
"""The fields that each letter uses, beside those that every letter has."""

OF_ALL: Final = ("dated", "to", "tracking", "place", "delegation", "enclosures", "copies")
"""The fields that every letter has."""

_OPTION = re.compile(r"(?:(avec) )?--([a-z][a-z-]*)")


def without_options(words: str, language: str = "fr") -> str:
    """Return a refusal that names options of the command line as the form names its fields."""

    def named(found: re.Match[str]) -> str:
        field = FIELDS.get(
            {"enclosure": "enclosures", "copy": "copies"}.get(found[2], found[2].replace("-", "_"))
        )
        if field is None:
            return found[0]
        label = f"« {field.in_language(language)} »"
        return f"dans le champ {label}" if found[1] else label

    return _OPTION.sub(named, words)
