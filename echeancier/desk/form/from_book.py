"""A function of the address book taken up in a convention that begins: its party, its address and its language come with it."""

from collections.abc import Sequence

from echeancier.desk.form.filling import named
from echeancier.desk.form.sheet import Sheet
from echeancier.domain.book.entry import BookEntry, nearly_same


def parties_offered(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the parties of a sheet by key, with their name: empty where it is yet to be typed."""
    return [(str(one["key"]), str(one.get("name", ""))) for one in _rows(sheet, "parties") if one.get("key")]


def take_up(sheet: Sheet, known: Sequence[BookEntry], entry_id: str, party: str) -> str:
    """Add a function of the book to the roles of a sheet; one that is left blank takes it, one that is there already stays.

    Args:
        sheet: of the convention.
        known: the functions of the book.
        entry_id: the one that is chosen.
        party: the key of its party; without one, the party called as its institution, added where there is none.

    Returns:
        The place of the role; empty when the book has no such function.
    """
    entry = next((one for one in known if one.id == entry_id), None)
    if entry is None:
        return ""
    key = _party(sheet, entry, party)
    roles = _rows(sheet, "roles")
    for number, role in enumerate(roles):
        if entry.is_nearly(str(role.get("function", "")), str(role.get("address", ""))):
            return f"roles.{number}"
    language = {"language": entry.language} if entry.language != "fr" else {}
    filled = {"party": key, "function": entry.function, "address": entry.address, **language}
    for number, role in enumerate(roles):
        if role.get("party") == key and not role.get("function") and not role.get("address"):
            role.update(filled)
            return f"roles.{number}"
    roles.append({"key": "", **filled})
    named(sheet)
    return f"roles.{len(roles) - 1}"


def _party(sheet: Sheet, entry: BookEntry, chosen: str) -> str:
    rows = _rows(sheet, "parties")
    found = next((one for one in rows if one.get("key") and one["key"] == chosen), None)
    if found is None:
        found = next(
            (one for one in rows if one.get("key") and nearly_same(str(one.get("name", "")), entry.institution)), None
        )
    if found is None:
        found = {"key": "", "name": entry.institution, "kind": ""}
        rows.append(found)
        named(sheet)
    if not found.get("name"):
        found["name"] = entry.institution
    return str(found["key"])


def _rows(sheet: Sheet, name: str) -> list[Sheet]:
    """The rows of a list of the sheet, to be added to; whatever else a hostile form put in its place goes."""
    found = sheet.get(name)
    sheet[name] = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    rows: list[Sheet] = sheet[name]
    return rows
