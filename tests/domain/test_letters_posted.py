"""Letters of ours that were posted: what was recorded last of each counts, and a step of the other side is none of ours."""

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted, LetterPresented, LetterReturned
from echeancier.domain.standing.posted_letters import has_left, postings
from tests.domain.builders import NOTICE, at, convention, d, recorded
from tests.domain.examples_seen import seen_by

POSTED = LetterPosted(on=d("2022-03-01"), rule="leave", by="town")


def test_of_each_event_of_a_letter_the_last_one_recorded_counts() -> None:
    told = recorded(
        POSTED,
        LetterPresented(on=d("2022-03-03"), letter="f1"),
        LetterPresented(on=d("2022-03-04"), letter="f1"),
        LetterDelivered(on=d("2022-03-07"), letter="f1"),
        LetterDelivered(on=d("2022-03-08"), letter="f1"),
        LetterReturned(on=d("2022-03-21"), letter="f1", outcome="unclaimed"),
        LetterReturned(on=d("2022-03-22"), letter="f1", outcome="refused"),
    )
    (posted,) = postings(situation(convention(termination=[NOTICE]), told, at("2022-04-01")))
    assert (posted.presented_on, posted.delivered_on) == (d("2022-03-04"), d("2022-03-08"))
    assert (posted.returned_on, posted.outcome) == (d("2022-03-22"), "refused")


@pytest.mark.parametrize(
    ("letter", "about", "since", "left"),
    [
        ("termination", "leave", None, True),
        ("termination", "leave", "2022-03-01", True),
        ("termination", "leave", "2022-03-02", False),
        ("renewal", "leave", None, False),
        ("termination", "other", None, False),
    ],
)
def test_a_letter_left_when_that_very_letter_about_that_very_thing_was_posted_since(
    letter: str, about: str, since: str | None, *, left: bool
) -> None:
    posted = postings(situation(convention(termination=[NOTICE]), recorded(POSTED), at("2022-04-01")))
    assert has_left(posted, letter, about, d(since) if since else None) is left


@pytest.mark.parametrize(("us", "ours"), [("operateur", ["formal-notice"]), ("metropole", [])])
def test_a_formal_notice_is_a_letter_of_whoever_sends_it(us: str, ours: list[str]) -> None:
    step = BreachStep(
        breach="data-duties-breach",
        step="formal-notice",
        on=d("2020-01-28"),
        presented_on=d("2020-01-30"),
        delivered_on=d("2020-02-03"),
    )
    posted = postings(seen_by("tcm-d", "2020-02-05", step, us=us))
    assert [one.letter for one in posted] == ours
