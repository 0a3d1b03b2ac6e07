"""What a thing is called in a subject: whole, in at most forty characters, in both languages."""

import pytest

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.short_titles import short_title, without_details
from echeancier.domain.terms.fields import SHORT_ROOM
from tests.domain.builders import EXAMPLES
from tests.domain.examples_seen import example, seen_by

NAMES = sorted(path.name.removesuffix(".facts.toml") for path in EXAMPLES.glob("*.facts.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_thing_of_the_examples_is_called_in_few_words(name: str) -> None:
    _, records = example(name)
    for day in {f"{record.recorded_at:%Y-%m-%d}" for record in (records[0], records[len(records) // 2], records[-1])}:
        s = seen_by(name, day)
        for one in agenda_of(s).items:
            short = short_title(s, one)
            assert short.fr
            assert short.en
            assert max(len(short.fr), len(short.en)) <= SHORT_ROOM, (one.key, short.fr, short.en)


def test_a_duty_is_called_by_the_short_name_of_the_paper() -> None:
    s = seen_by("sqf-p", "2021-06-01")
    data = next(one for one in agenda_of(s).items if one.series == "quarterly-data")
    assert short_title(s, data).fr == "Données emploi"
    assert short_title(s, data).en == "Employment data"


def test_details_are_left_out_whole() -> None:
    assert without_details("Permanence (septembre 2027, 2 fois)") == "Permanence"
    assert without_details("Mettre à disposition ses politiques, et s’accorder sur les mesures") == (
        "Mettre à disposition ses politiques"
    )
    assert without_details("Bilan : l’essentiel") == "Bilan : l’essentiel"
