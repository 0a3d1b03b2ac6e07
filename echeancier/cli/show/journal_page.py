"""The journal of a convention, for a person and for other programs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from echeancier.cli.console import say
from echeancier.domain.dates.words import hour, shown
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import Entry, function_of, journal
from echeancier.domain.typography import nbsp

_WHY = Text(fr="pourquoi :", en="why:")


def print_journal(out: Console, dossier: Dossier, language: str) -> None:
    """Print everything that happened, oldest first, in the local time of the convention's place."""
    entries = journal(dossier)
    # Facts told with the convention were told before it was registered.
    before = [entry for entry in entries if entry.at < dossier.registered_at]
    for entry in before:
        print_entry(out, dossier, entry, language, why=True)
    _registration(out, dossier, language)
    for entry in entries[len(before) :]:
        print_entry(out, dossier, entry, language, why=True)
    if dossier.withdrawn is not None:
        who = function_of(dossier, dossier.withdrawn.by)
        words = Text(fr=f"retirée du registre : {dossier.withdrawn.why}", en=f"withdrawn: {dossier.withdrawn.why}")
        at = dossier.withdrawn.at
        say(out, f"{_when(dossier, at, language)}  {who} – {nbsp(words.in_language(language))}")
    if dossier.closed_at is not None:
        words = Text(fr="dossier clos", en="file closed")
        say(out, f"{_when(dossier, dossier.closed_at, language)}  {words.in_language(language)}")


def print_entry(out: Console, dossier: Dossier, entry: Entry, language: str, *, why: bool) -> None:
    """Print one line of the journal: when, who, what, its id and what became of it."""
    arrow = "→ " if entry.sort == "message" else ""
    head = f"{_when(dossier, entry.at, language)}  {arrow}{entry.who}"
    what, result = entry.what.in_language(language), entry.result.in_language(language)
    ref = f" [{entry.ref}]" if entry.sort == "fact" else ""
    say(out, nbsp(f"{head} – {what}{ref} – {result}"), hang=18)
    if why and entry.why:
        say(out, nbsp(f"{_WHY.in_language(language)} {entry.why}"), style="dim", indent=18)


def journal_document(dossier: Dossier, language: str) -> dict[str, object]:
    """Return the journal as plain data; described in ``docs/commands.md``."""
    sent = {message.id: message for message in dossier.outbox}
    entries = []
    for entry in journal(dossier):
        message = sent.get(entry.ref) if entry.sort == "message" else None
        entries.append(
            {
                "at": entry.at.isoformat(),
                "sort": entry.sort,
                "kind": entry.kind,
                "who": entry.who,
                "what": nbsp(entry.what.in_language(language)),
                "why": entry.why,
                "result": entry.result.in_language(language),
                "ref": entry.ref,
                "status": message.status if message else None,
                "accepted_at": _iso(message.accepted_at) if message else None,
                "maybe_twice": message.maybe_twice if message else False,
                "sha256": message.sha256 if message else "",
            }
        )
    return {
        "reference": dossier.convention.reference,
        "registered_at": dossier.registered_at.isoformat(),
        "registered_by": function_of(dossier, dossier.registered_by),
        "entries": entries,
        "withdrawn": dossier.withdrawn.model_dump(mode="json") if dossier.withdrawn else None,
        "closed_at": _iso(dossier.closed_at),
    }


def _registration(out: Console, dossier: Dossier, language: str) -> None:
    who = function_of(dossier, dossier.registered_by)
    words = Text(fr="convention enregistrée", en="convention registered").in_language(language)
    say(out, f"{_when(dossier, dossier.registered_at, language)}  {who} – {words}", hang=18)


def _when(dossier: Dossier, instant: datetime, language: str) -> str:
    local = instant.astimezone(ZoneInfo(dossier.convention.place.time_zone))
    return f"{shown(local.date(), language)} {hour(local, language)}"


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
