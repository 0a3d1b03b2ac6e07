"""Reading a letter back from its PDF: what it says, and where on the sheet."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pdfplumber

from echeancier.adapters.papers.letters_pdf import WINDOW, EnvelopeWindow, letter_pdf
from echeancier.adapters.papers.typst_pdf import Pdf
from echeancier.domain.letters.content import LetterContent

AT = datetime(2026, 1, 1, tzinfo=UTC)
MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """One printed character, in millimetres from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slanted: bool
    page: int

    def shows_in(self, window: EnvelopeWindow, around: float = 0.0) -> bool:
        """Whether any of it shows through a window enlarged by ``around`` millimetres."""
        return (
            self.right > window.left - around
            and self.left < window.left + window.width + around
            and self.bottom > window.top - around
            and self.top < window.top + window.height + around
        )


@dataclass(frozen=True)
class Sheet:
    """A letter as it was printed."""

    pages: int
    text: str
    glyphs: tuple[Glyph, ...]
    metadata: dict[str, str]

    @property
    def words(self) -> str:
        """The text on one line, with its no-break spaces."""
        return " ".join(self.text.split("\n"))

    def in_window(self, window: EnvelopeWindow = WINDOW, around: float = 0.0) -> str:
        """The characters of the first page that show through a window, in reading order, blanks left out."""
        seen = [g for g in self.glyphs if g.page == 1 and g.text.strip() and g.shows_in(window, around)]
        return "".join(g.text for g in seen)


def printed(content: LetterContent, *, validated_by: str = "", window: EnvelopeWindow = WINDOW) -> Pdf:
    """Return the PDF of a letter, dated as every letter of the tests."""
    return letter_pdf(content, at=AT, validated_by=validated_by, window=window)


def read(content: bytes) -> Sheet:
    """Return what stands on the pages of a PDF."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        glyphs = tuple(
            Glyph(
                text=char["text"],
                left=char["x0"] / MM,
                top=char["top"] / MM,
                right=char["x1"] / MM,
                bottom=char["bottom"] / MM,
                slanted=_slanted(char),
                page=page.page_number,
            )
            for page in pdf.pages
            for char in page.chars
        )
        text = "\n".join(page.filter(_level).extract_text() for page in pdf.pages)
        return Sheet(len(pdf.pages), text, glyphs, {key: str(value) for key, value in pdf.metadata.items()})


@cache
def sheet_of(content: LetterContent, *, validated_by: str = "", window: EnvelopeWindow = WINDOW) -> Sheet:
    """Return what stands on a letter once printed; each is printed and read once for all the tests of a file."""
    return read(printed(content, validated_by=validated_by, window=window).content)


def _slanted(char: dict[str, Any]) -> bool:
    """pdfplumber calls upright whatever is turned by less than a quarter: the matrix knows better."""
    return abs(float(char["matrix"][1])) > 0.01


def _level(thing: dict[str, Any]) -> bool:
    return thing.get("object_type") != "char" or not _slanted(thing)
