"""Writes the tables of the documentation that are made from the models: ``python -m tests.write_pages``.

The blocks of a convention in docs/convention-file.md, the kinds of facts in docs/facts-file.md, of letters in docs/letters.md;
and docs/vectors.csv, the worked cases of the tests, for any other program that counts the same days.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from echeancier.desk.form.shapes import ROOT, Shape, shapes
from echeancier.domain.attention.ways import WAYS, Place
from echeancier.domain.facts.description import FieldHelp
from echeancier.domain.facts.letter_fields import ADDED
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.recording import KINDS
from echeancier.domain.terms.item_kinds import ITEM_KINDS


def facts() -> str:
    """Return the table of the kinds of facts, as Markdown: what happened, what its day is, its own keys."""
    rows = ["| `kind` | Happened | `on` | Keys of its own |", "|---|---|---|---|"]
    for kind in KINDS.values():
        day = kind.field("on")
        says = f"{kind.says.en}. {kind.hint.en}" if kind.hint else kind.says.en
        keys = "; ".join(_key(field) for field in kind.fields if field.name not in ("on", "note"))
        rows.append(f"| `{kind.kind}` | {says} | {day.says.en if day else ''} | {keys} |")
    return "\n".join(rows) + "\n"


def blocks() -> str:
    """Return the table of the blocks of a convention, as Markdown: what each is, and its own keys."""
    rows = ["| Block | What it is | Keys of its own |", "|---|---|---|", _row("top", ROOT)]
    return "\n".join([*rows, *_blocks(ROOT, "")]) + "\n"


def _blocks(model: type[BaseModel], inside: str) -> Iterator[str]:
    for shape in shapes(model):
        for below in shape.ways or ((shape.model,) if shape.model else ()):
            name = f"{inside}{shape.name}{'.KEY' if shape.sort == 'keyed' else ''}"
            yield _row(f"`[[{name}]]`" if shape.sort == "blocks" else f"`[{name}]`", below)
            yield from _blocks(below, f"{name}.")


def _row(block: str, model: type[BaseModel]) -> str:
    says = (model.__doc__ or "").partition("\n")[0].replace("``", "`").rstrip(".")
    own = [one for one in shapes(model) if one.name not in SHARED and one.model is None]
    return f"| {block} | {says} | {'; '.join(_key(one) for one in own)} |"


SHARED = (
    "id", "title", "title_en", "short", "short_en", "owed_by", "owed_to", "responsible", "informed", "stake", "clauses",
)  # fmt: skip
"""Keys that several blocks have in common: the page explains them above the table."""


def _key(field: FieldHelp | Shape) -> str:
    known = {one: f": {words.en}" for one, words in field.values.items() if words.en != one}
    choices = ("; " if known else ", ").join(f"`{one}`{known.get(one, '')}" for one in field.choices)
    hint = f" – {field.hint.en[:1].lower()}{field.hint.en[1:].rstrip('.')}" if field.hint else ""
    return f"`{field.name}`{'!' if field.required else ''}: {field.says.en}{f' ({choices})' if choices else ''}{hint}"


def letters() -> str:
    """Return the table of the letters, as Markdown, and the options that can be given several times."""
    rows = ["| Lettre | Ce qu’elle est | Ce qu’il faut donner | `--about` |", "|---|---|---|---|"]
    for kind, letter in LETTERS.items():
        words = letter.WORDS
        rows.append(f"| `{kind}` | {words.is_} | {words.give} | {words.about} |")
    several = [f"`--{field.option}`" for field in ADDED.values() if field.sort == "paragraphs"]
    return "\n".join(rows) + f"\n\n{', '.join(several[:-1])} et {several[-1]} se répètent.\n"


def attention() -> str:
    """Return the two tables of who hears what, as Markdown, in French: when by which way, and what is at stake where."""
    rows = ["| Enjeu | Moment | " + " | ".join(_PLACES.values()) + " |", "|---|---|---|---|---|---|"]
    for stake, stages in WAYS.items():
        for stage, ways in stages.items():
            told = " | ".join(_WAYS[ways.get(place, "")] for place in _PLACES)
            rows.append(f"| {_STAKES[stake]} | {_STAGE_OF_STAKE.get((stake, stage), _STAGES[stage])} | {told} |")
    kinds = {stake: [kind.called.fr for kind in ITEM_KINDS.values() if kind.stake == stake] for stake in _STAKES}
    listed = [f"* **Enjeu {_STAKES[stake]}** : {', '.join(sorted(names))}." for stake, names in kinds.items()]
    return "\n".join([*rows, "", *listed]) + "\n"


_PLACES: dict[Place, str] = {
    "owes": "Qui doit s’en charger", "coordinator": "Notre coordination, si elle suit seulement",
    "manager": "Notre direction", "informed": "Qui est seulement tenu au courant",
}  # fmt: skip
_WAYS = {"now": "courriel à part, aussitôt", "act": "courriel du jour", "know": "récapitulatif", "": "–"}
_STAKES = {"hard": "fort", "soft": "courant"}
_STAGES = {
    "notice": "à prévoir", "reminder": "rappel", "last-call": "dernier appel", "overdue": "échéance passée",
    "escalation": "alerte, quelques jours après", "held": "une réunion a-t-elle eu lieu ?",
    "held-again": "la même question, sans réponse",
}  # fmt: skip
_STAGE_OF_STAKE = {("soft", "last-call"): "dernier appel, si « vu » a fait taire le rappel"}

TABLES = {
    Path("docs/attention.md"): attention,
    Path("docs/convention-file.md"): blocks,
    Path("docs/facts-file.md"): facts,
    Path("docs/letters.md"): letters,
}
"""The pages, each with what writes its table."""
VECTORS = Path("docs/vectors.csv")
_WORKED = [
    Path(f"tests/domain/{name}_vectors.json") for name in ("act", "delay", "life", "money", "notice", "party", "term")
]
_COLUMNS = ("id", "rule", "wording", "input", "expected", "status")


def vectors() -> str:
    """Return the worked cases of all that is dated as CSV: ``input`` and ``expected`` are JSON, days are ISO."""
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for path in _WORKED:
        for case in json.loads(path.read_text("utf-8")):
            told = {name: json.dumps(case[name], ensure_ascii=False) for name in ("input", "expected")}
            rows.writerow({**case, **told}[name] for name in _COLUMNS)
    return page.getvalue()


BEGIN, END = "<!-- written by tests.write_pages -->\n", "<!-- end -->\n"


def written(path: Path, page: str) -> str:
    """Return a page with its table as it must be."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}{TABLES[path]()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    for page in TABLES:
        page.write_text(written(page, page.read_text(encoding="utf-8")), encoding="utf-8")
    VECTORS.write_text(vectors(), encoding="utf-8")
