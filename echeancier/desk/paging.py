"""Long lists cut into pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list.

    Attributes:
        number: of this page, from 1; ``last`` is that of the last one.
        total: how many things the whole list holds.
        base: the address of the list, ready to receive a page's number.
    """

    items: Sequence[T]
    number: int
    last: int
    total: int
    base: str

    @property
    def offered(self) -> tuple[int, ...]:
        """The pages worth a link: the first, the last, those around this one."""
        near = {1, 2, self.last - 1, self.last, *range(self.number - 2, self.number + 3)}
        return tuple(sorted(n for n in near if 1 <= n <= self.last))


def paged(found: Sequence[T], query: Mapping[str, str], path: str, size: int) -> Paged[T]:
    """Return the page that an address asks for; one that does not exist is the nearest that does."""
    last = max((len(found) - 1) // size + 1, 1)
    asked = query.get("page", "1")
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 9 else 1, 1), last)
    kept = urlencode({name: value for name, value in query.items() if value and name not in ("page", "lang", "ok")})
    base = f"{path}?{kept}&page=" if kept else f"{path}?page="
    return Paged(found[(number - 1) * size : number * size], number, last, len(found), base)
