"""What was said of a call, in words: who took charge of it, until when nobody speaks of it, which problem there is."""

from echeancier.domain.agenda.items import SETTLED, Item
from echeancier.domain.attention.quiet import Quiet, all_quiet, problems
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.model import Text
from echeancier.domain.standing.people import holder
from echeancier.domain.standing.situation import Situation


def where_it_stands(s: Situation, item: Item) -> tuple[Text, ...]:
    """Return a sentence for each party that keeps an item quiet, and for each problem told of it; none once it is settled."""
    if item.state in SETTLED:
        return ()
    told = (_problem(s, fact) for _, fact in problems(s, item.key))
    return (*(_quiet(s, one) for one in all_quiet(s, item)), *told)


def _quiet(s: Situation, one: Quiet) -> Text:
    who, since = holder(s, one.said.role, s.today).function, one.said.on
    fr, en = (
        f"Pris en charge par {who} depuis le {in_words(since)}",
        f"Taken in charge by {who} since {in_words(since, 'en')}",
    )
    if one.said.answer == "later":
        fr, en = f"Remis par {who} le {in_words(since)}", f"Put off by {who} on {in_words(since, 'en')}"
    if one.call.at <= s.now:
        return Text(fr=f"{fr}.", en=f"{en}.")
    day = one.call.at.astimezone(s.zone).date()
    return Text(
        fr=f"{fr}, relance au plus tard le {in_words(day)}.",
        en=f"{en}, called again on {in_words(day, 'en')} at the latest.",
    )


def _problem(s: Situation, fact: Acknowledged) -> Text:
    who = holder(s, fact.role, s.today).function
    return Text(
        fr=f"Problème signalé par {who} le {in_words(fact.on)} : « {fact.note} ».",
        en=f"Problem told by {who} on {in_words(fact.on, 'en')}: “{fact.note}”.",
    )
