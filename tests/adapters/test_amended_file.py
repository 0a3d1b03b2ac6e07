"""What an amendment changes, given as the lines of the file that change, or as the whole file amended."""

from typing import Any

import pytest

from echeancier.adapters.files.amended_file import as_lines, with_its_changes
from echeancier.adapters.files.convention_writer import convention_file
from echeancier.adapters.files.facts_file import as_records, parse_facts
from echeancier.adapters.files.toml_file import parse_toml
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.end import Amended
from echeancier.domain.recording import Refusal
from tests.domain.builders import at, d
from tests.domain.test_versions import DEARER, RENT, SHORTER, WAY_OUT, amended, paper, seen
from tests.support.door import take

FACTS = """
[[fact]]
kind = "signed"
on = 2026-12-29
party = "town"

[[fact]]
kind = "signed"
on = 2026-12-29
party = "agency"

[[fact]]
kind = "amended"
on = 2027-05-02
number = 2
effect = 2028-01-01
[fact.changes.payment.rent]
amount = "320.00"

[[fact]]
kind = "amended"
on = 2027-05-03
number = 1
effect = 2027-07-01
changes = { termination = { leave = { length = { months = 2 } } } }
"""


def test_a_file_of_facts_says_what_amendments_change() -> None:
    terms = paper()
    s = situation(terms, as_records(parse_facts(FACTS, "faits.toml"), terms.place.time_zone), at("2027-05-05"))
    lengths = [s.terms_on(d(day)).termination[0].length for day in ("2027-06-30", "2027-07-01")]
    assert [one.months for one in lengths if one is not None] == [6, 2]
    rents = {one.occurrence: one for one in agenda_of(s).items if one.series == "rent"}
    assert ["320,00" in rents[about].title.fr for about in ("2027-10", "2028-01")] == [False, True]
    assert {one.certainty for one in rents.values()} == {Certainty.CERTAIN}


def test_a_piece_with_a_day_is_kept_as_text() -> None:
    fact = parse_facts(FACTS.replace('amount = "320.00"', "on = 2028-02-01"), "faits.toml")[2].fact
    assert isinstance(fact, Amended)
    assert fact.changes == {"payment": {"rent": {"on": "2028-02-01"}}}


def _whole(**changes: Any) -> dict[str, object]:
    return parse_toml(convention_file(paper(**changes)))


def test_of_a_whole_file_what_differs_changes() -> None:
    dossier = amended(SHORTER)
    shorter = {**WAY_OUT, "length": {"months": 2}}
    said = {"on": d("2027-05-02"), "number": 2, "effect": d("2028-01-01")}
    dearer = _whole(termination=[shorter], payment=[{**RENT, "amount": "320.00"}])
    read = with_its_changes(dossier, {**said, "changes": dearer})
    assert read["changes"] == DEARER.changes
    assert Amended.model_validate(read) == DEARER


def test_it_is_compared_with_the_terms_its_own_effect_finds() -> None:
    early = {
        "on": "2027-05-02",
        "number": 2,
        "effect": "2027-06-01",
        "changes": _whole(payment=[{**RENT, "amount": "320.00"}]),
    }
    assert with_its_changes(amended(SHORTER), early)["changes"] == DEARER.changes


def test_a_duty_a_key_and_an_article_may_go_away() -> None:
    terms = paper(payment=[{**RENT, "prorata": "full"}])
    given = {"on": d("2027-05-02"), "number": 2, "changes": _whole(payment=[RENT])}
    assert with_its_changes(take_begun(terms), given)["changes"] == {"payment": {"rent": {"prorata": ""}}}
    given = {"on": d("2027-05-02"), "number": 2, "effect": d("2028-01-01"), "changes": _whole(payment=[])}
    without = with_its_changes(take_begun(paper()), given)
    assert without["changes"] == {"payment": {"rent": ""}}
    dossier = take(amended(), Amended.model_validate(without), told=at("2027-05-04"))
    assert [one.occurrence for one in seen(dossier).items if one.series == "rent"] == [
        "2027-01",
        "2027-04",
        "2027-07",
        "2027-10",
    ]


def take_begun(terms: Any) -> Any:
    return amended(terms=terms)


WRONG: list[Any] = [
    pytest.param({}, "rien ne change", id="the same"),
    pytest.param(
        {"term": {"ends_on": d("2031-12-31"), "clauses": ["A1"]}}, "la nouvelle fin se dit par ends_on", id="the end"
    ),
    pytest.param({"reference": "TEST-2"}, "une référence ne change jamais", id="the reference"),
    pytest.param({"kind": "premises"}, "une autre nature est une autre convention", id="the kind"),
]


@pytest.mark.parametrize(("changes", "why"), WRONG)
def test_a_whole_file_that_no_amendment_leads_to_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(Refusal) as refused:
        with_its_changes(amended(), {"on": d("2027-05-02"), "number": 1, "changes": _whole(**changes)})
    assert why in str(refused.value).replace("\u00a0", " ")


def test_what_is_kept_is_shown_as_lines_that_say_the_same() -> None:
    assert SHORTER.changes is not None
    assert parse_toml(as_lines(SHORTER.changes)) == SHORTER.changes
