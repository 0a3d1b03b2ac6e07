"""The days of a mail are written out, wherever they come from."""

import pytest

from echeancier.adapters.mail.markup import blocks_of
from echeancier.adapters.mail.typesetting import typeset


def printed(source: str, language: str) -> str:
    (block,) = blocks_of(source)
    return "".join(run.text for row in typeset(block, language).rows for cell in row for run in cell)


@pytest.mark.parametrize(
    ("typed", "language", "read"),
    [
        ("exécutoire le 01/03/2016", "fr", "exécutoire le 1er\u00a0mars\u00a02016"),
        ("du 18/01/2016 au 17/01/2017", "fr", "du 18\u00a0janvier\u00a02016 au 17\u00a0janvier\u00a02017"),
        ("to be gathered by 10/03/2016", "en", "to be gathered by 10\u00a0March\u00a02016"),
        ("le 31/02/2016, dossier 12/34/20167", "fr", "le 31/02/2016, dossier 12/34/20167"),
        ("voir https://ville.example/01/03/2016/", "fr", "voir https://ville.example/01/03/2016/"),
    ],
)
def test_a_day_in_figures_is_read_in_words(typed: str, language: str, read: str) -> None:
    assert printed(typed, language) == read
