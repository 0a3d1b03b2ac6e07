"""The words of a mail as printed in its language."""

from dataclasses import replace

from echeancier.adapters.mail.markup import Block, Run
from echeancier.domain.dates.words import days_in_words
from echeancier.domain.typography import in_language


def typeset(block: Block, language: str) -> Block:
    """Return a block with its words as printed in ``language``."""
    rows = tuple(tuple(tuple(_printed(run, language) for run in cell) for cell in row) for row in block.rows)
    return replace(block, rows=rows, head=tuple(in_language(name, language) for name in block.head))


def _printed(run: Run, language: str) -> Run:
    language = "fr" if run.kind == "french" else language
    return replace(run, text=in_language(days_in_words(run.text, language), language))
