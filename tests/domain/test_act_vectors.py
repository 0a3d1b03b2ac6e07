"""Deliberations and the appeals against them: worked cases, through the functions and through a convention file."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delays import franc_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealAnswered, AppealLodged
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.recording.registration import check_terms
from echeancier.domain.standing.appeals import Appeal, named_among, open_until, refused_by_silence
from echeancier.domain.standing.deliberations import all_executory, executory, of_party, prudent_day
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, convention, d, item, recorded
from tests.support.door import new, refused

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "act_vectors.json").read_text("utf-8"))
ACT: Final = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
LONG_AFTER: Final = "2024-12-31"


def _of(rule: str) -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["rule"] == rule]


def _named(vector: dict[str, Any]) -> str:
    return f"{vector['id']} {vector['wording']}"


def _challenge_key(name: str) -> str:
    return f"recourse/{name}" if name in ("prefect", "third-parties") else f"recourse/third-parties/{name}"


def _told(given: dict[str, Any]) -> list[Fact]:
    facts: list[Fact] = [
        ActAdopted(on=d(given["published"])),
        ActPublished(on=d(given["published"])),
        ActTransmitted(on=d(given["transmitted"])),
        *(AppealLodged(on=d(day), appellant=name) for name, day in given["lodged"].items()),
        *(AppealAnswered(on=d(day), appellant=name) for name, day in given["answered"].items()),
    ]
    return sorted(facts, key=day_of)


def _by_function(given: dict[str, Any], names: list[str]) -> dict[str, str | None]:
    found: dict[str, date | None] = {}
    for name in names:
        lodged, answered = (given[said].get(name) for said in ("lodged", "answered"))
        appeal = Appeal("f1", name, d(lodged), answered and d(answered)) if lodged else None
        start = given["transmitted" if name == "prefect" else "published"]
        found[name] = open_until(d(start), appeal, WorkingDays())
    return {name: None if day is None else day.isoformat() for name, day in found.items()}


def _shown(given: dict[str, Any], names: list[str], now: str = LONG_AFTER) -> dict[str, Item]:
    found = agenda_of(situation(convention(act=ACT), recorded(*_told(given)), at(now)))
    return {name: item(found, _challenge_key(name)) for name in names}


def _by_a_file(given: dict[str, Any], names: list[str]) -> dict[str, str | None]:
    days = {name: one.legal_last_day for name, one in _shown(given, names).items()}
    return {name: None if day is None else day.isoformat() for name, day in days.items()}


@pytest.mark.parametrize("read", [_by_function, _by_a_file], ids=["function", "file"])
@pytest.mark.parametrize("vector", _of("appeals"), ids=_named)
def test_each_author_of_an_appeal_has_a_delay_of_its_own(vector: dict[str, Any], read: Any) -> None:
    expected = vector["expected"]
    each = read(vector["input"], list(expected["each"]))
    assert each == expected["each"]
    assert (None if None in each.values() else max(each.values())) == expected["all"]


@pytest.mark.parametrize("vector", _of("appeals"), ids=_named)
def test_silence_closes_no_appeal_and_its_day_is_said_beside(vector: dict[str, Any]) -> None:
    expected = vector["expected"]
    for name, shown in _shown(vector["input"], list(expected["each"])).items():
        other = expected.get("other_reading", {}).get(name)
        if other is None:
            assert (shown.state, "silence" in shown.trace) == (State.ELAPSED, False)
            continue
        appeal = Appeal("f1", name, d(vector["input"]["lodged"][name]))
        assert franc_months(refused_by_silence(appeal), 2, WorkingDays()) == d(other)
        assert (shown.state, shown.certainty) == (State.RUNNING, Certainty.CONTESTED)
        assert shown.trace.endswith(f"jusqu’au {figures(d(other))}")
        assert "purgé" not in shown.trace


@pytest.mark.parametrize("vector", _of("answers"), ids=_named)
def test_an_answer_names_what_it_answers(vector: dict[str, Any]) -> None:
    given = vector["input"]
    refused = isinstance(vector["expected"], dict)
    assert named_among(given["named"], given["still_open"]) == (None if refused else vector["expected"])


@pytest.mark.parametrize("vector", _of("answers"), ids=_named)
def test_an_answer_at_the_door_names_what_it_answers(vector: dict[str, Any]) -> None:
    given = vector["input"]
    lodged = {name: f"2022-01-{n:02}" for n, name in enumerate(given["still_open"], start=10)}
    dossier = new(convention(act=ACT), at("2022-01-02"))
    for fact in _told({"published": "2022-01-04", "transmitted": "2022-01-04", "lodged": lodged, "answered": {}}):
        dossier.facts.append(admit(dossier, fact, at("2022-03-01"), "coordinator"))
    answer = AppealAnswered(on=d("2022-02-01"), appellant=given["named"])
    if isinstance(vector["expected"], dict):
        with pytest.raises(Refusal) as refused:
            admit(dossier, answer, at("2022-03-01"), "coordinator")
        assert all(f"{name} (" in str(refused.value) for name in given["still_open"])
        return
    dossier.facts.append(admit(dossier, answer, at("2022-03-01"), "coordinator"))
    s = situation(dossier.convention, tuple(dossier.facts), at("2022-03-01"))
    assert [one.appellant for one in s.deliberations[0].appeals if one.answered_on] == [vector["expected"]]


def test_an_answer_without_a_name_is_that_of_the_only_appeal_open_when_it_was_told() -> None:
    public = [fact(on=d("2022-01-04")) for fact in (ActAdopted, ActPublished, ActTransmitted)]
    facts: list[Fact] = [
        *public,
        AppealLodged(on=d("2022-01-10"), appellant="neighbour"),
        AppealAnswered(on=d("2022-02-01")),
        AppealLodged(on=d("2022-02-07"), appellant="tenant"),
        AppealAnswered(on=d("2022-03-01")),
    ]
    s = situation(convention(act=ACT), recorded(*facts), at("2022-04-01"))
    assert {one.appellant: one.answered_on for one in s.deliberations[0].appeals} == {
        "neighbour": d("2022-02-01"),
        "tenant": d("2022-03-01"),
    }


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, True), (1, False)])
def test_an_appeal_lodged_on_the_last_day_saves_the_delay_of_its_author(days: int, *, open_: bool) -> None:
    lodged = d("2024-02-19") + timedelta(days=days)
    given = {
        "published": "2023-12-18", "transmitted": "2023-12-18", "lodged": {"neighbour": lodged.isoformat()}, "answered": {},
    }  # fmt: skip
    assert (_by_a_file(given, ["neighbour"])["neighbour"] is None) is open_


# -- several assemblies --------------------------------------------------------------------------------------------------------

PARTIES: Final = {
    "commune": {"name": "Commune", "kind": "commune"},
    "epci": {"name": "Communauté", "kind": "epci"},
    "operator": {"name": "Opérateur", "kind": "operator"},
}


def _acts(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": f"of-{act['party']}", "party": act["party"], "body": "assemblée"} for act in given["acts"]]


def of_three(given: dict[str, Any], **changes: object) -> Convention:
    """A convention of a commune, a community and an operator, of which some assemblies vote."""
    base: dict[str, object] = {
        "us": "commune",
        "parties": PARTIES,
        "roles": {
            name: {"party": party, "function": f"Fonction {name}", "address": f"{name}@{party}.example"}
            for name, party in {
                "coordinator": "commune",
                "manager": "commune",
                "other": "epci",
                "partner": "operator",
            }.items()
        },
        "act": _acts(given),
        "effect": {"rule": "last-signature", "clauses": ["A1"]},
    }
    return convention(**{**base, **changes})


def _of_acts(given: dict[str, Any]) -> list[Fact]:
    told: list[Fact] = []
    for act in given["acts"]:
        name = f"of-{act['party']}"
        told.append(ActAdopted(on=d("2026-11-26"), act=name))
        told += [ActPublished(on=d(act["published"]), act=name)] if "published" in act else []
        told += [ActTransmitted(on=d(act["transmitted"]), act=name)] if "transmitted" in act else []
    return sorted(told, key=day_of)


def _lived(given: dict[str, Any], now: str = "2027-01-04") -> Situation:
    return situation(of_three(given), recorded(*_of_acts(given)), at(now))


def _executory_by_function(given: dict[str, Any]) -> dict[str, Any]:
    days = {
        act["party"]: executory(*(d(act[name]) if name in act else None for name in ("published", "transmitted")))
        for act in given["acts"]
    }
    known = [day for day in days.values() if day is not None]
    return {"each": days, "all": max(known) if len(known) == len(days) else None}


def _executory_by_a_file(given: dict[str, Any]) -> dict[str, Any]:
    s = _lived(given)
    return {"each": {one.party: one.executory_on for one in s.deliberations}, "all": s.executory_on}


@pytest.mark.parametrize("read", [_executory_by_function, _executory_by_a_file], ids=["function", "file"])
@pytest.mark.parametrize("vector", _of("executory"), ids=_named)
def test_each_act_is_executory_on_its_own_day_and_all_of_them_on_the_last(vector: dict[str, Any], read: Any) -> None:
    found, expected = read(vector["input"]), vector["expected"]
    assert {party: day and day.isoformat() for party, day in found["each"].items()} == expected["each"]
    assert (found["all"] and found["all"].isoformat()) == expected["all"]


@pytest.mark.parametrize("vector", _of("may_sign"), ids=_named)
def test_a_party_signs_when_the_act_of_its_own_assembly_is_executory(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    own = of_party(given["party"], _lived(given).deliberations)
    day = all_executory(own)
    found = "free" if not own else day and prudent_day(day, WorkingDays()).isoformat()
    assert found == expected
    shown = item(agenda_of(_lived(given)), f"signature/{given['party']}")
    if expected == "free":
        assert shown.opens_on == d("2026-11-26")  # somebody voted: nothing else is waited for
    else:
        assert shown.opens_on == (expected and d(expected))
    assert (shown.state is State.WAITING) is (expected is None)


@pytest.mark.parametrize("vector", _of("may_sign"), ids=_named)
def test_the_door_takes_the_signature_of_whoever_may_sign(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    dossier = new(of_three(given), at("2026-11-02"))
    for fact in _of_acts(given):
        dossier.facts.append(admit(dossier, fact, at("2026-12-22"), "coordinator"))
    wanted = expected if expected not in (None, "free") else "2026-12-21"
    told = Signed(on=d(wanted), party=given["party"])
    if expected is None:
        with pytest.raises(Refusal, match=r"act-transmitted \(act = of-epci\)"):
            admit(dossier, told, at("2026-12-22"), "coordinator")
        return
    admit(dossier, told, at("2026-12-22"), "coordinator")
    early = told.model_copy(update={"on": d("2026-12-02") if expected != "free" else d("2026-11-25")})
    with pytest.raises(Refusal):
        admit(dossier, early, at("2026-12-22"), "coordinator")


@pytest.mark.parametrize("vector", _of("executory"), ids=_named)
def test_a_convention_is_in_force_once_every_assembly_s_act_is_executory(vector: dict[str, Any]) -> None:
    facts = _of_acts(vector["input"])
    early = [Signed(on=d("2026-12-07"), party=party) for party in PARTIES]
    s = situation(of_three(vector["input"]), recorded(*facts, *early), at("2027-01-04"))
    expected = vector["expected"]["all"]
    assert s.operational_from == (expected and d(expected))


def test_what_another_assembly_must_do_is_asked_of_it_and_told_to_us() -> None:
    given = _of("executory")[0]["input"]
    found = agenda_of(
        situation(of_three(given), recorded(ActAdopted(on=d("2026-11-26"), act="of-epci")), at("2026-11-27"))
    )
    theirs, ours = item(found, "act/of-epci/publication"), item(found, "act/of-commune/publication")
    assert (theirs.owed_by, theirs.responsible, theirs.informed) == ("epci", ("other",), ("coordinator",))
    assert (ours.owed_by, ours.responsible, ours.state) == ("commune", ("coordinator",), State.WAITING)
    assert theirs.title.fr == "Publier la délibération (Communauté)"


def test_an_appeal_against_one_act_leaves_the_other_alone() -> None:
    given = _of("executory")[0]["input"]
    told = [*_of_acts(given), AppealLodged(on=d("2026-12-22"), appellant="neighbour", act="of-epci")]
    found = agenda_of(situation(of_three(given), recorded(*told), at("2027-01-04")))
    assert item(found, "recourse/of-epci/third-parties/neighbour").legal_last_day is None
    assert found.item("recourse/of-commune/third-parties/neighbour") is None
    assert item(found, "recourse/of-commune/third-parties").legal_last_day == d("2027-02-04")


def test_a_fact_that_names_no_act_is_refused_where_there_are_several_with_the_names_of_each() -> None:
    dossier = new(of_three(_of("executory")[0]["input"]), at("2026-11-02"))
    assert "of-commune (Commune), of-epci (Communauté)" in refused(dossier, ActAdopted(on=d("2026-11-26")))
    assert "of-epci" in refused(dossier, ActAdopted(on=d("2026-11-26"), act="of-epcy"))


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([{"party": "commune"}, {"party": "epci", "id": "b"}], "donner à chaque [[act]] un id"),
        ([{"party": "commune", "id": "b"}, {"party": "epci", "id": "b"}], "« b » sert 2 fois"),
    ],
)
def test_several_acts_have_names_of_their_own(acts: list[dict[str, str]], said: str) -> None:
    terms = of_three({"acts": []}, act=[{**act, "body": "assemblée"} for act in acts])
    assert any(said in problem.replace("\u00a0", " ") for problem in problems_of(terms))


def test_a_single_block_is_refused_with_the_new_spelling() -> None:
    terms = convention().model_dump(mode="json")
    with pytest.raises(ValidationError, match=r"\[\[act\]\]"):
        Convention.model_validate({**terms, "act": ACT})


def test_an_authority_whose_assembly_is_not_in_the_file_is_pointed_at() -> None:
    given = {"acts": [{"party": "commune"}]}
    assert "no-vote-of/epci" in {one.id for one in agenda_of(_lived(given)).warnings}
    assert "no-vote-of/operator" not in {one.id for one in agenda_of(_lived(given)).warnings}


def test_terms_that_would_leave_a_fact_without_its_act_are_refused() -> None:
    one = of_three({"acts": [{"party": "commune"}]}, act=[{"party": "commune", "body": "conseil"}])
    dossier = new(one, at("2026-11-02"))
    dossier.facts.append(admit(dossier, ActAdopted(on=d("2026-11-26")), at("2026-11-27"), "coordinator"))
    several = of_three({"acts": [{"party": "commune"}, {"party": "epci"}]})
    with pytest.raises(Refusal, match="f1"):
        check_terms(dossier, several, at("2026-11-28"), "l’autre assemblée vote aussi")
    named = of_three({"acts": [{"party": "commune"}]})
    check_terms(dossier, named, at("2026-11-28"), "la délibération a une clé")


def test_the_vectors_are_all_there() -> None:
    assert [len(_of(rule)) for rule in ("executory", "may_sign", "appeals", "answers")] == [2, 3, 4, 2]
