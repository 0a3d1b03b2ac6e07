"""The file of a steering committee as a PDF/A."""

import json
from datetime import datetime
from typing import Final

from echeancier.adapters.papers.letters_pdf import french
from echeancier.adapters.papers.typst_pdf import Pdf, compile_pdf, template_version
from echeancier.domain.letters.committee_file import Pack

_TEMPLATE: Final = "pack.typ"


def pack_pdf(pack: Pack, *, at: datetime, lenient: bool = False) -> Pdf:
    """Lay the file of a session out; the same file and instant give the same bytes.

    Args:
        pack: what it shows.
        at: aware instant written in the file as its date.
        lenient: print « ? » for a character that the font does not have.

    Raises:
        LetterRefusedError: a character that the font does not have.
    """
    version = template_version(_TEMPLATE)
    content = json.dumps(french(pack.model_dump(mode="json")), ensure_ascii=False, sort_keys=True)
    sheet = json.dumps({"template": version})
    return compile_pdf(_TEMPLATE, {"content": content, "sheet": sheet}, at=at, version=version, lenient=lenient)
