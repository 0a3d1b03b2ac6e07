"""Whoever chairs a meeting is not asked for an answer."""

import pytest

from tests.adapters.orders import LANGUAGES, Language, coordinator
from tests.adapters.reading import flat
from tests.adapters.test_rendering import mail

ASKED = {"fr": "Répondez par les boutons", "en": "Answer with the buttons"}
CHAIRS = {"fr": "Vous présidez", "en": "You chair it"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["invitation", "meeting-moved"])
def test_whoever_runs_the_meeting_is_told_so_and_not_asked_to_come(kind: str, language: Language) -> None:
    chair, guest = mail(kind, language, to=coordinator(language)), mail(kind, language)
    assert CHAIRS[language] in flat(chair.text)
    assert ASKED[language] not in flat(chair.text)
    assert ASKED[language] in flat(guest.text)
