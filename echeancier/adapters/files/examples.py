"""Where the example conventions and their scenarios are: shipped inside the package, at the top of a checkout."""

from pathlib import Path
from typing import Final

_PACKAGE = Path(__file__).resolve().parents[2]

EXAMPLES: Final = next(path for path in (_PACKAGE / "examples", _PACKAGE.parent / "examples") if path.is_dir())
"""A folder of convention files (`*.toml`), their facts (`*.facts.toml`) and `scenarios/`."""
