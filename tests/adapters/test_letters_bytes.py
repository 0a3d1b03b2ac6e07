"""The file itself: the same bytes twice, fit for the archive, with marks that tell versions apart."""

import hashlib
from datetime import UTC, datetime

import pytest

from echeancier.adapters.papers.letters_pdf import letter_pdf
from echeancier.adapters.papers.typst_pdf import template_version
from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.letters.content import KINDS
from echeancier.domain.letters.progress import content_mark
from tests.adapters.letters_read import printed, read
from tests.adapters.letters_scenes import scene


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_letter_has_the_same_bytes(kind: LetterKind) -> None:
    assert printed(scene(kind)).content == printed(scene(kind)).content


def test_the_instant_given_is_the_date_of_the_file() -> None:
    assert read(printed(scene("request")).content).metadata["CreationDate"].startswith("D:20260101000000")


def test_another_instant_makes_another_file() -> None:
    other = letter_pdf(scene("request"), at=datetime(2026, 1, 2, tzinfo=UTC))
    assert other.sha256 != printed(scene("request")).sha256


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_declares_itself_pdf_a_2b(kind: LetterKind) -> None:
    content = printed(scene(kind)).content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content


def test_the_file_says_what_it_is() -> None:
    pdf = printed(scene("termination"))
    told = read(pdf.content).metadata
    assert told["Title"] == scene("termination").subject.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    assert told["Author"] == "Commune de L’Isle-d’Abeau"
    assert f"modèle {pdf.template}" in told["Keywords"]


def test_the_hash_is_of_the_bytes() -> None:
    pdf = printed(scene("request"))
    assert pdf.sha256 == hashlib.sha256(pdf.content).hexdigest()


def test_each_template_has_its_version() -> None:
    assert len({template_version(f"{kind}.typ") for kind in KINDS}) == len(KINDS)


def test_a_changed_word_changes_the_mark_of_the_content() -> None:
    content = scene("request")
    assert content_mark(content) != content_mark(content.model_copy(update={"subject": "Relance"}))


def test_the_fonts_are_those_of_typst_and_inside_the_file() -> None:
    content = printed(scene("request")).content
    assert b"Libertinus" in content
    assert b"/FontFile" in content
