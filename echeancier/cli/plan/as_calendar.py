"""The agenda as a calendar: what is still to come, one all-day entry on each safe day."""

from typing import Final

from echeancier.adapters.calendar.ics_feed import feed
from echeancier.domain.agenda.item_row import item_row, title_in_words
from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.messages.mail import DeadlineEvent
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import colon, nbsp

_NOTHING_TO_DO: Final = frozenset(
    {State.DONE, State.CANCELLED, State.PAST, State.NOT_DUE, State.ELAPSED, State.SUSPENDED}
)


def plan_ics(s: Situation, agenda: Agenda, language: str) -> bytes:
    """Return the calendar of the items whose safe day is to come; its stamp is the instant looked from."""
    title = title_in_words(s.convention, language, nbsp)
    entries = [
        _entry(s, agenda, item, language)
        for item in agenda.items
        if item.safe_day is not None and item.safe_day >= s.today and item.state not in _NOTHING_TO_DO
    ]
    return feed(title, f"plan.{agenda.reference}@echeancier.example", entries)


def _entry(s: Situation, agenda: Agenda, item: Item, language: str) -> DeadlineEvent:
    assert item.safe_day is not None  # noqa: S101 - the caller looked
    row, sets = item_row(s, item, language, typeset=nbsp), colon(language)
    last = "Last day" if language == "en" else "Dernier jour"
    lines = [
        row.who,
        f"{row.article}{sets}{row.says}",
        f"{last}{sets}{row.last_instant or row.last or '—'} ({row.certainty})",
        row.trace,
    ]
    return DeadlineEvent(
        uid=f"{item.key}.{agenda.reference}@echeancier.example",
        day=item.safe_day,
        summary=f"{agenda.reference}\u00a0· {row.title}",
        description="\n".join(lines),
        dtstamp=s.now,
    )
