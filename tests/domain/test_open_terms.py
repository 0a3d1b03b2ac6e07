"""Terms without a last day of their own: unlimited, ended by an event or by one of two days; and what ends them of right."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.recording import Refusal, check_start
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.support.door import notice, of_day, running, small, take

D = date.fromisoformat


def of(term: dict[str, object], **changes: object) -> Convention:
    return small(term={"clauses": ["T.1"], **term}, **changes)


def seen(terms: Convention | Dossier, day: str, *facts: Fact) -> tuple[Situation, Agenda]:
    dossier = take(terms if isinstance(terms, Dossier) else running(terms), *facts)
    s = situation(dossier.convention, tuple(dossier.facts), of_day(D(day)))
    return s, agenda_of(s)


def happened(event: str, on: str) -> Happened:
    return Happened(event=event, on=D(on))


def trace(found: Agenda) -> str:
    last = found.item("end")
    assert last is not None
    return last.trace.replace("\u00a0", " ")


def test_a_term_without_a_last_day_goes_on_until_somebody_ends_it() -> None:
    terms = of({"unlimited": True}, termination=[notice(until="civil-year-end", length={"months": 3})])
    s, found = seen(terms, "2030-05-02")
    assert (s.natural_end, s.ends_on, s.bound_until, s.is_over) == (None, None, None, False)
    assert found.renews is not None
    assert found.renews.fr.startswith("Durée indéterminée")
    assert "inconnue" not in trace(found)
    assert [i.legal_last_day for i in found.items if i.key == "notice/notice/2030"] == [D("2030-09-30")]
    assert not [i for i in found.items if i.series == "renewal"]
    assert max(i.legal_last_day for i in found.items if i.series == "meeting" and i.legal_last_day) >= D("2031-03-31")
    assert not [w for w in found.warnings if w.id in ("no-way-out", "no-tacit-renewal")]
    s, found = seen(terms, "2030-11-02", LetterPosted(rule="notice", by="commune", on=D("2030-06-03")))
    assert s.ends_on == D("2030-12-31")
    assert s.ended_early


def test_a_term_without_a_last_day_nor_a_way_out_is_told() -> None:
    assert [
        w.id for w in seen(of({"unlimited": True}, termination=[]), "2022-05-02")[1].warnings if w.id == "no-way-out"
    ]
    assert not [w for w in seen(of({"months": 12}, termination=[]), "2022-05-02")[1].warnings if w.id == "no-way-out"]


@pytest.mark.parametrize(
    "renewal", [{"how": "express"}, {"how": "tacit", "period": {"months": 12}}, {"cap": {"months": 36}}]
)
def test_a_term_without_a_last_day_is_not_renewed(renewal: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="durée indéterminée"):
        check_start(of({"unlimited": True}, renewal=renewal), of_day(D("2021-12-01")))


def test_an_event_ends_it_once_it_is_recorded() -> None:
    terms = of({"event": "council-renewed"})
    s, found = seen(terms, "2024-05-02")
    assert (s.ends_on, s.is_over) == (None, False)
    assert found.renews is not None
    assert found.renews.fr == "Jusqu’à « council renewed », à enregistrer"
    s, found = seen(terms, "2032-03-29", happened("council-renewed", "2032-03-28"))
    assert (s.ends_on, s.natural_end, s.is_over) == (D("2032-03-28"), D("2032-03-28"), True)
    assert found.renews is None
    assert trace(found).startswith("« council renewed » le 28/03/2032")
    assert not s.ended_early


EARLIER: dict[str, object] = {"earlier_of": [{"months": 36}, {"event": "works-received"}]}
LATER: dict[str, object] = {"later_of": [{"months": 12}, {"event": "works-received"}]}


@pytest.mark.parametrize(
    ("term", "day", "received", "end", "at_most"),
    [
        (EARLIER, "2023-05-02", None, None, "2024-12-31"),
        (EARLIER, "2024-12-31", None, None, "2024-12-31"),
        (EARLIER, "2025-01-01", None, "2024-12-31", None),
        (EARLIER, "2023-05-03", "2023-05-02", "2023-05-02", None),
        (EARLIER, "2026-05-03", "2026-05-02", "2024-12-31", None),
        (LATER, "2023-05-02", None, None, None),
        (LATER, "2022-05-03", "2022-05-02", "2022-12-31", None),
        (LATER, "2023-05-03", "2023-05-02", "2023-05-02", None),
    ],
)
def test_the_first_or_the_last_of_two_ends(
    term: dict[str, object], day: str, received: str | None, end: str | None, at_most: str | None
) -> None:
    facts = [happened("works-received", received)] if received else []
    s, found = seen(of(term), day, *facts)
    assert s.ends_on == (D(end) if end else None)
    assert s.ends_at_most == (D(at_most) if at_most else None)
    if end is None:
        assert found.renews is not None
        assert (at_most is None) == ("au plus tard" not in found.renews.fr)
    else:
        assert ("premier de" in trace(found)) == ("earlier_of" in term)
        assert end_day(found) == D(end)


def end_day(found: Agenda) -> date | None:
    last = found.item("end")
    assert last is not None
    assert last.certainty is Certainty.CERTAIN
    return last.legal_last_day


def test_the_vote_of_what_follows_is_prepared_for_the_latest_day_and_nothing_is_planned_after_it() -> None:
    found = seen(of(EARLIER), "2024-05-02")[1]
    vote = found.item("renewal/2024/vote")
    assert vote is not None
    assert vote.safe_day == D("2024-11-29")
    assert all(i.legal_last_day <= D("2024-12-31") for i in found.items if i.series == "meeting" and i.legal_last_day)


def test_an_amendment_gives_a_day_to_a_term_without_one() -> None:
    for term in ({"unlimited": True}, {"event": "council-renewed"}, EARLIER, LATER):
        s, found = seen(of(dict(term)), "2022-06-02", Amended(on=D("2022-06-01"), ends_on=D("2023-06-30")))
        assert s.ends_on == D("2023-06-30")
        assert found.renews is None


AUTOMATIC = {
    "id": "funding",
    "event": "funding-stopped",
    "after": {"months": 3},
    "unless": "funding-taken-over",
    "clauses": ["T.1"],
}


def test_an_event_ends_it_of_right_so_long_after_unless_something_saves_it() -> None:
    terms = of({"months": 36}, automatic_end=[AUTOMATIC])
    assert seen(terms, "2022-06-01")[0].ends_on == D("2024-12-31")
    s, found = seen(terms, "2022-07-04", happened("funding-stopped", "2022-06-30"))
    assert (s.ends_on, s.end_is_conditional) == (D("2022-09-30"), True)
    last = found.item("end")
    assert last is not None
    assert last.rule == "ended_of_right"
    assert "de plein droit : « funding stopped » le 30/06/2022 + 3 mois → 30/09/2022" in trace(found)
    s, _ = seen(terms, "2022-10-01", happened("funding-stopped", "2022-06-30"))
    assert (s.is_over, s.end_is_conditional) == (True, False)
    saved = (happened("funding-stopped", "2022-06-30"), happened("funding-taken-over", "2022-09-30"))
    assert seen(terms, "2022-10-01", *saved)[0].ends_on == D("2024-12-31")


def test_a_dissolution_ends_it_on_its_day() -> None:
    terms = of({"months": 36}, automatic_end=[{"id": "gone", "event": "dissolved", "clauses": ["T.1"]}])
    s, _ = seen(terms, "2023-03-02", happened("dissolved", "2023-03-01"))
    assert (s.ends_on, s.is_over, s.end_is_conditional, s.ended_early) == (D("2023-03-01"), True, False, True)


@pytest.mark.parametrize(
    ("effect", "on", "begins"),
    [
        ({}, "2022-01-15", "2022-01-15"),
        ({"from": "next-month"}, "2022-01-15", "2022-02-01"),
        ({"from": "next-day"}, "2022-01-15", "2022-01-16"),
        ({"not_before": D("2022-04-01")}, "2022-02-12", "2022-04-01"),
    ],
)
def test_it_takes_effect_at_an_event(effect: dict[str, object], on: str, begins: str) -> None:
    terms = small(effect={"rule": "event", "event": "notified", "clauses": ["T.1"], **effect})
    dossier = running(terms)
    s, found = seen(dossier, "2022-01-10")
    assert (s.effect_on, s.ends_on) == (None, None)
    assert not [i for i in found.items if i.series == "meeting" and i.legal_last_day]
    s, _ = seen(dossier, on, happened("notified", on))
    assert s.effect_on == D(begins)
    assert s.ends_on is not None
    assert s.ends_on.year == 2022 + (s.effect_on != D("2022-01-01"))


def test_a_right_that_opens_after_some_years() -> None:
    terms = of({"years": 6}, termination=[notice(after_years=3, until="civil-year-end", length={"months": 3})])
    dossier = running(terms)
    found = seen(dossier, "2024-05-02")[1]
    notices = {i.step: (i.opens_on, i.safe_day, i.legal_last_day) for i in found.items if i.kind == "notice"}
    assert set(notices) == {"2025", "2026"}
    with pytest.raises(Refusal, match="à partir du 01/01/2025"):
        take(dossier, LetterPosted(rule="notice", by="commune", on=D("2024-12-31")))
    s, _ = seen(dossier, "2025-01-03", LetterPosted(rule="notice", by="commune", on=D("2025-01-02")))
    assert s.ends_on == D("2025-12-31")


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ({"unlimited": True, "months": 12}, "une seule durée"),
        ({"event": "works-received", "ends_on": D("2022-12-31")}, "une seule durée"),
        ({"earlier_of": [{"months": 36}]}, "veut deux fins"),
        ({"earlier_of": [{"months": 36}, {"months": 12, "event": "x"}]}, "d’une seule façon"),
        ({"later_of": [{"months": 36}, {}]}, "d’une seule façon"),
        ({**EARLIER, **LATER}, "une seule durée"),
    ],
)
def test_what_says_two_ends_or_none_is_refused(term: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        of(term)


@pytest.mark.parametrize(
    "changes",
    [
        {"term": {"event": "signed", "clauses": ["T.1"]}},
        {"effect": {"rule": "event", "event": "executory", "clauses": ["T.1"]}},
        {"automatic_end": [{"id": "gone", "event": "ended", "clauses": ["T.1"]}]},
    ],
)
def test_a_day_of_the_convention_itself_is_no_event_that_ends_it(changes: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="extérieur"):
        check_start(small(**changes), of_day(D("2021-12-01")))


@pytest.mark.parametrize(
    "effect", [{"rule": "event", "clauses": ["T.1"]}, {"rule": "last-signature", "event": "x", "clauses": ["T.1"]}]
)
def test_an_effect_at_an_event_names_it(effect: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="demande event"):
        small(effect=effect)


RISE: dict[str, object] = {"within": {"event": "rise-notified", "delay": {"months": 2}}}
CLOSED: dict[str, object] = {
    "requires": {"event": "premises-closed", "threshold": {"months": 3, "more_than": True, "since": "state"}}
}


def letter(on: str) -> LetterPosted:
    return LetterPosted(rule="notice", by="commune", on=D(on))


def test_a_right_that_an_event_opens_for_a_while() -> None:
    terms = of({"years": 3}, termination=[notice(starts="sending", **RISE)])
    dossier = running(terms)
    assert not [i for i in seen(dossier, "2022-05-02")[1].items if i.kind == "notice"]
    with pytest.raises(Refusal, match="qui n’est pas enregistré"):
        take(dossier, letter("2022-05-02"))
    found = seen(dossier, "2022-05-17", happened("rise-notified", "2022-05-16"))[1]
    last = found.item("notice/notice/2022-07-16")
    assert last is not None
    assert (last.opens_on, last.safe_day, last.legal_last_day) == (D("2022-05-16"), D("2022-07-15"), D("2022-07-16"))
    assert (
        last.trace == "« rise notified » le 16/05/2022 + 2\u00a0mois → 16/07/2022 ; à poster au plus tard le 15/07/2022"
    )
    with pytest.raises(Refusal, match="jusqu’au 16/07/2022"):
        take(dossier, letter("2022-07-18"))
    assert seen(dossier, "2022-07-16", letter("2022-07-15"))[0].ends_on == D("2022-08-15")


def test_a_right_that_waits_until_a_state_has_lasted() -> None:
    dossier = running(of({"years": 3}, termination=[notice(starts="sending", **CLOSED)]))
    with pytest.raises(Refusal, match="qui n’est pas enregistré"):
        take(dossier, letter("2022-05-02"))
    take(dossier, happened("premises-closed", "2022-05-16"))
    with pytest.raises(Refusal, match="à partir du 17/08/2022"):
        take(dossier, letter("2022-08-16"))
    assert seen(dossier, "2022-08-18", letter("2022-08-17"))[0].ends_on == D("2022-09-17")


ENDS_AT_AN_EVENT: tuple[dict[str, object], ...] = ({"event": "works-received"}, EARLIER, LATER)


def started(convention: Convention, today: str = "2021-12-01") -> str:
    """Return the French words with which the door refuses the terms; empty where it takes them."""
    try:
        check_start(convention, of_day(D(today)))
    except Refusal as refused:
        return str(refused).replace("\u00a0", " ")
    return ""


@pytest.mark.parametrize("term", ENDS_AT_AN_EVENT)
def test_a_term_that_waits_for_an_event_does_not_renew_itself(term: dict[str, object]) -> None:
    tacit = {"how": "tacit", "period": {"months": 12}}
    denial = notice(until="term", length={"months": 3})
    assert "attend un événement" in started(of(term, renewal=tacit, termination=[denial]))
    assert not started(of(term))


TWICE = [{"event": "works-received"}, {"event": "works-received"}]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"automatic_end": [{**AUTOMATIC, "unless": "funding-stopped"}]}, "ne peut pas être sauvée par"),
        ({"term": {"earlier_of": TWICE, "clauses": ["T.1"]}}, "deux fois le même événement"),
        ({"term": {"later_of": TWICE, "clauses": ["T.1"]}}, "deux fois le même événement"),
        (
            {
                "effect": {"rule": "event", "event": "works-received", "clauses": ["T.1"]},
                "term": {"event": "works-received", "clauses": ["T.1"]},
            },
            "la fait commencer et la fait finir",
        ),
        (
            {
                "effect": {"rule": "event", "event": "funding-stopped", "clauses": ["T.1"]},
                "automatic_end": [AUTOMATIC],
            },
            "la fait commencer et la fait finir",
        ),
    ],
)
def test_an_event_says_one_thing_of_a_convention(changes: dict[str, object], words: str) -> None:
    assert words in started(small(**changes))


SUSPENSION = {"id": "absent", "on_departure": True, "extends": True, "clauses": ["T.1"]}


def test_a_suspension_prolongs_no_term_without_a_last_day() -> None:
    for said, told in (("unlimited", True), ("months", False)):
        found = started(of({said: True if told else 12}, suspension=SUSPENSION))
        assert ("durée indéterminée (term.unlimited) n’a pas de fin à prolonger" in found) is told, found


def test_a_duty_comes_ahead_of_a_duty_of_the_file() -> None:
    first, second = small().model_dump(by_alias=True)["duty"]
    for named, told in (("meting", True), ("data", True), ("meeting", False)):
        found = started(small(duty=[first, {**second, "ahead_of": named}]))
        assert ("ahead_of" in found) is told, found
    assert "au choix : meeting" in started(small(duty=[first, {**second, "ahead_of": "meting"}]))


@pytest.mark.parametrize(
    ("renewal", "far"),
    [
        ({"times": 10, "period": {"years": 6}}, True),
        ({"times": 50, "period": {"months": 12}}, True),
        ({"times": 49, "period": {"months": 12}}, False),
        ({"times": 10, "period": {"years": 6}, "cap": {"years": 12}}, False),
        ({"times": 3, "period": {"months": 12}, "cap_on": D("2090-12-31")}, True),
    ],
)
def test_renewals_may_not_lead_further_than_an_end(renewal: dict[str, object], far: bool) -> None:
    terms = of({"months": 12}, renewal={"how": "tacit", **renewal}, termination=[notice(until="term")])
    assert ("à plus de 50 ans d’ici" in started(terms)) is far


@pytest.mark.parametrize("pair", ["earlier_of", "later_of"])
def test_one_of_two_ends_may_not_lie_before_the_effect_nor_too_far(pair: str) -> None:
    for on, words in (("2021-12-31", "la durée est vide"), ("2090-12-31", "à plus de 50 ans"), ("2022-12-31", "")):
        found = started(of({pair: [{"ends_on": D(on)}, {"event": "works-received"}]}))
        assert words in found
        assert bool(found) is bool(words)


@pytest.mark.parametrize(
    ("changes", "event", "on", "taken"),
    [
        ({"term": {"event": "works-received", "clauses": ["T.1"]}}, "works-received", "2021-12-31", False),
        ({"term": {"event": "works-received", "clauses": ["T.1"]}}, "works-received", "2022-01-01", True),
        ({"term": {**EARLIER, "clauses": ["T.1"]}}, "works-received", "2021-12-31", False),
        ({"term": {**LATER, "clauses": ["T.1"]}}, "works-received", "2021-12-31", True),
        ({"automatic_end": [{**AUTOMATIC, "after": None}]}, "funding-stopped", "2021-12-31", False),
        ({"automatic_end": [AUTOMATIC]}, "funding-stopped", "2021-09-30", False),
        ({"automatic_end": [AUTOMATIC]}, "funding-stopped", "2021-10-01", True),
    ],
)
def test_nothing_ends_a_convention_before_it_begins(
    changes: dict[str, object], event: str, on: str, taken: bool
) -> None:
    dossier = running(small(**changes))
    if taken:
        take(dossier, happened(event, on), told=of_day(D("2022-02-01")))
        return
    with pytest.raises(Refusal, match="finirait avant de commencer") as refused:
        take(dossier, happened(event, on), told=of_day(D("2022-02-01")))
    assert "it would end before it begins" in refused.value.text.en


def test_of_two_events_the_last_one_does_not_end_it_before_it_begins() -> None:
    dossier = running(of({"later_of": [{"event": "works-received"}, {"event": "paid"}]}))
    take(dossier, happened("paid", "2021-12-20"), told=of_day(D("2022-02-01")))
    with pytest.raises(Refusal, match="finirait avant de commencer"):
        take(dossier, happened("works-received", "2021-12-21"), told=of_day(D("2022-02-01")))


VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "term_vectors.json").read_text("utf-8"))


def _of(*rules: str) -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["rule"] in rules]


def _from(effect: str, **changes: object) -> Dossier:
    return running(small(effect={"rule": "fixed", "on": D(effect), "clauses": ["T.1"]}, **changes))


WITHOUT_A_LENGTH = [
    vector
    for vector in _of("term_end")
    if set(vector["input"]["term"]) & {"event", "earlier_of", "later_of", "unlimited"}
]


@pytest.mark.parametrize("vector", WITHOUT_A_LENGTH, ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_worked_cases_of_a_term_without_a_length(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    dossier = _from(given["effect"], term={**given["term"], "clauses": ["T.1"]})
    events = [happened(name, on) for name, on in given.get("events", {}).items()]
    day = max(["2027-02-01", *given.get("events", {}).values()])
    s, found = seen(dossier, day, *events)
    assert s.ends_on == (D(expected["end"]) if expected["end"] else None)
    assert s.ends_at_most == (D(expected["at_most"]) if "at_most" in expected else None)
    least = expected.get("at_least")
    shown = None if s.two_ends is None else s.two_ends.at_least
    assert shown == (D(least) if least else None)
    assert found.renews is not None or s.ends_on is not None


@pytest.mark.parametrize("vector", _of("automatic_end"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_worked_cases_of_an_end_of_right(vector: dict[str, Any]) -> None:
    given = vector["input"]
    rule = {"id": "gone", "event": "stopped", "clauses": ["T.1"]} | (
        {"after": given["after"]} if "after" in given else {}
    )
    terms = small(term={"ends_on": D(given["end"]), "clauses": ["T.1"]}, automatic_end=[rule])
    facts = [happened("stopped", given["event_on"])] if given["event_on"] else []
    assert seen(terms, given["event_on"] or "2027-06-30", *facts)[0].ends_on == D(vector["expected"]["end"])


@pytest.mark.parametrize("vector", _of("right_opens"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_worked_cases_of_a_right_that_opens(vector: dict[str, Any]) -> None:
    given = vector["input"]
    rule = notice(after_years=given["after_years"])
    s, _ = seen(_from(given["effect"], term={"years": 6, "clauses": ["T.1"]}, termination=[rule]), given["effect"])
    assert s.notice(s.convention.termination[0]).opens == D(vector["expected"])
