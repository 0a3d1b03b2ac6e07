"""Saying, in French, what a person must change in a file so that its content becomes a model."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from echeancier.domain.model import OR_NONE, REFERENCE
from echeancier.domain.terms.model_places import Loc, known_keys, place
from echeancier.domain.terms.when import NO_WAY, TAGGED
from echeancier.domain.typography import nbsp

MOST_SAID = 50
"""Problems said at once: a person corrects no more in one go."""

_QUOTED = 120

_PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": "des minuscules sans accent, chiffres et tirets, comme « comite-de-pilotage »",
    **dict.fromkeys((REFERENCE, OR_NONE), "60 signes au plus : lettres sans accent, chiffres, points, tirets"),
}
_EXPECTED = {
    "string": "un texte entre guillemets droits est attendu",
    "int": "un nombre entier est attendu, sans guillemets",
    "bool": "true ou false est attendu, sans guillemets",
    "timezone": "un décalage est attendu, comme 2020-10-24T20:00:00+02:00 (une heure peut exister deux fois)",
    "datetime": "un jour et une heure sont attendus, comme 2021-04-20T10:00:00",
    "date": "une date est attendue, comme 2021-04-20, sans guillemets",
    "finite_number": "un nombre entier est attendu, sans guillemets",
    "time": "une heure est attendue, comme 10:00:00, sans guillemets",
    "tuple": "une liste est attendue : [\"a\", \"b\"], ou des blocs [[entre doubles crochets]]",
    "list": "une liste est attendue : [\"a\", \"b\"]",
    "dict": "un bloc [entre crochets] est attendu",
    "model": "un bloc [entre crochets] est attendu",
}  # fmt: skip


def problems_in_french(
    error: ValidationError, root: object, data: object, *, block: str = "", tagged: bool = False
) -> tuple[str, ...]:
    """Return one line per problem: ``place : what is wrong and what would be right``.

    Args:
        error: what pydantic found.
        root: the model, or union of models, that was asked for: its fields suggest the nearest key.
        data: what the file holds, to name the blocks.
        block: what ``data`` is called when it is a part of the file only, as ``fact[3]``.
        tagged: ``root`` is a union told apart by its ``kind``, which pydantic puts first in every place.
    """
    lines: list[str] = []
    found = _found(error)
    for detail in found[:MOST_SAID]:
        where = place(detail["loc"][1:] if tagged else detail["loc"], data, block)
        lines += [nbsp(f"{where} : {said}" if where else said) for said in _problem_in_words(detail, root)]
    if len(found) > MOST_SAID:
        lines.append(nbsp(f"et {len(found) - MOST_SAID} autres : corriger d’abord ceux-ci"))
    return tuple(dict.fromkeys(lines))


def placed_problems(error: ValidationError, root: object) -> tuple[tuple[Loc, str], ...]:
    """Return each problem with the place of its field, for a form that shows it there.

    Args:
        error: what pydantic found.
        root: the model that was asked for.
    """
    return tuple(
        (detail["loc"], nbsp(said)) for detail in _found(error)[:MOST_SAID] for said in _problem_in_words(detail, root)
    )


def _found(error: ValidationError) -> list[ErrorDetails]:
    """Return what pydantic found, a word missing from several lists at one place being one problem: it tries each list apart."""
    found: dict[tuple[str, Loc], ErrorDetails] = {}
    for number, detail in enumerate(error.errors(include_url=False)):
        whole = tuple(part for part in detail["loc"] if not str(part).startswith(TAGGED))
        if detail["type"] != "literal_error":
            found[f"{number}", whole] = {**detail, "loc": whole}
            continue
        loc = tuple(part for part in whole if not str(part).startswith("literal["))
        before = found.get((detail["type"], loc))
        lists = [str(one["ctx"]["expected"]) for one in (before, detail) if one is not None]
        found[detail["type"], loc] = {**detail, "loc": loc, "ctx": {**detail["ctx"], "expected": ", ".join(lists)}}
    return list(found.values())


def _problem_in_words(detail: ErrorDetails, root: object) -> Iterator[str]:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "value_error":
        yield from str(context["error"]).splitlines()
    elif kind == NO_WAY:
        yield detail["msg"]
    elif kind == "extra_forbidden":
        yield _unknown_key(loc, root)
    elif kind == "missing":
        yield "cette clé manque"
    else:
        yield _wrong_value(kind, detail.get("input"), context)


def _unknown_key(loc: Loc, root: object) -> str:
    keys = known_keys(root, loc[:-1])
    if near := get_close_matches(_short(loc[-1]), keys, n=1, cutoff=0.6):
        return f"cette clé n’existe pas ; vouliez-vous écrire « {near[0]} » ?"
    return f"cette clé n’existe pas ; ici on peut écrire : {', '.join(keys)}"


def _wrong_value(kind: str, given: object, context: Mapping[str, Any]) -> str:
    match kind:
        case "literal_error":
            said = _choice(given, str(context["expected"]))
        case "union_tag_invalid":
            said = "kind = " + _choice(context["tag"], str(context["expected_tags"]))
        case "union_tag_not_found":
            said = 'il manque kind, qui dit ce qui est arrivé (par exemple kind = "signed")'
        case "greater_than_equal":
            said = f"{given} est trop petit : au moins {context['ge']}"
        case "less_than_equal":
            said = f"{given} est trop grand : au plus {context['le']}"
        case "too_short":
            said = f"il en faut au moins {context['min_length']}"
        case "string_too_long":
            said = f"trop long : {context['max_length']} caractères au plus"
        case "string_pattern_mismatch":
            wanted = _PATTERNS.get(str(context["pattern"]), f"un texte de la forme {context['pattern']}")
            said = f"« {_short(given)} » n’est pas admis : on attend {wanted}"
        case _:
            words = next((w for start, w in _EXPECTED.items() if kind.startswith(start)), f"règle {kind}")
            said = f"{words} (écrit : {_as_written(given)})"
    return said


def _choice(given: object, allowed: str) -> str:
    values = re.findall(r"'([^']*)'", allowed)
    near = get_close_matches(_short(given), values, n=1, cutoff=0.6)
    hint = f" ; vouliez-vous écrire « {near[0]} » ?" if near else ""
    return f"« {_short(given)} » n’est pas admis ; valeurs admises : {', '.join(values)}{hint}"


def _as_written(given: object) -> str:
    """Return a value as TOML shows it, for the few kinds a person types."""
    match given:
        case bool():
            return str(given).lower()
        case str():
            return f'"{_short(given)}"'
        case dict():
            return "un bloc"
        case list():
            return "une liste"
    return _short(given)


def _short(given: object) -> str:
    """Return what was typed as a message quotes it: its beginning, when it is long."""
    text = str(given)
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
