"""What a paper may be, told from its bytes: never from its name, nor from what the browser says it is."""

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from echeancier.adapters.apart import Limits, NotReadError, read_apart
from echeancier.domain.model import Text

TAKEN: Final = Text(
    fr="un PDF, une image (JPEG, PNG, HEIC), un document LibreOffice ou Word, un tableau, un texte (UTF-8) ou un courriel",
    en="a PDF, an image (JPEG, PNG, HEIC), a LibreOffice or Word document, a sheet, a text (UTF-8) or a mail",
)

_READING: Final = Limits(cpu=5, wall=20, memory=256 << 20)
"""What looking into one document may take."""

_STARTS: Final = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
_OPEN_DOCUMENTS: Final = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_OFFICE: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MACROS: Final = ("vbaproject.bin", "basic/", "scripts/")
_TEXTS: Final = ("txt", "csv", "eml")
_CONTROL: Final = {*range(32), 127} - {9, 10, 12, 13}
"""Bytes that no text has."""

MEDIA: Final = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "heic": "image/heic",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain", "csv": "text/csv", "eml": "message/rfc822",
}  # fmt: skip
"""Endings, and what each is served as."""


@dataclass(frozen=True)
class PieceFormat:
    """What a file is: its ending, empty where it is nothing that is taken, and why."""

    ending: str
    why: Text | None = None


def format_of(content: bytes, name: str) -> PieceFormat:
    """Return what a file is.

    Args:
        content: its bytes.
        name: as it was given: tells a text, a sheet and a mail apart, which look the same.
    """
    for start, ending in _STARTS:
        if content.startswith(start):
            return PieceFormat(ending)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim"):
        return PieceFormat("heic")
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    return _text(content, name)


def _document(content: bytes) -> PieceFormat:
    try:
        found = read_apart(looked_into, content, limits=_READING).result()
    except NotReadError as error:
        return PieceFormat("", error.text)
    if found == "macros":
        return PieceFormat(
            "",
            Text(
                fr="ce document porte des macros : l’enregistrer sans elles, ou en PDF.",
                en="this document carries macros: save it without them, or as PDF.",
            ),
        )
    return PieceFormat(found) if found else _not_taken()


def looked_into(content: bytes) -> str:
    """Return the ending of a document that is a zip, ``macros`` where it has some, empty where it is another zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [one.lower() for one in archive.namelist()]
            kind = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, NotImplementedError):
        return ""
    if any(one.endswith(_MACROS[0]) or one.startswith(_MACROS[1:]) for one in names):
        return "macros"
    if kind.startswith("application/vnd.oasis.opendocument."):
        return _OPEN_DOCUMENTS.get(kind.rpartition(".")[2], "")
    return next((ending for name, ending in _OFFICE.items() if name in names), "")


def _text(content: bytes, name: str) -> PieceFormat:
    ending = name.rpartition(".")[2].lower()
    if ending not in _TEXTS or not content.strip() or _CONTROL & set(content):
        return _not_taken()
    try:
        content.decode("utf-8" if ending != "eml" else "latin-1")
    except UnicodeDecodeError:
        return PieceFormat(
            "",
            Text(
                fr="ce texte n’est pas en UTF-8 : l’enregistrer ainsi, ou en PDF.",
                en="this text is not UTF-8: save it so, or as PDF.",
            ),
        )
    return PieceFormat(ending)


def _not_taken() -> PieceFormat:
    return PieceFormat(
        "", Text(fr=f"ce fichier n’est rien de ce qui se joint : {TAKEN.fr}.", en=f"nothing that is taken: {TAKEN.en}.")
    )
