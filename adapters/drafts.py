"""Conventions being typed, kept on disk until they start: one small file each, written whole or not at all."""

import json
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.erasing import erase

_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Draft:
    """One draft.

    Attributes:
        name: of its file, in addresses; says nothing of what it holds.
        title: as typed so far, may be empty.
        saved_at: aware instant.
        by: the function that saved it.
        sheet: what was typed.
    """

    name: str
    title: str
    saved_at: datetime
    by: str
    sheet: dict[str, Any]


class Drafts:
    """The drafts of one directory.

    Args:
        directory: made when the first draft is kept; readable by its owner only.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def all(self) -> tuple[Draft, ...]:
        """Return every draft that can be read, the latest first."""
        found = [draft for path in self._directory.glob("*.json") if (draft := self.get(path.stem))]
        return tuple(sorted(found, key=lambda draft: draft.saved_at, reverse=True))

    def get(self, name: str) -> Draft | None:
        """Return one draft, None when there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        try:
            kept = json.loads((self._directory / f"{name}.json").read_text("utf-8"))
            return Draft(
                name, kept["title"], datetime.fromisoformat(kept["saved_at"]), kept["by"], kept["sheet"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, sheet: dict[str, Any], by: str, at: datetime, name: str = "") -> str:
        """Keep a draft, in place of the former one when it has a name; return its name."""
        name = name if _NAME.fullmatch(name) else secrets.token_hex(8)
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps(
            {"title": str(sheet.get("title", "")), "saved_at": at.isoformat(), "by": by, "sheet": sheet},
            ensure_ascii=False,
        )
        new = self._directory / f"{name}.tmp"
        with new.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._directory / f"{name}.json")
        return name

    def forget(self, reference: str) -> int:
        """Destroy the drafts of a convention, left behind after it began; return how many."""
        left = [draft.name for draft in self.all() if draft.sheet.get("reference") == reference]
        return sum(erase(self._directory / f"{name}.json") for name in left)

    def drop(self, name: str) -> None:
        """Forget a draft."""
        if _NAME.fullmatch(name):
            (self._directory / f"{name}.json").unlink(missing_ok=True)
