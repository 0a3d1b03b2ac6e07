"""French words as a French printer sets them, whoever typed them."""

import re

from echeancier.adapters.french_typography import nbsp

_NB = "\u00a0"
# A text may go on after a link or a stretch in another style: it then begins with the space before its sign.
_MARK = re.compile(r"(?:^ |(?<=[\w)\]»’%°\"]) ?)([;!?]+)(?=[\s»)]|$)")
_COLON = re.compile(r"(?:^ |(?<=[\w)\]»’%°\"]) ?):(?=\s|$)")
_QUOTE_IN = re.compile(r"« ?(?=\S)")
_QUOTE_OUT = re.compile(r"(?<=\S) ?»")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_NUMBER = re.compile(r"\b([Nn]°) ?(?=\d)")
_ARTICLE = re.compile(r"\b(art\.|article) (?=[\dLRD])")


def french(text: str) -> str:
    """Return ``text`` with typographic apostrophes and the no-break spaces of French (U+00A0, never U+202F).

    Narrow spaces become U+00A0, which every mail program shows. A web address is left alone.
    """
    words = text.replace("\u202f", _NB).split(" ")
    kept = {index: word for index, word in enumerate(words) if "://" in word}
    for index in kept:
        words[index] = f"\x01{index}"
    line = _APOSTROPHE.sub("’", " ".join(words))
    line = _COLON.sub(f"{_NB}:", _MARK.sub(rf"{_NB}\1", line))
    line = _QUOTE_OUT.sub(f"{_NB}»", _QUOTE_IN.sub(f"«{_NB}", line))
    line = _ARTICLE.sub(rf"\1{_NB}", _NUMBER.sub(rf"\1{_NB}", nbsp(line)))
    for index, word in kept.items():
        line = line.replace(f"\x01{index}", word)
    return line.replace(_NB * 2, _NB)


def in_language(text: str, language: str) -> str:
    """Return ``text`` as printed in ``language``: English needs no change."""
    return text if language == "en" else french(text)


def quotable(title: str, language: str) -> str:
    """Return a title that is to stand between quotation marks: those inside it become the other ones."""
    opening, closing = ("“", "”") if language == "fr" else ("‘", "’")
    spaced = title.replace(_NB, " ").replace("« ", "«").replace(" »", "»")
    return spaced.replace("«", opening).replace("»", closing) if "«" in title else title
