"""A running convention for a person: its agenda, then its meetings, its facts, its last messages."""

from rich.console import Console

from echeancier.adapters.files.plan_format import words
from echeancier.cli.console import say
from echeancier.cli.plan.page import print_plan
from echeancier.cli.show.journal_page import print_entry
from echeancier.domain.afterwards.follow_on import followed_by
from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.agenda.items import Agenda, State
from echeancier.domain.attention.quiet_words import where_it_stands
from echeancier.domain.dates.words import in_words, moment
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import function_of, journal
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import nbsp

LAST = 8
"""How many messages are shown; the journal has them all."""

_MEETINGS = Text(fr="Rencontres fixées", en="Meetings arranged")
_SAID = Text(fr="Pris en charge, remis, problèmes", en="Taken in charge, put off, problems")
_FACTS = Text(fr="Faits enregistrés", en="Facts recorded")
_MESSAGES = Text(fr="Derniers messages", en="Last messages")


def print_show(out: Console, s: Situation, agenda: Agenda, dossier: Dossier, language: str, *, why: bool) -> None:
    """Print a running convention as it stands at the instant of the situation."""
    _fate(out, s, dossier, language)
    _family(out, s, language)
    print_plan(out, s, agenda, language, why=why)
    _meetings(out, s, agenda, language)
    _said_of_calls(out, s, agenda, language)
    entries = journal(dossier)
    facts = [entry for entry in entries if entry.sort == "fact"]
    messages = [entry for entry in entries if entry.sort == "message"]
    for title, found, shown in ((_FACTS, facts, facts), (_MESSAGES, messages, messages[-LAST:])):
        if found:
            _heading(out, title, len(found), language)
        for entry in shown:
            print_entry(out, dossier, entry, language, why=False)


def _family(out: Console, s: Situation, language: str) -> None:
    """Say what it follows and what follows it."""
    before, after = s.convention.follows, followed_by(s.records)
    if before:
        said = Text(
            fr=f"Fait suite à {before} (echeancier show {before}).",
            en=f"Follows {before} (echeancier show {before}).",
        )
        say(out, words(said, language))
    if after:
        said = Text(
            fr=f"Suivie de {after} (echeancier show {after}).",
            en=f"Followed by {after} (echeancier show {after}).",
        )
        say(out, words(said, language))


def _fate(out: Console, s: Situation, dossier: Dossier, language: str) -> None:
    if (gone := dossier.withdrawn) is not None:
        day = in_words(gone.at.astimezone(s.zone).date(), language)
        who = function_of(dossier, gone.by)
        said = Text(
            fr=f"Retirée du registre le {day} ({who}) : {gone.why}",
            en=f"Withdrawn from the register on {day} ({who}): {gone.why}",
        )
        say(out, words(said, language), style="bold red")
    if dossier.closed_at is not None:
        day = in_words(dossier.closed_at.astimezone(s.zone).date(), language)
        closed = Text(
            fr=f"Dossier clos le {day}. Sa purge : echeancier purge {dossier.convention.reference}",
            en=f"File closed on {day}. Its purge: echeancier purge {dossier.convention.reference}",
        )
        say(out, words(closed, language), style="bold")


def _meetings(out: Console, s: Situation, agenda: Agenda, language: str) -> None:
    fixed = [(i.meeting_at, i) for i in agenda.items if i.meeting_at is not None and i.state is State.ARRANGED]
    if not fixed:
        return
    _heading(out, _MEETINGS, len(fixed), language)
    for at, item in sorted(fixed, key=lambda one: one[0]):
        when = moment(at, s.convention.place.time_zone, language)
        say(out, f"• {when} – {item_row(s, item, language, typeset=nbsp).title} [{item.key}]", indent=1, hang=2)


def _said_of_calls(out: Console, s: Situation, agenda: Agenda, language: str) -> None:
    """What was taken in charge or put off, and the problems that were told."""
    found = [(item, one) for item in agenda.items for one in where_it_stands(s, item)]
    if not found:
        return
    _heading(out, _SAID, len(found), language)
    for item, one in found:
        title = item_row(s, item, language, typeset=nbsp).title
        say(out, f"• {title} [{item.key}] – {words(one, language)}", indent=1, hang=2)


def _heading(out: Console, title: Text, count: int, language: str) -> None:
    out.print()
    say(out, f"{title.in_language(language)} ({count})", style="bold")
