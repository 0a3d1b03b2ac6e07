"""Conventions being typed, kept on disk until they start: one small file each, written whole or not at all."""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from echeancier.adapters.stores.erasing import erase, write_whole
from echeancier.adapters.stores.sealed_file import opened, sealed
from echeancier.domain.afterwards.purged_file import PurgedFile
from echeancier.domain.running.keys import HOUSE, KeyGoneError, Vault

TERM: Final = timedelta(days=180)
"""How long a draft is kept after it was last saved: it names people, and nobody answers for it."""

_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class FormDraft:
    """One draft.

    Attributes:
        name: of its file, in addresses; says nothing of what it holds.
        title: as typed so far, may be empty.
        saved_at: aware instant.
        by: the function that saved it.
        sheet: what was typed.
        checked: its author has asked what it gives, and is shown from then on what must be put right.
        copy: it was kept apart from another, which had changed meanwhile.
    """

    name: str
    title: str
    saved_at: datetime
    by: str
    sheet: dict[str, Any]
    checked: bool = False
    copy: bool = False


class Drafts:
    """The drafts of one directory.

    Args:
        directory: made when the first draft is kept; readable by its owner only.
        vault: the keys: a draft names people and belongs to no convention yet, so the house's key seals it; None where
            nothing is encrypted.
    """

    def __init__(self, directory: Path, vault: Vault | None = None) -> None:
        self._directory = directory
        self._vault = vault

    def all(self) -> tuple[FormDraft, ...]:
        """Return every draft that can be read, the latest first."""
        found = [draft for path in self._directory.glob("*.json") if (draft := self.get(path.stem))]
        return tuple(sorted(found, key=lambda draft: draft.saved_at, reverse=True))

    def get(self, name: str) -> FormDraft | None:
        """Return one draft, None when there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        try:
            raw = (self._directory / f"{name}.json").read_bytes()
            kept = json.loads(opened(self._vault, raw, f"draft/{name}"))
            saved_at = datetime.fromisoformat(kept.pop("saved_at"))
            return FormDraft(name=name, saved_at=saved_at, title=str(kept["sheet"].get("title", "")), **kept)
        except (OSError, ValueError, KeyError, TypeError, KeyGoneError):
            return None

    def keep(
        self, sheet: dict[str, Any], by: str, at: datetime, name: str = "", *, checked: bool = False, copy: bool = False
    ) -> FormDraft:
        """Keep a draft, in place of the former one when it has a name; what was once said of it stays said. Return it."""
        former = self.get(name)
        name = name if _NAME.fullmatch(name) else secrets.token_hex(8)
        checked, copy = checked or (former is not None and former.checked), copy or (former is not None and former.copy)
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = {"saved_at": at.isoformat(), "by": by, "sheet": sheet, "checked": checked, "copy": copy}
        kept = sealed(self._vault, HOUSE, json.dumps(held, ensure_ascii=False).encode(), f"draft/{name}")
        write_whole(self._directory / f"{name}.json", kept)
        self._expire(at)
        return FormDraft(name, str(sheet.get("title", "")), at, by, sheet, checked, copy)

    def count(self, leaving: PurgedFile) -> int:
        """Return how many name a file that is purged, or its people."""
        return len(self._naming(leaving))

    def forget(self, leaving: PurgedFile) -> int:
        """Destroy the drafts that name a file, under whatever reference they were typed, or its people; return how many."""
        return sum(erase(self._directory / f"{name}.json") for name in self._naming(leaving))

    def drop(self, name: str) -> None:
        """Forget a draft."""
        if _NAME.fullmatch(name):
            erase(self._directory / f"{name}.json")

    def _naming(self, leaving: PurgedFile) -> list[str]:
        return [draft.name for draft in self.all() if leaving.is_named_in(json.dumps(draft.sheet, ensure_ascii=False))]

    def _expire(self, now: datetime) -> None:
        """What nobody took up again for so long will not be."""
        for draft in self.all():
            if now - draft.saved_at > TERM:
                self.drop(draft.name)
