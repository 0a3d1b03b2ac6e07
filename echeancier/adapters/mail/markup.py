"""The small markup of the mail templates, read once and written twice: as plain text and as HTML.

A line of a template begins with its marker: ``=`` title, ``#`` heading, ``##`` heading below it, ``-`` item,
``|`` a label and its value, ``|=`` the columns of a table and ``||`` one of its rows, ``>`` a button, ``~`` small
print; anything else is a paragraph, ended by an empty line. A value put into a template can forge none of these:
`guarded` marks it as mere words.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from echeancier.domain.text import one_line

# Control characters cannot come from a value: `one_line` removes them.
_OPEN, _SEPARATOR, _CLOSE, _GUARD, _BAR = "\x02", "\x1f", "\x03", "\x01", "\x0e"
_INLINE = re.compile(f"{_OPEN}([a-z]+){_SEPARATOR}([^{_CLOSE}]*?){_SEPARATOR}([^{_CLOSE}]*){_CLOSE}")
_MARKERS = ("=", "#", "-", "|", ">", "~")

RunKind = Literal["words", "strong", "link", "french"]


class Inline(str):
    """Words already marked by a filter."""

    __slots__ = ()


@dataclass(frozen=True)
class Run:
    """A stretch of words of one kind; ``target`` is the address behind a link."""

    kind: RunKind
    text: str
    target: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """One block: ``rows`` holds the cells of a table or of labelled values, or one cell per list item.

    Attributes:
        kind: what it is.
        level: of a heading, from 1.
        head: the columns of a table.
    """

    kind: Literal["heading", "paragraph", "list", "values", "table", "buttons", "small"]
    rows: tuple[tuple[Runs, ...], ...]
    level: int = 0
    head: tuple[str, ...] = ()


_OF_ONE_CELL: Final[dict[str, Literal["list", "buttons", "small"]]] = {"-": "list", ">": "buttons", "~": "small"}


def guarded(value: object) -> str:
    """Return a template value as words on one line that cannot be taken for markup."""
    if isinstance(value, Inline):
        return value
    words = one_line(str(value)).replace("|", _BAR)
    return _GUARD + words if words.startswith(_MARKERS) else words


def marked(kind: RunKind, text: str, target: str = "") -> Inline:
    """Return ``text`` marked as a run of that kind, for a template filter."""
    return Inline(f"{_OPEN}{kind}{_SEPARATOR}{guarded(text)}{_SEPARATOR}{one_line(target)}{_CLOSE}")


def blocks_of(source: str) -> tuple[Block, ...]:
    """Return the blocks of a rendered template."""
    found: list[Block] = []
    for line in _joined_lines(source):
        block = _block(line)
        last = found[-1] if found else None
        if last is not None and block.rows and not block.head and _continues(last, block):
            found[-1] = replace(last, rows=last.rows + block.rows)
        else:
            found.append(block)
    return tuple(found)


def _joined_lines(source: str) -> list[str]:
    """A line of the template may be written on several: they are joined until an empty line or a marker."""
    joined: list[str] = []
    open_ended = False
    for line in source.split("\n"):
        words = line.strip(" ")
        if not words:
            open_ended = False
        elif open_ended and not words.startswith(_MARKERS):
            joined[-1] += " " + words
        else:
            joined.append(words)
            open_ended = True
    return joined


def _block(line: str) -> Block:
    marker, _, rest = line.partition(" ")
    match marker:
        case "=" | "#" | "##":
            return Block("heading", ((_runs(rest),),), level={"=": 1, "#": 2, "##": 3}[marker])
        case "-" | ">" | "~":
            return Block(_OF_ONE_CELL[marker], ((_runs(rest),),))
        case "|":
            return Block("values", (_cells(rest),))
        case "|=":
            return Block("table", (), head=tuple(_plain(cell.strip()) for cell in rest.split("|")))
        case "||":
            return Block("table", (_cells(rest),))
        case _:
            return Block("paragraph", ((_runs(line),),))


def _continues(last: Block, block: Block) -> bool:
    return last.kind == block.kind and block.kind in ("list", "values", "table", "buttons")


def _cells(line: str) -> tuple[Runs, ...]:
    return tuple(_runs(cell.strip(" ")) for cell in line.split("|"))


def _runs(text: str) -> Runs:
    runs: list[Run] = []
    # Four pieces repeat: words, then kind, text and target of a marked run.
    pieces = _INLINE.split(text)
    for index in range(0, len(pieces), 4):
        if pieces[index]:
            runs.append(Run("words", _plain(pieces[index])))
        if index + 3 < len(pieces):
            kind = cast("RunKind", pieces[index + 1])
            runs.append(Run(kind, _plain(pieces[index + 2]), pieces[index + 3]))
    return tuple(runs)


def plain_words(source: str) -> str:
    """Return a line of a rendered template as mere words, without what guards its values."""
    return "".join(run.text for run in _runs(source))


def _plain(text: str) -> str:
    return text.replace(_GUARD, "").replace(_BAR, "|")
