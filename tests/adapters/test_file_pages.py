"""The examples of the two reference pages load, and the pages name every key there is."""

import re

import pytest

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.adapters.files.facts_file import parse_facts
from echeancier.adapters.files.model_places import Loc, known_keys
from echeancier.desk.form.shapes import ROOT as ROOT_MODEL
from echeancier.desk.form.shapes import shapes
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.terms.convention import Convention
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


def sample(page: str) -> str:
    (found,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    return str(found)


def code(page: str) -> set[str]:
    spans = re.findall(r"`([^`\n]+)`", page.replace("```", ""))
    return set(re.findall(r"\w[\w-]*", " ".join(spans)))


def test_the_convention_of_the_page_loads() -> None:
    assert parse_convention(sample(CONVENTION_PAGE), "page").reference == "PETITE-2021"


def test_the_facts_of_the_page_load() -> None:
    assert len(parse_facts(sample(FACTS_PAGE), "page")) == 6


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
