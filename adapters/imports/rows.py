"""The rows of a sheet under their headings: what each says, and what is wrong in it, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.french_typography import nbsp
from adapters.imports.cells import WrongCellError, read_cell
from adapters.imports.columns import COLUMNS, Column, column_of
from adapters.imports.sheet import Formula, Line, read_sheet
from domain.errors import FileContentError

_LOOKED: Final = 20
"""Rows in which the headings are looked for: titles and merged bands may stand above."""


@dataclass(frozen=True)
class Wrong:
    """What must be put right: the row as the spreadsheet shows it, the heading of the column, empty for the whole row."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Row:
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
    """A sheet read: its rows, and the headings that mean nothing to us."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


def read_table(raw: bytes, name: str) -> Table:
    """Return what a sheet says; every row is read, whatever is wrong in the others.

    Raises:
        FileContentError: it cannot be opened, or its headings cannot be found.
    """
    lines = read_sheet(raw, name)
    at, columns = _headings(lines, name)
    heads = {column.name: column.head for column in columns if column is not None}
    missing = [column.head for column in COLUMNS if column.required and column.name not in heads]
    if missing:
        raise FileContentError(name, tuple(nbsp(f"il manque la colonne « {head} »") for head in missing))
    named = [column.name for column in columns if column is not None]
    if twice := {head for column, head in heads.items() if named.count(column) > 1}:
        raise FileContentError(
            name, tuple(nbsp(f"la colonne « {head} » y est deux fois") for head in sorted(twice))
        )
    body = [line for line in lines[at + 1 :] if not _only_foreign(line, columns)]
    if not body:
        raise FileContentError(name, ("aucune convention sous les intitulés des colonnes",))
    ignored = [
        str(cell) for cell, column in zip(lines[at].cells, columns, strict=True) if cell and column is None
    ]
    return Table(tuple(_same_reference([_row(line, columns) for line in body])), tuple(ignored))


def _headings(lines: Sequence[Line], name: str) -> tuple[int, list[Column | None]]:
    best, found = -1, 0
    for number, line in enumerate(lines[:_LOOKED]):
        known = sum(column_of(cell) is not None for cell in line.cells if isinstance(cell, str))
        if known > found:
            best, found = number, known
    if found < 3:
        wanted = ", ".join(f"« {column.head} »" for column in COLUMNS if column.required)
        raise FileContentError(
            name, (nbsp(f"la ligne des intitulés est introuvable : elle doit porter au moins {wanted}"),)
        )
    return best, [column_of(cell) if isinstance(cell, str) else None for cell in lines[best].cells]


def _only_foreign(line: Line, columns: Sequence[Column | None]) -> bool:
    """A row with nothing under our headings: a total, a remark."""
    return all(
        column is None or cell in (None, "") for cell, column in zip(line.cells, columns, strict=False)
    )


def _row(line: Line, columns: Sequence[Column | None]) -> Row:
    said: dict[str, object] = {}
    wrong: list[Wrong] = []
    notes: list[str] = []
    for cell, column in zip(line.cells, columns, strict=False):
        if column is None:
            continue
        try:
            value = read_cell(column, cell)
        except WrongCellError as error:
            wrong.append(Wrong(line.number, column.head, nbsp(str(error))))
            continue
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
    return Row(line.number, said, tuple(wrong), tuple(notes))


def _same_reference(rows: list[Row]) -> list[Row]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        key = row.reference.casefold()
        if key and key in first:
            words = nbsp(
                f"« {row.reference} » est déjà à la ligne {first[key]} : une référence ne sert qu’une fois"
            )
            row = Row(row.number, row.said, (*row.wrong, Wrong(row.number, "Référence", words)), row.notes)  # noqa: PLW2901
        first.setdefault(key, row.number)
        found.append(row)
    return found
