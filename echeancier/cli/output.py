"""Where words and bytes go: stdout for the answer, stderr for remarks about it."""

import json

import typer

from echeancier.domain.characters import is_hidden, visible
from echeancier.domain.typography import nbsp


def write_bytes(content: bytes) -> None:
    """Write a file to stdout as it is, whatever the encoding of the terminal.

    Raises:
        BrokenPipeError: the reader left; without its number, on which typer would end the process itself.
    """
    try:
        typer.echo(content, nl=False)
    except BrokenPipeError:
        raise BrokenPipeError from None


def write_json(content: object) -> None:
    """Write plain data as UTF-8 JSON, accents readable."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    # JSON itself escapes the first controls only, and its own line breaks are wanted.
    shown = "".join(f"\\u{ord(c):04x}" if is_hidden(c) and c != "\n" else c for c in text)
    write_bytes(f"{shown}\n".encode())


def remark(words: str) -> None:
    """Tell something about the answer without mixing it with the answer."""
    typer.echo(visible(words), err=True)


def say_line(words: str) -> None:
    """Print a line of the answer, with the spaces French wants."""
    try:
        typer.echo(visible(nbsp(words)))
    except BrokenPipeError:
        raise BrokenPipeError from None
