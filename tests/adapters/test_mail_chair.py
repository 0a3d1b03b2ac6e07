"""Whoever chairs a meeting is not asked for an answer; a title keeps its inner quotation marks apart."""

import pytest

from echeancier.domain.model import Text
from tests.adapters.orders import LANGUAGES, Language, coordinator
from tests.adapters.reading import flat
from tests.adapters.test_rendering import mail

ASKED = {"fr": "votre présence reste incertaine", "en": "your presence remains uncertain"}
CHAIRS = {"fr": "vous présidez cette rencontre", "en": "you chair this meeting"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["invitation", "meeting-moved"])
def test_whoever_runs_the_meeting_is_told_so_and_not_asked_to_come(kind: str, language: Language) -> None:
    chair, guest = mail(kind, language, to=coordinator(language)), mail(kind, language)
    assert CHAIRS[language] in flat(chair.text)
    assert ASKED[language] not in flat(chair.text)
    assert ASKED[language] in flat(guest.text)


def test_marks_inside_a_quoted_title_are_the_inner_ones() -> None:
    title = Text(fr="Convention « Maison des Saisonniers »", en="Agreement “House”")
    assert "«\u00a0Convention “Maison des Saisonniers”\u00a0»" in mail(title=title).html
