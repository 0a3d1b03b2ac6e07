"""The catalogue of clauses: what the known conventions say, by family, as a first draft of each."""

import copy
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from echeancier.desk.form.shapes import ROOT, shape_of
from echeancier.desk.form.sheet import Sheet, sheet_of
from echeancier.domain.model import Text

_FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True)
class ClauseKind:
    """One kind of clause.

    Attributes:
        block: where it stands in a convention file.
        says: what its article usually says.
        terms: as in a convention file, the parties being ``us``, ``them`` and ``both``.
    """

    key: str
    family: str
    name: Text
    block: str
    says: str
    terms: dict[str, Any]

    @property
    def single(self) -> bool:
        """Whether a convention has one at most."""
        return shape_of(ROOT, self.block).sort == "block"

    def sheet(self, us: str, them: str) -> Sheet:
        """Return the block as the form shows it, for these two parties."""
        model = shape_of(ROOT, self.block).model
        assert model is not None  # noqa: S101 - a test reads the whole catalogue
        return sheet_of(_with(copy.deepcopy(self.terms), {"us": us, "them": them}), model)


@cache
def catalogue() -> dict[str, ClauseKind]:
    """Return every entry by key, in the order of the file."""
    return {
        e["key"]: ClauseKind(e["key"], e["family"], _text(e["name"]), e["block"], e["says"], e["terms"])
        for e in tomllib.loads(_FILE.read_text("utf-8"))["entry"]
    }


@cache
def families() -> dict[str, Text]:
    """Return the families, in their order."""
    return {key: _text(words) for key, words in tomllib.loads(_FILE.read_text("utf-8"))["families"].items()}


def _text(words: list[str]) -> Text:
    return Text(fr=words[0], en=words[1])


def _with(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _with(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_with(one, names) for one in node]
    return names.get(node, node) if isinstance(node, str) else node
