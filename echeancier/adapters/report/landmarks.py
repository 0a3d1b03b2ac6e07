"""The few days that rule all the others: effect, start of the duties, end, closing."""

from dataclasses import dataclass
from datetime import date

from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.item_row import certainty_in_words
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.typography import in_language, said


@dataclass(frozen=True)
class Landmark:
    """One of these days; ``article`` and ``certainty`` are empty for what only the rehearsal decides."""

    day: date
    name: str
    article: str
    certainty: str


def landmarks(story: Story) -> tuple[Landmark, ...]:
    """Return the days that are known, in order. The end is as certain as the item that says so."""
    convention, lived, label = story.dossier.convention, story.lived, words(story.language)
    effect = convention.clause_of(convention.effect.clauses).article
    end = story.by_key.get("end")
    sure, term = (end.certainty, end.clause.article) if end else (Certainty.CERTAIN, "")
    shown = lived.end
    # A term that renews itself is not cut short by the letter that stops it: it ends at the end of a period.
    early = shown.says is None and shown.latest is not None
    ends = label["ends-early"] if early else said(shown.label, story.language)
    named: list[tuple[date | None, str, str, Certainty | None]] = [
        (lived.effect_on, label["effect"], effect, Certainty.CERTAIN),
        (lived.operational_from, label["operational"], effect, Certainty.CERTAIN),
        (shown.day, ends, term, sure),
        (shown.latest, label["natural-end" if shown.says is None else "latest"], term, Certainty.CERTAIN),
        (story.last_day, label["closed" if story.dossier.closed_at else "stopped"], "", None),
    ]
    found = [
        Landmark(
            day,
            name,
            in_language(article, story.language),
            certainty_in_words(one, story.language) if one else "",
        )
        for day, name, article, one in named
        if day is not None
    ]
    return tuple(sorted(found, key=lambda mark: mark.day))
