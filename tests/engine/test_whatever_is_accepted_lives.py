"""Whatever the door accepts can be lived: planned, listed, shown, told of a new name, put right, withdrawn and purged.

Terms and facts are drawn at the edges of what the models allow, come in by every door, and live on a real engine.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.adapters.files.convention_writer import convention_file
from echeancier.adapters.files.facts_file import parse_facts
from echeancier.adapters.imports.columns import COLUMNS
from echeancier.adapters.imports.rows import read_table
from echeancier.adapters.imports.terms import convention_of
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.desk.form.document import sheet_from, written
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.search import keyword
from echeancier.domain.model import LINE_LIMIT, PROSE_LIMIT
from echeancier.domain.recording import Refusal, parse_fact
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.gateway import RefusedError
from tests.domain import builders as b
from tests.support.keys import settings_of
from tests.support.long import LONG, how_many
from tests.vault.stage import Installation, installation
from worker import Parts, build_worker
from workflows.ids import convention_id

pytestmark = pytest.mark.timeout(7200 if LONG else 900)

POLICY = DEFAULT_POLICY.model_copy(update={"purge_notice_days": 0})
"""A closed file may be purged the day it is confirmed: the whole life fits one morning."""

# What breaks things: accents count six bytes in a search attribute, an emoji twelve; others join, or turn the line round.
_LETTERS = st.sampled_from("aZ9 éÀœß’«»&<>\"'\\/;:,%{}[]|^`#\u00a0\u202f\u00ad\u0301\u200d\u200f\ufe0fبש漢😀👩🏽")
_ANY = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))


def texts(limit: int) -> st.SearchStrategy[str]:
    """Texts of any length up to a limit, often exactly as long."""
    drawn = st.text(_LETTERS | _ANY, min_size=1, max_size=60)
    whole = st.sampled_from("aé😀ب").map(lambda char: char * limit)
    mixed = st.text(_LETTERS, min_size=1, max_size=9).map(lambda words: (words * limit)[:limit])
    return st.one_of(drawn, drawn, mixed, whole).filter(str.strip)


LINES, PROSE = texts(LINE_LIMIT), texts(PROSE_LIMIT)
LOCAL = st.text(st.sampled_from("abz09._-+'{}"), min_size=1, max_size=64) | st.just("a" * 64) | st.just("a" * 65)
ADDRESSES = st.builds(
    "{}@{}".format,
    LOCAL,
    st.sampled_from(["ville.example", "évian.example", "a" * 63 + ".example", "-x.example"]),
)
NAMES = st.text(st.sampled_from("AZaz09._-"), max_size=60)
SLIPS = st.sampled_from([*[""] * 12, "/", "x" * 61, "x" * 301, "\x1b", "\n", "\u202e"])
"""What a door refuses, now and then, at the end of a short text."""
DAYS = st.sampled_from(
    [
        date(1972, 1, 31),
        date(2020, 2, 29),
        date(2021, 12, 31),
        date(2022, 1, 1),
        date(2022, 6, 30),
        date(2072, 1, 1),
    ]
)
DELAYS = st.sampled_from(
    [{"days": 0}, {"days": 3660}, {"open_days": 3660}, {"months": 120}, {"hours": 87_600}, {"hours": 1}]
)
AT_SIGNATURE = {"rule": "last-signature", "clauses": ["A1"]}
RHYTHMS = [(1, 1, 28), (35, 1, 28), (36, 1, 2), (600, 120, 60), (600, 1, 1), (599, 12, 20)]
NUMBER = itertools.count(1)


@st.composite
def papers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the terms of a convention."""
    slip = draw(SLIPS)
    base = b.convention().model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
    reference = f"R{next(NUMBER)}-{draw(NAMES)}"[:60] + (slip if slip in ("/", "x" * 61) else "")
    for role in base["roles"].values():
        role["function"] = draw(LINES)
        if draw(st.integers(0, 9)) == 0:
            role["address"] = draw(ADDRESSES)
    for party in base["parties"].values():
        party["name"] = draw(LINES)
    months, every, count = draw(st.sampled_from(RHYTHMS))
    return {
        **base,
        "reference": reference,
        "title": draw(texts(LINE_LIMIT - 1)) + slip,
        "number": draw(LINES | st.just("")),
        "service": draw(texts(150)),
        "effect": {"rule": "fixed", "on": draw(DAYS), "clauses": ["A1"]} if draw(st.booleans()) else AT_SIGNATURE,
        "term": {"months": months, "clauses": ["A1"]},
        "parent": draw(st.none() | st.fixed_dictionaries({
            "reference": st.sampled_from(["MERE", "m" * 60, "A..B", "0", "MERE", "m" * 60, "A..B", "2021/35", "m" * 61, ".."]),
            "cited_as": PROSE, "clauses": st.just(["A1"]),
        })),
        "suspension": draw(st.none() | st.fixed_dictionaries({
            "id": st.just("away"), "on_departure": st.just(True), "extends": st.booleans(), "clauses": st.just(["A1"]),
        })),
        "termination": [{**b.NOTICE, "length": {"months": draw(st.sampled_from([0, 1, 2, 120]))}, "clauses": ["A1"]}],
        "duty": [b.duty(title=draw(LINES), rhythm={"every_months": every, "count": count})],
        "end_duty": [b.end_duty(title=draw(LINES), after=draw(DELAYS))],
        "clause": [{"id": "A1", "article": draw(LINES), "says": draw(PROSE)}],
    }  # fmt: skip


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what happens, as somebody types it."""
    drawn: list[dict[str, object]] = [
        {"kind": "party-changed", "party": "agency", "new_name": LINES, "note": PROSE},
        {"kind": "role-changed", "role": "partner", "address": ADDRESSES, "function": LINES},
        {"kind": "signed", "party": "agency", "note": PROSE},
        {"kind": "amended", "ends_on": DAYS, "label": LINES},
        {"kind": "amended", "ends_on": DAYS, "effect": DAYS, "number": st.integers(0, 100)},
        {"kind": "event", "event": "agent-left"},
        {"kind": "resumed"},
        {"kind": "letter-posted", "rule": "leave", "by": "town", "reasons": PROSE},
        {"kind": "renewal-decided", "decision": "let-lapse", "note": PROSE},
    ]
    dated: list[dict[str, Any]] = [{**one, "on": date(2022, 1, 3)} for one in drawn]
    return st.one_of(
        [
            st.fixed_dictionaries({k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in one.items()})
            for one in dated
        ]
    )


# -- the doors ---------------------------------------------------------------------------------------------------------


def by_file(terms: dict[str, Any]) -> Convention:
    """As its own file: written, then read."""
    return parse_convention(convention_file(Convention.model_validate(terms)), "essai.toml")


def by_form(terms: dict[str, Any]) -> Convention:
    """As the desk's form shows it and reads it back."""
    found = written(sheet_from(Convention.model_validate(terms))).convention
    if found is None:
        raise EcheancierError("the form refuses it")
    return found


def by_sheet(terms: dict[str, Any]) -> Convention:
    """As a row of a sheet, in CSV; what a row cannot say is left out."""
    said = {
        "reference": terms["reference"], "title": terms["title"], "number": terms["number"], "service": terms["service"],
        "us": terms["parties"]["town"]["name"], "partner": terms["parties"]["agency"]["name"],
        "coordinator": terms["roles"]["coordinator"]["address"], "contact": terms["roles"]["partner"]["address"],
        "effect": f"{terms['effect'].get('on', date(2022, 1, 1)):%d/%m/%Y}", "months": str(terms["term"]["months"]),
        "parent": (terms["parent"] or {}).get("reference", ""), "term_article": terms["clause"][0]["article"],
    }  # fmt: skip
    rows = [[c.head for c in COLUMNS], [said.get(c.name, "") for c in COLUMNS]]
    raw = "\r\n".join(";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    found, wrong = convention_of(read_table(raw.encode(), "essai.csv").rows[0])
    if found is None:
        raise EcheancierError("; ".join(w.words for w in wrong))
    return found


DOORS = {"file": by_file, "form": by_form, "sheet": by_sheet}


# -- the life ----------------------------------------------------------------------------------------------------------


@dataclass
class Place:
    """One engine, one worker, for every life."""

    runner: asyncio.Runner
    inside: Installation
    lived: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.lived[what] = self.lived.get(what, 0) + 1


@asynccontextmanager
async def working(directory: Path) -> AsyncIterator[Installation]:
    """An installation whose worker purges the day it is asked to."""
    async with AsyncExitStack() as stack:
        inside = await stack.enter_async_context(installation(directory))
        relay = SmtpTransport(SmtpSettings(host=inside.relay.host, port=inside.relay.port, security="none"))
        parts = Parts(settings_of(directory), relay, POLICY, shift=inside.shift, vault=inside.ring)
        await stack.enter_async_context(build_worker(inside.client, parts, max_cached_workflows=100))
        yield inside


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with asyncio.Runner() as runner:
        living = working(tmp_path_factory.mktemp("engine") / "var")
        made = Place(runner, runner.run(living.__aenter__()))
        yield made
        runner.run(living.__aexit__(None, None, None))


async def well(inside: Installation, reference: str) -> None:
    """Fail at once when the engine ended the convention, or when one of its tasks failed."""
    handle = inside.client.get_workflow_handle(convention_id(reference))
    status = (await handle.describe()).status
    assert status in {WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.COMPLETED}, status
    failed = (EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED)
    async for event in handle.fetch_history_events():
        assert event.event_type not in failed, event


async def until(inside: Installation, reference: str, so: Any) -> Any:
    """Wait for what the robot does, as long as nothing failed."""
    async with asyncio.timeout(60):
        while not (found := await so()):
            await well(inside, reference)
            await asyncio.sleep(0.05)
    return found


async def live(place: Place, terms: dict[str, Any], door: str, told: list[dict[str, Any]], why: str) -> None:
    inside, registers = place.inside, place.inside.door
    try:
        convention = DOORS[door](terms)
        await registers.start(convention, "coordinator")
    except (Refusal, EcheancierError, ValidationError) as refused:
        note(f"refused: {type(refused).__name__}")
        place.count("refused")
        return
    reference = convention.reference
    place.count(door)

    async def planned() -> Dossier | None:
        found = await registers.dossier(reference)
        return found if found.rules else None

    await until(inside, reference, planned)

    async def listed(partner: str) -> bool:
        return any(r.reference == reference and r.partner == partner for r in await registers.rows())

    name = convention.parties[convention.others[0]].name
    await until(inside, reference, lambda: listed(keyword(name)))
    for number, one in enumerate(told):
        if (renamed := await tell(place, reference, convention, one, by_file=number % 2 == 0)) is not None:
            await until(inside, reference, lambda words=renamed: listed(keyword(words)))
    await put_right(place, convention, why)
    seen = Context(await registers.dossier(reference), registers.clock(), POLICY)
    assert seen.agenda.items
    await end(place, reference, why)


async def tell(
    place: Place, reference: str, convention: Convention, told: dict[str, Any], *, by_file: bool
) -> str | None:
    """Record a fact, by its file or as typed; return the other party's new name."""
    party = convention.others[0] if told.get("party") == "agency" else told.get("party")
    given = {**told, **({"party": party} if party else {})}
    try:
        if by_file:
            lines = [f"{key} = {toml(value)}" for key, value in given.items()]
            fact = parse_facts("[[fact]]\n" + "\n".join(lines), "faits.toml")[0].fact
        else:
            fact = parse_fact(given)
        await place.inside.door.record(reference, fact, "coordinator")
    except (Refusal, EcheancierError, RefusedError):
        place.count("fact refused")
        return None
    place.count("fact")
    return str(getattr(fact, "new_name", "")) or None


def toml(value: object) -> str:
    import tomli_w  # noqa: PLC0415

    return tomli_w.dumps({"x": value}).removeprefix("x = ").strip()


async def put_right(place: Place, convention: Convention, title: str) -> None:
    """Correct the terms: another title, another name."""
    try:
        terms = convention.model_dump(by_alias=True)
        amended = Convention.model_validate({**terms, "title": title, "service": title})
        await place.inside.door.correct_terms(amended, "coordinator", title)
    except (Refusal, ValidationError, RefusedError):
        place.count("correction refused")
    else:
        place.count("corrected")


async def end(place: Place, reference: str, why: str) -> None:
    """Withdraw it, then purge its file."""
    inside = place.inside
    try:
        await inside.door.withdraw(reference, "coordinator", why)
    except (Refusal, RefusedError):
        await inside.door.withdraw(reference, "coordinator", "essai")

    async def closed() -> object:
        state = await inside.purges.state(reference)
        return state if state is not None and state.step == "waiting" else None

    await until(inside, reference, closed)
    await inside.purges.decide(reference, "confirm", "coordinator", "visa")
    async with asyncio.timeout(60):
        while (state := await inside.purges.state(reference)) is None or state.step != "purged":  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    place.count("purged")


def extreme(name: str, parent: str | None = None) -> dict[str, Any]:
    """What once was registered and then died: a name beyond a search attribute, a parent that no file can be called after."""
    base = b.convention(duty=[b.duty()]).model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
    parties = {key: {**party, "name": name} for key, party in base["parties"].items()}
    found = {
        **base,
        "reference": f"X{next(NUMBER)}",
        "parties": parties,
        "service": name[:150],
        "number": "",
        "parent": None,
    }
    return (
        found
        if parent is None
        else {**found, "parent": {"reference": parent, "cited_as": "la mère", "clauses": ["A1"]}}
    )


RENAMED = {"kind": "party-changed", "on": date(2022, 1, 3), "party": "agency", "new_name": "é😀" * 150}


@settings(
    max_examples=how_many(300),
    phases=[Phase.explicit, Phase.generate],  # a life is long: what fails is told as it was drawn
    suppress_health_check=list(HealthCheck),
)
@example(extreme("é" * 300), "file", [RENAMED, {**RENAMED, "new_name": "x" * 300}], "é😀" * 75)
@example(extreme("😀" * 300), "form", [RENAMED], "a\nb")
@example(extreme("e\u0301" * 150), "sheet", [RENAMED], "x" * 5000)
@example(extreme("Agence", "2021/35"), "file", [], "essai")
@example(extreme("Agence", "m" * 300), "form", [], "essai")
@example(extreme("Agence", ".."), "sheet", [], "essai")
@given(papers(), st.sampled_from(sorted(DOORS)), st.lists(facts(), max_size=3), LINES | PROSE)
def test_whatever_the_door_accepts_is_planned_listed_shown_renamed_withdrawn_and_purged(
    place: Place, terms: dict[str, Any], door: str, told: list[dict[str, Any]], why: str
) -> None:
    note(f"by the door: {door}")
    place.runner.run(live(place, terms, door, told, why))


def test_what_was_drawn_has_lived(place: Place) -> None:
    """Drawn at the edges, but also within: a door that refuses everything would prove nothing."""
    assert place.lived.get("purged", 0) >= 3 + how_many(300) // 10
    assert {"file", "form", "sheet", "fact", "corrected"} <= place.lived.keys()
