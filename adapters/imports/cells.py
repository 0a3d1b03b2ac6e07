"""What a person typed in a cell, read as what its column holds; or the words that say what would be right."""

import re
from datetime import date, timedelta
from typing import Final

from pydantic import TypeAdapter, ValidationError

from adapters.imports.columns import Column, folded
from adapters.imports.sheet import Cell, Formula
from domain.mail_text import one_line
from domain.parties import Address

_ADDRESS: Final[TypeAdapter[str]] = TypeAdapter(Address)
AT_SIGNATURE: Final = "signature"

_ORIGIN: Final = date(1899, 12, 30)
"""Day zero of a spreadsheet's calendar, as far as days after February 1900 go."""

_FIRST_SERIAL, _LAST_SERIAL = 18264, 109575  # 1950 and 2199, as everywhere here
_FIGURES: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2,4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00.*)?")
_WORDS: Final = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_LENGTH: Final = re.compile(r"(\d{1,3}) ?(mois|m|ans?|annees?)?")


class WrongCellError(Exception):
    """The cell does not hold what its column asks for; the message says what would be right."""


def read_cell(column: Column, cell: Cell) -> object:
    """Return what a cell holds, None when it is empty.

    Raises:
        WrongCellError: with what would be right.
    """
    if isinstance(cell, Formula):
        if cell.shown is None or str(cell.shown).startswith("#"):
            raise WrongCellError(f"une formule sans valeur ({cell.text[:40]}) : coller la valeur à sa place")
        shown = cell.shown
        cell = shown if isinstance(shown, (str, date, int, float)) else str(shown)
    if cell is None or cell == "":
        return None
    match column.sort:
        case "date":
            return _day(column, cell)
        case "months" | "count":
            return _number(column, cell)
        case "address":
            return _address(cell)
        case "choice":
            return _choice(column, cell)
    return _text(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # A cell often holds line breaks; what it says here is short and takes one line.
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else one_line(str(cell))


def _day(column: Column, cell: Cell) -> date | str:
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.isdecimal() and len(cell) == 5):
        return _serial(float(cell))
    text = folded(str(cell))
    if column.name == "effect" and AT_SIGNATURE in text:
        return AT_SIGNATURE
    given = str(cell).strip()
    if found := _ISO.fullmatch(given):
        return _real(int(found[1]), int(found[2]), int(found[3]), given)
    if found := _FIGURES.fullmatch(given):
        if len(found[3]) != 4:
            raise WrongCellError(f"« {given} » : écrire l’année sur quatre chiffres, comme 31/12/2024")
        return _real(int(found[3]), int(found[2]), int(found[1]), given)
    if (found := _WORDS.search(text)) and found[2] in _MONTHS:
        return _real(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]), given)
    signature = ", ou « à la signature »" if column.name == "effect" else ""
    raise WrongCellError(f"« {given} » n’est pas une date : écrire jj/mm/aaaa, comme 31/12/2024{signature}")


def _serial(number: float) -> date:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise WrongCellError(f"{number:g} n’est pas une date : écrire jj/mm/aaaa, comme 31/12/2024")
    return _ORIGIN + timedelta(days=int(number))


def _real(year: int, month: int, day: int, given: str) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        raise WrongCellError(f"« {given} » : ce jour n’existe pas ; on attend jj/mm/aaaa") from None


def _plausible(day: date) -> date:
    if not 1950 <= day.year <= 2199:
        raise WrongCellError(f"{day:%d/%m/%Y} : l’année doit être comprise entre 1950 et 2199")
    return day


def _number(column: Column, cell: Cell) -> int:
    most = 600 if column.sort == "months" else 60
    if isinstance(cell, (int, float)) and float(cell).is_integer():
        number = int(cell)
    else:
        found = _LENGTH.fullmatch(folded(_text(cell)))
        if found is None or (column.sort == "count" and found[2]):
            raise WrongCellError(f"« {_text(cell)} » : on attend {column.right}")
        number = int(found[1]) * (12 if (found[2] or "").startswith("a") else 1)
    if not 1 <= number <= most:
        raise WrongCellError(f"{number} : on attend un nombre de 1 à {most}")
    return number


def _address(cell: Cell) -> str:
    text = str(cell).strip().removeprefix("mailto:")
    try:
        return _ADDRESS.validate_python(text)
    except ValidationError as error:
        raise WrongCellError(
            str(error.errors()[0].get("ctx", {}).get("error", "trop long pour une adresse"))
        ) from None


def _choice(column: Column, cell: Cell) -> str:
    text = folded(_text(cell))
    for words, meant in column.values:
        if text in (folded(words), folded(meant)):
            return meant
    allowed = ", ".join(f"« {words} »" for words, _ in column.values)
    raise WrongCellError(f"« {_text(cell)} » n’est pas admis : on attend {allowed}")
