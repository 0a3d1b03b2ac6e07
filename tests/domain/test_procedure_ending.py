"""The end and what may follow it: how sure it is, and what the text forbids."""

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.end import Amended, RenewalDecided
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import d, item
from tests.domain.examples_seen import agenda_by, days_of, seen_by, warned


@pytest.mark.parametrize(
    ("name", "now", "end"),
    [
        ("sqf-p", "2021-05-03", "2023-12-31"),
        ("mtz-p", "2021-05-03", "2023-12-31"),
        ("tcm-d", "2020-02-03", "2020-12-31"),
        ("mtz-o", "2021-05-03", "2023-12-31"),
    ],
)
def test_a_printed_end_a_counted_one_and_a_known_parent_s_are_certain(name: str, now: str, end: str) -> None:
    found = item(agenda_by(name, now), "end")
    assert (found.legal_last_day, found.certainty, found.effect_range) == (d(end), Certainty.CERTAIN, None)


def test_a_parent_that_the_text_names_wrongly_leaves_the_end_to_be_confirmed() -> None:
    found = agenda_by("sqf-o", "2021-05-03")
    assert (item(found, "end").legal_last_day, item(found, "end").certainty) == (
        d("2023-12-31"),
        Certainty.CONTESTED,
    )
    assert next(q for q in found.questions if q.id == "which-parent").answered is None


def test_answered_that_ours_is_the_parent_the_end_is_certain() -> None:
    told = QuestionAnswered(on=d("2021-05-03"), question="which-parent", reading="ours")
    assert item(agenda_by("sqf-o", "2021-05-04", told), "end").certainty is Certainty.CERTAIN


def test_answered_that_the_cited_one_is_the_parent_the_end_waits_for_its_date() -> None:
    told = QuestionAnswered(on=d("2021-05-03"), question="which-parent", reading="cited")
    day = QuestionAnswered(on=d("2021-05-10"), question="parent-end", day=d("2021-12-31"))
    assert agenda_by("sqf-o", "2021-05-04", told).ends_on is None
    assert agenda_by("sqf-o", "2021-05-11", told, day).ends_on == d("2021-12-31")


def test_a_year_from_the_signature_is_contested_by_one_day_and_the_earlier_is_kept() -> None:
    found = item(agenda_by("bri-p", "2016-02-01"), "end")
    assert (found.legal_last_day, found.certainty) == (d("2017-01-17"), Certainty.CONTESTED)
    assert found.effect_range == EffectRange(earliest=d("2017-01-17"), expected=d("2017-01-17"), latest=d("2017-01-18"))


@pytest.mark.parametrize(("reading", "end"), [("anniversary", "2017-01-18"), ("eve", "2017-01-17")])
def test_the_answer_to_the_last_day_of_the_year_moves_it(reading: str, end: str) -> None:
    told = QuestionAnswered(on=d("2016-02-01"), question="last-day-of-the-year", reading=reading)
    found = item(agenda_by("bri-p", "2016-02-02", told), "end")
    assert (found.legal_last_day, found.certainty) == (d(end), Certainty.CERTAIN)


def test_an_orphan_has_no_date_that_needs_the_end() -> None:
    found = agenda_by("ida-o", "2024-05-13")
    dated = {i.key.split("/")[0] for i in found.items if i.legal_last_day or i.safe_day}
    assert found.ends_on is None
    assert dated == {"act", "recourse", "signature", "contract-publicity"}
    assert (item(found, "end").state, item(found, "access-closure").state) == (State.WAITING, State.WAITING)


def test_the_answer_of_the_orphan_s_parent_gives_it_an_end() -> None:
    told = QuestionAnswered(on=d("2024-05-13"), question="parent-end", day=d("2026-12-31"))
    found = agenda_by("ida-o", "2024-05-14", told)
    assert found.ends_on == d("2026-12-31")
    assert item(found, "renewal/2026/vote").safe_day == d("2026-11-30")


# -- what may follow -----------------------------------------------------------------------------------------


def test_at_its_cap_the_road_leads_to_a_new_convention() -> None:
    found = agenda_by("mtz-p", "2021-05-03")
    assert item(found, "renewal/2023/vote").title.fr.startswith("Nouvelle convention")
    assert "cap-forbids-amendment" in warned(found)


def test_an_annex_renewed_only_with_its_parent_plans_nothing_by_itself() -> None:
    found = agenda_by("mtz-a", "2021-05-03")
    assert [i.key for i in found.items if i.kind == "renewal"] == ["renewal/2023/with-parent"]
    assert {"renewal-with-parent-only", "window-forbidden/financial-annex/2023"} <= warned(found)


def test_an_annex_that_may_be_renewed_does_not_follow_its_parent_s_extension_by_itself() -> None:
    longer = ParentEnds(on=d("2024-12-31"), why="extended")
    found = agenda_by("mtz-a", "2023-06-01", longer)
    assert found.ends_on == d("2023-12-31")
    steps = [i.key for i in found.items if i.kind == "renewal"]
    assert steps == ["renewal/2023/decision", "renewal/2023/signatures"]  # its parent's road prepared and voted it
    assert item(found, "renewal/2023/signatures").legal_last_day == d("2023-12-31")
    assert "parent-extended" in warned(found)
    renewed = RenewalDecided(on=d("2023-06-02"), decision="renew")
    assert agenda_by("mtz-a", "2023-06-02", longer, renewed).ends_on == d("2024-12-31")


def test_an_annex_that_is_only_capped_follows_its_parent_s_extension() -> None:
    longer = ParentEnds(on=d("2024-12-31"), why="extended")
    assert agenda_by("mtz-o", "2023-06-01", longer).ends_on == d("2024-12-31")


def test_briancon_is_renewed_once_by_an_amendment_signed_before_its_end() -> None:
    found = item(agenda_by("bri-p", "2016-02-01"), "renewal/2017/signatures")
    assert days_of(found) == (d("2017-01-17"), d("2017-01-16"))
    assert found.title.fr.startswith("Renouvellement par avenant")


def test_once_renewed_briancon_needs_a_new_convention() -> None:
    amended = Amended(on=d("2017-01-09"), ends_on=d("2018-01-17"))
    found = agenda_by("bri-p", "2017-02-01", amended)
    assert item(found, "end").certainty is Certainty.CERTAIN
    assert item(found, "renewal/2018/signatures").title.fr.startswith("Nouvelle convention")
    assert "renewal-used" in warned(found)


def test_the_financial_annex_is_signed_each_december_until_somebody_answers_otherwise() -> None:
    told = QuestionAnswered(on=d("2021-05-03"), question="which-expiry", reading="parent-only")
    each = [i.key for i in agenda_by("mtz-a", "2021-05-04").items if i.kind == "window"]
    only = [i.key for i in agenda_by("mtz-a", "2021-05-04", told).items if i.kind == "window"]
    assert each == [f"financial-annex/{year}" for year in (2021, 2022, 2023)]
    assert only == ["financial-annex/2023"]


def test_the_first_payment_of_metz_opens_at_the_later_of_two_signatures() -> None:
    found = item(agenda_by("mtz-p", "2021-04-01"), "first-half-2021")
    assert (found.opens_on, found.legal_last_day) == (d("2021-03-29"), None)


def test_what_is_free_of_charge_is_no_payment() -> None:
    opus = [seen_by(name, "2016-02-01").convention.payment for name in ("sqf-o", "ida-o", "mtz-o", "bri-o")]
    assert opus == [(), (), (), ()]
