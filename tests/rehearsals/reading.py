"""What every mail of ours must say, whatever it is about: read in each mail of each scenario."""

import re
from collections.abc import Iterator

from tests.rehearsals.scenarios import Mail, Played

_LEFT_OVER = re.compile(r"\{[{%]|[%}]\}|\bNone\b|\bnan\b|<[a-z]+>|Text\(|datetime")
"""What a template or a value that was not put into words leaves behind."""

_WITH_EACH = ("Sinon", "Pourquoi")
"""What is said with each thing to do: what happens otherwise, and the clause."""


def references(seen: Played) -> frozenset[str]:
    """The conventions of a scenario."""
    return frozenset(life.dossier.convention.reference for life in seen.lives)


def faults(mail: Mail, known: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong in a mail, as its reader sees it."""
    where = f"{mail.at:%Y-%m-%d} {mail.to} {mail.subject}"
    reference = mail.subject.partition("]")[0].removeprefix("[")
    words = " ".join(mail.text.split())
    if reference not in known or f"référence {reference}" not in words:
        yield f"{where}: does not say which convention it is about"
    if found := _LEFT_OVER.search(mail.subject + mail.text):
        yield f"{where}: {found[0]} is no word"
    if "Bonjour," not in words or "À QUI S’ADRESSER" not in words.upper():
        yield f"{where}: neither greets nor says whom to ask"
    if "function" in words or "Message automatique du calendrier de la convention" not in words:
        yield f"{where}: does not say to what function it was sent"
    todo = len(re.findall(r"^Que faire :", mail.text, re.MULTILINE))
    for label in _WITH_EACH:
        if len(re.findall(rf"^{label} :", mail.text, re.MULTILINE)) < todo:
            yield f"{where}: « {label} » is missing beside something to do"
    if any(line != line.rstrip() for line in mail.text.splitlines() if line.strip()):
        yield f"{where}: a line ends with a space"
