"""A sheet of existing conventions: everything checked first, then everything started; a second run finishes the first.

Nothing starts while one row is wrong. Each start is refused by the engine when its reference is taken, so that running again
after a failure in the middle cannot double anything: what already stands, with the same terms, is left alone.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from echeancier.adapters.apart import read_apart
from echeancier.adapters.imports import remarks
from echeancier.adapters.imports.remarks import TablePlace
from echeancier.adapters.imports.rows import LIMITS, ImportedConvention, Table, Wrong, read_table
from echeancier.adapters.imports.terms import birth_of, convention_of
from echeancier.desk.form.draft import admitted, context_of, draft_of
from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.started_once import start_once
from echeancier.domain.agenda.items import TO_DO
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import Policy
from echeancier.domain.typography import nbsp
from echeancier.engine.errors import EngineError
from echeancier.engine.gateway import UnknownConventionError

NEXT: Final = 3
"""Dates to come shown for each convention."""

_AT_ONCE: Final = 4

Standing = Literal["new", "there", "wrong", "started", "failed"]
_STANDS: Final[Mapping[Standing, Text]] = {
    "new": Text(fr="à commencer", en="to start"),
    "there": Text(fr="déjà là, à l’identique", en="there already, the same"),
    "wrong": Text(fr="à corriger", en="to put right"),
    "started": Text(fr="commencée", en="started"),
    "failed": Text(fr="non commencée", en="not started"),
}


@dataclass(frozen=True)
class Checked:
    """One row, checked.

    Attributes:
        standing: to start, there already with the same terms, to put right; then started, or why not.
        next: its next dates, the title of each with its day.
        questions: what it leaves open, in words.
        detail: why it failed.
    """

    row: ImportedConvention
    standing: Standing
    convention: Convention | None = None
    facts: tuple[Recorded, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    next: tuple[tuple[date, str], ...] = ()
    questions: tuple[str, ...] = ()
    detail: str = ""

    @property
    def stands(self) -> Text:
        """How it stands, in words."""
        return _STANDS[self.standing]

    @property
    def remark(self) -> str:
        """How it stands and what would be right, in one cell."""
        wrong = [f"{one.column} : {one.words}" if one.column else one.words for one in self.wrong]
        asked = [f"question : {one}" for one in self.questions]
        told = [one for one in (self.detail, *wrong, *self.row.notes, *asked) if one]
        return nbsp(" – ".join([self.stands.fr, *told]))


@dataclass(frozen=True)
class Report:
    """A whole sheet, checked or started.

    Attributes:
        place: where its table stands.
        ignored: headings of the columns left aside.
    """

    rows: tuple[Checked, ...]
    place: TablePlace
    ignored: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """Everything to put right."""
        return tuple(wrong for row in self.rows for wrong in row.wrong)

    def count(self, standing: Standing) -> int:
        """How many rows stand so."""
        return sum(row.standing == standing for row in self.rows)

    @property
    def renewal_unsaid(self) -> int:
        """How many conventions to start do not say whether they are renewed: they are taken to end."""
        return sum(row.standing == "new" and "renewal" not in row.row.said for row in self.rows)

    @property
    def can_start(self) -> bool:
        """Whether every row is right, and something is left to start."""
        return not self.wrong and self.count("new") > 0


async def check(raw: bytes, name: str, register: DeskRegister, now: datetime, *, policy: Policy, by: str) -> Report:
    """Return what a sheet would start; nothing is started.

    Args:
        raw: an xlsx or CSV file.
        name: how the messages call it.
        register: whose references are taken.
        now: aware instant of the reading.
        policy: our lead times.
        by: whoever would start them.

    Raises:
        FileContentError: it cannot be read at all.
    """
    table, rows = await asyncio.to_thread(_read, raw, name, now, policy, by)
    taken = {row.reference.casefold(): row.reference for row in await register.rows()}
    rows = _with_parents(rows, {row.row.reference for row in rows} | set(taken.values()))
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(row: Checked) -> Checked:
        known = taken.get(row.row.reference.casefold())
        if known is None or row.convention is None:
            return row
        async with room:
            return await _taken(row, known, register)

    return Report(tuple(await asyncio.gather(*(one(row) for row in rows))), table.place, table.ignored)


def with_remarks(raw: bytes, report: Report) -> bytes:
    """Return the sheet as it was brought, with a column that says of each row how it stands.

    Raises:
        NotReadError: it was stopped.
    """
    said = {row.row.number: row.remark for row in report.rows}
    return read_apart(remarks.with_remarks, raw, (TablePlace,), LIMITS, (report.place, said)).result()


def _read(raw: bytes, name: str, now: datetime, policy: Policy, by: str) -> tuple[Table, list[Checked]]:
    table = read_table(raw, name)
    return table, [_checked(row, now, policy, by) for row in table.rows]


def _checked(row: ImportedConvention, now: datetime, policy: Policy, by: str) -> Checked:
    convention, wrong = convention_of(row)
    if convention is None:
        return Checked(row, "wrong", wrong=wrong)
    try:
        facts, problems = admitted(birth_of(row), convention, now)
        dossier = draft_of(convention, now, by, facts)
    except Refusal as refused:
        return Checked(row, "wrong", wrong=(Wrong(row.number, "", nbsp(str(refused))),))
    if problems:
        return Checked(row, "wrong", wrong=tuple(Wrong(row.number, "", _without_number(one)) for one in problems))
    ctx = context_of(dossier, now, policy)
    days = sorted(
        (day, item.title.fr)
        for item in ctx.agenda.items
        if (day := item.safe_day or item.legal_last_day) and day >= ctx.s.today and item.state in TO_DO
    )
    asked = tuple(q.about.fr for q in ctx.agenda.questions)
    return Checked(row, "new", convention, facts, next=tuple(days[:NEXT]), questions=asked)


def _with_parents(rows: list[Checked], known: set[str]) -> list[Checked]:
    """An annex whose parent is nowhere, or is its own annex, is sent back: a word typed there would pass for a convention."""
    parents: dict[str, str | None] = {
        row.row.reference: row.convention.parent.reference for row in rows if row.convention and row.convention.parent
    }
    found = []
    for row in rows:
        parent = row.convention.parent.reference if row.convention and row.convention.parent else None
        if parent is None or (parent in known and not _in_circle(row.row.reference, parents)):
            found.append(row)
            continue
        if parent in known and parent != row.row.reference:
            words = nbsp(f"« {parent} » dépend elle-même de « {row.row.reference} » : corriger l’une des deux")
            found.append(replace(row, standing="wrong", wrong=(Wrong(row.row.number, "Convention mère", words),)))
            continue
        words = nbsp(
            f"« {parent} » n’est ni dans ce tableau ni déjà enregistrée : écrire la référence d’une autre convention, ou vider "
            "la cellule"
        )
        found.append(replace(row, standing="wrong", wrong=(Wrong(row.row.number, "Convention mère", words),)))
    return found


def _in_circle(reference: str, parents: Mapping[str, str | None]) -> bool:
    """Whether a convention is among its own parents."""
    above, seen = parents.get(reference), set[str]()
    while above is not None and above not in seen and above != reference:
        seen.add(above)
        above = parents.get(above)
    return above == reference


def _without_number(problem: str) -> str:
    """« fait 2 : … » : the reader of a sheet has typed no facts."""
    return problem.split("\u00a0: ", 1)[-1] if problem.startswith("fait ") else problem


async def _taken(row: Checked, known: str, register: DeskRegister) -> Checked:
    try:
        same = (await register.dossier(known)).convention == row.convention
    except UnknownConventionError:
        same = False
    if same:
        return replace(row, standing="there")
    words = nbsp(
        f"« {known} » est déjà enregistrée avec d’autres termes : choisir une autre référence, ou l’ôter du tableau"
    )
    return replace(row, standing="wrong", wrong=(Wrong(row.row.number, "Référence", words),))


async def start_all(report: Report, register: DeskRegister, by: str, told: Callable[[Checked], None]) -> Report:
    """Start every row that is to be started, parents first; what fails is said and the others go on.

    Args:
        report: as `check` returned it, every row right.
        register: where they start.
        by: whoever starts them.
        told: called after each.
    """
    done: dict[int, Checked] = {}
    for row in _parents_first([row for row in report.rows if row.standing == "new"]):
        done[row.row.number] = await _started(row, register, by)
        told(done[row.row.number])
    return replace(report, rows=tuple(done.get(row.row.number, row) for row in report.rows))


async def _started(row: Checked, register: DeskRegister, by: str) -> Checked:
    assert row.convention is not None  # noqa: S101 - a row to start has one
    try:
        new = await start_once(register, row.convention, by, row.facts)
    except (EcheancierError, EngineError) as error:
        return replace(row, standing="failed", detail=str(error))
    return replace(row, standing="started" if new else "there")


def _parents_first(rows: list[Checked]) -> list[Checked]:
    """An annex finds its parent already there, however deep the family."""
    by_reference = {row.row.reference: row for row in rows}

    def depth(row: Checked, seen: tuple[str, ...] = ()) -> int:
        parent = row.convention.parent.reference if row.convention and row.convention.parent else None
        above = by_reference.get(parent or "")
        return 0 if above is None or row.row.reference in seen else 1 + depth(above, (*seen, row.row.reference))

    return sorted(rows, key=lambda row: (depth(row), row.row.number))
