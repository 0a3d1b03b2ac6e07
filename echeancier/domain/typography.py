"""French words as a French printer sets them, whoever typed them: the one place that knows the rules.

``nbsp`` keeps together what is typed already, for texts that other programs read too; ``french`` also puts right what a
keyboard leaves out, for what people read. Days and hours in words stand in ``dates/words.py``.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from echeancier.domain.model import Text

NBSP: Final = "\u00a0"

Typeset = Callable[[str], str]
"""Sets French words in type."""

_BEFORE = re.compile(r"(?<=\S) (?=[:;!?»](?:\s|$|[.,)]))")
# A text may go on after a link or a stretch in another style: it then begins with the space before its sign.
_MARK = re.compile(r"(?:^ |(?<=[\w)\]»’%°\"]) ?)([;!?]+)(?=[\s»)]|$)")
_COLON = re.compile(r"(?:^ |(?<=[\w)\]»’%°\"]) ?):(?=\s|$)")
_QUOTE_IN = re.compile(r"« ?(?=\S)")
_QUOTE_OUT = re.compile(r"(?<=\S) ?»")
_QUOTATION = re.compile(r"«[^»]+»|“[^”]+”")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_NUMBER = re.compile(r"\b([Nn]°) ?(?=\d)")
_ARTICLE = re.compile(r"\b(art\.|article) (?=[\dLRD])")


def nbsp(text: str) -> str:
    """Return ``text`` with U+00A0 before « : ; ! ? » standing alone and inside the quotation marks."""
    return _BEFORE.sub(NBSP, text).replace("« ", f"«{NBSP}")


@lru_cache(maxsize=8192)
def french(text: str) -> str:
    """Return ``text`` with typographic apostrophes and the no-break spaces of French (U+00A0, never U+202F).

    Narrow spaces become U+00A0, which every mail program shows. A web address is left alone.
    """
    words = text.replace("\u202f", NBSP).split(" ")
    kept = {index: word for index, word in enumerate(words) if "://" in word}
    for index in kept:
        words[index] = f"\x01{index}"
    line = _APOSTROPHE.sub("’", " ".join(words))
    line = _COLON.sub(f"{NBSP}:", _MARK.sub(rf"{NBSP}\1", line))
    line = _QUOTE_OUT.sub(f"{NBSP}»", _QUOTE_IN.sub(f"«{NBSP}", line))
    line = _ARTICLE.sub(rf"\1{NBSP}", _NUMBER.sub(rf"\1{NBSP}", nbsp(line)))
    for index, word in kept.items():
        line = line.replace(f"\x01{index}", word)
    return line.replace(NBSP * 2, NBSP)


def in_language(text: str, language: str) -> str:
    """Return ``text`` as printed in ``language``: English needs no change."""
    return text if language == "en" else french(text)


def said(text: Text | str, language: str, typeset: Typeset = french) -> str:
    """Return a bilingual text, or words that exist in French only, set in type."""
    words = text if isinstance(text, str) else text.in_language(language)
    return words if language == "en" else typeset(words)


def quotable(title: str, language: str) -> str:
    """Return a title that is to stand between quotation marks: those inside it become the other ones."""
    opening, closing = ("“", "”") if language == "fr" else ("‘", "’")
    spaced = title.replace(NBSP, " ").replace("« ", "«").replace(" »", "»")
    return spaced.replace("«", opening).replace("»", closing) if "«" in title else title


def quotations(text: str) -> list[str]:
    """Return what a text quotes, each with its quotation marks."""
    return _QUOTATION.findall(text)


def colon(language: str) -> str:
    """Return a colon and its spaces, as each language sets them between a word and what it announces."""
    return ": " if language == "en" else f"{NBSP}: "


def plural(count: int, one: str, many: str, language: str) -> str:
    """Return « 1 convention », « 3 conventions »; zero is singular in French, plural in English."""
    single = count == 1 or (count == 0 and language != "en")
    return f"{count}{NBSP}{one if single else many}"
