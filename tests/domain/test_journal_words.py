"""The journal speaks in words: no key of the program is shown to a reader."""

from domain.door import KINDS
from domain.journal import FACT_WORDS


def test_every_kind_of_fact_has_its_words_in_both_languages_and_nothing_else_has() -> None:
    assert FACT_WORDS.keys() == KINDS.keys()
    assert all(words.fr and words.en and words.fr != kind for kind, words in FACT_WORDS.items())
