"""What a purge makes every store forget: a file, the mails it sent, the people who stand in no other file."""

import re

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.model import Frozen

_ADDRESS = re.compile(r"[\w.+%'’-]+@[\w-]+(?:\.[\w-]+)+")


class PurgedFile(Frozen):
    """A file that is being purged.

    Attributes:
        reference: of its convention.
        marks: SHA-256 of each mail it sent.
        addresses: its people's, in lower case, but those who stand in a file that stays.
    """

    reference: str
    marks: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def is_named_in(self, content: bytes | str) -> bool:
        """Whether a text names the file or one of its people."""
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        whole = rf"(?<![\w-]){re.escape(self.reference)}(?![\w-])"
        return re.search(whole, text) is not None or bool(self.addresses & addresses_in(text))


def addresses_in(text: str) -> frozenset[str]:
    """Return every mail address of a text, in lower case."""
    return frozenset(found.casefold() for found in _ADDRESS.findall(text))


def addresses_of(dossier: Dossier) -> frozenset[str]:
    """Return every mail address that stands anywhere in a dossier, in lower case."""
    return addresses_in(dossier.model_dump_json())
