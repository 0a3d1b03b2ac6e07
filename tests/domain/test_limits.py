"""Every legal limit, one row each: what is answered on the eve, on the day and on the morrow of the day that decides.

The days are those of the texts and of published decisions, worked out apart from the program. A rule without a row says why.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from echeancier.domain.dates import delays, notice
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.notice import NoticeEffect, NoticeTerms, PostingAdvice
from echeancier.domain.dates.rules import RULES

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)
PARIS = ZoneInfo("Europe/Paris")
SENDING = NoticeTerms(months=1, basis="sending")
RECEIPT = NoticeTerms(months=2, basis="receipt")
YEARLY = NoticeTerms(months=3, basis="annual-due-date")
TROYES_END = date(2020, 12, 31)
METZ_EFFECT, METZ_END = date(2021, 1, 1), date(2023, 12, 31)


def _received(day: date) -> NoticeEffect:
    """What a letter of Troyes, received the day it was posted, brings about."""
    return notice.if_posted_on(day, RECEIPT, FRANCE, TROYES_END, None, day, day)


def _to_end_on(end: date) -> PostingAdvice:
    """When to post a month's notice, the posting counting, in a term like that of Metz."""
    return notice.to_end_on(end, SENDING, FRANCE, METZ_END, METZ_EFFECT)


class Row(NamedTuple):
    """One limit: the rule, its article, the day that decides, what is answered around it."""

    rule: str
    article: str
    answer: Callable[[date], object]
    day: str
    said: str  # on the eve, on the day, on the morrow


# fmt: off
ROWS: Final = (
    Row("add_months", "CPC 641", lambda x: delays.add_months(x, 1), "2022-01-31", "2022-02-28 2022-02-28 2022-03-01"),
    Row("days", "CPC 641", lambda x: delays.days(x, 15), "2004-05-21", "2004-06-04 2004-06-05 2004-06-06"),
    Row("months", "CPC 641", lambda x: delays.months(x, 2), "2021-04-16", "2021-06-15 2021-06-16 2021-06-17"),
    Row("ext642", "CPC 642", lambda x: delays.ext642(x, FRANCE), "2004-06-05", "2004-06-04 2004-06-07 2004-06-07"),
    Row("ours", "CPC 642 (ours)", lambda x: delays.ours(x, FRANCE).safe, "2021-02-28", "2021-02-26 2021-02-26 2021-03-01"),
    Row("ours", "CPC 642 (legal)", lambda x: delays.ours(x, FRANCE).legal, "2021-02-28", "2021-02-27 2021-02-28 2021-03-01"),
    Row("franc_months", "CJA R.421-1", lambda x: delays.franc_months(x, 2, FRANCE),
        "2021-03-12", "2021-05-12 2021-05-14 2021-05-14"),
    Row("franc_months", "CGCT L.2131-6", lambda x: delays.franc_months(x, 2, FRANCE),
        "2021-12-31", "2022-03-01 2022-03-01 2022-03-02"),
    Row("franc_months", "CJA R.421-1, Metz", lambda x: delays.franc_months(x, 2, METZ),
        "2021-02-01", "2021-04-01 2021-04-06 2021-04-06"),
    Row("implicit_refusal", "CRPA L.231-4", delays.implicit_refusal, "2021-06-17", "2021-08-16 2021-08-17 2021-08-18"),
    Row("clear_days_before", "CGCT L.2121-12", lambda x: delays.clear_days_before(x, 5),
        "2021-04-12", "2021-04-05 2021-04-06 2021-04-07"),
    Row("notice_before", "the clause, legal", lambda x: delays.notice_before(x, 15, FRANCE).legal,
        "2016-11-15", "2016-10-30 2016-10-31 2016-11-01"),
    Row("notice_before", "the clause, safe", lambda x: delays.notice_before(x, 15, FRANCE).safe,
        "2016-11-15", "2016-10-28 2016-10-28 2016-10-31"),
    Row("huitaine", "usage, legal", lambda x: delays.huitaine(x, FRANCE).legal, "2021-05-06", "2021-05-13 2021-05-14 2021-05-15"),
    Row("huitaine", "usage, safe", lambda x: delays.huitaine(x, FRANCE).safe, "2021-05-06", "2021-05-12 2021-05-12 2021-05-14"),
    Row("term_last_day", "CPC 641", lambda x: delays.term_last_day(x, 12), "2024-02-29", "2025-02-27 2025-02-28 2025-02-28"),
    Row("notice_last_day", "Civ. 3e 02-18.337", lambda x: delays.notice_last_day(x, 3),
        "2021-11-30", "2022-02-28 2022-02-28 2022-03-01"),
    Row("latest_trigger", "Civ. 3e 17-11.312", lambda x: delays.latest_trigger(x, 3),
        "2022-02-28", "2021-11-27 2021-11-30 2021-12-01"),
    Row("latest_trigger", "Civ. 3e 17-11.312", lambda x: delays.latest_trigger(x, 6),
        "2013-09-30", "2013-03-29 2013-03-31 2013-04-01"),
    Row("safe_trigger", "CPC 641, back", lambda x: delays.safe_trigger(x, 3, FRANCE),
        "2023-12-31", "2023-09-29 2023-09-29 2023-09-29"),
    Row("periods", "the clause, first due", lambda x: delays.periods(x, date(2021, 1, 31), 2, FRANCE)[0].due,
        "2020-01-01", "2020-02-28 2020-02-28 2020-02-28"),
    Row("periods", "the clause, how many", lambda x: len(delays.periods(date(2026, 10, 31), x, 2, FRANCE)),
        "2028-02-29", "8 8 9"),
    Row("periods", "the clause, the eighth", lambda x: delays.periods(date(2026, 10, 31), x, 2, FRANCE)[7].last,
        "2028-02-29", "2028-02-28 2028-02-29 2028-02-28"),
    Row("renewal_plan", "policy, kick-off", lambda x: delays.renewal_plan(x, FRANCE).kick_off,
        "2023-12-31", "2023-06-30 2023-06-30 2023-06-30"),
    Row("renewal_plan", "policy, committee", lambda x: delays.renewal_plan(x, FRANCE).committee,
        "2023-12-31", "2023-08-30 2023-08-31 2023-09-01"),
    Row("renewal_plan", "policy, text", lambda x: delays.renewal_plan(x, FRANCE).text_agreed,
        "2023-12-31", "2023-10-30 2023-10-31 2023-10-31"),
    Row("renewal_plan", "policy, vote", lambda x: delays.renewal_plan(x, FRANCE).vote,
        "2023-12-31", "2023-11-30 2023-11-30 2023-12-01"),
    Row("renewal_plan", "policy, executory", lambda x: delays.renewal_plan(x, FRANCE).executory,
        "2023-12-31", "2023-12-07 2023-12-07 2023-12-08"),
    Row("annexe_last", "the clause", lambda x: delays.annexe_last(x, FRANCE), "2023-12-31", "2023-12-29 2023-12-29 2023-12-29"),
    Row("annexe_last", "the clause", lambda x: delays.annexe_last(x, FRANCE), "2021-12-31", "2021-12-29 2021-12-30 2021-12-31"),
    Row("absence_exceeds_months", "the clause, cautious", lambda x: delays.absence_exceeds_months(x, 3).safe,
        "2024-03-04", "2024-06-03 2024-06-04 2024-06-05"),
    Row("absence_exceeds_months", "CPC 641, strict", lambda x: delays.absence_exceeds_months(x, 3).strict,
        "2024-03-04", "2024-06-04 2024-06-05 2024-06-06"),
    Row("absence_exceeds_days", "the clause", lambda x: delays.absence_exceeds_days(x, 30).strict,
        "2021-02-01", "2021-03-02 2021-03-03 2021-03-04"),
    Row("presentation_day", "the post", lambda x: notice.presentation_day(x, FRANCE),
        "2021-05-28", "2021-06-01 2021-06-02 2021-06-02"),
    Row("last_collection_day", "the post", notice.last_collection_day, "2021-06-01", "2021-06-15 2021-06-16 2021-06-17"),
    Row("served_day", "service", lambda x: notice.served_day(x, FRANCE), "2024-12-31", "2025-01-24 2025-01-28 2025-01-28"),
    Row("posting_plan", "the limit", lambda x: notice.posting_plan(x, 1, FRANCE).lim,
        "2024-09-30", "2024-08-29 2024-08-30 2024-09-01"),
    Row("posting_plan.P0", "the sending counts", lambda x: notice.posting_plan(x, 1, FRANCE).p0,
        "2024-09-30", "2024-08-29 2024-08-30 2024-08-30"),
    Row("posting_plan.P1", "the presentation counts", lambda x: notice.posting_plan(x, 1, FRANCE).p1,
        "2024-09-30", "2024-08-26 2024-08-27 2024-08-27"),
    Row("posting_plan.P2", "the receipt counts", lambda x: notice.posting_plan(x, 1, FRANCE).p2,
        "2024-09-30", "2024-08-02 2024-08-06 2024-08-06"),
    Row("due_dates", "annual due date", lambda x: len(notice.due_dates(METZ_EFFECT, x)), "2022-12-31", "1 2 2"),
    Row("next_due_date", "annual due date", lambda x: notice.next_due_date(x, METZ_EFFECT, METZ_END),
        "2021-12-31", "2021-12-31 2021-12-31 2022-12-31"),
    Row("to_end_on", "nothing to post at the term", lambda x: _to_end_on(x).safe_day,
        "2023-12-31", "2023-11-30 None None"),
    Row("to_end_on", "no room before the effect", lambda x: _to_end_on(x).legal_last_day,
        "2021-02-01", "None 2021-01-01 2021-01-02"),
    Row("if_posted_on", "received, annual due date",
        lambda x: notice.if_posted_on(x, YEARLY, METZ, METZ_END, METZ_EFFECT, x, x).expected,
        "2021-09-30", "2021-12-31 2021-12-31 2022-12-31"),
    Row("if_posted_on", "received", lambda x: _received(x).expected,
        "2020-10-31", "2020-12-30 2020-12-31 2020-12-31"),
    Row("if_posted_on", "received, of no use", lambda x: _received(x).useless,
        "2020-10-31", "False True True"),
    Row("if_posted_on", "received, capped", lambda x: _received(x).capped,
        "2020-10-31", "False False True"),
    Row("add_open", "working days", lambda x: FRANCE.add_open(x, 2), "2024-05-03", "2024-05-06 2024-05-07 2024-05-07"),
    Row("add_open", "working days, Metz", lambda x: METZ.add_open(x, 2), "2022-12-23", "2022-12-27 2022-12-28 2022-12-28"),
)
# fmt: on


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}, {row.article}, {row.day}" for row in ROWS])
def test_each_limit_on_its_eve_its_day_and_its_morrow(row: Row) -> None:
    day = date.fromisoformat(row.day)
    around = (day - timedelta(days=1), day, day + timedelta(days=1))
    assert " ".join(str(row.answer(x)) for x in around) == row.said


# The minute before, the minute itself, the minute after.
HOURS: Final = (
    ("36 h", 36, "2020-03-28T20:00", "2020-03-30T08:59 2020-03-30T09:00 2020-03-30T09:01"),
    ("36 h", 36, "2020-10-24T20:00", "2020-10-26T06:59 2020-10-26T07:00 2020-10-26T07:01"),
    ("36 h, 8 May", 36, "2020-05-07T16:30", "2020-05-09T04:29 2020-05-09T04:30 2020-05-09T04:31"),
    ("GDPR 33, 72 h", 72, "2020-10-24T20:00", "2020-10-27T18:59 2020-10-27T19:00 2020-10-27T19:01"),
)


@pytest.mark.parametrize(("article", "hours", "at", "said"), HOURS)
def test_a_delay_in_hours_at_the_minute_before_at_and_after(article: str, hours: int, at: str, said: str) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=PARIS)
    around = (start - timedelta(minutes=1), start, start + timedelta(minutes=1))
    assert [f"{delays.plus_hours(x, hours, 'Europe/Paris'):%Y-%m-%dT%H:%M}" for x in around] == said.split(), article


# How often the clocks show the minute before, the minute itself, the minute after.
CLOCKS: Final = (
    ("2020-10-25T02:00", [1, 2, 2]),
    ("2020-10-25T03:00", [2, 1, 1]),
    ("2020-03-29T02:00", [1, 0, 0]),
    ("2020-03-29T03:00", [0, 1, 1]),
)


@pytest.mark.parametrize(("at", "times"), CLOCKS)
def test_the_hour_that_exists_twice_and_the_one_that_does_not(at: str, times: list[int]) -> None:
    wall = datetime.fromisoformat(at)
    around = (wall - timedelta(minutes=1), wall, wall + timedelta(minutes=1))
    assert [len(delays.local_instants(x, "Europe/Paris")) for x in around] == times


IN_OTHER_TABLES: Final = {"plus_hours", "gdpr_72_hours", "local_instants"}
"""The hours and the clocks, above."""

WITHOUT_A_ROW: Final = {
    "absence_exceeds": "the two functions of months and of days have a row each",
    "parent_end": "the day is the parent's own: nothing is counted",
    "day_of_the_text": "the day is written in the text",
    "day_chosen": "the day is chosen by a person",
    "breach_recorded": "the day is recorded by a person",
    "breach_step": "the day is recorded by a person",
    "suspended_at_once": "the day of the departure itself",
    "resumption": "the day is recorded by a person",
    "amicable_without_delay": "the text gives no last day",
    "without_delay": "the text gives no number",
    "incident_report_policy": "our own number of days, no law behind it",
    "certificate_policy": "our own number of days, no law behind it",
    "transmission_policy": "our own number of days, no law behind it",
    "minutes_policy": "our own number of days, no law behind it",
    "publicity_policy": "our own number of days, no law behind it",
    "payment_policy": "our own number of days, no law behind it",
    "serve_policy": "our own number of days, no law behind it",
    "litigation_review_policy": "our own number of days, no law behind it",
    # Counted on an agenda by the functions above; the tests of each procedure hold their days.
    "gdpr_month_extended": "months, on an agenda (test_limits_lived.py)",
    "days_before": "days back, on an agenda (test_procedure_events.py)",
    "open_days_before": "working days back, on an agenda (test_procedure_events.py)",
    "comment_period": "months and ext642, on an agenda (test_procedure_breach.py)",
    "cure_period": "months and ext642, on an agenda (test_limits_lived.py)",
    "automatic_end": "months and ext642, on an agenda (test_procedure_breach.py)",
    "answer_month": "months, on an agenda (test_procedure_breach.py)",
    "amicable_month": "months and ext642, on an agenda (test_procedure_dispute.py)",
    "not_before_court": "months and ext642, on an agenda (test_procedure_dispute.py)",
    "authority_runs_out": "months, on an agenda (test_procedure_council.py)",
    "convocation_moselle": "clear_days_before, on an agenda (test_procedure_council.py)",
    "signature_gate": "the day after the act is executory (test_door_signature.py)",
}


def test_every_rule_has_a_row_or_a_reason() -> None:
    held = {row.rule for row in ROWS} | IN_OTHER_TABLES
    assert held | set(WITHOUT_A_ROW) == set(RULES)
    assert not held & set(WITHOUT_A_ROW)
