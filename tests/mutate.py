"""`make mutants`: small errors drawn with a seed in the dates, the standing and the agenda; which of them do the tests notice?

Takes how many (400) and a seed (1). First the fast tests of the domain must all pass as the program stands; that run also tells
which test calls which function, how long it took. A mutant is then tried on the tests that call what it changes, the shortest
first, until one fails. Nothing is written into the checkout but the file of results, one line per mutant: begun again, the same
draw goes on where it stopped, and ``--again`` tries those that survived once more. Prints each survivor with its place.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import gc
import hashlib
import importlib.machinery
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same seed draws the same mutants
from types import CodeType, FrameType, FunctionType
from typing import Any, Final, NamedTuple

import pytest

HERE: Final = Path(__file__).parents[1]
FLOORS: Final = ("dates", "standing", "agenda")
LEFT_ALONE: Final = frozenset({"words.py", "rules.py", "__init__.py"})
"""A rule explained in words is not a date."""
RESULTS: Final = HERE / "var" / "mutants"
EQUAL: Final = Path(__file__).with_name("equal_mutants.toml")
"""Mutants that are the same program in other words, each with the reason: they count for nothing."""
GONE: Final = 70
"""What a process answers that cannot find the mutant it is to try."""

OTHER: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip

Place = tuple[str, int]
"""A function: its name with that of its class, its first line (that of its first decorator)."""


class Mutant(NamedTuple):
    """One small error: where it stands, what is changed, the whole file with it, the function around it (None: the module)."""

    path: Path
    line: int
    column: int
    change: str
    source: str
    place: Place | None

    @property
    def file(self) -> str:
        """The path from the top of the checkout."""
        return str(self.path.relative_to(HERE))

    @property
    def row(self) -> tuple[str, str, str]:
        """What tells it from the others after lines were added above: as in the file of the equal ones."""
        return self.file, self.place[0] if self.place else "", self.change

    @property
    def name(self) -> str:
        """What tells it from every other mutant of the same checkout."""
        return f"{self.file}:{self.line}:{self.column}  {self.change}"


# ------------------------------------------------------------------------------------------------- the errors
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


def _places(node: ast.AST, within: str = "") -> Iterator[tuple[ast.AST, Place]]:
    """Yield every node of the body of a function, with the outermost function that it belongs to."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            place = (within + child.name, min([child.lineno, *(one.lineno for one in child.decorator_list)]))
            yield from ((inner, place) for line in child.body for inner in ast.walk(line))
        else:
            yield from _places(child, f"{within}{child.name}." if isinstance(child, ast.ClassDef) else within)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file; words and types are left alone. The lines below keep their numbers."""
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
    places = dict(_places(tree))
    for node in ast.walk(tree):
        if node in left_alone or not isinstance(node, ast.expr | ast.stmt) or node.end_lineno is None:
            continue
        for change in _changes(node):
            text = ast.unparse(ast.fix_missing_locations(change))
            below = "\n" * (node.end_lineno - node.lineno)
            whole = f"({text}{below})" if isinstance(node, ast.expr) else text + below
            head = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
            tail = lines[node.end_lineno - 1][node.end_col_offset or 0 :] + b"".join(lines[node.end_lineno :])
            changed = (head + whole.encode() + tail).decode()
            yield Mutant(
                path, node.lineno, node.col_offset, f"{ast.unparse(node)}  →  {text}", changed, places.get(node)
            )


def draw(how_many: int, seed: int) -> list[Mutant]:
    """Return the mutants that a seed draws, in the order in which they are tried."""
    files = [path for floor in FLOORS for path in sorted((HERE / "echeancier/domain" / floor).glob("*.py"))]
    every = [mutant for path in files if path.name not in LEFT_ALONE for mutant in mutants_of(path)]
    return Random(seed).sample(every, min(how_many, len(every)))  # noqa: S311 - no secret


# ------------------------------------------------------------------------------------------------- the trials
class Reach(NamedTuple):
    """What the tests did as the program stands: the seconds of each, and for each function of a file the tests that call it."""

    seconds: dict[str, float]
    callers: dict[str, list[str]]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Return the tests that may notice a mutant, in the order in which they are tried.

        What a module does when it is read may matter to every test: those that call a function of that file come first.
        """
        if mutant.place is not None:
            return sorted(self.callers.get(_called(mutant.file, mutant.place[0]), ()), key=self.seconds.__getitem__)
        near = {
            test for called, tests in self.callers.items() if called.startswith(f"{mutant.file}:") for test in tests
        }
        return sorted(self.seconds, key=lambda test: (test not in near, self.seconds[test]))

    def beside(self, tests: list[str]) -> list[str]:
        """Return the other tests of the same files: what one of them computed first, the others may have been given."""
        files = {test.partition("::")[0] for test in tests}
        others = {test for test in self.seconds if test.partition("::")[0] in files} - set(tests)
        return sorted(others, key=self.seconds.__getitem__)


def _called(file: str, name: str) -> str:
    return f"{file}:{name}"


def _put_in_place(mutant: Mutant) -> bool:
    """Give the loaded functions the code of a mutant; whether there was such a function."""

    def codes(code: CodeType) -> Iterator[CodeType]:
        for const in code.co_consts:
            if isinstance(const, CodeType):
                yield const
                yield from codes(const)

    wanted = [
        code
        for code in codes(compile(mutant.source, str(mutant.path), "exec"))
        if (code.co_qualname, code.co_firstlineno) == mutant.place
    ]
    found = False
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(mutant.path):
            for code in wanted:
                if (thing.__code__.co_qualname, thing.__code__.co_firstlineno) == mutant.place:
                    thing.__code__ = code
                    found = True
        elif isinstance(thing, functools._lru_cache_wrapper):
            thing.cache_clear()
    return found


def _read_instead(mutant: Mutant) -> None:
    """Let whoever imports the file of a mutant read the mutant."""
    get_data = importlib.machinery.SourceFileLoader.get_data

    def instead(self: importlib.machinery.SourceFileLoader, path: str) -> bytes:
        if Path(path) == mutant.path:
            return mutant.source.encode()
        if Path(path).name.startswith(f"{mutant.path.stem}.") and path.endswith(".pyc"):
            raise OSError(path)  # what was compiled before is not the mutant
        return get_data(self, path)

    sys.dont_write_bytecode = True
    importlib.machinery.SourceFileLoader.get_data = instead  # type: ignore[method-assign,assignment]


class Trials:
    """Stands in for pytest's own loop over the tests it collected."""

    def __init__(self, work: Callable[[Trials], None]) -> None:
        self.work = work
        self.items: dict[str, pytest.Item] = {}
        self.failed = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work instead of running everything."""
        self.items = {item.nodeid: item for item in session.items}
        self.work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name of the test that failed."""
        if report.failed:
            self.failed = report.nodeid

    def run(self, tests: list[str]) -> str:
        """Run tests until one fails; return its name, or nothing."""
        chosen = [self.items[test] for test in tests if test in self.items]
        for item, after in zip(chosen, [*chosen[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                return self.failed
        return ""


def _collected(work: Callable[[Trials], None], tests: list[str]) -> int:
    """Collect tests and do some work with them; return the exit code of pytest."""
    options = [
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        "-qq",
        "-s",
        "--no-summary",
        "--timeout",
        "0",
        "-m",
        "not slow",
    ]
    return int(pytest.main([*options, *tests], plugins=[Trials(work)]))


def _hold(seconds: float) -> None:
    """End this process once it has used so many seconds of processor from now: whatever else the machine does."""
    used = sum(os.times()[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, int(used + seconds) + 3))


def _apart(work: Callable[[], str], seconds: float) -> str:
    """Do some work in a silent process apart; return what it says, "breaks" when it says nothing, "hangs" beyond its time."""
    context = multiprocessing.get_context("fork")
    mine, its = context.Pipe(duplex=False)

    def child() -> None:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        _hold(seconds)
        its.send(work())
        os._exit(0)

    process = context.Process(target=child)
    process.start()
    its.close()
    said = "breaks"
    with contextlib.suppress(EOFError):
        said = mine.recv()
    process.join()
    return "hangs" if process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL) else said


def _as_it_stands(trials: Trials) -> Reach:
    """Run every test on the program as it stands; stop with words when one fails."""
    seconds: dict[str, float] = {}
    callers: dict[str, set[str]] = defaultdict(set)
    floors = {str(HERE / "echeancier/domain" / floor) for floor in FLOORS}
    running: set[tuple[str, str]] = set()

    def call(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.rpartition("/")[0] in floors:
            running.add((code.co_filename, code.co_qualname))

    def whole() -> str:
        for test in trials.items:
            running.clear()
            began = sum(os.times()[:2])
            sys.settrace(call)
            failed = trials.run([test])
            sys.settrace(None)
            if failed:
                return json.dumps({"red": failed})
            seconds[test] = sum(os.times()[:2]) - began
            for file, name in running:
                callers[_called(str(Path(file).relative_to(HERE)), name)].add(test)
        return json.dumps({"seconds": seconds, "callers": {called: sorted(tests) for called, tests in callers.items()}})

    print(f"{len(trials.items)} tests of the program as it stands…", flush=True)
    said = _apart(whole, 3600)
    found = json.loads(said) if said.startswith("{") else {"red": said}
    if "red" in found:
        sys.exit(f"the tests must pass before mutants are tried: {found['red']}")
    return Reach(**found)


def _digest() -> str:
    """Return a mark of everything that the baseline depends on."""
    mark = hashlib.sha256()
    for folder in ("echeancier/domain", "echeancier/adapters", "tests/domain", "tests/support", "examples"):
        for path in sorted(p for p in (HERE / folder).rglob("*") if p.suffix in {".py", ".toml", ".json"}):
            mark.update(path.read_bytes())
    return mark.hexdigest()[:12]


def _reach(trials: Trials) -> Reach:
    """Return what the tests reach, measured once for each state of the checkout."""
    kept = RESULTS / f"reach-{_digest()}.json"
    if not kept.exists():
        kept.write_text(json.dumps(_as_it_stands(trials)._asdict()), encoding="utf-8")
    return Reach(**json.loads(kept.read_text(encoding="utf-8")))


def _alone(mutant: Mutant, patience: float) -> int:
    """Try a mutant in this process, which has not read the program yet; the tests come by the standard input."""
    tests = sys.stdin.read().splitlines()
    _hold(patience)
    _read_instead(mutant)
    code = _collected(
        lambda trials: print(f"\nfate: {trials.run(tests)}"), sorted({t.partition("::")[0] for t in tests})
    )
    return 0 if code == 0 else 1


def _quick_fate(mutant: Mutant, trials: Trials, reach: Reach) -> str:
    """Return the test that notices a mutant put into a copy of this process, nothing when none does or it goes wrong.

    Only the shortest tests, a few seconds of them. What was computed when a module was read stays as it was. Whoever lives is
    tried again alone.
    """
    every = reach.tests_for(mutant)
    tests = [
        test for test, spent in zip(every, accumulate(map(reach.seconds.__getitem__, every)), strict=True) if spent < 15
    ]
    if mutant.place is None or not tests:
        return ""
    patience = 20 + 4 * sum(reach.seconds[test] for test in tests)
    said = _apart(lambda: trials.run(tests) if _put_in_place(mutant) else "", patience)
    return "" if said in ("hangs", "breaks") else said


def _fate(mutant: Mutant, reach: Reach, argv: list[str]) -> str:
    """Return the test that notices a mutant that a process reads from the start, "survives", or how it went wrong otherwise."""
    tests = reach.tests_for(mutant)
    if not tests:
        return "survives: no test calls it"
    tests += reach.beside(tests)
    patience = 20 + 4 * sum(reach.seconds[test] for test in tests)
    alone = [sys.executable, "-m", "tests.mutate", *argv, "--alone", mutant.name, "--patience"]
    for longer in (1, 4):  # beyond its time it is tried again, with more
        command = [*alone, str(patience * longer)]
        ran = subprocess.run(command, cwd=HERE, input="\n".join(tests), capture_output=True, text=True, check=False)
        if ran.returncode == GONE:
            sys.exit("the program changed while its mutants were tried: begin again")
        if ran.returncode >= 0:
            said = [line[6:] for line in ran.stdout.splitlines() if line.startswith("fate: ")]
            return (said[0] or "survives") if said else "it cannot be read"
    return "it never ends"


def _equal() -> set[tuple[str, str, str]]:
    """Return the mutants known to be the same program."""
    rows = tomllib.loads(EQUAL.read_text(encoding="utf-8"))["equal"] if EQUAL.exists() else []
    return {(row["file"], row["function"], row["change"]) for row in rows}


def main() -> int:
    """Try the mutants drawn, say who survived."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("how_many", type=int, nargs="?", default=400)
    asked.add_argument("seed", type=int, nargs="?", default=1)
    asked.add_argument("--again", action="store_true", help="try once more those that survived")
    asked.add_argument("--tests", nargs="*", default=["tests/domain"], help="where the tests are")
    asked.add_argument("--alone", help=argparse.SUPPRESS)
    asked.add_argument("--patience", type=float, help=argparse.SUPPRESS)
    options = asked.parse_args()
    os.environ.update(CI="1", ECHEANCIER_QUICK="1")  # the same examples each time, few of them
    drawn = draw(options.how_many, options.seed)
    if options.alone:
        named = [mutant for mutant in drawn if mutant.name == options.alone]
        return _alone(named[0], options.patience) if named else GONE

    RESULTS.mkdir(parents=True, exist_ok=True)
    results = RESULTS / f"seed-{options.seed}.jsonl"
    rows = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    fates: dict[str, str] = {row["name"]: row["fate"] for row in map(json.loads, rows)}
    equal = _equal()
    argv = [str(options.how_many), str(options.seed)]

    def work(trials: Trials) -> None:
        reach = _reach(trials)
        settled = {name for name, fate in fates.items() if not (options.again and fate.startswith("survives"))}
        waiting = [mutant for mutant in drawn if mutant.row not in equal and mutant.name not in settled]
        for alone in (False, True):
            for mutant in list(waiting):
                began = time.monotonic()
                fate = _fate(mutant, reach, argv) if alone else _quick_fate(mutant, trials, reach)
                if not fate:
                    continue
                waiting.remove(mutant)
                fates[mutant.name] = fate
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"name": mutant.name, "fate": fate}, ensure_ascii=False) + "\n")
                print(f"{len(waiting)} to go, {time.monotonic() - began:.0f} s, {mutant.name}: {fate}", flush=True)

    code = _collected(work, options.tests)
    same = [mutant for mutant in drawn if mutant.row in equal]
    living = [m for m in drawn if m not in same and fates.get(m.name, "survives: not tried").startswith("survives")]
    for mutant in living:
        print(f"survives: {mutant.name}")
    counted = len(drawn) - len(same)
    dead = counted - len(living)
    print(f"{dead} of {counted} noticed ({100 * dead / max(counted, 1):.0f} %), {len(same)} equal")
    return code


if __name__ == "__main__":
    sys.exit(main())
