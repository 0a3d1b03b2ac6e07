"""A mail as plain text: everything the HTML says, in lines that every screen shows whole."""

import textwrap

from echeancier.adapters.mail.markup import Block, Run, Runs
from echeancier.domain.typography import in_language

WIDTH = 76
"""Columns of a line; only an address that cannot be cut may be longer."""


def plain_text(blocks: tuple[Block, ...], language: str) -> str:
    """Return the blocks as text ended by a line end."""
    parts = [part for block in blocks for part in _block(block, language)]
    return "\n".join(parts).strip("\n") + "\n"


def words_of(runs: Runs, language: str) -> str:
    """Return runs as words: a link shows its address, unless its words are the address."""
    return "".join(_run(run, language) for run in runs)


def _run(run: Run, language: str) -> str:
    match run.kind:
        case "french":
            return in_language(run.text, "fr")
        case "link" if run.target.removeprefix("mailto:") == run.text:
            return run.text
        case "link":
            separator = in_language("x :" if language == "fr" else "x:", language)[1:]
            return f"{in_language(run.text, language)}{separator} {run.target.removeprefix('mailto:')}"
        case _:
            return in_language(run.text, language)


def _block(block: Block, language: str) -> list[str]:
    rows = [[words_of(cell, language) for cell in row] for row in block.rows]
    match block.kind:
        case "heading":
            return _heading(rows[0][0], block.level)
        case "paragraph" | "small":
            return [*_wrapped(rows[0][0]), ""]
        case "list":
            return [*(line for row in rows for line in _wrapped(row[0], "- ", "  ")), ""]
        case "buttons":
            return [*(line for row in rows for line in _wrapped(row[0], "> ", "  ")), ""]
        case "values":
            labelled = [_labelled(label, value, language) for label, value in rows]
            return [*(line for value in labelled for line in _wrapped(value, "", "    ")), ""]
        case "table":
            return [line for row in rows for line in _row(block.head, row, language)]


def _heading(title: str, level: int) -> list[str]:
    lines = _wrapped(title)
    return ["", *lines, ("-" if level > 2 else "=") * max(map(len, lines)), ""]


def _row(head: tuple[str, ...], cells: list[str], language: str) -> list[str]:
    lines = _wrapped(_labelled(head[0], cells[0], language), "- ", "  ")
    for label, cell in zip(head[1:], cells[1:], strict=True):
        if cell:
            lines += _wrapped(_labelled(label, cell, language), "  ", "      ")
    return [*lines, ""]


def _labelled(label: str, value: str, language: str) -> str:
    return in_language(f"{label}: {value}", language)


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [piece for line in lines for piece in _cut(line)]


def _cut(line: str) -> list[str]:
    if len(line) <= WIDTH or "://" in line:
        return [line]
    return [line[start : start + WIDTH] for start in range(0, len(line), WIDTH)]
