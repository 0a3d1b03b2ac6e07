"""What two versions of a letter say differently, in words for whoever validated the first."""

from typing import Final

from domain.letters_to_write.content import LetterContent
from domain.model import Text

_PARTS: Final[dict[str, Text]] = {
    "recipient": Text(fr="l’adresse du destinataire", en="the addressee"),
    "head": Text(fr="l’en-tête", en="the heading"),
    "reference": Text(fr="la référence", en="the reference"),
    "place": Text(fr="le lieu", en="the place"),
    "dated": Text(fr="la date", en="the date"),
    "sending": Text(fr="le mode d’envoi", en="how it is sent"),
    "tracking": Text(fr="le numéro de suivi", en="the tracking number"),
    "subject": Text(fr="l’objet", en="the subject"),
    "convention": Text(fr="la convention nommée", en="the convention as named"),
    "number": Text(fr="le numéro de la convention", en="the number of the convention"),
    "partner": Text(fr="le nom de l’autre partie", en="the name of the other side"),
    "cited": Text(fr="les clauses citées", en="the clauses quoted"),
    "says": Text(fr="le corps de la lettre", en="the body of the letter"),
    "signature": Text(fr="qui signe", en="who signs"),
    "enclosures": Text(fr="les pièces jointes", en="what is enclosed"),
    "copies": Text(fr="les copies", en="the copies"),
}
_SHOWN: Final = 160


def differences(before: LetterContent, after: LetterContent) -> tuple[Text, ...]:
    """Return each part that changed, as « part : « new » au lieu de « old » »; what is never printed does not count."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = []
    for part, words in _PARTS.items():
        for was, now in _changed(old[part], new[part]):
            found.append(
                Text(
                    fr=f"{words.fr} : « {_short(now)} » au lieu de « {_short(was)} »",
                    en=f"{words.en}: “{_short(now)}” instead of “{_short(was)}”",
                )
            )
    return tuple(found)


def _changed(was: object, now: object) -> list[tuple[str, str]]:
    if was == now:
        return []
    if isinstance(was, dict) and isinstance(now, dict):
        return [pair for name in now for pair in _changed(was.get(name, ""), now[name])]
    return [(_words(was), _words(now))]


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return " – ".join(_words(one) for one in value.values())
    return str(value)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
