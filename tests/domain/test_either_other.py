"""« L’une des parties … l’autre »: whoever acts, and whom it acts against, known once a fact is recorded."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.letter_fields import LetterFields
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.letters.content import letter_for
from echeancier.domain.standing.exits import addressees
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.owing import others_than
from tests.domain.builders import at, d, item, recorded, seen, signed
from tests.domain.test_exits import four_years, leave
from tests.domain.test_several_parties import of
from tests.support.door import new, refused, take
from tests.support.proofs import unproved_items

VECTORS: Final[list[dict[str, Any]]] = [
    one
    for one in json.loads((Path(__file__).parent / "party_vectors.json").read_text("utf-8"))
    if one["rule"] == "other_side"
]
THREE: Final = ("ville", "caf", "epci")
MONTH: Final = {"delay": {"months": 1}, "starts": "receipt"}


def fault(**changes: Any) -> dict[str, Any]:
    """Return a breach of any of the parties: a formal notice by the other, a month to cure, else it ends."""
    steps = [
        {"does": "formal-notice", "who": "either", "form": "lrar", "clauses": ["A1"]},
        {"does": "cure", "who": "either", **MONTH, "clauses": ["A1"]},
        {"does": "ends", "who": "either", "clauses": ["A1"]},
    ]
    return {"id": "fault", "against": "other", "grounds": "manquement", "steps": steps, "clauses": ["A1"], **changes}


def noticed(terms: Convention, against: str, who: str | None = None) -> tuple[Item, Item]:
    """Return the notice and the time to cure, once a formal notice was received on 1 March 2022."""
    fact = BreachStep(
        on=d("2022-02-28"), breach="fault", step="formal-notice", against=against, who=who, delivered_on=d("2022-03-01")
    )
    records = recorded(*signed("2022-01-01", *terms.parties), fact)
    assert unproved_items(situation(terms, records, at("2022-03-02"))) == {}
    found, case = seen(terms, records, "2022-03-02"), f"fault/f{len(records)}"
    return item(found, f"{case}/formal-notice"), item(found, f"{case}/cure")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_other_side_of_whoever_acts(vector: dict[str, Any]) -> None:
    parties, actor = vector["input"]["parties"], vector["input"]["actor"]
    assert list(others_than(actor, parties)) == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_other_side_of_whoever_acts_in_a_file(vector: dict[str, Any]) -> None:
    parties, actor = vector["input"]["parties"], vector["input"]["actor"]
    terms = of(*parties, breach=[fault()], termination=[{**leave(), "who": "either"}])
    assert problems_of(terms) == []
    assert (
        list(addressees(terms.parties, LetterPosted(on=d("2022-02-01"), rule="leave", by=actor))) == vector["expected"]
    )
    for accused in vector["expected"]:
        notice, cure = noticed(terms, accused, actor)
        assert (notice.owed_by, notice.owed_to) == (actor, accused)
        assert (cure.owed_by, cure.owed_to) == (accused, actor)


def test_it_holds_for_both_sides() -> None:
    terms = of("ville", "caf", breach=[fault()])
    ours, theirs = noticed(terms, "caf"), noticed(terms, "ville")
    assert [(one.owed_by, one.owed_to) for one in ours] == [("ville", "caf"), ("caf", "ville")]
    assert [(one.owed_by, one.owed_to) for one in theirs] == [("caf", "ville"), ("ville", "caf")]
    assert (ours[1].legal_last_day, theirs[1].safe_day) == (date(2022, 4, 1), date(2022, 4, 1))


def test_any_of_them_may_leave() -> None:
    terms = four_years("ville", "caf")
    terms = terms.model_copy(update={"termination": (terms.termination[0].model_copy(update={"who": ("either",)}),)})
    assert problems_of(terms) == []
    dossier = take(new(terms, at("2028-01-01")), *signed("2028-01-03", "ville", "caf"))
    for party in ("ville", "caf"):
        assert len(take(dossier, LetterPosted(on=d("2028-03-01"), rule="leave", by=party)).facts) == 3
        dossier.facts.pop()
    s = situation(terms, (), at("2028-03-01"))
    assert s.convention.termination[0].who == ("ville", "caf")


def test_one_word_is_written_without_brackets() -> None:
    alone, listed = (of("ville", "caf", breach=[fault(against=said)]) for said in ("other", ["other"]))
    assert alone.breach == listed.breach


def _refusal(**changes: Any) -> str:
    return " | ".join(problems_of(of("ville", "caf", breach=[fault(**changes)])))


def test_what_does_not_hang_together_is_refused() -> None:
    told = _refusal(against=["caf"])
    assert 'against = "other" et who = "either" à chaque étape' in told
    fixed = {"does": "formal-notice", "who": "ville", "clauses": ["A1"]}
    assert 'against = "other" et who = "either"' in _refusal(steps=[fixed])
    assert "other (l’autre) se dit seul" in _refusal(against=["other", "caf"], steps=[])
    assert "« region » n’est pas une partie (caf, ville)" in _refusal(against=["region"], steps=[])
    stranger = {"does": "formal-notice", "who": "region", "clauses": ["A1"]}
    assert "étape formal-notice : who : « region » n’est pas une partie" in _refusal(against=["caf"], steps=[stranger])
    rule = {**leave(), "who": ["either", "caf"]}
    (told,) = problems_of(of("ville", "caf", termination=[rule]))
    assert "either (l’une ou l’autre) se dit seul" in told


def test_the_door_asks_who_is_complained_of_and_by_whom_where_several_may() -> None:
    terms = of(*THREE, breach=[fault()])
    dossier = take(new(terms, at("2022-01-01")), *signed("2022-01-03", *THREE))

    def step(does: str, **more: Any) -> BreachStep:
        return BreachStep.model_validate({"on": "2022-02-28", "breach": "fault", "step": does, **more})

    assert "laquelle est mise en cause" in refused(dossier, step("formal-notice"))
    assert "dire laquelle par who" in refused(dossier, step("formal-notice", against="ville"))
    assert "n’est pas celle qui est mise en cause" in refused(dossier, step("formal-notice", against="caf", who="caf"))
    begun = take(dossier, step("formal-notice", against="caf", delivered_on="2022-03-01"))
    assert "met en cause caf, non « epci »" in refused(begun, step("cure", against="epci"))
    (case,) = situation(terms, tuple(begun.facts), at("2022-03-02")).breach_cases
    assert (case.breach.against, [one.who for one in case.breach.steps]) == (("caf",), ["ville", "caf", "ville"])
    assert len(take(begun, step("cure", on="2022-03-15")).facts) == 5


def test_we_may_write_a_formal_notice_to_the_other() -> None:
    terms = of("ville", "caf", breach=[fault()])
    parties = {key: party.model_copy(update={"postal": ("Rue", "00000 VILLE")}) for key, party in terms.parties.items()}
    terms = terms.model_copy(update={"parties": parties})
    s = situation(terms, recorded(*signed("2022-01-01", "ville", "caf")), at("2022-02-01"))
    written = letter_for(s, "formal-notice", "fault", LetterFields(reasons=("Rien n’est venu.",)))
    assert written.about == "fault"
