"""The whole printed agenda: who is bound and from when, the items, what is asked, what is wrong."""

from rich.console import Console

from echeancier.cli.console import say
from echeancier.cli.plan.table import print_items
from echeancier.domain.agenda.item_row import clause_in_words, item_row, side, title_in_words
from echeancier.domain.agenda.items import Agenda, Question, State
from echeancier.domain.dates.words import shown
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause
from echeancier.domain.typography import colon, nbsp, said

_UNKNOWN = Text(fr="inconnue", en="unknown")
_STANDINGS = Text(fr="Où en est-on", en="Where it stands")
_QUESTIONS = Text(fr="Questions", en="Questions")
_WARNINGS = Text(fr="Avertissements", en="Warnings")
_MEANWHILE = Text(fr="(suivie d’ici là)", en="(followed meanwhile)")

_UNDER_WAY = frozenset(
    {State.OPEN, State.BEST_EFFORT, State.ARRANGED, State.LATE, State.MISSED, State.WAITING, State.CANCELLED}
)


def print_plan(out: Console, s: Situation, agenda: Agenda, language: str, *, why: bool) -> None:
    """Print an agenda for a person; with ``why``, each computation and its rule."""
    _head(out, s, agenda, language)
    print_items(out, s, agenda, language, why=why)
    _standings(out, s, agenda, language)
    _questions(out, s, [one for one in agenda.questions if one.answered is None], language)
    _warnings(out, agenda, language)


def _head(out: Console, s: Situation, agenda: Agenda, language: str) -> None:
    unknown = _UNKNOWN.in_language(language)
    names = " · ".join(nbsp(side(s, key).name) for key in s.convention.parties)
    us = nbsp(side(s, s.convention.us).name)
    effect, end = (
        shown(agenda.effect_on, language, unknown),
        shown(agenda.end.day, language, "—" if agenda.end.instead else unknown),
    )
    start, seen = shown(agenda.operational_from, language, unknown), shown(s.today, language)
    label = agenda.end.label.in_language(language)
    label = label[0].lower() + label[1:]
    if language == "en":
        parties = f"{names} (“us”: {us})"
        dates = f"Effect: {effect}; {label}: {end}; duties run from: {start}. Seen on {seen}."
    else:
        parties = f"{names} («\u00a0nous\u00a0»\u00a0: {us})"
        dates = (
            f"Effet\u00a0: {effect}\u00a0; {label}\u00a0: {end}\u00a0; "
            f"obligations à partir du\u00a0: {start}. Vu le {seen}."
        )
    say(out, f"{agenda.reference} — {title_in_words(s.convention, language, nbsp)}", style="bold")
    say(out, parties)
    say(out, dates)
    if agenda.end.says is not None:
        say(out, f"{said(agenda.end.says, language, nbsp)}.")
    out.print()


def _standings(out: Console, s: Situation, agenda: Agenda, language: str) -> None:
    """Say once, for what is under way or was not kept, where it stands: who signed, how many of a quota came."""
    rows = [item_row(s, i, language, typeset=nbsp) for i in agenda.items if i.standing and i.state in _UNDER_WAY]
    lines = dict.fromkeys(("" if row.item.kind == "signature" else row.title, row.standing) for row in rows)
    if not lines:
        return
    _heading(out, _STANDINGS, len(lines), language)
    for title, standing in lines:
        say(out, f"• {title}{colon(language) if title else ''}{standing}", indent=1, hang=2)


def _questions(out: Console, s: Situation, questions: list[Question], language: str) -> None:
    if not questions:
        return
    _heading(out, _QUESTIONS, len(questions), language)
    for question in questions:
        asked = s.convention.roles[question.ask].function
        to = f"{'to' if language == 'en' else 'à'}{colon(language)}{asked}"
        _entry(out, f"{said(question.about, language, nbsp)} [{to}]", question.clause, language)
        for reading in question.readings:
            runs = f" {_MEANWHILE.in_language(language)}" if reading.id == question.prudent else ""
            changes = f"{said(reading.says, language, nbsp)} → {said(reading.changes, language, nbsp)}{runs}"
            say(out, f"– {changes}", indent=4, hang=2)


def _warnings(out: Console, agenda: Agenda, language: str) -> None:
    if not agenda.warnings:
        return
    _heading(out, _WARNINGS, len(agenda.warnings), language)
    for warning in agenda.warnings:
        _entry(out, said(warning.text, language, nbsp), warning.clause, language)


def _heading(out: Console, title: Text, count: int, language: str) -> None:
    out.print()
    say(out, f"{title.in_language(language)} ({count})", style="bold")


def _entry(out: Console, text: str, clause: Clause | None, language: str) -> None:
    say(out, f"• {text}", indent=1, hang=2)
    if clause is not None:
        quoted = clause_in_words(clause, language, nbsp)
        say(out, f"{quoted.article}{colon(language)}{quoted.says}", style="dim", indent=3)
