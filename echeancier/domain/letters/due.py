"""Which letters a dossier calls for now, and by when each is to be posted. What a person decides alone is not called for."""

from datetime import date

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.letters.letter import Call
from echeancier.domain.standing.posted_letters import postings
from echeancier.domain.standing.situation import Situation


def calls(s: Situation) -> tuple[Call, ...]:
    """Return the letters a dossier calls for at an instant, each once."""
    if s.operational_from is None or s.today < s.operational_from:
        return ()  # before that there is nobody to write to, and nothing to write about
    agenda, posted = agenda_of(s), postings(s)
    found: dict[tuple[str, str], Call] = {}
    for letter in LETTERS.values():
        for call in letter.called_for(s, agenda, posted):
            found.setdefault((call.letter, call.about), call)
    return tuple(found.values())


def next_call_at(s: Situation) -> tuple[date, ...]:
    """Return the days ahead on which a letter becomes called for although no deadline is spoken of then."""
    posted = postings(s)
    days = (day for letter in LETTERS.values() for day in letter.called_for_later(s, posted))
    return tuple(day for day in days if day > s.today)
