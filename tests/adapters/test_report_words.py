"""The words of the report, what became of things, and the table of the terminal."""

import io
import string
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from echeancier.adapters.report import console_table
from echeancier.adapters.report.console import lines_of
from echeancier.adapters.report.figures import figures
from echeancier.adapters.report.flags import Flag
from echeancier.adapters.report.lanes import lanes
from echeancier.adapters.report.outcomes import Outcome, in_words, outcome
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.timeline import timeline
from echeancier.adapters.report.wording import phrases
from echeancier.domain.agenda.items import Item, State
from tests.adapters.rehearsed import lived, story

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return story(tmp_path_factory.mktemp("rehearsal"))


def item(told: Story, **changes: object) -> Item:
    return told.by_key["quarterly-data/2021-07"].model_copy(update=changes)


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_phrase_exists_in_both_languages_and_names_the_same_values() -> None:
    for name, said in phrases().items():
        assert set(said) == {"fr", "en"}, name
        assert fields(said["fr"]) == fields(said["en"]), name


def test_each_phrase_is_used() -> None:
    root = Path(__file__).parents[2]
    sources = [
        *(root / "echeancier" / "adapters" / "report").glob("*.py"),
        *(root / "echeancier" / "templates" / "report").glob("*.[hs]*"),
    ]
    text = "".join(path.read_text("utf-8") for path in sources)
    by_prefix = ("lane-", "question-", "legend-", *Outcome)
    unused = [
        name for name in phrases() if f'"{name.removesuffix("-many")}"' not in text and not name.startswith(by_prefix)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({"state": State.DONE, "done_on": date(2021, 9, 30)}, Outcome.KEPT),
        ({"state": State.DONE, "done_on": date(2021, 10, 1)}, Outcome.KEPT_LATE),
        ({"state": State.DONE, "done_on": date(2021, 10, 1), "legal_last_day": None}, Outcome.KEPT),
        ({"state": State.DONE, "done_on": None}, Outcome.ELAPSED),
        ({"state": State.LATE, "done_on": None}, Outcome.LATE),
        ({"state": State.MISSED, "done_on": None}, Outcome.MISSED),
        ({"state": State.PAST, "done_on": None}, Outcome.ELAPSED),
        ({"state": State.CANCELLED, "done_on": None}, Outcome.CANCELLED),
    ],
)
def test_what_became_of_a_thing(told: Story, changes: dict[str, object], fate: Outcome) -> None:
    assert outcome(told, item(told, legal_last_day=date(2021, 9, 30)).model_copy(update=changes)) is fate


def test_how_late_something_was_done_is_counted_in_days(told: Story) -> None:
    late = item(told, state=State.DONE, legal_last_day=date(2021, 9, 30), done_on=date(2021, 10, 3))
    assert in_words(told, late) == "fait le 03/10/2021, 3 j après le dernier jour"


def test_every_item_stands_in_exactly_one_lane(told: Story) -> None:
    keys = [one.key for lane in lanes(told) for one in lane.items]
    assert sorted(keys) == sorted(told.by_key)


def test_each_recurring_duty_has_its_own_lane_and_its_debtor(told: Story) -> None:
    found = {lane.name: lane.debtor for lane in lanes(told)}
    assert found["duty-quarterly-data"] == "Pôle emploi, agence de Villefontaine"


def test_every_mark_stays_inside_the_picture(told: Story) -> None:
    picture = timeline(told)
    marks = [mark for lane in picture.lanes for mark in lane.marks]
    assert all(0 < mark.x < picture.width and 0 < mark.y < picture.height for mark in marks)


def test_marks_of_a_lane_never_cover_each_other(told: Story) -> None:
    for lane in timeline(told).lanes:
        places = [(mark.x, mark.y) for mark in lane.marks]
        close = [
            (one, other)
            for n, one in enumerate(places)
            for other in places[n + 1 :]
            if abs(one[0] - other[0]) < 10 and abs(one[1] - other[1]) < 10
        ]
        assert close == [], lane.title


def test_flags_on_a_row_never_cover_each_other(told: Story) -> None:
    flags = timeline(told).flags
    assert len({(flag.row, flag.text) for flag in flags}) == len(flags) >= 4
    written = sorted((one.row, *_from_to(one)) for one in flags)
    for (row, _, until), (following, begins, _) in pairwise(written):
        assert row != following or until < begins


def _from_to(flag: Flag) -> tuple[float, float]:
    """Where a flag is written: a bold letter of this size is 7.4 units wide in a wide font."""
    width = 7.4 * len(flag.text)
    return (flag.text_x - width, flag.text_x) if flag.anchor == "end" else (flag.text_x, flag.text_x + width)


def test_what_each_side_kept_adds_up(told: Story) -> None:
    for one in figures(told).debtors:
        assert one.total == one.kept + one.kept_late + one.missed + one.other
    assert figures(told).sent == len(lived().mails)


def printed(told: Story, report: Path | None = None) -> str:
    out = Console(file=io.StringIO(), width=160)
    out.print(console_table(told, report))
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_the_terminal_joins_the_people_told_the_same_thing(told: Story) -> None:
    everybody = "Relais Emploi municipal · Conseiller référent du Relais Emploi"
    assert any(line.people == everybody.split(" · ") for line in lines_of(told))


def test_the_terminal_ends_with_the_sum_and_the_path(told: Story) -> None:
    last = printed(told, Path("var/demo/report.html")).strip().splitlines()[-4:]
    assert f"{len(lived().mails)}\u00a0courriels envoyés" in "\n".join(last)
    assert last[-1].endswith("var/demo/report.html")


def test_the_terminal_says_less_than_a_line_per_mail(told: Story) -> None:
    said = [line for line in lines_of(told) if not line.fact]
    assert 0 < len(said) < len(lived().mails)
