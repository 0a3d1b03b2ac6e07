"""Words for a person, on stdout: paragraphs and tables, in colours on a terminal."""

import os
import sys
import textwrap
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text as Words

from echeancier.domain.characters import visible

_PAGE = 100
"""Columns when nobody is looking (a pipe, a file): as wide as a printed page."""


class Page(Console):
    """A console that lets its caller know when the reader left, instead of ending the process by itself."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Draw what is printed; of words only what can be seen, of the terminal's own commands everything."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else visible(text), style, control)

    def on_broken_pipe(self) -> None:
        """Say it the ordinary way; rich would exit with code 1.

        Raises:
            BrokenPipeError: always.
        """
        raise BrokenPipeError


def console() -> Console:
    """Return the console of tables: colours and the terminal's own width only on a terminal."""
    on_screen = sys.stdout.isatty()
    width = None if on_screen or "COLUMNS" in os.environ else _PAGE
    return Page(file=sys.stdout, width=width, highlight=False, no_color=not on_screen, emoji=False)


def wrapped(text: str, width: int) -> str:
    """Return ``text`` on lines of ``width`` columns, never cut at a no-break space (rich cuts there)."""
    lines = (textwrap.wrap(line, max(width, 1), break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join("\n".join(line) for line in lines)


def say(out: Console, text: str, *, style: str = "", indent: int = 0, hang: int = 0) -> None:
    """Print a paragraph, ``indent`` columns in, its second and later lines ``hang`` columns further."""
    first, *rest = wrapped(text, out.width - indent - hang).split("\n")
    lines = [" " * indent + first, *(" " * (indent + hang) + line for line in rest)]
    out.print(Words("\n".join(lines), style=style))
