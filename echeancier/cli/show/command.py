"""``echeancier show``, ``list``, ``upcoming`` and ``journal``: what runs, as it stands now."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.cli.console import console
from echeancier.cli.options import Language, LanguageOption, Reference
from echeancier.cli.output import write_json
from echeancier.cli.register import Json
from echeancier.cli.show.as_json import show_document
from echeancier.cli.show.journal_page import journal_document, print_journal
from echeancier.cli.show.list_page import print_list, print_troubles, print_upcoming, rows_document, upcoming_document
from echeancier.cli.show.page import print_show
from echeancier.cli.windows import dated, window
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.policy import DEFAULT_POLICY

if TYPE_CHECKING:
    from echeancier.domain.facts.dossier import Dossier
    from echeancier.domain.running.trouble import Trouble
    from echeancier.engine.gateway import Conventions, Row

WithWhy = Annotated[bool, typer.Option("--why", help="Sous chaque ligne du tableau, le calcul et sa règle.")]
Closed = Annotated[bool, typer.Option("--all", help="Aussi les dossiers clos.")]
Within = Annotated[
    str,
    typer.Option("--within", metavar="DURÉE", help="Jusqu’où regarder : 90d (jours), 12w (semaines)."),
]

PLACE = ZoneInfo("Europe/Paris")
"""Whose day it is for lists over several conventions; each convention counts in its own place's time."""


def show(
    reference: Reference, *, as_json: Json = False, lang: LanguageOption = Language.FR, why: WithWhy = False
) -> None:
    """Affiche une convention\u00a0: dates, agenda, questions, avertissements, réunions, faits, derniers messages."""
    dossier = _dossier(reference)
    now = datetime.now(ZoneInfo(dossier.convention.place.time_zone))
    seen = Context(dossier, now, DEFAULT_POLICY)
    if as_json:
        write_json(show_document(dossier, seen.agenda, lang))
    else:
        print_show(console(), seen.s, seen.agenda, dossier, lang, why=why)


def journal(reference: Reference, *, as_json: Json = False, lang: LanguageOption = Language.FR) -> None:
    """Raconte une convention\u00a0: qui a fait quoi, quel message est parti quand, à qui, pourquoi, avec quel résultat."""
    dossier = _dossier(reference)
    if as_json:
        write_json(journal_document(dossier, lang))
    else:
        print_journal(console(), dossier, lang)


def list_conventions(*, closed: Closed = False, as_json: Json = False, lang: LanguageOption = Language.FR) -> None:
    """Énumère les conventions enregistrées, celle où il faut agir d’abord en tête."""
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    async def both(door: "Conventions") -> "tuple[list[Row], tuple[Trouble, ...]]":
        return await door.rows(closed=closed), await door.troubles()

    rows, troubles = ask(load_settings(), both)
    if as_json:
        write_json(rows_document(rows, troubles))
    else:
        print_list(console(), rows, lang)
        print_troubles(console(), troubles, lang)


def upcoming(*, within: Within = "90d", as_json: Json = False, lang: LanguageOption = Language.FR) -> None:
    """Énumère ce qui vient\u00a0: fins, jours où poster un préavis, jours où agir, par jour, retards compris."""
    length, today = window(within), datetime.now(PLACE).date()
    days = dated(_rows(length), today, length)
    if as_json:
        write_json(upcoming_document(days))
    else:
        print_upcoming(console(), days, today, length, lang)


def _dossier(reference: str) -> "Dossier":
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    return ask(load_settings(), lambda door: door.dossier(reference))


def _rows(within: int) -> "list[Row]":
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    until = datetime.now(PLACE).date() + timedelta(days=within)
    return ask(load_settings(), lambda door: door.upcoming(until))
