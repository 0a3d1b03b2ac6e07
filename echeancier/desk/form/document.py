"""From a sheet to a convention, with what must be put right field by field; from a convention to its file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import tomli_w
from pydantic import ValidationError

from echeancier.desk.form.english import ENGLISH, leave_english
from echeancier.desk.form.filling import blocks, filled, named
from echeancier.desk.form.shapes import shape_at
from echeancier.desk.form.sheet import Sheet, sheet_of, terms_of
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.model_problems import placed_problems
from echeancier.domain.typography import nbsp

_HEAD: Final = "# Fichier de convention écrit par le bureau d’Échéancier (docs/convention-file.md).\n\n"


@dataclass(frozen=True)
class Problem:
    """What must be put right.

    Attributes:
        field: the path of the field on the page; empty when it is about several.
    """

    field: str
    words: str


@dataclass(frozen=True)
class WrittenSheet:
    """What a sheet amounts to.

    Attributes:
        convention: None while something must be put right.
        text: its file, as it can be saved: whatever the sheet says.
    """

    convention: Convention | None
    text: str
    problems: tuple[Problem, ...]


def written(sheet: Sheet) -> WrittenSheet:
    """Return the convention of a sheet, its file, and every problem at once; what has no name in the file yet gets one."""
    terms = filled(terms_of(named(sheet)))
    text = toml_of(terms)
    try:
        convention = Convention.model_validate(terms)
    except ValidationError as error:
        return WrittenSheet(None, text, _placed(error, terms))
    if found := problems_of(convention):
        return WrittenSheet(None, text, tuple(Problem(_guess(one, terms), nbsp(one)) for one in found))
    return WrittenSheet(convention, text, ())


def toml_of(terms: Mapping[str, Any]) -> str:
    """Return terms as a convention file."""
    return _HEAD + re.sub(r"\n{3,}", "\n\n", tomli_w.dumps(terms))


def file_of(convention: Convention) -> str:
    """Return the file of a convention; reading it back gives the same terms."""
    return toml_of(terms_of(_whole(convention)))


def sheet_from(convention: Convention) -> Sheet:
    """Return a convention as the form shows it: without the English words that the form makes by itself."""
    sheet = _whole(convention)
    for place, block in blocks(sheet):
        leave_english(block, place.partition(".")[0])
    return sheet


def _whole(convention: Convention) -> Sheet:
    return sheet_of(convention.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True))


def _placed(error: ValidationError, terms: Mapping[str, Any]) -> tuple[Problem, ...]:
    found = []
    for loc, words in placed_problems(error, Convention):
        path = _path(loc, terms)
        found.append(Problem(path, "à remplir" if words == "cette clé manque" else words))
    empty = {one.field for one in found}
    kept = [one for one in found if not (one.field.endswith(ENGLISH) and one.field.removesuffix(ENGLISH) in empty)]
    return tuple(dict.fromkeys(kept))  # English words follow the French ones


def _path(loc: tuple[int | str, ...], terms: Mapping[str, Any]) -> str:
    """The place of an error, as the page names its field: keyed blocks are numbered there."""
    parts = [str(part) for part in loc if part != "[key]"]
    if len(parts) > 1 and parts[0] in ("parties", "roles"):
        keys = list(terms.get(parts[0], {}))
        parts[1] = str(keys.index(parts[1])) if parts[1] in keys else "0"
        if len(parts) == 2:
            parts.append("key")
    if parts and parts[-1].isdecimal() and len(parts) > 2:
        parts.pop()  # one of several names typed in the same field
    return ".".join(parts)


def _guess(words: str, terms: Mapping[str, Any]) -> str:
    """A sentence about an element names it between guillemets, or begins with its block: link to its card."""
    for name in re.findall(r"«\s*([a-z0-9-]+)\s*»", words):
        for block, value in terms.items():
            for number, one in enumerate(value if isinstance(value, list) else ()):
                if isinstance(one, dict) and one.get("id") == name and block != "clause":
                    return f"{block}.{number}"
    first, _, field = words.partition(" :")[0].partition(".")
    if not isinstance(terms.get(first), dict):
        return ""
    place = f"{first}.{field}"
    return place if field and shape_at(place) is not None else first
