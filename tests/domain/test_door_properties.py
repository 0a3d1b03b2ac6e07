"""Whatever is brought to the door: a refusal changes nothing, what is admitted can be computed."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import KINDS, Refusal, admit, cancel, correct, parse_fact
from echeancier.domain.terms.convention import Convention
from tests.support.door import EXAMPLES, PARIS, example, new, notice, running, small
from tests.support.long import how_many

DAYS = st.dates(date(2021, 11, 1), date(2023, 3, 31))
LAST_SIGNATURE = {"effect": {"rule": "last-signature", "clauses": ["T.1"]}}
TACIT = {
    "renewal": {"how": "tacit", "period": {"months": 3}, "cap": {"months": 36}, "clauses": ["T.1"]},
    "termination": [notice(starts="receipt", until="term", length={"months": 1})],
}
CONVENTIONS = (
    small(),
    small(**LAST_SIGNATURE, act=()),
    small(termination=[notice(starts="unstated", until="anniversary", length={"months": 3})], **LAST_SIGNATURE),
    small(renewal={"cap": {"months": 18}}),
    small(**TACIT),
    small(
        parent={"reference": "PARENT", "cited_as": "la mère", "clauses": ["T.1"]},
        term={"within_parent": True, "clauses": ["T.1"]},
        effect={"rule": "last-signature", "not_before_parent_signature": True, "clauses": ["T.1"]},
    ),
)
POSTAL = (
    ["Mairie", "00000 VILLE-EXEMPLE"],
    ("Mairie", "00000 VILLE-EXEMPLE"),
    "Mairie | 00000 VILLE-EXEMPLE",
)
ITEMS = [
    *(f"meeting/2022-{m:02}" for m in (1, 4, 7, 10)),
    "meeting/1",
    "data/2022-01",
    "data/1",
    "end",
    "serve/f6",
]
PIECES: list[Any] = [
    {"termination": {"notice": {"length": {"months": 2}}}},
    {"termination": {"notice": ""}},
    {"duty": {"meeting": {"rhythm": {"every_months": 2}}}},
    {"duty": {"meeting": ""}},
    {"duty": {"unknown": {"title": "Autre"}}},
    {"parties": {"commune": {"name": "Autre"}}},
    "texte",
]
"""What an amendment changes: some of it suits, some does not."""


def value_of(name: str, sort: str, choices: tuple[str, ...]) -> st.SearchStrategy[Any]:
    named = {
        "party": st.sampled_from(["commune", "operator"]),
        "by": st.sampled_from(["commune", "operator"]),
        "rule": st.just("notice"),
        "item": st.sampled_from(ITEMS),
        "letter": st.integers(1, 12).map(lambda n: f"f{n}"),
        "question": st.just("parent-end"),
        "postal": st.sampled_from(POSTAL),
        "address": st.just("service@operateur.example"),
        "amount": st.sampled_from(["312.50", "texte"]),
        "moves": st.sampled_from(ITEMS),
    }
    if choices:
        return st.sampled_from(choices)
    moments = st.builds(datetime.combine, DAYS, st.times(time(0), time(23, 59)))
    by_sort: dict[str, st.SearchStrategy[Any]] = {
        "day": DAYS,
        "moment": moments.map(lambda m: m.replace(tzinfo=PARIS)) if name == "at" else moments,
        "number": st.integers(5, 60),
        "yes-no": st.booleans(),
        "name": st.just("council-convened"),
        "text": st.just("texte"),
        "piece": st.sampled_from(PIECES),
    }
    return named.get(name, by_sort[sort])


@st.composite
def facts(draw: st.DrawFn) -> dict[str, object]:
    """Draw what somebody types; the door reads it, or says what is wrong."""
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    data: dict[str, object] = {"kind": kind.kind}
    for field in kind.fields:
        if field.required or draw(st.booleans()):
            data[field.name] = draw(value_of(field.name, field.sort, field.choices))
    return data


kept = cache(example)


def bring(dossier: Dossier, act: st.DataObject, told: datetime) -> Recorded:
    """Record, correct or cancel, as drawn."""
    ids = [r.id for r in dossier.facts] or ["f1"]
    match act.draw(st.sampled_from(["record", "record", "record", "correct", "cancel"])):
        case "correct":
            return correct(dossier, act.draw(st.sampled_from(ids)), {"on": act.draw(DAYS)}, told, "coordinator")
        case "cancel":
            return cancel(dossier, act.draw(st.sampled_from(ids)), told, "coordinator")
        case _:
            return admit(dossier, parse_fact(act.draw(facts())), told, "coordinator")


def in_force_and_computable(convention: Convention, dossier: Dossier, told: datetime) -> None:
    found = agenda(convention, tuple(dossier.facts), told)
    assert found.items
    assert len({item.key for item in found.items}) == len(found.items)


@settings(max_examples=how_many(500))
@given(st.sampled_from(CONVENTIONS), st.booleans(), st.data())
def test_a_refusal_changes_nothing_and_what_is_admitted_can_be_computed(
    convention: Convention, started: bool, act: st.DataObject
) -> None:
    dossier = running(convention) if started and convention.parent is None else new(convention)
    told = datetime(2022, 1, 3, 10, tzinfo=PARIS)
    for _ in range(act.draw(st.integers(1, 12))):
        told += timedelta(days=act.draw(st.integers(0, 60)))
        before = dossier.model_dump_json()
        try:
            record = bring(dossier, act, told)
        except Refusal:
            record = None
        assert dossier.model_dump_json() == before
        if record is None:
            continue
        dossier.facts.append(record)
        in_force_and_computable(convention, dossier, told)


@settings(max_examples=how_many(400))
@given(st.sampled_from(sorted(p.stem for p in EXAMPLES.glob("*.toml") if ".facts" not in p.name)), facts())
def test_the_door_of_every_example_answers_anything_with_a_record_or_a_refusal(
    name: str, said: dict[str, object]
) -> None:
    dossier = kept(name).model_copy(deep=True)
    told = datetime(2023, 4, 3, 10, tzinfo=PARIS)
    try:
        dossier.facts.append(admit(dossier, parse_fact(said), told, "coordinator"))
    except Refusal:
        assert dossier == kept(name)
    else:
        in_force_and_computable(dossier.convention, dossier, told)


@pytest.mark.parametrize("postal", POSTAL)
def test_an_address_is_taken_as_a_list_or_on_one_line(postal: object) -> None:
    changed = {"kind": "party-changed", "on": date(2021, 11, 1), "party": "operator", "new_name": "Agence"}
    assert parse_fact({**changed, "postal": postal}) == parse_fact({**changed, "postal": POSTAL[1]})
