"""What every mail of ours must say, whatever it is about: read in each mail of each scenario."""

import re
from collections.abc import Iterator

from echeancier.adapters.mail.subjects import SUBJECT_ROOM
from tests.rehearsals.scenarios import Mail, Played

_LEFT_OVER = re.compile(r"\{[{%]|[%}]\}|\bNone\b|\bnan\b|<[a-z]+>|Text\(|datetime")
"""What a template or a value that was not put into words leaves behind."""

_NEVER = re.compile(r"\bCertitude\b|\bJour prudent\b|\bCalcul\b|\becheancier [a-z]")
"""How the program works, and what to type: no reader needs it to act."""

_MOST_WORDS = 400


def references(seen: Played) -> frozenset[str]:
    """The conventions of a scenario."""
    return frozenset(life.dossier.convention.reference for life in seen.lives)


def faults(mail: Mail, known: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong in a mail, as its reader sees it."""
    where = f"{mail.at:%Y-%m-%d} {mail.to} {mail.subject}"
    words = " ".join(mail.text.split())
    if not any(reference in words for reference in known):
        yield f"{where}: does not say which convention it is about"
    if len(mail.subject) > SUBJECT_ROOM or "…" in mail.subject:
        yield f"{where}: its subject is not whole"
    if found := _LEFT_OVER.search(mail.subject + mail.text):
        yield f"{where}: {found[0]} is no word"
    if found := _NEVER.search(words):
        yield f"{where}: says « {found[0]} »"
    if not words.startswith("Bonjour,"):
        yield f"{where}: does not greet"
    if len(words.split()) > _MOST_WORDS:
        yield f"{where}: has {len(words.split())} words"
    if any(line != line.rstrip() for line in mail.text.splitlines() if line.strip()):
        yield f"{where}: a line ends with a space"
