"""A party leaves, among three or more: its own last day, whether the others go on, and what stops with it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeTerms, if_posted_on
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted, LetterReturned, NoticeWithdrawn
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.standing.exits import leaves_others, to_several
from echeancier.domain.standing.people import people
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, d, duty, end_duty, item, meeting_duty, recorded, seen, signed
from tests.domain.test_several_parties import of, report
from tests.support.door import new, refused, take
from tests.support.proofs import unproved_items

VECTORS: Final[list[dict[str, Any]]] = [
    one
    for one in json.loads((Path(__file__).parent / "party_vectors.json").read_text("utf-8"))
    if one["rule"] == "exit_of"
]
THREE: Final = ("ville", "caf", "epci")
POSTED: Final = "2028-02-28"


def leave(**changes: Any) -> dict[str, Any]:
    return {
        "id": "leave", "who": list(THREE), "length": {"months": 6}, "starts": "receipt", "form": "lrar", "clauses": ["A1"],
        **changes,
    }  # fmt: skip


def four_years(*names: str, **changes: Any) -> Convention:
    """Return a convention from 1 January 2028 to 31 December 2031."""
    rule = changes.pop("rule", leave())
    return of(
        *names,
        effect={"rule": "fixed", "on": date(2028, 1, 1), "clauses": ["A1"]},
        term={"months": 48, "clauses": ["A1"]},
        termination=[{**rule, "who": [one for one in rule["who"] if one in names]}],
        **changes,
    )


def posted(by: str, receipts: dict[str, str], number: int = 1) -> tuple[Fact, ...]:
    """Return the letter of a party, posted before each of the others received it; it is the fact after the signatures."""
    fact = f"f{number}"
    found = [LetterDelivered(on=d(day), letter=fact, party=party) for party, day in receipts.items()]
    return (LetterPosted(on=d(POSTED), rule="leave", by=by), *found)


def lived(terms: Convention, now: str, *facts: Fact) -> Agenda:
    return seen(terms, recorded(*signed("2028-01-01", *terms.parties), *facts), now)


def by_function(given: dict[str, Any]) -> dict[str, Any]:
    """The reference rule: from the receipts, the clause, and the parties alone."""
    calendar, end = WorkingDays("FR"), d(given["natural_end"])
    terms = NoticeTerms(Delay.model_validate(given["length"]), "receipt", "any-day")
    effects = [
        if_posted_on(d(POSTED), terms, calendar, end, d("2028-01-01"), None, d(day))
        for day in given["receipts"].values()
    ]
    found = to_several(effects)
    goes_on = given.get("on_exit") != "ends" and leaves_others(
        given["parties"], {given["party"]: found.expected}, given["party"]
    )
    return {
        "party_end": found.expected, "earliest": found.earliest, "convention_end": end if goes_on else found.expected,
        "continues": goes_on,
    }  # fmt: skip


def by_a_file(given: dict[str, Any]) -> dict[str, Any]:
    names = given["parties"]
    on_exit = {"on_exit": given["on_exit"]} if "on_exit" in given else {}
    terms = four_years(*names, rule=leave(length=given["length"], **on_exit))
    assert problems_of(terms) == []
    receipts = given["receipts"]
    facts = (*signed("2028-01-01", *names), *posted(given["party"], receipts, len(names) + 1))
    s = situation(terms, recorded(*facts), at("2028-03-10"))
    assert unproved_items(s) == {}
    one = item(seen(terms, s.records, "2028-03-10"), f"termination/f{len(names) + 1}")
    return {
        "party_end": one.legal_last_day, "earliest": one.effect_range.earliest if one.effect_range else one.legal_last_day,
        "convention_end": s.ends_on, "continues": bool(s.exits),
    }  # fmt: skip


@pytest.mark.parametrize("read", [by_function, by_a_file], ids=["function", "file"])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']} {v['wording']}")
def test_when_a_party_is_out(vector: dict[str, Any], read: Any) -> None:
    expected = {name: d(value) if isinstance(value, str) else value for name, value in vector["expected"].items()}
    assert read(vector["input"]) == expected


LEFT: Final = posted("epci", {"ville": "2028-03-01", "caf": "2028-03-05"}, 4)


def test_the_text_is_silent_it_is_asked_and_the_end_is_to_be_confirmed() -> None:
    terms = four_years(*THREE)
    asked = [q for q in lived(terms, "2028-02-01").questions if q.id == "on-exit/leave"]
    assert [(q.kind, q.prudent, [r.id for r in q.readings]) for q in asked] == [
        ("contested", "continues", ["continues", "ends"])
    ]
    end = item(lived(terms, "2028-03-10", *LEFT), "end")
    assert (end.legal_last_day, end.certainty) == (date(2031, 12, 31), Certainty.CONTESTED)
    assert end.effect_range is not None
    assert end.effect_range.earliest == date(2028, 9, 5)
    told = [
        QuestionAnswered(on=d("2028-03-09"), question="on-exit/leave", reading=one) for one in ("continues", "ends")
    ]
    on, over = (lived(terms, "2028-03-10", *LEFT, one) for one in told)
    assert (on.ends_on, item(on, "end").certainty) == (date(2031, 12, 31), Certainty.CERTAIN)
    assert over.ends_on == date(2028, 9, 5)
    said = four_years(*THREE, rule=leave(on_exit="continues"))
    assert lived(said, "2028-02-01").questions == ()


def test_two_parties_are_not_asked_and_may_not_say_it() -> None:
    assert lived(four_years("ville", "caf"), "2028-02-01").questions == ()
    (problem,) = problems_of(four_years("ville", "caf", rule=leave(on_exit="continues")))
    assert "à deux, la convention prend fin : l’ôter" in problem


def test_what_it_owes_or_is_owed_alone_stops_at_its_end_and_the_others_go_on() -> None:
    terms = four_years(
        *THREE,
        rule=leave(on_exit="continues"),
        duty=[
            report(id="each-one"), report(id="together", owed_by="all", owed_to="all"),
            duty("from-it", owed_by="epci", owed_to="ville", responsible=[], informed=[]),
            duty("to-it", owed_by="ville", owed_to="epci", responsible=[], informed=[]),
        ],
        end_duty=[{**end_duty(), "owed_to": "all", "responsible": [], "informed": []}],
    )  # fmt: skip
    assert problems_of(terms) == []
    found = lived(terms, "2028-03-10", *LEFT)
    others = {f"each-one/{year}/{who}" for year in (2028, 2029, 2030, 2031) for who in ("caf", "ville")}
    assert {i.key for i in found.items if i.series == "each-one"} == {"each-one/2028/epci", *others}
    assert [i.key for i in found.items if i.series in ("from-it", "to-it")] == ["from-it/2028", "to-it/2028"]
    assert item(found, "each-one/2028/epci").legal_last_day == date(2028, 9, 5)
    assert item(found, "destruction/epci").legal_last_day == date(2028, 11, 5)
    assert item(found, "destruction/caf").legal_last_day == date(2032, 2, 29)
    told = {i.key: i.responsible for i in found.items if i.series == "together"}
    assert told["together/2029"] == ("role-ville", "role-caf")
    assert "party-leaves/epci" in [w.id for w in found.warnings]


def test_what_is_printed_for_a_day_after_it_is_out_stops_with_it_and_the_warning_excepts_the_time_before() -> None:
    once = {
        "kind": "other",
        "title": "Une fois",
        "title_en": "Once",
        "owed_by": "epci",
        "owed_to": "ville",
        "clauses": ["A1"],
    }
    money = {
        "title": "Prix",
        "title_en": "Price",
        "owed_by": "epci",
        "owed_to": "caf",
        "amount": "9.00",
        "clauses": ["A1"],
    }
    days = {"before": d("2028-09-05"), "after": d("2028-09-06")}
    terms = four_years(
        *THREE,
        rule=leave(on_exit="continues"),
        one_off=[{**once, "id": f"once-{when}", "on": day} for when, day in days.items()],
        payment=[
            *({**money, "id": f"price-{when}", "on": day} for when, day in days.items()),
            {**money, "id": "price-of-others", "on": days["after"], "owed_by": "ville"},
        ],
        duty=[report(rhythm=None, when={"on": "03-31", "covers": "previous"})],
    )
    assert problems_of(terms) == []
    found = lived(terms, "2028-03-10", *LEFT)
    for name in ("once", "price"):
        stays, gone = item(found, f"{name}-before"), item(found, f"{name}-after")
        assert (stays.state, stays.certainty) == (State.UPCOMING, Certainty.CERTAIN)
        assert (gone.state, gone.certainty) == (State.CANCELLED, Certainty.CERTAIN)
        assert "sort de la convention avant, le 05/09/2028" in gone.trace
    assert item(found, "price-of-others").state is State.UPCOMING
    assert found.questions == ()
    assert [i.occurrence for i in found.items if i.series == "report" and i.owed_by == "epci"] == ["2028"]
    (told,) = (w.text.fr for w in found.warnings if w.id == "party-leaves/epci")
    assert "sauf ce qui porte sur le temps d’avant et ce que sa propre sortie fait naître" in told
    records = recorded(*signed("2028-01-01", *terms.parties), *LEFT)
    assert unproved_items(situation(terms, records, at("2028-03-10"))) == {}


def test_what_its_exit_cuts_short_says_so_and_not_that_the_convention_ends() -> None:
    money = {
        "title": "Prix",
        "title_en": "Price",
        "owed_by": "epci",
        "owed_to": "caf",
        "amount": "9.00",
        "clauses": ["A1"],
    }
    weekly = duty(
        "weekly", owed_by="epci", owed_to="ville", responsible=[], informed=[], rhythm=None, when={"every_weeks": 1}
    )
    terms = four_years(
        *THREE,
        rule=leave(on_exit="continues"),
        duty=[
            report(id="yearly"), weekly,
            report(id="part", rhythm=None, when={"part": "half", "nth": 2, "year": "civil"}),
        ],
        payment=[{**money, "id": "rent", "when": {"every_months": 3, "due": "arrears"}}],
        end_duty=[{**end_duty(), "owed_to": "all", "responsible": [], "informed": []}],
    )  # fmt: skip
    assert problems_of(terms) == []
    found = lived(terms, "2028-03-10", *LEFT)
    for series in ("yearly", "weekly", "part", "rent", "destruction"):
        of_it = (i for i in found.items if i.series == series and i.owed_by == "epci")
        last = max(of_it, key=lambda i: i.legal_last_day or d("2028-01-01"))
        assert "sortie de Epci" in last.trace
        assert not any(said in last.trace for said in ("par la fin", "elle finit", "dernier jour en vigueur"))


def test_it_is_written_to_no_more_once_it_is_out_but_for_what_its_end_started() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    facts = recorded(*signed("2028-01-01", *THREE), *LEFT)
    before, after = (situation(terms, facts, at(day)) for day in ("2028-09-05", "2028-09-06"))
    roles = tuple(terms.roles)
    assert [p.role for p in people(before, roles)] == ["role-ville", "role-caf", "role-epci"]
    assert [p.role for p in people(after, roles)] == ["role-ville", "role-caf"]
    assert [p.role for p in people(before, roles, date(2028, 9, 6))] == ["role-ville", "role-caf"]
    assert [p.role for p in people(after, roles, though_left=True)] == ["role-ville", "role-caf", "role-epci"]


def test_we_leave_it_ends_for_us_by_the_last_receipt() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    gone = posted("ville", {"epci": "2028-03-01", "caf": "2028-03-05"}, 4)
    assert lived(terms, "2028-03-10", *gone).ends_on == date(2028, 9, 5)


def test_a_party_that_would_leave_after_the_end_does_not_leave() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    ours = posted("ville", {"epci": "2028-03-01", "caf": "2028-03-01"}, 4)
    later = LetterPosted(on=d("2028-04-03"), rule="leave", by="epci")
    s = situation(terms, recorded(*signed("2028-01-01", *THREE), *ours, later), at("2028-04-04"))
    assert (s.ends_on, s.exits) == (date(2028, 9, 1), {})


def test_a_second_party_leaves_one_is_left_it_ends_for_all() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    second = LetterPosted(on=d("2028-10-02"), rule="leave", by="caf")
    got = LetterDelivered(on=d("2028-10-04"), letter="f7", party="ville")
    found = lived(terms, "2028-10-05", *LEFT, second, got)
    assert found.ends_on == date(2029, 4, 4)
    assert (
        item(found, "termination/f7").effect_range is None
    )  # who had left is written to no more: all receipts are known


def test_a_letter_withdrawn_takes_nobody_out() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    s = situation(
        terms,
        recorded(*signed("2028-01-01", *THREE), *LEFT, NoticeWithdrawn(on=d("2028-03-08"), letter="f4")),
        at("2028-03-10"),
    )
    assert s.exits == {}
    assert replace(s).ends_on == date(2031, 12, 31)


def test_a_quorum_set_with_it_is_to_be_read_again() -> None:
    meets = meeting_duty(owed_by="all", owed_to="all", responsible=[], informed=[], meeting={"quorum": 3})
    terms = four_years(*THREE, rule=leave(on_exit="continues"), duty=[meets])
    assert "quorum-after-exit/epci/point" in [w.id for w in lived(terms, "2028-03-10", *LEFT).warnings]
    assert not [w for w in lived(terms, "2028-02-01").warnings if w.id.startswith("quorum-after-exit")]


def test_a_letter_of_ours_that_one_did_not_take_is_served_to_it_alone() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    back = LetterReturned(on=d("2028-03-20"), letter="f4", party="caf", outcome="unclaimed")
    found = lived(terms, "2028-03-21", *posted("ville", {"epci": "2028-03-01"}, 4), back)
    assert [(i.key, i.owed_to, i.state) for i in found.items if i.series == "serve"] == [
        ("serve/f4/caf", "caf", State.OPEN)
    ]


def test_the_door_asks_which_party_received_it_until_one_is_left() -> None:
    terms = four_years(*THREE, rule=leave(on_exit="continues"))
    dossier = take(new(terms, at("2028-01-01")), *signed("2028-01-03", *THREE))
    dossier = take(dossier, LetterPosted(on=d(POSTED), rule="leave", by="epci"))
    unnamed = LetterDelivered(on=d("2028-03-01"), letter="f4")
    assert "cette lettre va à ville, caf" in refused(dossier, unnamed).lower()
    assert "party est la partie qui la reçoit" in refused(
        dossier, LetterDelivered(on=d("2028-03-01"), letter="f4", party="epci")
    )
    one = take(dossier, LetterDelivered(on=d("2028-03-01"), letter="f4", party="ville"))
    assert "figure déjà" in refused(one, LetterDelivered(on=d("2028-03-02"), letter="f4", party="ville"))
    both = take(one, LetterDelivered(on=d("2028-03-05"), letter="f4"))
    assert situation(both.convention, tuple(both.facts), at("2028-03-10")).exits == {"epci": date(2028, 9, 5)}
    assert "déjà dit pour chacune" in refused(both, LetterDelivered(on=d("2028-03-06"), letter="f4"))
    late = LetterPosted(on=d("2028-09-11"), rule="leave", by="epci")
    assert "est sortie de la convention" in refused(both, late)


def test_a_rent_that_a_leaver_paid_before_it_wrote_keeps_its_amount() -> None:
    rent = {
        "id": "rent", "title": "Loyer", "title_en": "Rent", "amount": "300.00", "owed_by": "epci", "owed_to": "ville",
        "when": {"every_months": 12, "due": "advance"}, "prorata": "days", "clauses": ["A1"],
    }  # fmt: skip
    terms = four_years(*THREE, payment=[rent], rule=leave(on_exit="continues"))
    paid = DutyDone(on=d("2028-01-03"), item="rent/1")
    found = lived(terms, "2028-03-10", paid, *posted("epci", {"ville": "2028-03-01", "caf": "2028-03-05"}, number=5))
    one = item(found, "rent/1")
    assert one.title.fr.endswith("300,00\u00a0€")
    assert "à rembourser peut-être" in one.trace


FEE: Final = {
    "id": "fee", "title": "Cotisation", "title_en": "Fee", "owed_by": "each", "owed_to": "all", "amount": "100.00",
    "when": {"on": "12-15"}, "clauses": ["A1"],
}  # fmt: skip


def test_what_was_moved_to_a_day_before_the_exit_is_owed_on_that_day() -> None:
    """An amendment brought the fee of 2028 forward to July: the exit of August does not take it away in silence."""
    terms = four_years(*THREE, payment=[FEE], rule=leave(on_exit="continues"))
    sooner = Amended(on=d("2028-01-20"), moves="fee/2028/caf", moved_to=d("2028-07-14"))
    told = recorded(
        *signed("2028-01-03", *THREE), sooner, *posted("caf", {"ville": "2028-03-02", "epci": "2028-03-03"}, 5)
    )
    agenda = seen(terms, told, "2028-06-01")
    assert item(agenda, "fee/2028/caf").legal_last_day == d("2028-07-14")
    assert not [one for one in agenda.warnings if one.id.startswith("due-after-end/")]


def test_a_sum_of_a_year_that_an_exit_cuts_is_to_be_settled_with_whoever_leaves() -> None:
    """Its day comes after the exit: it is not due of whoever left, and that is said, not left out in silence."""
    terms = four_years(*THREE, payment=[FEE], rule=leave(on_exit="continues"))
    told = recorded(*signed("2028-01-03", *THREE), *posted("caf", {"ville": "2028-03-02", "epci": "2028-03-03"}, 4))
    agenda = seen(terms, told, "2028-06-01")
    assert [one.key for one in agenda.items if one.key.startswith("fee/2028")] == ["fee/2028/ville", "fee/2028/epci"]
    (said,) = [one for one in agenda.warnings if one.id.startswith("due-after-end/")]
    assert said.id == "due-after-end/fee/caf"
    assert "vient après la sortie de" in said.text.fr
    assert "à régler entre les parties" in said.text.fr
