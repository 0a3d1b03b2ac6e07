"""What a person types of a function, read and refused in words, field by field."""

import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final

from fastapi import Path
from pydantic import ValidationError

from echeancier.domain.book.entry import BOOK_ID, BookEntry, BookFunction
from echeancier.domain.model import FIRST_YEAR, LAST_YEAR, LINE_LIMIT, Text
from echeancier.domain.terms.model_problems import placed_problems
from echeancier.domain.typography import nbsp

FIELDS: Final = tuple(BookFunction.model_fields)

_ID: Final = re.compile(BOOK_ID)
BookName = Annotated[str, Path(pattern=BOOK_ID)]
"""An entry of the book, or a change of it, in an address."""

_MISSING: Final = {
    "institution": Text(fr="Dire de quelle institution : commune, agence, association…", en="Say which institution."),
    "function": Text(
        fr="Dire la fonction, comme « Direction des partenariats » ; jamais un nom de personne.",
        en="Say the function, as in “Head of partnerships”; never a person’s name.",
    ),
    "address": Text(
        fr="Dire l’adresse de la fonction, comme coordination@commune.example.",
        en="Give the address of the function, as in coordination@commune.example.",
    ),
    "language": Text(fr="Choisir le français ou l’anglais.", en="Choose French or English."),
    "until": Text(fr="Donner un jour, comme 2027-06-30, ou rien.", en="Give a day, as in 2027-06-30, or nothing."),
}
_TOO_LONG: Final = Text(fr=f"{LINE_LIMIT} caractères au plus.", en=f"{LINE_LIMIT} characters at most.")


def function_typed(form: Mapping[str, str]) -> BookFunction | dict[str, Text]:
    """Return the function that a form holds, or what is wrong with it by the name of the field."""
    given = {name: form.get(name, "").strip() for name in FIELDS}
    try:
        return BookFunction.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        return {
            str(place[0]): _words(str(place[0]), given, said) for place, said in placed_problems(error, BookFunction)
        }


def _words(name: str, given: Mapping[str, str], said: str) -> Text:
    if not given[name] or name in ("language", "until"):
        return _MISSING[name]
    if len(given[name]) > LINE_LIMIT:
        return _TOO_LONG
    return Text(fr=nbsp(said), en=nbsp(said))


def shown_in_form(function: BookFunction) -> dict[str, str]:
    """Return a function as the fields of a form hold it."""
    values = function.model_dump(include=set(FIELDS))
    return {name: "" if value is None else str(value) for name, value in values.items()}


def new_entry(function: BookFunction, at: datetime, by: str) -> BookEntry:
    """Return a function as the book keeps it, under an id of its own."""
    written = function.model_dump(include=set(FIELDS))
    return BookEntry(**written, id=new_id(), changed_at=at, changed_by=by)


def request_of(form: Mapping[str, str]) -> str:
    """Return what names the form that was sent, so that twice counts once; a new name where it has none of ours."""
    given = form.get("request", "")
    return given if _ID.fullmatch(given) else new_id()


def new_id() -> str:
    """Return a name that says nothing."""
    return secrets.token_hex(8)


def day_typed(form: Mapping[str, str], name: str, least: date | None = None) -> date | Text:
    """Return the day that a field holds, or what is wrong with it: ``least`` is the first one that suits."""
    try:
        day = date.fromisoformat(form.get(name, "").strip())
    except ValueError:
        return Text(fr="Donner un jour, comme 2027-06-30.", en="Give a day, as in 2027-06-30.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Text(fr="Vérifier l’année.", en="Check the year.")
    if least is not None and day < least:
        return Text(
            fr="Aujourd’hui ou plus tard : ce qui a changé plus tôt s’enregistre sur la page de la convention.",
            en="Today or later: what changed earlier is recorded on the page of the convention.",
        )
    return day


def version_shown(form: Mapping[str, str]) -> int:
    """Return the version of an entry that a form was made from; 0, which none has, when it does not say."""
    given = form.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0
