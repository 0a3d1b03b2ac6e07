"""A renewal by an act: until which day, by whom, how many times, what it waits for, and what it makes of the end."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended, RenewalDecided, RenewedByAct
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.recording import Refusal, check_start
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.support.door import new, notice, of_day, running, small, take, voted

D = date.fromisoformat


def terms(**renewal: object) -> Convention:
    """Five years at most in all; the year of 2022 first."""
    return small(renewal={"how": "express", "period": {"months": 12}, "clauses": ["T.1"], **renewal})


ONE: dict[str, object] = {"done_by": "one", "who": "commune", "deadline": {"months": 3}}


def seen(dossier: Dossier, day: str) -> tuple[Situation, Agenda]:
    s = situation(dossier.convention, tuple(dossier.facts), of_day(D(day)))
    return s, agenda_of(s)


def refused(dossier: Dossier, on: str) -> str:
    with pytest.raises(Refusal) as why:
        take(dossier, RenewedByAct(on=D(on)))
    return str(why.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("renewal", "end", "legal", "safe"),
    [
        ({}, "2022-12-31", "2022-12-31", "2022-12-30"),
        ({"deadline": {"months": 3}}, "2022-12-31", "2022-12-31", "2022-09-30"),
        (ONE, "2022-12-31", "2022-09-30", "2022-09-30"),
        ({**ONE, "deadline": {"months": 2}}, "2022-12-31", "2022-10-31", "2022-10-31"),
        ({**ONE, "deadline": {"open_days": 5}}, "2022-12-31", "2022-12-25", "2022-12-23"),
        ({"done_by": "one", "who": "commune"}, "2022-12-31", "2022-12-31", "2022-12-30"),
    ],
)
def test_the_act_is_dated_by_its_own_deadline(renewal: dict[str, object], end: str, legal: str, safe: str) -> None:
    s, found = seen(running(terms(**renewal)), "2022-03-01")
    last = found.item("renewal/2022/act") or found.item("renewal/2022/signatures")
    assert last is not None
    assert (s.ends_on, last.legal_last_day, last.safe_day) == (D(end), D(legal), D(safe))
    assert all(i.safe_day is not None and i.safe_day <= D(safe) for i in found.items if i.series == "renewal")
    assert last.certainty is (Certainty.CERTAIN if last.step == "act" else Certainty.POLICY)


def test_an_act_in_time_carries_it_one_period_further_until_none_is_left() -> None:
    dossier = take(running(terms(times=2, **ONE)), RenewedByAct(on=D("2022-09-20")))
    s, found = seen(dossier, "2022-09-21")
    assert s.ends_on == D("2023-12-31")
    last = found.item("end")
    assert last is not None
    assert last.rule == "renewed_end"
    assert last.trace.startswith(
        "effet le 01/01/2022 + 12 mois − 1 jour → 31/12/2022, à minuit ; un renouvellement de 12 mois\u00a0→ 31/12/2023"
    )
    assert found.item("renewal/2022/act") is None
    assert found.item("renewal/2023/act") is not None
    take(dossier, RenewedByAct(on=D("2023-09-30")))
    s, found = seen(dossier, "2023-10-01")
    assert s.ends_on == D("2024-12-31")
    assert found.item("renewal/2024/act") is None
    assert any(warning.id == "renewal-used" for warning in found.warnings)
    assert "limite les reconductions à 2" in refused(dossier, "2024-09-01")


@pytest.mark.parametrize("on", ["2022-10-01", "2023-01-04"])
def test_one_party_alone_cannot_renew_it_after_its_day(on: str) -> None:
    dossier = running(terms(**ONE))
    assert "au plus tard le vendredi 30 septembre 2022" in refused(dossier, on)
    assert seen(dossier, on)[0].ends_on == D("2022-12-31")


def test_signed_by_all_before_the_end_it_counts_and_says_that_it_is_late() -> None:
    dossier = take(running(terms(deadline={"months": 3})), RenewedByAct(on=D("2022-10-05")))
    s, found = seen(dossier, "2022-10-06")
    assert s.ends_on == D("2023-12-31")
    assert [w.id for w in found.warnings if w.id.startswith("renewed-late")] == ["renewed-late/2022-12-31"]
    assert "au plus tard le samedi 31 décembre 2022" in refused(running(terms(deadline={"months": 3})), "2023-01-04")
    in_time = take(running(terms(deadline={"months": 3})), RenewedByAct(on=D("2022-09-30")))
    assert not [w for w in seen(in_time, "2022-10-06")[1].warnings if w.id.startswith("renewed-late")]


def test_what_it_needs_must_be_done_in_the_period_that_ends() -> None:
    dossier = running(terms(needs=["data"], **ONE))
    act = seen(dossier, "2022-09-01")[1].item("renewal/2022/act")
    assert act is not None
    assert act.standing is not None
    assert act.standing.fr == "attend d’abord : « Données »"
    assert "une fois fait : « Données »" in refused(dossier, "2022-09-20")
    take(dossier, DutyDone(item="data/2022-01", on=D("2022-06-20")), RenewedByAct(on=D("2022-09-20")))
    assert seen(dossier, "2022-09-21")[0].ends_on == D("2023-12-31")
    assert "une fois fait : « Données »" in refused(dossier, "2023-09-20")


def test_the_cap_bounds_what_an_act_gives() -> None:
    dossier = take(running(terms(cap={"months": 18}, **ONE)), RenewedByAct(on=D("2022-09-20")))
    assert seen(dossier, "2022-09-21")[0].ends_on == D("2023-06-30")
    assert "déjà jusqu’au plafond" in refused(dossier, "2023-02-01")


def test_nothing_renews_what_the_text_does_not_or_what_was_ended() -> None:
    assert "enregistrer un avenant" in refused(running(small()), "2022-09-20")
    assert "enregistrer un avenant" in refused(running(small(renewal={"how": "express"})), "2022-09-20")
    ended = take(running(terms(**ONE)), LetterPosted(rule="notice", by="commune", on=D("2022-02-01")))
    assert "au plus tard le" in refused(ended, "2022-09-20")
    unsigned = voted(new(terms(**ONE)), D("2021-12-06"), D("2021-12-09"))
    assert "on ne la renouvelle pas encore" in refused(unsigned, "2022-02-01")


def test_what_another_party_decides_is_one_line_that_it_owes() -> None:
    found = seen(running(terms(done_by="one", who="operator", deadline={"months": 3})), "2022-03-01")[1]
    steps = [item for item in found.items if item.series == "renewal"]
    assert [(item.step, item.owed_by) for item in steps] == [("act", "operator")]


def test_a_decision_is_used_up_by_the_act_it_leads_to() -> None:
    dossier = take(running(terms(**ONE)), RenewalDecided(on=D("2022-06-01"), decision="renew"))
    step = seen(dossier, "2022-06-02")[1].item("renewal/2022/decision")
    assert step is not None
    assert step.state is State.DONE
    take(dossier, RenewedByAct(on=D("2022-09-20")))
    step = seen(dossier, "2022-09-21")[1].item("renewal/2023/decision")
    assert step is not None
    assert step.state is State.UPCOMING


def test_half_years_keep_their_steps_apart() -> None:
    found = small(
        term={"months": 6, "clauses": ["T.1"]},
        renewal={"how": "express", "period": {"months": 6}, "clauses": ["T.1"], **ONE, "deadline": {"months": 1}},
    )
    dossier = take(running(found), RenewedByAct(on=D("2022-05-31")))
    assert seen(running(found), "2022-03-01")[1].item("renewal/2022-06/act") is not None
    assert seen(dossier, "2022-06-01")[1].item("renewal/2022-12/act") is not None
    assert seen(dossier, "2022-06-01")[0].ends_on == D("2022-12-31")


def test_an_amendment_after_an_act_counts_from_the_period_it_falls_in() -> None:
    dossier = take(running(terms(**ONE)), RenewedByAct(on=D("2022-09-20")))
    take(dossier, Amended(on=D("2023-03-01"), ends_on=D("2023-09-30")))
    assert seen(dossier, "2023-03-02")[0].ends_on == D("2023-09-30")
    take(dossier, RenewedByAct(on=D("2023-06-30")))
    assert seen(dossier, "2023-07-01")[0].ends_on == D("2024-09-30")


@pytest.mark.parametrize(
    ("renewal", "words"),
    [
        ({"how": "none", "deadline": {"months": 3}}, "deadline ne va qu’à"),
        ({"how": "tacit", "period": {"months": 12}, "needs": ["data"]}, "needs ne va qu’à"),
        ({"how": "express", "done_by": "one", "period": {"months": 12}}, "quelle partie"),
        ({"how": "express", "who": "commune", "period": {"months": 12}}, "quelle partie"),
        ({"how": "express", "done_by": "one", "who": "commune"}, "pour combien de temps"),
        ({"how": "express", "deadline": {"hours": 48}}, "un terme finit à la fin d’un jour"),
        ({"how": "express", "deadline": {"months": 3, "bound": "at_most"}}, "ne dit pas de dernier jour"),
    ],
)
def test_what_no_act_can_be_is_refused_when_it_is_read(renewal: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        small(renewal=renewal)


@pytest.mark.parametrize(
    ("renewal", "words"),
    [({**ONE, "who": "prefect"}, "renewal.who"), ({**ONE, "needs": ["nothing"]}, "renewal.needs")],
)
def test_what_nothing_defines_is_refused_at_the_door(renewal: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        check_start(terms(**renewal), of_day(D("2021-12-01")))


def test_a_denial_is_no_way_out_of_an_express_renewal() -> None:
    with pytest.raises(Refusal, match="ne se reconduit pas"):
        check_start(
            small(
                renewal={"how": "express", "period": {"months": 12}, "clauses": ["T.1"]},
                termination=[notice(until="term")],
            ),
            of_day(D("2021-12-01")),
        )


VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "term_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v["rule"] == "express_renewal"], ids=lambda v: f"{v['id']} {v['wording']}"
)
def test_the_worked_cases_of_an_express_renewal(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    one = {"done_by": "one", "who": "commune"} if given.get("done_by") == "one" else {}
    said = {name: given[name] for name in ("period", "deadline") if name in given}
    term = {"ends_on": D(given["end"]), "clauses": ["T.1"]}
    dossier = running(small(term=term, renewal={"how": "express", "clauses": ["T.1"], **said, **one}))
    s, found = seen(dossier, "2027-03-01")
    last = found.item("renewal/2027/act") or found.item("renewal/2027/signatures")
    assert last is not None
    assert (last.legal_last_day, last.safe_day) == (D(expected["deadline"]["legal"]), D(expected["deadline"]["safe"]))
    if "renewed_on" in given and expected["late"]:
        refused(dossier, given["renewed_on"])
    elif "renewed_on" in given:
        take(dossier, RenewedByAct(on=D(given["renewed_on"])))
    s, _ = seen(dossier, given.get("renewed_on", "2027-03-01"))
    assert s.ends_on == D(expected["end"])
