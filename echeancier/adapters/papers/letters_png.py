"""The pages of a letter as pictures, to be read on a screen before anybody validates it."""

from dataclasses import asdict
from importlib.resources import as_file, files

import typst

from echeancier.adapters.papers.letters_pdf import WINDOW, sheet_inputs
from echeancier.domain.letters.content import LetterContent

_PPI = 110


def letter_pages(content: LetterContent, *, final: bool) -> tuple[bytes, ...]:
    """Return each page as a PNG, laid out as the PDF is.

    Args:
        content: what it says.
        final: a person has validated it: without the mark of a draft.
    """
    inputs = sheet_inputs(content, asdict(WINDOW), draft=not final)
    with as_file(files("echeancier.templates") / "letters") as folder:
        made: object = typst.compile(
            str(folder / f"{content.kind}.typ"), root=str(folder), format="png", ppi=_PPI, sys_inputs=inputs,
            ignore_system_fonts=True,
        )  # fmt: skip
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if isinstance(page, bytes))
