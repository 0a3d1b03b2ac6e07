"""A letter is a draft until a person has validated it, and says so on every page."""

import pytest

from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.letters.content import KINDS
from tests.adapters.letters_read import Sheet, sheet_of
from tests.adapters.letters_scenes import scene

MARK = "PROJETàvaliderparunepersonne"
FOOT = "PROJET – à valider par une personne"


def slanted(sheet: Sheet, page: int) -> str:
    return "".join(g.text for g in sheet.glyphs if g.slanted and g.page == page and g.text.strip())


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_nobody_validated_bears_the_mark(kind: LetterKind) -> None:
    sheet = sheet_of(scene(kind))
    assert slanted(sheet, 1) == MARK
    assert FOOT in sheet.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_validated_letter_bears_none(kind: LetterKind) -> None:
    sheet = sheet_of(scene(kind), validated_by="Direction générale des services")
    assert slanted(sheet, 1) == ""
    assert "PROJET" not in sheet.text


def test_every_page_of_a_long_draft_bears_the_mark() -> None:
    content = scene("termination")
    says = content.says.model_copy(update={"reasons": ("Un motif longuement exposé. " * 12,) * 12})
    sheet = sheet_of(content.model_copy(update={"says": says}))
    assert sheet.pages >= 2
    assert {slanted(sheet, page) for page in range(1, sheet.pages + 1)} == {MARK}
    assert f"1 / {sheet.pages}" in sheet.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_short_letter_holds_on_one_page(kind: LetterKind) -> None:
    assert sheet_of(scene(kind)).pages == 1
