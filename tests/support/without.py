"""An example as somebody would have written it who had not read one of its clauses, and all that a reader is told of it.

What is removed: the clause; every element that cites it alone; whatever then hangs in the air. An element that cites others too
stays, changed as ``without_a_clause.toml`` says, for only a person knows what each of several clauses brings to it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from echeancier.adapters.files.convention_file import convention_from
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.convention import Convention

Terms = dict[str, Any]
TABLE = Path(__file__).parents[1] / "examples" / "without_a_clause.toml"
_FACTS, _FACT = "facts", "fact/"
_GONE = "(left out)"
"""What the table writes of a key that nobody would have written."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def edits_of(name: str, clause: str) -> dict[str, Any]:
    """Return what the table changes in an example without one of its clauses: path of a key -> what stands there instead."""
    found: dict[str, Any] = _table().get(name, {}).get(clause, {})
    return {path: value for path, value in found.items() if path != _FACTS and not path.startswith(_FACT)}


def recorded_without(records: Iterable[Recorded], name: str, clause: str) -> tuple[Recorded, ...]:
    """Return the facts of an example as they would have been recorded by somebody who had not read one of its clauses."""
    unread = _table().get(name, {}).get(clause, {})
    changed: dict[str, dict[str, Any]] = {}
    for path, value in unread.items():
        if path.startswith(_FACT):
            kind, key = path.removeprefix(_FACT).split("/", 1)
            changed.setdefault(kind, {})[key] = value
    kept = (record for record in records if record.fact.kind not in unread.get(_FACTS, ()))
    return tuple(_retold(record, changed.get(record.fact.kind, {})) for record in kept)


def _retold(record: Recorded, changes: Mapping[str, Any]) -> Recorded:
    said = record.fact.model_dump(mode="json", exclude_unset=True)
    for path, value in changes.items():
        list(_change(said, path, value))
    return record.model_copy(update={"fact": FACT.validate_json(json.dumps(said))}) if changes else record


def declared() -> dict[str, dict[str, Any]]:
    """Return the whole table."""
    return _table()


def without(terms: Terms, name: str, clause: str) -> Convention:
    """Return an example without one clause.

    Args:
        terms: the content of its file.
        name: of the example, as in the table.
        clause: its id.

    Raises:
        ConventionFileError: what is left does not hang together.
    """
    left, before = deepcopy(terms), _ids(terms)
    kept = [one for path, value in edits_of(name, clause).items() for one in _change(left, path, value)]
    kept += [left[block] for block in ("effect", "term")] + [*left["parties"].values()]
    for element in [one for one in _citing(left) if one["clauses"] == [clause] and not any(one is k for k in kept)]:
        _take_away(left, element)
    for element in _citing(left):
        element["clauses"] = [one for one in element["clauses"] if one != clause] or _ANYTHING_ELSE
    _tidy(left, before - _ids(left))
    cited = {one for element in _citing(left) for one in element["clauses"]}
    left["clause"] = [one for one in left["clause"] if one["id"] in cited] + [_STAND_IN] * (_STAND_IN["id"] in cited)
    return convention_from(left, f"{name} without {clause}")


_STAND_IN = {"id": "autre", "article": "autre", "says": "ce que la personne a lu d’autre"}
_ANYTHING_ELSE = [_STAND_IN["id"]]
"""An element that stays must cite something: what it cites is not looked at."""


def _ids(terms: Terms) -> set[str]:
    return {one["id"] for block in terms.values() for one in _listed(block) if isinstance(one, dict) and "id" in one}


def _citing(terms: Terms) -> Iterator[Terms]:
    """Every element that cites a clause, steps of a breach included."""
    for value in terms.values():
        for one in value.values() if isinstance(value, dict) and "clauses" not in value else _listed(value):
            if isinstance(one, dict) and "clauses" in one:
                yield one
                yield from (step for step in one.get("steps", ()))


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else (value,)


def _take_away(terms: Terms, element: Terms) -> None:
    """Remove an element wherever it stands."""
    for key, value in [*terms.items()]:
        if value is element:
            del terms[key]
        elif isinstance(value, list):
            value[:] = [one for one in value if one is not element]
            for one in value:
                if isinstance(one, dict) and "steps" in one:
                    one["steps"] = [step for step in one["steps"] if step is not element]


def _tidy(terms: Terms, gone: set[str]) -> None:
    """Remove what names something that is not there any more."""
    while gone:
        before = _ids(terms)
        terms["one_off"] = [one for one in terms.get("one_off", ()) if one.get("question") not in gone]
        for one in [*terms.get("duty", ()), *terms.get("event_duty", ())]:
            for key in ("ahead_of", "capped_by_end_duty"):
                if one.get(key) in gone:
                    del one[key]
        for gate in terms.get("gate", ()):
            gate |= {key: [name for name in gate[key] if name not in gone] for key in ("opens", "needs")}
        terms["gate"] = [one for one in terms.get("gate", ()) if one["opens"] and one["needs"]]
        gone = before - _ids(terms)


def _change(terms: Terms, path: str, value: Any) -> Iterator[Terms]:
    """Change one key, as ``duty/report/rhythm/every_months``, a list being entered by the id of its element, or its number.

    At the end of a path, a list gets one element more.

    Yields:
        The elements entered on the way: they stay, whatever they cite.
    """
    *way, last = path.split("/")
    here: Any = terms
    for name in way:
        here = _entered(here, name)
        if isinstance(here, dict) and "clauses" in here:
            yield here
    if value != _GONE and isinstance(here, list) and last.isdecimal():
        here[int(last)] = value
    elif value != _GONE and isinstance(here, list):
        here.append({"id": last, **value})
    elif value != _GONE:
        here[last] = value
    elif isinstance(here, list):
        here[:] = [one for one in here if one.get("id") != last]
    else:
        del here[last]


def _entered(here: Any, name: str) -> Any:
    if not isinstance(here, list):
        return here[name]
    return (
        here[int(name)] if name.isdecimal() else next(one for one in here if name in (one.get("id"), one.get("does")))
    )
