"""The picture of a convention's life, drawn as in the report of a rehearsal, with today marked."""

from dataclasses import replace

from echeancier.adapters.report.timeline import Timeline, timeline
from echeancier.adapters.report.wording import words
from echeancier.desk.convention.view import story_of
from echeancier.desk.words import sayer
from echeancier.domain.agenda.item_row import certainties_in_words
from echeancier.domain.dates.words import shown
from echeancier.domain.messages.context import Context


def picture_of(ctx: Context, language: str) -> dict[str, object]:
    """Return what the drawing's template needs: the picture, its words, its story."""
    story = story_of(ctx, language)
    label = dict(words(language))
    label["timeline-title"] = sayer(language)(
        "La vie de la convention {reference}, vue le {last}",
        "The life of convention {reference}, seen on {last}",
    )
    return {
        "story": story,
        "picture": _today(timeline(story), language),
        "t": label,
        "day": lambda day: shown(day, language),
        "sure": certainties_in_words(language),
    }


def _today(drawn: Timeline, language: str) -> Timeline:
    """The report's last flag says that a rehearsal stopped; here that day is today."""
    stopped = words(language)["stopped"]
    today = sayer(language)("Aujourd’hui", "Today")
    return replace(drawn, flags=tuple(replace(flag, text=flag.text.replace(stopped, today)) for flag in drawn.flags))
