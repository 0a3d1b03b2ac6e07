"""The words of an agenda's lines, shared by the table, the spreadsheet and the calendar."""

from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.labels import CERTAINTIES, STATES
from echeancier.domain.dates.rules import RULES
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import nbsp

_US = Text(fr="nous", en="us")
_ALL = Text(fr="ensemble", en="together")


def colon(language: str) -> str:
    """Return a colon as each language sets it."""
    return ": " if language == "en" else "\u00a0: "


def title(s: Situation, language: str) -> str:
    """Return the convention's title in the language."""
    return s.convention.title_en if language == "en" and s.convention.title_en else nbsp(s.convention.title)


def side(s: Situation, key: str, language: str, *, short: bool = False) -> str:
    """Return who a side is: « nous », « ensemble », or the name of the other institution.

    Args:
        s: the situation, for the name that was in use.
        key: a party, or ``both``.
        language: ``fr`` or ``en``.
        short: the name without what follows its first comma, and « nous » for our side.
    """
    if key == "both":
        return _ALL.in_language(language)
    if short and key == s.convention.us:
        return _US.in_language(language)
    name = s.convention.parties[key].name_on(s.today)
    return nbsp(name.split(",")[0] if short else name)


def who(s: Situation, item: Item, language: str) -> str:
    """Return « nous → Pôle emploi »; one word when it concerns one side or all."""
    by, to = side(s, item.owed_by, language, short=True), side(s, item.owed_to, language, short=True)
    return by if by == to else f"{by} → {to}"


def state(item: Item, language: str) -> str:
    """Return the state in words."""
    return STATES[item.state].in_language(language)


def certainty(item: Item, language: str) -> str:
    """Return how sure the date is, in words."""
    return CERTAINTIES[item.certainty].in_language(language)


def rule(item: Item, language: str) -> str:
    """Return the rule's id and the sentence that explains it."""
    found = RULES.get(item.rule)
    if found is None:
        return item.rule
    return f"{item.rule}{colon(language)}{found.en if language == 'en' else found.fr}"
