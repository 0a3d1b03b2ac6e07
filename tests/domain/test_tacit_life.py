"""A convention that renews itself, lived through the door: where it stands, when to deny it, how it ends, and by what proof."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import check_start
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, at, convention, d, item
from tests.domain.test_term_ends import of
from tests.support.door import LONG_AGO, new, of_day, take

METZ: Final = {"zone": "ALSACE-MOSELLE", "good_friday": True}
DENIAL: Final = {**NOTICE, "id": "denial", "until": "term", "length": {"months": 2}, "starts": "receipt"}
YEARLY: Final = {"how": "tacit", "period": {"months": 12}, "clauses": ["A1"]}


def paper(given: dict[str, Any], **more: object) -> Convention:
    """Return a convention whose file says what a vector says."""
    said = given.get("notice")
    zone = {"place": METZ} if given.get("zone") == "METZ" else {}
    renewal = {"renewal": {**YEARLY, **given["renewal"]}} if "renewal" in given else {}
    denial = [] if said is None else [{**DENIAL, **said}]
    return convention(**{
        "effect": {"rule": "fixed", "on": d(given["effect"]), "clauses": ["A1"]},
        "term": {**given["term"], "clauses": ["A1"]}, "termination": denial, **renewal, **zone, **more,
    })  # fmt: skip


def begun(terms: Convention) -> Dossier:
    """Return its dossier, registered and signed by all before its effect."""
    effect = terms.effect.on
    assert effect is not None
    signed = effect - timedelta(days=3)
    registered = min(of_day(signed), LONG_AGO)
    check_start(terms, of_day(effect))
    return take(new(terms, registered), *(Signed(on=signed, party=party) for party in terms.parties))


def stands(dossier: Dossier, day: str) -> Situation:
    return situation(dossier.convention, tuple(dossier.facts), at(day))


def denied(dossier: Dossier, posted: str, delivered: str, by: str = "town") -> Dossier:
    """Post a denial, delivered some day."""
    take(dossier, LetterPosted(on=d(posted), rule="denial", by=by))
    return take(dossier, LetterDelivered(on=d(delivered), letter=dossier.facts[-1].id))


def _id(vector: dict[str, Any]) -> str:
    return f"{vector['id']} {vector['wording']}"


# -- the ends, and where it stands on a day ---------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", of("tacit_ends"), ids=_id)
def test_the_ends_of_a_tacit_convention(vector: dict[str, Any]) -> None:
    given, wanted = vector["input"], vector["expected"]
    dossier = begun(paper({**given, "notice": DENIAL}))
    ends = [d(end) for end in wanted["ends"]]
    begins = [d(given["effect"]), *(end + timedelta(days=1) for end in ends)]
    for first, end in zip(begins, ends, strict=False):
        for day in (first, end):
            s = stands(dossier, f"{day}")
            assert (s.period_end, s.is_over) == (end, False)
            assert s.natural_end == (wanted["final"] and d(wanted["final"]))
            assert s.ends_on == (end if f"{end}" == wanted["final"] else None)
    if wanted["final"] is not None:
        assert stands(dossier, f"{begins[-1]}").is_over
    questions = {one.id for one in agenda_of(stands(dossier, given["effect"])).questions}
    assert ("renewal-cap-inside" in questions) is wanted["cut"]


@pytest.mark.parametrize("vector", of("tacit_on"), ids=_id)
def test_where_a_tacit_convention_stands_on_a_day(vector: dict[str, Any]) -> None:
    given, wanted = vector["input"], vector["expected"]
    dossier = begun(paper(given))
    if "denied_for" in given:
        denied(dossier, "2026-12-01", "2026-12-31")  # received on the very last day
    s = stands(dossier, given["today"])
    assert s.is_over is wanted["over"]
    if s.is_over:
        assert s.ends_on == d(wanted["ended_on"])
        return
    assert (s.period_end, s.bound_until) == (d(wanted["period_end"]), d(wanted["bound_until"]))
    assert (s.ends_on is not None) is wanted["ends_by_itself"]
    final = s.ends_on or s.natural_end
    assert final == (wanted["final"] and d(wanted["final"]))
    found = [one for one in agenda_of(s).items if one.series == "notice" and one.legal_last_day is not None]
    if (deny := wanted.get("deny")) is None:
        assert not [one for one in found if one.legal_last_day is not None and one.legal_last_day >= s.today]
        return
    last = found[-1]
    assert (last.legal_last_day, last.safe_day) == (d(deny["legal"]), d(deny["safe"]))
    assert (last.rule, last.certainty) == (f"posting_plan.{deny['plan']}", Certainty.CERTAIN)
    assert f"fin au {d(deny['ends_on']):%d/%m/%Y}" in last.title.fr


@pytest.mark.parametrize("vector", of("decision_plan"), ids=_id)
def test_the_review_and_the_decision_come_before_the_day_to_post(vector: dict[str, Any]) -> None:
    wanted = vector["expected"]
    said = {
        "effect": "2025-01-05",
        "term": {"months": 12},
        "renewal": {},
        "zone": "METZ",
        "notice": {"starts": "sending"},
    }
    found = agenda_of(stands(begun(paper(said)), "2025-06-02"))
    assert item(found, "notice/denial/1").safe_day == d(vector["input"]["post_by"]) == d(wanted["post"])
    for step in ("review", "decision"):
        assert item(found, f"denial/1/{step}").safe_day == d(wanted[step])


# -- a whole life: the end, and the steps that made it ------------------------------------------------------------------------

WORDS: Final = {
    "term": "effet le", "amendment": "avenant n° ", "suspension": "prolongée d’autant", "renewal": "tacite", "cap": "plafonnée",
    "parent": "convention mère", "letter": "résiliation",
}  # fmt: skip
"""The words of the proof that each step of a vector goes by."""
ALONE: Final = ("amendment", "parent", "letter")
"""Steps that write the day themselves, or end it early: the proof is theirs alone, without what they took the place of."""

RULES_OF: Final = {"amendment": "amended_end", "parent": "parent_end", "letter": "notice_last_day"}


def lived(given: dict[str, Any]) -> Dossier:
    """Return the dossier of the life that a vector tells, each fact recorded through the door."""
    pauses, parent = given.get("pauses", []), given.get("parent_end")
    more: dict[str, object] = {}
    if pauses:
        away = {"id": "away", "on_departure": True, "extends": given["extends"], "clauses": ["A1"]}
        more["suspension"] = away
    if parent is not None:
        more["parent"] = {"reference": "MERE", "cited_as": "la mère", "on_parent_end": "capped", "clauses": ["A1"]}
        given = {**given, "term": {**given["term"], "within_parent": True}}
    if "letters" in given:
        more["termination"] = [NOTICE]
    dossier = begun(paper(given, **more))
    for told in given.get("amendments", []):
        signed = d(told["effect"]) - timedelta(days=2)
        effect, end = d(told["effect"]), d(told["ends_on"])
        take(dossier, Amended(on=signed, number=told["number"], effect=effect, ends_on=end))
    for pause in pauses:
        resumed = d(pause["last"]) + timedelta(days=1)
        take(dossier, Happened(event="agent-left", on=d(pause["first"])), Resumed(on=resumed))
    for day in given.get("letters", []):
        take(dossier, LetterPosted(on=d("2028-05-30"), rule="leave", by="town"))  # one month from the sending
        assert day == "2028-06-30"
    if parent is not None:
        take(dossier, ParentEnds(on=d(parent)), told=of_day(d("2026-06-15")))
    return dossier


def told_steps(trace: str) -> Iterator[str]:
    """Yield the kinds of step that a proof names, in its own order."""
    where = sorted((trace.find(words), step) for step, words in WORDS.items() if words in trace)
    return (step for _, step in where)


@pytest.mark.parametrize("vector", of("life"), ids=_id)
def test_a_whole_life_ends_on_its_day_by_its_own_steps(vector: dict[str, Any]) -> None:
    given, wanted = vector["input"], vector["expected"]
    steps, end = wanted["steps"], wanted["end"] and d(wanted["end"])
    dossier = lived(given)
    last_day = end or d("2031-03-03")
    s = stands(dossier, f"{last_day}")
    assert s.ends_on == end
    assert not s.is_over
    if end is None:
        assert s.natural_end is None
        assert agenda_of(s).renews is not None
        return
    assert stands(dossier, f"{last_day + timedelta(days=1)}").is_over
    proof = item(agenda_of(s), "end")
    assert proof.legal_last_day == end
    named = [step.split()[0] for step, _ in steps]
    if named[-1] in ALONE:
        assert next(told_steps(proof.trace)) == named[-1]
        assert proof.rule == RULES_OF[named[-1]]
        assert f"{end:%d/%m/%Y}" in proof.trace
        return
    assert list(told_steps(proof.trace)) == named
    printed = [f"{d(day):%d/%m/%Y}" for _, day in steps]
    places = [proof.trace.find(f"{day}") for day in printed]
    assert places == sorted(places)
    assert min(places) >= 0


def test_before_its_letter_a_suspended_period_renews_from_its_own_end() -> None:
    (vector,) = [one for one in of("life") if one["id"] == "S002"]
    dossier = lived({name: value for name, value in vector["input"].items() if name != "letters"})
    assert stands(dossier, "2028-05-29").natural_end == d("2030-01-31")
    assert stands(dossier, "2028-05-29").period_end == d("2029-01-31")
    trace = item(agenda_of(stands(dossier, "2029-06-01")), "end").trace
    assert list(told_steps(trace)) == ["term", "suspension", "renewal"]
    assert trace.replace("\u00a0", " ").endswith("2 tacites reconductions de 12 mois → 31/01/2030")


# -- denied, or not -----------------------------------------------------------------------------------------------------------

SAID: Final = {"effect": "2026-03-01", "term": {"months": 12}, "renewal": {"cap": {"months": 36}}, "notice": {}}


def sentence(dossier: Dossier, day: str) -> str:
    found = agenda_of(stands(dossier, day)).renews
    assert found is not None
    return found.fr


@pytest.mark.parametrize(
    ("delivered", "end"), [("2026-12-31", "2027-02-28"), ("2027-01-01", "2028-02-29"), ("2027-12-31", "2028-02-29")]
)
def test_a_denial_received_a_day_too_late_costs_a_whole_period(delivered: str, end: str) -> None:
    dossier = denied(begun(paper(SAID)), "2026-12-28", delivered)
    s = stands(dossier, delivered)
    assert (s.ends_on, s.bound_until, s.is_over) == (d(end), d(end), False)
    assert sentence(dossier, delivered) == f"Dénoncée : s’achève le {d(end):%d/%m/%Y}"
    assert stands(dossier, f"{d(end) + timedelta(days=1)}").is_over


def test_a_denial_that_comes_in_the_last_period_changes_nothing() -> None:
    dossier = denied(begun(paper(SAID)), "2028-06-01", "2028-06-05")
    assert stands(dossier, "2028-06-06").ends_on == d("2029-02-28")
    assert sentence(dossier, "2028-06-06") == "S’achève d’elle-même le 28/02/2029"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            "2026-06-01",
            "Reconduite jusqu’au 29/02/2028 si personne n’écrit ; pour l’éviter, poster au plus tard le 01/12/2026",
        ),
        (
            "2026-12-01",
            "Reconduite jusqu’au 29/02/2028 si personne n’écrit ; pour l’éviter, poster au plus tard le 01/12/2026",
        ),
        ("2026-12-02", "pour l’éviter, écrire sans attendre (dernier jour utile : 31/12/2026)"),
        ("2026-12-31", "écrire sans attendre (dernier jour utile : 31/12/2026)"),
        ("2027-01-01", "Reconduite : engagés jusqu’au 29/02/2028"),
        ("2027-03-01", "Reconduite jusqu’au 28/02/2029 si personne n’écrit"),
        ("2028-03-01", "S’achève d’elle-même le 28/02/2029"),
        ("2029-03-01", "Elle a pris fin le 28/02/2029"),
    ],
)
def test_what_is_said_of_its_end_from_day_to_day(day: str, words: str) -> None:
    assert words in sentence(begun(paper({**SAID, "zone": "METZ"})), day)


def test_without_a_cap_no_last_day_is_ever_invented() -> None:
    said = {**SAID, "renewal": {}}
    dossier = begun(paper(said))
    for year in range(2026, 2046):
        s = stands(dossier, f"{year}-11-02")
        assert (s.natural_end, s.ends_on, s.is_over) == (None, None, False)
        assert s.period_end is not None
        assert s.period_end >= s.today
        warned = {one.id for one in agenda_of(s).warnings}
        assert "renews-without-end" in warned
    assert sentence(dossier, "2040-02-01").startswith("Sans terme : engagés jusqu’au 28/02/2041")


def test_the_day_to_deny_keeps_its_name_when_an_amendment_moves_it() -> None:
    dossier = begun(paper({**SAID, "zone": "METZ"}))
    before = item(agenda_of(stands(dossier, "2027-03-02")), "notice/denial/2")
    take(dossier, Amended(on=d("2027-03-15"), ends_on=d("2028-05-31")))
    after = item(agenda_of(stands(dossier, "2027-03-16")), "notice/denial/2")
    assert (before.legal_last_day, after.legal_last_day) == (d("2027-12-31"), d("2028-03-31"))
    assert after.standing is None
    passed = item(agenda_of(stands(dossier, "2027-03-16")), "notice/denial/1")
    assert "reconduite jusqu’au 31/05/2028" in _standing(passed)


def _standing(one: Item) -> str:
    assert one.standing is not None
    return one.standing.fr


def test_an_amended_period_renews_from_its_morrow_and_keeps_its_number() -> None:
    said = {**SAID, "renewal": {"times": 2}}
    dossier = take(begun(paper(said)), Amended(on=d("2027-06-01"), ends_on=d("2028-08-31")))
    assert stands(dossier, "2027-06-02").period_end == d("2028-08-31")
    assert stands(dossier, "2027-06-02").natural_end == d("2029-08-31")
    assert stands(dossier, "2028-09-01").ends_on == d("2029-08-31")


@pytest.mark.parametrize("answered", [True, False])
def test_a_period_that_the_text_does_not_say_is_asked_and_nothing_is_computed_beyond(answered: bool) -> None:
    terms = paper({**SAID, "renewal": {"period": None}})
    dossier = begun(terms)
    if answered:
        take(dossier, QuestionAnswered(on=d("2026-04-01"), question="renewal-period", months=6))
    s = stands(dossier, "2026-06-01")
    assert s.period_end == s.bound_until == d("2027-02-28")
    later: date | None = stands(dossier, "2027-03-02").period_end
    assert later == (d("2027-08-31") if answered else d("2027-02-28"))
    assert not stands(dossier, "2027-03-02").is_over


@pytest.mark.parametrize("posted", ["2026-11-02", "2027-11-02", "2030-11-04"])
def test_a_denial_ends_a_term_without_a_last_day(posted: str) -> None:
    dossier = denied(begun(paper({**SAID, "renewal": {}})), posted, posted)
    s = stands(dossier, posted)
    end = s.ends_on
    assert end is not None
    assert (end.month, end.year) == (2, d(posted).year + 1)
    assert stands(dossier, f"{end + timedelta(days=1)}").is_over


def test_while_a_suspension_that_prolongs_it_runs_no_end_of_its_period_is_known() -> None:
    away = {"id": "away", "on_departure": True, "extends": True, "clauses": ["A1"]}
    dossier = take(begun(paper(SAID, suspension=away)), Happened(event="agent-left", on=d("2026-06-01")))
    s = stands(dossier, "2027-04-01")  # past what would have been the end of its first period
    assert (s.period_end, s.bound_until, s.ends_on, s.runs_at_least) == (None, None, None, d("2027-12-30"))
    assert "au moins jusqu’au 30/12/2027" in item(agenda_of(s), "end").trace
    take(dossier, Resumed(on=d("2027-04-02")))
    assert stands(dossier, "2027-04-02").period_end == d("2027-12-30")


def test_once_the_number_of_renewals_is_what_counts_the_cap_stops_nothing() -> None:
    away = {"id": "away", "on_departure": True, "extends": True, "clauses": ["A1"]}
    dossier = begun(paper({**SAID, "renewal": {"times": 3, "cap": {"months": 36}}}, suspension=away))
    assert stands(dossier, "2026-06-01").natural_end == d("2029-02-28")
    take(dossier, QuestionAnswered(on=d("2026-06-02"), question="renewal-times-or-cap", reading="times-rule"))
    assert stands(dossier, "2026-06-02").natural_end == d("2030-02-28")
    take(dossier, Happened(event="agent-left", on=d("2029-12-01")), Resumed(on=d("2030-01-01")))
    assert stands(dossier, "2030-01-02").ends_on == d("2030-03-31")
