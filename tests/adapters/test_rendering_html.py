"""The HTML of the mails as the accessibility rules want it."""

import re
from itertools import pairwise

import pytest

from tests.adapters.orders import Language, coordinator
from tests.adapters.reading import Page
from tests.adapters.test_rendering import each_mail, mail


@each_mail
def test_a_page_has_a_title_and_no_skipped_level_below_it(kind: str, language: Language) -> None:
    sent = mail(kind, language)
    page = Page(sent.html)
    assert f"<title>{sent.subject}</title>" in sent.html
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert levels[:1] in ([], [2])
    assert all(after - before <= 1 for before, after in pairwise(levels))


@each_mail
def test_tables_of_data_name_their_rows_and_columns(kind: str, language: Language) -> None:
    page = Page(mail(kind, language).html)
    assert {header.get("scope") for header in page.all("th")} <= {"row", "col"}
    assert len(page.all("th")) >= len(page.all("table"))


@each_mail
def test_a_mail_loads_nothing_and_runs_nothing(kind: str, language: Language) -> None:
    page = Page(mail(kind, language).html)
    assert page.all("img", "script", "link", "iframe", "form", "object", "video") == []
    assert not re.search(r"url\(|@import", mail(kind, language).html)


@each_mail
def test_words_stand_out_from_their_background(kind: str, language: Language) -> None:
    html = mail(kind, language).html
    light = {
        "#1b1b1b": ("#ffffff", "#f2f2f2", "#9cc7ff"), "#0b4f9e": ("#ffffff", "#f2f2f2"), "#595959": ("#ffffff",),
        "#ffffff": ("#0b4f9e",),
    }  # fmt: skip
    dark = {"#f2f2f2": ("#1b1b1b",), "#9cc7ff": ("#1b1b1b",), "#c8c8c8": ("#1b1b1b",)}
    assert set(re.findall(r"(?<![-\w])color:\s*(#\w{6})", html)) <= set(light) | set(dark)
    assert set(re.findall(r"background-color:\s*(#\w{6})", html)) <= {
        "#ffffff", "#f2f2f2", "#1b1b1b", "#0b4f9e", "#9cc7ff",
    }  # fmt: skip
    for ink, papers in (light | dark).items():
        assert all(contrast(ink, paper) >= 4.5 for paper in papers)


@each_mail
def test_a_button_is_tall_enough_for_a_thumb_and_the_first_stands_out(kind: str, language: Language) -> None:
    links = Page(mail(kind, language, to=coordinator(language)).html).all("a")
    buttons = [link for link in links if link.get("class")]
    assert [link["class"] for link in buttons] in ([], ["first", *["other"] * (len(buttons) - 1)])
    assert all("min-height:44px" in (link["style"] or "") for link in buttons)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54)])
def test_contrast_is_computed_as_wcag_defines_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
