"""What a person typed in a cell, read as what its column holds; or the words that say what would be right.

Nothing is guessed: a cell is taken when the whole of it is understood, signs included. What stands for emptiness is a declared
list; what says « not known » is sent back.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from pydantic import TypeAdapter, ValidationError

from echeancier.adapters.imports.columns import Column, Sort, bare
from echeancier.adapters.imports.sheet import Cell, Formula, Odd
from echeancier.domain.characters import is_hidden
from echeancier.domain.dates.delay import Delay, DelayBeforeEnd
from echeancier.domain.dates.delay_words import delay_from_words
from echeancier.domain.dates.words import figures
from echeancier.domain.model import REFERENCE, DayOfYear
from echeancier.domain.terms.parties import Address
from echeancier.domain.terms.when import YearlyDay

_ADDRESS: Final[TypeAdapter[str]] = TypeAdapter(Address)
_DAY_OF_YEAR: Final[TypeAdapter[str]] = TypeAdapter(DayOfYear)
_LAST_MONTH: Final = 12
_BEFORE_END: Final[TypeAdapter[Delay]] = TypeAdapter(DelayBeforeEnd)
AT_SIGNATURE: Final = "signature"

EMPTY: Final = frozenset({
    "neant", "aucun", "aucune", "rien", "vide", "non", "no", "none", "null", "nil", "sans", "sans objet", "non applicable",
    "so", "s.o", "s.o.", "s/o", "na", "n.a", "n.a.", "n/a", "ras", "r.a.s", "r.a.s.",
})  # fmt: skip
"""What is typed where there is nothing, in any column; so is a dash, or one of a few signs alone."""

_DASHES: Final = re.compile(r"[-\u2010-\u2015\u2212_ ]+|[/.∅\u00d7*]")

SAME: Final = frozenset({
    "idem", "id", "id.", "d°", "do", "ditto", "voir ci-dessus", "ci-dessus", "cf. ci-dessus", "meme", "le meme", "la meme",
})  # fmt: skip
"""What is typed for the cell above; so are marks, as « " »."""

_MARKS: Final = re.compile(r"[\"“”«»〃'’‟″/\\ ,]+")

UNKNOWN: Final = frozenset({
    "a completer", "a definir", "a preciser", "a determiner", "a confirmer", "a venir", "a voir", "en attente", "en cours",
    "inconnu", "inconnue", "non connu", "non connue", "non renseigne", "non renseignee", "non precise", "non precisee",
    "non communique", "nc", "n.c", "n.c.", "n/c", "nr", "n.r.", "nsp", "tbd", "tbc", "todo", "xx", "xxx", "xxxx",
})  # fmt: skip
"""What is typed where something is not known: it is neither a value nor an absence."""

SIGNATURE: Final = frozenset({
    f"{before}{words}"
    for before in ("", "a ", "des ", "a compter de ", "le jour de ", "au jour de ")
    for words in (
        "signature", "la signature", "sa signature", "date de signature", "la date de signature", "la date de la signature",
        "la date de sa signature", "la derniere signature", "la date de la derniere signature", "derniere signature",
    )
})  # fmt: skip

_FIGURES: Final = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{2,4})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_WEEK: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT: Final = {
    "janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH: Final = (
    {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT | {f"{s}.": n for s, n in _SHORT.items()}
)
_WORDS: Final = re.compile(rf"(?:le )?(?:({'|'.join(_WEEK)}),? )?(1er|[0-9]{{1,2}}) ([a-z]+\.?) ([0-9]{{4}})")
_EACH_YEAR: Final = "(?:(?:chaque annee|tous les ans),? )?", "(?:,? (?:de )?chaque annee|,? tous les ans)?"
_YEAR_DAY: Final = re.compile(
    r"(?:(au plus tard|avant|pour|jusqu'au) ?)?(?:(?:le|les|au) )?(1er|[0-9]{1,2})(?:[ -]([a-z]+\.?)|/([0-9]{1,2}))"
)
_SEVERAL: Final = re.compile(r" ?, ?| ?; ?| et ")
_AS_TEXT: Final = (
    " ; dans cette colonne, un jour revient chaque année : donner à la cellule le format Texte, puis y écrire le jour et le "
    "mois, comme « 31 mars »"
)
_LENGTH: Final = re.compile(r"([0-9]{1,3}) ?(mois|ans?|annees?)?")
_REFERENCE: Final = re.compile(REFERENCE)


class WrongCellError(Exception):
    """The cell does not hold what its column asks for; the message says what would be right."""


def read_cell(column: Column, cell: Cell) -> object:
    """Return what a cell holds, None when it is empty.

    Raises:
        WrongCellError: with what would be right.
    """
    if isinstance(cell, Formula):
        if cell.shown is None:
            raise WrongCellError(f"une formule sans valeur ({cell.text[:40]}) : coller la valeur à sa place")
        shown = cell.shown
        cell = shown if isinstance(shown, (str, date, int, float, Odd)) else str(shown)
    if isinstance(cell, Odd):
        if column.sort == "days" and cell.day is not None:
            return _days(column, cell.day)
        raise WrongCellError(cell.words)
    _refuse_unseen(column, cell)
    if cell is None or (isinstance(cell, str) and _nothing(column, cell)):
        return None
    return _READERS[column.sort](column, cell)


def _refuse_unseen(column: Column, cell: Cell) -> None:
    """Refuse a character that nobody sees; those that join or part letters are of some writings, and of pictures.

    Raises:
        WrongCellError: it names the character and its place.
    """
    allowed = "\u00ad\u200c\u200d" + ("\u200f\u061c" if column.sort == "text" else "")
    for place, char in enumerate(cell if isinstance(cell, str) else "", start=1):
        if is_hidden(char) or (unicodedata.category(char) == "Cf" and char not in allowed):
            raise WrongCellError(f"un caractère invisible (U+{ord(char):04X}) en position {place} : retaper la cellule")


def _nothing(column: Column, text: str) -> bool:
    """Whether a text stands for emptiness.

    Raises:
        WrongCellError: it says that something is not known.
    """
    if _meant(column, text) is not None:
        return False  # « aucune » may be one of the choices
    words = bare(text).strip("()[]«» ")
    if words in SAME or words.rstrip(".") in SAME or (_MARKS.fullmatch(text) and text != "/"):
        raise WrongCellError(f"« {text[:80]} » : écrire dans chaque cellule ce qu’elle dit, sans renvoyer à une autre")
    signs = not any(sign.isalnum() for sign in text)
    if words in UNKNOWN or words.rstrip(".") in UNKNOWN or (signs and ("?" in text or "…" in text or ".." in text)):
        left = "" if column.required else "laisser la cellule vide si le papier le laisse en blanc ; sinon "
        raise WrongCellError(f"« {text[:80]} » : {left}on attend {column.right or 'une valeur de la liste'}")
    if signs and text and not _DASHES.fullmatch(text):
        raise WrongCellError(
            f"« {text[:80]} » : laisser la cellule vide, ou y écrire {column.right or 'une valeur de la liste'}"
        )
    return signs or words in EMPTY or words.rstrip(".") in EMPTY


def _text(column: Column, cell: Cell) -> str:
    if isinstance(cell, date):
        raise WrongCellError(
            f"{figures(cell)} est une date pour le tableur : donner à la cellule le format Texte et y écrire {column.right}"
        )
    if isinstance(cell, float) and not cell.is_integer():
        raise WrongCellError(
            f"{cell} est un nombre pour le tableur, qui ôte les zéros de la fin : donner à la cellule le format Texte "
            f"et y écrire {column.right}"
        )
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def _reference(column: Column, cell: Cell) -> str:
    text = _text(column, cell)
    if not _REFERENCE.fullmatch(text):
        raise WrongCellError(
            f"« {text[:80]} » n’est pas une référence : on attend au plus 60 lettres sans accent, chiffres, points, "
            "tirets, comme VILLE-2024"
        )
    return text.upper()


def _day(column: Column, cell: Cell) -> date | str:
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, (int, float)):
        raise WrongCellError(
            f"« {cell:.15g} » est un nombre, pas une date : donner à la cellule le format Date, ou écrire jj/mm/aaaa, "
            "comme 31/12/2024"
        )
    given = str(cell).strip()
    text = bare(given).replace("’", "'")
    if column.name == "effect" and text in SIGNATURE:
        return AT_SIGNATURE
    if found := _ISO.fullmatch(given):
        return _real(int(found[1]), int(found[2]), int(found[3]), given)
    if found := _FIGURES.fullmatch(given):
        if len(found[3]) != 4:
            raise WrongCellError(f"« {given} » : écrire l’année sur quatre chiffres, comme 31/12/2024")
        return _real(int(found[3]), int(found[2]), int(found[1]), given)
    if (found := _WORDS.fullmatch(text)) and found[3] in _MONTH:
        day = _real(int(found[4]), _MONTH[found[3]], int(found[2].removesuffix("er")), given)
        if found[1] and _WEEK[day.weekday()] != found[1]:
            raise WrongCellError(
                f"« {given} » : le {figures(day)} est un {_WEEK[day.weekday()]} ; corriger le jour, ou l’ôter"
            )
        return day
    signature = ", ou « à la signature »" if column.name == "effect" else ""
    raise WrongCellError(
        f"« {given[:120]} » n’est pas une date, et une seule : écrire jj/mm/aaaa, comme 31/12/2024{signature}"
    )


def _real(year: int, month: int, day: int, given: str) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        english = (
            " ; si le mois est écrit avant le jour, toutes les dates du tableau sont à vérifier"
            if 12 < month <= 31 and 1 <= day <= 12
            else ""
        )
        raise WrongCellError(f"« {given} » : ce jour n’existe pas ; on attend jj/mm/aaaa{english}") from None


def _plausible(day: date) -> date:
    if not 1950 <= day.year <= 2199:
        raise WrongCellError(f"{figures(day)} : l’année doit être comprise entre 1950 et 2199")
    return day


def _days(column: Column, cell: Cell) -> YearlyDay:
    """Return days that come back each year, in the order of the year; which year they are about is not said here."""
    if isinstance(cell, date):
        raise WrongCellError(f"{figures(cell)} est le jour d’une seule année{_AS_TEXT}")
    given = f"{cell:.15g}" if isinstance(cell, (int, float)) else str(cell).strip()
    before, behind = _EACH_YEAR
    text = re.sub(f"^{before}", "", bare(given))
    parts = [_YEAR_DAY.fullmatch(re.sub(f"{behind}$", "", part)) for part in _SEVERAL.split(text)]
    days = [_day_of_year(found, given) for found in parts if found is not None]
    limits = [found[1] for found in parts if found is not None]
    if len(days) < len(parts) or len({limits[0], *filter(None, limits)}) > 1:
        raise WrongCellError(f"« {given[:120]} » : on attend {column.right}")
    if len(set(days)) < len(days):
        raise WrongCellError(f"« {given[:120]} » : le même jour y est deux fois")
    try:
        return YearlyDay(on=tuple(sorted(days)), limit="excluded" if limits[0] == "avant" else "included")
    except ValidationError:
        raise WrongCellError(f"« {given[:120]} » : {len(days)} jours, et une année en a 12 au plus ici") from None


def _day_of_year(found: re.Match[str], given: str) -> str:
    number, month = int(found[2].removesuffix("er")), int(found[4]) if found[4] else _MONTH.get(found[3], 0)
    if found[4] and number <= _LAST_MONTH and number != month:
        raise WrongCellError(
            f"« {given[:120]} » : le jour et le mois peuvent s’y lire dans les deux sens ; écrire le mois en lettres"
        )
    try:
        return _DAY_OF_YEAR.validate_python(f"{month:02}-{number:02}")
    except ValidationError:
        raise WrongCellError(
            f"« {given[:120]} » n’est pas un jour de l’année : on attend le jour et le mois, comme « 31 mars »"
        ) from None


def _number(column: Column, cell: Cell) -> int:
    most = 60 if column.sort == "count" else 600
    if isinstance(cell, date):
        raise WrongCellError(f"{figures(cell)} est une date : on attend {column.right}")
    given = f"{cell:.15g}" if isinstance(cell, (int, float)) else cell
    found = _LENGTH.fullmatch(bare(str(given)))
    if found is None or (column.sort == "count" and found[2]) or (column.sort == "length" and not found[2]):
        raise WrongCellError(f"« {str(given)[:80]} » : on attend {column.right}")
    number = int(found[1]) * (12 if (found[2] or "").startswith("a") else 1)
    if not 1 <= number <= most:
        raise WrongCellError(f"{number} : on attend un nombre de 1 à {most}")
    return number


def _delay(column: Column, cell: Cell) -> Delay:
    given = figures(cell) if isinstance(cell, date) else f"{cell:.15g}" if isinstance(cell, (int, float)) else str(cell)
    try:
        said = delay_from_words(given)
    except ValueError:
        raise WrongCellError(f"« {given[:80]} » : on attend {column.right}") from None
    try:
        return _BEFORE_END.validate_python(said)
    except ValidationError:
        raise WrongCellError(
            f"« {given[:80]} » ne donne pas de dernier jour pour agir avant une fin : on attend {column.right}"
        ) from None


def _address(_: Column, cell: Cell) -> str:
    text = re.sub("^mailto:", "", str(cell).strip(), flags=re.IGNORECASE)
    if text.count("@") > 1 or "<" in text:
        raise WrongCellError(
            f"« {text[:120]} » : une adresse, et une seule, est attendue, comme fonction@domaine.example"
        )
    try:
        return _ADDRESS.validate_python(text)
    except ValidationError as error:
        words = str(error.errors()[0].get("ctx", {}).get("error", "trop long pour une adresse"))
        raise WrongCellError(words if f"« {text} »" in words else f"« {text[:120]} » : {words}") from None


def _meant(column: Column, cell: Cell) -> str | None:
    """What a cell means among the choices of its column, None when it is none of them."""
    text = bare(str(cell))
    return next(
        (m for words, m in column.values if text in (bare(words), bare(words).removeprefix("le "), bare(m))), None
    )


def _choice(column: Column, cell: Cell) -> str:
    if (meant := _meant(column, cell)) is not None:
        return meant
    allowed = ", ".join(f"« {words} »" for words, _ in column.values)
    raise WrongCellError(f"« {str(cell)[:80]} » n’est pas admis : on attend {allowed}")


def _side(column: Column, cell: Cell) -> str:
    return _meant(column, cell) or _text(column, cell)


_READERS: Final[Mapping[Sort, Callable[[Column, Cell], object]]] = {
    "text": _text, "reference": _reference, "date": _day, "months": _number, "length": _number, "count": _number,
    "address": _address, "choice": _choice, "delay": _delay, "side": _side, "days": _days,
}  # fmt: skip
