"""The words that a model carries, in both languages: what it is called, what each of its fields and choices means.

They stand on the model and in the ``Annotated`` of its fields; forms, help texts and pages of the documentation read them
there. Nothing here changes what a model accepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic.fields import FieldInfo

from echeancier.domain.model import Text
from echeancier.domain.typography import nbsp

Pair = tuple[str, str]
"""French, then English."""


@dataclass(frozen=True)
class FieldWords:
    """What a field means, its short label (the meaning itself when None), the words of its choices, what is good to know.

    ``folded``: most papers leave it alone; a form shows it among the details.
    ``of_file``: means something in the file only; a form keeps it and shows nothing.
    """

    says: Text
    label: Text | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    hint: Text | None = None
    folded: bool = False
    of_file: bool = False


def field_words(
    fr: str,
    en: str,
    *,
    label: Pair | None = None,
    values: Mapping[str, Pair] | None = None,
    hint: Pair | None = None,
    folded: bool = False,
    of_file: bool = False,
) -> FieldWords:
    """Return the words of a field, to stand in its ``Annotated``."""
    named = {value: text(words) for value, words in (values or {}).items()}
    return FieldWords(
        both(fr, en), text(label) if label else None, named, both(*hint) if hint else None, folded, of_file
    )


def both(fr: str, en: str) -> Text:
    """Return the two texts, the French one with the no-break spaces its typography wants."""
    return Text(fr=nbsp(fr), en=en)


def text(words: Pair) -> Text:
    """Return the two texts as they are."""
    return Text(fr=words[0], en=words[1])


def words_of(info: FieldInfo) -> FieldWords | None:
    """Return the words that a field carries, None when it carries none."""
    return next((one for one in info.metadata if isinstance(one, FieldWords)), None)
