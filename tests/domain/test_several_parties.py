"""Three parties and more: who owes what, alone, each on its own side, or all together."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.messages.compose import line
from echeancier.domain.messages.offers import acts_of
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.owing import debtors
from tests.domain.builders import at, convention, duty, end_duty, item, meeting_duty, recorded, seen, signed
from tests.domain.examples_seen import seen_by

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "party_vectors.json").read_text("utf-8"))
_KINDS: Final = {"ville": "commune", "caf": "caf", "epci": "epci"}
CODES: Final = {"M01": "parties", "M02": "n’est pas une partie"}


def parties_of(*names: str) -> dict[str, Any]:
    """Return these parties, each with a function of its own; the first one is us."""
    return {
        "us": names[0], "coordinator": f"role-{names[0]}", "manager": f"role-{names[0]}",
        "parties": {name: {"name": name.capitalize(), "kind": _KINDS[name]} for name in names},
        "roles": {
            f"role-{name}": {"party": name, "function": f"Fonction {name}", "address": f"fonction@{name}.example"}
            for name in names
        },
    }  # fmt: skip


def of(*names: str, **changes: Any) -> Convention:
    """Return a convention of these parties, a year from 1 January 2022 unless ``changes`` say otherwise."""
    return convention(**{**parties_of(*names), **changes})


THREE: Final = ("ville", "caf", "epci")


def report(**changes: Any) -> dict[str, Any]:
    """Return a report that each owes all of them."""
    return duty(**{"responsible": [], "informed": [], "owed_by": "each", "owed_to": "all", **changes})


def running(terms: Convention, now: str, *more: Fact) -> Agenda:
    """Return the agenda once all have signed on the first day."""
    return seen(terms, recorded(*signed("2022-01-01", *terms.parties), *more), now)


def shown(found: Agenda, series: str) -> dict[str, tuple[str, State]]:
    return {i.key: (i.owed_by, i.state) for i in found.items if i.series == series}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']} {v['wording']}")
def test_whom_a_thing_is_owed_by(vector: dict[str, Any]) -> None:
    if vector["rule"] != "owed_by":
        return
    word, names, expected = vector["input"]["word"], vector["input"]["parties"], vector["expected"]
    if isinstance(expected, dict):
        with pytest.raises(ValueError, match=CODES[expected["refused"][0]]):
            debtors(word, dict.fromkeys(names))
    else:
        assert [list(one) for one in debtors(word, dict.fromkeys(names))] == expected


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['id']} {v['wording']}")
def test_whom_a_thing_is_owed_by_in_a_file(vector: dict[str, Any]) -> None:
    if vector["rule"] != "owed_by":
        return
    word, names, expected = vector["input"]["word"], vector["input"]["parties"], vector["expected"]
    terms = of(*names, duty=[report(owed_by=word, owed_to=names[0])])
    if isinstance(expected, dict):
        (problem,) = problems_of(terms)
        assert CODES[expected["refused"][0]] in problem
        return
    assert problems_of(terms) == []
    found = [i for i in running(terms, "2022-06-01").items if i.series == "report"]
    assert sorted(list(terms.named_by(i.owed_by)) for i in found) == sorted(expected)


def _refusal(terms: Convention) -> str:
    (one,) = problems_of(terms)
    return one


def test_what_is_refused_says_what_to_write() -> None:
    assert "il y en a 3 : écrire each (chacune de son côté) ou all (ensemble)" in _refusal(
        of(*THREE, duty=[report(owed_by="both")])
    )
    assert "il y en a 3 : écrire all (ensemble)" in _refusal(of(*THREE, duty=[report(owed_to="both")]))
    assert "à qui l’on doit s’écrit all (ensemble)" in _refusal(of(*THREE, duty=[report(owed_to="each")]))
    assert "écrire each (chacune de son côté) ou both (ensemble)" in _refusal(
        of("ville", "caf", duty=[report(owed_by="all", owed_to="caf")])
    )
    meets = meeting_duty(owed_by="each", owed_to="all", responsible=[], informed=[], meeting=None)
    assert "une rencontre se tient ensemble : écrire all" in _refusal(of(*THREE, duty=[meets]))


def test_each_party_owes_its_own_report_and_one_done_settles_one() -> None:
    terms = of(*THREE, duty=[report()])
    assert problems_of(terms) == []
    found = running(terms, "2022-12-31", DutyDone(on=date(2022, 6, 1), item="report/2022/caf", party="caf"))
    assert shown(found, "report") == {
        "report/2022/ville": ("ville", State.OPEN), "report/2022/caf": ("caf", State.DONE),
        "report/2022/epci": ("epci", State.OPEN),
    }  # fmt: skip
    assert item(found, "report/2022/epci").responsible == ("role-epci",)
    named = running(of(*THREE, duty=[report(responsible=["role-ville", "role-epci"])]), "2022-12-31")
    whose = {key: item(named, f"report/2022/{key}").responsible for key in THREE}
    assert whose == {"ville": ("role-ville",), "caf": ("role-caf",), "epci": ("role-epci",)}


def test_a_yearly_day_a_payment_a_window_an_event_and_a_day_are_owed_by_each_too() -> None:
    said = {
        "responsible": [],
        "clauses": ["A1"],
        "owed_by": "each",
        "owed_to": "all",
        "title": "Part",
        "title_en": "Share",
    }
    terms = of(
        *THREE,
        duty=[report(id="yearly", rhythm=None, when={"on": "03-31"})],
        payment=[{"id": "money", "starts": "last-signature", **said}],
        window=[{"id": "window", "delay": {"months": 1}, "until": "civil-year-end", **said}],
        event_duty=[{"id": "asked", "kind": "answer", "event": "asked", "delay": {"days": 8}, **said}],
        one_off=[{"id": "once", "kind": "other", "on": date(2022, 5, 2), **said}],
        end_duty=[{**end_duty(), "responsible": [], "informed": [], "owed_to": "all"}],
    )
    assert problems_of(terms) == []
    found = running(terms, "2022-06-01", Happened(on=date(2022, 3, 1), event="asked"))
    keys = {
        series: list(shown(found, series)) for series in ("yearly", "money", "window", "asked", "once", "destruction")
    }
    assert keys == {
        "yearly": [f"yearly/2022/{p}" for p in THREE],
        "money": [f"money/{p}" for p in THREE],
        "window": [f"window/2022/{p}" for p in THREE],
        "asked": [f"asked/f4/{p}" for p in THREE],
        "once": [f"once/{p}" for p in THREE],
        "destruction": [f"destruction/{p}" for p in THREE],
    }


def test_what_all_owe_is_one_thing_shown_as_all_parties() -> None:
    terms = of(*THREE, duty=[report(owed_by="all")])
    s = situation(terms, recorded(*signed("2022-01-01", *THREE)), at("2022-06-01"))
    one = item(running(terms, "2022-06-01"), "report/2022")
    assert [item_row(s, one, language).who for language in ("fr", "en")] == ["toutes les parties", "all parties"]
    assert item_row(s, one, "fr").who_by_name == "Toutes les parties"
    assert side_name(s, one.owed_by) == "Ville, Caf et Epci"
    assert side_name(s, one.owed_by, "en") == "Ville, Caf and Epci"
    assert line(s, one, "notice", "role-epci").ours
    assert acts_of(s, one, "role-epci") == ("done", "seen", "later", "problem")
    assert one.responsible == ("role-ville", "role-caf", "role-epci")


def test_the_end_and_the_signatures_concern_all_the_parties() -> None:
    found = running(of(*THREE), "2022-06-01")
    assert (item(found, "end").owed_by, item(found, "end").owed_to) == ("all", "all")
    assert {i.owed_to for i in found.items if i.kind == "signature"} == {"all"}
    assert item(running(of("ville", "caf"), "2022-06-01"), "end").owed_by == "both"


def test_who_owes_all_the_others_is_not_told_that_it_owes_itself() -> None:
    s = seen_by("orl-g", "2027-08-30")
    items = {one.key: one for one in agenda_of(s).items}
    shown = line(s, items["needs/2028/ccas"], "notice", "ccas-management")
    assert shown.to_whom == "Commune de Sainte-Orlaine, Commune de Villebrée et Commune de Chantoisel"
    s = seen_by("trs-c", "2027-08-30")
    together = line(s, {one.key: one for one in agenda_of(s).items}["steering-committee/2027"], "notice", "caf-adviser")
    assert together.to_whom == together.who
