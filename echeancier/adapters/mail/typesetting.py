"""The words of a mail as printed in its language; a subject that fits."""

import re
from dataclasses import replace

from echeancier.adapters.mail.markup import Block, Run, blocks_of
from echeancier.domain.dates.words import days_in_words
from echeancier.domain.text import shortened
from echeancier.domain.typography import in_language

_LEAST = 14
"""Characters below which a shortened title says nothing any more."""

_SMALL = "le|la|les|de|du|des|en|et|à|au|aux|un|une|entre|sur|pour|par|the|a|an|of|and|for|to|between"
_DANGLING = re.compile(rf"(?:[\s\u00a0]+(?:{_SMALL})|[\s\u00a0]*[:;,–-])+…$")
"""What must not stand alone before the ellipsis: an article, a preposition, a sign."""


def typeset(block: Block, language: str) -> Block:
    """Return a block with its words as printed in ``language``; commands are left as typed."""
    rows = tuple(tuple(tuple(_printed(run, language) for run in cell) for cell in row) for row in block.rows)
    return replace(block, rows=rows, head=tuple(in_language(name, language) for name in block.head))


def fitted(wording: str, room: int, language: str) -> str:
    """Return one wording of a subject in at most ``room`` characters, empty when it cannot be.

    Only what the template marks with ``cut`` is shortened, and never to a mere stump.
    """
    runs = [_printed(run, language) for block in blocks_of(wording) for run in block.rows[0][0]]
    left = room - sum(len(run.text) for run in runs if run.kind != "cut")
    cut = [run for run in runs if run.kind == "cut"]
    if left < 0 or (cut and left < min(_LEAST, len(cut[0].text))):
        return ""
    return "".join(_cut(run.text, left) if run.kind == "cut" else run.text for run in runs)


def _cut(title: str, room: int) -> str:
    return _DANGLING.sub("…", shortened(title, room))


def _printed(run: Run, language: str) -> Run:
    if run.kind == "code":
        return run
    language = "fr" if run.kind == "french" else language
    return replace(run, text=in_language(days_in_words(run.text, language), language))
