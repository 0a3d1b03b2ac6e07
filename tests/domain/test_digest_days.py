"""No line of a digest gives a day after the act that it names: the examples, each week of their last eight months."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.items import TO_DO
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.digest import DigestLine, Robot, digests
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.overview.todo import decide_by, todos
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import EXAMPLES, at
from tests.domain.examples_seen import example
from tests.support.long import examples_tried

NAMES = examples_tried(sorted(path.stem for path in EXAMPLES.glob("*.toml") if "." not in path.stem))


def seen(name: str, day: date, *more: Fact, voted: bool = True) -> Context:
    """An example on a day at eight; without a vote where the text wants none."""
    terms, records = example(name)
    if not voted:
        terms = terms.model_copy(update={"act": ()})
    now = at(day.isoformat(), 8)
    added = [
        Recorded(id=f"f{n}", fact=fact, recorded_at=now, recorded_by="coordinator")
        for n, fact in enumerate(more, len(records) + 1)
    ]
    file = Dossier(
        convention=terms, registered_at=records[0].recorded_at, registered_by="coordinator", facts=[*records, *added]
    )  # fmt: skip
    return Context(file, now, DEFAULT_POLICY)


def last_months(name: str) -> Iterator[date]:
    terms, records = example(name)
    end = situation(terms, records, at("2030-01-01")).natural_end
    if end is None:  # it runs for as long as nobody ends it: any half-year will do
        end = records[-1].recorded_at.date() + timedelta(days=240)
    return (end - timedelta(days=back) for back in range(238, -1, -7))


def lines_of(ctx: Context) -> list[DigestLine]:
    made = digests([ctx], ctx.now, DigestHours(), Robot(), ["accueil@ville.example"], whenever=True)
    found = next((one for one in made if one.address == "accueil@ville.example"), None)
    return [] if found is None else [line for lines in found.sections.values() for line in lines]


def acts_before_the_end(ctx: Context) -> list[date]:
    """The decision, the vote, the letter to post: the safe days of those still to be done."""
    end = ctx.agenda.natural_end
    assert end is not None
    steps = [f"renewal/{end.year}/{name}" for name in ("decision", "vote")]
    items = [item for item in ctx.agenda.items if item.key in steps or item.kind == "notice"]
    return [item.safe_day for item in items if item.state in TO_DO and item.safe_day]


def later_than_its_act(ctx: Context, line: DigestLine) -> bool:
    """Whether a line of a dated thing gives a day after its own last one."""
    item = ctx.items.get(line.of[0].item)
    if item is None or line.day is None:
        return False
    days = (item.safe_day, item.legal_last_day, item.meeting_at and item.meeting_at.date())
    return line.day > max(day for day in days if day)


@pytest.mark.parametrize("voted", [True, False], ids=["vote", "letter"])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_gives_a_day_after_the_act_that_it_names(name: str, voted: bool) -> None:
    spoken = 0
    for day in last_months(name):
        ctx = seen(name, day, voted=voted)
        found = lines_of(ctx)
        spoken += len(found)
        for line in found:
            if line.what.fr == "Décider de la suite":
                assert line.day == min(acts_before_the_end(ctx))
        assert [line for line in found if later_than_its_act(ctx, line)] == [], day
    assert spoken


def test_the_decision_is_spoken_of_for_months() -> None:
    weeks = [lines_of(seen("tcm-p", day)) for day in last_months("tcm-p")]
    assert sum(any(line.what.fr == "Décider de la suite" for line in found) for found in weeks) > 8


@pytest.mark.parametrize("name", NAMES)
def test_what_is_to_do_about_an_end_is_dated_by_its_decision_too(name: str) -> None:
    for day in last_months(name):
        ctx = seen(name, day)
        for todo in todos(ctx):
            if todo.item is not None and todo.item.kind == "end":
                assert todo.day == (min(acts_before_the_end(ctx), default=None) or ctx.agenda.ends_on), day


def test_once_decided_only_the_vote_is_waited_for_and_once_given_up_nothing() -> None:
    day = date(2020, 10, 5)
    renewed = seen("tcm-p", day, RenewalDecided(on=day, decision="new-convention"))
    assert decide_by(renewed) == date(2020, 11, 30) == renewed.items["renewal/2020/vote"].safe_day
    assert decide_by(seen("tcm-p", day, RenewalDecided(on=day, decision="let-lapse"))) is None
    assert decide_by(seen("mtz-p", date(2022, 7, 4))) == date(2022, 9, 6)
    lapsing = seen("mtz-p", date(2022, 7, 4), RenewalDecided(on=date(2022, 7, 4), decision="let-lapse"))
    assert lapsing.items["notice/annual-notice/2022"].state in TO_DO
    assert decide_by(lapsing) is None
