"""The table of a series as it is typed: rows of fields, or lines copied from a spreadsheet; what is left to us is proposed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from echeancier.desk.series.pattern import SeriesColumn, SeriesPattern, references_after
from echeancier.domain.model import Text

MOST_ROWS: Final = 60
"""Conventions of one series begun in one go."""

FIRST_ROWS: Final = 3
_MOST_SAID: Final = 20
"""Pasted lines that are sent back one by one: where there are more, all are wrong in the same way."""

_FIELD: Final = re.compile(r"row\.([0-9]{1,3})\.([a-z0-9]{1,20})")

Row = dict[str, str]


@dataclass(frozen=True)
class PastedLines:
    """Lines that were pasted.

    Attributes:
        rows: what they say, by the names of the columns.
        left: what could not be taken, as it was pasted.
        wrong: why.
    """

    rows: tuple[Row, ...] = ()
    left: str = ""
    wrong: tuple[Text, ...] = ()


def rows_in(form: Mapping[str, str], columns: Sequence[SeriesColumn]) -> list[Row]:
    """Return the rows of the table that say something, in their order."""
    names = {column.name for column in columns}
    found: dict[int, Row] = {}
    for field, value in form.items():
        read = _FIELD.fullmatch(field)
        if read is not None and read[2] in names and value.strip():
            found.setdefault(int(read[1]), {})[read[2]] = " ".join(value.split())
    return [found[number] for number in sorted(found)]


def pasted(text: str, columns: Sequence[SeriesColumn], room: int) -> PastedLines:
    """Read lines copied from a spreadsheet, cells in the order of the columns; a first line that names the columns is passed.

    Args:
        text: cells parted by tabulations.
        columns: of the table.
        room: how many rows it still has.
    """
    if not text.strip():
        return PastedLines()
    rows: list[Row] = []
    wrong: list[Text] = []
    heads = {columns[0].label.fr.casefold(), columns[0].label.en.casefold()}
    for number, line in enumerate(text.splitlines(), start=1):
        if len(wrong) >= _MOST_SAID:
            break
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        while cells and not cells[-1]:
            cells.pop()
        if not cells or (not rows and cells[0].casefold() in heads):
            continue
        if len(cells) > len(columns):
            wrong.append(
                Text(
                    fr=f"ligne collée {number} : {len(cells)} cellules, pour {len(columns)} colonnes ; ne coller que celles du "
                    "tableau, dans leur ordre.",
                    en=f"pasted line {number}: {len(cells)} cells, for {len(columns)} columns; paste only those of the table, in "
                    "their order.",
                )
            )
        elif len(cells) == 1 and ";" in cells[0]:
            wrong.append(
                Text(
                    fr=f"ligne collée {number} : les cellules sont attendues comme un tableur les copie, et non séparées par des "
                    "points-virgules : les copier depuis le tableur ouvert.",
                    en=f"pasted line {number}: cells are awaited as a spreadsheet copies them, not parted by semicolons: copy "
                    "them from the open spreadsheet.",
                )
            )
        rows.append({column.name: cell for column, cell in zip(columns, cells, strict=False) if cell})
    if len(rows) > room:
        wrong.append(
            Text(
                fr=f"{len(rows)} lignes collées, et il reste {room} places : {MOST_ROWS} conventions au plus à la fois.",
                en=f"{len(rows)} lines pasted, and {room} places left: {MOST_ROWS} conventions at most in one go.",
            )
        )
    return PastedLines(left=text, wrong=tuple(wrong)) if wrong else PastedLines(tuple(rows))


def completed(rows: Sequence[Row], pattern: SeriesPattern, taken: Collection[str]) -> list[Row]:
    """Return the rows with a reference and a title for those that name their party and have none."""
    used = {pattern.convention.reference, *taken, *(row["reference"] for row in rows if "reference" in row)}
    free = references_after(pattern.convention.reference, used)
    found = []
    for row in rows:
        whole = dict(row)
        if name := row.get("name"):
            whole.setdefault("title", pattern.title_for(name))
            if "reference" not in row:
                whole["reference"] = next(free)
        found.append(whole)
    return found
