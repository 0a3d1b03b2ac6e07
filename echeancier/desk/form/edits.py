"""What the buttons of the form do to a sheet: add a clause of the catalogue, a party, an article; take one out."""

import copy
import re
from typing import Any, Final

from echeancier.desk.form.catalogue import DraftedClause, catalogue
from echeancier.desk.form.english import leave_english
from echeancier.desk.form.filling import CITING
from echeancier.desk.form.shapes import WAY, block_words, shape_at, shapes
from echeancier.desk.form.sheet import INDEX, Sheet, cited, names_in
from echeancier.domain.terms.owing import together

_PLACE: Final = re.compile(r"[a-z_]+(\.\d{1,3})?(\.[a-z_]+)?(\.\d{1,3})?")


def blank_sheet() -> Sheet:
    """Return the sheet of a new convention: two parties, three functions, a vote, an effect and a term to fill in."""
    sheet: Sheet = {
        "us": "commune", "coordinator": "coordination", "manager": "direction", "kind": "cooperation",
        "parties": [
            {"key": "commune", "name": "", "kind": "commune", "signs_as": "le maire"},
            {"key": "partenaire", "name": "", "kind": "operator"},
        ],
        "roles": [
            {"key": "coordination", "party": "commune", "function": "Coordination des conventions"},
            {"key": "direction", "party": "commune", "function": "Direction générale des services"},
            {"key": "correspondant", "party": "partenaire", "function": ""},
        ],
        "effect": {"rule": "fixed"}, "term": {}, "clause": [],
    }  # fmt: skip
    add(sheet, "vote")
    for name in ("effect", "term"):
        article(sheet, name)
    return sheet


def add(sheet: Sheet, key: str) -> str:
    """Add a clause of the catalogue and those it goes with, each with an article to fill in.

    Returns:
        The place of the first one, empty when it cannot be.
    """
    entry = catalogue().get(key)
    if entry is None or (entry.single and isinstance(sheet.get(entry.block), dict)):
        return ""
    place = _drafted(sheet, entry)
    for one in entry.beside:
        rows = sheet.get(one.block, [])
        if not any(row.get("id") == one.terms["id"] for row in rows):
            _drafted(sheet, one)
    return place


def _drafted(sheet: Sheet, entry: DraftedClause) -> str:
    """Add one clause, with its article; return its place."""
    us = str(sheet.get("us", ""))
    them = next((p.get("key", "") for p in sheet.get("parties", []) if p.get("key") != us), us)
    block = entry.sheet(us, them, together({p.get("key", ""): p for p in sheet.get("parties", [])}))
    leave_english(block, entry.block)
    if entry.block == "question":
        block["ask"] = str(sheet.get("coordinator", ""))
    if entry.single:
        sheet[entry.block] = block
        place = entry.block
    else:
        found = sheet.setdefault(entry.block, [])
        found.append(block)
        place = f"{entry.block}.{len(found) - 1}"
    article(sheet, place)
    return place


def article(sheet: Sheet, place: str) -> None:
    """Give an element one more article, to fill in; what it says is for the paper to say, never for another paper."""
    block = at(sheet, place)
    if not isinstance(block, dict):
        return
    clauses = sheet.setdefault("clause", [])
    taken = {clause.get("id") for clause in clauses}
    number = len(clauses) + 1
    while f"C.{number:02}" in taken:
        number += 1
    clauses.append({"id": f"C.{number:02}", "article": "", "says": ""})
    block["clauses"] = ", ".join([*names_in(block.get("clauses")), f"C.{number:02}"])


def duplicate(sheet: Sheet, place: str) -> None:
    """Add a copy of a block right after it; it cites the same articles, and is somebody else as soon as it is changed."""
    *parents, last = place.split(".")
    owner = at(sheet, ".".join(parents)) if _PLACE.fullmatch(place) else None
    if isinstance(owner, list) and INDEX.fullmatch(last) and int(last) < len(owner):
        twin = copy.deepcopy(owner[int(last)])
        owner.insert(int(last) + 1, {name: value for name, value in twin.items() if name not in ("id", "key")})


def way_chosen(sheet: Sheet, place: str) -> None:
    """After a way of coming back was chosen: what the block said in another way is no more said."""
    block = at(sheet, place) if _PLACE.fullmatch(place) else None
    if isinstance(block, dict) and (block.get("when") or {}).get(WAY):
        block.pop("rhythm", None)


def cite(sheet: Sheet, place: str, id: str) -> None:  # noqa: A002 - the word of the file
    """Have an element cite an article that is there already, in place of one that was left empty."""
    block = at(sheet, place)
    clauses = sheet.get("clause", [])
    if not isinstance(block, dict) or not any(clause.get("id") == id for clause in clauses):
        return
    blank = {clause.get("id") for clause in clauses if not clause.get("article") and clause.get("id") != id}
    before = [one for one in names_in(block.get("clauses")) if one not in blank and one != id]
    block["clauses"] = ", ".join([*before, id])
    _forget_uncited(sheet, blank)


def uncite(sheet: Sheet, place: str, id: str) -> None:  # noqa: A002 - the word of the file
    """Have an element cite an article no more; the article goes, where nothing else cites it."""
    block = at(sheet, place)
    if isinstance(block, dict):
        block["clauses"] = ", ".join(one for one in names_in(block.get("clauses")) if one != id)
        _forget_uncited(sheet, {id})


def more(sheet: Sheet, place: str) -> None:
    """Add an empty block to a list: a party, a function, a step, a reading, a later name."""
    *parents, last = place.split(".")
    owner = at(sheet, ".".join(parents)) if parents else sheet
    shape = shape_at(place) if _PLACE.fullmatch(place) else None
    if shape is None or shape.model is None or block_words(shape.model).adding is None or not isinstance(owner, dict):
        return
    found = owner.setdefault(last, [])
    if isinstance(found, list):
        wanted = [one.name for one in shapes(shape.model) if one.required and one.name not in ("id", "clauses")]
        found.append(dict.fromkeys(["key", *wanted] if shape.sort == "keyed" else wanted, ""))


def remove(sheet: Sheet, place: str) -> None:
    """Take a block out, with the articles that nothing else cites."""
    if not _PLACE.fullmatch(place) or place in ("effect", "term"):
        return
    gone = set(cited(at(sheet, place)))
    *parents, last = place.split(".")
    owner = at(sheet, ".".join(parents)) if parents else sheet
    if isinstance(owner, list) and INDEX.fullmatch(last) and int(last) < len(owner):
        owner.pop(int(last))
    elif isinstance(owner, dict):
        owner.pop(last, None)
    _forget_uncited(sheet, gone)


def _forget_uncited(sheet: Sheet, among: set[Any]) -> None:
    """Take out the articles among these that nothing cites any more."""
    left = {id for name in (*CITING, "parties") for id in cited(sheet.get(name))}  # noqa: A001 - the word of the file
    sheet["clause"] = [c for c in sheet.get("clause", []) if c.get("id") not in among - left]


def at(sheet: Sheet, place: str) -> Any:
    """Return what stands at a place, None when there is nothing."""
    node: Any = sheet
    for part in place.split("."):
        if isinstance(node, list) and INDEX.fullmatch(part) and int(part) < len(node):
            node = node[int(part)]
        elif isinstance(node, dict):
            node = node.get(part)
        else:
            return None
    return node
