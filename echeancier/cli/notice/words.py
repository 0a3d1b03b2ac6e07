"""The sentences of ``echeancier notice``, French first."""

from dataclasses import dataclass
from typing import Final

from echeancier.domain.dates.notice import Form
from echeancier.domain.model import Text

FORMS: Final[dict[Form, Text]] = {
    "lrar": Text(
        fr="Forme\u00a0: lettre recommandée avec avis de réception, exigée par la clause.",
        en="Form: registered letter with receipt, required by the clause.",
    ),
    "lr": Text(
        fr="Forme\u00a0: recommandé, exigé par la clause\u00a0; avec avis de réception, c’est mieux.",
        en="Form: registered letter, required by the clause; a receipt is advised, as evidence.",
    ),
    "unstated": Text(
        fr="Forme\u00a0: la clause n’en dit rien\u00a0; recommandé avec avis de réception conseillé.",
        en="Form: the clause names none; a registered letter with receipt is advised, not required.",
    ),
}
REASONS: Final = Text(
    fr="La lettre doit donner ses motifs\u00a0: la clause l’exige.",
    en="The letter must give its reasons: the clause requires it.",
)
UNKNOWN_END: Final = Text(
    fr="Fin naturelle inconnue\u00a0: elle dépend d’une date qui n’est pas enregistrée. Rien ici ne dit donc "
    "si la convention s’achèverait d’elle-même avant.",
    en="Natural end unknown: it depends on a date that is not recorded. So nothing here says whether the "
    "convention would lapse by itself before.",
)
NO_END: Final = Text(
    fr="Durée indéterminée\u00a0: cette convention n’a pas de dernier jour, sauf celui que donne une lettre.",
    en="No last day: this convention has none, but the one that a letter gives.",
)


@dataclass(frozen=True)
class Phrases:
    """The sentences of one language; words in braces are filled in."""

    natural_end: str
    latest_end: str
    clause: str
    to_end: str
    moved: str
    post_by: str
    kept: str
    plans: dict[str, str]
    nothing: str
    one_end: str
    ends_between: str
    expected: str
    certainty: str
    capped: str
    useless: str
    pointless: str
    pointless_at_most: str
    reasoning: str


_FRENCH: Final = Phrases(
    natural_end="Fin naturelle\u00a0: {day}.",
    latest_end="Fin au plus tard, reconductions comprises\u00a0: {day}.",
    clause="{article} [{id}], ouvert à\u00a0: {users}",
    to_end="Pour que le dernier jour en vigueur soit le {end}\u00a0:",
    moved="La clause ne permet pas de finir le {asked}\u00a0: seulement certains jours.",
    post_by="à poster le {safe}\u00a0; le préavis doit commencer au plus tard le {legal} ({certainty}).",
    kept="\u00a0← retenu",
    plans={
        "P0": "si l’envoi compte",
        "P1": "si la première présentation compte",
        "P2": "si la réception compte, temps de signification compris",
    },
    nothing="Rien à poster.",
    one_end="Postée le {posted}, dernier jour en vigueur\u00a0: {end}.",
    ends_between="Postée le {posted}, dernier jour en vigueur entre le {earliest} et le {latest}.",
    expected="Attendu\u00a0: {expected}.",
    certainty="Certitude\u00a0: {certainty}.",
    capped="Selon une lecture au moins, le préavis irait au-delà de la fin naturelle\u00a0: elle l’emporte.",
    useless="La lettre ne change rien\u00a0: la convention s’achève avant la fin du préavis.",
    pointless="Sans objet\u00a0: la convention s’achève d’elle-même le {day}.",
    pointless_at_most="Sans objet\u00a0: la convention s’achève d’elle-même au plus tard le {day}.",
    reasoning="Calcul\u00a0: ",
)
_ENGLISH: Final = Phrases(
    natural_end="Natural end: {day}.",
    latest_end="End at the latest, renewals included: {day}.",
    clause="{article} [{id}], open to: {users}",
    to_end="For the last day in force to be {end}:",
    moved="The clause does not allow ending on {asked}: only on certain days.",
    post_by="post by {safe}; the notice must start on {legal} at the latest ({certainty}).",
    kept="\u00a0← kept",
    plans={
        "P0": "if sending counts",
        "P1": "if the first presentation counts",
        "P2": "if receipt counts, time for service included",
    },
    nothing="Nothing to post.",
    one_end="Posted on {posted}, last day in force: {end}.",
    ends_between="Posted on {posted}, last day in force between {earliest} and {latest}.",
    expected="Expected: {expected}. Whoever receives the letter relies on the nearest date.",
    certainty="Certainty: {certainty}.",
    capped="Under one reading at least, the notice would run past the natural end, which prevails.",
    useless="The letter changes nothing: the convention ends before the notice does.",
    pointless="Pointless: the convention ends by itself on {day}.",
    pointless_at_most="Pointless: the convention ends by itself on {day} at the latest.",
    reasoning="Reasoning (in French): ",
)


def phrases(language: str) -> Phrases:
    """Return the sentences of a language; anything that is not English is French."""
    return _ENGLISH if language == "en" else _FRENCH
