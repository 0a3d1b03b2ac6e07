"""The rows of a sheet under their headings: what each says, and what is wrong in it, cell by cell."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Final

from echeancier.adapters.apart import Limits, read_apart
from echeancier.adapters.imports.cells import WrongCellError, read_cell
from echeancier.adapters.imports.columns import COLUMNS, Column, column_of, nearly
from echeancier.adapters.imports.remarks import REMARKS, TablePlace
from echeancier.adapters.imports.sheet import ANSWERS, Cell, Formula, Odd, Sheet, SheetLine, plain_sheets
from echeancier.domain.errors import FileContentError
from echeancier.domain.typography import nbsp

_LOOKED: Final = 20
"""Rows in which the headings are looked for: titles and merged bands may stand above."""

_FEWEST: Final = 3
"""Headings that make a row of headings."""

LIMITS: Final = Limits(cpu=30, wall=60, memory=768 << 20)
"""What reading a sheet may take: five thousand full rows take a third of it."""


@dataclass(frozen=True)
class Wrong:
    """What must be put right: the row as the spreadsheet shows it, the heading of the column, empty for the whole row."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class ImportedConvention:
    """One convention of the sheet.

    Attributes:
        said: what its cells hold, by the name of their column.
        wrong: what must be put right.
        notes: what was understood in a way the reader should know of.
    """

    number: int
    said: dict[str, object]
    wrong: tuple[Wrong, ...]
    notes: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Its reference, empty when it has none."""
        return str(self.said.get("reference", ""))


@dataclass(frozen=True)
class Table:
    """A sheet read: its rows, the headings that mean nothing to us, where the table stands."""

    rows: tuple[ImportedConvention, ...]
    ignored: tuple[str, ...]
    place: TablePlace


def read_table(raw: bytes, name: str) -> Table:
    """Return what a sheet says; every row is read, whatever is wrong in the others. The file itself is read apart.

    Raises:
        FileContentError: it cannot be opened, its headings cannot be found, or it hides something.
        NotReadError: its reading was stopped.
    """
    return table_of(*read_apart(plain_sheets, raw, ANSWERS, LIMITS).result(), name)


def table_of(sheets: Sequence[Sheet], wrong: str, name: str) -> Table:
    """Return what the one right sheet says, or refuse as `read_table` does; ``wrong`` is why nothing was read."""
    if wrong:
        raise FileContentError(name, (nbsp(wrong),))
    sheet, at, columns = _chosen(sheets, name)
    heads = {column.name: column.head for column in columns if column is not None}
    if problems := [*_misheaded(sheet, at, columns, heads)]:
        raise FileContentError(name, tuple(nbsp(problem) for problem in problems))
    body = [line for line in sheet.lines[at + 1 :] if not _only_foreign(line, columns)]
    if not body:
        raise FileContentError(name, ("aucune convention sous les intitulés des colonnes",))
    if any(_mixes(merged, sheet.lines[at].number, columns) for merged in sheet.merged):
        words = "des cellules sont fusionnées sous les intitulés : les scinder, et remplir chacune"
        raise FileContentError(name, (nbsp(words),))
    headings = [_heading(cell) for cell in sheet.lines[at].cells]
    ignored = [
        head for head, column in zip(headings, columns, strict=True) if head not in ("", REMARKS) and column is None
    ]
    doubtful = _doubtful(body, columns)
    rows = [_row(line, columns, doubtful, separated=sheet.separated) for line in body]
    ours = headings.index(REMARKS) if REMARKS in headings else None
    place = TablePlace(sheet.name, sheet.lines[at].number, len(headings), ours, sheet.separated)
    return Table(tuple(_same_reference(rows)), tuple(ignored), place)


def _mixes(merged: tuple[int, int, int, int], headings: int, columns: Sequence[Column | None]) -> bool:
    """Whether a merged cell stands under the headings and over a column that is read: which of its cells it fills is not said."""
    _, bottom, left, right = merged
    return bottom > headings and any(column is not None for column in columns[left : right + 1])


def _heading(cell: Cell) -> str:
    """What a cell of the row of headings shows."""
    shown = cell.shown if isinstance(cell, Formula) else cell
    return "" if shown is None else shown.words if isinstance(shown, Odd) else str(shown)


_DAY_FIRST, _DAY_LATER = 12, re.compile(r"(?:1[3-9]|2[0-9]|3[01])[/.\- ][0-9]{1,2}[/.\- ][0-9]{4}")


def _doubtful(body: Sequence[SheetLine], columns: Sequence[Column | None]) -> frozenset[str]:
    """The columns of days where a spreadsheet set to English may have read the month before the day.

    It makes the 3rd of February of « 02/03/2024 », and leaves as text « 31/12/2024 », whose month it cannot read: every day that
    it understood is then the 12th at most, every day that it left as text a later one.
    """
    found = set()
    for number, column in enumerate(columns):
        if column is not None and column.sort == "date":
            cells = [line.cells[number] for line in body if number < len(line.cells)]
            days = [cell.day for cell in cells if isinstance(cell, date)]
            texts = [cell for cell in cells if isinstance(cell, str) and cell[:1].isdigit()]
            if days and texts and max(days) <= _DAY_FIRST and all(_DAY_LATER.fullmatch(text) for text in texts):
                found.add(column.name)
    return frozenset(found)


def _chosen(sheets: Sequence[Sheet], name: str) -> tuple[Sheet, int, list[Column | None]]:
    """The one sheet that has the headings: the only one of a workbook, the best cut of a CSV."""
    found = [(sheet, *_headings(sheet.lines)) for sheet in sheets]
    found = [one for one in found if one[2] >= _FEWEST]
    if not found and (broken := max((sheet.broken for sheet in sheets), default=0)):
        raise FileContentError(name, (_unclosed(broken),))
    if not found:
        wanted = ", ".join(f"« {column.head} »" for column in COLUMNS if column.required)
        words = "la ligne des intitulés est introuvable : elle doit porter au moins"
        hidden = "" if not sheets or sheets[0].separated else " (les feuilles masquées ne sont pas lues)"
        raise FileContentError(name, (nbsp(f"{words} {wanted}{hidden}"),))
    if not found[0][0].separated and len(found) > 1:
        names = ", ".join(f"« {sheet.name} »" for sheet, _, _ in found)
        raise FileContentError(
            name,
            (nbsp(f"plusieurs feuilles portent les intitulés ({names}) : n’en laisser qu’une par fichier"),),
        )
    sheet, at, _ = max(found, key=itemgetter(2))
    if sheet.broken:
        raise FileContentError(name, (_unclosed(sheet.broken),))
    return sheet, at, [column_of(cell) if isinstance(cell, str) else None for cell in sheet.lines[at].cells]


def _unclosed(row: int) -> str:
    return nbsp(
        f"le CSV ne peut pas être lu après la ligne {row} : un guillemet ouvrant n’y est pas fermé, ou du texte le suit, ou une "
        "cellule est trop longue ; doubler les guillemets qui sont dans un texte, ou enregistrer le tableau en .xlsx"
    )


def _headings(lines: Sequence[SheetLine]) -> tuple[int, int]:
    """Return the place of the row that has the most headings, and how many."""
    counts = [
        sum(column_of(cell) is not None for cell in line.cells if isinstance(cell, str)) for line in lines[:_LOOKED]
    ]
    most = max(counts, default=0)
    return (counts.index(most), most) if counts else (0, 0)


def _misheaded(sheet: Sheet, at: int, columns: Sequence[Column | None], heads: Mapping[str, str]) -> Iterator[str]:
    yield from (
        f"il manque la colonne « {column.head} »" for column in COLUMNS if column.required and column.name not in heads
    )
    named = Counter(column.name for column in columns if column is not None)
    for twice in (name for name, times in named.items() if times > 1):
        written = ", ".join(
            f"« {cell} »"
            for cell, column in zip(sheet.lines[at].cells, columns, strict=True)
            if column and column.name == twice
        )
        yield f"la colonne « {heads[twice]} » y est deux fois ({written}) : n’en laisser qu’une"
    for number, (cell, column) in enumerate(zip(sheet.lines[at].cells, columns, strict=True)):
        if isinstance(cell, str) and column is None and (near := nearly(cell)):
            yield f"la colonne « {cell} » : on attend « {near.head} » ({near.right or 'une valeur de la liste'})"
        if column is not None and number in sheet.hidden:
            yield f"la colonne « {column.head} » est masquée : l’afficher, ou la supprimer"


def _only_foreign(line: SheetLine, columns: Sequence[Column | None]) -> bool:
    """A row with nothing under our headings: a total, a remark."""
    return all(column is None or cell in (None, "") for cell, column in zip(line.cells, columns, strict=False))


def _row(
    line: SheetLine, columns: Sequence[Column | None], doubtful: frozenset[str], *, separated: bool
) -> ImportedConvention:
    said: dict[str, object] = {}
    wrong: list[Wrong] = []
    if line.hidden:
        wrong.append(Wrong(line.number, "", nbsp("cette ligne est masquée : l’afficher, ou la supprimer")))
    if separated and any(cell not in (None, "") for cell in line.cells[len(columns) :]):
        words = "plus de cellules que d’intitulés : mettre entre guillemets le texte qui contient le séparateur"
        wrong.append(Wrong(line.number, "", nbsp(words)))
    notes: list[str] = []
    for cell, column in zip(line.cells, columns, strict=False):
        if column is None:
            continue
        try:
            value = read_cell(column, cell)
        except WrongCellError as error:
            wrong.append(Wrong(line.number, column.head, nbsp(str(error))))
            continue
        if column.name in doubtful and isinstance(cell, str) and value is not None:
            words = (
                f"« {cell} » est du texte, et les dates de cette colonne sont toutes d’un jour avant le 13 : un tableur réglé en "
                "anglais lit 02/03 comme le 3 février. Vérifier chaque date de la colonne, puis donner à celle-ci le format Date"
            )
            wrong.append(Wrong(line.number, column.head, nbsp(words)))
        if value is not None:
            said[column.name] = value
            if isinstance(cell, Formula):
                notes.append(nbsp(f"{column.head} : la valeur affichée par une formule est retenue"))
    missing = {w.column for w in wrong}
    wrong += [
        Wrong(line.number, column.head, nbsp(f"à remplir : {column.right}"))
        for column in COLUMNS
        if column.required and column.name not in said and column.head not in missing
    ]
    return ImportedConvention(line.number, said, tuple(wrong), tuple(notes))


def _same_reference(rows: list[ImportedConvention]) -> list[ImportedConvention]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        key = row.reference.casefold()
        if key and key in first:
            words = nbsp(f"« {row.reference} » est déjà à la ligne {first[key]} : une référence ne sert qu’une fois")
            row = ImportedConvention(  # noqa: PLW2901
                row.number, row.said, (*row.wrong, Wrong(row.number, "Référence", words)), row.notes
            )
        first.setdefault(key, row.number)
        found.append(row)
    return found
