"""What the file names by a key – an event, a paper, another duty – in the words of the form, and back."""

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from echeancier.desk.form.shapes import ROOT, Shape, shapes
from echeancier.desk.form.sheet import Sheet, names_in, slug
from echeancier.domain.facts.event_words import known_events
from echeancier.domain.model import Text
from echeancier.domain.terms.fields import Whose
from echeancier.domain.terms.money import EARLY_END, LAST_SIGNATURE
from echeancier.domain.typography import said

_STARTS: Final = {
    LAST_SIGNATURE: Text(fr="la signature de toutes les parties", en="the signature of all parties"),
    "statement": Text(fr="un mémoire reçu", en="a statement received"),
    "request": Text(fr="une demande de paiement reçue", en="a request for payment received"),
    EARLY_END: Text(fr="une fin anticipée", en="an early end"),
}
"""What makes a sum due, beside the events."""

_NAMING: Final = frozenset({Whose.EVENT, Whose.NEED})
_TIME: Final = re.compile(r"(?P<words>.*?)(?P<time>(?:/[a-z0-9-]+)*)", re.DOTALL)
"""One time of a duty after its title: « Bilan/2027 »."""


class NamesInWords:
    """The words of a sheet for what it names by a key.

    Args:
        sheet: whose events and duties have words of their own.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._events = {**known_events(), **_STARTS, **_titles(sheet, "event")}
        self._owed: dict[str, Text] = {}
        for shape in shapes(ROOT):
            if shape.sort == "blocks" and shape.name != "event":
                self._owed |= {
                    key: text for key, text in _titles(sheet, shape.name).items() if not re.search("[,;/]", text.fr)
                }

    def of(self, shape: Shape, name: str, language: str) -> str:
        """Return the words of a key; the key itself where there are none, or where they would be another’s."""
        bare, slash, time = name.partition("/")
        words = self._known(shape).get(bare)
        called = said(words, language) if words else bare
        return f"{called if self.key(shape, called) == bare else bare}{slash}{time}"

    def key(self, shape: Shape, words: str) -> str:
        """Return the key of words, that of a key; a new one where nothing is called so."""
        found = _TIME.fullmatch(words.strip())
        assert found is not None  # noqa: S101 - the pattern takes anything
        known, wanted = self._known(shape), _plain(found["words"])
        if found["words"] in known:
            return found["words"] + found["time"]
        named = next((key for key, text in known.items() if wanted in (_plain(text.fr), _plain(text.en))), None)
        return f"{named or slug(found['words'])}{found['time']}"

    def suggested(self, language: str) -> tuple[str, ...]:
        """Return what may be typed where an event is asked for."""
        return tuple(sorted({said(text, language) for text in self._events.values()}))

    def _known(self, shape: Shape) -> dict[str, Text]:
        return self._events if shape.whose is Whose.EVENT else {**self._events, **self._owed}


def with_keys(sheet: Sheet) -> Sheet:
    """Replace the words typed for events, papers and duties by their keys; return the same sheet.

    What nothing was called yet becomes an event of the file, with these words.
    """
    names = NamesInWords(sheet)
    for holder, shape in [*_naming(sheet, ROOT)]:
        if shape.sort == "names":
            typed = names_in(holder[shape.name])
            holder[shape.name] = ", ".join(_keyed(sheet, names, shape, one) for one in typed)
        elif holder[shape.name].strip():
            holder[shape.name] = _keyed(sheet, names, shape, holder[shape.name])
    return sheet


def _keyed(sheet: Sheet, names: NamesInWords, shape: Shape, words: str) -> str:
    found = names.key(shape, words)
    bare = found.partition("/")[0]
    new = bare and _plain(words) not in (bare, _plain(bare.replace("-", " "))) and names.of(shape, bare, "fr") == bare
    rows = sheet.setdefault("event", []) if new else []
    if new and isinstance(rows, list) and not any(row.get("id") == bare for row in rows):
        rows.append({"id": bare, "title": " ".join(words.split())})
    return found


def _naming(node: Any, model: type[BaseModel]) -> Iterator[tuple[dict[str, Any], Shape]]:
    """Yield the fields that name something, with what holds them."""
    if not isinstance(node, dict):
        return
    for shape in shapes(model):
        value = node.get(shape.name)
        if shape.whose in _NAMING and isinstance(value, str):
            yield node, shape
        elif shape.sort == "block" and (below := shape.model_for(value)):
            yield from _naming(value, below)
        elif shape.sort == "blocks" and shape.model and isinstance(value, list):
            for one in value:
                yield from _naming(one, shape.model)


def _titles(sheet: Sheet, block: str) -> dict[str, Text]:
    rows = sheet.get(block)
    found = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return {
        str(one["id"]): Text(fr=str(one["title"]), en=str(one.get("title_en") or one["title"]))
        for one in found
        if one.get("id") and one.get("title")
    }


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").casefold().split())
