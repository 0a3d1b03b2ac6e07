"""Lists over several conventions, for a person and for other programs."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from echeancier.cli.console import say
from echeancier.cli.windows import DayOfConvention, What
from echeancier.domain.agenda.end_shown import words_of
from echeancier.domain.dates.words import hour, in_words, shown
from echeancier.domain.model import Text
from echeancier.domain.typography import nbsp

if TYPE_CHECKING:
    from echeancier.domain.running.trouble import Trouble
    from echeancier.engine.gateway import Row

_STATUSES = {
    "preparation": Text(fr="en préparation", en="in preparation"),
    "in-force": Text(fr="en vigueur", en="in force"),
    "ending": Text(fr="fin anticipée", en="ending early"),
    "denied": Text(fr="dénoncée", en="denied"),
    "ended": Text(fr="achevée", en="ended"),
    "withdrawn": Text(fr="retirée", en="withdrawn"),
    "purged": Text(fr="purgé", en="purged"),
}
_PURGING = Text(fr="purge en cours", en="being purged")
_CLOSED = Text(fr="dossier clos", en="file closed")
_ENDED = Text(fr="interrompue", en="cut short")
_NONE = Text(fr="Aucune convention n’est enregistrée ici.", en="No convention is registered here.")
_HEADINGS = {
    "fr": ("référence", "état", "partenaire", "agir au plus tard le", "préavis à poster", "fin", "à voir"),
    "en": ("reference", "state", "partner", "act by", "notice to post", "end", "alert"),
}
_WHAT: dict[What, Text] = {
    "safe-day": Text(
        fr="agir au plus tard ce jour-là (echeancier show {})",
        en="act on that day at the latest (echeancier show {})",
    ),
    "posting-day": Text(fr="dernier bon jour pour poster un préavis", en="last good day to post a notice"),
    "end": Text(fr="dernier jour en vigueur", en="last day in force"),
    "last-instant": Text(
        fr="dernier délai à {at} (echeancier show {})",
        en="last moment at {at} (echeancier show {})",
    ),
    "renewal": Text(
        fr="engagés jusqu’à ce jour ; reconduite ensuite, sauf lettre (echeancier show {})",
        en="bound until that day; renewed then, unless a letter is posted (echeancier show {})",
    ),
}
_HOURS_OVER = Text(
    fr="en retard : le délai finissait à {at} (echeancier show {})",
    en="late: the delay was over at {at} (echeancier show {})",
)
_LATE = Text(
    fr="en retard : il fallait agir ce jour-là (echeancier show {})",
    en="late: should have been done by that day (echeancier show {})",
)


def print_list(out: Console, rows: "Sequence[Row]", language: str) -> None:
    """Print one line per convention."""
    if not rows:
        say(out, _NONE.in_language(language))
        return
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for heading in _HEADINGS[language]:
        table.add_column(heading)
    for row in rows:
        words = _STATUSES[row.status].in_language(language) if row.status in _STATUSES else row.status
        table.add_row(
            row.reference,
            _situation(row, words, language),
            nbsp(row.partner.split(",")[0]),
            _safe_day(row, language),
            shown(row.next_posting_day, language, "—"),
            _end(row, language),
            Words("!" if row.has_alert else "", style="bold red"),
        )
    out.print(table)


def _safe_day(row: "Row", language: str) -> str:
    """The day to act by; under it, where hours run, when they are over."""
    day, at = shown(row.next_safe_day, language, "—"), row.last_instant
    if at is None:
        return day
    by = "by" if language == "en" else "au plus tard le"
    return f"{day}\n{by} {shown(at.date(), language)}, {hour(at, language)}"


def _end(row: "Row", language: str) -> str:
    """The last day in force, or the words that say it is not one."""
    day = shown(row.bound_until, language, "—")
    return f"{words_of(renews_itself=True).in_language(language)} {day}" if row.renews_itself else day


def _situation(row: "Row", words: str, language: str) -> str:
    if row.is_open:
        return words
    if row.status != "purged":
        return f"{words}, {(_ENDED if row.ended else _CLOSED).in_language(language)}"
    return words if row.purged_on else _PURGING.in_language(language)


def print_upcoming(out: Console, days: Sequence[DayOfConvention], today: date, within: int, language: str) -> None:
    """Print one paragraph per day and convention, the days in words."""
    if not days:
        nothing = Text(fr=f"Rien d’ici {within} jours.", en=f"Nothing within {within} days.")
        say(out, nothing.in_language(language))
        return
    day = None
    for one in days:
        if one.day != day:
            day = one.day
            seen = Text(fr=" (aujourd’hui)", en=" (today)").in_language(language) if day == today else ""
            say(out, in_words(day, language) + seen, style="bold red" if one.late else "bold")
        words = _words(one).in_language(language)
        words = words.format(one.reference, at=hour(one.at, language) if one.at is not None else "")
        partner = f" ({nbsp(one.partner.split(',')[0])})" if one.partner else ""
        say(out, nbsp(f"{one.reference}{partner} – {words}"), indent=2, hang=2)


def _words(one: DayOfConvention) -> Text:
    if not one.late:
        return _WHAT[one.what]
    return _HOURS_OVER if one.at is not None else _LATE


def print_troubles(out: Console, troubles: "Iterable[Trouble]", language: str) -> None:
    """Print what is stuck, one paragraph each, with what to do."""
    for trouble in troubles:
        say(out, nbsp(trouble.said.in_language(language)), style="bold red")


def rows_document(rows: "Iterable[Row]", troubles: "Iterable[Trouble]" = ()) -> list[dict[str, object]]:
    """Return the lines of a list as plain data; described in ``docs/commands.md``.

    A convention that the engine ended has no line of its own among the open ones: its trouble is one.
    """
    stuck = {trouble.reference: trouble.cause for trouble in troubles if trouble.reference}
    lines = [_row_document(row, stuck.pop(row.reference, "")) for row in rows]
    ended: list[dict[str, object]] = [{"reference": name, "stuck": cause} for name, cause in stuck.items()]
    return [*lines, *ended]


def _row_document(row: "Row", stuck: str) -> dict[str, object]:
    return {
        "reference": row.reference,
        "status": row.status,
        "kind": row.kind,
        "partner": row.partner,
        "service": row.service,
        "ends_on": _iso(row.ends_on),
        "bound_until": _iso(row.bound_until),
        "renews_itself": row.renews_itself,
        "next_posting_day": _iso(row.next_posting_day),
        "next_safe_day": _iso(row.next_safe_day),
        "last_instant": row.last_instant.isoformat() if row.last_instant is not None else None,
        "has_alert": row.has_alert,
        "open": row.is_open,
        "purged_on": _iso(row.purged_on),
        "follows": row.follows,
        "stuck": stuck,
    }


def upcoming_document(days: Iterable[DayOfConvention]) -> list[dict[str, object]]:
    """Return what comes as plain data; described in ``docs/commands.md``."""
    return [
        {
            "day": one.day.isoformat(),
            "what": one.what,
            "reference": one.reference,
            "partner": one.partner,
            "late": one.late,
            "at": one.at.isoformat() if one.at is not None else None,
        }
        for one in days
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
