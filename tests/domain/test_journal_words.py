"""The journal speaks in words: no key of the program is shown to a reader."""

from echeancier.domain.recording import KINDS


def test_every_kind_of_fact_has_its_name_in_both_languages() -> None:
    assert all(one.called.fr and one.called.en and one.called.fr != kind for kind, one in KINDS.items())
