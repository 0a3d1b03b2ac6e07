"""`make mutants`: small errors drawn with a seed in the dates, the standing and the agenda; which of them do the tests notice?

Takes how many (400) and a seed (1); prints each survivor with its line, and the share that died. Works on a copy of the checkout.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same seed draws the same mutants
from typing import Final, NamedTuple

HERE: Final = Path(__file__).parents[1]
FLOORS: Final = ("dates", "standing", "agenda")
TESTS: Final = (
    "test_limits",
    "test_delays",
    "test_notices",
    "test_procedure",
    "test_working",
    "test_agenda",
    "test_door",
    "test_planning",
)
"""The fast tests of the domain, those that find most first."""

OTHER: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


class Mutant(NamedTuple):
    """One small error: where it stands, the program line with it, and the whole file with it."""

    path: Path
    line: int
    text: str
    source: str


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand wrongly in place of an expression or a statement."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=right) if type(op) in OTHER:
            yield ast.Compare(left, [OTHER[type(op)]()], right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            yield ast.BinOp(left, ast.Sub() if isinstance(op, ast.Add) else ast.Add(), right)
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args, keywords=keywords):
            yield ast.Call(ast.Name("max" if name == "min" else "min"), args, keywords)
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case _:
            pass


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file; words, types and defaults that only Pydantic reads are left alone."""
    source = path.read_text(encoding="utf-8")
    lines = source.encode().splitlines(keepends=True)
    tree = ast.parse(source)
    left_alone = {
        inner
        for node in ast.walk(tree)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
        for inner in ast.walk(part)
    } | {inner for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in left_alone or not isinstance(node, ast.expr | ast.stmt) or node.end_lineno is None:
            continue
        for change in _changes(node):
            text = ast.unparse(ast.fix_missing_locations(change))
            whole = f"({text})" if isinstance(node, ast.expr) else text
            head = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
            tail = lines[node.end_lineno - 1][node.end_col_offset or 0 :] + b"".join(lines[node.end_lineno :])
            yield Mutant(path, node.lineno, f"{ast.unparse(node)}  →  {text}", (head + whole.encode() + tail).decode())


def draw(how_many: int, seed: int) -> list[Mutant]:
    """Return the mutants that a seed draws, in the order in which they are tried."""
    every = [
        m
        for floor in FLOORS
        for path in sorted((HERE / "echeancier/domain" / floor).glob("*.py"))
        for m in mutants_of(path)
    ]
    # A rule explained in words is not a date.
    every = [m for m in every if m.path.name not in {"words.py", "rules.py", "__init__.py"}]
    return Random(seed).sample(every, min(how_many, len(every)))  # noqa: S311 - no secret


def dies(copy: Path, mutant: Mutant, tests: list[str], patience: float) -> bool:
    """Whether the tests notice a mutant; one that hangs is noticed."""
    where = copy / mutant.path.relative_to(HERE)
    kept = where.read_text(encoding="utf-8")
    where.write_text(mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-x", "-q", *tests]
    try:
        return subprocess.run(command, cwd=copy, capture_output=True, timeout=patience, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        where.write_text(kept, encoding="utf-8")


def main() -> int:
    """Try the mutants drawn, say who survived."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("how_many", type=int, nargs="?", default=400)
    asked.add_argument("seed", type=int, nargs="?", default=1)
    asked.add_argument("--patience", type=float, default=300, help="seconds for one run of the tests")
    asked.add_argument("--tests", nargs="*", help="files of tests, when not all the fast ones")
    options = asked.parse_args()
    tests = options.tests or [
        str(path.relative_to(HERE)) for name in TESTS for path in sorted((HERE / "tests/domain").glob(f"{name}*.py"))
    ]
    drawn, dead = draw(options.how_many, options.seed), 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(
            HERE,
            copy,
            ignore=shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".mypy_cache", ".hypothesis"),
        )
        for number, mutant in enumerate(drawn, start=1):
            if dies(copy, mutant, tests, options.patience):
                dead += 1
            else:
                print(f"survives: {mutant.path.relative_to(HERE)}:{mutant.line}  {mutant.text}")
            print(f"{number} tried, {dead} died ({100 * dead / number:.0f} %)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
