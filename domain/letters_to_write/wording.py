"""Small pieces of French that several letters share."""

import re

from domain.convention import Clause, Convention
from domain.duties import Delay
from domain.letters_to_write.says import Cited
from domain.situation import Situation
from domain.words import NBSP, in_words

_COMMON = ("Commune ", "Ville ", "Communauté ", "Métropole ", "Région ")
# What we note of a clause for ourselves (« ; son départ n’est pas dit », « , sans délai ») is not told to the other side.
_OUR_NOTES = re.compile(
    r"(?:\s;|,) (?:sans (?:délai|numéro|forme|date|avis|année)|aucune? |ni forme|non par|son départ|ce qui fait"
    r"|dernier jour non|dont les|rien d)[^»]*$"
)
_NUMBERS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
)


def named(name: str) -> str:
    """Return an institution as a sentence names it: « la commune de … », « Pôle emploi »."""
    return f"la {name[0].lower()}{name[1:]}" if name.startswith(_COMMON) else name


def of(name: str) -> str:
    """Return « de la commune de … », « de Pôle emploi », « d’Échirolles »."""
    words = named(name)
    return f"d’{words}" if words[0] in "AEÉÈIOUHY" else f"de {words}"


def of_the(function: str) -> str:
    """Return « du responsable », « de l’administrateur », for a function in the masculine, as conventions write them."""
    return f"de l’{function}" if function[:1].lower() in "aeiouéèh" else f"du {function}"


def capital(text: str) -> str:
    """Return the text with a capital at its head."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Return a title as the middle of a sentence takes it; a name or an acronym at its head keeps its capital."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() or first in ("Pôle", "France", "Opus") else text[:1].lower() + text[1:]


def counted(months: int) -> str:
    """Return « d’un mois », « de trois mois »."""
    if months == 1:
        return f"d’un{NBSP}mois"
    return f"de {number_of(months)}{NBSP}mois"


def number_of(count: int) -> str:
    """Return « trois », in letters up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def delay_in_words(delay: Delay) -> str:
    """Return « dans un délai de deux mois », « dans un délai de 10 jours »; empty for a delay of zero."""
    if delay.months:
        return f"dans un délai {counted(delay.months)}"
    if delay.hours:
        return f"dans un délai de {delay.hours}{NBSP}heures"
    if delay.open_days:
        return f"dans un délai de {delay.open_days}{NBSP}jours ouvrés"
    return f"dans un délai de {delay.days}{NBSP}jours" if delay.days else ""


def cited(clauses: tuple[Clause, ...]) -> tuple[Cited, ...]:
    """Return clauses as a letter cites them: by article, each once, without our own notes about them."""
    found: dict[str, list[str]] = {}
    for clause in dict.fromkeys(clauses):
        article = capital(re.sub(r"\bart\. ", f"article{NBSP}", clause.article))
        found.setdefault(article, []).append(lower(substance(clause)))
    return tuple(Cited(article=article, says="\u00a0; ".join(says)) for article, says in found.items())


def substance(clause: Clause) -> str:
    """Return what a clause says, without what we noted about it for ourselves."""
    return _OUR_NOTES.sub("", clause.says)


def clauses_of(s: Situation, ids: tuple[str, ...]) -> tuple[Clause, ...]:
    """Return the clauses of these ids, in that order."""
    return tuple(s.clause((one,)) for one in dict.fromkeys(ids))


def convention_named(s: Situation) -> str:
    """Return the convention as a sentence names it, with the day it was signed once all have signed."""
    title = titled(s.convention)
    return (
        f"la {title} signée le {in_words(s.last_signature, weekday=False)}"
        if s.last_signature
        else f"la {title}"
    )


def titled(convention: Convention) -> str:
    """Return « convention de coopération … » where the title says it, « convention « title » » otherwise."""
    title = convention.title.replace("«", "“").replace("»", "”")
    return lower(title) if title.startswith("Convention ") else f"convention «{NBSP}{title}{NBSP}»"
