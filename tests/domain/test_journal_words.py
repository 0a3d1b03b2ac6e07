"""The journal speaks in words: no key of the program is shown to a reader."""

from echeancier.domain.overview.journal import FACT_WORDS
from echeancier.domain.recording import KINDS


def test_every_kind_of_fact_has_its_words_in_both_languages_and_nothing_else_has() -> None:
    assert FACT_WORDS.keys() == KINDS.keys()
    assert all(words.fr and words.en and words.fr != kind for kind, words in FACT_WORDS.items())
