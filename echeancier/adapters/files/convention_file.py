"""A convention written by hand, in TOML: read whole, and refused with everything that must be put right.

The format is described in ``docs/convention-file.md``; each key is a field of `domain.terms.convention.Convention`.
"""

from pathlib import Path

from pydantic import ValidationError

from echeancier.adapters.files.model_problems import problems_in_french
from echeancier.adapters.files.toml_file import TomlError, parse_toml, read_text
from echeancier.domain.errors import ConventionFileError
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
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
    try:
        convention = Convention.model_validate(data)
    except ValidationError as error:
        raise ConventionFileError(name, problems_in_french(error, Convention, data)) from None
    if found := problems_of(convention):
        raise ConventionFileError(name, tuple(nbsp(problem) for problem in found))
    return convention
