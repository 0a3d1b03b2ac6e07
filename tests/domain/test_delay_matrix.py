"""Every unit, bound, qualifier and place of a delay: computed as another program counts it, or refused; nothing is ignored."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

import pytest
from dateutil.relativedelta import relativedelta

from echeancier.domain.dates import delay as d
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import UNITS, Delay, DelayPlace
from echeancier.domain.dates.delay_words import delay_from_words, delay_in_words
from tests.support.counted import DAY, back, earlier, forth, last_start, later, works

FRANCE = WorkingDays()
STARTS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 5, 3), date(2024, 12, 24), date(2027, 2, 28)]
LENGTHS: Final = [{unit: 3} for unit in UNITS] + [{"months": 1, "days": 15}, {"days": 8}, {"days": 15}]
QUALIFIERS: Final = {
    "bound": (None, "at_least", "at_most", "exact"),
    "from": (None, "next-day", "next-month"),
    "month_end": (None, "then", "first"),
    "named": (None, "huitaine", "quinzaine"),
    "more_than": (False, True),
    "since": (None, "state", "event"),
}
IN_HOURS, ROLLING = {"hours", "open_hours"}, {"days", "weeks", "months", "years"}


def sayings() -> Iterator[tuple[Delay, DelayPlace]]:
    for length, chosen in product(LENGTHS, product(*QUALIFIERS.values())):
        said = {name: one for name, one in zip(QUALIFIERS, chosen, strict=True) if one}
        for place in DelayPlace:
            yield Delay.model_validate({**length, **said}), place


def means_something(said: Delay, place: DelayPlace) -> bool:  # noqa: PLR0911 - a table, one line each
    """The table of what may be said where, written again."""
    units, plain = set(said.units), (said.from_, said.month_end, said.named) == (None, None, None)
    if place is DelayPlace.THRESHOLD:
        one_unit = len(units) == 1 and not units & {"clear_days", *IN_HOURS}
        return said.more_than and one_unit and plain and said.bound is None
    if said.more_than or said.since is not None:
        return False
    if units & IN_HOURS and place in {DelayPlace.BEFORE_END, DelayPlace.NOTICE}:
        return False
    if "open_hours" in units and place is not DelayPlace.AFTER:
        return False
    if said.bound == "exact" and place is not DelayPlace.NOTICE:
        return False
    if place is DelayPlace.BEFORE_EVENT and "hours" in units and said.bound == "at_most":
        return False
    if said.named is not None and (units != {"days"} or said.days != {"huitaine": 8, "quinzaine": 15}[said.named]):
        return False
    forward = place in {DelayPlace.AFTER, DelayPlace.NOTICE}
    if said.from_ is not None:
        countable = not units & {"clear_days", *IN_HOURS}
        return forward and countable and said.month_end is None and said.named is None
    if said.month_end is not None:
        return place is DelayPlace.AFTER and units <= ROLLING and said.named is None
    return place is DelayPlace.AFTER if said.named is not None else True


def expected(said: Delay, place: DelayPlace, day: date) -> dict[str, Any]:  # noqa: PLR0911 - a table, one line each
    if place is DelayPlace.AFTER:
        last = later(day, said)
        if said.bound == "at_least":
            return {"legal": None, "safe": None, "opens": last, "safe_opens": forth(last + DAY)}
        return {"legal": last, "safe": back(last - DAY if said.named else last), "late_from": forth(last) + DAY}
    start = earlier(day, said)
    if place is DelayPlace.BEFORE_EVENT:
        if said.bound == "at_most":
            return {"opens": start, "legal": day - DAY, "safe": back(day - DAY)}
        return {
            "legal": start,
            "safe": back(start if said.clear_days is not None else start - DAY),
            "late_from": start + DAY,
        }
    if said.bound == "at_most":
        return {"opens": start + DAY, "legal": day, "safe": max(start + DAY, back(day - DAY))}
    if said.clear_days is not None:
        return {"legal": day - timedelta(days=3), "safe": back(day - timedelta(days=4))}
    latest = last_start(day, said)
    return {"legal": latest, "safe": back(min(latest, start))}


COUNT: Final = {DelayPlace.AFTER: d.after, DelayPlace.BEFORE_EVENT: d.before_event, DelayPlace.BEFORE_END: d.before_end}


def test_every_saying_is_computed_as_another_program_counts_it_or_refused() -> None:
    met: Counter[str] = Counter()
    for said, place in sayings():
        refused = [one.code for one in d.refusals(said, place)]
        assert bool(refused) is not means_something(said, place), (said, place, refused)
        met["refused" if refused else f"computed {place}"] += 1
        if refused or place not in COUNT or "open_hours" in said.units:
            continue
        for day in STARTS:
            found = COUNT[place](day, said, FRANCE)
            for name, wanted in expected(said, place, day).items():
                assert getattr(found, name) == wanted, (said, place, day, name)
    assert met == {
        "refused": 38_544, "computed after": 138, "computed before-event": 32, "computed before-end": 30,
        "computed threshold": 24, "computed notice": 112,
    }  # fmt: skip


@pytest.mark.parametrize("since", [None, "state", "event"])
@pytest.mark.parametrize("length", [x for x in LENGTHS if len(x) == 1 and not set(x) & {"clear_days", *IN_HOURS}])
def test_a_threshold_is_exceeded_the_day_after_so_many_that_count(length: dict[str, int], since: str | None) -> None:
    ((unit, number),) = length.items()
    for day in STARTS:
        found = d.exceeds(day, Delay.model_validate({**length, "more_than": True, "since": since}), FRANCE)
        if unit in {"months", "years"}:
            same = day + relativedelta(**length)  # type: ignore[arg-type]
            assert found == ((same + DAY, same + DAY) if since == "event" else (same, same + DAY))
            continue
        counted, here = 0, day if since != "event" else day + DAY
        while True:
            counted += (
                works(here, saturday=unit == "ouvrable_days")
                if unit.endswith("able_days") or unit == "open_days"
                else True
            )
            if counted > number * (7 if unit == "weeks" else 1):
                break
            here += DAY
        assert found == (here, here)


def test_whatever_may_be_said_is_said_and_read_in_words() -> None:
    words: dict[str, Delay] = {}
    for said, place in sayings():
        if not list(d.refusals(said, place)):
            text = delay_in_words(said)
            assert Delay.model_validate(delay_from_words(text)) == said, text
            assert words.setdefault(text, said) == said
            assert delay_in_words(said, "en")


@pytest.mark.parametrize(
    "text", ["", "bientôt", "15", "jours", "15 jours et 3 jours", "1 mois et demi", "-3 jours", "15 jours fin"]
)
def test_words_that_say_no_delay_are_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match=r"1 mois et 15 jours"):
        delay_from_words(text)


def test_delays_are_read_as_people_type_them() -> None:
    assert delay_from_words("  Plus de 30\u00a0Jours, premier jour compté ") == {
        "days": 30,
        "more_than": True,
        "since": "state",
    }


@pytest.mark.parametrize(("text", "said"), [
    ("un mois et quinze jours", {"months": 1, "days": 15}),
    ("quarante-cinq jours fin de mois", {"days": 45, "month_end": "then"}),
    ("pas avant quinze jours", {"days": 15, "bound": "at_least"}),
    ("plus de trente jours", {"days": 30, "more_than": True}),
    ("quarante-huit heures", {"hours": 48}),
    ("48h", {"hours": 48}),
    ("sous six semaines", {"weeks": 6}),
    ("sous huitaine", {"days": 8, "named": "huitaine"}),
    ("dans un délai d’un mois", {"months": 1}),
    ("deux mois", {"months": 2}),
    ("15 jours calendaires", {"days": 15}),
    ("15 jours maximum", {"days": 15, "bound": "at_most"}),
    ("minimum 15 jours", {"days": 15, "bound": "at_least"}),
    ("2 années", {"years": 2}),
])  # fmt: skip
def test_a_delay_is_read_as_a_paper_says_it(text: str, said: dict[str, object]) -> None:
    assert delay_from_words(text) == said


@pytest.mark.parametrize("text", [
    "au plus au moins 3 jours", "exactement au moins 3 mois", "fin de mois puis 45 jours fin de mois",
    "plus de 3 jours, premier jour compté, premier jour non compté", "15 jours à compter du lendemain à compter du mois suivant",
])  # fmt: skip
def test_words_that_say_two_things_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="deux choses à la fois"):
        delay_from_words(text)
