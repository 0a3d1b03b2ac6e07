"""One rule as its readers meet it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule explained to its readers, French first."""

    fr: str
    en: str
