"""What the program imports is declared, what is declared is pinned, and the program needs no test tool."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.support.project_files import ROOT, project_files

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SHIPPED = set(CONFIG["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
# Modules whose types are part of a declared library's own interface, and whose version that library chooses.
COMPANIONS = {"pydantic-core": "pydantic", "protobuf": "temporalio", "starlette": "fastapi"}
OURS = {name.removesuffix(".py") for name in SHIPPED} | {"tests", "bench"}


def name_of(requirement: str) -> str:
    """The normalised name of a requirement, without versions."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def declared(*, for_tests: bool) -> set[str]:
    project = CONFIG["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    if for_tests:
        lists.append(CONFIG["dependency-groups"]["dev"])
    return {name_of(requirement) for requirements in lists for requirement in requirements}


def imported(paths: list[Path]) -> dict[str, str]:
    """Top-level modules imported from outside, each with one file that does it."""
    found: dict[str, str] = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                modules = [node.module]
            else:
                continue
            for module in modules:
                found[module.partition(".")[0]] = str(path.relative_to(ROOT))
    return {name: where for name, where in found.items() if name not in sys.stdlib_module_names | OURS}


def undeclared(paths: list[Path], known: set[str]) -> dict[str, str]:
    allowed = known | {companion for companion, library in COMPANIONS.items() if library in known}
    homes = packages_distributions()
    return {
        module: where
        for module, where in imported(paths).items()
        if not {name_of(home) for home in homes.get(module, [])} & allowed
    }


def sources(*, shipped: bool) -> list[Path]:
    python = [path for path in project_files() if path.suffix == ".py"]
    return [path for path in python if (path.relative_to(ROOT).parts[0] in SHIPPED) is shipped]


def test_the_program_imports_only_what_it_declares() -> None:
    assert undeclared(sources(shipped=True), declared(for_tests=False)) == {}


def test_the_tests_import_only_what_is_declared() -> None:
    assert undeclared(sources(shipped=False), declared(for_tests=True)) == {}


def test_an_import_nobody_declared_is_seen() -> None:
    assert undeclared([ROOT / "tests" / "conftest.py"], set()).keys() == {"pytest", "hypothesis"}


def test_every_declared_package_is_pinned() -> None:
    pinned = {name_of(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line}
    build = {name_of(requirement) for requirement in CONFIG["build-system"]["requires"]}
    assert (declared(for_tests=True) | build) - pinned == set()


def test_a_pin_is_a_name_and_a_version_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    odd = [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)]
    assert odd == []
