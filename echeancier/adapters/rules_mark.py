"""A mark of the rules a worker plans by: it changes when a date could."""

import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from echeancier.domain.terms.policy import Policy


def rules_mark(policy: Policy) -> str:
    """Return a short mark of the domain's source and of our policy.

    Any change of the domain's code changes it, even one that moves no date: planning again costs little, a rule that
    wakes too late costs a lapse.
    """
    digest = hashlib.sha256(policy.fingerprint().encode())
    root = resources.files("echeancier.domain")
    for name, content in sorted(_sources(root, "")):
        digest.update(name.encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{prefix}{entry.name}", entry.read_bytes()
