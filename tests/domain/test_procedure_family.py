"""An annex and its parent: each applies its own clause."""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Text
from tests.domain.builders import at, convention, d, item, recorded, seen, signed
from tests.domain.builders_life import life
from tests.domain.examples_seen import agenda_by, seen_by, warned
from tests.examples.oracle import example


def ended(day: str) -> ParentEnds:
    return ParentEnds(on=d(day), why="terminated")


@pytest.mark.parametrize("name", ["mtz-a", "mtz-o", "sqf-o"])
def test_the_end_of_the_parent_ends_the_annex_without_a_letter(name: str) -> None:
    found = agenda_by(name, "2022-10-03", ended("2022-12-31"))
    assert found.ends_on == d("2022-12-31")
    assert seen_by(name, "2022-10-03", ended("2022-12-31")).ended_early
    assert "parent-ended" in warned(found)
    assert [i.key for i in found.items if i.kind in ("renewal", "notice")] == []


def test_the_clause_of_the_assignment_makes_its_early_end_certain() -> None:
    found = item(agenda_by("mtz-a", "2022-10-03", ended("2022-12-31")), "end")
    assert (found.certainty, found.rule) == (Certainty.CERTAIN, "parent_end")


def test_an_annex_with_its_own_date_keeps_it_and_shows_the_other_reading() -> None:
    found = agenda_by("tcm-d", "2020-07-01", ended("2020-09-30"))
    assert found.ends_on == d("2020-12-31")
    assert item(found, "end").effect_range == EffectRange(
        earliest=d("2020-09-30"), expected=d("2020-12-31"), latest=d("2020-12-31")
    )


def test_answered_that_it_falls_with_its_parent_the_data_are_destroyed_two_months_after() -> None:
    told = QuestionAnswered(on=d("2020-07-02"), question="parent-ended-early", reading="ends-too")
    found = agenda_by("tcm-d", "2020-07-03", ended("2020-09-30"), told)
    assert (found.ends_on, item(found, "end").certainty) == (d("2020-09-30"), Certainty.CERTAIN)
    assert item(found, "final-destruction").legal_last_day == d("2020-11-30")


def test_a_silent_text_is_asked_about_and_ends_prudently_with_its_parent() -> None:
    found = agenda_by("mtz-f", "2021-06-01", ended("2021-09-30"))
    question = next(q for q in found.questions if q.id == "parent-ended")
    assert (question.kind, question.prudent, question.answered) == ("contested", "ends-too", None)
    assert (found.ends_on, item(found, "end").certainty) == (d("2021-09-30"), Certainty.CONTESTED)


def test_the_answer_of_a_silent_text_moves_its_end_back() -> None:
    told = QuestionAnswered(on=d("2021-06-02"), question="parent-ended", reading="own-date")
    found = agenda_by("mtz-f", "2021-06-03", ended("2021-09-30"), told)
    assert (found.ends_on, item(found, "end").certainty) == (d("2021-12-31"), Certainty.CERTAIN)


def test_a_silent_text_asks_nothing_while_its_parent_lives() -> None:
    found = agenda_by("mtz-f", "2021-06-01")
    assert [q.id for q in found.questions if q.id == "parent-ended"] == []
    assert "parent-end-unsaid" in warned(found)


def test_the_orphan_s_own_end_is_not_touched_by_what_nobody_told() -> None:
    assert seen_by("ida-o", "2024-06-03").falls_with_its_parent is False


def annex(**changes: object) -> Recorded | object:
    return convention(
        effect={"rule": "last-signature", "not_before_parent_signature": True, "clauses": ["A1"]},
        term={"with_parent": True, "clauses": ["A1"]},
        parent={"reference": "PARENT", "cited_as": "sa mère", "on_parent_end": "ends", "clauses": ["A1"]},
        **changes,
    )


def effect(*facts: Fact) -> tuple[date | None, set[str]]:
    found = seen(annex(), recorded(*facts), "2021-06-01")  # type: ignore[arg-type]
    return found.effect_on, warned(found)


def test_an_annex_signed_while_its_parent_is_not_waits_to_take_effect() -> None:
    when, ids = effect(*signed("2021-03-20"))
    assert when is None
    assert "annex-waits-for-parent" in ids


def test_an_annex_signed_before_its_parent_takes_effect_with_it_and_says_so() -> None:
    when, ids = effect(*signed("2021-03-20"), ParentSigned(on=d("2021-03-25")))
    assert when == d("2021-03-25")
    assert "annex-before-parent" in ids


def test_an_annex_signed_after_its_parent_takes_effect_at_its_own_signature() -> None:
    when, ids = effect(ParentSigned(on=d("2021-03-22")), *signed("2021-03-29"))
    assert when == d("2021-03-29")
    assert not ids & {"annex-before-parent", "annex-waits-for-parent"}


# -- the renewal of an annex that says nothing of it ---------------------------------------------------------------


def renewals(name: str, now: str, *more: Fact) -> dict[str, Item]:
    return {i.key: i for i in agenda_by(name, now, *more).items if i.kind == "renewal"}


WITH_ITS_PARENT = {
    "sqf-o": "2023-12-31", "mtz-o": "2023-12-31", "mtz-a": "2023-12-31", "bri-o": "2017-01-17", "tcm-d": "2020-12-31",
}  # fmt: skip
"""The annexes of the examples that end on the last day of their parent, whatever makes them end that day."""


@pytest.mark.parametrize(("name", "end"), WITH_ITS_PARENT.items())
def test_an_annex_that_ends_with_its_parent_has_one_line_of_its_renewal(name: str, end: str) -> None:
    (line,) = renewals(name, f"{int(end[:4]) - 1}-12-01", ParentEnds(on=d(end))).values()
    parent = seen_by(name, "2016-01-01").convention.parent
    assert parent is not None
    assert line.key == f"renewal/{end[:4]}/with-parent"
    assert line.title.fr.startswith(f"Renouvelée avec {parent.reference}")
    assert line.title.en.startswith(f"Renewed with {parent.reference}")
    assert (line.legal_last_day, line.safe_day, line.state) == (d(end), None, State.RUNNING)


@pytest.mark.parametrize(("name", "end"), WITH_ITS_PARENT.items())
def test_nobody_is_told_anything_of_the_renewal_of_an_annex_that_ends_with_its_parent(name: str, end: str) -> None:
    terms, records = example(name)
    began = f"{int(end[:4]) - 1}-12-01"
    lived = life(terms, records, start=began)
    if not any(isinstance(record.fact, ParentEnds) for record in records):
        lived.record(ParentEnds(on=d(end)), when=at(began))
    lived.until(end)
    told = {about.about for message in lived.dossier.outbox for about in message.told}
    assert "end" in told  # its last day is still announced
    assert [about for about in told if about.startswith("renewal")] == []


def test_an_annex_left_behind_by_the_extension_of_its_parent_decides_and_signs() -> None:
    longer = ParentEnds(on=d("2018-01-17"), why="extended")
    assert list(renewals("bri-o", "2016-09-01", longer)) == ["renewal/2017/decision", "renewal/2017/signatures"]


def test_an_annex_with_its_own_date_has_its_own_road_again_once_its_parent_is_extended() -> None:
    longer = ParentEnds(on=d("2021-12-31"), why="extended")
    assert "renewal/2020/kick-off" in renewals("tcm-d", "2020-03-02", longer)


@pytest.mark.parametrize(
    "own", [{"period": {"months": 12}}, {"times": 1}, {"deadline": {"months": 3}}], ids=lambda own: next(iter(own))
)
def test_an_annex_with_a_renewal_clause_of_its_own_keeps_its_own_steps(own: dict[str, object]) -> None:
    terms = convention(
        parent={"reference": "MERE", "cited_as": "la mère", "on_parent_end": "capped", "clauses": ["A1"]},
        term={"within_parent": True, "clauses": ["A1"]},
        renewal={"how": "express", **own, "clauses": ["A1"]},
    )
    facts = recorded(*signed("2021-12-15"), ParentEnds(on=d("2022-12-31")))
    assert "renewal/2022/kick-off" in {i.key for i in seen(terms, facts, "2022-02-01").items}


def test_an_annex_whose_parent_is_not_on_file_keeps_its_own_steps() -> None:
    terms = convention(
        parent={"cited_as": "la mère", "on_parent_end": "capped", "clauses": ["A1"]},
        term={"within_parent": True, "clauses": ["A1"]},
    )
    answer = QuestionAnswered(on=d("2022-01-10"), question="parent-end", day=d("2022-12-31"))
    found = seen(terms, recorded(*signed("2021-12-15"), answer), "2022-02-01")
    assert "renewal/2022/kick-off" in {i.key for i in found.items}


def test_the_annex_of_a_year_that_nothing_follows_prepares_nothing() -> None:
    assert renewals("mtz-f", "2021-05-03") == {}
    found = agenda_by("mtz-f", "2021-05-03")
    assert "nothing-follows" in warned(found)
    assert "no-tacit-renewal" not in warned(found)


def test_nothing_follows_is_refused_where_something_renews_it() -> None:
    with pytest.raises(ValueError, match="nothing_follows ne va qu’à ce qui s’arrête"):
        convention(renewal={"how": "express", "nothing_follows": True})


def test_an_annex_left_to_lapse_follows_nothing() -> None:
    ends, lapses = (
        ParentEnds(on=d("2023-12-31")),
        RenewalDecided(on=d("2023-02-01"), decision="let-lapse"),
    )
    (step,) = renewals("sqf-o", "2023-03-01", ends, lapses).values()
    assert step.state is State.CANCELLED


def test_an_annex_that_ends_before_its_parent_prepares_its_own_renewal() -> None:
    parent = {"reference": "MERE", "cited_as": "la mère", "on_parent_end": "capped", "clauses": ["A1"]}
    terms = convention(parent=parent, term={"ends_on": d("2022-12-31"), "within_parent": True, "clauses": ["A1"]})
    facts = recorded(*signed("2021-12-15"), ParentEnds(on=d("2023-12-31")))
    assert "renewal/2022/signatures" in {i.key for i in seen(terms, facts, "2022-02-01").items}


ANNEXES = ["MTZ-A", "MTZ-O"]
SAID = "vaut aussi, sauf clause contraire, pour les annexes MTZ-A et MTZ-O"


def test_the_steps_that_end_a_parent_or_decide_what_follows_name_its_annexes_once() -> None:
    terms, records = example("mtz-p")
    s = situation(terms, records, at("2023-06-01"), annexes=ANNEXES)
    named = {i.key: i.standing for i in agenda_of(s).items if i.standing and "MTZ-A" in i.standing.fr}
    assert set(named) == {"renewal/2023/decision", "end"}
    assert {text.fr for text in named.values()} == {SAID}
    assert {text.en for text in named.values()} == {
        "also for annexes MTZ-A and MTZ-O, unless their clauses say otherwise"
    }
    before = agenda_of(situation(terms, records, at("2021-06-01"), annexes=ANNEXES))
    assert (item(before, "notice/annual-notice/2021").standing or Text(fr="", en="")).fr == SAID


def test_without_annexes_nothing_is_named_and_an_annex_names_no_other() -> None:
    for name in ("mtz-p", "mtz-a"):
        assert "vaut aussi" not in agenda_by(name, "2023-06-01").model_dump_json()


def test_a_mail_about_the_decision_names_the_annexes() -> None:
    lived = life(example("mtz-p")[0], tuple(r.fact for r in example("mtz-p")[1]))
    lived.dossier.annexes += ANNEXES
    lived.until("2023-10-02")
    lines = [line for _, order in lived.sent for line in order.lines if line.item == "renewal/2023/decision"]
    assert lines
    assert {line.standing.fr for line in lines if line.standing} == {SAID}
