"""Typst behind one function: a template of ours and plain data in, a PDF/A-2b and its marks out."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version as version_of
from importlib.resources import as_file, files
from typing import Final

import typst

from echeancier.domain.facts.letter_fields import LetterRefusedError

_LAYOUT: Final = "layout.typ"
_NO_GLYPH: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")

_FOREIGN: Final = re.compile(r"[^\x00-\u017f\u02bc\u2000-\u200a\u2010-\u2027\u202f-\u203a€→≥≤×−]")
"""What the font surely does not have, or may not: a title may hold any character of any script."""


@dataclass(frozen=True)
class Pdf:
    """A finished file.

    Attributes:
        content: PDF/A-2b.
        sha256: of ``content``.
        template: mark of the template, of the layout and of typst: the same three give the same file.
    """

    content: bytes
    sha256: str
    template: str


def compile_pdf(template: str, inputs: Mapping[str, str], *, at: datetime, version: str, lenient: bool = False) -> Pdf:
    """Return the PDF of a template; only the fonts inside typst are used, so every machine gives the same bytes.

    Args:
        template: its name in ``templates/letters``.
        inputs: JSON texts, read by the template as data.
        at: aware instant, the file's date.
        version: mark of the template, as ``template_version`` gives it.
        lenient: print « ? » for the characters of other scripts, where the font does not have one of them.

    Raises:
        LetterRefusedError: a character that the font does not have.
    """
    try:
        with as_file(files("echeancier.templates") / "letters") as folder:
            content = typst.compile(
                str(folder / template), root=str(folder), format="pdf", sys_inputs=dict(inputs),
                ignore_system_fonts=True, pdf_standards="a-2b", timestamp=int(at.timestamp()),
            )  # fmt: skip
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if missing is None:
            raise
        if lenient:
            shown = {name: _FOREIGN.sub("?", text) for name, text in inputs.items()}
            return compile_pdf(template, shown, at=at, version=version)
        raise LetterRefusedError(
            f"La police de la lettre n’a pas le caractère « {missing[1]} » : le remplacer."
        ) from error
    return Pdf(content, hashlib.sha256(content).hexdigest(), version)


@cache
def template_version(template: str) -> str:
    """Return a mark that changes with the template, the shared layout or typst itself."""
    folder = files("echeancier.templates") / "letters"
    digest = hashlib.sha256(version_of("typst").encode())
    for name in dict.fromkeys((_LAYOUT, template)):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
