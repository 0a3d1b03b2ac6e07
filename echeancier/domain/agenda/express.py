"""A renewal by an act (« reconduction expresse »): until which day it can be done, by whom, and what it waits for."""

from datetime import date

from echeancier.domain.agenda.items import Item, Warning
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.agenda.tacit import clause_of_renewal
from echeancier.domain.dates.delay import Days, before_end
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.situation import Situation


def days_to_renew(s: Situation, end: date) -> Days | None:
    """Return the last and the safe day of the act that renews it before an end; None where the text names no delay."""
    deadline = s.convention.renewal.deadline
    return None if deadline is None else before_end(end, deadline, s.calendar)


def last_day_to_renew(s: Situation, end: date) -> date:
    """Return the last day of that act: the end itself where the text names no delay."""
    days = days_to_renew(s, end)
    return end if days is None or days.legal is None else days.legal


def deadline_in_words(s: Situation, end: date) -> str:
    """Return what its last day is counted from, in French, empty where the text names no delay."""
    deadline = s.convention.renewal.deadline
    return "" if deadline is None else f"{delay_in_words(deadline)} avant le {figures(end)}"


def lacking_for_renewal(s: Situation) -> tuple[str, ...]:
    """Return the titles of what the text wants done, in the period that ends, before anything is renewed."""
    needs, ends = s.convention.renewal.needs, s.period_ends
    if not needs or ends is None:
        return ()
    before = [end for end in ends if s.natural_end is not None and end < s.natural_end]
    done = {series_of(key) for key, day in s.kept_on.items() if not before or day > before[-1]}
    titles = s.convention.titles_of_duties
    return tuple(titles[need] for need in needs if need not in done)


def renewed_in_time(s: Situation) -> Found:
    """Warn of a renewal signed by all after its deadline: before the end it counts all the same, and may be disputed."""
    ends = s.period_ends
    if ends is None or s.convention.renewal.deadline is None:
        return
    for end, on in zip(ends, s.renewed_on, strict=False):
        if on > (last := last_day_to_renew(s, end)):
            yield Warning(
                id=f"renewed-late/{end}",
                text=Text(
                    fr=f"Renouvelée le {figures(on)}, après le {figures(last)} que fixe le texte mais avant la fin : signé par "
                    "tous, l’acte compte ; en garder la preuve.",
                    en=f"Renewed on {on}, after {last}, which the text sets, but before the end: signed by all, the act counts; "
                    "keep the proof.",
                ),
                clause=clause_of_renewal(s),
            )


def waits_for(s: Situation, item: Item) -> Item:
    """Return the act that renews it, saying what must be done first."""
    lacking = lacking_for_renewal(s)
    if not lacking or item.done_on is not None:
        return item
    fr = "attend d’abord : " + ", ".join(f"« {title} »" for title in lacking)
    en = "waits first for: " + ", ".join(f"“{title}”" for title in lacking)
    return item.model_copy(update={"standing": Text(fr=fr, en=en)})
