"""The certificate of a purge as files: a PDF/A and the same words as plain text."""

import json
from typing import Final
from zoneinfo import ZoneInfo

from echeancier.adapters.papers.letters_pdf import french
from echeancier.adapters.papers.typst_pdf import compile_pdf, template_version
from echeancier.adapters.stores.archive import CERTIFICATE
from echeancier.domain.afterwards.purge_certificate import LEFT, TITLE, destroyed, rows, text
from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.typography import nbsp

_TEMPLATE: Final = "purge.typ"
_PLAIN: Final = "certificat.txt"


class PurgeCertificates:
    """Implements the port `CertificateWriter`.

    Args:
        zone: whose local time the instants are given in.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def write(self, record: PurgeRecord) -> dict[str, bytes]:
        """Return the files, by name; the same record gives the same bytes."""
        version = template_version(_TEMPLATE)
        content = {
            "title": TITLE,
            "reference": record.reference,
            "author": record.parties[0] if record.parties else "Échéancier",
            "rows": rows(record, self._zone),
            "destroyed": destroyed(record, self._zone),
            "left": LEFT,
        }
        inputs = {
            "content": json.dumps(french(content), ensure_ascii=False, sort_keys=True),
            "sheet": json.dumps({"template": version}),
        }
        at = record.finished_at or record.begun_at
        pdf = compile_pdf(_TEMPLATE, inputs, at=at, version=version, lenient=True)
        return {_PLAIN: nbsp(text(record, self._zone)).encode(), CERTIFICATE: pdf.content}
