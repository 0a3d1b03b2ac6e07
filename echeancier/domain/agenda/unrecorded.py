"""What keeps a finished file open and is never recorded: after a long wait the manager decides whether it closes without it."""

from collections.abc import Iterator
from datetime import date, timedelta

from echeancier.domain.agenda.destruction import HEAD, certificates
from echeancier.domain.agenda.ending import ending
from echeancier.domain.agenda.events import on_event
from echeancier.domain.agenda.items import TO_DO, Item, Question, ReadingShown
from echeancier.domain.agenda.personal_data import data_incident
from echeancier.domain.agenda.procedure import Found, side_name
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation

CLOSE_WITHOUT = "close-without/"
"""How the id of the question begins; the key of what is missing follows."""

KEEP_ASKING, CLOSE = "keep-asking", "close"


def unrecorded(s: Situation) -> Found:
    """Yield, once the convention is over, a question for each thing still to be done long after its day.

    Nothing is taken for done: the thing stays to be done, and the message that closes the file names it.
    """
    if not s.is_over or s.in_litigation:
        return
    seen: set[str] = set()
    for item, day in _late(s):
        if item.series == HEAD and item.occurrence in seen:
            continue  # no certificate is to be had of what was never done: one question is enough
        if s.today >= day:
            seen.add(item.key)
            yield _question(s, item)


def days_of_asking(s: Situation) -> tuple[date, ...]:
    """Return the days, still to come, on which such a question is put."""
    return tuple(day for _, day in _late(s) if day > s.today) if s.is_over and not s.in_litigation else ()


def _late(s: Situation) -> Iterator[tuple[Item, date]]:
    """Everything to be done that an end or an event started, with the day on which it is asked about."""
    for item in (*on_event(s), *data_incident(s), *ending(s), *certificates(s)):
        # Where the text gives no number of days nothing is ever late: it stays to be done, and keeps the file open as well.
        if isinstance(item, Item) and item.state in TO_DO:
            last = item.legal_last_day or item.safe_day
            if last is not None:
                yield item, s.calendar.next_workable(last + timedelta(days=s.policy.close_without_days))


def closes_without(s: Situation, item: Item) -> bool:
    """Whether it was decided that the file may close although this, or what it certifies, was never recorded."""
    answers = (
        s.answer(CLOSE_WITHOUT + name) for name in (item.key, *((item.occurrence,) if item.series == HEAD else ()))
    )
    return any(answer is not None and answer.reading == CLOSE for answer in answers)


def _question(s: Situation, item: Item) -> Question:
    answer = s.answer(CLOSE_WITHOUT + item.key)
    last = item.legal_last_day or item.safe_day
    day = figures(last) if last else ""
    return Question(
        id=CLOSE_WITHOUT + item.key, kind="blank", answer="reading", ask=s.convention.manager,
        about=Text(
            fr=f"« {item.title.fr} », dû par {side_name(s, item.owed_by)} pour le {day}, n’a jamais été enregistré et retient le "
            "dossier ouvert : faut-il le clore sans cela ?",
            en=f"“{item.title.en}”, owed by {side_name(s, item.owed_by, 'en')} by {day}, was never recorded and keeps the file "
            "open: is it to be closed without it?",
        ),
        readings=(
            ReadingShown(
                id=KEEP_ASKING, says=Text(fr="non, continuer à le demander", en="no, go on asking for it"),
                changes=Text(
                    fr="le dossier reste ouvert, et l’autre partie peut être mise en demeure",
                    en="the file stays open, and the other side can be given formal notice",
                ),
            ),
            ReadingShown(
                id=CLOSE, says=Text(fr="oui, clore sans cela", en="yes, close it without"),
                changes=Text(
                    fr="le dossier se clôt ; son dernier message dit que cela n’a jamais été fait",
                    en="the file closes; its last message says that this was never done",
                ),
            ),
        ),
        prudent=KEEP_ASKING, clause=item.clause, answered=answer.reading if answer else None,
    )  # fmt: skip
