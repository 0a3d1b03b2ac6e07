"""The feeds, for a person and for other programs; their addresses are in neither."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from echeancier.cli.console import say
from echeancier.domain.dates.words import shown
from echeancier.domain.model import Text
from echeancier.domain.overview.feed import Feed

_NONE = Text(fr="Aucun abonnement n’est ouvert.", en="No subscription is open.")
_NEVER = Text(fr="jamais", en="never")
_HEADINGS = {
    "fr": ("abonnement", "de quoi", "nom", "créé le", "lu le", "révoqué le"),
    "en": ("feed", "about", "label", "made on", "last read", "revoked on"),
}


def print_feeds(out: Console, feeds: Sequence[Feed], language: str) -> None:
    """Print one line per feed."""
    if not feeds:
        say(out, _NONE.in_language(language))
        return
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for heading in _HEADINGS[language]:
        table.add_column(heading)
    for feed in feeds:
        table.add_row(
            feed.id,
            feed.scope.name,
            feed.label,
            shown(feed.created_on, language),
            shown(feed.last_used_on, language, _NEVER.in_language(language)),
            shown(feed.revoked_on, language, "—"),
        )
    out.print(table)


def feed_document(feed: Feed) -> dict[str, object]:
    """Return a feed as plain data, without the mark of its secret; described in ``docs/commands.md``."""
    return {
        "id": feed.id,
        "kind": feed.scope.kind,
        "about": feed.scope.name,
        "label": feed.label,
        "language": feed.language,
        "created_on": feed.created_on.isoformat(),
        "created_by": feed.created_by,
        "last_used_on": feed.last_used_on.isoformat() if feed.last_used_on else None,
        "revoked_on": feed.revoked_on.isoformat() if feed.revoked_on else None,
    }
