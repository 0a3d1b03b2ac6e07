"""The catalogue of clauses: what known conventions say, by family, a first draft of each; a blank one of any other kind."""

import copy
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from echeancier.desk.form.shapes import ROOT, Shape, block_words, shape_of, shapes
from echeancier.desk.form.sheet import Sheet, sheet_of
from echeancier.domain.model import Text
from echeancier.domain.terms.owing import BOTH

_FILE = Path(__file__).with_name("catalogue.toml")
_OTHERS = "others"


@dataclass(frozen=True)
class DraftedClause:
    """The first draft of a clause.

    Attributes:
        block: where it stands in a convention file.
        says: what its article usually says.
        terms: as in a convention file, the parties being ``us``, ``them`` and ``both``.
    """

    block: str
    says: str
    terms: dict[str, Any]

    @property
    def single(self) -> bool:
        """Whether a convention has one at most."""
        return shape_of(ROOT, self.block).sort == "block"

    def sheet(self, us: str, them: str, together: str = BOTH) -> Sheet:
        """Return the block as the form shows it, for these two parties, and the word for all of them."""
        model = shape_of(ROOT, self.block).model
        assert model is not None  # noqa: S101 - a test reads the whole catalogue
        return sheet_of(_with(copy.deepcopy(self.terms), {"us": us, "them": them, BOTH: together}), model)


@dataclass(frozen=True)
class ClauseKind(DraftedClause):
    """One kind of clause.

    Attributes:
        beside: the clauses without which it says half of what it must: a tacit renewal, and the letter that stops it.
    """

    key: str
    family: str
    name: Text
    beside: tuple[DraftedClause, ...] = ()


@cache
def catalogue() -> dict[str, ClauseKind]:
    """Return every entry by key, in the order of the file; then the kinds of clauses of which it says nothing."""
    known = [
        ClauseKind(
            e["block"], e["says"], e["terms"], e["key"], e["family"], _text(e["name"]),
            tuple(DraftedClause(**one) for one in e.get("beside", ())),
        )
        for e in tomllib.loads(_FILE.read_text("utf-8"))["entry"]
    ]  # fmt: skip
    drafted = {one.block for one in known}
    others = [_blank(shape) for shape in shapes(ROOT) if shape.name not in drafted and _is_clause(shape)]
    return {one.key: one for one in (*known, *others)}


def _is_clause(shape: Shape) -> bool:
    """Whether a block quotes articles and can be added: the effect and the term of a convention are always there."""
    return (
        shape.model is not None
        and "clauses" in shape.model.model_fields
        and not shape.required
        and shape.sort != "keyed"
    )


def _blank(shape: Shape) -> ClauseKind:
    """A clause that says what it is called and who owes it; the rest is for the paper to say."""
    assert shape.model is not None  # noqa: S101 - a clause is a block
    called, fields = block_words(shape.model).called, shape.model.model_fields
    usual = {"title": called.fr, "title_en": called.en, "owed_by": "them", "owed_to": "us"}
    terms = {name: words for name, words in usual.items() if name in fields}
    return ClauseKind(shape.name, "", terms, shape.name, _OTHERS, called)


@cache
def families() -> dict[str, Text]:
    """Return the families, in their order."""
    known = {key: _text(words) for key, words in tomllib.loads(_FILE.read_text("utf-8"))["families"].items()}
    return known | {_OTHERS: Text(fr="Autres clauses", en="Other clauses")}


@cache
def often() -> dict[str, tuple[str, ...]]:
    """Return which entries conventions of a kind have most often, by the kind; a kind that is missing has none."""
    return {kind: tuple(keys) for kind, keys in tomllib.loads(_FILE.read_text("utf-8"))["often"].items()}


def _text(words: list[str]) -> Text:
    return Text(fr=words[0], en=words[1])


def _with(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _with(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_with(one, names) for one in node]
    return names.get(node, node) if isinstance(node, str) else node
