"""The files of the project, as its structural tests see them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What is made, not written; only walked past when the project was unpacked without git.
MADE = {".git", ".venv", "var", "build", "dist", "node_modules", "__pycache__"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file git follows or would follow; without git, every file outside the folders that are made."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not made(path.relative_to(ROOT))]
    return tuple(sorted(path for path in found if path.is_file()))


def made(relative: Path) -> bool:
    """Whether a path lies in a folder that a tool makes."""
    return any(part in MADE or part.endswith(("_cache", ".egg-info")) for part in relative.parts)


def text_of(path: Path) -> str | None:
    """The text of a file, None when it is not UTF-8 text (a picture, a font)."""
    content = path.read_bytes()
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # a recorded mail: ASCII addresses read the same
