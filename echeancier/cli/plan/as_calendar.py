"""The agenda as a calendar: what is still to come, one all-day entry on each safe day."""

from typing import Final

from echeancier.adapters.calendar.ics_feed import feed
from echeancier.adapters.files.plan_format import clause_words, words
from echeancier.cli.plan import words as plan_words
from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.words import moment, shown
from echeancier.domain.messages.mail import DeadlineEvent
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import nbsp

_NOTHING_TO_DO: Final = frozenset(
    {State.DONE, State.CANCELLED, State.PAST, State.NOT_DUE, State.ELAPSED, State.SUSPENDED}
)


def plan_ics(s: Situation, agenda: Agenda, language: str) -> bytes:
    """Return the calendar of the items whose safe day is to come; its stamp is the instant looked from."""
    title = plan_words.title(s, language)
    entries = [
        _entry(s, agenda, item, language)
        for item in agenda.items
        if item.safe_day is not None and item.safe_day >= s.today and item.state not in _NOTHING_TO_DO
    ]
    return feed(title, f"plan.{agenda.reference}@echeancier.example", entries)


def _entry(s: Situation, agenda: Agenda, item: Item, language: str) -> DeadlineEvent:
    assert item.safe_day is not None  # noqa: S101 - the caller looked
    clause = clause_words(item.clause, language)
    colon, last_day = plan_words.colon(language), "Last day" if language == "en" else "Dernier jour"
    lines = [
        plan_words.who(s, item, language),
        f"{clause.article}{colon}{clause.says}",
        f"{last_day}{colon}{_last(s, item, language)} ({plan_words.certainty(item, language)})",
        nbsp(item.trace),
    ]
    return DeadlineEvent(
        uid=f"{item.key}.{agenda.reference}@echeancier.example",
        day=item.safe_day,
        summary=f"{agenda.reference}\u00a0· {words(item.title, language)}",
        description="\n".join(lines),
        dtstamp=s.now,
    )


def _last(s: Situation, item: Item, language: str) -> str:
    if item.legal_last_instant is not None:
        return moment(item.legal_last_instant, s.calendar.time_zone, language)
    return shown(item.legal_last_day, language, "—")
