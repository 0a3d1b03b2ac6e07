"""What a clause says of a notice: its length, what starts it, and which way the length binds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["sending", "receipt", "annual-due-date", "letter-date", "unstated"]
Bound = Literal["exact", "floor", "ceiling"]
Form = Literal["lrar", "lr", "unstated"]


@dataclass(frozen=True)
class NoticeTerms:
    """What a clause says of a notice.

    Attributes:
        months: its length.
        basis: what starts it: sending, receipt, counting back from the annual due date, the day
            written in the letter (not before the length has run from receipt), or nothing said.
        bound: the length is exact, a floor (« au moins ») or a ceiling (« maximum »).
        form: registered letter with receipt (lrar), registered letter (lr), or nothing said.

    Raises:
        ValueError: negative length.
    """

    months: int
    basis: Basis
    bound: Bound = "exact"
    form: Form = "lrar"

    def __post_init__(self) -> None:
        if self.months < 0:
            raise ValueError(f"Un préavis ne peut pas durer {self.months} mois.")
