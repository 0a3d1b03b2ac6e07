"""Saying, in French, what a person must change in a file so that its content becomes a model."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from adapters.french_typography import nbsp
from adapters.model_places import Loc, known_keys, place

_PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": "des minuscules sans accent, des chiffres et des tirets, comme « comite-de-pilotage »",
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$": "des lettres sans accent, chiffres, points et tirets, sans espace (60 au plus)",
}
_EXPECTED = {
    "string": "un texte entre guillemets droits est attendu",
    "int": "un nombre entier est attendu, sans guillemets",
    "bool": "true ou false est attendu, sans guillemets",
    "datetime": "un jour et une heure sont attendus, comme 2021-04-20T10:00:00",
    "date": "une date est attendue, comme 2021-04-20, sans guillemets",
    "time": "une heure est attendue, comme 10:00:00, sans guillemets",
    "timezone": "l’heure doit porter son décalage, comme 2020-10-24T20:00:00+02:00 : une heure locale peut exister deux fois",
    "tuple": "une liste est attendue : [\"a\", \"b\"], ou des blocs [[entre doubles crochets]]",
    "list": "une liste est attendue : [\"a\", \"b\"]",
    "dict": "un bloc [entre crochets] est attendu",
    "model": "un bloc [entre crochets] est attendu",
}  # fmt: skip


def problems_in_french(error: ValidationError, root: object, data: object) -> tuple[str, ...]:
    """Return one line per problem: ``place : what is wrong and what would be right``.

    Args:
        error: what pydantic found.
        root: the model, or union of models, that was asked for: its fields suggest the nearest key.
        data: what the file holds, to name the blocks.
    """
    lines: list[str] = []
    for detail in error.errors(include_url=False):
        where = place(detail["loc"], data)
        lines += [nbsp(f"{where} : {said}" if where else said) for said in _said(detail, root)]
    return tuple(dict.fromkeys(lines))


def _said(detail: ErrorDetails, root: object) -> Iterator[str]:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "value_error":
        yield from str(context["error"]).splitlines()
    elif kind == "extra_forbidden":
        yield _unknown_key(loc, root)
    elif kind == "missing":
        yield "cette clé manque"
    else:
        yield _wrong_value(kind, detail.get("input"), context)


def _unknown_key(loc: Loc, root: object) -> str:
    keys = known_keys(root, loc[:-1])
    if near := get_close_matches(str(loc[-1]), keys, n=1, cutoff=0.6):
        return f"cette clé n’existe pas ; vouliez-vous écrire « {near[0]} » ?"
    return f"cette clé n’existe pas ; ici on peut écrire : {', '.join(keys)}"


def _wrong_value(kind: str, given: object, context: Mapping[str, Any]) -> str:
    match kind:
        case "literal_error":
            return _choice(given, str(context["expected"]).replace("'", ""))
        case "union_tag_invalid":
            return _choice(context["tag"], str(context["expected_tags"]).replace("'", ""), key="kind = ")
        case "union_tag_not_found":
            return "il manque kind, qui dit ce qui est arrivé (par exemple kind = \"signed\")"
        case "greater_than_equal":
            return f"{given} est trop petit : au moins {context['ge']}"
        case "less_than_equal":
            return f"{given} est trop grand : au plus {context['le']}"
        case "too_short":
            return f"il en faut au moins {context['min_length']}"
        case "string_too_long":
            return f"trop long : {context['max_length']} caractères au plus"
        case "string_pattern_mismatch":
            wanted = _PATTERNS.get(str(context["pattern"]), f"un texte de la forme {context['pattern']}")
            return f"« {given} » n’est pas admis : on attend {wanted}"
        case _:
            said = next((words for start, words in _EXPECTED.items() if kind.startswith(start)), None)
            return f"{said} (écrit : {given!r})" if said else f"valeur refusée (écrit : {given!r} ; règle : {kind})"


def _choice(given: object, allowed: str, key: str = "") -> str:
    values = [v for part in allowed.split(" or ") for v in part.split(", ") if v]
    near = get_close_matches(str(given), values, n=1, cutoff=0.6)
    hint = f" ; vouliez-vous écrire « {near[0]} » ?" if near else ""
    return f"{key}« {given} » n’est pas admis ; valeurs admises : {', '.join(values)}{hint}"
