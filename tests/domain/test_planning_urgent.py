"""What cannot wait for tomorrow's mail leaves at once, alone; everything else is left to the mail of the day."""

import pytest

from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import PARIS, at, convention, d, signed
from tests.domain.builders_life import Life, life

BLANK = {
    "id": "which-day", "about": "Quel jour ?", "about_en": "Which day?", "kind": "blank", "answer": "date",
    "ask": "coordinator", "clauses": ["A1"],
}  # fmt: skip
ONCE = {
    "id": "once", "kind": "payment", "title": "Le dépôt", "title_en": "The deposit", "question": "which-day",
    "owed_by": "agency", "owed_to": "town", "responsible": ["partner"], "clauses": ["A1"],
}  # fmt: skip


def asking(other: str = "2022-10-03") -> Life:
    """Return a life in which the partner, who has something else to do, was written to already; one day is still asked for."""
    else_to_do = {**ONCE, "id": "other", "question": None, "on": d(other)}
    terms = convention(question=[BLANK], one_off=[ONCE, else_to_do])
    return life(terms, signed("2021-12-15"), "2022-01-03").until("2022-01-10")


def known(hour: int, day: str, minute: int = 0) -> Life:
    """Return a life in which a day to act by is learnt on Tuesday 1 March 2022, at an hour."""
    lived = asking()
    answer = QuestionAnswered(on=d("2022-03-01"), question="which-day", day=d(day))
    lived.record(answer, when=at("2022-03-01", hour, minute))
    return lived.until("2022-03-02")


def told(lived: Life) -> list[tuple[str, str]]:
    found = [(when, o) for when, o in lived.to("partner") if any(one.item == "once" for one in o.lines)]
    return [(f"{when.astimezone(PARIS):%d %H:%M}", o.kind) for when, o in found[:1]]


@pytest.mark.parametrize("day", ["2022-03-01", "2022-03-02"])
def test_what_is_learnt_after_the_morning_for_today_or_tomorrow_leaves_at_once_and_alone(day: str) -> None:
    assert told(known(15, day)) == [("01 15:00", "urgent")]


def test_what_is_learnt_for_later_is_left_to_the_mail_of_the_day() -> None:
    assert told(known(15, "2022-03-03")) == [("01 15:00", "reminders")]  # the mail of the day takes it tomorrow morning


def test_what_is_learnt_in_the_morning_is_left_to_the_mail_of_the_day() -> None:
    assert told(known(9, "2022-03-01")) == [("01 09:00", "reminders")]


def test_tomorrow_is_the_next_day_on_which_we_work() -> None:
    lived = asking()
    friday = at("2022-03-04", 15)
    lived.record(QuestionAnswered(on=d("2022-03-04"), question="which-day", day=d("2022-03-07")), when=friday)
    assert told(lived) == [("04 15:00", "urgent")]


def test_after_its_mail_of_the_morning_nobody_waits_for_what_is_for_today() -> None:
    """It is not ten yet, but this morning's mail has left: the next one would come too late."""
    lived = asking(other="2022-03-03").until("2022-02-28")
    lived.record(
        QuestionAnswered(on=d("2022-03-01"), question="which-day", day=d("2022-03-01")), when=at("2022-03-01", 9)
    )
    assert [o.kind for when, o in lived.to("partner") if when.date() == d("2022-03-01")] == ["reminders", "urgent"]
