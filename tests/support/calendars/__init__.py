"""Calendar programs that nobody here wrote, reading what we make: libical (C) and ical.js (JavaScript)."""

import os
from collections.abc import Mapping
from typing import Protocol

from tests.support.calendars import ical_js, libical


class Parser(Protocol):
    """A program that reads calendar files."""

    def missing(self) -> str: ...

    def problems(self, files: Mapping[str, bytes]) -> list[str]: ...


PARSERS: dict[str, Parser] = {"libical": libical, "ical.js": ical_js}
"""By name; each says why it is ``missing`` (empty when it is there), and the ``problems`` of files."""


def problems(files: Mapping[str, bytes]) -> list[str]:
    """Return what the parsers on this machine find wrong in calendar files, each problem with the file's name."""
    return [
        f"{parser}: {problem}"
        for parser, reader in PARSERS.items()
        if not missing(parser)
        for problem in reader.problems(files)
    ]


def missing(parser: str) -> str:
    """Return why a parser cannot be used here, empty when it can.

    Raises:
        AssertionError: continuous integration promised it (ECHEANCIER_CALENDAR_PARSERS) and it is not there.
    """
    why = PARSERS[parser].missing()
    promised = os.environ.get("ECHEANCIER_CALENDAR_PARSERS", "").split(",")
    assert not (why and parser in promised), f"{parser} was promised and is not there: {why}"
    return why
