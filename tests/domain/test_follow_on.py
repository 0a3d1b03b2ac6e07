"""The convention that follows, proposed from the terms in force of the one that ends."""

from datetime import date, timedelta

import pytest

from echeancier.domain.afterwards.follow_on import FollowOn, follow_on
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import State
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.end import Amended, FollowedBy
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import check_start
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import (
    BLANK,
    EXAMPLES,
    NOTICE,
    at,
    convention,
    d,
    duty,
    item,
    meeting_duty,
    recorded,
    seen,
    signed,
    sqf,
)
from tests.domain.examples_seen import example

STARTED = signed("2021-12-15")
ACT = {
    "party": "town", "body": "conseil municipal", "number": "2021-12", "authorises_months": 12,
    "authority_cited_on": d("2021-12-01"),
}  # fmt: skip
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts"))


def proposed(terms: Convention, *facts: Fact, now: str = "2022-10-01") -> FollowOn:
    return follow_on(situation(terms, recorded(*STARTED, *facts), at(now)))


def places(found: FollowOn) -> set[str]:
    return {one.place for one in found.marks}


def test_it_begins_the_day_after_the_last_one_and_lasts_as_long() -> None:
    found = proposed(convention())
    assert (found.convention.effect.on, found.convention.term.months) == (d("2023-01-01"), 12)
    assert found.convention.follows == "TEST-1"


def test_after_a_leap_year_a_printed_last_day_is_still_the_eve() -> None:
    terms = convention(
        effect={"rule": "fixed", "on": d("2024-03-01"), "clauses": ["A1"]},
        term={"ends_on": d("2025-02-28"), "clauses": ["A1"]},
    )
    found = follow_on(situation(terms, (), at("2025-01-15")))
    assert (found.convention.effect.on, found.convention.term.ends_on) == (d("2025-03-01"), d("2026-02-28"))


def test_the_day_nothing_may_outlive_is_carried_on_and_looked_at() -> None:
    cap = {"how": "express", "period": {"months": 12}, "cap_on": d("2024-12-31"), "clauses": ["A1"]}
    found = proposed(convention(renewal=cap))
    assert found.convention.renewal.cap_on == d("2025-12-31")
    assert {"renewal", "renewal.cap_on"} <= places(found)
    without = proposed(convention())
    assert not {one for one in places(without) if one.startswith("renewal")}
    counted = proposed(convention(renewal={"how": "express", "cap": {"months": 36}, "clauses": ["A1"]}))
    assert {"renewal", "renewal.cap"} <= places(counted)


@pytest.mark.parametrize("pair", ["earlier_of", "later_of"])
def test_a_printed_one_of_two_ends_is_carried_on_and_looked_at(pair: str) -> None:
    ends = [{"ends_on": d("2023-02-28")}, {"event": "works-received"}]
    terms = convention(
        effect={"rule": "fixed", "on": d("2022-03-01"), "clauses": ["A1"]}, term={pair: ends, "clauses": ["A1"]}
    )
    received = Happened(event="works-received", on=d("2023-02-28"))
    found = proposed(terms, received, now="2023-02-28")
    assert found.convention.effect.on == d("2023-03-01")
    kept = found.convention.term.two_ends
    assert [(end.ends_on, end.event) for end in kept] == [(d("2024-02-29"), None), (None, "works-received")]
    assert f"term.{pair}.0.ends_on" in places(found)


def test_a_printed_last_day_of_a_term_that_renewed_itself_is_that_of_a_first_term() -> None:
    terms = convention(
        term={"ends_on": d("2022-12-31"), "clauses": ["A1"]},
        renewal={"how": "tacit", "period": {"months": 12}, "times": 2, "clauses": ["A1"]},
        termination=[{**NOTICE, "until": "term"}],
    )
    found = proposed(terms, now="2024-10-01")
    assert (found.convention.effect.on, found.convention.term.ends_on) == (d("2025-01-01"), d("2025-12-31"))


def test_nothing_follows_what_has_no_last_day() -> None:
    with pytest.raises(EcheancierError, match="n’a pas de dernier jour"):
        proposed(convention(term={"unlimited": True, "clauses": ["A1"]}))
    with pytest.raises(EcheancierError, match="n’est pas connue"):
        proposed(convention(term={"event": "works-received", "clauses": ["A1"]}))


def test_an_amended_end_is_the_one_it_starts_from() -> None:
    amended = Amended(on=d("2022-09-01"), ends_on=d("2023-06-30"))
    assert proposed(convention(), amended).convention.effect.on == d("2023-07-01")


def test_what_only_a_new_vote_can_say_is_left_blank_and_marked() -> None:
    found = proposed(convention(act=ACT, number="0162627"))
    (act,) = found.convention.act
    assert act is not None
    assert (act.body, act.number, act.authorises_months, act.authority_cited_on) == (
        "conseil municipal",
        "",
        None,
        None,
    )
    assert found.convention.number == ""
    assert {"act.0", "number", "reference", "effect.on", "term"} <= places(found)


def test_days_of_the_text_move_as_far_as_the_period_and_names_take_the_new_years() -> None:
    once = {"id": "once", "kind": "other", "title": "Une fois", "title_en": "Once", "owed_by": "town", "owed_to": "agency",
            "on": d("2022-03-15"), "clauses": ["A1"]}  # fmt: skip
    meeting = {"excluded": [[d("2022-08-01"), d("2022-08-19")]]}
    found = proposed(convention(one_off=[once], duty=[meeting_duty(meeting=meeting)], title="Convention 2022"))
    assert found.convention.one_off[0].on == d("2023-03-15")
    preferences = found.convention.duty[0].meeting
    assert preferences is not None
    assert preferences.excluded == ((d("2023-08-01"), d("2023-08-19")),)
    assert found.convention.title == "Convention 2023"
    assert {"one_off.0.on", "duty.0.meeting.excluded"} <= places(found)


def test_whoever_holds_a_function_today_holds_it_in_the_proposal() -> None:
    change = RoleChanged(on=d("2022-05-01"), role="partner", address="nouvelle@operateur.example", function="Nouvelle")
    role = proposed(convention(), change).convention.roles["partner"]
    assert (role.address, role.function) == ("nouvelle@operateur.example", "Nouvelle")


def test_what_was_asked_and_answered_is_marked_with_its_answer() -> None:
    answered = QuestionAnswered(on=d("2022-02-01"), question="which-day", day=d("2022-05-02"))
    said = [one.says.fr for one in proposed(convention(question=[BLANK]), answered).marks if one.place == "question.0"]
    assert len(said) == 1
    assert "répondu pour la précédente : 02/05/2022" in said[0]


def test_a_rhythm_that_was_only_chosen_is_not_written_as_if_the_text_said_it() -> None:
    chosen = QuestionAnswered(on=d("2022-02-01"), question="rhythm/report", months=6)
    found = proposed(convention(duty=[duty(rhythm=None)]), chosen)
    assert found.convention.duty[0].rhythm is None
    assert any("tous les 6 mois ont été choisis" in one.says.fr for one in found.marks if one.place == "duty.0")


def test_oddities_of_the_old_paper_are_not_copied_and_neither_are_the_clauses_only_they_cite() -> None:
    terms, records = sqf()
    found = follow_on(situation(terms, records, at("2023-06-01")))
    assert found.convention.remark == ()
    assert "SQF-P.09" not in {clause.id for clause in found.convention.clause}
    assert any("à ne pas reprendre" in one.says.fr for one in found.marks)
    assert found.convention.parties["operator"].name.startswith("France Travail")


def test_nothing_follows_a_period_that_is_not_known() -> None:
    terms = convention(effect={"rule": "last-signature", "clauses": ["A1"]})
    with pytest.raises(EcheancierError, match="n’est pas connue"):
        follow_on(situation(terms, (), at("2022-10-01")))


def test_a_second_follow_on_is_refused() -> None:
    with pytest.raises(EcheancierError, match="a déjà une suite : NEXT"):
        proposed(convention(), FollowedBy(on=d("2022-09-01"), reference="NEXT"))


def test_once_it_is_registered_the_old_one_no_longer_chases_its_signatures() -> None:
    terms = convention(act=ACT)
    facts = recorded(*STARTED, FollowedBy(on=d("2022-10-03"), reference="NEXT"))
    found = seen(terms, facts, "2022-12-01")
    assert item(found, "renewal/2022/signatures").state is State.CANCELLED
    vote = item(found, "renewal/2022/vote")
    assert vote.state is not State.CANCELLED
    assert vote.standing is not None
    assert "la suite est enregistrée sous la référence NEXT" in vote.standing.fr


NO_LAST_DAY = ("ida-o", "brv-h", "orl-g")
"""A parent that is not on file, a renewal without a cap, an event that nobody awaits on a day: nothing follows them yet."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_LAST_DAY])
def test_what_follows_each_example_can_be_started_as_it_is(name: str) -> None:
    terms, records = example(name)
    s = _seen(terms, records)
    found = follow_on(s)
    check_start(found.convention, s.now)
    last = s.ends_on or s.latest_end
    assert last is not None
    assert found.convention.effect.on in (None, last + timedelta(days=1))
    again = follow_on(s, "AUTRE-NOM").convention
    assert again.reference == "AUTRE-NOM"


def _seen(terms: Convention, records: tuple[Recorded, ...]) -> Situation:
    last = max(record.recorded_at for record in records)
    return situation(terms, records, max(last, at(date(2016, 1, 1))) + timedelta(days=30))


def test_the_deliberations_of_what_follows_are_others_than_those_of_the_former_one() -> None:
    acts = [{**ACT, "id": name} for name in ("2021-12", "2021-13")]
    found = proposed(convention(act=acts))
    assert [one.id for one in found.convention.act] == ["2021-12-suite", "2021-13-suite"]
