"""What a feed can be about: something that stands in the register, refused otherwise with what would be accepted."""

from collections.abc import Collection
from difflib import get_close_matches

from domain.errors import EcheancierError
from domain.feeds.feed import Scope


class FeedRefusedError(EcheancierError):
    """A feed cannot be about that; the message says what it can be about."""


_NAMES = {
    "convention": "Aucune convention ouverte ne porte la référence « {} ».",
    "service": "Aucune convention ouverte n’est suivie par le service « {} ».",
    "person": "« {} » n’est aujourd’hui l’adresse d’aucune fonction dans les conventions ouvertes.",
}


def check_scope(scope: Scope, known: Collection[str]) -> Scope:
    """Return the scope as the register writes its name.

    Args:
        scope: what is asked for.
        known: every name of that kind in the register.

    Raises:
        FeedRefusedError: nothing of that name; the message names those that come close.
    """
    by_key = {Scope(kind=scope.kind, name=name).key: name for name in known if name}
    if (found := by_key.get(scope.key)) is not None:
        return scope.model_copy(update={"name": found})
    close = get_close_matches(scope.key, by_key, 3, 0.5) or sorted(by_key)[:5]
    offered = ", ".join(by_key[key] for key in close) or "aucun pour l’instant, le registre est vide"
    raise FeedRefusedError(f"{_NAMES[scope.kind].format(scope.name)} On attend par exemple : {offered}.")
