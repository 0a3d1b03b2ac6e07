"""Reading a fact as a person or a form gives it; what does not suit is said in words, all of it at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from echeancier.domain.declared import both
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.description import FieldHelp, KindHelp
from echeancier.domain.facts.kinds import FACT, KINDS
from echeancier.domain.facts.refusal import Refusal, nearest, one_instant, refusal, unknown
from echeancier.domain.model import Text

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def whole_number(text: str) -> int | str:
    """Return the number that a field holds; the text itself when it is none, for the models to refuse in words."""
    return int(text) if _NUMBER.fullmatch(text) else text


def at_the_place(given: Mapping[str, object], zone: str) -> dict[str, object]:
    """Return what is told of a fact, its hour ``at`` as an instant; its day follows where none was told.

    Args:
        given: the fields.
        zone: of the place, whose clocks show an hour that was told without offset.

    Raises:
        Refusal: those clocks never show that hour, or show it twice; both instants are named.
    """
    at = given.get("at")
    if isinstance(at, str) and _MOMENT.match(at) and _parses(datetime, at):
        at = datetime.fromisoformat(at)
    if not isinstance(at, datetime):
        return dict(given)
    # With its offset alone: an instant of an autumn night in a zone equals none of another (PEP 495).
    instant = datetime.fromisoformat(one_instant(at, zone).isoformat())
    return {"on": instant.astimezone(ZoneInfo(zone)).date(), **given, "at": instant}


def parse_fact(data: dict[str, object]) -> Fact:
    """Return the fact written in ``data``; days as dates or « 2021-04-16 », instants with their hour.

    Raises:
        Refusal: unknown kind (the nearest are named), missing or unknown fields, values of another sort;
            every problem is said at once.
    """
    kind = data.get("kind")
    if not isinstance(kind, str) or not kind:
        raise refusal(
            f"il manque kind, qui dit ce qui est arrivé ; les faits possibles sont : {', '.join(KINDS)}.",
            f"kind is missing: it says what happened; possible facts are: {', '.join(KINDS)}.",
        )
    if kind not in KINDS:
        raise unknown(both("le fait", "the fact"), kind, KINDS)
    given = {name: value for name, value in data.items() if value is not None}
    if problems := [*_field_names(KINDS[kind], given), *_values(KINDS[kind], given)]:
        raise _all(problems)
    try:
        return FACT.validate_python(given)
    except ValidationError as error:
        raise _all([_left_over(dict(detail)) for detail in error.errors(include_url=False)]) from error


def _field_names(help_: KindHelp, given: dict[str, object]) -> Iterator[Text]:
    names = [field.name for field in help_.fields]
    for name in given:
        if name != "kind" and name not in names:
            near = nearest(name, names, 1)
            hint = f"vouliez-vous écrire « {near[0]} » ?" if near else f"on attend : {', '.join(names)}"
            hint_en = f"did you mean “{near[0]}”?" if near else f"expected: {', '.join(names)}"
            yield both(
                f"{name} : ce champ n’existe pas pour {help_.kind} ; {hint}",
                f"{name}: no such field in {help_.kind}; {hint_en}",
            )
    for field in help_.fields:
        if field.required and given.get(field.name) in (None, ""):
            yield both(f"{field.name} manque : {field.says.fr}", f"{field.name} is missing: {field.says.en}")


def _values(help_: KindHelp, given: dict[str, object]) -> Iterator[Text]:
    for field in help_.fields:
        value = given.get(field.name)
        if value is not None and value != "" and (problem := _wrong(field, value)) is not None:
            yield both(f"{field.name} : {problem.fr}", f"{field.name}: {problem.en}")
        elif value == "" and field.sort != "text" and not field.required:
            yield both(f"{field.name} : valeur vide ; l’ôter", f"{field.name}: empty value; leave it out")


def _wrong(field: FieldHelp, value: object) -> Text | None:
    """Return what is wrong with a value of the wrong sort, None when it suits.

    Checked before pydantic, which would read a number, or a text of digits, as seconds since 1970.
    """
    match field.sort:
        case "day":
            return _wrong_day(value)
        case "moment":
            return _wrong_moment(field, value)
        case "yes-no":
            ok = isinstance(value, bool)
            said = both(f"true ou false est attendu (reçu : {value})", f"true or false is expected (given: {value})")
        case "number":
            ok = isinstance(value, int) and not isinstance(value, bool)
            said = both(
                f"un nombre entier est attendu (reçu : {value})",
                f"a whole number is expected (given: {value})",
            )
        case "choice":
            ok = value in field.choices
            said = unknown(both("la valeur", "the value"), str(value), field.choices).text
        case "name":
            ok = isinstance(value, str) and _SLUG.fullmatch(value) is not None
            said = both(
                f"« {value} » n’est pas un nom du fichier : minuscules sans accent, chiffres et tirets",
                f"“{value}” is not a name of the file: lower case, digits and hyphens",
            )
        case "piece":  # the model says the rest
            ok = isinstance(value, dict)
            said = both(
                f"des blocs du fichier, par leur identifiant, sont attendus (reçu : {value})",
                f"blocks of the file, by their ids, are expected (given: {value})",
            )
        case "text":
            # The lines of an address come on one line from a form, as a list from a file or from a fact put right.
            ok = isinstance(value, str) or (
                isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)
            )
            said = both(f"un texte est attendu (reçu : {value})", f"words are expected (given: {value})")
    return None if ok else said


def _wrong_day(value: object) -> Text | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    if isinstance(value, str) and _DAY.fullmatch(value) and _parses(date, value):
        return None
    hint, hint_en = "comme 2021-04-16", "as in 2021-04-16"
    french = _FRENCH_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if french is not None:
        iso = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}"
        if _parses(date, iso):
            hint, hint_en = f"vouliez-vous écrire {iso} ?", f"did you mean {iso}?"
    return both(f"« {value} » n’est pas une date ; {hint}", f"“{value}” is not a date; {hint_en}")


def _wrong_moment(field: FieldHelp, value: object) -> Text | None:
    read = value if isinstance(value, datetime) else None
    if isinstance(value, str) and _MOMENT.match(value) and _parses(datetime, value):
        read = datetime.fromisoformat(value)
    if read is None:
        return both(
            f"« {value} » n’est pas un jour et une heure, comme 2021-04-20T14:00",
            f"“{value}” is not a day and an hour, as in 2021-04-20T14:00",
        )
    if field.name == "at" and read.utcoffset() is None:
        return both(
            f"l’heure {value} doit porter son décalage, comme 2020-10-24T20:00:00+02:00 (une heure peut "
            f"exister deux fois)",
            f"the hour {value} must carry its offset, as in 2020-10-24T20:00:00+02:00 (an hour can exist twice)",
        )
    return None


def _parses(kind: type[date], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _left_over(detail: dict[str, object]) -> Text:
    """Say what the models alone know: bounds of numbers and lengths."""
    loc, context = detail["loc"], detail.get("ctx")
    where = ".".join(str(part) for part in loc[1:]) if isinstance(loc, tuple) else ""
    bounds = context if isinstance(context, dict) else {}
    low, high = bounds.get("ge"), bounds.get("le")
    if low is not None or high is not None:
        limit, limit_en = (
            (f"au moins {low}", f"at least {low}") if low is not None else (f"au plus {high}", f"at most {high}")
        )
        return both(f"{where} : {limit} (reçu : {detail['input']})", f"{where}: {limit_en} (given: {detail['input']})")
    given = detail["input"]
    if (most := bounds.get("max_length")) is not None:
        return both(f"{where} : trop long, {most} caractères au plus", f"{where}: too long, {most} characters at most")
    shown = " | ".join(map(str, given)) if isinstance(given, tuple) else str(given)
    if "error" in bounds:  # a validator of ours says it in French
        return both(f"{where} : {bounds['error']}", f"{where}: {bounds['error']} (given: {shown})")
    return both(f"{where} : valeur refusée (reçu : {shown})", f"{where}: {detail['msg']}")


def _all(problems: list[Text]) -> Refusal:
    # Each text already has its no-break spaces; joining adds none that both() would not set again.
    said, said_en = " ; ".join(p.fr for p in problems), "; ".join(p.en for p in problems)
    return refusal(
        said if said.endswith(("?", ".")) else said + ".",
        said_en if said_en.endswith(("?", ".")) else said_en + ".",
    )
