"""What a fresh eye made the life of a term say wrongly: each day, once, the other way round."""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.agenda.renewal import SERIES as RENEWAL
from echeancier.domain.agenda.renewal import deciding_steps, occasion
from echeancier.domain.dates.notice import to_end_on
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended, RenewalDecided, RenewedByAct
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.litigation import LitigationOpened
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.personal_data import HoldReviewed
from echeancier.domain.letters.committee_file import decisions
from echeancier.domain.recording import Refusal, cancel
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.checks import problems_of, too_many_dates
from echeancier.domain.terms.convention import Convention
from tests.support.door import at, notice, of_day, running, small, take

D = date.fromisoformat
PARENT = {"reference": "PARENT", "cited_as": "la mère", "clauses": ["T.1"]}
DENIAL = notice(id="denial", starts="receipt", until="term", length={"months": 2})


def tacit(renewal: dict[str, object] | None = None, **changes: object) -> Convention:
    said = {"how": "tacit", "period": {"months": 12}, "clauses": ["T.1"], **(renewal or {})}
    return small(**{"renewal": said, "termination": [DENIAL], **changes})


def express(**renewal: object) -> Convention:
    return small(renewal={"how": "express", "period": {"months": 12}, "clauses": ["T.1"], **renewal})


def seen(dossier: Dossier, day: str, *facts: Fact) -> tuple[Situation, Agenda]:
    take(dossier, *facts)
    s = situation(dossier.convention, tuple(dossier.facts), of_day(D(day)))
    return s, agenda_of(s)


def denied(on: str, delivered: str, letter: str = "f6") -> tuple[Fact, Fact]:
    return LetterPosted(on=D(on), rule="denial", by="commune"), LetterDelivered(on=D(delivered), letter=letter)


def test_a_denial_of_a_later_period_ends_a_term_without_cap() -> None:
    s, found = seen(running(tacit()), "2024-02-01", *denied("2023-06-01", "2023-06-05"))
    assert (s.ends_on, s.is_over) == (D("2023-12-31"), True)
    assert found.renews is not None
    assert found.renews.fr == "Elle a pris fin le 31/12/2023"


def test_an_annex_that_renews_itself_does_not_outlive_its_parent() -> None:
    terms = tacit(term={"months": 12, "within_parent": True, "clauses": ["T.1"]}, parent=PARENT)
    dossier = take(running(terms), ParentEnds(on=D("2025-06-30"), why="term"), told=at(2022, 2, 1))
    s, _ = seen(dossier, "2025-08-01")
    assert (s.natural_end, s.is_over) == (D("2025-06-30"), True)


@pytest.mark.parametrize(("ends_on", "after"), [("2023-06-30", "2023-06-30"), ("2024-03-31", "2024-03-31")])
def test_an_amendment_signed_after_an_act_gives_the_day_it_writes(ends_on: str, after: str) -> None:
    dossier = take(running(express()), RenewedByAct(on=D("2022-10-01")))
    s, _ = seen(dossier, "2022-11-16", Amended(on=D("2022-11-15"), ends_on=D(ends_on)))
    assert s.ends_on == D(after)


def test_one_act_renews_once() -> None:
    dossier = take(running(express()), RenewedByAct(on=D("2022-10-01")))
    with pytest.raises(Refusal, match="déjà renouvelée jusqu’au"):
        take(dossier, RenewedByAct(on=D("2022-10-01")))
    assert seen(dossier, "2022-10-02")[0].ends_on == D("2023-12-31")


def test_what_an_act_needed_is_not_taken_away_under_it() -> None:
    terms = express(needs=["data"], done_by="one", who="commune", deadline={"months": 3})
    dossier = take(running(terms), DutyDone(item="data/2022-01", on=D("2022-06-20")), RenewedByAct(on=D("2022-09-20")))
    done = next(r for r in dossier.facts if isinstance(r.fact, DutyDone))
    with pytest.raises(Refusal):
        cancel(dossier, done.id, of_day(D("2022-10-01")), "coordinator", "erreur")


def test_a_shortened_renewal_is_one_renewal() -> None:
    dossier = take(running(express(times=2)), RenewedByAct(on=D("2022-10-01")))
    take(dossier, Amended(on=D("2023-02-01"), ends_on=D("2023-06-30")), RenewedByAct(on=D("2023-03-01")))
    assert seen(dossier, "2023-03-02")[0].ends_on == D("2024-06-30")


def test_without_its_length_no_renewal_has_a_day() -> None:
    terms = tacit({"period": None})
    s, _ = seen(running(terms), "2022-06-01")
    with pytest.raises(ValueError, match="n’est pas connu"):
        to_end(s, "2023-12-31")
    dossier = take(running(terms), LetterPosted(on=D("2022-12-12"), rule="denial", by="commune"))
    found = agenda_of(situation(terms, tuple(dossier.facts), of_day(D("2022-12-13"))))
    assert all((i.legal_last_day or date.min).year < 2100 for i in found.items)


def to_end(s: Situation, day: str) -> object:
    return to_end_on(D(day), s.notice(s.convention.termination[0]), s.calendar, s.latest_end, s.effect_on)


EARLIER = {"earlier_of": [{"months": 12}, {"event": "works"}], "clauses": ["T.1"]}


def test_the_first_of_two_ends_within_a_parent_is_not_the_parent_s() -> None:
    dossier = running(small(term={**EARLIER, "within_parent": True}, parent=PARENT))
    take(dossier, ParentEnds(on=D("2025-12-31"), why="term"), told=at(2022, 2, 1))
    s, _ = seen(dossier, "2022-06-01")
    assert (s.natural_end, s.ends_at_most) == (None, D("2022-12-31"))
    assert seen(dossier, "2023-01-02")[0].ends_on == D("2022-12-31")


@pytest.mark.parametrize(
    ("term", "day", "end"),
    [
        ({"event": "works"}, "2024-06-01", "2023-12-31"),
        ({"later_of": [{"months": 12}, {"event": "works"}]}, "2024-06-01", "2023-12-31"),
        ({"event": "works"}, "2023-06-01", None),
    ],
)
def test_a_cap_bounds_a_term_that_waits(term: dict[str, object], day: str, end: str | None) -> None:
    s, _ = seen(running(small(term={**term, "clauses": ["T.1"]}, renewal={"cap": {"months": 24}})), day)
    assert s.ends_on == (D(end) if end else None)
    assert (s.ends_at_most == D("2023-12-31")) == (end is None)


def test_an_event_after_the_cap_changes_nothing() -> None:
    dossier = running(small(term={"event": "works", "clauses": ["T.1"]}, renewal={"cap": {"months": 24}}))
    s, _ = seen(dossier, "2023-12-30")
    assert s.ends_at_most == D("2023-12-31")
    assert seen(dossier, "2024-07-02", Happened(event="works", on=D("2024-07-01")))[0].ends_on == D("2023-12-31")


def test_a_letter_does_not_carry_it_beyond_the_latest_day() -> None:
    dossier = running(small(term=EARLIER))
    s, _ = seen(dossier, "2022-12-12", LetterPosted(on=D("2022-12-10"), rule="notice", by="commune"))
    assert s.letters[0].ends_on is None or s.letters[0].ends_on <= D("2022-12-31")


def test_each_side_s_letter_counts_until_its_own_day() -> None:
    theirs = notice(id="theirs", who=["operator"], starts="receipt", until="term", length={"months": 1})
    ours = notice(id="ours", who=["commune"], starts="receipt", until="term", length={"months": 2})
    s, found = seen(running(tacit(termination=[theirs, ours])), "2022-11-10")
    assert s.bound_until == D("2022-12-31")
    assert found.renews is not None
    assert "Opérateur" in found.renews.fr
    s, found = seen(running(tacit(termination=[theirs, ours])), "2022-06-10")
    assert found.renews is not None
    assert "poster au plus tard" in found.renews.fr
    assert found.item("denial/1/decision") is not None


def test_each_side_may_have_its_own_letter_without_naming_one() -> None:
    theirs = notice(id="theirs", who=["operator"], starts="receipt", until="term", length={"months": 1})
    assert problems_of(tacit(termination=[DENIAL, theirs])) == []


def test_school_years_stay_contested_once_renewed() -> None:
    terms = tacit(
        {"period": {"school_years": 1}, "times": 1},
        effect={"rule": "fixed", "on": D("2022-09-01"), "clauses": ["T.1"]},
        term={"school_years": 1, "clauses": ["T.1"]},
    )
    _, found = seen(running(terms), "2023-10-01")
    last = found.item("end")
    assert last is not None
    assert (last.legal_last_day, last.certainty) == (D("2024-08-31"), Certainty.CONTESTED)
    first = seen(running(terms), "2022-10-01")[1].item("notice/denial/1")
    assert first is not None
    assert first.certainty is Certainty.CONTESTED


def test_the_vote_is_not_planned_for_a_last_renewal_that_nobody_confirmed() -> None:
    _, found = seen(running(tacit({"cap": {"months": 30}})), "2023-02-01")
    vote = found.item("renewal/2023/vote")
    assert vote is not None
    assert vote.safe_day == D("2023-11-30")


CAPPED_INSIDE = tacit({"cap": {"months": 30}})


@pytest.mark.parametrize(
    ("terms", "day"),
    [
        pytest.param(CAPPED_INSIDE, "2023-09-01", id="a cap inside a period"),
        pytest.param(
            small(term={"earlier_of": [{"months": 12}, {"event": "works"}], "clauses": ["T.1"]}),
            "2022-09-01",
            id="at most",
        ),
    ],
)
def test_what_decides_the_end_is_named_as_its_steps_are(terms: Convention, day: str) -> None:
    s, found = seen(running(terms), day)
    steps = {item.key for item in found.items if item.series == RENEWAL}
    assert set(deciding_steps(s)) & steps == {key_of(RENEWAL, occasion(s), name) for name in ("decision", "vote")}


def test_the_dates_of_a_term_that_waits_are_counted_for_ten_years() -> None:
    weekly = {**small().duty[1].model_dump(exclude_none=True), "rhythm": {"every_months": 1, "count": 4}}
    waiting = small(term={"later_of": [{"event": "works"}, {"event": "opening"}], "clauses": ["T.1"]}, duty=[weekly])
    assert too_many_dates(waiting, D("2022-01-01")) is None


def test_a_suspension_does_not_make_a_number_and_a_cap_disagree() -> None:
    away = {"id": "away", "on_departure": True, "extends": True, "clauses": ["T.1"]}
    terms = tacit({"times": 2, "cap": {"months": 36}}, suspension=away)
    dossier = take(running(terms), Happened(event="agent-left", on=D("2022-03-01")))
    asked = {question.id for question in seen(dossier, "2022-04-01")[1].questions}
    assert "renewal-times-or-cap" not in asked


def test_a_right_to_deny_that_opens_later_binds_until_then() -> None:
    s, found = seen(running(tacit(termination=[{**DENIAL, "after_years": 3}])), "2022-06-01")
    assert s.bound_until == D("2025-12-31")
    assert [i.step for i in found.items if i.kind == "notice"] == ["4"]


def test_a_denial_is_not_posted_before_the_effect() -> None:
    terms = tacit(
        {"period": {"months": 1}},
        term={"months": 1, "clauses": ["T.1"]},
        termination=[{**DENIAL, "length": {"days": 15}}],
    )
    first = seen(running(terms), "2021-12-20")[1].item("notice/denial/1")
    assert first is not None
    assert first.safe_day is not None
    assert first.safe_day >= D("2022-01-01")


def test_a_decision_that_came_too_late_for_one_year_does_not_close_the_next() -> None:
    dossier = take(running(tacit()), RenewalDecided(on=D("2022-11-15"), decision="renew"))
    _, found = seen(dossier, "2023-03-01")
    denial, decision = found.item("notice/denial/2"), found.item("denial/2/decision")
    assert denial is not None
    assert decision is not None
    assert denial.state is not State.CANCELLED
    assert decision.state is not State.DONE


def test_the_shared_file_of_a_meeting_does_not_tell_the_others_when_we_would_write() -> None:
    s, found = seen(running(tacit()), "2022-06-01")
    said = " ".join(decisions(s, found.items, found.questions))
    denial = found.item("notice/denial/1")
    assert "31\u00a0décembre\u00a02022" in said
    assert denial is not None
    assert denial.safe_day is not None
    assert figures(denial.safe_day) not in said


@pytest.mark.parametrize(("cap", "end"), [("2022-06-30", "2022-06-30"), ("2021-06-30", "2022-12-14")])
def test_a_cap_that_comes_before_the_first_end_is_told_one_before_the_effect_says_nothing(cap: str, end: str) -> None:
    effect = {"rule": "last-signature", "clauses": ["T.1"]}
    s, found = seen(running(small(effect=effect, renewal={"cap_on": D(cap)}, act=())), "2022-03-01")
    last = found.item("end")
    assert last is not None
    assert s.ends_on == D(end)
    assert ("plafonnée au 30/06/2022" in last.trace) == (cap == end)


def test_a_hold_looked_at_twice_in_a_year_is_two_reviews() -> None:
    dossier = running()
    for on in ("2022-02-01", "2022-02-01", "2022-03-01"):
        fact = (
            HoldReviewed(on=D(on), outcome="kept")
            if dossier.facts[-1].fact.kind != "signed"
            else LitigationOpened(on=D(on))
        )
        take(dossier, fact)
    reviews = [item.key for item in seen(dossier, "2022-03-02")[1].items if item.series == "litigation-review"]
    assert sorted(reviews) == ["litigation-review/2023", "litigation-review/2023-2", "litigation-review/2023-3"]
