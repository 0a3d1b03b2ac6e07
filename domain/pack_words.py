"""What the parts of a session's file share: how an article is written, since when one looks back."""

import re
from datetime import date

from domain.convention import Clause
from domain.letters_to_write.wording import capital
from domain.situation import Situation
from domain.words import NBSP


def article(clause: Clause) -> str:
    """Return where a clause stands, in full words."""
    return capital(re.sub(r"\bart\. ", f"article{NBSP}", clause.article))


def since_when(s: Situation) -> date | None:
    """Return the day of the last committee held before today, else the first day in force, None while unknown."""
    keys = tuple(f"{duty.id}/" for duty in s.convention.duty if duty.kind == "committee")
    held = [day for key, day in s.meetings_held.items() if keys and key.startswith(keys) and day < s.today]
    return max(held, default=s.operational_from)
