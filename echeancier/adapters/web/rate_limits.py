"""How often somebody may try: per visitor, per link, per account. Counts live in this process and are lost with it."""

import hashlib
import ipaddress
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

IPV6_NETWORK: Final = 64
"""Bits of an IPv6 address that name a subscriber; one visitor has all the addresses behind them."""


class RateLimits:
    """Counts attempts; each window begins with the first attempt, and the attempts refused do not prolong it.

    Args:
        rates: as in ``"10/minute;60/hour"``; every one of them must be kept.

    Raises:
        ValueError: ``rates`` is not written so.
    """

    def __init__(self, rates: str) -> None:
        self._rates: list[RateLimitItem] = parse_many(rates)
        # Fixed windows: what is over leaves the memory, whereas a moving window keeps the name of every visitor.
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def hit(self, *who: str) -> datetime | None:
        """Count one attempt of ``who``.

        Args:
            who: what names the one who tries, as ``("client", client_of(address))``; only a digest is kept.

        Returns:
            None when it is allowed, else the instant (UTC) from which the next one will be.
        """
        return self._until([rate for rate in self._rates if not self._limiter.hit(rate, _mark(who))], _mark(who))

    def blocked(self, *who: str) -> datetime | None:
        """Say whether ``who`` may try, without counting: None, or the instant (UTC) from which it may again."""
        return self._until([rate for rate in self._rates if not self._limiter.test(rate, _mark(who))], _mark(who))

    def forget(self, *who: str) -> None:
        """Begin again for ``who``: it has shown that it may."""
        for rate in self._rates:
            self._limiter.clear(rate, _mark(who))

    def _until(self, exceeded: Iterable[RateLimitItem], mark: str) -> datetime | None:
        ends = [self._limiter.get_window_stats(rate, mark).reset_time for rate in exceeded]
        return datetime.fromtimestamp(max(ends), UTC) if ends else None


def client_of(address: str) -> str:
    """Return what names a visitor: its IPv4 address, or the network of its IPv6 address; any other word as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))
    return str(found)


def _mark(who: Iterable[str]) -> str:
    """A digest: neither an address nor a token stays in memory."""
    return hashlib.sha256("\x1f".join(who).encode()).hexdigest()
