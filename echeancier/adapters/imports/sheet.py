"""The cells of a sheet, xlsx or CSV of a French spreadsheet, in either encoding: texts, dates, formulas told apart.

Nothing is guessed: a cell that shows something else than what it holds says so, and every sheet, every separator, that may be
the right one is given back. Made to be read apart (`adapters.apart`): imports little beside the library.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

MOST_ROWS: Final = 5000
MOST_CELLS: Final = 200
_READ: Final = MOST_ROWS * 4
"""Rows that are looked at: a table may have gaps."""

_LARGEST: Final = 100_000_000
"""Bytes a workbook may take once unpacked: a sheet of five thousand conventions takes a tenth of that."""

_SEPARATORS: Final = ";\t,|"
SEPARATED_BY: Final = re.compile(r"\"?sep=(.)\"?\r?\n")
"""A first line that names the separator, for a spreadsheet."""

_TOO_LARGE: Final = "le classeur est trop grand : un tableau de conventions, et lui seul, est attendu"
_TOO_MANY: Final = f"{MOST_ROWS} conventions au plus par tableau : le couper en plusieurs"


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula; ``shown`` is what the spreadsheet last showed of it, None when it never did."""

    text: str
    shown: object


@dataclass(frozen=True)
class Odd:
    """A cell that shows something else than what it holds, or an error of the spreadsheet.

    Attributes:
        words: what would be right.
        day: what it holds, where that is a day not shown whole.
    """

    words: str
    day: date | None = None


Cell = str | date | int | float | Formula | Odd | None


@dataclass(frozen=True)
class SheetLine:
    """One row of a sheet: ``number`` as the spreadsheet shows it; ``hidden`` from whoever looks at it."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is written in it."""
        return all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a CSV cut by one separator.

    Attributes:
        lines: those that hold something.
        separated: cut by a separator, so that a cell too many means that a text holds it.
        hidden: numbers of the columns that are not shown, from 0.
        merged: of each merged cell, its first and last row, from 1, then its first and last column, from 0.
        broken: number of the row at which a CSV cannot be cut any more, 0 when it is whole.
    """

    name: str
    lines: tuple[SheetLine, ...]
    separated: bool = False
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    broken: int = 0


ANSWERS: Final = (Sheet, SheetLine, Formula, Odd)


class _UnreadableError(Exception):
    """It cannot be read, in words."""


def plain_sheets(raw: bytes) -> tuple[tuple[Sheet, ...], str]:
    """Return what may be the sheet, those that are hidden left aside; or why nothing can be read."""
    try:
        if raw[:4] == b"PK\x03\x04":
            found = tuple(_of_workbook(raw))
        elif raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            return (), "ancien format .xls, ou classeur protégé par un mot de passe : l’enregistrer en .xlsx"
        else:
            found = tuple(_of_csv(raw))
    except _UnreadableError as error:
        return (), str(error)
    return (found, "") if found else ((), "le tableau est vide")


def _of_workbook(raw: bytes) -> Iterator[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _LARGEST:
            raise _UnreadableError(_TOO_LARGE)  # noqa: TRY301 - in words already
        book = load_workbook(io.BytesIO(raw), read_only=True)
        shown: Any = None
        for number, sheet in enumerate(book.worksheets):
            if sheet.sheet_state != "visible":
                continue
            rows = [*_rows(sheet, values=False)]
            values: Iterable[tuple[Any, ...]] = ()
            if any(getattr(cell, "data_type", "") == "f" for row in rows for cell in row):
                shown = shown or load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
                values = _rows(shown.worksheets[number], values=True)
            if (found := _sheet(sheet, rows, [*values])).lines:
                yield found
    except (_UnreadableError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever the library makes of a damaged workbook
        raise _UnreadableError(
            f"le classeur ne peut pas être lu ({type(error).__name__}) : l’enregistrer de nouveau en .xlsx"
        ) from None


def _rows(sheet: Any, *, values: bool) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # some programs write a wrong one
    return sheet.iter_rows(values_only=values, max_col=MOST_CELLS, max_row=_READ)  # type: ignore[no-any-return]


_TAG: Final = re.compile(rb"<(?:\w+:)?(row|col|mergeCell)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"\s(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_ZERO: Final = re.compile(rb"0+(?:\.0*)?")
_HELD: Final = re.compile(rb"<(?:\w+:)?(?:v|is)>")


def _sheet(sheet: Any, rows: list[tuple[Any, ...]], values: list[tuple[Any, ...]]) -> Sheet:
    with sheet._get_source() as source:  # noqa: SLF001 - what the library leaves aside when it reads row by row
        xml = source.read()
    around = _Around.of(xml)
    lines = tuple(
        line
        for n, row in enumerate(rows, 1)
        if not (
            line := SheetLine(n, tuple(_cells(row, values[n - 1] if n <= len(values) else ())), n in around.rows)
        ).empty
    )
    if len(lines) > MOST_ROWS + 20 or (around.far is not None and _HELD.search(xml, around.far)):
        raise _UnreadableError(_TOO_MANY)
    return Sheet(str(sheet.title), lines, hidden=frozenset(around.columns), merged=tuple(around.merged))


@dataclass
class _Around:
    """What is said around the cells: ``rows`` and ``columns`` not shown, ``merged`` cells, where the rows too ``far`` begin."""

    rows: set[int]
    columns: set[int]
    merged: list[tuple[int, int, int, int]]
    far: int | None = None

    @classmethod
    def of(cls, xml: bytes) -> "_Around":
        """Every writer quotes in its own way, and some leave out the numbers of the rows."""
        found, row = cls(set(), set(), []), 0
        for tag in _TAG.finditer(xml):
            said = dict(_ATTRIBUTE.findall(tag[2]))
            flat = any(_ZERO.fullmatch(said.get(size, b"")) for size in (b"ht", b"width"))
            hidden = flat or said.get(b"hidden") in (b"1", b"true")
            if tag[1] == b"row":
                row = int(said.get(b"r", row + 1))
                if hidden:
                    found.rows.add(row)
                if row > _READ and found.far is None:
                    found.far = tag.start()
            elif tag[1] == b"col" and hidden:
                found.columns.update(range(int(said[b"min"]) - 1, min(int(said[b"max"]), MOST_CELLS)))
            elif tag[1] == b"mergeCell" and len(found.merged) < _READ:
                left, top, right, bottom = range_boundaries(said[b"ref"].decode())
                found.merged.append((int(top or 0), int(bottom or 0), int(left or 1) - 1, int(right or 1) - 1))
        return found


def _cells(row: tuple[Any, ...], values: tuple[Any, ...]) -> Iterator[Cell]:
    for number, cell in enumerate(row):
        value = cell.value
        if value is None:
            yield None
        elif cell.data_type == "f":
            last = values[number] if number < len(values) else None
            yield Formula(str(getattr(value, "text", value)), None if last is None else _plain(last, cell))
        else:
            yield _plain(value, cell)


def _plain(value: Any, cell: Any) -> Cell:  # noqa: PLR0911 - a table, one line each
    if isinstance(value, bool):
        return "oui" if value else "non"
    if cell.data_type == "e":
        return Odd(f"{value} est une erreur du tableur : écrire la valeur à sa place")
    if isinstance(value, str):
        return _text(value)
    shape = str(cell.number_format or "General")
    if isinstance(value, datetime):
        return _day(value, shape)
    if isinstance(value, (int, float)):
        if abs(value) < 1e15 and _shows_it(shape):
            return value
        return Odd(
            f"{str(value)[:20]} : la cellule montre autre chose que ce nombre (format « {shape[:40]} ») : lui donner "
            "le format Texte et y écrire ce qu’il faut lire"
        )
    return Odd(f"{str(value)[:20]} est une heure ou une durée du tableur : écrire ce qu’il faut lire, au format Texte")


_ERROR: Final = re.compile(r"#[A-ZÀ-Ý0-9_/ ]+[?!]?", re.IGNORECASE)
_TOO_NARROW: Final = re.compile(r"#{2,}")
_BROKEN: Final = re.compile(r"\ufffd|Ã[^\sA-Za-z]|â€|(?<=[a-z])[ŽŠ\u201a\u02c6‡™](?=[a-z])")
"""What becomes of an accent that was written in one encoding and read in another; é in UTF-8, on a Mac, under DOS."""

_ASIDE: Final = re.compile(r"\[[^\]]*\]|_.|\*.")
_WORDS: Final = re.compile(r'"[^"]*"|\\.')
_NUMBER: Final = re.compile(r"general|standard|@|[#?,. \u00a0\u202f]*0?(?:[.,][0#?]*)?|#,##0(?:\.0+)?", re.IGNORECASE)


def _shows_it(shape: str) -> bool:
    """Whether a format shows a number and nothing else: no unit, no per cent, no zeros in front."""
    return all(
        part and _NUMBER.fullmatch(_ASIDE.sub("", part).replace("\\ ", " ").lstrip("-").strip())
        for part in shape.split(";")[:1]
    )


def _day(value: datetime, shape: str) -> Cell:
    if value.time() != datetime.min.time():
        return Odd(f"{value:%d/%m/%Y %H:%M} : un jour est attendu, sans heure")
    signs = _WORDS.sub("", _ASIDE.sub("", shape)).lower()
    if signs != "general" and not (re.search(r"(?<!d)d{1,2}(?!d)", signs) and "m" in signs and "y" in signs):
        return Odd(
            f"{value:%d/%m/%Y} : la cellule ne montre pas le jour, le mois et l’année (format « {shape[:40]} ») : lui "
            "donner le format jj/mm/aaaa, et vérifier le jour",
            value.date(),
        )
    return value.date()


def _broken_word(text: str) -> str:
    """The first word whose accents are broken, empty when there is none."""
    if (found := _BROKEN.search(text)) is None:
        return ""
    before, after = re.split(r"[\s;,|\"]", text[max(0, found.start() - 20) : found.start()]), text[found.start() :]
    return before[-1] + re.split(r"[\s;,|\"]", after[:20])[0]


_UNSEEN: Final = dict.fromkeys((0x200B, 0x200E, 0x2060, 0xFEFF))
"""What comes along with a copy from a page or an address book; none changes what is read."""


def _clean(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def _of_csv(raw: bytes) -> Iterator[Sheet]:
    """One sheet for each separator: only the headings tell which is the right one."""
    if b"\0" in raw[:4000]:
        raise _UnreadableError("ni un classeur .xlsx ni un CSV : enregistrer le tableau sous l’un de ces formats")
    text = decoded(raw)
    separators = _SEPARATORS
    if told := SEPARATED_BY.match(text):
        separators, text = told[1], text[told.end() :]
        if separators not in _SEPARATORS:
            raise _UnreadableError(
                f"« sep={separators} » : on attend un point-virgule, une virgule, une tabulation ou une barre"
            )
    if word := _broken_word(text):
        raise _UnreadableError(
            f"les accents y sont abîmés (« {word} ») : partir du tableau d’origine, et l’enregistrer en « CSV UTF-8 », "
            "ou en .xlsx"
        )
    found = [_cut(text, separator, first=2 if told else 1) for separator in separators]
    yield from (sheet for sheet in found if sheet.lines or sheet.broken)


def decoded(raw: bytes) -> str:
    """Return the text of a CSV: in UTF-8, or as a French Excel writes it."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")  # what a French Excel writes
    except UnicodeDecodeError:
        raise _UnreadableError("encodage inconnu : enregistrer le tableau en « CSV UTF-8 », ou en .xlsx") from None


def _cut(text: str, separator: str, first: int) -> Sheet:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[SheetLine] = []
    broken = 0
    try:
        for n, row in enumerate(rows, first):
            if not (line := SheetLine(n, tuple(_text(cell) for cell in row[:MOST_CELLS]))).empty:
                lines.append(line)
    except csv.Error:
        broken = first + rows.line_num - 1
    if len(lines) > MOST_ROWS + 20:
        raise _UnreadableError(_TOO_MANY)
    return Sheet(separator, tuple(lines), separated=True, broken=broken)


def _text(cell: str) -> Cell:
    text = _clean(cell)
    if _TOO_NARROW.fullmatch(text):
        return Odd(f"« {text[:20]} » est ce que montre une colonne trop étroite : écrire la valeur à sa place")
    if _ERROR.fullmatch(text):
        return Odd(f"{text} est une erreur du tableur : écrire la valeur à sa place")
    if word := _broken_word(text):
        return Odd(f"« {word} » : des accents y sont abîmés, récrire le texte")
    return text
