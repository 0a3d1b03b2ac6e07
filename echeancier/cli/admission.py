"""The facts a convention is registered with: each passes the door as if it had been recorded when it was told."""

import re
from datetime import datetime
from pathlib import Path

from echeancier.adapters.files.facts_file import FactEntry, in_the_order_told, load_facts
from echeancier.domain.errors import FactsFileError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import fr
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.terms.convention import Convention

_BLOCK = re.compile(r"\s*\[\[\s*fact\s*\]\]")


def admitted(path: Path, convention: Convention, now: datetime) -> tuple[Recorded, ...]:
    """Return the records of a facts file, in the order in which they were told; all of them, or none.

    Args:
        path: the facts file.
        convention: whose facts they are.
        now: aware instant; nothing can have been told later.

    Raises:
        FactsFileError: the file must be put right, or the door refuses a fact; its line is named.
    """
    told = in_the_order_told(load_facts(path), convention.place.time_zone, path.name)
    if not told:
        return ()
    begins = min(told[0][0], now)
    dossier = Dossier(convention=convention, registered_at=begins, registered_by=convention.coordinator)
    for at, number, entry in told:
        try:
            dossier.facts.append(_record(dossier, entry, at, now))
        except (Refusal, _ToldLaterError) as refusal:
            raise FactsFileError(path.name, (f"{_place(path, number)} : {refusal}",)) from refusal
    return tuple(dossier.facts)


class _ToldLaterError(Exception):
    pass


def _record(dossier: Dossier, entry: FactEntry, told_at: datetime, now: datetime) -> Recorded:
    if told_at.date() > now.astimezone(told_at.tzinfo).date():
        raise _ToldLaterError(
            f"ce fait serait su le {fr(told_at.date())}, qui n’est pas encore venu ; dire quand on l’a su par "
            "recorded_on, ou l’enregistrer ce jour-là."
        )
    # An hour that is not given is taken to be ten: on the day itself that may be later than now.
    return admit(dossier, entry.fact, min(told_at, now), entry.by)


def _place(path: Path, number: int) -> str:
    lines = path.read_text("utf-8").splitlines()
    found = [n for n, line in enumerate(lines, start=1) if _BLOCK.match(line)]
    name = f"fact[{number}]"
    return f"ligne {found[number - 1]} ({name})" if number <= len(found) else name
