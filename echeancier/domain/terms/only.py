"""Which times of what comes back are owed, where not all are: « la première année seulement »."""

import re
from typing import Annotated, Final, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.model import Slug
from echeancier.domain.terms.when import AfterClose, BeforeTerm, PartOfYear, PeriodDay, When, YearlyDay

_YEAR: Final = (r"[12][0-9]{3}", "2027")
_RANK: Final = (r"[1-9][0-9]{0,2}", "1")
_MONTH: Final = (r"[12][0-9]{3}-(?:0[1-9]|1[0-2])", "2027-01")
_SCHOOL_YEAR: Final = (r"[12][0-9]{3}-[12][0-9]{3}", "2027-2028")

TimesNamed = Annotated[
    tuple[Slug, ...],
    field_words(
        "Seulement ces fois-là (2027, ou 1 pour la première période)",
        "These times only (2027, or 1 for the first period)",
        folded=True,
    ),
]
"""The times that are owed, by their names; empty: all of them."""


def check_only(name: str, only: tuple[str, ...], comes: When | Literal["civil", "contract"] | None) -> None:
    """Check that each time named can be one of those that come.

    Args:
        name: the id of the block.
        only: the times named.
        comes: on which days of the calendar, or by which years.

    Raises:
        ValueError: one is named as none of them is (message in French).
    """
    pattern, example = _named(comes)
    for one in only:
        if not re.fullmatch(pattern, one):
            raise ValueError(
                f"« {name} » : only = « {one} » ne nomme aucune fois : elles s’appellent ici comme « {example} »"
            )
    if len(set(only)) < len(only):
        raise ValueError(f"« {name} » : only nomme deux fois la même")


def _named(comes: When | Literal["civil", "contract"] | None) -> tuple[str, str]:
    """How the times are named, and an example."""
    if isinstance(comes, YearlyDay) and len(comes.on) > 1:
        return rf"{_YEAR[0]}-(?:{'|'.join(str(one) for one in range(1, len(comes.on) + 1))})", "2027-1"
    if isinstance(comes, PeriodDay):
        return _MONTH if comes.year == "civil" else _RANK
    if isinstance(comes, PartOfYear):
        return {"civil": _YEAR, "contract": _RANK, "school": _SCHOOL_YEAR}[comes.year]
    if comes == "civil" or isinstance(comes, YearlyDay | AfterClose):
        return _YEAR
    return _RANK if comes == "contract" or isinstance(comes, BeforeTerm) else _MONTH
