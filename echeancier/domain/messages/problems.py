"""Somebody who was called tells of a problem: the coordinator hears it, with the words that were written."""

from collections.abc import Iterator

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import SETTLED
from echeancier.domain.attention.quiet import all_problems
from echeancier.domain.dates.words import in_words
from echeancier.domain.messages.happened import Development, both, news
from echeancier.domain.standing.people import holder, recipient
from echeancier.domain.standing.situation import Situation


def of_problems(s: Situation) -> Iterator[Development]:
    """Yield each problem told by somebody else than the coordinator; no news any more once the thing is settled."""
    coordinator = s.convention.coordinator
    own = {coordinator, recipient(s, coordinator).function}
    items = {item.key: item for item in agenda_of(s).items}
    for record, fact in all_problems(s):
        if fact.role == coordinator or record.recorded_by in own:
            continue
        item, who = items.get(fact.item), holder(s, fact.role, s.today).function
        title = both(fact.item, fact.item) if item is None else item.title
        yield Development(
            id=f"problem/{record.id}", fact=record.id, day=fact.on, audience="coordinator",
            until=fact.on if item is None or item.state in SETTLED else None,
            news=news(
                both(f"Un problème : {title.fr}", f"A problem: {title.en}"),
                both(
                    f"La fonction « {who} » l’a dit le {in_words(fact.on)} : « {fact.note} ».",
                    f"“{who}” said on {in_words(fact.on, 'en')}: “{fact.note}”.",
                ),
                todo=both(
                    "Voir ensemble comment tenir le jour ; les rappels continuent.",
                    "See together how to keep the day; the reminders go on.",
                ),
            ),
            items=() if item is None else (item.key,),
        )  # fmt: skip
