"""The agenda as other programs read it: the contract of ``docs/plan-format.md``, ``docs/plan.schema.json``.

Every key is always there, null where nothing is known.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, WithJsonSchema

from echeancier.domain.agenda.item_row import clause_in_words, how_sure
from echeancier.domain.agenda.items import Agenda, Item, Question, ReadingShown, State, Warning
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.first_term import TermLength
from echeancier.domain.dates.proof import Operation, Step, Value
from echeancier.domain.dates.rules import RULES, Certainty
from echeancier.domain.model import Text
from echeancier.domain.terms.convention import Clause
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.typography import nbsp, said

# The lists are closed by tests, not here: a missing word must not hide a deadline.
Kind = Annotated[str, WithJsonSchema({"type": "string", "enum": list(ITEM_KINDS)})]
Rule = Annotated[str, WithJsonSchema({"type": "string", "enum": list(RULES)})]
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Published(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublishedClause(_Published):
    """Where a thing is written, and what it says in a few words."""

    article: str
    says: str


class PublishedRange(_Published):
    """The last day under each reading, when it depends on a contested one."""

    earliest: date
    expected: date
    latest: date


class PublishedOperand(_Published):
    """What a step takes: a day or an instant, a delay or a length as a convention file writes it, or a number.

    ``source``: the clause, the question or the recorded fact it comes from; None for the result of a step before.
    """

    value: str | int | dict[str, str | int | bool]
    source: str | None


class PublishedStep(_Published):
    """One step of a computation: what it does, what it takes, what it gives, and which printed day that is."""

    operation: Operation
    operands: tuple[PublishedOperand, ...]
    result: str | None
    gives: Literal["legal", "safe", "instant"] | None
    says: str | None


class PublishedItem(_Published):
    """A dated thing. ``owed_by`` and ``owed_to`` are keys of the convention's parties, or ``both``.

    ``series`` and ``occurrence`` say what the key stands for: nobody has to read it.
    """

    key: str
    series: str
    occurrence: str | None
    kind: Kind
    title: str
    clause: PublishedClause
    owed_by: str
    owed_to: str
    opens_on: date | None
    legal_last_day: date | None
    safe_day: date | None
    legal_last_instant: AwareDatetime | None
    effect_range: PublishedRange | None
    rule: Rule
    trace: str
    steps: tuple[PublishedStep, ...]
    certainty: Certainty | None
    state: State
    standing: str | None


class PublishedReading(_Published):
    """One way to read a clause, and what it would change."""

    id: str
    says: str
    changes: str


class PublishedQuestion(_Published):
    """An open question. ``ask`` is the key of the role it is put to."""

    id: str
    about: str
    kind: Literal["blank", "contested"]
    readings: tuple[PublishedReading, ...]
    ask: str


class PublishedWarning(_Published):
    """A contradiction or a danger."""

    id: str
    text: str
    clause: PublishedClause | None


class PublishedPlan(_Published):
    """The agenda of one convention at one instant. Days are local days of the convention's place."""

    reference: str
    effect_on: date | None
    ends_on: date | None
    bound_until: date | None
    renews: str | None
    operational_from: date | None
    items: tuple[PublishedItem, ...]
    questions: tuple[PublishedQuestion, ...]
    warnings: tuple[PublishedWarning, ...]


def published(agenda: Agenda, language: str = "fr") -> PublishedPlan:
    """Return the agenda in the published form.

    Questions already answered are left out: the form has no place for an answer. Traces are in French
    whatever the language.

    Args:
        agenda: as computed.
        language: of titles and texts, ``fr`` or ``en``.
    """
    return PublishedPlan(
        reference=agenda.reference,
        effect_on=agenda.effect_on,
        ends_on=agenda.ends_on,
        bound_until=agenda.bound_until,
        renews=words(agenda.renews, language) if agenda.renews else None,
        operational_from=agenda.operational_from,
        items=tuple(_item(item, language) for item in agenda.items),
        questions=tuple(_question(one, language) for one in agenda.questions if one.answered is None),
        warnings=tuple(_warning(one, language) for one in agenda.warnings),
    )


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the published form, with its closed lists."""
    schema = PublishedPlan.model_json_schema(mode="serialization")
    return {"$schema": SCHEMA_DIALECT, **schema, "title": "Échéancier, plan of one convention"}


def words(text: Text, language: str) -> str:
    """Return a text in the language, French ones with their no-break spaces."""
    return said(text, language, nbsp)


def clause_words(clause: Clause, language: str) -> PublishedClause:
    """Return a clause in the language; a clause without English words is quoted in French."""
    return PublishedClause(**clause_in_words(clause, language, nbsp)._asdict())


def _item(item: Item, language: str) -> PublishedItem:
    reach = item.effect_range
    return PublishedItem(
        key=item.key,
        series=item.series,
        occurrence=item.occurrence or None,
        kind=item.kind,
        title=words(item.title, language),
        clause=clause_words(item.clause, language),
        owed_by=item.owed_by,
        owed_to=item.owed_to,
        opens_on=item.opens_on,
        legal_last_day=item.legal_last_day,
        safe_day=item.safe_day,
        legal_last_instant=_with_offset(item.legal_last_instant),
        effect_range=None
        if reach is None
        else PublishedRange(earliest=reach.earliest, expected=reach.expected, latest=reach.latest),
        rule=item.rule,
        trace=nbsp(item.trace),
        steps=tuple(_step(step) for step in item.proof),
        certainty=how_sure(item),
        state=item.state,
        standing=words(item.standing, language) if item.standing else None,
    )


def _step(step: Step) -> PublishedStep:
    return PublishedStep(
        operation=step.operation,
        operands=tuple(PublishedOperand(value=_value(one.value), source=one.source or None) for one in step.operands),
        result=None if step.result is None else step.result.isoformat(),
        gives=step.gives or None,
        says=nbsp(step.words) or None,
    )


def _value(value: Value) -> str | int | dict[str, str | int | bool]:
    if isinstance(value, Delay):
        return value.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    if isinstance(value, TermLength):
        return {value.unit: value.number}
    return value if isinstance(value, int) else value.isoformat()


def _with_offset(instant: datetime | None) -> datetime | None:
    """Pin the offset of the day: an offset is what the contract promises, not the name of a zone."""
    return None if instant is None else datetime.fromisoformat(instant.isoformat())


def _question(question: Question, language: str) -> PublishedQuestion:
    return PublishedQuestion(
        id=question.id,
        about=words(question.about, language),
        kind="blank" if question.kind == "blank" else "contested",
        readings=tuple(_reading(one, language) for one in question.readings),
        ask=question.ask,
    )


def _reading(reading: ReadingShown, language: str) -> PublishedReading:
    return PublishedReading(id=reading.id, says=words(reading.says, language), changes=words(reading.changes, language))


def _warning(warning: Warning, language: str) -> PublishedWarning:
    return PublishedWarning(
        id=warning.id,
        text=words(warning.text, language),
        clause=clause_words(warning.clause, language) if warning.clause else None,
    )
