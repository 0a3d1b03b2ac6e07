"""A series checked whole before any of it begins: every problem by row and column, and what each convention would be."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from echeancier.desk.form.document import Problem, written
from echeancier.desk.form.draft import context_of, draft_of
from echeancier.desk.form.shapes import place
from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.series.pattern import SeriesColumn, SeriesPattern
from echeancier.desk.series.table import Row
from echeancier.desk.started_once import TAKEN, stands
from echeancier.domain.agenda.items import TO_DO
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import Policy
from echeancier.domain.typography import said
from echeancier.engine.answering import RefusedError
from echeancier.engine.shared_acts import Citing, learnt

_EMPTY: Final = Text(fr="à remplir", en="to fill in")
_TWICE: Final = Text(
    fr="deux lignes portent cette référence : une référence ne sert qu’une fois",
    en="two rows have this reference: a reference serves once",
)


@dataclass(frozen=True)
class RowProblem:
    """What must be put right in a row: the name of its column, empty for the whole row."""

    column: str
    words: str


@dataclass(frozen=True)
class CheckedRow:
    """One row of a series.

    Attributes:
        text: its convention as a file, to tell whether it is the one that was shown.
        there: it is registered already, with the same terms.
        ctx: what it would be, once it knows what is known of the deliberation; None while something is wrong.
    """

    row: Row
    convention: Convention | None
    text: str
    problems: tuple[RowProblem, ...] = ()
    there: bool = False
    ctx: Context | None = None

    @property
    def deadlines(self) -> int:
        """How many dates it has ahead."""
        return 0 if self.ctx is None else sum(item.state in TO_DO for item in self.ctx.agenda.items)

    @property
    def questions(self) -> tuple[Text, ...]:
        """What its text leaves open."""
        return () if self.ctx is None else tuple(one.about for one in self.ctx.agenda.questions)

    def wrong(self, column: str) -> str:
        """Return what is wrong in a column."""
        return " ; ".join(one.words for one in self.problems if one.column == column)


@dataclass(frozen=True)
class SeriesChecker:
    """What a series is checked against.

    Args:
        pattern: how its conventions are made.
        register: whose references are taken.
        taken: every reference that ever served.
        now: aware instant.
        policy: our lead times.
        by: whoever would start them.
        language: of the reader.
    """

    pattern: SeriesPattern
    register: DeskRegister
    taken: Iterable[str]
    now: datetime
    policy: Policy
    by: str
    language: str

    async def check(self, rows: Sequence[Row]) -> tuple[CheckedRow, ...]:
        """Return every row with all that is wrong in it, or with what it would be."""
        columns = self.pattern.columns()
        served = {one.casefold() for one in self.taken}
        times = Counter(row.get("reference", "").casefold() for row in rows)
        found = []
        for row in rows:
            checked = await asyncio.to_thread(self._written, row, columns)
            reference = row.get("reference", "").casefold()
            if times[reference] > 1 and reference:
                checked = self._with(checked, RowProblem("reference", said(_TWICE, self.language)))
            elif reference in served and checked.convention is not None:
                if await stands(self.register, checked.convention):
                    checked = replace(checked, there=True)
                else:
                    checked = self._with(checked, RowProblem("reference", said(TAKEN, self.language)))
            if checked.convention is not None and not checked.problems:
                checked = await asyncio.to_thread(self._foreseen, checked, checked.convention)
            found.append(checked)
        return tuple(found)

    def _written(self, row: Row, columns: Sequence[SeriesColumn]) -> CheckedRow:
        """Have the models of the form read the row."""
        made = written(self.pattern.sheet(row))
        empty = [one.name for one in columns if one.name not in row]
        asked = [one.name for one in columns if one.name in empty and not one.proposed]
        problems = [RowProblem(name, said(_EMPTY, self.language)) for name in asked]
        for problem in made.problems:
            one = self._placed(problem, columns)
            if one.column not in empty:
                problems.append(one)
        return CheckedRow(row, made.convention, made.text, tuple(dict.fromkeys(problems)))

    def _placed(self, problem: Problem, columns: Sequence[SeriesColumn]) -> RowProblem:
        field = self.pattern.typed_once(problem.field)
        column = next((one for one in columns if field == one.path), None)
        if column is not None:
            return RowProblem(column.name, problem.words)
        where = f"{said(place(problem.field), self.language)} : " if problem.field else ""
        return RowProblem("", f"{where}{problem.words}")

    def _foreseen(self, checked: CheckedRow, convention: Convention) -> CheckedRow:
        """Compute what it would be, with what is known of the deliberation already."""
        try:
            dossier = draft_of(convention, self.now, self.by)
            facts = learnt(dossier, Citing((self.pattern.dossier,)), self.now)
            whole = dossier.model_copy(update={"facts": list(facts)})
            return replace(checked, ctx=context_of(whole, self.now, self.policy))
        except (Refusal, RefusedError) as refused:
            words = refused.text if isinstance(refused, Refusal) else Text(fr=str(refused), en=str(refused))
            return self._with(checked, RowProblem("", said(words, self.language)))

    @staticmethod
    def _with(checked: CheckedRow, problem: RowProblem) -> CheckedRow:
        return replace(checked, problems=(*checked.problems, problem))


def open_questions(rows: Sequence[CheckedRow]) -> tuple[tuple[Text, tuple[str, ...]], ...]:
    """Return each question that a text of the series leaves open, with the references of those that do; none where all do."""
    asked: dict[Text, list[str]] = {}
    for row in rows:
        for one in dict.fromkeys(row.questions):
            asked.setdefault(one, []).append(row.row["reference"])
    return tuple((one, () if len(where) == len(rows) else tuple(where)) for one, where in asked.items())


def mark_of(rows: Iterable[CheckedRow]) -> str:
    """Return what tells a series that was shown from another: the terms of each convention."""
    return hashlib.sha256("\0".join(row.text for row in rows).encode()).hexdigest()


def is_right(rows: Sequence[CheckedRow]) -> bool:
    """Whether there is something to begin, and nothing to put right."""
    return bool(rows) and not any(row.problems for row in rows)


def typed(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return rows as the fields of the page."""
    return {f"row.{n}.{name}": value for n, row in enumerate(rows) for name, value in row.items()}
