"""A document that goes with a message: kept as data in the order, printed by whoever sends it."""

import base64
import zlib
from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.letters.committee_file import Pack
from echeancier.domain.letters.content import LetterContent
from echeancier.domain.model import Frozen, Text


class Enclosure(Frozen):
    """One document as an order carries it; the same enclosure always prints the same bytes.

    Attributes:
        filename: under which it is attached, in ASCII.
        says: what it is, as the mail names it.
        packed: its content, small enough for the history of a convention.
        at: aware instant written in the file as its date.
        validated_by: of a letter, who validated it; until then each page says that it is a draft.
        keep: the name under which the document store keeps it, empty for what only the mail keeps.
    """

    kind: Literal["letter", "pack"]
    filename: str
    says: Text
    packed: str
    at: AwareDatetime
    validated_by: str = ""
    keep: str = ""


def packed(content: LetterContent | Pack) -> str:
    """Return a content as short text."""
    return base64.b85encode(zlib.compress(content.model_dump_json().encode(), 9)).decode()


def letter_in(enclosure: Enclosure) -> LetterContent:
    """Return the letter an enclosure carries."""
    return LetterContent.model_validate_json(_unpacked(enclosure))


def pack_in(enclosure: Enclosure) -> Pack:
    """Return the file of a session an enclosure carries."""
    return Pack.model_validate_json(_unpacked(enclosure))


def _unpacked(enclosure: Enclosure) -> bytes:
    return zlib.decompress(base64.b85decode(enclosure.packed))
