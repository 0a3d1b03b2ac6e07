"""What a message encloses, as PDF/A files."""

from functools import lru_cache

from echeancier.adapters.papers.committee_file_pdf import pack_pdf
from echeancier.adapters.papers.letters_pdf import letter_pdf
from echeancier.domain.messages.enclosures import Enclosure, letter_in, pack_in


class PdfPrinter:
    """Prints enclosures; implements the port `EnclosurePrinter`."""

    def pdf(self, enclosure: Enclosure) -> bytes:
        """Return the file; the same enclosure gives the same bytes.

        A character that the font does not have is printed as « ? »: a mail that waits for a comma would never leave.
        """
        return _pdf(enclosure)


@lru_cache(maxsize=8)
def _pdf(enclosure: Enclosure) -> bytes:
    # Every guest of a committee gets the same file: it is laid out once.
    if enclosure.kind == "pack":
        return pack_pdf(pack_in(enclosure), at=enclosure.at, lenient=True).content
    return letter_pdf(letter_in(enclosure), at=enclosure.at, validated_by=enclosure.validated_by, lenient=True).content
