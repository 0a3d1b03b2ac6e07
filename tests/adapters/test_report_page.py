"""The page of a rehearsal: well formed, self-contained, accessible, and complete."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from echeancier.adapters.report import write_dossier
from echeancier.adapters.report.outcomes import Outcome
from echeancier.domain.terms.parties import Party
from tests.adapters.rehearsed import lived, story
from tests.adapters.report_page import Read, read
from tests.support.project_files import ROOT

pytestmark = pytest.mark.slow

DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("rehearsal")
    write_dossier(where, story(where))
    return where


@pytest.fixture(scope="module")
def page(directory: Path) -> str:
    return (directory / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def seen(page: str) -> Read:
    return read(page)


def test_every_tag_is_closed_in_its_turn(seen: Read) -> None:
    assert seen.faults == []


def test_the_page_needs_nothing_from_elsewhere(page: str, seen: Read) -> None:
    assert seen.named("script") == seen.named("link") == seen.named("img") == seen.named("iframe") == []
    assert "@import" not in page
    assert not re.search(r"url\(|https?://(?!www\.w3\.org/2000/svg)", page)


def test_an_identifier_is_used_once_and_what_is_referred_to_exists(seen: Read) -> None:
    ids = [tag.attributes["id"] for tag in seen.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    named = [name for tag in seen.tags for name in tag.attributes.get("aria-labelledby", "").split()]
    anchors = [tag.attributes["href"][1:] for tag in seen.tags if tag.attributes.get("href", "").startswith("#")]
    assert set(named + anchors) <= set(ids)


def test_headings_never_skip_a_level(seen: Read) -> None:
    levels = [int(tag.name[1]) for tag in seen.tags if re.fullmatch(r"h[1-6]", tag.name)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_heading_of_a_table_says_what_it_heads(seen: Read) -> None:
    assert {tag.attributes.get("scope") for tag in seen.named("th")} == {"col", "row", "rowgroup"}


def test_the_picture_has_a_name_and_a_description(seen: Read) -> None:
    (picture,) = [tag for tag in seen.named("svg") if tag.attributes.get("role") == "img"]
    assert picture.attributes["aria-labelledby"] == "picture-title picture-desc"


def test_every_day_of_the_picture_is_in_a_table(seen: Read) -> None:
    drawn = set(DAY.findall(seen.text("figure")))
    assert len(drawn) > 40
    assert drawn <= set(DAY.findall(seen.text("table")))


def test_every_relative_link_leads_somewhere(directory: Path, seen: Read) -> None:
    links = [tag.attributes["href"] for tag in seen.named("a") if not tag.attributes["href"].startswith("#")]
    assert [link for link in links if not (directory / unquote(link)).exists()] == []


def test_every_mail_is_linked_from_its_line(seen: Read) -> None:
    links = [unquote(tag.attributes["href"]) for tag in seen.named("a")]
    mails = [link for link in links if link.endswith(".eml")]
    assert sorted(mails) == [f"mails/{file}" for file, _, _ in lived().mails]


def test_every_invitation_file_is_linked_from_its_line(directory: Path, seen: Read) -> None:
    linked = {tag.attributes["href"] for tag in seen.named("a") if "td" in tag.inside}
    files = {str(path.relative_to(directory)) for path in (directory / "invitations").iterdir()}
    assert files <= linked


def test_every_fate_has_a_shape_and_a_name() -> None:
    shapes = (ROOT / "echeancier" / "templates" / "report" / "shapes.svg").read_text("utf-8")
    assert set(re.findall(r'id="m-([a-z-]+)"', shapes)) == set(Outcome)


def test_what_people_wrote_is_never_taken_for_markup(tmp_path: Path) -> None:
    told = story(tmp_path, language="fr")
    parties = dict(told.dossier.convention.parties) | {"operator": Party(name="<b>&</b>", kind="operator")}
    convention = told.dossier.convention.model_copy(update={"parties": parties})
    dossier = told.dossier.model_copy(update={"convention": convention})
    write_dossier(tmp_path, replace(told, dossier=dossier, scenario="<script>alert(1)</script>"))
    written = (tmp_path / "report.html").read_text("utf-8")
    assert "<script" not in written
    assert "<b>&" not in written
    assert "&lt;b&gt;&amp;" in written


def test_french_signs_and_apostrophes_are_set_as_a_printer_does(seen: Read) -> None:
    words = [one.text for one in seen.words if "style" not in one.inside]
    assert [text for text in words if re.search(r"\w'\w| [;:!?»](?:\s|$)|« ", text)] == []


def test_the_english_page_is_in_english(tmp_path: Path) -> None:
    write_dossier(tmp_path, story(tmp_path, language="en"))
    english = read((tmp_path / "report.html").read_text("utf-8"))
    assert english.named("html")[0].attributes["lang"] == "en"
    assert "What became of it" in english.text("table")
    assert DAY.findall(english.text("thead")) == []
    assert english.faults == []


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "kept", "late", "missed", "calm", "now"])
@pytest.mark.parametrize("ground", ["paper", "wash", "band"])
def test_every_word_stands_out_from_its_ground(scheme: int, ink: str, ground: str) -> None:
    css = (ROOT / "echeancier" / "templates" / "report" / "style.css").read_text("utf-8")
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", css.split("@media screen")[scheme]))
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.1, 1.4.3
