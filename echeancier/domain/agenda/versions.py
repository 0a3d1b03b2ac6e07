"""Each dated thing from the terms in force on its day: before the effect of an amendment the former ones, from it the new ones.

What a person did under one version is found under the next: a thing keeps its key. Where two versions would have it, what fell
due before the effect stands; a right to write is that of the last. What neither gives for certain is kept, to be confirmed.
"""

from collections.abc import Callable, Iterator
from datetime import date

from echeancier.domain.agenda.items import SETTLED, Item, Question, State, Warning
from echeancier.domain.dates.proof import given, note
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.standing.amendments import Amending
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.versions import Version
from echeancier.domain.typography import NBSP

Thing = Item | Question | Warning


def in_their_version(s: Situation, things: Callable[[Situation], list[Thing]]) -> list[Thing]:
    """Return what a convention holds, each item from the version of the terms in force on its day.

    What is asked of the terms to come is asked already; what is warned of is what today's terms do.

    Args:
        s: the situation.
        things: what the procedures yield of it.
    """
    known = s.versions
    if not known.all or s.version is not None:
        return things(s)
    made = [things(s.by_version(number)) for number in range(len(known.all))]
    today = known.on(s.today)
    said = [one for one in made[today] if not isinstance(one, Item)]
    asked = {one.id for one in said}
    for later in made[today + 1 :]:
        said += [one for one in later if isinstance(one, Question) and one.id not in asked]
        asked |= {one.id for one in later if isinstance(one, Question)}
    by_key = tuple({one.key: one for one in found if isinstance(one, Item)} for found in made)
    keys = dict.fromkeys(key for found in by_key for key in found)
    items = [one for key in keys for one in _one_of(s, by_key, key)]
    return [*(_counted_once(s, item, items, by_key) for item in items), *said]


def _counted_once(s: Situation, item: Item, items: list[Item], by_key: tuple[dict[str, Item], ...]) -> Item:
    """To be confirmed, where only new terms count it, of days before their effect that the former ones count already."""
    since = _first_with(by_key, item.key)
    by = s.versions.all[since].by
    if by is None or item.state in SETTLED or item.covers is None or item.covers[1] >= by.effect:
        return item
    former = (one for one in items if one.series == item.series and one.owed_by == item.owed_by and _overlap(one, item))
    other = next((one for one in former if not any(one.key in found for found in by_key[since:])), None)
    if other is None:
        return item
    says = f" ; ces jours, avant l’effet de l’avenant, sont déjà dans «{NBSP}{other.title.fr}{NBSP}»{NBSP}: à confirmer"
    return item.model_copy(update={"proof": (*item.proof, note(says)), "certainty": Certainty.CONTESTED})


def _first_with(by_key: tuple[dict[str, Item], ...], key: str) -> int:
    return next(number for number, found in enumerate(by_key) if key in found)


def _overlap(one: Item, other: Item) -> bool:
    if one.covers is None or other.covers is None or one.key == other.key:
        return False
    return one.covers[0] <= other.covers[1] and other.covers[0] <= one.covers[1]


def _one_of(s: Situation, by_key: tuple[dict[str, Item], ...], key: str) -> Iterator[Item]:
    """The item of a key, from the version it goes by; none where the version of its day does not have it."""
    known = {number: found[key] for number, found in enumerate(by_key) if key in found}
    ruling = [number for number, item in known.items() if _version_of(s, item) == number]
    is_right = next(iter(known.values())).kind == "notice"
    if ruling:
        number = ruling[-1] if is_right else ruling[0]
        yield _said_by_an_amendment(s, by_key, number, _confirmed(s, by_key, known[number]))
    elif any(_version_of(s, item) in known for item in known.values()):
        days = {number: item.legal_last_day or item.safe_day or date.max for number, item in known.items()}
        number = min(days, key=days.__getitem__) if is_right else min(known)
        yield _said_by_an_amendment(s, by_key, number, _neither(s, known, number))
    else:
        yield from _left_over(s, by_key, max(known), known[max(known)])


def _version_of(s: Situation, item: Item) -> int:
    """Which version is in force on its day: that of what started it, else its last day; of what has none, today's."""
    started = next((record.fact for record in s.records if record.id == item.event), None) if item.event else None
    day = day_of(started) if started is not None else item.legal_last_day or item.safe_day or item.opens_on
    return s.versions.on(day or s.today)


def _touches(version: Version, item: Item) -> bool:
    return bool({item.series, item.occurrence} & version.changed)


def _differ(one: Item | None, other: Item | None) -> bool:
    if one is None or other is None:
        return True
    return any(getattr(one, name) != getattr(other, name) for name in _SUBSTANCE)


_SUBSTANCE = (
    "title",
    "opens_on",
    "legal_last_day",
    "safe_day",
    "effect_range",
    "clause",
    "owed_by",
    "owed_to",
    "responsible",
)


def _said_by_an_amendment(s: Situation, by_key: tuple[dict[str, Item], ...], number: int, item: Item) -> Item:
    """Name in its proof the amendment that made it what it is."""
    for later in range(number, 0, -1):
        version = s.versions.all[later]
        if _touches(version, item) and _differ(by_key[later - 1].get(item.key), by_key[later].get(item.key)):
            by = _made(version)
            cited = given(by.effect, by.fact, f" ; termes de l’avenant n° {by.number}, d’effet le {{}}")
            return item.model_copy(update={"proof": (*item.proof, cited)})
    return item


def _made(version: Version) -> Amending:
    assert version.by is not None  # noqa: S101 - the terms agreed at first are no amendment's
    return version.by


def _confirmed(s: Situation, by_key: tuple[dict[str, Item], ...], item: Item) -> Item:
    """To be confirmed, where an amendment that changes it takes effect within the period it is about."""
    cutting = (
        version
        for number, version in enumerate(s.versions.all)
        if number and _cuts(version, item) and _differ(by_key[number - 1].get(item.key), by_key[number].get(item.key))
    )
    version = next(cutting, None)
    return item if version is None or item.state in SETTLED else _within_its_period(item, version)


def _cuts(version: Version, item: Item) -> bool:
    inside = version.by is not None and item.covers is not None and item.covers[0] < version.by.effect <= item.covers[1]
    return inside and _touches(version, item)


def _within_its_period(item: Item, version: Version) -> Item:
    by = _made(version)
    says = f" ; l’avenant n° {by.number} prend effet le {{}}, pendant cette période, et n’en dit rien : à confirmer"
    said = given(by.effect, by.fact, says)
    return item.model_copy(update={"proof": (*item.proof, said), "certainty": Certainty.CONTESTED})


def _neither(s: Situation, known: dict[int, Item], number: int) -> Item:
    """What the former terms put after the effect, and the new ones before it: kept, to be confirmed."""
    item = known[number]
    other = next(one for key, one in reversed(known.items()) if key != number)
    day = other.legal_last_day or other.safe_day
    by = _made(s.versions.all[max(known)])
    if item.state in SETTLED or day is None:
        return item
    which = "selon les termes d’avant" if number == max(known) else "selon l’avenant"
    other_day = given(day, by.fact, f" ; {which}, le {{}}")
    said = given(by.effect, by.fact, " ; l’avenant prend effet le {}, entre les deux : à confirmer")
    return item.model_copy(update={"proof": (*item.proof, other_day, said), "certainty": Certainty.CONTESTED})


def _left_over(s: Situation, by_key: tuple[dict[str, Item], ...], number: int, item: Item) -> Iterator[Item]:
    """What only former terms have, after their time: what was done stays, what had begun is to be confirmed."""
    later = range(number + 1, len(s.versions.all))
    if item.state is State.DONE and later:
        yield item
        return
    ended = next(
        (s.versions.all[one] for one in later if item.key not in by_key[one] and _cuts(s.versions.all[one], item)), None
    )
    if ended is not None:
        yield _said_by_an_amendment(s, by_key, number, _within_its_period(item, ended))
