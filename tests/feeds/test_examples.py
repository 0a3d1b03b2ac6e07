"""The feeds of the example conventions, read back by other eyes."""

import datetime as dt
from pathlib import Path

import pytest

from echeancier.domain.messages.context import Context
from echeancier.domain.overview.feed import Coverage
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.feeds.calendar import calendar
from tests.adapters.itip_rules import syntax_problems
from tests.desk.fakes import EXAMPLES, example
from tests.domain import builders as b
from tests.feeds.scene import entries, feed
from tests.support.long import examples_tried

NAMES = examples_tried(sorted(path.name.removesuffix(".facts.toml") for path in Path(EXAMPLES).glob("*.facts.toml")))


def test_there_are_ten_and_more() -> None:
    assert len(NAMES) >= 10


@pytest.mark.parametrize("coverage", ["deadlines", "all"])
@pytest.mark.parametrize("name", NAMES)
def test_each_feed_says_what_the_agenda_says(name: str, coverage: Coverage) -> None:
    dossier = example(name, b.at("2014-01-06"))
    signed = max((record.recorded_at for record in dossier.facts), default=dossier.registered_at)
    ctx = Context(dossier, signed + dt.timedelta(days=90), DEFAULT_POLICY)
    reference = dossier.convention.reference
    content = calendar(feed("convention", reference), coverage, [ctx])
    assert syntax_problems(content) == []
    assert content == calendar(feed("convention", reference), coverage, [Context(dossier, ctx.now, DEFAULT_POLICY)])
    found = entries(content)
    days = {f"{item.key}.{reference}@echeancier.example": item for item in ctx.agenda.items}
    assert found
    for uid, event in found.items():
        if uid in days:
            assert event.start == days[uid].safe_day or event.start == days[uid].legal_last_day
            assert event.end == event.start + dt.timedelta(days=1)
    if coverage == "deadlines":
        wanted = {
            uid
            for uid, item in days.items()
            if item.state in ("open", "upcoming", "late") and item.safe_day and item.meeting_at is None
        }
        assert wanted <= set(found) <= set(days)
