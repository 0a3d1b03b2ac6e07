"""What ``record`` and ``correct`` share: the line taken apart, the answer told."""

from dataclasses import dataclass

from echeancier.cli.facts.typed import CommandLine
from echeancier.cli.options import as_reference
from echeancier.cli.output import say_line, write_json
from echeancier.domain.errors import EcheancierError


@dataclass(frozen=True)
class Kept:
    """What the door kept: the fact's id and version, who recorded it, and whether this request was known already.

    ``then`` is what happens next, in words; empty when nothing is to be said.
    """

    fact_id: str
    version: int
    by: str
    again: bool = False
    then: str = ""


def two_words(typed: CommandLine, expected: str) -> tuple[str, str]:
    """Return the two words of a line.

    Raises:
        EcheancierError: there are more or less.
    """
    if len(typed.words) != 2:
        extra = f" En trop : {' '.join(typed.words[2:])}." if len(typed.words) > 2 else ""
        raise EcheancierError(f"On attend {expected}.{extra}")
    return as_reference(typed.words[0]), typed.words[1]


def tell(reference: str, kept: Kept, words: str, *, as_json: bool) -> None:
    """Print what was kept."""
    if not as_json:
        say_line(words)
        return
    write_json(
        {
            "reference": reference,
            "fact": kept.fact_id,
            "version": kept.version,
            "recorded_by": kept.by,
            "already_recorded": kept.again,
        }
    )
