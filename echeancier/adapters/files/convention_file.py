"""A convention written by hand, in TOML: read whole, and refused with everything that must be put right.

The format is described in ``docs/convention-file.md``; each key is a field of `domain.terms.convention.Convention`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError

from echeancier.adapters.files.toml_file import TomlError, parse_toml, read_text
from echeancier.domain.errors import ConventionFileError
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.model_problems import problems_in_french
from echeancier.domain.typography import nbsp


def load_convention(path: Path | str) -> Convention:
    """Return the convention written in the TOML file at ``path``.

    Raises:
        ConventionFileError: the file is missing, is not TOML, or does not hang together; every problem is
            given at once, one per line, in French, with the file's name and the place in it.
    """
    path = Path(path)
    try:
        text = read_text(path)
    except TomlError as problem:
        raise ConventionFileError(path.name, (str(problem),)) from None
    return parse_convention(text, path.name)


def parse_convention(text: str, name: str) -> Convention:
    """Return the convention written in a TOML text; ``name`` is what the messages call the file.

    Raises:
        ConventionFileError: as `load_convention`.
    """
    try:
        return convention_from(parse_toml(text), name)
    except TomlError as problem:
        raise ConventionFileError(name, (str(problem),)) from None


def convention_from(data: dict[str, object], name: str) -> Convention:
    """Return the convention that the content of a TOML file says.

    Raises:
        ConventionFileError: as `load_convention`.
    """
    if found := [*_no_numbers(data)]:
        raise ConventionFileError(name, tuple(found))
    try:
        convention = Convention.model_validate(data)
    except ValidationError as error:
        raise ConventionFileError(name, problems_in_french(error, Convention, data)) from None
    if found := problems_of(convention):
        raise ConventionFileError(name, tuple(nbsp(problem) for problem in found))
    return convention


def _no_numbers(value: object, path: str = "") -> Iterator[str]:
    """What stands for a number and is none: pydantic would read ``true`` as one, a term of a month."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            if isinstance(inside, bool) and key in _number_keys():
                yield f"{path}{key}\u00a0: ni true ni false n’est attendu ici (écrit\u00a0: {str(inside).lower()})"
            else:
                yield from _no_numbers(inside, f"{path}{key}.")
    elif isinstance(value, list):
        for number, inside in enumerate(value, start=1):
            yield from _no_numbers(inside, f"{path.removesuffix('.')}[{number}].")


@cache
def _number_keys() -> frozenset[str]:
    """The keys of a convention file that take a number."""
    found: set[str] = set()
    left: list[object] = [Convention]
    seen: set[int] = set()
    while left:
        kind = left.pop()
        if id(kind) in seen:
            continue
        seen.add(id(kind))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                left.append(field.annotation)
                if field.annotation is int or int in _bare(field.annotation):
                    found.add(field.alias or name)
        left += get_args(kind)
    return frozenset(found)


def _bare(annotation: object) -> set[object]:
    """The types of a union, without what is said of each."""
    return {get_args(one)[0] if hasattr(one, "__metadata__") else one for one in get_args(annotation)}
