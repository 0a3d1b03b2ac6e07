"""How many times a duty is owed in a period, and the day to do each of them by: « quatre fois par an », « au moins trois ».

The text gives one last day, that of the period; sharing the times over what is left of it is our own choice. A period that is
whole is shared by months where they divide, any other by days. The last time is due at the end of the period.
"""

from datetime import date, timedelta

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delays import Period, add_months
from echeancier.domain.dates.proof import POLICY, Proof, earliest, eve, given, months, note, plus, worked
from echeancier.domain.terms.duties import Rhythm

_DAY = timedelta(days=1)


def times_owed(rhythm: Rhythm, period: Period, begins: date, whole: date) -> tuple[int, Proof]:
    """Return how many times are owed in a period, and what is said where that is in proportion to its days: rounded by us.

    Args:
        rhythm: of the text.
        period: as the end leaves it.
        begins: the first day of it that the convention covers, whenever it was signed.
        whole: the last day that the period would have, had nothing cut it.
    """
    left, days = (period.last - begins).days + 1, (whole - period.first).days + 1
    if rhythm.prorata == "full" or rhythm.count == 1 or left >= days:
        return rhythm.count, ()
    many = max(1, (2 * rhythm.count * left + days) // (2 * days))  # to the nearest, half up
    return many, (note(f" ; {many} fois sur {rhythm.count}, au prorata de {left} jours sur {days}"),)


def own_part(  # noqa: PLR0917 - a sum and what it is made from
    rhythm: Rhythm, period: Period, begins: date, number: int, many: int, calendar: WorkingDays, source: str
) -> tuple[date, Proof]:
    """Return the day to do one of several times by, and its steps; the day of the period for the last one.

    Args:
        rhythm: of the text.
        period: what it is owed in.
        begins: the first day on which it can be done.
        number: which time, from 1.
        many: how many are owed in that period.
        calendar: of the place.
        source: of ``begins``, where it is later than the first day of the period.
    """
    moved: Proof = (worked("prev_workable", period.last, period.due, gives=""),)
    if number >= many:
        return period.due, moved
    if begins <= period.first and not period.truncated and rhythm.every_months % many == 0:
        part = rhythm.every_months // many * number
        following = add_months(period.first, part)
        last = following - _DAY
        sums: Proof = (months(period.first, part, POLICY, following), eve(following))
    else:
        first = max(begins, period.first)
        length = max(1, (period.last - first).days + 1)
        days = -(-length * number // many) - 1
        last = first + timedelta(days=days)
        sums = (
            (given(first, source, ""), plus(first, Delay(days=days), POLICY, last, ""))
            if days
            else (given(first, source, ""),)
        )
    own = calendar.prev_workable(last)
    own_moved = worked("prev_workable", last, own, gives="")
    if own < max(begins, period.first):  # nobody works from there to that day: that day itself
        return min(period.due, last), (*moved, *sums, earliest((period.due, last)))
    return min(period.due, own), (*moved, *sums, own_moved, earliest((period.due, own)))
