"""The dates that the files of Metz, Briançon and Troyes give, against days worked out by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.cli.notice.answers import to_end
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.standing.situation import Situation
from tests.support.project_files import ROOT

REGISTERED = {
    "mtz-p": date(2021, 4, 1), "mtz-a": date(2021, 4, 1), "bri-p": date(2016, 2, 1),
    "tcm-p": date(2020, 1, 10), "tcm-d": date(2020, 2, 3),
}  # fmt: skip

# convention, item, last day allowed, day to act by
DAYS = [
    ("mtz-p", "recourse/21-03-11-11/third-parties", "2021-05-17", None),
    ("mtz-p", "notice/annual-notice/2021", "2021-09-30", "2021-09-03"),
    ("mtz-p", "notice/annual-notice/2022", "2022-09-30", "2022-09-06"),
    ("mtz-p", "half-yearly-evaluation/2022-07", "2022-12-31", "2022-12-30"),
    ("mtz-p", "half-yearly-evaluation/2023-07", "2023-12-31", "2023-12-29"),
    ("mtz-p", "steering-committee/2021", "2021-12-31", "2021-12-31"),
    ("mtz-p", "renewal/2023/vote", None, "2023-11-30"),
    ("mtz-p", "first-half-2021", None, "2021-04-28"),
    ("mtz-a", "financial-annex/2021", "2021-12-31", "2021-12-30"),
    ("mtz-a", "financial-annex/2023", "2023-12-31", "2023-12-29"),
    ("bri-p", "recourse/2015-102b/third-parties", "2016-02-11", None),
    ("bri-p", "annual-meeting/1", "2017-01-17", "2017-01-17"),
    ("bri-p", "renewal/2017/signatures", "2017-01-17", "2017-01-16"),
    ("tcm-p", "recourse/2019-25/prefect", "2020-02-17", None),
    ("tcm-p", "events-programme/2020-01", "2020-02-29", "2020-02-28"),
    ("tcm-p", "events-programme/2020-09", "2020-10-31", "2020-10-30"),
    ("tcm-p", "directors-meeting/2020-1", "2020-12-31", "2020-04-30"),
    ("tcm-d", "delivery-deletion/f7", "2020-03-15", "2020-03-13"),
    ("tcm-d", "final-destruction", "2021-02-28", "2021-02-26"),
]


def planned(name: str) -> Agenda:
    return agenda_of(situated(name))


def situated(name: str) -> Situation:
    convention = load_convention(ROOT / "examples" / f"{name}.toml")
    entries = load_facts(ROOT / "examples" / f"{name}.facts.toml")
    day = REGISTERED[name]
    now = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Europe/Paris"))
    return situation(convention, as_records(entries, convention.place.time_zone), now, registered_on=day)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("name", "key", "legal", "safe"), DAYS, ids=[f"{row[0]} {row[1]}" for row in DAYS])
def test_a_deadline_has_its_last_day_and_its_safe_day(name: str, key: str, legal: str | None, safe: str | None) -> None:
    item = planned(name).item(key)
    assert item is not None
    assert (item.legal_last_day, item.safe_day) == (day(legal), day(safe))


# convention, clause, last day in force wanted, last day allowed, day to post by
ANY_DAY = [
    ("bri-p", "one-month-notice", "2017-01-16", "2016-12-16", "2016-11-22"),
    ("tcm-p", "three-month-notice", "2020-12-30", "2020-09-30", "2020-09-03"),
]


@pytest.mark.parametrize(("name", "clause", "end", "legal", "safe"), ANY_DAY, ids=[row[0] for row in ANY_DAY])
def test_a_notice_for_any_day_is_no_line_and_the_calculator_gives_its_days(
    name: str, clause: str, end: str, legal: str, safe: str
) -> None:
    assert [one.key for one in planned(name).items if one.kind == "notice"] == []
    s = situated(name)
    rule = next(one for one in s.convention.termination if one.id == clause)
    answer = to_end(s, rule, date.fromisoformat(end))
    assert answer.advice is not None
    assert (answer.advice.legal_last_day, answer.advice.safe_day) == (day(legal), day(safe))
    assert answer.pointless


def test_metz_posts_nothing_in_the_year_whose_due_date_is_the_term() -> None:
    assert planned("mtz-p").item("notice/annual-notice/2023") is None


def test_metz_warns_of_its_effect_of_its_short_vote_and_of_the_vote_it_cites() -> None:
    warned = {warning.id for warning in planned("mtz-p").warnings}
    assert {"retroactive-effect", "act-shorter-than-term", "act-wrong-authority-cited"} <= warned


def test_rhythms_without_a_number_are_asked_in_troyes() -> None:
    asked = {question.id for name in ("tcm-p", "tcm-d") for question in planned(name).questions}
    assert {"rhythm/operational-follow-up", "rhythm/territory-information", "rhythm/data-delivery"} <= asked
