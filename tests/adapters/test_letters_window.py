"""What shows through the window of the envelope: the recipient, whole, and nothing else."""

from collections.abc import Callable

import pytest

from echeancier.adapters.papers.letters_pdf import WINDOW, EnvelopeWindow
from echeancier.domain.facts.letter_fields import LetterKind, LetterRefusedError
from echeancier.domain.letters.content import KINDS, LetterContent
from tests.adapters.letters_read import sheet_of
from tests.adapters.letters_scenes import VARIANTS, scene

CLEAR = 8.0


def squeezed(lines: tuple[str, ...]) -> str:
    return "".join("".join(lines).split())


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_recipient_shows_in_the_window_and_around_it(kind: LetterKind) -> None:
    content = scene(kind)
    sheet = sheet_of(content)
    assert sheet.in_window(around=CLEAR) == squeezed(content.recipient)


@pytest.mark.parametrize("kind", KINDS)
def test_the_recipient_stands_whole_inside_the_window(kind: LetterKind) -> None:
    shown = [g for g in sheet_of(scene(kind)).glyphs if g.page == 1 and g.shows_in(WINDOW)]
    assert shown
    assert min(g.left for g in shown) >= WINDOW.left
    assert max(g.right for g in shown) <= WINDOW.left + WINDOW.width
    assert min(g.top for g in shown) >= WINDOW.top
    assert max(g.bottom for g in shown) <= WINDOW.top + WINDOW.height


@pytest.mark.parametrize("variant", VARIANTS)
def test_another_wording_keeps_the_window_clear_too(variant: Callable[[], LetterContent]) -> None:
    content = variant()
    for validated_by in ("", "coordinator"):
        sheet = sheet_of(content, validated_by=validated_by)
        assert sheet.in_window(around=CLEAR) == squeezed(content.recipient)
        assert sheet.pages == 1


def test_six_lines_of_38_wide_capitals_hold_in_the_window() -> None:
    lines = ("MAIRIE DE " + "W" * 28,) * 5 + ("00000 " + "M" * 32,)
    content = scene("request").model_copy(update={"recipient": lines})
    sheet = sheet_of(content)
    assert sheet.in_window(around=CLEAR) == squeezed(lines)
    shown = [g for g in sheet.glyphs if g.page == 1 and g.shows_in(WINDOW)]
    assert max(g.right for g in shown) <= WINDOW.left + WINDOW.width
    assert max(g.bottom for g in shown) <= WINDOW.top + WINDOW.height


def test_a_long_sender_stays_out_of_the_window() -> None:
    content = scene("request")
    head = content.head.model_copy(
        update={
            "service": "Direction du pôle " + "cohésion territoriale " * 6,
            "followed_by": "Coordination " * 12,
        }
    )
    sheet = sheet_of(content.model_copy(update={"head": head}))
    assert sheet.in_window(around=CLEAR) == squeezed(content.recipient)


def test_the_window_may_be_elsewhere() -> None:
    window = EnvelopeWindow(left=105.0, top=45.0, width=90.0, height=35.0)
    content = scene("termination")
    sheet = sheet_of(content, window=window)
    assert sheet.in_window(window, CLEAR) == squeezed(content.recipient)


@pytest.mark.parametrize("place", [(20.0, 55.0), (130.0, 55.0), (110.0, 130.0), (110.0, 2.0)])
def test_a_window_that_leaves_no_room_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(LetterRefusedError, match="fenêtre"):
        EnvelopeWindow(*place)
