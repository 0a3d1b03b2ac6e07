"""Amounts of money: typed in euros, counted in cents, and shared out without losing one."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator, StringConstraints

_SPACES: Final = "\u00a0\u202f "
_PLAIN: Final = re.compile(r"[0-9]{1,11}(?:[.,]([0-9]+))?")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,]([0-9]+))?")

_MONTH: Final = 30

HOW: Final = 'en euros et centimes, comme "300.00" ou "1200.00"'


def _typed(given: object) -> object:
    """Read what a person types, « 1 200,00 € » as well as "1200.00", and return the latter; nothing is rounded."""
    if not isinstance(given, str):  # pydantic wants a ValueError
        raise ValueError(f"« {given} » : un montant s’écrit entre guillemets, {HOW}")  # noqa: TRY004
    text = re.sub(f"[{_SPACES}]+", " ", given).strip()
    text = re.sub(r" ?(?:€|euros?)$", "", text)
    found = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    if found is None:
        raise ValueError(f"« {given} » n’est pas un montant : l’écrire {HOW}")
    if len(found[1] or "") > 2:
        raise ValueError(f"« {given} » : un montant a deux décimales au plus, {HOW}")
    amount = Decimal(text.replace(" ", "").replace(",", "."))
    if not amount:
        raise ValueError(f"« {given} » : ce qui est gratuit ne se paie pas, ôter ce paiement")
    return f"{amount:.2f}"


Euros = Annotated[str, StringConstraints(max_length=14), BeforeValidator(_typed)]
"""An amount as the paper prints it, kept as ``1200.00``: never a number of cents."""


def _percent(given: object) -> object:
    text = given.replace(",", ".").replace("\u00a0", " ").removesuffix("%").strip() if isinstance(given, str) else ""
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,4})?", text) or not 0 < Decimal(text) <= 100:
        raise ValueError(f'« {given} » n’est pas une part : un pourcentage entre guillemets, comme "60" ou "33.33"')
    return text


Percent = Annotated[str, BeforeValidator(_percent)]
"""A share in per cent, as the paper prints it: ``33.33``."""


def _quantity(given: object) -> object:
    """Read how many there are, « 1 234,5 » as well as "1234.5", and return the latter."""
    if isinstance(given, int) and not isinstance(given, bool):
        given = f"{given}"
    text = re.sub(f"[{_SPACES}]+", " ", given).strip() if isinstance(given, str) else ""
    found = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    if found is None or len(found[1] or "") > 3:
        raise ValueError(f'« {given} » n’est pas un nombre : l’écrire comme "412" ou "12.5", trois décimales au plus')
    return f"{Decimal(text.replace(' ', '').replace(',', '.')).normalize():f}"


Quantity = Annotated[str, BeforeValidator(_quantity)]
"""How many there are, as counted: ``412``, ``12.5``."""


def cents_of(amount: str) -> int:
    """Return an amount typed in euros, in cents."""
    return int(Decimal(amount) * 100)


def shared(total: int, shares: tuple[str, ...]) -> tuple[int, ...]:
    """Return an amount in cents shared out in per cent, each share half up; the last one takes the rest of the cents."""
    parts = [_half_up(total * Decimal(share) / 100) for share in shares[:-1]]
    return (*parts, total - sum(parts))


def equal_parts(total: int, parts: int) -> tuple[int, ...]:
    """Return an amount in cents in equal parts (« en dix parts égales »), whole cents; the last one takes the rest."""
    one = total // parts
    return (*[one] * (parts - 1), total - one * (parts - 1))


def times_unit(unit: int, number: str) -> int:
    """Return what so many units cost, in cents, half up; the unit is in cents too."""
    return _half_up(unit * Decimal(number))


def prorated(cents: int, days: tuple[int, int]) -> int:
    """Return the part of an amount in cents that so many days make of all those of its period, half up."""
    part, whole = days
    return _half_up(Decimal(cents) * part / whole)


def thirtieths(first: date, last: date) -> int:
    """Return how many days two days make, both included, where every month has thirty (« au trentième »)."""
    ends_its_month = (last + timedelta(days=1)).day == 1
    from_day, to_day = min(first.day, _MONTH), _MONTH if ends_its_month else min(last.day, _MONTH)
    return 12 * _MONTH * (last.year - first.year) + _MONTH * (last.month - first.month) + to_day - from_day + 1


def thirtieths_of(months: int) -> int:
    """Return how many days whole months make, where every month has thirty."""
    return _MONTH * months


def _half_up(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))
