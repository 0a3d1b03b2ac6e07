"""The sheet: what is typed in the form, as text, and its two ways: to and from the terms of a convention file.

A sheet is a tree of dictionaries and lists whose leaves are strings; a page carries it as flat fields named by their
path (``duty.0.rhythm.every_months``). Nothing is judged here: what cannot be read stays as typed, and the models say so.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from echeancier.desk.form.shapes import ROOT, WAY, Shape, mark_of, shapes
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delay_words import delay_from_words, delay_in_words
from echeancier.domain.recording import whole_number

Sheet: TypeAlias = dict[str, Any]

LONGEST_LIST: Final = 300
"""No convention has as many blocks of a kind; an index beyond it was not written by our page."""

DEEPEST: Final = 8
"""Parts of the path of a field, but one; ours have six."""

HAPPENED: Final = "happened"
FACTS: Final = "facts"
"""What a sheet carries beside the terms."""

INDEX: Final = re.compile(r"[0-9]{1,3}")
"""The place of a block in its list."""

_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:au|to|-|–|→)\s*(\d{4}-\d\d-\d\d)")


def slug(words: str) -> str:
    """Return words as a key: « Comité de pilotage » gives ``comite-de-pilotage``."""
    bare = (
        unicodedata.normalize("NFKD", words.replace("’", "'").replace("œ", "oe").replace("Œ", "oe"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:50].strip("-")


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that nothing has: the one wanted, else with the first number that suits, ``bilan-2``."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def called(block: Mapping[str, Any]) -> str:
    """Return what a block is called in the words typed: its title, what it asks, its grounds; empty while it has none."""
    return next((str(block[name]) for name in _CALLED if block.get(name)), "")


_CALLED: Final = ("title", "name", "function", "about", "text", "grounds", "body")


def flat(sheet: Sheet, before: str = "") -> dict[str, str]:
    """Return the fields of a page."""
    found: dict[str, str] = {}
    for name, value in sheet.items():
        path = f"{before}{name}"
        if isinstance(value, dict):
            found |= flat(value, f"{path}.")
        elif isinstance(value, list):
            for number, one in enumerate(value):
                found |= flat(one, f"{path}.{number}.")
        else:
            found[path] = value
    return found


def nested(fields: Mapping[str, str]) -> Sheet:
    """Return the sheet of a page's fields; lists are closed up where a block was taken out.

    Whatever the fields are called, the sheet has the shape of the terms: what our page would not have written is left out.
    """
    tree: Sheet = {}
    for path, value in fields.items():
        *parents, last = path.split(".", DEEPEST)
        if "." in last:
            continue
        node = tree
        for part in parents:
            below = node.setdefault(part, {})
            node = below if isinstance(below, dict) else {}
        node[last] = value
    return {**_beside(tree), **_shaped(_closed(tree), ROOT)}


def _closed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(INDEX.fullmatch(key) and int(key) < LONGEST_LIST for key in node):
        return [_closed(node[key]) for key in sorted(node, key=int)]
    return {key: _closed(value) for key, value in node.items()}


def _beside(tree: Sheet) -> Sheet:
    """What a sheet carries beside the terms: what already happened, by its days and by the text of a facts file."""
    found = {HAPPENED: dict, FACTS: str}
    return {name: tree[name] for name, kind in found.items() if isinstance(tree.get(name), kind)}


def _shaped(node: Mapping[str, Any], model: type[BaseModel]) -> Sheet:
    found: Sheet = {name: node[name] for name in ("key", WAY) if isinstance(node.get(name), str)}
    for shape in shapes(model):
        value = node.get(shape.name)
        if shape.sort == "block" and isinstance(value, dict):
            below = shape.model_for(value)
            found[shape.name] = _shaped(value, below) if below else {}
        elif shape.sort in ("blocks", "keyed") and isinstance(value, list) and shape.model:
            found[shape.name] = [_shaped(one, shape.model) for one in value if isinstance(one, dict)]
        elif shape.sort == "names" and isinstance(value, dict):
            found[shape.name] = {name: one for name, one in value.items() if isinstance(one, str)}
        elif isinstance(value, str) and shape.sort not in ("block", "blocks", "keyed"):
            found[shape.name] = value
    return found


def sheet_of(data: Mapping[str, Any], model: type[BaseModel] = ROOT) -> Sheet:
    """Return terms, as a convention file holds them, as a sheet."""
    return {shape.name: _typed(shape, data[shape.name]) for shape in shapes(model) if shape.name in data}


def _typed(shape: Shape, value: Any) -> Any:  # noqa: PLR0911 - a table, one line each
    match shape.sort:
        case "block":
            below = shape.model_for(value)
            return {**_way(shape, below), **sheet_of(value, below)} if below else {}
        case "blocks":
            return [sheet_of(one, shape.model) for one in value] if shape.model else []
        case "keyed":
            return [{"key": key, **sheet_of(one, shape.model)} for key, one in value.items()] if shape.model else []
        case "delay":
            return delay_in_words(Delay.model_validate(value))
        case "yes":
            return "true" if value else ""
        case "names":
            return value if isinstance(value, str) else ", ".join(map(str, value))
        case "lines" | "days":
            return "\n".join(str(one) for one in value)
        case "periods":
            return "\n".join(f"{first} au {last}" for first, last in value)
    return "" if value is None else str(value)


def _way(shape: Shape, model: type[BaseModel]) -> Sheet:
    return {WAY: mark_of(model)} if shape.ways else {}


def terms_of(sheet: Mapping[str, Any], model: type[BaseModel] = ROOT) -> dict[str, Any]:
    """Return a sheet as a convention file would say it: what is left empty is left out."""
    found: dict[str, Any] = {}
    for shape in shapes(model):
        value = _read(shape, sheet.get(shape.name))
        if value is not None:
            found[shape.name] = value
    return found


def cited(node: Any) -> list[str]:
    """Return the ids of the articles that a piece of a sheet, or of terms, cites, whatever is inside it."""
    if isinstance(node, dict):
        return names_in(node.get("clauses")) + [id for value in node.values() for id in cited(value)]  # noqa: A001
    return [id for one in node for id in cited(one)] if isinstance(node, list) else []  # noqa: A001 - the word of the file


def names_in(value: Any) -> list[str]:
    """Return the names of a field: of terms, typed between commas, or ticked one by one (``~name``), in the order they had."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if not isinstance(value, dict):
        return _split(re.split(r"[,;\n]", value)) if isinstance(value, str) else []
    ticked = [key[1:] for key in value if key.startswith("~")]
    before = _split(str(value.get("order", "")).split(","))
    return [one for one in before if one in ticked] + [one for one in ticked if one not in before]


def _read(shape: Shape, value: Any) -> Any:  # noqa: C901, PLR0911 - a table, one line each
    if shape.sort in ("block", "blocks", "keyed"):
        return _read_block(shape, value)
    if shape.sort == "names":
        return names_in(value) or None
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        return None
    match shape.sort:
        case "number":
            return whole_number(text)
        case "delay":
            return _delay(text)
        case "yes":
            return text == "true"
        case "day":
            return _day(text)
        case "time":
            return _time(text)
        case "lines":
            return _split(text.splitlines())
        case "days":
            return [_day(one) for one in _split(re.split(r"[,;\s]+", text))]
        case "periods":
            return [_period(one) for one in _split(re.split(r"[,;\n]", text))]
    return re.sub(r"[ \t\r\n]+", " ", text) if shape.sort == "text" else text.replace("\r\n", "\n")


def _read_block(shape: Shape, value: Any) -> Any:
    if shape.sort == "block":
        model = shape.model_for(value)
        found = terms_of(value, model) if isinstance(value, dict) and model else {}
        if model in shape.ways:
            found.setdefault(mark_of(model), "")  # chosen, and nothing said: the model says what is missing
        return found or ({} if isinstance(value, dict) and not shape.optional else None)
    blocks = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    if shape.sort == "blocks":
        return [terms_of(one, shape.model) for one in blocks if shape.model] or None
    return {one.get("key", "").strip(): terms_of(one, shape.model) for one in blocks if shape.model} or None


def _split(parts: Iterable[str]) -> list[str]:
    return [one for part in parts if (one := part.strip())]


def _delay(text: str) -> dict[str, object] | str:
    try:
        return delay_from_words(text)
    except ValueError:
        return text  # the model says what would be right


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _time(text: str) -> time | str:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return text


def _period(text: str) -> list[date | str] | str:
    found = _PERIOD.fullmatch(text)
    return [_day(found[1]), _day(found[2])] if found else text
