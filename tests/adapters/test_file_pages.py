"""The examples of the two reference pages load, and the pages name every key there is."""

import re
from datetime import UTC, date, datetime, time

import pytest

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.adapters.files.facts_file import parse_facts
from echeancier.desk.form.shapes import ROOT as ROOT_MODEL
from echeancier.desk.form.shapes import shapes
from echeancier.domain.agenda.agenda import agenda, situation
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.model_places import Loc, known_keys
from tests.support.project_files import ROOT

CONVENTION_PAGE = (ROOT / "docs" / "convention-file.md").read_text("utf-8")
FACTS_PAGE = (ROOT / "docs" / "facts-file.md").read_text("utf-8")
KINDS = [str(kind) for kind in FACT.json_schema()["discriminator"]["mapping"]]
PLACES = [
    *((shape.name,) for shape in shapes(ROOT_MODEL) if shape.sort == "block"),
    *((shape.name, 0) for shape in shapes(ROOT_MODEL) if shape.sort == "blocks"),
    ("parties", "any"), ("roles", "any"), ("breach", 0, "steps", 0), ("duty", 0, "rhythm"),
    ("duty", 0, "meeting"), ("event_duty", 0, "delay"), ("question", 0, "readings", 0),
]  # fmt: skip


def samples(page: str) -> list[str]:
    return [str(one) for one in re.findall(r"```toml\n(.*?)```", page, re.DOTALL)]


def code(page: str) -> set[str]:
    spans = re.findall(r"`([^`\n]+)`", page.replace("```", ""))
    return set(re.findall(r"\w[\w-]*", " ".join(spans)))


def test_the_conventions_of_the_page_load() -> None:
    found = [parse_convention(sample, "page").reference for sample in samples(CONVENTION_PAGE) if "[effect]" in sample]
    assert found == ["PETITE-2021", "SALLE-2026"]


@pytest.mark.parametrize(
    ("today", "period_end", "bound_until", "ends_on"),
    [
        (date(2026, 6, 1), date(2027, 2, 28), date(2027, 2, 28), None),
        (date(2026, 12, 31), date(2027, 2, 28), date(2027, 2, 28), None),
        (date(2027, 1, 1), date(2027, 2, 28), date(2028, 2, 29), None),
        (date(2028, 3, 1), date(2029, 2, 28), date(2029, 2, 28), date(2029, 2, 28)),
    ],
)
def test_the_room_of_the_page_stands_where_the_page_and_the_guide_say(
    today: date, period_end: date, bound_until: date, ends_on: date | None
) -> None:
    room = parse_convention(samples(CONVENTION_PAGE)[1], "page")
    s = situation(room, (), datetime.combine(today, time(12), UTC))
    assert (s.period_end, s.bound_until, s.ends_on) == (period_end, bound_until, ends_on)
    assert s.natural_end == date(2029, 2, 28)


def test_the_first_denial_of_the_room_is_posted_by_the_day_of_the_guide() -> None:
    room = parse_convention(samples(CONVENTION_PAGE)[1], "page")
    found = agenda(room, (), datetime(2026, 6, 1, 12, tzinfo=UTC)).items
    (denial,) = [one for one in found if one.series == "notice" and one.legal_last_day is not None]
    assert (denial.safe_day, denial.legal_last_day) == (date(2026, 12, 1), date(2026, 12, 31))


def test_the_facts_of_the_page_load() -> None:
    assert len(parse_facts(samples(FACTS_PAGE)[0], "page")) == 6


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_page_names_every_key_of_a_block(place: Loc) -> None:
    keys = known_keys(Convention, place)
    assert keys
    assert set(keys) - code(CONVENTION_PAGE) == set()


def test_the_page_has_every_block_of_a_convention() -> None:
    assert set(known_keys(Convention, ())) - code(CONVENTION_PAGE) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_names_every_kind_of_fact_and_its_keys(kind: str) -> None:
    assert {kind, *known_keys(Fact, (kind,))} - code(FACTS_PAGE) == set()
