"""A party leaves and the others go on: from when, what stops with it, what goes on; told to every party, once for a date."""

from collections.abc import Iterator
from datetime import date

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import TO_DO, Item
from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.messages.happened import Development, both, news
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.ending_letters import EndingLetter
from echeancier.domain.standing.exits import is_settled
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.owing import EACH

_MOST = 20
"""Lines of what a party still owes or is owed: beyond that, they are counted."""


def of_exits(s: Situation) -> Iterator[Development]:
    """Yield the exit of each party that leaves before the convention ends."""
    for party, day in s.exits.items():
        letter = next(x for x in s.letters if x.alone and x.posted.by == party and x.own_end == day)
        yield Development(
            id=f"exit/{letter.id}", fact=letter.id, day=day, audience="parties", at_once=True,
            news=news(
                both(
                    f"{side_name(s, party)} sort de la convention le {figures(day)}",
                    f"{side_name(s, party, 'en')} leaves the convention on {in_words(day, 'en')}",
                ),
                _says(s, letter, party, day),
                s.clause(letter.rule.clauses),
                stops=_stops(s, party), goes_on=(*_left_of_its_own(s, party), *_between_the_others(s, party)),
            ),
        )  # fmt: skip


def _says(s: Situation, letter: EndingLetter, party: str, day: date) -> Text:
    others = [key for key in s.convention.parties if key != party and not s.has_left(key, day)]
    who, who_en = side_name(s, party), side_name(s, party, "en")
    names, names_en = (", ".join(side_name(s, one, language) for one in others) for language in ("fr", "en"))
    fr = f"Lettre postée le {in_words(letter.posted.on)} : le dernier jour de {who} dans la convention est le {in_words(day)}. "
    fr += f"La convention se poursuit entre {names}."
    en = f"By a letter posted on {in_words(letter.posted.on, 'en')}, the last day of {who_en} in the convention is "
    en += f"{in_words(day, 'en')}. The convention goes on between {names_en}."
    if letter.effect.earliest != letter.effect.latest:
        first, last = letter.effect.earliest, letter.effect.latest
        fr += " Ce jour est à confirmer : selon les réceptions et la lecture du texte, il tombe entre le "
        fr += f"{in_words(first)} et le {in_words(last)}."
        en += " That day is to be confirmed: by the receipts and the reading of the text it falls between "
        en += f"{in_words(first, 'en')} and {in_words(last, 'en')}."
    if not is_settled(s, letter.rule):
        fr += " Le texte ne dit pas si elle continue sans cette partie : la question est posée ; elle continue en attendant."
        en += " The text does not say whether it goes on without that party: it is asked; it goes on meanwhile."
    return both(fr, en)


def _stops(s: Situation, party: str) -> tuple[Text, ...]:
    """What it owes or is owed alone, by the terms; of what each party owes, its own."""
    who, who_en = side_name(s, party), side_name(s, party, "en")
    after_an_end = {one.id for one in s.convention.end_duty}
    found = []
    for one in s.convention.owed:
        if one.id in after_an_end:
            continue
        if party in (one.owed_by, one.owed_to):
            found.append(title_of(one))
        elif one.owed_by == EACH:
            called = title_of(one)
            found.append(Text(fr=f"{called.fr} (la part de {who})", en=f"{called.en} (that of {who_en})"))
    return tuple(found)


def _left_of_its_own(s: Situation, party: str) -> tuple[Text, ...]:
    """What it still owes or is owed, with its day: what is about the time before, and what its own exit starts."""
    left = [item for item in agenda_of(s).items if party in (item.owed_by, item.owed_to) and _counts(item)]
    shown = [_dated(item) for item in left[:_MOST]]
    if more := len(left) - len(shown):
        shown.append(both(f"et {more} autres lignes jusqu’à sa sortie", f"and {more} more lines until it leaves"))
    return tuple(shown)


def _counts(item: Item) -> bool:
    return item.state in TO_DO and item.series != "termination"


def _dated(item: Item) -> Text:
    day = item.legal_last_day or item.safe_day
    if day is None:
        return item.title
    return both(f"{item.title.fr}, le {figures(day)} au plus tard", f"{item.title.en}, by {in_words(day, 'en')}")


def _between_the_others(s: Situation, party: str) -> tuple[Text, ...]:
    kept = [one for one in s.convention.owed if party not in (one.owed_by, one.owed_to)]
    return tuple(
        both(f"{called.fr}, entre les autres parties", f"{called.en}, between the other parties")
        for called in map(title_of, kept)
    )
