"""The dates of the Saint-Quentin-Fallavier cooperation convention, worked out by hand from its text.

Effect 1 January 2021 for three years; voted 12 April 2021, published and transmitted on the 16th, signed on
the 20th (the signature is supposed: the paper leaves it blank).
"""

from datetime import date
from typing import Final


def _days(written: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in written.split())


QUARTERS_LEGAL: Final = _days(
    """
    2021-03-31 2021-06-30 2021-09-30 2021-12-31 2022-03-31 2022-06-30
    2022-09-30 2022-12-31 2023-03-31 2023-06-30 2023-09-30 2023-12-31
    """
)
"""Last day of each quarter."""

QUARTERS_SAFE: Final = _days(
    """
    2021-03-31 2021-06-30 2021-09-30 2021-12-31 2022-03-31 2022-06-30
    2022-09-30 2022-12-30 2023-03-31 2023-06-30 2023-09-29 2023-12-29
    """
)
"""The same, brought back to a working day."""

POINTS_LEGAL: Final = _days(
    """
    2021-02-28 2021-04-30 2021-06-30 2021-08-31 2021-10-31 2021-12-31
    2022-02-28 2022-04-30 2022-06-30 2022-08-31 2022-10-31 2022-12-31
    2023-02-28 2023-04-30 2023-06-30 2023-08-31 2023-10-31 2023-12-31
    """
)
"""Last day of each stretch of two months."""

POINTS_SAFE: Final = _days(
    """
    2021-02-26 2021-04-30 2021-06-30 2021-08-31 2021-10-29 2021-12-31
    2022-02-28 2022-04-29 2022-06-30 2022-08-31 2022-10-31 2022-12-30
    2023-02-28 2023-04-28 2023-06-30 2023-08-31 2023-10-31 2023-12-29
    """
)
"""The same, brought back to a working day."""

COMMITTEES_SAFE: Final = _days(
    """
    2021-12-31 2022-12-30 2023-08-31
    """
)
"""Once in each year, which is the civil year here; the last prepares the renewal, four months before the end."""

REPORTS_SAFE: Final = _days(
    """
    2021-12-31 2022-12-30 2023-08-30
    """
)
"""With each committee, which examines the report; the day we work before the last one, a Wednesday."""

RENEWAL: Final = {
    "kick-off": date(2023, 6, 30),
    "committee": date(2023, 8, 31),
    "text-agreed": date(2023, 10, 31),
    "vote": date(2023, 11, 30),
    "executory": date(2023, 12, 7),
    "signatures": date(2023, 12, 29),
}
"""The road back from the last day (our own choice of months, no law behind it)."""

POSTED_AND_LAST_DAY: Final = (
    ("2021-06-15", "2021-07-15"),
    ("2022-01-31", "2022-02-28"),
    ("2022-05-31", "2022-06-30"),
    ("2022-12-30", "2023-01-30"),
    ("2023-01-31", "2023-02-28"),
    ("2023-10-31", "2023-11-30"),
    ("2023-11-30", "2023-12-30"),
)
"""A letter posted on the first day makes the second one the last day in force (a month from the sending)."""
