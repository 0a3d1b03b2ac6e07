"""``echeancier record --all`` and ``--conventions``: one change told to several conventions, or to none."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from echeancier.cli.facts.typed import CommandLine, author, values, with_today
from echeancier.cli.options import as_reference
from echeancier.cli.output import say_line, write_json
from echeancier.cli.roles import role
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording import KindHelp

if TYPE_CHECKING:
    from echeancier.engine.gateway import Conventions
    from echeancier.engine.many import ToldConvention


def tell_many(kind: KindHelp, typed: CommandLine, named: str, request: str, *, dry_run: bool, as_json: bool) -> None:
    """Tell every open convention, or those named with commas, the same fact.

    Raises:
        EcheancierError: a convention refuses it; then nothing is recorded anywhere.
    """
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - the list of kinds needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.engine.many import record_many  # noqa: PLC0415

    settings = load_settings()
    given, fields = author(kind, typed.fields)
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    fact = {"kind": kind.kind, **with_today(kind, values(kind, fields), today)}

    def by(dossier: Dossier) -> str:
        return role(dossier.convention, given, settings.by)

    async def recorded(door: "Conventions") -> tuple["ToldConvention", ...]:
        wanted = [as_reference(one) for one in named.split(",") if one.strip()]
        references = wanted or [row.reference for row in await door.rows()]
        return await record_many(door, references, fact, by, request, dry_run=dry_run)

    told = ask(settings, recorded)
    refused = [f"{one.reference} : {one.refused}" for one in told if one.refused]
    if as_json:
        write_json({"recorded": not (dry_run or refused), "conventions": [_json(one) for one in told]})
    else:
        for one in told:
            say_line(_line(one, dry_run=dry_run))
    if refused:
        raise EcheancierError("Rien n’est enregistré, nulle part :\n" + "\n".join(refused))
    if unread := [one.unread for one in told if one.unread]:
        raise EcheancierError("Les autres sont à jour, pas celles-ci :\n" + "\n".join(unread))


def _line(one: "ToldConvention", *, dry_run: bool) -> str:
    if one.unread:
        return f"{one.reference} : non enregistré, elle ne se lit pas"
    if one.refused:
        return f"{one.reference} : refusé"
    if not one.facts:
        return f"{one.reference} : pas concernée"
    what = ", ".join(fact.kind for fact in one.facts)
    if dry_run or not one.kept:
        return f"{one.reference} : serait enregistré ({what})"
    return f"{one.reference} : enregistré, {', '.join(one.kept)} ({what})"


def _json(one: "ToldConvention") -> dict[str, object]:
    facts = [fact.model_dump(mode="json") for fact in one.facts]
    return {
        "reference": one.reference,
        "facts": facts,
        "kept": list(one.kept),
        "refused": one.refused,
        "unread": one.unread,
    }
