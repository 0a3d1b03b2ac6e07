"""A batch for a postal service: the letters, and their addresses in a table it can read."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Final

from echeancier.adapters.files.agenda_csv import safe_cell
from echeancier.adapters.papers.typst_pdf import Pdf
from echeancier.domain.letters.content import LetterContent
from echeancier.domain.letters.letter import Sending
from echeancier.domain.terms.parties import POSTAL_LINES
from echeancier.domain.text import ascii_file_name

_BOM: Final = "\ufeff"
_NO_DAY: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the first a zip can say: the batch must not depend on the hour it was made
_SENDING: Final[dict[Sending, str]] = {
    "lrar": "recommandé avec avis de réception", "lr": "recommandé", "plain": "courrier simple",
}  # fmt: skip
ADDRESSES: Final = "adresses.csv"


def letters_zip(letters: Sequence[tuple[LetterContent, Pdf]]) -> bytes:
    """Return a zip of the PDFs and of ``adresses.csv`` (semicolons, UTF-8 with its mark); the same letters, the same bytes."""
    names = [_name(number, content) for number, (content, _) in enumerate(letters, start=1)]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as batch:
        for name, (_, pdf) in zip(names, letters, strict=True):
            batch.writestr(zipfile.ZipInfo(name, _NO_DAY), pdf.content)
        table = _table(names, [content for content, _ in letters])
        batch.writestr(zipfile.ZipInfo(ADDRESSES, _NO_DAY), table.encode())
    return whole.getvalue()


def _name(number: int, content: LetterContent) -> str:
    return f"{number:02}-{ascii_file_name(f'{content.reference}-{content.kind}-{content.recipient[0]}')}.pdf"


def _table(names: list[str], contents: list[LetterContent]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines = [f"adresse {number}" for number in range(1, POSTAL_LINES + 1)]
    writer.writerow(("fichier", *lines, "envoi", "objet", "référence"))
    for name, content in zip(names, contents, strict=True):
        address = (*content.recipient, *[""] * (POSTAL_LINES - len(content.recipient)))
        row = (name, *address, _SENDING[content.sending], content.subject, content.reference)
        writer.writerow([safe_cell(cell) for cell in row])
    return _BOM + text.getvalue()
