"""Imports go down, never up: the contracts of pyproject.toml hold, and name every package there is."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.project_files import ROOT, project_files

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Measurements and tests stand outside the floors and may see all of them.
OUTSIDE = {"tests", "bench"}


def test_the_import_contracts_hold() -> None:
    told = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_package_is_under_contract_and_shipped() -> None:
    packages = {
        path.parent.name for path in project_files() if path.name == "__init__.py" and path.parent.parent == ROOT
    } - OUTSIDE
    shipped = CONFIG["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert packages == set(CONFIG["tool"]["importlinter"]["root_packages"]), (
        "name it in [tool.importlinter] of pyproject.toml"
    )
    assert packages <= set(shipped)


def test_no_package_hides_a_module_of_the_standard_library() -> None:
    tops = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in project_files()}
    assert tops & set(sys.stdlib_module_names) == set()
