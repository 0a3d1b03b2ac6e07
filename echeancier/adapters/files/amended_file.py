"""What an amendment changes, as a person gives it: the lines of the file that change, or the whole file as amended."""

from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from echeancier.adapters.files.convention_file import convention_from
from echeancier.adapters.files.toml_file import TomlError, parse_toml, read_text
from echeancier.domain.errors import ConventionFileError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.standing.versions import terms_before
from echeancier.domain.terms.changes import ChangesError, differences, plain


def read_amended(path: Path) -> dict[str, object]:
    """Return the content of a file that says what an amendment changes.

    Raises:
        ConventionFileError: it is missing, or is no TOML.
    """
    try:
        return parse_toml(read_text(path))
    except TomlError as problem:
        raise ConventionFileError(path.name, (str(problem),)) from None


def with_its_changes(dossier: Dossier, said: dict[str, object], fact_id: str = "") -> dict[str, object]:
    """Return the fields of an amendment, its changes as a piece of the file: those of a whole file are what it says otherwise.

    Args:
        dossier: the convention that is amended.
        said: the fields, ``changes`` the content of what was given.
        fact_id: the fact that is corrected, where one is.

    Raises:
        Refusal: a whole file that cannot be read, or that differs by what no amendment changes, or not at all.
    """
    given = said.get("changes")
    if not isinstance(given, dict):
        return said
    if not {"reference", "clause"} <= given.keys():
        return {**said, "changes": plain(given)}
    known = next((r.fact.model_dump() for r in in_force(tuple(dossier.facts)) if r.id == fact_id), {})
    fields = {**known, **{name: value for name, value in said.items() if value is not None}}
    records = tuple(r for r in in_force(tuple(dossier.facts)) if r.id != fact_id)
    number = fields.get("number")
    effect = _day(fields.get("effect")) or _day(fields.get("on"))
    before = terms_before(dossier.convention, records, effect or date.max, number if isinstance(number, int) else 0)
    try:
        return {**said, "changes": differences(before, convention_from(given, "fichier"))}
    except (ConventionFileError, ChangesError) as wrong:
        problems = " ; ".join(wrong.problems)
        raise refusal(
            f"le fichier amendé ne va pas : {problems}.", f"the amended file does not suit: {problems}."
        ) from None


def _day(given: object) -> date | None:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None


def as_lines(changes: dict[str, Any]) -> str:
    """Return what an amendment changes as the lines of a file."""
    return tomli_w.dumps(changes)
