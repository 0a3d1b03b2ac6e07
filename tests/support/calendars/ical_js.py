"""ical.js, the parser of Thunderbird, run by node in its strict mode: what it refuses, and what it reads."""

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.project_files import ROOT

VERSION = "2.2.1"
HOME = ROOT / ".venv" / "calendars" / "node_modules" / "ical.js"
_SCRIPT = Path(__file__).with_name("read.mjs")


def missing() -> str:
    """Return why ical.js cannot be used, empty when it can."""
    if shutil.which("node") is None:
        return "node is not installed (Debian: nodejs)"
    found = HOME / "package.json"
    if not found.exists():
        return f"ical.js is not there: npm install --no-save --prefix .venv/calendars ical.js@{VERSION}"
    version = json.loads(found.read_text("utf-8"))["version"]
    return "" if version == VERSION else f"ical.js is {version}, {VERSION} is wanted"


def read(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return, by the name of the file, its ``problems``, ``method`` and ``events`` (uid, sequence, start, end…)."""
    given = json.dumps({name: base64.b64encode(raw).decode() for name, raw in files.items()})
    done = subprocess.run(
        ["node", str(_SCRIPT), str(HOME / "dist" / "ical.js")],
        input=given, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def problems(files: Mapping[str, bytes]) -> list[str]:
    """Return every error that ical.js finds, with the name of the file."""
    return [f"{name}: {said}" for name, seen in read(files).items() for said in seen["problems"]] if files else []
