"""Every legal limit, one row each: what is answered on the eve, on the day and on the morrow of the day that decides.

The days are those of the texts and of published decisions, worked out apart from the program. A rule without a row says why.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates import delay, delays, notice
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.first_term import TermLength, first_term
from echeancier.domain.dates.notice import NoticeEffect, NoticeTerms, PostingAdvice
from echeancier.domain.dates.rules import RULES
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.personal_data import AnswerExtended
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at, convention, item, recorded, seen
from tests.domain.examples_seen import agenda_by, latest_of_ours, next_id, seen_by

FRANCE = WorkingDays()
HUITAINE = Delay(days=8, named="huitaine")
THREE_MONTHS = Delay(months=3, more_than=True, since="state")
THIRTY_DAYS = Delay(days=30, more_than=True, since="state")
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)
PARIS = ZoneInfo("Europe/Paris")
SENDING = NoticeTerms(Delay(months=1), "sending")
RECEIPT = NoticeTerms(Delay(months=2), "receipt")
YEARLY = NoticeTerms(Delay(months=3), "unstated", "anniversary")
TROYES_END = date(2020, 12, 31)
METZ_EFFECT, METZ_END = date(2021, 1, 1), date(2023, 12, 31)


def _received(day: date) -> NoticeEffect:
    """What a letter of Troyes, received the day it was posted, brings about."""
    return notice.if_posted_on(day, RECEIPT, FRANCE, TROYES_END, None, day, day)


def _to_end_on(end: date) -> PostingAdvice:
    """When to post a month's notice, the posting counting, in a term like that of Metz."""
    return notice.to_end_on(end, SENDING, FRANCE, METZ_END, METZ_EFFECT)


def _of(rule: str, found: Item) -> Item:
    """Return an item, which must be dated by that rule."""
    assert found.rule == rule
    return found


def _extended(received: date) -> Item:
    """The answer to a person of Troyes, extended within the month."""
    key = f"person-answer/{next_id('tcm-d')}"
    told = (
        Happened(event="person-request", on=received),
        AnswerExtended(on=received + timedelta(days=20), item=key),
    )
    return _of("gdpr_month_extended", item(agenda_by("tcm-d", f"{received + timedelta(days=21)}", *told), key))


def _announced(release: date, reading: str) -> Item:
    """The announcement of a release, five days before it: days of the calendar, or working days."""
    told = (
        QuestionAnswered(on=date(2024, 9, 1), question="five-days-kind", reading=reading),
        Happened(event="release-planned", on=release),
    )
    found = item(agenda_by("ida-o", "2024-09-01", *told), f"release-announced/{next_id('ida-o', 2)}")
    return _of("open_days_before" if reading == "working" else "days_before", found)


def _comments(posted: date, us: str = "") -> Item:
    """Our comments, or those of the other side, on the reasons posted to whoever is at fault."""
    reasons = BreachStep(breach="fault", step="inform-reasons", on=posted, delivered_on=posted)
    found = agenda_by("ida-o", f"{posted}", reasons, us=us)
    return _of("comment_period", item(found, f"fault/{next_id('ida-o')}/comment"))


def _formal_notice(received: date, step: str, rule: str, us: str = "") -> Item:
    """What a formal notice of Troyes gives: the time to cure, then the end by itself."""
    letter = BreachStep(breach="data-duties-breach", step="formal-notice", on=date(2020, 1, 28), delivered_on=received)
    found = agenda_by("tcm-d", f"{received}", letter, us=us)
    return _of(rule, item(found, f"data-duties-breach/{next_id('tcm-d')}/{step}"))


def _decided(received: date) -> Item:
    """The end of a convention, a month after the final decision was received."""
    told = (
        BreachStep(breach="fault", step="inform-reasons", on=date(2024, 9, 5)),
        BreachStep(breach="fault", step="decide", on=date(2024, 10, 16), delivered_on=received),
        QuestionAnswered(on=received, question="whose-answer", reading="final-decision"),
    )
    return _of("answer_month", item(agenda_by("ida-o", f"{received}", *told), "end"))


def _dispute(raised: date, then: str = "") -> Item:
    """The amicable phase of Metz, or the court after it."""
    found = agenda_by("mtz-p", f"{raised}", Happened(event="dispute-raised", on=raised))
    return _of("not_before_court" if then else "amicable_month", item(found, f"dispute/{next_id('mtz-p')}{then}"))


def _voted_for_a_year(effect: date) -> Item:
    """The vote that carries on a convention of three years whose council voted one."""
    act = {"party": "town", "body": "conseil municipal", "authorises_months": 12, "clauses": ["A1"]}
    terms = convention(
        effect={"rule": "fixed", "on": effect, "clauses": ["A1"]}, term={"months": 36, "clauses": ["A1"]}, act=act
    )
    found = next(i for i in seen(terms, (), f"{effect}").items if i.series == "authority")
    return _of("authority_runs_out", found)


def _of_a_department(session: date) -> Situation:
    parties = {"town": {"name": "Département", "kind": "departement"}, "agency": {"name": "Agence", "kind": "operator"}}
    council = {"party": "town", "body": "conseil départemental"}
    return situation(convention(parties=parties, act=council), (), at(str(session)))


def _to_sign(executory: date) -> Item:
    """The signature of a town whose act was published, then transmitted on a day."""
    terms = convention(act={"party": "town", "body": "conseil municipal", "clauses": ["A1"]})
    adopted = ActAdopted(on=date(2024, 4, 15)), ActPublished(on=date(2024, 4, 16))
    found = seen(terms, recorded(*adopted, ActTransmitted(on=executory)), f"{executory}")
    return _of("signature_gate", item(found, "signature/town"))


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
    Row("days_before", "the clause, legal", lambda x: delay.before_event(x, Delay(days=15), FRANCE).legal,
        "2016-11-15", "2016-10-30 2016-10-31 2016-11-01"),
    Row("days_before", "the clause, safe", lambda x: delay.before_event(x, Delay(days=15), FRANCE).safe,
        "2016-11-15", "2016-10-28 2016-10-28 2016-10-31"),
    Row("huitaine", "usage, legal", lambda x: delay.after(x, HUITAINE, FRANCE).legal,
        "2021-05-06", "2021-05-13 2021-05-14 2021-05-15"),
    Row("huitaine", "usage, safe", lambda x: delay.after(x, HUITAINE, FRANCE).safe,
        "2021-05-06", "2021-05-12 2021-05-12 2021-05-14"),
    Row("ouvrable_days", "six days a week", lambda x: delay.plus(x, Delay(ouvrable_days=2), FRANCE),
        "2024-05-03", "2024-05-04 2024-05-06 2024-05-07"),
    Row("clear_days", "neither end counts", lambda x: delay.plus(x, Delay(clear_days=15), FRANCE),
        "2024-06-03", "2024-06-18 2024-06-19 2024-06-20"),
    Row("month_end", "usage", lambda x: delay.plus(x, Delay(days=45, month_end="then"), FRANCE),
        "2027-01-14", "2027-02-28 2027-02-28 2027-03-31"),
    Row("first_day_named", "the clause", lambda x: delay.plus(x, Delay.model_validate({"months": 1, "from": "next-day"}), FRANCE),
        "2027-02-28", "2027-03-27 2027-03-31 2027-04-01"),
    Row("at_least", "the clause", lambda x: delay.after(x, Delay(days=15, bound="at_least"), FRANCE).safe_opens,
        "2027-03-01", "2027-03-16 2027-03-17 2027-03-18"),
    Row("term_last_day", "CPC 641", lambda x: delays.term_last_day(x, 12), "2024-02-29", "2025-02-27 2025-02-28 2025-02-28"),
    Row("first_term", "first day counted", lambda x: first_term(x, TermLength("weeks", 6)),
        "2028-01-19", "2028-02-28 2028-02-29 2028-03-01"),
    Row("first_term", "C. éduc. L.521-1", lambda x: first_term(x, TermLength("school_years", 1)),
        "2027-08-31", "2027-08-31 2027-08-31 2028-08-31"),
    Row("notice_last_day", "Civ. 3e 02-18.337", lambda x: delay.plus(x, Delay(months=3), FRANCE),
        "2021-11-30", "2022-02-28 2022-02-28 2022-03-01"),
    Row("to_end_on", "Civ. 3e 17-11.312", lambda x: delay.latest(x, Delay(months=3), FRANCE),
        "2022-02-28", "2021-11-27 2021-11-30 2021-12-01"),
    Row("to_end_on", "Civ. 3e 17-11.312", lambda x: delay.latest(x, Delay(months=6), FRANCE),
        "2013-09-30", "2013-03-29 2013-03-31 2013-04-01"),
    Row("posting_plan", "CPC 641, back", lambda x: FRANCE.prev_workable(delay.minus(x, Delay(months=3), FRANCE)),
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
    Row("absence_exceeds_months", "the clause, cautious", lambda x: delay.exceeds(x, THREE_MONTHS, FRANCE).safe,
        "2024-03-04", "2024-06-03 2024-06-04 2024-06-05"),
    Row("absence_exceeds_months", "CPC 641, strict", lambda x: delay.exceeds(x, THREE_MONTHS, FRANCE).strict,
        "2024-03-04", "2024-06-04 2024-06-05 2024-06-06"),
    Row("absence_exceeds_days", "the clause", lambda x: delay.exceeds(x, THIRTY_DAYS, FRANCE).strict,
        "2021-02-01", "2021-03-02 2021-03-03 2021-03-04"),
    Row("presentation_day", "the post", lambda x: notice.presentation_day(x, FRANCE),
        "2021-05-28", "2021-06-01 2021-06-02 2021-06-02"),
    Row("last_collection_day", "the post", notice.last_collection_day, "2021-06-01", "2021-06-15 2021-06-16 2021-06-17"),
    Row("served_day", "service", lambda x: notice.served_day(x, FRANCE), "2024-12-31", "2025-01-24 2025-01-28 2025-01-28"),
    Row("posting_plan", "the limit", lambda x: notice.posting_plan(x, SENDING, FRANCE).lim,
        "2024-09-30", "2024-08-29 2024-08-30 2024-09-01"),
    Row("posting_plan.P0", "the sending counts", lambda x: notice.posting_plan(x, SENDING, FRANCE).p0,
        "2024-09-30", "2024-08-29 2024-08-30 2024-08-30"),
    Row("posting_plan.P1", "the presentation counts", lambda x: notice.posting_plan(x, SENDING, FRANCE).p1,
        "2024-09-30", "2024-08-26 2024-08-27 2024-08-27"),
    Row("posting_plan.P2", "the receipt counts", lambda x: notice.posting_plan(x, SENDING, FRANCE).p2,
        "2024-09-30", "2024-08-02 2024-08-06 2024-08-06"),
    Row("due_dates", "annual due date", lambda x: len(notice.due_dates(METZ_EFFECT, x, YEARLY)), "2022-12-31", "1 2 2"),
    Row("next_due_date", "annual due date", lambda x: notice.next_due_date(x, METZ_EFFECT, METZ_END, YEARLY),
        "2021-12-31", "2021-12-31 2021-12-31 2022-12-31"),
    Row("next_due_date", "annual due date, before the effect", lambda x: notice.next_due_date(x, METZ_EFFECT, METZ_END, YEARLY),
        "2020-12-31", "2021-12-31 2021-12-31 2021-12-31"),
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
    Row("gdpr_month_extended", "GDPR 12(3)", lambda x: _extended(x).legal_last_day,
        "2020-08-31", "2020-11-30 2020-11-30 2020-12-01"),
    Row("days_before", "the clause, legal", lambda x: _announced(x, "calendar").legal_last_day,
        "2024-09-15", "2024-09-09 2024-09-10 2024-09-11"),
    Row("days_before", "the clause, safe", lambda x: _announced(x, "calendar").safe_day,
        "2024-09-15", "2024-09-06 2024-09-09 2024-09-10"),
    Row("open_days_before", "the clause, legal", lambda x: _announced(x, "working").legal_last_day,
        "2024-09-16", "2024-09-09 2024-09-09 2024-09-10"),
    Row("open_days_before", "the clause, safe", lambda x: _announced(x, "working").safe_day,
        "2024-09-16", "2024-09-06 2024-09-06 2024-09-09"),
    Row("comment_period", "the clause, ours", lambda x: _comments(x).legal_last_day,
        "2024-08-31", "2024-09-30 2024-09-30 2024-10-01"),
    Row("comment_period", "the clause, ours to post", lambda x: _comments(x).safe_day,
        "2024-09-06", "2024-10-04 2024-10-04 2024-10-07"),
    Row("comment_period", "CPC 642, theirs", lambda x: _comments(x, us="operator").legal_last_day,
        "2024-10-31", "2024-12-02 2024-12-02 2024-12-02"),
    Row("cure_period", "CPC 641, ours", lambda x: _formal_notice(x, "cure", "cure_period").legal_last_day,
        "2020-01-31", "2020-02-29 2020-02-29 2020-03-01"),
    Row("cure_period", "ours to send", lambda x: _formal_notice(x, "cure", "cure_period").safe_day,
        "2020-02-02", "2020-02-28 2020-03-02 2020-03-03"),
    Row("cure_period", "CPC 642, theirs", lambda x: _formal_notice(x, "cure", "cure_period", "operateur").legal_last_day,
        "2020-02-02", "2020-03-02 2020-03-02 2020-03-03"),
    Row("automatic_end", "the clause", lambda x: _formal_notice(x, "ends", "automatic_end").legal_last_day,
        "2020-01-31", "2020-02-29 2020-02-29 2020-03-01"),
    Row("answer_month", "the clause", lambda x: _decided(x).legal_last_day,
        "2024-10-31", "2024-11-30 2024-11-30 2024-12-01"),
    Row("amicable_month", "CPC 642", lambda x: _dispute(x).legal_last_day,
        "2021-11-27", "2021-12-27 2021-12-27 2021-12-28"),
    Row("not_before_court", "CPC 642", lambda x: _dispute(x, "/court").opens_on,
        "2021-11-27", "2021-12-28 2021-12-28 2021-12-29"),
    Row("authority_runs_out", "the vote", lambda x: _voted_for_a_year(x).legal_last_day,
        "2024-02-29", "2025-02-27 2025-02-28 2025-02-28"),
    Row("convocation_at_least", "CGCT L.2541-2, legal",
        lambda x: latest_of_ours(seen_by("mtz-p", f"{x}"), x).legal,
        "2021-03-11", "2021-03-07 2021-03-08 2021-03-09"),
    Row("convocation_at_least", "CGCT L.2541-2, safe",
        lambda x: latest_of_ours(seen_by("mtz-p", f"{x}"), x).safe,
        "2021-03-11", "2021-03-05 2021-03-05 2021-03-08"),
    Row("convocation_at_least", "CGCT L.3121-19, legal", lambda x: latest_of_ours(_of_a_department(x), x).legal,
        "2021-03-20", "2021-03-07 2021-03-08 2021-03-09"),
    Row("convocation_at_least", "CGCT L.3121-19, safe", lambda x: latest_of_ours(_of_a_department(x), x).safe,
        "2021-03-20", "2021-03-05 2021-03-05 2021-03-08"),
    Row("signature_gate", "CGCT L.2131-1", lambda x: _to_sign(x).opens_on,
        "2024-04-19", "2024-04-19 2024-04-22 2024-04-22"),
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


OF_DELAYS: Final = (
    ("hours_before", "2024-12-10T14:00", "2024-12-08T13:59 2024-12-08T14:00 2024-12-08T14:01"),
    ("open_hours", "2027-05-05T16:00", "2027-05-05T16:59 2027-05-05T17:00 2027-05-07T09:01"),
)


@pytest.mark.parametrize(("rule", "at", "said"), OF_DELAYS)
def test_hours_back_and_hours_of_the_house_end_to_the_minute(rule: str, at: str, said: str) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=PARIS)
    house = (time(9), time(17))
    count: dict[str, Callable[[datetime], datetime]] = {
        "hours_before": lambda x: delay.hours_before(x, 48, "Europe/Paris", FRANCE)[0],
        "open_hours": lambda x: delay.plus_open_hours(x, 1, house, "Europe/Paris", FRANCE),
    }
    around = (start - timedelta(minutes=1), start, start + timedelta(minutes=1))
    assert [f"{count[rule](x):%Y-%m-%dT%H:%M}" for x in around] == said.split()


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


IN_OTHER_TABLES: Final = {"plus_hours", "hours_before", "open_hours", "gdpr_72_hours", "local_instants"}
"""The hours and the clocks, above."""

WITHOUT_A_ROW: Final = {
    "absence_exceeds": "the two functions of months and of days have a row each",
    "amended_end": "the day is written in the amendment; which one rules is tested in test_amendments.py",
    "amended_day": "the day is written in the amendment",
    "suspended_end": "days counted one by one in test_suspended_end.py",
    "tacit_end": "the ends of the sheet of vectors and of an independent count in test_term_ends.py",
    "ended_of_right": "the day of an event, or a delay after it, which has its rows",
    "renewed_end": "the same ends, as many as acts were taken, in test_express_renewal.py",
    "denial_plan": "a month and two before a day of the notice, which has its rows",
    "parent_end": "the day is the parent's own: nothing is counted",
    "yearly_day": "the day is written in the text; which years, worked out by hand in test_calendar_duties.py",
    "monthly_day": "the day is written in the text; which months, worked out by hand in test_turns.py",
    "weekly_day": "the day is written in the text; which weeks, worked out by hand in test_turns.py",
    "after_close": "a delay after a day, which has its rows; which years, worked out by hand in test_turns.py",
    "part_of_year": "the last day of a part of the calendar, worked out by hand in test_turns.py",
    "before_term": "a delay before the end, which has its rows; which ends, worked out by hand in test_turns.py",
    "survives_until": "a delay after the end, which has its rows",
    "period_day": "the first or the last day of a period, worked out by hand in test_turns.py",
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
}


def test_every_rule_has_a_row_or_a_reason() -> None:
    held = {row.rule for row in ROWS} | IN_OTHER_TABLES
    assert held | set(WITHOUT_A_ROW) == set(RULES)
    assert not held & set(WITHOUT_A_ROW)
