"""Writes the table of the kinds of facts into docs/facts-file.md: ``python -m tests.write_facts_page``."""

from pathlib import Path

from echeancier.domain.facts.description import FieldHelp
from echeancier.domain.recording import KINDS

PAGE = Path("docs/facts-file.md")
BEGIN, END = "<!-- kinds -->\n", "<!-- end of kinds -->\n"


def table() -> str:
    """Return the table of the kinds, as Markdown: what happened, what its day is, its own keys."""
    rows = ["| `kind` | Happened | `on` | Keys of its own |", "|---|---|---|---|"]
    for kind in KINDS.values():
        day = kind.field("on")
        keys = "; ".join(_key(field) for field in kind.fields if field.name not in ("on", "note"))
        rows.append(f"| `{kind.kind}` | {kind.says.en} | {day.says.en if day else ''} | {keys} |")
    return "\n".join(rows) + "\n"


def _key(field: FieldHelp) -> str:
    choices = f" ({', '.join(f'`{one}`' for one in field.choices)})" if field.choices else ""
    return f"`{field.name}`{'!' if field.required else ''}: {field.says.en}{choices}"


def written(page: str) -> str:
    """Return the page with its table as it must be."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
