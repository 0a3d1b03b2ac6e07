"""One ``[[happens]]`` block of a scenario file: a fact whose days may hang from the agenda."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from echeancier.domain.recording import KINDS, Refusal
from echeancier.domain.rehearsal.happenings import Happening, fact_of
from echeancier.domain.rehearsal.moments import Moment, moment
from echeancier.domain.terms.convention import Convention

_OWN = frozenset({"when", "name", "convention", "told_by"})
"""The keys of a block that are not of the fact."""

_SOME_DAY = datetime(2022, 6, 15, 11, tzinfo=UTC)
"""Stands for a day not known yet, while the fields are checked."""


def line_of(block: Mapping[str, object], number: int, convention: Convention) -> tuple[Happening | None, list[str]]:
    """Return the line of a block, or what must be put right in it."""
    try:
        line = _line(block, number, convention)
        moments = [name for name, value in line.fact.items() if isinstance(value, Moment)]
        fact_of(line, _SOME_DAY, dict.fromkeys(moments, _SOME_DAY), {})
    except (ValueError, Refusal) as problem:
        return None, [str(problem)]
    return line, []


def _line(block: Mapping[str, object], number: int, convention: Convention) -> Happening:
    if "when" not in block:
        raise ValueError("il manque when, le moment où c’est su")
    by = str(block.get("told_by", convention.coordinator))
    if by not in convention.roles:
        raise ValueError(f"told_by : « {by} » n’est pas un rôle ({', '.join(convention.roles)})")
    kind = KINDS.get(str(block.get("kind")))
    dated = {field.name for field in kind.fields if field.sort in ("day", "moment")} if kind else set()
    fact = {name: _moment(value) if name in dated else value for name, value in block.items() if name not in _OWN}
    return Happening(str(block.get("name", f"line-{number}")), _moment(block["when"]), fact, by)


def _moment(value: object) -> Moment:
    """Read a moment written as a date, as an hour of a day, or in words."""
    if isinstance(value, datetime):
        return Moment(day=value.date(), hour=value.time())
    if isinstance(value, date):
        return Moment(day=value)
    return moment(str(value))
